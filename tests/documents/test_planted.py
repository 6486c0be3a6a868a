"""Documents with something wrong in them: each fault is found, with its file and its line."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.databases.postgres import PostgresCluster
from tests.project.installing import Environment

from . import elsewhere, formats, mentions
from .elsewhere import NOT_RUN, Check, NotRun, unused
from .planting import planted, told
from .playing import Player, commands_of, every_command, mentioned, unlike
from .reading import ROOT, Document
from .scripts import page_faults, script_faults
from .workplace import NotServing, Workplace

Place = Callable[[], Workplace]


@pytest.fixture(scope="module")
def place(installed: Environment, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Makes places that hold no more of the project than its settings and a few texts."""
    root = tmp_path_factory.mktemp("little")
    for name in ("pyproject.toml", ".gitignore"):
        (root / name).write_bytes((ROOT / name).read_bytes())

    def make() -> Workplace:
        return Workplace(tmp_path_factory.mktemp("planted"), installed, root)

    return make


def no_database() -> str:
    raise AssertionError("nothing here needs one")


def test_a_page_of_which_everything_holds(place: Place) -> None:
    document = planted(
        "```sh",
        "export SAID=hello && mkdir deeper",
        "cd deeper",
        "echo $SAID \\",
        "  again  # not said",
        "```",
        "",
        "```text",
        "hello …",
        "```",
        "",
        "```console",
        "$ ls",
        "$ echo one && echo two",
        "two",
        "```",
        "",
        "See `mingshi lint --fail-on`, `components/kit.py` and [below](#planted).",
    )
    assert Player(place(), no_database).play(document) == []
    assert mentions.faults_of(document) == formats.faults_of(document) == []
    assert mentions.link_faults(document, [document]) == []


def test_commands_that_do_not_work(place: Place) -> None:
    document = planted(
        "```sh",
        "mingshi lint epiao --profle gdpr",  # line 4: an option that is not there
        "mingshi lnt epiao",  # 5: a command that is not there
        "mingshi study check \\",
        "  no-such-study.toml",  # 6: it fails
        "echo fine && ls missing && echo never",  # 8: its second part fails
        "cd missing",  # 9
        "gh pr create",  # 10: nobody has said whether it is to be run
        "python -m tests.no_such_module",  # 11
        "```",
        "",
        "```bat",
        "py -m something",  # 15: nothing is known of it
        "```",
        "",
        "As `mingshi lint piaoqian` shows.",  # 18: it ends with 1
    )
    faults = Player(place(), no_database).play(document)
    assert [it.line for it in faults] == [4, 5, 6, 8, 9, 10, 11, 15, 18]
    assert str(faults[0]).startswith("docs/planted.md:4: `mingshi lint epiao --profle gdpr`: ")
    assert "no option --profle" in faults[0].problem
    assert "no command `mingshi lnt`" in faults[1].problem
    assert "no-such-study.toml" in faults[2].problem
    assert "NOT_RUN" in faults[5].problem


def test_an_output_that_is_another(place: Place) -> None:
    document = planted(
        "```sh", "echo one", "```", "", "```text", "two", "```", "", "```console", "$ echo a", "b",
        "```",
    )  # fmt: skip
    faults = Player(place(), no_database).play(document)
    assert [it.line for it in faults] == [8, 12]
    assert "Shown:\ntwo" in faults[0].problem and "Printed:\none" in faults[0].problem


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n", "a\n", True),
        ("took … s\n", "took 1.2 s\n", True),
        ("a\n…\nz\n", "a\nb\nc\nz\n", True),
        ("a\n…\nz\n", "a\nb\nc\n", False),
        ("a.c\n", "abc\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n", "", False),
    ],
)
def test_what_is_marked_may_differ(shown: str, printed: str, same: bool) -> None:
    assert (unlike(shown, printed) is None) is same


def test_servers_that_do_not_serve(place: Place, postgresql: PostgresCluster) -> None:
    numbers = itertools.count()
    document = planted(
        "```sh",
        "mingshi endpoint --officers no-such-file.toml",  # line 4: it ends at once
        "mingshi conformance http://127.0.0.1:9",  # 5: no port of the kit's
        "mingshi endpoint --database postgresql+psycopg://user@host/consent",
        "mingshi verify http://127.0.0.1:8700/no-file",  # 7: answered, and no receipt
        "mkdir site && python -m http.server --directory site",
        "python -m http.server --directry site",  # 9
        "```",
    )

    def database() -> str:
        return postgresql.create_database(f"planted_{next(numbers)}")

    faults = Player(place(), database).play(document)
    assert [it.line for it in faults] == [4, 5, 7, 9]
    assert "printed no address" in faults[0].problem
    assert "port 9" in faults[1].problem


