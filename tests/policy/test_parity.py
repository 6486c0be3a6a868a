"""The Chinese and the English text of the reference pack say the same, in every version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from components.policy import Block, Document, ListBlock, Pack, Paragraph, Run, Table, load_pack

from .parity import differences, matches, numbering, quantities

FOLDER = Path(__file__).parents[2] / "policy_content" / "epiao"
FIRST = "2021-11-01"
VERSIONS = (FIRST, "2026-01-01")
LOCALES = ("zh_Hans", "en")

ALLOWED: Mapping[str, Mapping[str, int]] = {
    # English gives the postal address twice: as it is written on an envelope, and in English.
    "contact/0/item 2/0": {"10": 1, "1004": 1, "67": 1, "7": 1},
}


@lru_cache
def pack() -> Pack:
    return load_pack(FOLDER)


def compared(locale: str, changed: Document, version: str = FIRST) -> list[str]:
    """The differences when one language has another document."""
    texts = {it: pack().document(it, version) for it in LOCALES} | {locale: changed}
    return differences(texts["zh_Hans"], texts["en"], ALLOWED)


def clause_ids() -> list[str]:
    return [clause.id for clause in pack().document("zh_Hans").clauses()]


def without_clause(document: Document, clause_id: str) -> Document:
    sections = (
        replace(section, clauses=tuple(it for it in section.clauses if it.id != clause_id))
        for section in document.sections
    )
    return replace(document, sections=tuple(section for section in sections if section.clauses))


def smaller_blocks(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """The same blocks, each time without one list item or one row, at any depth."""
    for position, block in enumerate(blocks):
        for changed in smaller(block):
            yield (*blocks[:position], changed, *blocks[position + 1 :])


def smaller(block: Block) -> Iterator[Block]:
    match block:
        case ListBlock(items=items):
            for number, item in enumerate(items):
                rest = (*items[:number], *items[number + 1 :])
                yield replace(block, items=rest)
                for inside in smaller_blocks(item):
                    yield replace(block, items=(*items[:number], inside, *items[number + 1 :]))
        case Table(rows=rows):
            for number in range(len(rows)):
                yield replace(block, rows=(*rows[:number], *rows[number + 1 :]))
        case _:
            return


def changed_runs(runs: tuple[Run, ...], change: Callable[[Run], Iterator[Run]]) -> Iterator[Any]:
    for position, run in enumerate(runs):
        for changed in change(run):
            yield (*runs[:position], changed, *runs[position + 1 :])


def changed_blocks(
    blocks: tuple[Block, ...], change: Callable[[Run], Iterator[Run]]
) -> Iterator[tuple[Block, ...]]:
    """The same blocks, each time with one run changed in one way."""
    for position, block in enumerate(blocks):
        for changed in changed_block(block, change):
            yield (*blocks[:position], changed, *blocks[position + 1 :])


def changed_block(block: Block, change: Callable[[Run], Iterator[Run]]) -> Iterator[Block]:
    match block:
        case Paragraph(runs):
            for changed in changed_runs(runs, change):
                yield Paragraph(changed)
        case ListBlock(items=items):
            for number, item in enumerate(items):
                for inside in changed_blocks(item, change):
                    yield replace(block, items=(*items[:number], inside, *items[number + 1 :]))
        case Table(rows=rows):
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    for runs in changed_runs(cell, change):
                        cells = (*row[:column], runs, *row[column + 1 :])
                        yield replace(block, rows=(*rows[:number], cells, *rows[number + 1 :]))


def variants(
    document: Document, of_blocks: Callable[[tuple[Block, ...]], Iterator[tuple[Block, ...]]]
) -> Iterator[Document]:
    """The document, each time with its preamble or one clause's blocks changed in one way."""
    for blocks in of_blocks(document.preamble):
        yield replace(document, preamble=blocks)
    for number, section in enumerate(document.sections):
        for position, clause in enumerate(section.clauses):
            for blocks in of_blocks(clause.blocks):
                clauses = list(section.clauses)
                clauses[position] = replace(clause, blocks=blocks)
                sections = list(document.sections)
                sections[number] = replace(section, clauses=tuple(clauses))
                yield replace(document, sections=tuple(sections))


def without_numbers(locale: str) -> Callable[[Run], Iterator[Run]]:
    def change(run: Run) -> Iterator[Run]:
        for found in matches(run.text, locale):
            yield replace(run, text=run.text[: found.start()] + run.text[found.end() :])

    return change


def without_mark_or_link(run: Run) -> Iterator[Run]:
    if run.sensitive:
        yield replace(run, sensitive=False)
    if run.href is not None:
        yield replace(run, href="#elsewhere")
    if run.strong:
        yield replace(run, strong=False)


@pytest.mark.parametrize("version", VERSIONS)
def test_both_languages_say_the_same(version: str) -> None:
    document = pack().document("en", version)
    assert "\n".join(compared("en", document, version)) == ""


