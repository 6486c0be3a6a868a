// SQLite on the kept files, over a disk that forgets at a power loss what was never flushed.

import { openSlots, slotFiles } from "/kept_files.js";
import { loadPyodide } from "/pyodide/pyodide.mjs";

class Disk {
  constructor(files = new Map()) {
    this.files = files;
    this.flushes = 0;
    this.full = false;
  }

  /** What is found after the power came back. */
  afterPowerLoss() {
    const kept = [...this.files].map(([name, file]) => [name, { now: file.safe, safe: file.safe }]);
    return new Disk(new Map(kept));
  }

  async *keys() {
    yield* this.files.keys();
  }

  async getFileHandle(name, { create }) {
    if (!this.files.has(name) && create) {
      this.files.set(name, { now: new Uint8Array(), safe: new Uint8Array() });
    }
    return { createSyncAccessHandle: async () => this.handle(this.files.get(name)) };
  }

  handle(file) {
    const resize = (size) => {
      const now = new Uint8Array(size);
      now.set(file.now.subarray(0, size));
      file.now = now;
    };
    return {
      getSize: () => file.now.length,
      truncate: resize,
      close() {},
      read: (into, { at }) => {
        const part = file.now.subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      write: (from, { at }) => {
        if (this.full) throw new DOMException("no room", "QuotaExceededError");
        resize(Math.max(file.now.length, at + from.length));
        file.now.set(from, at);
        return from.length;
      },
      flush: () => {
        this.flushes += 1;
        file.safe = file.now.slice();
      },
    };
  }
}

async function run() {
  const pyodide = await loadPyodide();
  const { FS } = pyodide;
  const mount = async (disk, place) => {
    FS.mkdir(place);
    FS.mount(slotFiles(FS, await openSlots(disk)), {}, place);
  };
  const python = (code) => {
    const result = pyodide.runPython(code);
    return result?.toJs ? result.toJs() : result;
  };
  const said = {};
  const disk = new Disk();
  await mount(disk, "/before");
  python(`
import os, sqlite3
def opened(path):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection
def words(connection):
    return [word for (word,) in connection.execute("SELECT word FROM words ORDER BY word")]
first = opened("/before/record.sqlite")
first.execute("CREATE TABLE words (word)")
`);
  const flushes = disk.flushes;
  python(`first.execute("INSERT INTO words VALUES ('committed')")`);
  said.flushesOfACommit = disk.flushes - flushes;
  python(`
first.execute("BEGIN IMMEDIATE")
first.execute("INSERT INTO words VALUES ('not committed')")
`);
  const after = disk.afterPowerLoss();
  await mount(after, "/after");
  said.filesAfter = python(`sorted(os.listdir("/after"))`);
  said.wordsAfter = python(`second = opened("/after/record.sqlite"); words(second)`);
  said.sound = python(`second.execute("PRAGMA integrity_check").fetchone()[0]`);
  // A third start finds what the second wrote, under the name that it was given.
  python(`
second.execute("INSERT INTO words VALUES ('later')")
second.close()
os.rename("/after/record.sqlite", "/after/record.sqlite.damaged")
`);
  await mount(after.afterPowerLoss(), "/again");
  said.filesAgain = python(`sorted(os.listdir("/again"))`);
  said.wordsAgain = python(`third = opened("/again/record.sqlite.damaged"); words(third)`);
  await mount(after, "/full");
  python(`fourth = opened("/full/record.sqlite.damaged"); words(fourth)`);
  after.full = true;
  said.whenFull = python(`
try:
    fourth.execute("INSERT INTO words VALUES ('no room')")
    said = "saved"
except sqlite3.OperationalError as error:
    said = error.sqlite_errorname
said`);
  FS.mkdir("/nowhere");
  FS.mount(slotFiles(FS, []), {}, "/nowhere");
  said.whereNothingIsKept = python(`
try:
    opened("/nowhere/record.sqlite").execute("CREATE TABLE words (word)")
    said = "saved"
except sqlite3.OperationalError as error:
    said = error.sqlite_errorname
said`);
  return said;
}

run().then(
  (said) => self.postMessage(said),
  (error) => self.postMessage({ failed: String(error) }),
);
