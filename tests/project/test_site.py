"""The documents become a site without a warning, and the site asks nobody else for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

FETCHED = {
    ("audio", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("image", "href"),
    ("img", "src"),
    ("img", "srcset"),
    ("input", "src"),
    ("link", "href"),
    ("object", "data"),
    ("script", "src"),
    ("source", "src"),
    ("source", "srcset"),
    ("use", "href"),
    ("video", "poster"),
    ("video", "src"),
}
"""Attributes whose address a browser asks for without being told to."""
IN_STYLES = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
IN_SCRIPTS = re.compile(r"(?:import|fetch|importScripts)\s*\(\s*['\"](https?:[^'\"]+|//[^'\"]+)")

PUBLIC = (
    *("mingshi", "mingshi.conformance", "mingshi.consent.receipts", "mingshi.endpoint"),
    *("mingshi.fairness", "mingshi.i18n", "mingshi.policy", "mingshi.policy.diff"),
    *("mingshi.policy.lint", "mingshi.sync", "mingshi.verifying"),
)
"""Packages whose public names are on the pages of ``docs/api``."""


class Page(HTMLParser):
    """What a page fetches by itself, where its links lead, and what they can lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.language = ""
        self.unnamed = 0
        self.feed(text)
        self.fetched += in_style(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take in a tag."""
        given = {name.removeprefix("xlink:"): value or "" for name, value in attributes}
        self.fetched += [given[name] for kind, name in FETCHED if kind == tag and name in given]
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        self.ids |= {given["id"]} if "id" in given else set()
        self.language = given.get("lang", "") if tag == "html" else self.language
        self.unnamed += tag == "img" and not given.get("alt")


def in_style(text: str) -> list[str]:
    """The addresses in style sheets, also in those that stand in a page."""
    return [first or second for first, second in IN_STYLES.findall(text)]


def elsewhere(address: str) -> bool:
    """Whether an address leads to another host."""
    return bool(urlsplit(address.strip()).netloc) or address.strip().startswith(("http:", "https:"))


def asked_elsewhere(path: Path) -> Iterator[str]:
    """What a file of the site fetches from other hosts."""
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".html":
            found = Page(text).fetched
        case ".css" | ".svg":
            found = in_style(text)
        case _:
            found = IN_SCRIPTS.findall(text)
    yield from (address for address in found if elsewhere(address))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built by the command of the contributors' guide."""
    folder = tmp_path_factory.mktemp("site")
    guide = (DOCS / "contributing.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^python (-m sphinx .*) build/site$", guide, flags=re.MULTILINE)
    done = subprocess.run(
        [sys.executable, *command.split(), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """Every page of the site by its file."""
    return {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.suffix in (".css", ".html", ".js", ".svg")]
    assert {path.suffix for path in files} == {".css", ".html", ".js", ".svg"}
    assert {(path.name, it) for path in files for it in asked_elsewhere(path)} == set()
    fonts = {path.name for path in site.rglob("*") if path.suffix in (".ttf", ".woff", ".woff2")}
    assert fonts == {path.name for path in (ROOT / "assets").rglob("*.woff2")}
    assert list(site.rglob("OFL.txt"))


def test_every_document_is_a_page(pages: dict[Path, Page], site: Path) -> None:
    written = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")}
    assert written <= {path.relative_to(site) for path in pages}
    assert len(written) > 40


def test_every_link_on_the_site_leads_somewhere(pages: dict[Path, Page]) -> None:
    missing = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            known = pages[target].ids if target in pages else set()
            if not target.is_file() or (anchor and target in pages and anchor not in known):
                missing.append(f"{path.name}: {link}")
    assert missing == []


def test_every_picture_says_what_it_shows(pages: dict[Path, Page]) -> None:
    assert {path.name: page.unnamed for path, page in pages.items() if page.unnamed} == {}


def test_a_page_says_its_language(pages: dict[Path, Page], site: Path) -> None:
    spoken = {path.name: page.language for path, page in pages.items()}
    assert spoken.pop("zh.html") == "zh-Hans"
    assert set(spoken.values()) == {"en"}
    assert "适合谁用" in (site / "zh.html").read_text(encoding="utf-8")


def test_every_public_name_is_described(pages: dict[Path, Page], site: Path) -> None:
    described = {
        it.rpartition(".")[2] for path in (site / "api").glob("*.html") for it in pages[path].ids
    }
    public = {
        f"{package}.{name}"
        for package in PUBLIC
        for name in import_module(package.replace("mingshi", "components")).__all__
    }
    assert len(public) > 150
    assert {name for name in public if name.rpartition(".")[2] not in described} == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<script src="https://cdn.example/x.js"></script>'),
        ("a.html", '<link rel="stylesheet" href="//fonts.example/css">'),
        ("a.html", '<img src="http://pictures.example/x.png">'),
        ("a.html", "<style>@import 'https://fonts.example/x.css'</style>"),
        ("a.html", '<p style="background: url(https://pictures.example/x.png)">'),
        ("a.css", "@font-face { src: url('https://fonts.example/x.woff2') }"),
        ("a.js", "import('https://cdn.example/x.mjs')"),
    ],
)
def test_what_comes_from_elsewhere_is_seen(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert list(asked_elsewhere(tmp_path / name))


def test_a_link_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="https://flet.dev">Flet</a><img src="b.png">')
    assert list(asked_elsewhere(tmp_path / "a.html")) == []


def test_the_tests_that_the_threat_model_names_are_there() -> None:
    text = (DOCS / "threat-model.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)
    assert len(named) > 50
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or f"def {name}" not in (ROOT / path).read_text("utf-8")
    ]
    assert missing == []


def test_to_start_takes_the_readmes_command() -> None:
    start, readme = ((ROOT / it).read_text("utf-8") for it in ("docs/start.md", "README.md"))
    first = re.compile(r"^```sh\n(.*?)\n```$", flags=re.DOTALL | re.MULTILINE)
    assert first.findall(start)[0] == first.findall(readme)[0]
