"""docs/gate.md shows the tables as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.consent.gate_tables import TABLES, main, rewritten
from components.consent.questions import QUESTION_RULES
from components.consent.standing import STANDING_RULES
from components.consent.transitions import TRANSITIONS
from components.consent.uses import USE_RULES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "gate.md"


def test_the_page_is_as_new_as_the_tables() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert rewritten(page) == page, "run: python -m components.consent.gate_tables docs/gate.md"
    for name, table in TABLES.items():
        assert f"<!-- table: {name} -->\n\n{table()}\n\n<!-- end -->" in page


def test_the_page_has_every_row() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = [
        *((row.because, row.source) for row in TRANSITIONS),
        *((rule.because, rule.source) for rule in STANDING_RULES),
        *((rule.because, rule.source) for rule in QUESTION_RULES),
        *((rule.because, rule.source) for rule in USE_RULES),
    ]
    assert len(rows) > 40
    for because, source in rows:
        assert f"| {because} | {source} |" in page


def test_a_page_is_brought_up_to_date_in_place(tmp_path: Path) -> None:
    page = tmp_path / "gate.md"
    old = "Before.\n\n<!-- table: uses -->\n\nold\n\n<!-- end -->\n\nAfter.\n"
    page.write_text(old, encoding="utf-8")
    main([str(page)])
    new = page.read_text(encoding="utf-8")
    assert new == old.replace("old", TABLES["uses"]())
    with pytest.raises(KeyError, match="nothing"):
        rewritten("<!-- table: nothing -->\n\nx\n\n<!-- end -->")


def test_it_prints_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    printed = capsys.readouterr().out
    assert all(table() in printed for table in TABLES.values())
