"""The project, installed once, and places to run its documents in."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from tests.databases.postgres import PostgresCluster
from tests.project.installing import Environment

from .playing import Player, every_command, mentioned, with_commands
from .reading import Document, Fault, documents
from .workplace import Workplace, copy_project

Play = Callable[[Document], list[Fault]]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment that has the project installed, as Contributing says to."""
    folder = tmp_path_factory.mktemp("installed")
    environment = Environment(folder / "venv")
    environment.install("--editable", copy_project(folder / "project"))
    return environment


@pytest.fixture(scope="session")
def pages() -> list[Document]:
    """Every document."""
    return documents()


@pytest.fixture(scope="session")
def play(
    installed: Environment,
    pages: list[Document],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Play:
    """Runs what a document has to run, in a copy of the project of its own."""
    in_blocks = every_command(pages)
    numbers = itertools.count()
    played: set[tuple[str, ...]] = set()
    begun: set[str] = set()

    def database() -> str:
        cluster: PostgresCluster = request.getfixturevalue("postgresql")
        return cluster.create_database(f"document_{next(numbers)}")

    def run(document: Document) -> list[Fault]:
        blocks = with_commands(document)
        lines = [it.text for it in mentioned(document) if it.text not in in_blocks]
        script = (*(it.text for it in blocks), *lines)
        # A translation has the same commands, which do the same.
        if not script or script in played:
            return []
        played.add(script)
        # So does what two pages begin with, unless more follows in the environment that it makes.
        known = bool(blocks) and blocks[0].text in begun
        known = known and not any(".venv" in it.text for it in blocks[1:])
        begun.update(it.text for it in blocks[:1])
        place = Workplace(tmp_path_factory.mktemp("page"), installed)
        return Player(place, database, in_blocks).play(document, begun=known)

    return run
