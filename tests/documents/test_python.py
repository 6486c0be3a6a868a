"""Every block of Python in the documents runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.installing import Environment

from .reading import Document, documents
from .scripts import blocks_of, is_for_a_page, page_faults, script_faults
from .workplace import Workplace

WITH_PYTHON = [it for it in documents() if blocks_of(it)]
SCRIPTS = [it for it in WITH_PYTHON if not all(map(is_for_a_page, blocks_of(it)))]
APPS = [it for it in WITH_PYTHON if any(map(is_for_a_page, blocks_of(it)))]


@pytest.fixture(scope="module")
def place(installed: Environment, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """One for all: a script of the documents leaves nothing behind that another would find."""
    return Workplace(tmp_path_factory.mktemp("scripts"), installed)


@pytest.mark.parametrize("document", SCRIPTS, ids=lambda it: it.name)
def test_scripts_run(document: Document, place: Workplace) -> None:
    faults = script_faults(document, place)
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.anyio
@pytest.mark.parametrize("document", APPS, ids=lambda it: it.name)
async def test_apps_come_up_on_a_page(document: Document, tmp_path: Path) -> None:
    faults = await page_faults(document, tmp_path)
    assert not faults, "\n".join(map(str, faults))
