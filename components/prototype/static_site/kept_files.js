// A folder of Python's file system that lies on the visitor's own disk.
//
// Each file is a slot: a file of the browser's private file system, open for as long as the page
// lives, because opening one takes a promise and SQLite cannot wait for promises. Reading, writing
// and flushing an open one takes none, so a commit of SQLite's is on the disk when it returns.
// A slot begins with a header that holds the name of the file it is, with the folders it lies in; a
// free slot has none. A folder is there as long as a file is in it, or the page lives.

const HEADER = 4096;
const MAGIC = "mingshi-slot-1";
const SPARE = 16;
const EINVAL = 28, EIO = 29, ENOENT = 44, ENOSPC = 51, ENOTEMPTY = 55, EPERM = 63;

const FOLDER = "/kept";
const KEPT_AS = "mingshi";
const REASON_VARIABLE = "MINGSHI_NOT_KEPT";

/**
 * Give Python the folder /kept. Where nothing can be kept it is a folder that takes no file, so
 * that nothing counts as saved which is not; the environment says why.
 */
export async function keepFiles(pyodide) {
  let slots = [], reason = "";
  try {
    const root = await navigator.storage.getDirectory();
    slots = await openSlots(await root.getDirectoryHandle(KEPT_AS, { create: true }));
  } catch (error) {
    console.warn("nothing can be kept here:", error);
    reason = error.name === "NoModificationAllowedError" ? "open-elsewhere" : "no-storage";
  }
  pyodide.FS.mkdir(FOLDER);
  pyodide.FS.mount(slotFiles(pyodide.FS, slots), {}, FOLDER);
  pyodide.runPython(`import os; os.environ["${REASON_VARIABLE}"] = "${reason}"`);
}

/** Open the slots of a folder; fails where another page has them open. */
export async function openSlots(folder, patience = 3000) {
  const slots = [];
  const open = async (name) => {
    const file = await folder.getFileHandle(name, { create: true });
    const handle = await withPatience(() => file.createSyncAccessHandle(), patience);
    slots.push({ handle, name: readName(handle) });
  };
  const names = [];
  for await (const name of folder.keys()) names.push(name);
  try {
    for (const name of names.sort()) await open(name);
    let number = names.length;
    while (slots.filter((slot) => slot.name === null).length < SPARE) {
      const name = `slot-${String(number++).padStart(4, "0")}`;
      if (!names.includes(name)) await open(name);
    }
  } catch (error) {
    for (const { handle } of slots) handle.close();
    throw error;
  }
  return slots;
}

