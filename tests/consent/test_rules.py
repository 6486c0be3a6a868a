"""The gate's tables, every situation there can be: one answer each, no rule in vain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from itertools import product
from typing import Any, get_type_hints

import pytest

from components.consent.age import AgeBand
from components.consent.event import IndicatedBy
from components.consent.questions import (
    QUESTION_RULES,
    AsksLeft,
    Initiative,
    Lately,
    OpenQuestion,
    QuestionSituation,
    System,
    Verdict,
)
from components.consent.rules import Rule, decide
from components.consent.standing import (
    STANDING_RULES,
    Basis,
    Holding,
    NoticeState,
    PurposeSituation,
    Standing,
)
from components.consent.uses import USE_RULES, GestureUse, Means, Use, UseSituation
from components.policy.pack import MinorsRule

TABLES: dict[str, tuple[type[Any], tuple[Rule[Any], ...], StrEnum, int]] = {
    # the facts, the rules, what permits, how many situations there are
    "standing": (PurposeSituation, STANDING_RULES, Standing.PERMITTED, 4 * 4 * 4 * 2 * 8),
    "questions": (
        QuestionSituation,
        QUESTION_RULES,
        Verdict.PERMITTED,
        6 * 2 * 2 * 2 * 6 * 3 * 2,
    ),
    "uses": (UseSituation, USE_RULES, Use.ALLOWED, 6 * 4 * 3),
}


def situations(of: type[Any]) -> Iterator[Any]:
    """The whole product of the facts."""
    kinds = get_type_hints(of)
    for values in product(*(kinds[field.name] for field in fields(of))):
        yield of(*values)


@pytest.mark.parametrize("name", TABLES)
def test_every_situation_has_one_answer_and_every_rule_decides_somewhere(name: str) -> None:
    of, rules, _, number = TABLES[name]
    deciders = Counter(decide(rules, situation).id for situation in situations(of))
    assert deciders.total() == number
    assert set(deciders) == {rule.id for rule in rules}
    assert len({rule.id for rule in rules}) == len(rules)


@pytest.mark.parametrize("name", TABLES)
def test_r001_the_last_rule_fits_everything_and_permits_nothing(name: str) -> None:
    _, rules, permits, _ = TABLES[name]
    assert not rules[-1].when
    assert rules[-1].answer is not permits


@pytest.mark.parametrize("name", TABLES)
def test_every_rule_names_facts_and_values_that_there_are(name: str) -> None:
    of, rules, _, _ = TABLES[name]
    kinds = get_type_hints(of)
    for rule in rules:
        assert rule.because.endswith(".") and rule.source
        for fact, values in rule.when.items():
            assert values and len(set(values)) == len(values)
            assert set(values) < set(kinds[fact]), rule.id


def test_nothing_is_permitted_without_its_ground() -> None:
    """Said anew, without the table: R-001, R-005, R-013, R-060, R-063, R-071."""
    for it in situations(PurposeSituation):
        accepted = it.notice in (NoticeState.ACCEPTED, NoticeState.UPDATED)
        young = it.age in (AgeBand.CHILD, AgeBand.MINOR)
        wanted = it.basis is Basis.NO_DATA or (
            accepted
            and not (young and it.minors is MinorsRule.NEVER)
            and (
                it.basis is Basis.NO_CONSENT
                or (it.basis is Basis.CONSENT and it.consent is Holding.HOLDS)
            )
        )
        answer = decide(STANDING_RULES, it).answer
        assert (answer is Standing.PERMITTED) == wanted, it
        if it.basis is not Basis.NO_DATA and not accepted:
            assert answer in (Standing.NOTICE_FIRST, Standing.NOT_DECLARED)


def test_nothing_is_asked_that_may_not_be() -> None:
    """Said anew, without the table: R-011, R-060, R-071, R-072, R-078."""
    for it in situations(QuestionSituation):
        verdict = decide(QUESTION_RULES, it).answer
        if verdict is Verdict.PERMITTED:
            assert it.standing is Standing.PERMITTED
            assert it.system in (System.NOT_NEEDED, System.GRANTED)
        if verdict in (Verdict.EXPLAIN, Verdict.EXPLAIN_IN_PLACE):
            assert it.question is OpenQuestion.NONE
            decides = {
                Standing.NOT_CONSENTED: IndicatedBy.SUBJECT,
                Standing.GUARDIAN_FIRST: IndicatedBy.GUARDIAN,
            }
            assert it.asked is decides[it.standing]
            if it.initiative is Initiative.APP:
                assert it.system is System.NOT_NEEDED
                assert it.lately is Lately.NOTHING
                assert it.asks is AsksLeft.SOME
            elif it.lately is Lately.NO:
                assert verdict is Verdict.EXPLAIN_IN_PLACE
        if verdict is Verdict.ASK_SYSTEM:
            assert it.standing is Standing.PERMITTED
            assert (it.initiative, it.system) == (Initiative.PERSON, System.WOULD_ASK)
            assert it.question is OpenQuestion.NONE


def expected_standing(it: PurposeSituation) -> Standing:
    """Every answer of the table, said anew."""
    if it.basis is Basis.UNDECLARED:
        return Standing.NOT_DECLARED
    if it.basis is Basis.NO_DATA:
        return Standing.PERMITTED
    if it.notice in (NoticeState.OPEN, NoticeState.DECLINED):
        return Standing.NOTICE_FIRST
    if it.minors is MinorsRule.NEVER and it.age in (AgeBand.CHILD, AgeBand.MINOR):
        return Standing.NOT_FOR_MINORS
    if it.basis is Basis.NO_CONSENT or it.consent is Holding.HOLDS:
        return Standing.PERMITTED
    return Standing.GUARDIAN_FIRST if it.age is AgeBand.CHILD else Standing.NOT_CONSENTED


def expected_verdict(it: QuestionSituation) -> Verdict:
    """Every answer of the table, said anew: by where the purpose stands, then who asks."""
    closed = {
        Standing.NOT_DECLARED: Verdict.NOT_DECLARED,
        Standing.NOTICE_FIRST: Verdict.NOTICE_FIRST,
        Standing.NOT_FOR_MINORS: Verdict.NOT_FOR_MINORS,
    }
    if it.standing in closed:
        return closed[it.standing]
    if it.standing is Standing.PERMITTED and it.system is System.NOT_NEEDED:
        return Verdict.PERMITTED
    if it.system is not System.NOT_NEEDED and it.initiative is Initiative.APP:
        return Verdict.NO_GESTURE
    if it.question is OpenQuestion.ANOTHER:
        return Verdict.BUSY
    if it.system is System.BARRED:
        return Verdict.RESTRICTED
    if it.standing is Standing.PERMITTED:
        answers = {System.GRANTED: Verdict.PERMITTED, System.WOULD_ASK: Verdict.ASK_SYSTEM}
        return answers.get(it.system, Verdict.SETTINGS)
    if it.standing is Standing.GUARDIAN_FIRST and it.asked is IndicatedBy.SUBJECT:
        return Verdict.GUARDIAN_FIRST
    if it.standing is Standing.NOT_CONSENTED and it.asked is IndicatedBy.GUARDIAN:
        return Verdict.NO_CHILD
    if it.initiative is Initiative.PERSON:
        return Verdict.EXPLAIN_IN_PLACE if it.lately is Lately.NO else Verdict.EXPLAIN
    if it.asks is AsksLeft.NONE:
        return Verdict.ASKED_ENOUGH
    return Verdict.EXPLAIN if it.lately is Lately.NOTHING else Verdict.COOLING_DOWN


def test_every_answer_of_the_tables_is_the_one_that_is_wanted() -> None:
    for purpose in situations(PurposeSituation):
        assert decide(STANDING_RULES, purpose).answer is expected_standing(purpose), purpose
    for question in situations(QuestionSituation):
        assert decide(QUESTION_RULES, question).answer is expected_verdict(question), question


def test_a_use_takes_all_that_it_takes() -> None:
    """Said anew, without the table: R-015, R-077."""
    for it in situations(UseSituation):
        wanted = (
            it.standing is Standing.PERMITTED
            and it.means in (Means.NONE, Means.GRANTED)
            and it.gesture is not GestureUse.NONE_LEFT
        )
        assert (decide(USE_RULES, it).answer is Use.ALLOWED) == wanted, it
