"""What the folder holds, and what is said when it cannot be built."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from components.policy.errors import PackError
from components.prototype.static_site.archive import app_files
from components.prototype.static_site.bytecode import NotCompiled
from components.prototype.static_site.changes import change
from components.prototype.static_site.site import NotEmpty, build_site
from tests.study.test_folder import filled
from tests.study.writing import READY

_ENDPOINT = "https://consent.example:8443/base"


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_bytes_again_over_what_is_there(site: Path, node: str) -> None:
    before = hashes(site)
    (site / "old.js").write_text("of an older version", encoding="utf-8")
    build_site(site, node=node)
    assert hashes(site) == before


def test_it_is_compiled_and_otherwise_holds_the_same(site: Path, sources: Path) -> None:
    """What a browser imports is bytecode; modules that it does not need at its start are not."""
    app, app_sources = _files(site / "app.tar.gz"), _files(sources / "app.tar.gz")
    assert {re.sub(r"\.pyc$", ".py", name) for name in app} == app_sources.keys()
    assert not [name for name in app if name.endswith(".py")]
    headers = {content[:8] for name, content in app.items() if name.endswith(".pyc")}
    [header] = headers  # one version of Python, and
    assert header[4:] == b"\x01\0\0\0", "bytecode that a browser would hold against its source"
    with (
        zipfile.ZipFile(site / "pyodide" / "python_stdlib.zip") as library,
        zipfile.ZipFile(sources / "pyodide" / "python_stdlib.zip") as original,
    ):
        names = {name for name in original.namelist() if not name.endswith("/")}
        assert {re.sub(r"\.pyc$", ".py", name) for name in library.namelist()} == names
        assert {"dataclasses.pyc", "sqlite3/__init__.pyc", "pdb.py"} <= set(library.namelist())
        assert library.read("pdb.py") == original.read("pdb.py")


def test_what_cannot_be_compiled_leaves_the_old_site(sources: Path, tmp_path: Path) -> None:
    before = hashes(sources)
    with pytest.raises(NotCompiled, match="does not start"):
        build_site(sources, node=str(tmp_path / "nothing"))
    with pytest.raises(NotCompiled, match="could not compile the app"):
        build_site(sources, node=sys.executable)
    assert hashes(sources) == before


def _files(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as opened:
        return {
            entry.name: content.read()
            for entry in opened
            if (content := opened.extractfile(entry)) is not None
        }


def test_no_page_or_script_of_ours_names_another_host(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "connect-src 'self' data: blob:;" in page
    for name in ("index.html", "python.js", "kept_files.js", "early_start.js"):
        assert not re.search(r"https?://", (site / name).read_text(encoding="utf-8")), name


def test_the_endpoint_is_settled_when_the_site_is_built(tmp_path: Path, sources: Path) -> None:
    with_endpoint = tmp_path / "site"
    build_site(with_endpoint, endpoint=_ENDPOINT, base_url="/demo")
    page = (with_endpoint / "index.html").read_text(encoding="utf-8")
    assert "connect-src 'self' https://consent.example:8443 data: blob:;" in page
    assert '<base href="/demo/">' in page
    before, after = hashes(sources), hashes(with_endpoint)
    differing = {
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    }
    assert differing == {"index.html", "app.tar.gz"}
    with tarfile.open(with_endpoint / "app.tar.gz") as archive:
        main = archive.extractfile("main.py")
        assert main is not None
        assert f"run({_ENDPOINT!r})" in main.read().decode()


def test_only_what_the_app_reaches_is_packed(sources: Path) -> None:
    with tarfile.open(sources / "app.tar.gz") as archive:
        names = archive.getnames()
    assert "mingshi/kit.py" in names
    assert "mingshi/sync/fetch_transport.py" in names
    assert "mingshi/consent/receipts/record.py" in names
    rooms = {name.split("/")[1] for name in names if name.startswith("mingshi/")}
    assert not rooms & {"endpoint", "study", "fairness", "conformance", "verifying"}
    assert not [name for name in names if "__pycache__" in name or "examples" in name]
    licences = [name for name in names if re.search(r"LICEN|COPYING", name)]
    assert len(licences) >= 9


def test_what_is_packed_starts_by_itself(sources: Path, tmp_path: Path) -> None:
    """With the packages of the archive alone: nothing of this environment fills a gap."""
    with tarfile.open(sources / "app.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    program = (
        "import sys\n"
        "sys.path[:] = [path for path in sys.path if 'site-packages' not in path]\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "import mingshi.prototype.static_site.in_browser as it\n"
        "from mingshi.preparing import pack_of\n"
        "print(pack_of(it.settings(None).pack).id, it.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.stdout.startswith(f"epiao {tmp_path}"), done.stderr


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(NotEmpty, match="Name another folder"):
        build_site(tmp_path)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_a_secret_is_not_sent_over_plain_http(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="plain http"):
        build_site(tmp_path / "site", endpoint="http://consent.example")
    assert not (tmp_path / "site").exists()


def test_another_version_of_flet_web_is_noticed() -> None:
    with pytest.raises(ValueError, match=r"0 places .* not 1"):
        change("python-worker.js", "something new")


def test_a_study_brings_its_places_along_and_nothing_of_anybody(
    tmp_path: Path, sources: Path
) -> None:
    folder, codes = filled(tmp_path / "study")
    folder.put_study(READY / "first-look.toml")
    files = app_files(None, folder.path)
    carried = {name for name in files if name.startswith("study/")}
    assert carried == {"study/allocation.csv", "study/items.toml", "study/study.toml"}
    sessions = [it.name for it in folder.sessions()]
    assert not [it for it, held in files.items() if any(sid.encode() in held for sid in sessions)]
    rooms = {"/".join(it.split("/")[1:3]) for it in files if it.startswith("mingshi/study/")}
    assert "study/recorder.py" in rooms
    assert not rooms & {"study/reporting", "study/modelling", "study/bots", "study/exporting"}
    assert "mingshi-second" not in (sources / "python.js").read_text(encoding="utf-8")
    assert codes[0].encode() in files["study/allocation.csv"]


def test_a_study_sends_nothing_anywhere(tmp_path: Path) -> None:
    folder, _codes = filled(tmp_path / "study")
    with pytest.raises(ValueError, match="leave the endpoint out"):
        build_site(tmp_path / "site", endpoint=_ENDPOINT, study=folder.path)
    with pytest.raises(PackError, match="cannot be read"):
        build_site(tmp_path / "site", study=tmp_path)
    assert not (tmp_path / "site").exists()