def test_a_server_that_does_not_end_in_good_order(place: Place, tmp_path: Path) -> None:
    where = place()
    program = tmp_path / "stubborn.py"
    program.write_text(
        "import http.server, signal, sys\n"
        "signal.signal(signal.SIGINT, lambda *_: sys.exit(3))\n"
        "class Answer(http.server.BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        self.send_response(404 if 'deaf' in sys.argv else 200)\n"
        "        self.end_headers()\n"
        "server = http.server.HTTPServer(('127.0.0.1', 0), Answer)\n"
        "print(f'Open http://127.0.0.1:{server.server_port}/', flush=True)\n"
        "server.serve_forever()\n"
    )
    with pytest.raises(NotServing, match="/ with 404"):
        where.serve("deaf", f"python {program} deaf")
    where.serve("stubborn", f"python {program}")
    (problem,) = where.close()
    assert "ended with status 3, not 0" in problem


def test_scripts_that_raise(place: Place) -> None:
    document = planted(
        "```python",
        "from mingshi.policy import load_pack",
        "",
        "pack = load_pack",
        "```",
        "",
        "```python",
        "from mingshi.policy import load_packet",  # line 10: it was renamed
        "```",
        "",
        "```python",
        "path = 'my-pack'",
        "load_pack(path)",  # 15: it takes a path
        "```",
        "",
        "```python",
        "def broken(",  # 19
        "```",
    )
    faults = script_faults(document, place())
    assert told(faults) == [("docs/planted.md", line) for line in (10, 15, 19)]
    assert "load_packet" in faults[0].problem and "SyntaxError" in faults[2].problem


@pytest.mark.anyio
async def test_apps_that_raise(tmp_path: Path) -> None:
    document = planted(
        "```python",
        "import flet as ft",
        "",
        "async def main(page: ft.Page) -> None:",
        "    page.add(ft.Text('hello'))",
        "    page.add(ft.Txt('hello'))",  # line 8
        "```",
        "",
        "```python",
        "kit.speak_up('ar')",  # 12: it was renamed
        "```",
        "",
        "```python",
        "kit.speak('ar')",
        "```",
    )
    faults = await page_faults(document, tmp_path)
    assert [it.line for it in faults] == [8, 12]
    assert "Txt" in faults[0].problem and "speak_up" in faults[1].problem


SPOILT: dict[Check, tuple[str, str]] = {
    elsewhere.as_ci_does: (".[test]", ".[tests]"),
    elsewhere.as_for_a_shell: (r"&& .venv\Scripts\python -m pip", r"&& .venv\Script\python -m pip"),
    elsewhere.as_declared: ("]", "s]"),
    elsewhere.for_the_next: ("install uv", "install vu"),
    elsewhere.as_the_lock_was_made: ("--extra mutation", "--extra mutants"),
    elsewhere.finds_tests: ("-k ", "-k no_"),
    elsewhere.has_its_modules: ("tests.mutants", "tests.mutant"),
    elsewhere.has_its_option: ("--fonts", "--font"),
    elsewhere.is_understood: ("mingshi ", "mingshi un"),
    elsewhere.as_in_a_workflow: ("b", "bb"),
    elsewhere.fetched: ("jwks.json >", "jwk.json >"),
    elsewhere.is_a_benchmark: ("tests.benchmarks", "tests.benchmarks gone"),
}
"""What is written otherwise, for each way of holding a command that is not run."""


@pytest.fixture(scope="module")
def idle(place: Place) -> Iterator[Workplace]:
    where = place()
    yield where
    assert where.close() == []


@pytest.mark.parametrize("entry", NOT_RUN, ids=lambda it: it.command[-40:])
def test_what_is_held_of_a_command_that_is_not_run_can_fail(
    entry: NotRun, pages: list[Document], idle: Workplace
) -> None:
    (document, block, number), *_ = (
        (document, block, number)
        for document in pages
        for block in (*document.blocks, *mentioned(document))
        for number, command in enumerate(commands_of(block))
        if command.text == entry.command
    )
    old, new = SPOILT[entry.check]
    assert old in block.text
    spoilt = replace(block, text=block.text.replace(old, new))
    assert entry.check(commands_of(block)[number], document, idle) is None
    assert entry.check(commands_of(spoilt)[number], document, idle)


def test_an_entry_that_fits_no_command(pages: list[Document]) -> None:
    there = every_command(pages, lines=True)
    gone = NOT_RUN[0].command
    assert unused(there - {gone}) == [gone]
