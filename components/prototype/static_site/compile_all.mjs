// Compiles an app and the modules of Python that it imports first, with the Pyodide that will run
// them: an interpreter reads the bytecode of its own version alone.
// Run by Node: PYODIDE_FOLDER APP.tar.gz FIRST_MODULE COMPILED.tar

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, app, first, compiled] = process.argv.slice(2);
const COMPILE = `
import ast, io, sys, tarfile, zipfile
from importlib import import_module
from importlib.util import source_hash
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import Path

APP = Path("/app")
[LIBRARY] = [it for it in sys.path if it.endswith(".zip")]
WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def without_docstrings(source):
    # They are many bytes, and nobody reads them there. A dot stays: for a class that has none,
    # dataclasses would write one at each start.
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, WITH_DOCSTRING) and ast.get_docstring(node, clean=False):
            node.body[0].value.value = "."
    return tree


def add(archive, place, name, source):
    code = compile(without_docstrings(source), name, "exec", dont_inherit=True)
    # Not checked against its source, which is not there.
    content = _code_to_hash_pyc(code, source_hash(source), False)
    entry = tarfile.TarInfo(f"{place}/{name}c")
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def compile_all(first, result):
    sys.path.insert(0, str(APP))
    import_module(first)
    imported = {str(getattr(it, "__file__", None)) for it in list(sys.modules.values())}
    with tarfile.open(result, "w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(APP.rglob("*.py")):
            add(archive, "app", path.relative_to(APP).as_posix(), path.read_bytes())
        with zipfile.ZipFile(LIBRARY) as library:
            for name in sorted(library.namelist()):
                if f"{LIBRARY}/{name}" in imported:
                    add(archive, "library", name, library.read(name))


compile_all
`;

async function run() {
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
  const pyodide = await loadPyodide({
    indexURL: `${folder}/`,
    // Sets are written in the order of their hashes.
    env: { HOME: "/", PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1" },
  });
  const archive = new Uint8Array(readFileSync(app));
  pyodide.unpackArchive(archive, "gztar", { extractDir: "/app" });
  pyodide.runPython(COMPILE)(first, "/compiled.tar");
  writeFileSync(compiled, pyodide.FS.readFile("/compiled.tar"));
}

// Node itself would print the line that threw, which is all of Pyodide.
await run().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
