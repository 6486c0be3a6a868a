"""What is changed in the files of flet-web and Pyodide, each for one reason."""

from __future__ import annotations

from collections.abc import Mapping

CHANGES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "python.js": (
        # A worker that comes from an address follows the policy of that address' answer, which a
        # plain web server does not send. One that the page makes itself follows the page's.
        # It begins at once, and not when the client has loaded.
        (
            "let _documentUrl = document.URL;",
            """let _documentUrl = document.URL;
const _newWorker = () => new Worker(URL.createObjectURL(new Blob(
    ["python-worker.js", "early_start.js"].map(
        (name) => `import ${JSON.stringify(new URL(name, document.baseURI).href)};`),
    { type: "text/javascript" })), { type: "module" });
let _early = _newWorker();""",
        ),
        (
            """app.worker = new Worker(
        (flet.entrypointBaseUrl.endsWith("/") ?
            flet.entrypointBaseUrl.slice(0, -1) : flet.entrypointBaseUrl) + "/python-worker.js",
        { type: "module" });""",
            """app.worker = _early ?? _newWorker();
    _early = null;""",
        ),
        # Such a worker has no address of its own that this could be relative to.
        (
            'pyodideUrl: flet.pyodideUrl || "pyodide/pyodide.mjs"',
            'pyodideUrl: new URL("pyodide/pyodide.mjs", document.baseURI).href',
        ),
    ),
    "python-worker.js": (
        (
            """self.pyodide = await loadPyodide({
            stdout: (text) => self.sendPythonOutput(text, false),
            stderr: (text) => self.sendPythonOutput(text, true),
        });""",
            "self.pyodide = await self.mingshiEarly;",
        ),
        # The archive is unpacked by then, and the program imported.
        (
            'if "script" not in py_args:',
            """if python_module_name in sys.modules:
            pass
        elif "script" not in py_args:""",
        ),
    ),
    "pyodide/pyodide.asm.mjs": (
        # Pyodide hands fsync on to the file system, and forgets fdatasync, which SQLite calls.
        (
            "function ___syscall_fdatasync(fd){try{var stream=SYSCALLS.getStreamFromFD(fd);"
            "return 0}",
            "function ___syscall_fdatasync(fd){try{var stream=SYSCALLS.getStreamFromFD(fd);"
            "return stream.stream_ops?.fsync?.(stream)??0}",
        ),
    ),
}


def change(
    name: str, text: str, changes: Mapping[str, tuple[tuple[str, str], ...]] = CHANGES
) -> str:
    """A file as the site needs it.

    Args:
        name: Its path in the site.
        text: What it holds as it comes.
        changes: For each file what stands there, and what is to stand there.

    Raises:
        ValueError: It is not as it was; look at what Flet or Pyodide changed.
    """
    for before, after in changes[name]:
        if text.count(before) != 1:
            raise ValueError(
                f"{name} of flet-web has {text.count(before)} places that read {before!r}, not 1:"
                " this version of flet-web is not known here. Compare it with the last known one."
            )
        text = text.replace(before, after)
    return text
