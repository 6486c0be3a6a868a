"""Every unfair example is caught by its rule and by no other; its fair twin passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from components.fairness import rule_set
from components.fairness.unfair.examples import EXAMPLES

from .unfair_run import Run, runs, table

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- unfair examples: begin -->\n", "<!-- unfair examples: end -->"


@pytest.fixture(scope="module")
async def found(chromium: Browser, characters: frozenset[str]) -> list[Run]:
    return await runs(chromium, characters)


async def test_every_fault_is_caught_by_its_rule_alone(found: list[Run]) -> None:
    assert [fault for run in found for fault in run.faults] == []


async def test_the_documents_table_is_what_was_found(found: list[Run]) -> None:
    now = table(found)
    kept = ROOT / "test-results" / "fairness-table.md"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(now, encoding="utf-8")
    document = (ROOT / "docs" / "fairness.md").read_text(encoding="utf-8")
    written = document.partition(BEGIN)[2].partition(END)[0]
    assert written.strip() == now.strip(), f"put {kept.relative_to(ROOT)} into docs/fairness.md"


def test_every_rule_has_an_example() -> None:
    assert {it.rules[0] for it in EXAMPLES} == {rule.id for rule in rule_set().rules}
    assert len({it.name for it in EXAMPLES}) == len(EXAMPLES)
