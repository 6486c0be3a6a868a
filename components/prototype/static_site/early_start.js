// Starts Python while the client still loads: the two need nothing of each other until both are
// there. Flet's worker then goes on with what `mingshiEarly` gives.

import { keepFiles } from "./kept_files.js";
import { loadPyodide } from "./pyodide/pyodide.mjs";

const ARCHIVE = new URL("app.tar.gz", import.meta.url);

async function begin() {
  const archive = fetch(ARCHIVE);
  const pyodide = await loadPyodide({
    stdout: (text) => self.sendPythonOutput(text, false),
    stderr: (text) => self.sendPythonOutput(text, true),
  });
  await keepFiles(pyodide);
  const response = await archive;
  if (!response.ok) throw new Error(`${ARCHIVE}: status ${response.status}`);
  pyodide.unpackArchive(await response.arrayBuffer(), "gztar");
  // Not run as the program yet: this only imports what it will need.
  pyodide.runPython("import main");
  return pyodide;
}

self.mingshiEarly = begin();
// Whoever waits for it hears of a failure; until then it is nobody's.
self.mingshiEarly.catch(() => {});