async function withPatience(attempt, patience) {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      // The page that was left a moment ago still holds it.
      if (error.name !== "NoModificationAllowedError" || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function readName(handle) {
  const header = new Uint8Array(HEADER);
  if (handle.read(header, { at: 0 }) < HEADER) return null;
  const text = new TextDecoder().decode(header);
  const end = text.indexOf("\0");
  try {
    const [magic, name] = JSON.parse(text.slice(0, end));
    return magic === MAGIC && typeof name === "string" ? name : null;
  } catch {
    return null;
  }
}

function writeName(slot, name) {
  const header = new Uint8Array(HEADER);
  if (name !== null) header.set(new TextEncoder().encode(JSON.stringify([MAGIC, name])));
  slot.handle.write(header, { at: 0 });
  slot.handle.flush();
  slot.name = name;
}

export function slotFiles(FS, slots) {
  const MEMFS = FS.filesystems.MEMFS;
  const fail = (code) => { throw new FS.ErrnoError(code); };
  const attempt = (action) => {
    try {
      return action();
    } catch (error) {
      if (error instanceof FS.ErrnoError) throw error;
      return fail(error.name === "QuotaExceededError" ? ENOSPC : EIO);
    }
  };
  const size = (node) => Math.max(0, node.slot.handle.getSize() - HEADER);
  const attributes = (node) => ({
    dev: 1, ino: node.id, mode: node.mode, nlink: 1, uid: 0, gid: 0, rdev: 0,
    size: node.slot ? attempt(() => size(node)) : 4096,
    atime: new Date(node.atime ?? 0), mtime: new Date(node.mtime ?? 0), ctime: new Date(node.ctime ?? 0),
    blksize: 4096, blocks: 1,
  });
  const pathOf = (parent, name) => {
    for (let at = parent; at !== at.parent; at = at.parent) name = `${at.name}/${name}`;
    return name;
  };
  const fileNode = (parent, name, slot) => {
    const node = FS.createNode(parent, name, 0o100600, 0);
    node.slot = slot;
    node.node_ops = fileOps;
    node.stream_ops = streamOps;
    parent.contents[name] = node;
    return node;
  };
  const folderNode = (parent, name) => {
    const node = FS.createNode(parent, name, 0o40700, 0);
    node.node_ops = folderOps;
    node.stream_ops = { llseek: streamOps.llseek };
    node.contents = {};
    if (parent) parent.contents[name] = node;
    return node;
  };
  const fileOps = {
    getattr: attributes,
    setattr(node, change) {
      if (change.size !== undefined) attempt(() => node.slot.handle.truncate(HEADER + change.size));
    },
  };
  const streamOps = {
    llseek(stream, offset, whence) {
      const from = whence === 1 ? stream.position : whence === 2 ? size(stream.node) : 0;
      return from + offset < 0 ? fail(EINVAL) : from + offset;
    },
    read(stream, buffer, offset, length, position) {
      const into = buffer.subarray(offset, offset + length);
      return attempt(() => stream.node.slot.handle.read(into, { at: HEADER + position }));
    },
    write(stream, buffer, offset, length, position) {
      // A copy: what Python's memory is made of may not be handed out by every browser.
      const from = buffer.slice(offset, offset + length);
      return attempt(() => stream.node.slot.handle.write(from, { at: HEADER + position }));
    },
    fsync(stream) {
      attempt(() => stream.node.slot.handle.flush());
      return 0;
    },
  };
  const folderOps = {
    getattr: attributes,
    setattr() {},
    lookup() { fail(ENOENT); },
    readdir(node) { return [".", "..", ...Object.keys(node.contents)]; },
    mknod(parent, name, mode, dev) {
      if (FS.isDir(mode)) return folderNode(parent, name);
      if (!FS.isFile(mode)) fail(EPERM);
      // The index of the write-ahead log is shared memory, made anew whenever the file is opened.
      if (name.endsWith("-shm")) return MEMFS.createNode(parent, name, mode, dev);
      const slot = slots.find((it) => it.name === null) ?? fail(ENOSPC);
      attempt(() => {
        slot.handle.truncate(HEADER);
        writeName(slot, pathOf(parent, name));
      });
      return fileNode(parent, name, slot);
    },
    unlink(parent, name) {
      const { slot } = parent.contents[name];
      if (slot) attempt(() => { writeName(slot, null); slot.handle.truncate(HEADER); });
      delete parent.contents[name];
    },
    rmdir(parent, name) {
      if (Object.keys(parent.contents[name].contents).length) fail(ENOTEMPTY);
      delete parent.contents[name];
    },
    rename(node, newParent, newName) {
      if (newParent !== node.parent || FS.isDir(node.mode)) fail(EPERM);
      const old = newParent.contents[newName];
      if (old?.slot) attempt(() => writeName(old.slot, null));
      if (node.slot) attempt(() => writeName(node.slot, pathOf(newParent, newName)));
      delete node.parent.contents[node.name];
      newParent.contents[newName] = node;
      node.name = newName;
    },
  };
  return {
    mount() {
      const root = folderNode(null, "/");
      for (const slot of slots) {
        if (slot.name === null) continue;
        const folders = slot.name.split("/"), name = folders.pop();
        let at = root;
        for (const it of folders) at = at.contents[it] ?? folderNode(at, it);
        fileNode(at, name, slot);
      }
      return root;
    },
  };
}
