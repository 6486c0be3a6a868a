"""What docs/receipts.md says is so."""

from __future__ import annotations

import re
from pathlib import Path

from components.consent.receipts import vocabulary
from components.consent.receipts.fields import FIELDS, Field
from tests.consent.decisions import EPIAO, Decisions
from tests.documents.reading import page
from tests.documents.scripts import functions

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "receipts.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The first table under a heading, without its head."""
    (table,) = re.findall(
        rf"^## {heading}\n.*?((?:^\|[^\n]*\n)+)", TEXT, flags=re.MULTILINE | re.DOTALL
    )
    lines: list[str] = table.splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def row(field: Field) -> list[str]:
    place = " → ".join(f"`{part}`" for part in field.place)
    kantara = "–" if field.kantara is None else f"`{field.kantara}`"
    return [field.section, f"`{field.name}`", field.need, place, kantara]


def test_the_table_of_fields_is_the_codes() -> None:
    assert rows("Fields") == [row(field) for field in FIELDS]


def test_every_term_of_our_own_is_explained() -> None:
    explained = {name for terms, _ in rows("Vocabulary") for name in re.findall(r"`(\w+)`", terms)}
    own = {term for term in vocabulary().kinds if term.startswith("mingshi:")}
    assert {f"mingshi:{name}" for name in explained} == own


def test_every_check_is_explained() -> None:
    told = {re.sub("`", "", name) for name, _ in rows("Verifying")}
    folder = Path(__file__).resolve().parents[2] / "components" / "verifying"
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    made = set(re.findall(r'(?:(?:passed|failed|unchecked)\(|name = )"([a-z]+)"', source))
    assert told == made


def test_the_copy_to_keep_is_made_as_described() -> None:
    make = functions(page("docs/receipts.md"))["copy_to_keep"]
    record, text = make(Decisions().given(), EPIAO, "en")
    assert record["@type"] == "dpv:ConsentRecord"
    assert text.startswith("Your choice")
