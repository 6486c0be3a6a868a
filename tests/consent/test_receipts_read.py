"""A record read by a person, in their language, and by who expects Kantara's fields."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from components.consent.event import Event, Layer, digest
from components.consent.receipts import kantara, readable, record
from components.consent.receipts.fields import FIELDS, found
from components.consent.receipts.wording import WORDINGS
from components.consent.status import ConsentStatus
from components.policy import load_pack

from .decisions import EPIAO, EVERY_KIND, Decisions

TEXTS = Path(__file__).parent / "texts"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What a record in English quotes as it is: the words that were shown, and names.
QUOTED = re.compile(r"^> .*$|“[^”]*”|\([^)]*\)|北京[^,\n]*", re.MULTILINE)


@pytest.fixture(params=EVERY_KIND)
def event(request: pytest.FixtureRequest) -> Event:
    """A decision of each kind."""
    return EVERY_KIND[request.param](Decisions())


def of_fixed_ids(text: str, event: Event) -> str:
    """A readable record, with what is drawn at random replaced."""
    for name in ("event_id", "subject", "hash"):
        text = text.replace(getattr(event, name), f"<{name}>")
    return text


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
@pytest.mark.parametrize("kind", ["given", "withdrawn", "guardian", "switched-off"])
def test_it_reads_as_it_was_written_down(kind: str, locale: str) -> None:
    event = EVERY_KIND[kind](Decisions(locale=locale))
    told = of_fixed_ids(readable(record(event, EPIAO), locale), event)
    assert told == (TEXTS / f"record-{kind}-{locale}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_it_tells_who_what_when_and_the_numbers(event: Event, locale: str) -> None:
    told = readable(record(event, EPIAO), locale)
    year = {"zh_Hans": "2021年11月1日16:00:06（UTC+08:00）"}
    assert year.get(locale, "1 November 2021, 16:00:06 (UTC+08:00)") in told
    for number in (event.event_id, event.subject, event.hash, event.previous_hash):
        assert number in told
    assert "{" not in told
    assert "400-113-9001" in told
    assert told.endswith("\n")
    assert "\n\n\n" not in told
    if event.label is not None:
        assert f"“{event.label}”" in told


def test_nothing_chinese_is_left_in_english_but_what_is_quoted(event: Event) -> None:
    told = readable(record(event, EPIAO), "en")
    assert CHINESE.findall(QUOTED.sub("", told)) == []


@pytest.mark.parametrize(
    ("locale", "heading"),
    [
        ("zh_Hant", "您的选择：记录副本"),
        ("zh", "您的选择：记录副本"),
        ("ar", "Your choice: a copy of the record"),
        ("de", "Your choice: a copy of the record"),
    ],
)
def test_a_language_without_words_has_another_one(locale: str, heading: str) -> None:
    assert readable(record(Decisions().given(), EPIAO), locale).startswith(heading)


def test_every_status_has_a_sentence_in_every_language() -> None:
    for wording in WORDINGS.values():
        assert set(wording.said) == set(ConsentStatus)
        for sentence in (
            *wording.said.values(),
            *wording.system_said.values(),
            *wording.ended_by_rule.values(),
        ):
            assert "{what}" in sentence


def test_each_status_of_a_purpose_is_told_apart() -> None:
    sentences = set()
    for kind in EVERY_KIND:
        text = readable(record(EVERY_KIND[kind](Decisions()), EPIAO), "en")
        sentences.add(text.splitlines()[2])
    # Given is told once for the person and once for the guardian, and so on.
    assert len(sentences) == len(EVERY_KIND)


def test_a_name_that_the_policy_has_not_in_a_language_stays_in_one_it_has() -> None:
    pack = load_pack(Path(__file__).resolve().parents[2] / "policy_content" / "epiao")
    only = replace(pack, name={"zh_Hans": pack.name["zh_Hans"]})
    assert "E票电影" in readable(record(Decisions().accepted_notice(), only), "en")


def test_a_policy_without_rights_promises_none() -> None:
    version = replace(EPIAO.declared["2021-11-01"], rights={})
    declared = {**EPIAO.declared, "2021-11-01": version}
    told = readable(record(Decisions().given(), replace(EPIAO, declared=declared)), "en")
    assert "Your rights" not in told


def test_words_that_the_policy_lacks_are_said_to_be_lacking() -> None:
    decisions = Decisions()
    words = replace(decisions.shown("location", Layer.JUST_IN_TIME), digest="ab" * 32)
    event = decisions.pressed("purpose:nearby-cinema", ConsentStatus.REFUSED, "no", words)
    told = readable(record(event, EPIAO), "en")
    assert "The exact words are not in the policy at hand." in told
    assert "\n> " not in told


@pytest.mark.parametrize("offset", ["-09:30", "+00:00", "+05:45"])
def test_the_moment_is_told_in_the_time_of_the_device(offset: str) -> None:
    body = Decisions().given().to_json() | {"occurred_at": f"2021-11-01T08:00:00.000{offset}"}
    moved = Event.from_json({**body, "hash": digest(body)})
    told = readable(record(moved, EPIAO), "en")
    assert f"1 November 2021, 08:00:00 (UTC{offset})" in told


def test_kantara_has_its_fields(event: Event) -> None:
    told = kantara(record(event, EPIAO))
    assert told["version"] == "KI-CR-v1.1.0"
    assert told["consentReceiptID"] == event.event_id
    assert told["consentTimestamp"] == int(datetime(2021, 11, 1, 8, 0, 6, tzinfo=UTC).timestamp())
    assert told["piiPrincipalId"] == event.subject
    assert told["jurisdiction"] == "CN"
    assert told["language"] == "zh-Hans"
    assert told["consentStatus"] == event.status.dpv
    (controller,) = told["piiControllers"]
    assert controller["piiController"] == "北京声势文化传媒有限公司"
    assert controller["phone"] == "400-113-9001"
    assert "email" not in controller
    for purpose in told["services"][0]["purposes"]:
        assert purpose["termination"]
        assert purpose["thirdPartyDisclosure"] is ("thirdPartyName" in purpose)


def test_kantara_tells_consent_from_other_grounds() -> None:
    def types(event: Event) -> set[str]:
        (service,) = kantara(record(event, EPIAO))["services"]
        return {purpose["consentType"] for purpose in service["purposes"]}

    assert types(Decisions().given()) == {"EXPLICIT"}
    assert "EXPLICIT" not in types(Decisions().accepted_notice())
    assert "dpv:ContractPerformance" in types(Decisions().accepted_notice())


def test_kantara_says_what_is_sensitive() -> None:
    given = kantara(record(Decisions().given(), EPIAO))
    assert (given["sensitive"], given["spiCat"]) == (True, ["当前位置"])
    push = kantara(record(Decisions().pushed(), EPIAO))
    assert (push["sensitive"], push["spiCat"]) == (False, [])


def test_kantara_in_the_language_that_was_read() -> None:
    told = kantara(record(Decisions(locale="en").given(), EPIAO))
    assert told["language"] == "en"
    assert told["services"][0]["service"] == "Epiao Movies"


def test_the_fields_of_kantara_that_are_named_are_there() -> None:
    told = kantara(record(Decisions().given(), EPIAO))
    for field in FIELDS:
        if field.kantara is not None:
            place = tuple(part.removesuffix("[]") for part in field.kantara.split("."))
            values = found(told, place)
            assert values, field
            assert None not in values, field
