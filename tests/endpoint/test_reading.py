"""The quick way to read a batch lets through nothing that the record's own code would not."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.consent.event import Event, MalformedEvent, Target, canonical, digest
from components.consent.status import ConsentStatus
from components.endpoint.entries import Entry
from components.endpoint.problems import Problem
from components.endpoint.reading import read_batch, read_in_full, read_plainly

from .devices import Device, altered, batch, entries

DEVICE = Device()
MADE = [
    DEVICE.choose(),
    DEVICE.choose(ConsentStatus.REFUSED, label="不同意"),
    DEVICE.choose(target=Target.parse("permission:location")),
]
FIELDS = sorted(MADE[0].to_json())
NOTICE_FIELDS = sorted(MADE[0].to_json()["notice"])

# What each field may be, what it may nearly be, and what it can never be.
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            *(None, True, False, 0, 1, -1, 2, 2**53 - 1, 2**53, 1.0, 1.5, [], {}),
            *("", " ", "0" * 64, "ab" * 32, "AB" * 32, "ab" * 32 + "\n", "给" * 64),
            *("pressed", "dismissed", "operating-system", "rule", "guardian", "subject"),
            *("given", "renewed", "refused", "withdrawn", "expired", "unknown", "Given"),
            *("notice:base", "purpose:nearby-cinema", "permission:location", "purpose:"),
            *(f"purpose:{'a' * 64}", f"purpose:{'a' * 65}", "purpose:a--b", "purpose:a\n"),
            *("2021-11-01T08:00:00.000+00:00", "2021-11-01T08:00:00.000Z"),
            *("2021-02-30T08:00:00.000+00:00", "2021-11-01T08:00:00.000+99:00"),
            *("２０２１-11-01T08:00:00.000+00:00", "2021-11-01T08:00:00.000+00:00\n"),
            *("01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-474b-bcce-b302099a8057"),
            *("01890A5D-AC96-774B-BCCE-B302099A8057", "epiao/location", "epiao", "a/b/c"),
            *("zh_Hans", "zh-Hans", "zh_Hans_CN_x", "just-in-time", "2021-11-01", DEVICE.subject),
            *('","hash":"', f'"hash":"{"0" * 64}",', "\x7f\x00\u2028", "\\", "é" * 200, "a" * 201),
            *("a\n" + "b" * 64, DEVICE.subject + "\n"),
        ]
    ),
    st.text(max_size=8),
    st.integers(),
)
CHANGES = st.dictionaries(st.sampled_from([*FIELDS, "indicated_by", "other"]), VALUES, max_size=3)
NOTICE_CHANGES = st.dictionaries(
    st.sampled_from([*NOTICE_FIELDS, "other"]), VALUES, min_size=0, max_size=2
)


def sent(*bodies: Any) -> bytes:
    return json.dumps({"events": bodies}, ensure_ascii=False).encode()


def full(raw: bytes) -> list[Entry] | None:
    """What the record's own code makes of a body; None if it refuses."""
    try:
        return read_in_full(raw, DEVICE.subject)
    except Problem:
        return None


@settings(max_examples=1500, deadline=None)
@given(
    st.sampled_from(MADE),
    CHANGES,
    NOTICE_CHANGES,
    st.sets(st.sampled_from(FIELDS), max_size=1),
    st.booleans(),
)
def test_what_the_quick_way_takes_is_what_the_full_one_takes(
    made: Event, changes: dict[str, Any], of_notice: dict[str, Any], left_out: set[str], anew: bool
) -> None:
    body = made.to_json()
    body["notice"] = {**body["notice"], **of_notice}
    body = {name: value for name, value in {**body, **changes}.items() if name not in left_out}
    if anew:
        with suppress(MalformedEvent):
            body["hash"] = digest(body)
    raw = sent(body)
    quick = read_plainly(raw, DEVICE.subject)
    assert quick is None or quick == full(raw)


@given(
    st.sampled_from(MADE),
    st.text(min_size=1, max_size=200),
    st.text(min_size=1, max_size=200) | st.none(),
    st.integers(0, 2**53 - 1),
)
def test_the_quick_way_takes_every_text_and_writes_it_canonically(
    made: Event, label: str, gesture: str | None, monotonic_ms: int
) -> None:
    body = altered(made, label=label, gesture=gesture, monotonic_ms=monotonic_ms)
    raw = msgspec.json.encode({"events": [body]})
    [entry] = read_plainly(raw, DEVICE.subject) or []
    assert entry.body == canonical(body).decode()
    assert [entry] == full(raw)


def test_what_devices_send_takes_the_quick_way() -> None:
    raw = msgspec.json.encode(batch(MADE))
    assert read_plainly(raw, DEVICE.subject) == entries(MADE)
    guardian = altered(MADE[0], indicated_by="guardian")
    assert read_plainly(sent(guardian), DEVICE.subject) == full(sent(guardian))
    assert read_plainly(sent(guardian), DEVICE.subject) is not None


def test_what_the_quick_way_leaves_is_taken_by_the_full_one() -> None:
    # A rule's event is rare, so only the record's own code knows when one can be.
    by_rule = altered(
        MADE[1], status="expired", cause="rule", gesture=None, notice=None, label=None
    )
    raw = sent(MADE[0].to_json(), by_rule)
    assert read_plainly(raw, DEVICE.subject) is None
    assert read_batch(raw, DEVICE.subject) == full(raw)
    assert full(raw) is not None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'{"events": []}',
        b'{"events": [], "more": 1}',
        b'{"events": [' + b"[" * 5000,
        b'{"events": ["\xff"]}',
    ],
)
def test_what_is_no_batch_is_left_to_the_full_way(raw: bytes) -> None:
    assert read_plainly(raw, DEVICE.subject) is None
    with pytest.raises(Problem):
        read_batch(raw, DEVICE.subject)


def test_events_of_another_subject_are_not_taken() -> None:
    raw = msgspec.json.encode(batch(MADE))
    assert read_plainly(raw, Device().subject) is None
    with pytest.raises(Problem, match="malformed"):
        read_batch(raw, Device().subject)
