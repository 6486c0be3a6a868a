"""Every fact of the source is carried by the reference pack, and nothing is there unaccounted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from components.policy import Document, Pack, PackError, load_pack
from components.policy.lint import RULES, lint
from components.policy.provenance import (
    PROVENANCE_FILE,
    Provenance,
    check_provenance,
    load_provenance,
)

from .small_pack import write

FOLDER = Path(__file__).parents[2] / "policy_content" / "epiao"
FACTS = tuple(f"S1-{number:03}" for number in range(1, 171))
"""The inventory of the source has 170 facts; its numbers are what is checked here."""

LOCALES = ("zh_Hans", "en")


@lru_cache
def pack() -> Pack:
    return load_pack(FOLDER).at(account().version)


@lru_cache
def account() -> Provenance:
    return load_provenance(FOLDER)


def clause_ids() -> list[str]:
    return [clause.id for clause in pack().document("zh_Hans").clauses()]


def without_clause(document: Document, clause_id: str) -> Document:
    sections = (
        replace(section, clauses=tuple(it for it in section.clauses if it.id != clause_id))
        for section in document.sections
    )
    return replace(document, sections=tuple(section for section in sections if section.clauses))


def with_document(locale: str, document: Document) -> Pack:
    key = (account().version, locale)
    texts = replace(pack().texts[key], document=document)
    return replace(pack(), texts=MappingProxyType({**pack().texts, key: texts}))


def with_entries(kind: str, entries: Mapping[str, object]) -> Pack:
    changes: dict[str, Any] = {kind: entries}
    declared = replace(pack().declared[account().version], **changes)
    return replace(pack(), declared={**pack().declared, account().version: declared})


def problems(changed: Pack) -> str:
    return "\n".join(map(str, check_provenance(account(), changed)))


def test_every_fact_is_there_and_no_other() -> None:
    assert tuple(account().facts) == FACTS


def test_the_account_is_complete() -> None:
    assert problems(pack()) == ""


def test_every_clause_is_named_by_a_fact_or_has_a_reason() -> None:
    places = {place for fact in account().facts.values() for place in fact.places}
    assert {f"clause:{id_}" for id_ in clause_ids()} <= places | set(account().own)
    assert all(len(reason) > 10 for reason in account().own.values())


def test_every_gist_is_its_own() -> None:
    gists = [fact.gist for fact in account().facts.values()]
    assert len(set(gists)) == len(gists)
    assert max(map(len, gists)) < 150


def test_the_errors_of_the_source_are_named_by_lint_rules() -> None:
    assert account().lint_rules <= set(RULES)
    assert account().facts["S1-006"].lint_rules == ("implied-consent",)
    assert account().facts["S1-007"].lint_rules == ()
    by_rule = {
        rule: {fact.id for fact in account().facts.values() if rule in fact.lint_rules}
        for rule in account().lint_rules
    }
    assert by_rule["deidentified-as-anonymised"] == {"S1-032", "S1-071"}
    assert by_rule["exception-older-than-law"] == {"S1-067", "S1-069"}
    assert by_rule["location-promise-conflict"] == {"S1-030", "S1-085"}
    assert by_rule["recommendation-conflict"] == {"S1-050", "S1-114"}
    assert by_rule["self-start-conflict"] == {"S1-102", "S1-103"}


def test_an_error_of_the_source_is_repaired_or_found_and_not_both() -> None:
    found = {finding.rule for finding in lint(pack(), folder=FOLDER).findings}
    assert account().lint_rules & found == account().lint_rules - set(account().repaired)


def test_what_is_repaired_was_an_error() -> None:
    repaired = {**account().repaired, "sentence-long": "shorter"}
    lines = {**account().lines, "sentence-long": 9}
    said = check_provenance(replace(account(), repaired=repaired, lines=lines), pack())
    assert [(it.line, it.problem) for it in said] == [
        (9, "'sentence-long' is repaired, and no fact names it")
    ]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("clause_id", clause_ids())
def test_without_any_one_clause_it_is_not_complete(clause_id: str, locale: str) -> None:
    document = without_clause(pack().document(locale), clause_id)
    said = problems(with_document(locale, document))
    assert f"not there in {locale}" in said
    assert f"'clause:{clause_id}'" in said


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        (kind, f"{place}:{id_}")
        for kind, place in (
            ("purposes", "purpose"),
            ("permissions", "permission"),
            ("recipients", "recipient"),
            ("rights", "right"),
            ("data_categories", "data"),
        )
        for id_ in getattr(pack(), kind)
    ],
)
def test_without_any_one_entry_it_is_not_complete(kind: str, place: str) -> None:
    entries = dict(getattr(pack(), kind))
    del entries[place.partition(":")[2]]
    assert repr(place) in problems(with_entries(kind, entries))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_clause_that_no_fact_names_is_found(locale: str) -> None:
    document = pack().document(locale)
    first, *others = document.sections
    more = replace(first.clauses[-1], id="brand-new")
    grown = replace(document, sections=(replace(first, clauses=(*first.clauses, more)), *others))
    assert "no fact names 'clause:brand-new'" in problems(with_document(locale, grown))


def test_the_words_of_a_fact_are_looked_for_whole() -> None:
    fact = account().facts["S1-007"]
    for word, found in (("400-113-9001", True), ("400-113-900", False), ("00-113-9001", False)):
        facts = {"S1-007": replace(fact, words=(word,))}
        said = check_provenance(replace(account(), facts=facts), pack())
        assert any("is not said" in finding.problem for finding in said) is not found


def test_a_place_has_a_fact_or_a_reason_and_not_both() -> None:
    own = {"clause:contact": "because", "clause:nowhere": "because"}
    lines = {**account().lines, "clause:contact": 7, "clause:nowhere": 8}
    said = check_provenance(replace(account(), own=own, lines=lines), pack())
    assert any(it.line == 7 and "has a reason and a fact" in it.problem for it in said)
    assert any(it.line == 8 and "is not there in en" in it.problem for it in said)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("version = 1\n[facts]", 1, "not a text"),
        ("version = '1'", 1, "`facts` is missing"),
        ("version =", 1, "no TOML"),
        ("version = '1'\n[facts]\nA = { gist = 'x', places = [] }", 3, "A is carried nowhere"),
        ("version = '1'\n[facts]\nA = { gist = 'x' }", 3, "`places` is missing"),
        ("version = '1'\n[facts]\nA = { gist = 'x', places = ['title'], word = 1 }", 3, "`word`"),
        ("version = '1'\n[facts]\n[own]\n'title' = ''", 4, "is empty"),
    ],
)
def test_a_fault_of_form_is_found_where_it_is(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    write(tmp_path, {PROVENANCE_FILE: text})
    with pytest.raises(PackError) as caught:
        load_provenance(tmp_path)
    assert any(
        (it.file, it.line) == (PROVENANCE_FILE, line) and problem in it.problem
        for it in caught.value.findings
    ), caught.value


def test_a_pack_without_an_account(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        load_provenance(tmp_path)
    assert "missing" in str(caught.value)


def test_an_account_without_reasons(tmp_path: Path) -> None:
    text = "version = '1'\n[facts]\nA = { gist = 'x', places = ['title'] }"
    provenance = load_provenance(write(tmp_path, {PROVENANCE_FILE: text}))
    assert provenance.own == {}
    assert provenance.facts["A"].line == 3


def test_a_pack_that_names_no_controller_has_no_such_places() -> None:
    said = problems(replace(pack(), controller=None))
    assert "S1-012 names 'controller', which is not there in en" in said
    assert "S1-007 names 'contact:phone', which is not there in zh_Hans" in said