def test_every_exception_is_needed() -> None:
    chinese, english = (pack().document(locale) for locale in LOCALES)
    assert {line.partition(": ")[0] for line in differences(chinese, english, {})} == set(ALLOWED)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("clause_id", clause_ids())
def test_without_any_one_clause_they_differ(clause_id: str, locale: str) -> None:
    assert compared(locale, without_clause(pack().document(locale), clause_id))


@pytest.mark.parametrize("locale", LOCALES)
def test_without_any_one_item_or_row_they_differ(locale: str) -> None:
    documents = list(variants(pack().document(locale), smaller_blocks))
    assert len(documents) > 100
    assert all(compared(locale, document) for document in documents)


@pytest.mark.parametrize("locale", LOCALES)
def test_without_any_one_number_they_differ(locale: str) -> None:
    change = without_numbers(locale)
    documents = list(
        variants(pack().document(locale), lambda blocks: changed_blocks(blocks, change))
    )
    assert len(documents) > 60
    assert all(compared(locale, document) for document in documents)


@pytest.mark.parametrize("locale", LOCALES)
def test_without_any_one_mark_or_link_they_differ(locale: str) -> None:
    documents = list(
        variants(
            pack().document(locale), lambda blocks: changed_blocks(blocks, without_mark_or_link)
        )
    )
    assert len(documents) > 100
    assert all(compared(locale, document) for document in documents)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_heading_renumbered_or_moved_in_one_language_is_found(locale: str) -> None:
    document = pack().document(locale)
    first, second, *others = document.sections
    assert compared(locale, replace(document, sections=(second, first, *others)))
    clause = first.clauses[1]
    renumbered = replace(
        clause, heading=(Run(clause.title.replace("一", "九").replace(".1", ".9")),)
    )
    clauses = (first.clauses[0], renumbered, *first.clauses[2:])
    changed = replace(document, sections=(replace(first, clauses=clauses), second, *others))
    assert any(line.startswith(f"{clause.id}: ") for line in compared(locale, changed))


def localised(value: object, path: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every localised text in a pack's declarations."""
    if isinstance(value, Mapping):
        if set(value) == set(LOCALES):
            yield path, value
        else:
            for key, inside in value.items():
                yield from localised(inside, f"{path}/{key}")
    elif isinstance(value, tuple):
        for position, inside in enumerate(value):
            yield from localised(inside, f"{path}/{position}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from localised(getattr(value, field.name), f"{path}/{field.name}")


def said(version: str, locale: str) -> dict[str, str]:
    """The words of the summary and the prompts, by place."""
    texts = pack().texts_for(locale, version)
    words = {"withdrawal": texts.withdrawal.statement, "lead": texts.first_notice.lead}
    for card in texts.summary:
        words |= {f"{card.id}/title": card.title, f"{card.id}/body": card.body}
    for prompt in texts.prompts.values():
        for field in fields(prompt):
            value = getattr(prompt, field.name)
            if isinstance(value, str) and field.name != "id":  # nobody is shown an id
                words[f"{prompt.id}/{field.name}"] = value
    return words


def test_declarations_have_the_same_numbers_in_both_languages() -> None:
    texts = [
        *localised(pack().controller, "controller"),
        *localised(pack().surfaces, "surfaces"),
        *localised(pack().declared, "declared"),
    ]
    assert len(texts) > 300
    assert [
        path
        for path, text in texts
        if quantities(text["zh_Hans"], "zh_Hans") != quantities(text["en"], "en")
    ] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_summary_and_prompts_have_the_same_numbers_in_both_languages(version: str) -> None:
    chinese, english = said(version, "zh_Hans"), said(version, "en")
    assert list(chinese) == list(english)
    assert [
        place
        for place in chinese
        if quantities(chinese[place], "zh_Hans") != quantities(english[place], "en")
    ] == []


@pytest.mark.parametrize(
    ("chinese", "english", "counted"),
    [
        ("2021年10月20日", "20 October 2021", {"2021-10-20": 1}),
        ("拨打400-113-9001", "call 400-113-9001", {"400-113-9001": 1}),
        ("7至15个工作日", "7 to 15 working days", {"7": 1, "15": 1}),
        ("两种，三次，第三方", "Two kinds, three times, a third party", {"2": 1, "3": 2}),
        ("第一部分", "Part 1", {"1": 1}),
        ("一次就够", "once is enough", {}),
        ("10层", "10th floor", {"10": 1}),
    ],
)
def test_what_counts_as_a_number(chinese: str, english: str, counted: Mapping[str, int]) -> None:
    assert quantities(chinese, "zh_Hans") == counted
    assert quantities(english, "en") == counted


def test_how_headings_are_numbered() -> None:
    assert numbering("（十一）查看附近影院", "zh_Hans") == ("inner", 11)
    assert numbering("1.11 Finding cinemas near you", "en") == ("inner", 11)
    assert numbering("二、Cookie", "zh_Hans") == numbering("2. Cookies", "en") == ("outer", 2)
    assert numbering("给监护人", "zh_Hans") is None
