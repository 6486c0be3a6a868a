"""Dates, numbers and names found in a text."""

from __future__ import annotations

from datetime import date

import pytest

from components.policy.importing.facts import MOST_FACTS, find_facts


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("发布日期:2021年10月20日", "published", date(2021, 10, 20)),
        ("生效日期：2021 年 11 月 1 日", "effective", date(2021, 11, 1)),
        ("本政策于2024-05-06起施行", "effective", date(2024, 5, 6)),
        ("Last updated: Feb 10, 2026", "published", date(2026, 2, 10)),
        ("Effective 1st March 2024", "effective", date(2024, 3, 1)),
        ("published 2020/1/2, effective 2020/02/03", "published", date(2020, 1, 2)),
        ("更新并生效:2020.1.2", "effective", date(2020, 1, 2)),
        ("on 3 September 2019", "date", date(2019, 9, 3)),
        ("2021年2月30日", None, None),
        ("12021年2月3日", None, None),
    ],
)
def test_dates(text: str, kind: str | None, day: date | None) -> None:
    facts = [fact for fact in find_facts(text) if fact.day is not None]
    assert [(fact.kind, fact.day) for fact in facts][:1] == ([(kind, day)] if kind else [])
    assert all(text[fact.offset :].startswith(fact.text) for fact in facts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("客服(400-555-0100)", [("phone", "400-555-0100")]),
        ("010-55501234或13955501234", [("phone", "010-55501234"), ("phone", "13955501234")]),
        ("call +44 20 7946 0000.", [("phone", "+44 20 7946 0000")]),
        ("/p/13955501234 订单139555012345", []),
        ("mail a.b@c.example.", [("email", "a.b@c.example")]),
        ("见https://a.example/b。", [("link", "https://a.example/b")]),
        ("注册地址:剧场市剧场街一号院", [("address", "剧场市剧场街一号院")]),
        ("服务提供者是北京小剧场有限公司,", [("company", "北京小剧场有限公司")]),
        ("by Little Cinema, Ltd. in", [("company", "Little Cinema, Ltd")]),
    ],
)
def test_other_facts(text: str, found: list[tuple[str, str]]) -> None:
    facts = find_facts(text)
    assert [(fact.kind, fact.text) for fact in facts] == found
    assert all(text[fact.offset :].startswith(fact.text) for fact in facts)


def test_the_list_ends() -> None:
    assert len(find_facts("a@b.example " * (MOST_FACTS + 9))) == MOST_FACTS
    assert len(find_facts("2020-01-02 " * (MOST_FACTS + 9))) == MOST_FACTS
