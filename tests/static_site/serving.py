"""The emptiest web server there is, in front of folders of files."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Served:
    """A running server. Its folder may be replaced by another while its address stays.

    Attributes:
        url: Its address, without a slash at the end.
        folder: What it serves.
        others: Folders of other files, by the first part of their path.
        sent: How many bytes of each file were sent, by its path.
    """

    url: str
    folder: Path
    others: dict[str, Path] = field(default_factory=dict)
    sent: Counter[str] = field(default_factory=Counter)


class _Files(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, served: Served, **options: Any) -> None:
        self._served = served
        super().__init__(*arguments, directory=str(served.folder), **options)

    def translate_path(self, path: str) -> str:
        first, _, rest = urlsplit(path).path.lstrip("/").partition("/")
        if first in self._served.others:
            return str(self._served.others[first] / rest)
        return super().translate_path(path)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        super().copyfile(source, outputfile)
        self._served.sent[urlsplit(self.path).path] += source.tell()

    def log_message(self, *_arguments: object) -> None:
        """Nobody reads it."""


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder from Python's own server, on this machine alone."""
    served = Served("", folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, served=served)) as server:
        served.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
