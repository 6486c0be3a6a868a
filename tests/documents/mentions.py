"""What code within lines names is there: commands, options, files, modules, calls."""

from __future__ import annotations

import ast
import asyncio
import fnmatch
import importlib
import importlib.util
import inspect
import re
import shlex
import sys
import typing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from components.endpoint.app import create_app
from components.endpoint.settings import Settings
from components.kit import ConsentKit

from . import options
from .reading import ROOT, Document, Fault, Piece, project_files

FOREIGN = {"--upgrade": "uv pip compile"}
"""Options of other programs that stand alone, and the command in the same document they are for."""

_FLAG = re.compile(r"^(--[a-z][\w-]*)(?:[ =]\S+)?$")
_CALL = re.compile(r"^(?:GET|POST|PUT|DELETE|HEAD|PATCH) ((?:…)?/\S+)$")
_DOTTED = re.compile(r"^(?:mingshi|components|tests)(?:\.\w+)+(?::[\w-]+)?(?:\(.*\))?$")
_PATH = re.compile(r"^\.?[\w@*<>{}-][\w.@*<>{}-]*(?:/[\w.@*<>{}-]+)*/?$")
_SUFFIXES = {
    *(".py", ".md", ".toml", ".json", ".lock", ".po", ".pot", ".mo", ".html", ".webp", ".png"),
    *(".csv", ".ndjson", ".svg"),
}
_HOLE = re.compile(r"<[^>]*>|\{[^}]*\}")


def faults_of(document: Document) -> list[Fault]:
    """Everything that a document's lines name and that is not there."""
    found = ((code, problem_of(code.text, document)) for code in document.codes)
    return [code.fault(f"`{code.text}`: {problem}") for code, problem in found if problem]


def problem_of(text: str, document: Document) -> str | None:
    """What is wrong with code within a line; None if nothing is, or nothing can be said."""
    if flag := _FLAG.match(text):
        return _option(flag[1], document)
    if call := _CALL.match(text):
        return _route(call[1])
    if re.match(r"(?:await )?kit\.(?!py$)", text):
        return _of_the_kit(text)
    if _DOTTED.match(text):
        return _name(text)
    if _PATH.match(text) and _is_of_the_project(text):
        return _file(text, Path(document.name).parent)
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    if words[:1] == ["mingshi"]:
        return options.problem(words)
    if words[:2] == ["python", "-m"] and len(words) > 2:
        return _module(words[2], words[3:])
    return None


def _option(flag: str, document: Document) -> str | None:
    if flag in options.every_option() or f'"{flag}"' in _source():
        return None
    if any(FOREIGN.get(flag, "\0") in block.text for block in document.blocks):
        return None
    return (
        "no command of this project has this option; if it is another program's, name it in"
        " FOREIGN in tests/documents/mentions.py"
    )


def _module(name: str, rest: list[str]) -> str | None:
    if importlib.util.find_spec(name) is None:
        return f"there is no module {name}"
    source = _sources_below(name) if name.startswith(("tests", "components")) else None
    for word in rest:
        if source is not None and word.startswith("--") and f'"{word}"' not in source:
            return f"{name} has no option {word}"
        if "/" in word and not (ROOT / word).exists():
            return f"there is no {word}"
    return None


def _sources_below(name: str) -> str:
    place = ROOT / name.replace(".", "/")
    files = place.glob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _name(text: str) -> str | None:
    """A module, or a name in one, under the name that the kit has here or installed."""
    module, _, inside = re.sub(r"\(.*", "", text).partition(":")
    parts = re.sub(r"^mingshi\b", "components", module).split(".")
    found: Any = None
    for number in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:number]))
        except ModuleNotFoundError:
            continue
        break
    for part in [*parts[number:], *([inside] if inside else [])]:
        examples = {getattr(it, "name", None) for it in getattr(found, "EXAMPLES", ())}
        if part in getattr(found, "__annotations__", {}) or part in examples:
            return None
        if not hasattr(found, part):
            return f"{getattr(found, '__name__', found)} has no {part!r}"
        found = getattr(found, part)
    return None


def _of_the_kit(text: str) -> str | None:
    """A call or a part of the kit, as far as its annotations lead."""
    try:
        tree = ast.parse(text.replace("…", "..."), mode="eval").body
    except SyntaxError as error:
        return f"it is no Python: {error.msg}"
    call = tree.value if isinstance(tree, ast.Await) else tree
    names: list[str] = []
    at = call.func if isinstance(call, ast.Call) else call
    while isinstance(at, ast.Attribute):
        names.insert(0, at.attr)
        at = at.value
    owner: Any = ConsentKit
    for name in names:
        if not hasattr(owner, name) and f"self.{name}" not in inspect.getsource(owner):
            return f"{owner.__name__} has no {name!r}"
        member = inspect.getattr_static(owner, name, None)
        if isinstance(member, property) and member.fget is not None:
            owner = typing.get_type_hints(member.fget).get("return")
        elif member is None:
            # An attribute of each instance: the class that it is made from.
            made = re.search(rf"self\.{name} = (\w+)\(", inspect.getsource(owner))
            owner = _known_to(owner, made[1]) if made else None
        elif inspect.isfunction(member) and isinstance(call, ast.Call) and name == names[-1]:
            return _arguments(member, call)
        else:
            return None
        if not inspect.isclass(owner):
            return None
    return None


