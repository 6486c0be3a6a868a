"""The Python of documents: run as it stands, on its own or in the page of an app."""

from __future__ import annotations

import ast
import builtins
import json
import re
import symtable
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import flet as ft
import pytest

from components.kit import ConsentKit
from tests.pilot.pilot import running

from .reading import Block, Document, Fault
from .things import provide
from .workplace import Workplace

_PUT_IN = {"page", "kit"}
"""Names that a block may use without making them: the page of an app, and the kit opened on it."""

# All blocks of a document in one process, each with the names of those before it.
_SCRIPT = """\
import json, sys, traceback
names = {"__name__": "__main__"}
for document, line, text in json.load(open(sys.argv[1], encoding="utf-8")):
    try:
        exec(compile("\\n" * (line - 1) + text, document, "exec"), names)
    except BaseException as error:
        at = [it.lineno for it in traceback.extract_tb(error.__traceback__)
              if it.filename == document] or [getattr(error, "lineno", None) or line]
        print("FAULT", json.dumps([line, at[-1], f"{type(error).__name__}: {error}"]))
"""


def blocks_of(document: Document) -> list[Block]:
    """The blocks of Python."""
    return [it for it in document.blocks if it.language == "python"]


def in_the_checkout(block: Block) -> CodeType:
    """A block as code that reads the kit from the checkout, with the lines of its document.

    Raises:
        SyntaxError: it is no Python.
    """
    tree = ast.parse("\n" * (block.line - 1) + block.text, filename=block.document)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            node.module = _here(node.module)
        elif isinstance(node, ast.Import):
            for name in node.names:
                name.name = _here(name.name)
    return compile(tree, block.document, "exec")


def do(block: Block, names: dict[str, Any]) -> None:
    """Do what a block does, reading the kit from the checkout; what it defines is in ``names``."""
    exec(in_the_checkout(block), names)  # noqa: S102 - our own document


def _here(module: str) -> str:
    package, dot, rest = module.partition(".")
    return f"components{dot}{rest}" if package == "mingshi" else module


def is_for_a_page(block: Block) -> bool:
    """Whether a block is an app, or is to stand in one."""
    try:
        free = _free(block)
    except SyntaxError:
        return False
    return bool(free & _PUT_IN) or bool(apps_in(block)) or "ft.run(" in block.text


def apps_in(block: Block) -> list[str]:
    """The functions of a block that take a page and nothing else, as an app does."""
    functions = (
        node
        for node in ast.parse(block.text).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [
        it.name
        for it in functions
        if [argument.arg for argument in it.args.args] == ["page"]
        and it.args.args[0].annotation is not None
    ]


def _free(block: Block) -> set[str]:
    """Names that a block uses and does not make."""
    table = symtable.symtable(block.text, block.document, "exec")
    made = {it.get_name() for it in table.get_symbols() if it.is_assigned() or it.is_imported()}
    used: set[str] = set()
    tables = [table]
    while tables:
        one = tables.pop()
        tables += one.get_children()
        used |= {it.get_name() for it in one.get_symbols() if it.is_global() and it.is_referenced()}
    return used - made - set(dir(builtins))


def script_faults(document: Document, place: Workplace) -> list[Fault]:
    """Run the blocks that need no page, in the place; what they raise."""
    blocks = [it for it in blocks_of(document) if not is_for_a_page(it)]
    for block in blocks:
        provide(place, block.text)
    listed = place.outside / "blocks.json"
    listed.write_text(json.dumps([(it.document, it.line, it.text) for it in blocks]), "utf-8")
    program = place.outside / "run_blocks.py"
    program.write_text(_SCRIPT, encoding="utf-8")
    done = place.run(f"python {program} {listed}")
    told = [line for line in done.output.splitlines() if line.startswith("FAULT ")]
    faults = []
    for line in told:
        _, at, problem = json.loads(line.removeprefix("FAULT "))
        faults.append(Fault(document.name, at, problem))
    if done.status != 0:
        faults.append(Fault(document.name, blocks[0].line, f"the script ended: {done.said}"))
    return faults


async def page_faults(document: Document, folder: Path) -> list[Fault]:
    """Run the blocks that are apps, or belong into one, on a headless page; what they raise."""
    faults: list[Fault] = []
    for number, block in enumerate(it for it in blocks_of(document) if is_for_a_page(it)):
        where = folder / str(number)
        where.mkdir()
        try:
            await _on_a_page(block, where)
        except Exception as error:
            faults.append(_fault(block, error))
    return faults


async def _on_a_page(block: Block, folder: Path) -> None:
    names: dict[str, Any] = {"__name__": "document"}
    with _in(folder), apps_started() as started:
        if _free(block) & _PUT_IN:
            started.append(_around(block, names))
        else:
            do(block, names)
        for name in apps_in(block):
            if names[name] not in started:
                started.append(names[name])
        for main in started:
            async with running(main) as person:
                assert person.problems or person.texts(), "nothing is on the page"


def _around(block: Block, names: dict[str, Any]) -> Callable[[ft.Page], Any]:
    """An app that opens a kit and then does what a block does."""

    async def main(page: ft.Page) -> None:
        kit = await ConsentKit.open(page, pack="epiao", store=Path("consent-record.sqlite"))
        page.on_close = kit.close
        do(block, names | {"page": page, "kit": kit})
        page.add(ft.Text("The app goes on."))

    return main


@contextmanager
def apps_started() -> Any:
    """What is given to ``ft.run`` meanwhile, instead of being run."""
    started: list[Callable[..., Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ft, "run", lambda main, **_: started.append(main))
        yield started


@contextmanager
def _in(folder: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield


def _fault(block: Block, error: Exception) -> Fault:
    """Where in the document it was raised, also by an app that the page caught it of."""
    problem = f"{type(error).__name__}: {error}"
    lines = [
        it.lineno
        for it in traceback.extract_tb(error.__traceback__)
        if it.filename == block.document
    ]
    lines += map(int, re.findall(rf'File "{re.escape(block.document)}", line (\d+)', problem))
    lines = lines or [getattr(error, "lineno", 0)]
    return Fault(block.document, lines[-1] or block.line, problem)


def functions(document: Document, *, apps: bool = False) -> dict[str, Any]:
    """What the Python of a document defines, read from the checkout; with its apps if wanted."""
    names: dict[str, Any] = {}
    for block in blocks_of(document):
        if apps or not is_for_a_page(block):
            do(block, names)
    return names
