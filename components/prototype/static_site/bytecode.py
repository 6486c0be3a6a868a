"""Compiles Python when the site is built, so that no visitor's browser has to.

Bytecode is read by the version of Python alone that wrote it, and the visitor's is Pyodide's. So
Pyodide itself compiles, the one that goes into the site, run by Node.js. Its archive of Python's
own modules comes as sources; what the app imports of them at its start is compiled too. The rest
stays as it is, because sources are smaller.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from .packing import pack, pack_zip

STANDARD_LIBRARY = "python_stdlib.zip"
"""Name of Pyodide's archive of Python's own modules, in Pyodide's folder."""

_SCRIPT = Path(__file__).with_name("compile_all.mjs")
_LONGEST_SECONDS = 600


class NotCompiled(OSError):
    """Node.js could not do it; the message says what it said."""


def compiled(
    app: Mapping[str, bytes], first: str, *, node: str, pyodide: Path
) -> tuple[dict[str, bytes], bytes]:
    """The app with bytecode in the place of Python, and the standard library that goes with it.

    Args:
        app: Files by their names; ``a/b.pyc`` takes the place of ``a/b.py``.
        first: The module that the app begins with.
        node: The program Node.js, version 20 or later.
        pyodide: The folder of the Pyodide that will run it.

    Raises:
        NotCompiled: Node.js does not start or is too old, a file is no Python, or the first module
            cannot be imported.
    """
    with zipfile.ZipFile(pyodide / STANDARD_LIBRARY) as archive:
        library = {it.filename: archive.read(it) for it in archive.infolist() if not it.is_dir()}
    places = {"app": dict(app), "library": library}
    for name, content in _bytecode(app, first, node, pyodide).items():
        place, _, file = name.partition("/")
        del places[place][file.removesuffix("c")]
        places[place][file] = content
    return places["app"], pack_zip(library)


def _bytecode(app: Mapping[str, bytes], first: str, node: str, pyodide: Path) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="mingshi-compile-") as place:
        before, after = Path(place, "app.tar.gz"), Path(place, "compiled.tar")
        before.write_bytes(pack(app))
        try:
            done = subprocess.run(  # noqa: S603 -- the program that the person has
                [node, str(_SCRIPT), str(pyodide), str(before), first, str(after)],
                capture_output=True,
                text=True,
                timeout=_LONGEST_SECONDS,
                check=False,
            )
        except OSError as error:
            raise NotCompiled(f"{node} does not start: {error}") from error
        if done.returncode or not after.is_file():
            raise NotCompiled(f"{node} could not compile the app:\n{done.stderr.strip()[-2000:]}")
        with tarfile.open(after) as archive:
            return {
                entry.name: file.read()
                for entry in archive
                if (file := archive.extractfile(entry)) is not None
            }