def _known_to(owner: Any, name: str) -> Any:
    """What a name stands for in a class's module, or where the class imports it when it is used."""
    module = sys.modules[owner.__module__]
    imported = re.search(rf"from (\.[\w.]+) import \b{name}\b", inspect.getsource(owner))
    if name not in vars(module) and imported:
        module = importlib.import_module(imported[1], module.__package__)
    return vars(module).get(name)


def _arguments(function: Any, call: ast.Call) -> str | None:
    if any(isinstance(it, ast.Constant) and it.value is ... for it in call.args):
        return None
    given = {str(it.arg): None for it in call.keywords}
    try:
        # Without any it only names the method.
        bound = inspect.signature(function)
        if call.args or given:
            bound.bind(None, *call.args, **given)
    except TypeError as error:
        return str(error)
    return None


@cache
def _routes() -> frozenset[str]:
    """The paths that the endpoint describes, and where its description is."""

    async def described(folder: str) -> set[str]:
        app = create_app(Settings(f"sqlite:///{folder}/endpoint.sqlite3"))
        async with app.router.lifespan_context(app):
            return {str(getattr(route, "path", "")) for route in app.routes}

    with TemporaryDirectory() as folder:
        paths = asyncio.run(described(folder))
    return frozenset(re.sub(r"\{\w+(?::\w+)?\}", "{}", path) for path in paths)


def _route(path: str) -> str | None:
    wanted = re.sub(r"\{\w+\}", "{}", path.split("?")[0])
    end = wanted.removeprefix("…")
    if any(it == wanted or (wanted != end and it.endswith(end)) for it in _routes()):
        return None
    return "the endpoint has no such call"


@cache
def _places() -> tuple[str, ...]:
    """Every file and folder, from the root, with a slash before it."""
    files = [f"/{place.as_posix()}" for place in project_files()]
    folders = {str(parent) for it in files for parent in Path(it).parents}
    return (*files, *sorted(folders))


@cache
def _source() -> str:
    """All Python but these tests, which name what is not there."""
    here = Path(__file__).parent.relative_to(ROOT)
    files = [it for it in project_files() if it.suffix == ".py" and here not in it.parents]
    return "\n".join((ROOT / it).read_text(encoding="utf-8") for it in files)


def _is_of_the_project(text: str) -> bool:
    first = text.split("/")[0]
    inside = "/" in text and (ROOT / first).is_dir()
    return inside or Path(text.rstrip("/")).suffix in _SUFFIXES


def _file(text: str, folder: Path) -> str | None:
    pattern = _HOLE.sub("*", text.rstrip("/"))
    if (ROOT / folder / text).exists() or any(
        fnmatch.fnmatchcase(place, f"*/{pattern}") for place in _places()
    ):
        return None
    # A file of the reader's own has its name from the code.
    name = pattern.rpartition("/")[2]
    inside = "/" in pattern and (ROOT / pattern.split("/")[0]).is_dir()
    if not inside and re.search(rf"[\"'/`]{re.escape(name)}[\"'`,;: ]", _source()):
        return None
    return "there is no such file in the project, and no code that makes or reads one"


def link_faults(document: Document, everything: list[Document]) -> list[Fault]:
    """Links and pictures of a document that lead nowhere."""
    pages = {it.name: it for it in everything}
    found = ((link, _link(link, document, pages)) for link in document.links)
    faults = [link.fault(f"{link.text}: {problem}") for link, problem in found if problem]
    return [*faults, *(_unlisted(it, pages) for it in document.pages if _missing(it, pages))]


def _link(link: Piece, document: Document, pages: dict[str, Document]) -> str | None:
    if re.match(r"^(?:[a-z][a-z0-9+.-]*:|//)", link.text):
        return None
    path, _, anchor = unquote(link.text).partition("#")
    target = ((ROOT / document.name).parent / path).resolve()
    page: Document | None = document
    if path:
        if not target.exists():
            return "there is no such file"
        if ROOT not in target.parents:
            return "it leads out of the project"
        page = pages.get(target.relative_to(ROOT).as_posix())
    if page is not None and anchor and anchor not in page.anchors:
        return f"{page.name} has no heading or anchor #{anchor}"
    return None


def _missing(listed: Piece, pages: dict[str, Document]) -> bool:
    folder = Path(listed.document).parent
    name = (folder / listed.text.removesuffix(".md")).as_posix()
    return not listed.text.startswith("http") and not any(
        fnmatch.fnmatchcase(page, f"{name}.md") for page in pages
    )


def _unlisted(listed: Piece, pages: dict[str, Document]) -> Fault:
    return listed.fault(f"the table of contents lists {listed.text}, and there is no such page")
