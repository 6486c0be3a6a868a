"""Events: made, written, read again; and every way in which a body cannot be true."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from components.consent.event import (
    BASE_NOTICE,
    GENESIS,
    Cause,
    Event,
    IndicatedBy,
    Layer,
    MalformedEvent,
    NoticeReference,
    Target,
    TargetKind,
    canonical,
    digest,
)
from components.consent.status import ConsentStatus

from .making import START, SUBJECTS, WORDS, altered, event

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2999, 12, 30)).flatmap(
    lambda naive: st.integers(-14 * 60, 14 * 60).map(
        lambda minutes: naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    )
)
NOTICES = st.builds(
    NoticeReference,
    notice=st.builds("{}/{}".format, IDS, IDS),
    version=st.from_regex(r"[0-9A-Za-z._-]{1,64}", fullmatch=True),
    locale=st.sampled_from(["zh_Hans", "en", "zh_Hant_HK", "yue"]),
    layer=st.sampled_from(Layer),
    digest=HASHES,
)
ENDED = (ConsentStatus.REQUESTED, ConsentStatus.EXPIRED, ConsentStatus.INVALIDATED)
REQUIRED = [field.name for field in fields(Event) if field.name != "indicated_by"]


@st.composite
def parts(draw: st.DrawFn) -> dict[str, Any]:
    """What any event that can be true is made of."""
    kind = draw(st.sampled_from(TargetKind))
    cause = draw(st.sampled_from(Cause))
    by_rule = cause is Cause.RULE
    notice = draw(st.none() if by_rule else st.none() | NOTICES)
    may_permit = (cause is Cause.PRESSED and notice is not None) or (
        cause is Cause.OPERATING_SYSTEM and kind is TargetKind.PERMISSION
    )
    sequence = draw(st.just(1) | st.integers(2, 2**53 - 1))
    return {
        "event_id": draw(st.uuids(version=4).map(lambda it: f"{str(it)[:14]}7{str(it)[15:]}")),
        "subject": draw(st.from_regex(r"[A-Za-z0-9_-]{43}", fullmatch=True)),
        "sequence": sequence,
        "target": Target(kind, draw(IDS)),
        "status": draw(
            st.sampled_from(
                ENDED if by_rule else [it for it in ConsentStatus if may_permit or not it.permits]
            )
        ),
        "cause": cause,
        "gesture": draw(st.none() if by_rule else st.none() | TEXTS),
        "notice": notice,
        "label": draw(TEXTS) if cause is Cause.PRESSED else None,
        "occurred_at": draw(MOMENTS),
        "monotonic_ms": draw(st.integers(0, 2**53 - 1)),
        "previous_hash": GENESIS if sequence == 1 else draw(HASHES.filter(GENESIS.__ne__)),
        "indicated_by": draw(st.sampled_from(IndicatedBy))
        if cause is Cause.PRESSED
        else IndicatedBy.SUBJECT,
    }


def events() -> st.SearchStrategy[Event]:
    """Any event that can be true."""
    return parts().map(lambda given_parts: Event.create(**given_parts))


@given(parts())
def test_an_event_holds_what_it_was_made_of(given_parts: dict[str, Any]) -> None:
    made = Event.create(**given_parts)
    moment = given_parts.pop("occurred_at")
    assert {name: getattr(made, name) for name in given_parts} == given_parts
    kept = datetime.fromisoformat(made.occurred_at)
    assert kept == moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert kept.utcoffset() == moment.utcoffset()


@given(events())
def test_an_event_is_the_same_after_a_journey_through_json(made: Event) -> None:
    body = json.loads(json.dumps(made.to_json()))
    assert Event.from_json(body) == made
    assert Event.from_json(json.loads(canonical(made.to_json()))) == made
    assert made.hash == digest(body)


@given(events(), st.randoms(use_true_random=False))
def test_the_order_of_the_keys_makes_no_difference(made: Event, shuffler: random.Random) -> None:
    body = made.to_json()
    keys = list(body)
    shuffler.shuffle(keys)
    shuffled = {key: body[key] for key in keys}
    assert canonical(shuffled) == canonical(body)
    assert Event.from_json(shuffled) == made


@given(events(), events())
def test_no_two_events_have_one_hash(one: Event, other: Event) -> None:
    assert (one.hash == other.hash) == (one == other)


def test_the_canonical_form_is_that_of_rfc_8785() -> None:
    assert (
        canonical({"b": 1, "a": ["同意", None, True]}) == '{"a":["同意",null,true],"b":1}'.encode()
    )


@given(
    st.dictionaries(
        st.sampled_from(["a", "B", "_", "a1", "aa", "", "\x7f", "é", "\ue000", "\U0001f600"]),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-(2**53) + 1, 2**53 - 1)
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.text(st.characters(exclude_categories=["Cs"])),
            lambda inner: st.lists(inner) | st.dictionaries(st.text("ab\ue000\U0001f600"), inner),
            max_leaves=4,
        ),
    )
)
def test_the_quick_way_to_the_canonical_form_writes_the_same_bytes(body: dict[str, Any]) -> None:
    assert canonical(body) == rfc8785.dumps(body)


@pytest.mark.parametrize("value", ["\ud800", {"label": "\udfff"}, 2**53, {1: "a"}])
def test_what_json_cannot_hold_has_no_canonical_form(value: Any) -> None:
    with pytest.raises(MalformedEvent):
        canonical({"label": value})


def test_the_hash_is_that_of_the_canonical_json_of_the_rest() -> None:
    made = event()
    body = made.to_json()
    assert list(body) == REQUIRED
    del body["hash"]
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert made.hash == hashlib.sha256(plain.encode()).hexdigest()


@pytest.mark.parametrize("name", [field.name for field in fields(Event) if field.name != "hash"])
def test_the_hash_covers_every_field(name: str) -> None:
    body = event(2).to_json()
    other = 7 if isinstance(body.get(name), int) else "other"
    changed = {**body, name: other}
    assert digest(changed) != body["hash"]
    with pytest.raises(MalformedEvent):
        Event.from_json(changed)


@pytest.mark.parametrize("name", [field.name for field in fields(NoticeReference)])
def test_the_hash_covers_every_field_of_the_notice(name: str) -> None:
    body = event().to_json()
    assert digest({**body, "notice": {**body["notice"], name: "other"}}) != body["hash"]


def test_a_body_with_another_bodys_hash_is_refused() -> None:
    with pytest.raises(MalformedEvent, match="hash differs"):
        Event.from_json({**event(2).to_json(), "label": "好"})


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"event_id": None}, "event_id"),
    ({"event_id": "01a203cb-5f55-4000-8000-000000000001"}, "event_id"),
    ({"event_id": "01A203CB-5F55-7000-8000-000000000001"}, "event_id"),
    ({"event_id": "01a203cb-5f55-7000-8000-000000000001\n"}, "event_id"),
    ({"subject": "A" * 42}, "subject"),
    ({"subject": "A" * 42 + "+"}, "subject"),
    ({"subject": 43}, "subject"),
    ({"sequence": 0}, "sequence"),
    ({"sequence": -1}, "sequence"),
    ({"sequence": 2**53}, "sequence"),
    ({"sequence": 10**400}, "sequence"),
    ({"sequence": 2.0}, "sequence"),
    ({"sequence": float("nan")}, "sequence"),
    ({"sequence": float("inf")}, "sequence"),
    ({"sequence": True}, "sequence"),
    ({"sequence": "2"}, "sequence"),
    ({"sequence": None}, "sequence"),
    ({"monotonic_ms": -1}, "monotonic_ms"),
    ({"monotonic_ms": 2**53}, "monotonic_ms"),
    ({"monotonic_ms": 0.5}, "monotonic_ms"),
    ({"monotonic_ms": float("-inf")}, "monotonic_ms"),
    ({"monotonic_ms": False}, "monotonic_ms"),
    ({"gesture": ""}, "gesture"),
    ({"gesture": "x" * 201}, "gesture"),
    ({"gesture": 1}, "gesture"),
    ({"label": ""}, "label"),
    ({"label": "字" * 201}, "label"),
    ({"label": ["同意"]}, "label"),
    ({"target": None}, "target"),
    ({"target": ["purpose", "nearby-cinema"]}, "target"),
    ({"target": "nearby-cinema"}, "target"),
    ({"target": "purpose:"}, "target"),
    ({"target": "purpose:Nearby"}, "target"),
    ({"target": "purpose:nearby--cinema"}, "target"),
    ({"target": "purpose:nearby:cinema"}, "target"),
    ({"target": "sdk:jpush"}, "target"),
    ({"target": f"purpose:{'x' * 65}"}, "target"),
    ({"status": "granted"}, "status"),
    ({"status": None}, "status"),
    ({"status": ["given"]}, "status"),
    ({"cause": "default"}, "cause"),
    ({"cause": {}}, "cause"),
    ({"occurred_at": None}, "occurred_at"),
    ({"occurred_at": 1635724800}, "occurred_at"),
    ({"occurred_at": "yesterday"}, "occurred_at"),
    ({"occurred_at": "2021-11-01T08:00:00.000"}, "occurred_at"),
    ({"occurred_at": "2021-13-01T08:00:00.000+00:00"}, "occurred_at"),
    ({"occurred_at": "2021-11-01 08:00:00.000+00:00"}, "occurred_at"),
    ({"occurred_at": "20211101T080000+0000"}, "occurred_at"),
    ({"occurred_at": "2021-W44-1T08:00:00+00:00"}, "occurred_at"),
    ({"occurred_at": "2021-11-01T08:00:00.000+08:05:43"}, "occurred_at"),
    # Moved to UTC, these would be before the first or after the last moment there is.
    ({"occurred_at": "0001-01-01T00:00:00.000+14:00"}, "occurred_at"),
    ({"occurred_at": "9999-12-31T23:59:59.999-14:00"}, "occurred_at"),
    ({"notice": "epiao/location"}, "notice"),
    ({"notice": {}}, "notice"),
    ({"notice": []}, "notice"),
    ({"previous_hash": "0" * 63}, "previous_hash"),
    ({"previous_hash": "CD" * 32}, "previous_hash"),
    ({"previous_hash": None}, "previous_hash"),
    ({"hash": "0" * 63}, "hash"),
    ({"hash": 0}, "hash"),
    # Fields that are well by themselves and contradict each other.
    ({"cause": "dismissed"}, "label"),
    ({"label": None}, "label"),
    ({"cause": "dismissed", "label": None}, "consent without a label"),
    ({"cause": "operating-system", "label": None}, "consent without a label"),
    ({"notice": None}, "consent without a label"),
    ({"status": "renewed", "notice": None}, "consent without a label"),
    ({"cause": "rule", "label": None, "status": "expired"}, "a rule ends"),
    ({"cause": "rule", "label": None, "notice": None, "status": "expired"}, "a rule ends"),
    ({"cause": "rule", "label": None, "gesture": None, "status": "expired"}, "a rule ends"),
    (
        {"cause": "rule", "label": None, "notice": None, "gesture": None, "status": "refused"},
        "a rule ends",
    ),
    ({"indicated_by": "subject"}, "indicated_by"),
    ({"indicated_by": "parent"}, "indicated_by"),
    ({"indicated_by": None}, "indicated_by"),
    (
        {"cause": "dismissed", "label": None, "status": "deferred", "indicated_by": "guardian"},
        "guardian",
    ),
    ({"sequence": 1}, "genesis"),
    ({"previous_hash": GENESIS}, "genesis"),
]


@pytest.mark.parametrize(("changes", "named"), MALFORMED)
def test_a_body_that_cannot_be_true_is_refused_and_the_field_is_named(
    changes: dict[str, Any], named: str
) -> None:
    with pytest.raises(MalformedEvent, match=named):
        Event.from_json(altered(event(2).to_json(), **changes))


MALFORMED_NOTICES: list[dict[str, Any]] = [
    {"notice": "location"},
    {"notice": "Epiao/location"},
    {"notice": "epiao/location/zh"},
    {"notice": None},
    {"version": ""},
    {"version": "v" * 65},
    {"version": "2021 11"},
    {"locale": "zh-Hans"},
    {"locale": ""},
    {"locale": 1},
    {"layer": "toast"},
    {"layer": None},
    {"digest": "ab"},
    {"digest": "AB" * 32},
]


@pytest.mark.parametrize("changes", MALFORMED_NOTICES)
def test_a_notice_that_cannot_be_is_refused_and_the_field_is_named(
    changes: dict[str, Any],
) -> None:
    body = event(2).to_json()
    with pytest.raises(MalformedEvent, match=next(iter(changes))):
        Event.from_json(altered(body, notice={**body["notice"], **changes}))


@pytest.mark.parametrize("name", REQUIRED)
def test_no_field_may_be_missing(name: str) -> None:
    body = event().to_json()
    del body[name]
    with pytest.raises(MalformedEvent, match=name):
        Event.from_json(body)


def test_no_field_may_be_added() -> None:
    with pytest.raises(MalformedEvent, match="granted"):
        Event.from_json(altered(event().to_json(), granted=True))
    body = event().to_json()
    with pytest.raises(MalformedEvent, match="notice"):
        Event.from_json(altered(body, notice={**body["notice"], "text": "同意"}))


@pytest.mark.parametrize("name", ["gesture", "label"])
def test_half_of_a_surrogate_pair_is_no_text(name: str) -> None:
    # json.loads makes one of "\ud800"; it could be neither hashed nor stored.
    with pytest.raises(MalformedEvent):
        Event.from_json(altered(event().to_json(), **{name: "\ud800"}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(events(), st.sampled_from([field.name for field in fields(Event)]), JSON)
def test_whatever_stands_in_a_field_nothing_else_is_raised(
    made: Event, name: str, value: object
) -> None:
    body = altered(made.to_json(), **{name: value})
    try:
        read = Event.from_json(body)
    except MalformedEvent:
        return
    assert read.to_json() == body


@given(JSON)
def test_what_has_not_the_fields_of_an_event_is_none(value: object) -> None:
    with pytest.raises(MalformedEvent):
        Event.from_json(value if isinstance(value, dict) else {"body": value})


def test_a_mirrored_permission_needs_no_words() -> None:
    mirrored = replace(event(), target=Target(TargetKind.PERMISSION, "location"))
    body = altered(
        mirrored.to_json(), cause="operating-system", label=None, notice=None, gesture=None
    )
    read = Event.from_json(body)
    assert (read.status, read.notice, read.label) == (ConsentStatus.GIVEN, None, None)


def test_an_event_needs_a_time_with_an_offset() -> None:
    with pytest.raises(MalformedEvent, match="occurred_at"):
        Event.create(
            event_id=event().event_id,
            subject=SUBJECTS[0],
            sequence=1,
            target=BASE_NOTICE,
            status=ConsentStatus.REFUSED,
            cause=Cause.PRESSED,
            gesture=None,
            notice=WORDS,
            label="不同意",
            occurred_at=START.replace(tzinfo=None),
            monotonic_ms=0,
            previous_hash=GENESIS,
        )


def test_the_time_is_kept_with_its_offset_to_the_millisecond() -> None:
    moment = datetime(2021, 11, 1, 16, 0, 0, 123999, timezone(timedelta(hours=8)))
    assert event(after=moment - START).occurred_at == "2021-11-01T08:00:00.123+00:00"


@pytest.mark.parametrize("kind", TargetKind)
def test_a_target_is_read_as_it_is_written(kind: TargetKind) -> None:
    target = Target(kind, "nearby-cinema")
    assert str(target) == f"{kind.value}:nearby-cinema"
    assert Target.parse(str(target)) == target
