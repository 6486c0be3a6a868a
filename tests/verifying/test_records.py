"""A device's store or an export: whole and unchanged, or it is said what is wrong."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from components.consent.clock import ManualClock
from components.consent.event import Cause, Event, Target
from components.consent.ledger import Draft, Ledger
from components.consent.status import ConsentStatus
from components.verifying import Outcome, Report, verify_record
from components.verifying.chains import check_place
from components.verifying.entries import Entries, Entry
from components.verifying.records import read_record
from tests.consent.decisions import START, Decisions

from .receipts import check, outcomes

PASSED, FAILED, UNCHECKED = Outcome.PASSED, Outcome.FAILED, Outcome.UNCHECKED
SOUND = {"form": PASSED, "events": PASSED, "chain": PASSED}
Line = dict[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A device's store with five events."""
    path = tmp_path / "ledger.sqlite3"
    ledger = Ledger(path, clock=ManualClock(START))
    for _ in range(5):
        ledger.append(
            Draft(
                Target.parse("permission:location"), ConsentStatus.REFUSED, Cause.OPERATING_SYSTEM
            )
        )
    ledger.close()
    return path


def altered(store: Path, *statements: str) -> Report:
    """What is found after somebody has written into the store."""
    with closing(sqlite3.connect(store)) as connection:
        for trigger in ("events_are_not_changed", "events_are_not_removed"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return verify_record(store)


def test_a_sound_store_passes_and_stays_as_it_is(store: Path) -> None:
    before = store.read_bytes()
    report = verify_record(store)
    assert report.kind == "device store"
    assert outcomes(report) == SOUND
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "name", "words"),
    [
        ("UPDATE events SET body = replace(body, 'refused', 'revoked')", "events", "event 1: hash"),
        ("UPDATE events SET body = '[]' WHERE sequence = 2", "events", "no JSON object"),
        ("UPDATE events SET body = '{' WHERE sequence = 2", "events", "event 2: it is no JSON"),
        ("UPDATE events SET event_id = 'x' WHERE sequence = 2", "events", "another number or id"),
        ("DELETE FROM events WHERE sequence = 3", "chain", "3 to 3 are missing"),
        ("DELETE FROM events WHERE sequence = 1", "chain", "1 to 1 are missing"),
    ],
)
def test_what_was_changed_in_a_store_is_found(
    store: Path, statement: str, name: str, words: str
) -> None:
    report = altered(store, "DELETE FROM outbox", statement)
    assert check(report, name).outcome is FAILED
    assert words in check(report, name).explanation


def test_a_gap_that_the_store_knows_of_is_no_fault(store: Path) -> None:
    report = altered(
        store,
        "DELETE FROM outbox",
        "DELETE FROM events WHERE sequence = 3",
        "INSERT INTO gaps (first, last) VALUES (3, 3)",
    )
    assert outcomes(report) == {**SOUND, "chain": UNCHECKED}


def test_a_store_of_the_first_version_can_be_read(store: Path) -> None:
    assert outcomes(altered(store, "DROP TABLE gaps")) == SOUND


def test_many_faults_are_told_a_few_at_a_time(store: Path) -> None:
    report = altered(
        store,
        "DELETE FROM outbox",
        "WITH RECURSIVE n(i) AS (SELECT 6 UNION ALL SELECT i + 1 FROM n WHERE i < 12) "
        "INSERT INTO events (sequence, event_id, body) SELECT i, 'id' || i, '{}' FROM n",
    )
    assert "and 2 more" in check(report, "events").explanation


def test_another_database_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE events (number INTEGER)")
    report = verify_record(path)
    assert outcomes(report) == {"form": FAILED}
    assert "no store of ours" in check(report, "form").explanation


def made(number: int = 4) -> list[Event]:
    """Events of one installation."""
    person = Decisions()
    for _ in range(number):
        person.given()
    return person.made


def line(event: Event) -> Line:
    """An event as the endpoint exports it."""
    return {
        "subject": event.subject,
        "sequence": event.sequence,
        "event_id": event.event_id,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
        "body": "kept",
        "event": event.to_json(),
        "received_at": "2021-11-01T08:00:00.000Z",
        "late": False,
        "clock_skew_ms": None,
    }


def export(path: Path, lines: Sequence[Mapping[str, Any]]) -> Path:
    """A whole export of these lines."""
    text = "".join(json.dumps(each) + "\n" for each in lines)
    checksum = hashlib.sha256(text.encode()).hexdigest()
    end = {"end": {"events": len(lines), "sha256": checksum}}
    path.write_text(f"{text}{json.dumps(end)}\n", encoding="utf-8")
    return path


def exported(folder: Path, lines: Sequence[Mapping[str, Any]]) -> Report:
    return verify_record(export(folder / "export.ndjson", lines))


def test_a_whole_export_passes(tmp_path: Path) -> None:
    # In the order of arrival, and of two people.
    mine, theirs = made(), made(2)
    both = [theirs[0], mine[1], mine[0], theirs[1], *mine[2:]]
    report = exported(tmp_path, [line(event) for event in both])
    assert report.kind == "export"
    assert outcomes(report) == SOUND
    assert "2 records" in check(report, "chain").explanation


def test_an_erased_body_leaves_the_chain_whole(tmp_path: Path) -> None:
    lines = [line(event) for event in made()]
    lines[1] |= {"body": "erased", "event": None}
    report = exported(tmp_path, lines)
    assert outcomes(report) == SOUND
    assert "1 more were erased" in check(report, "events").explanation


def test_a_body_that_the_endpoint_cannot_read_fails(tmp_path: Path) -> None:
    lines = [line(event) for event in made()]
    lines[1] |= {"body": "damaged", "event": None}
    assert check(exported(tmp_path, lines), "events").outcome is FAILED


def test_an_empty_export_is_whole(tmp_path: Path) -> None:
    assert outcomes(exported(tmp_path, [])) == SOUND


@pytest.mark.parametrize(
    ("kept", "outcome", "words"),
    [
        ((0, 1, 3), UNCHECKED, "3 to 3"),
        ((1, 2, 3), UNCHECKED, "1 to 1"),
        ((0, 1, 1, 2, 3), FAILED, "event 2 is there twice"),
    ],
)
def test_numbers_that_are_missing_or_double_are_told(
    tmp_path: Path, kept: tuple[int, ...], outcome: Outcome, words: str
) -> None:
    events = made()
    report = exported(tmp_path, [line(events[number]) for number in kept])
    assert check(report, "chain").outcome is outcome
    assert words in check(report, "chain").explanation


def test_links_that_do_not_meet_are_told(tmp_path: Path) -> None:
    lines = [line(event) for event in made()]
    lines[1] |= {"body": "erased", "event": None, "hash": "ab" * 32}
    lines[0] |= {"body": "erased", "event": None, "previous_hash": "ab" * 32}
    told = check(exported(tmp_path, lines), "chain").explanation
    assert "event 1 is not the beginning of a record" in told
    assert "event 3 does not follow 2" in told


def without_its_end(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[:-1])


def without_its_first_line(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[1:])


def with_a_line_behind(text: str) -> str:
    return text + text.splitlines(keepends=True)[0]


def with_another_end(text: str) -> str:
    return text.replace('{"end": {', '{"end": {"more": 1, ')


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_its_end, "it was cut off"),
        (without_its_first_line, "is not so"),
        (with_a_line_behind, "Line 6 is no event: it stands behind the end"),
        (with_another_end, "Line 5 is no event: the end"),
        (lambda text: text.replace("given", "refused"), "Line 1 is no event: "),
        (lambda text: text.replace("kept", "keep", 1), "is not so"),
        (lambda text: text.replace('"sequence": 1,', '"sequence": 7,', 1), "not what stands in it"),
        (lambda text: "no JSON\n" + text, "Line 1 is no event: it is no JSON"),
        (lambda text: "\n", "Line 1 is no event: "),
        (lambda text: "", "There is no event in it."),
        (lambda text: '{"event": null}\n', "neither the event nor its place"),
        (lambda text: '{"event": 1, "sequence": 1}\n', "neither the event nor its place"),
    ],
)
def test_what_was_changed_in_an_export_is_found(
    tmp_path: Path, change: Callable[[str], str], words: str
) -> None:
    path = export(tmp_path / "export.ndjson", [line(event) for event in made()])
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    form = check(verify_record(path), "form")
    assert form.outcome is FAILED
    assert words in form.explanation


def test_bare_events_show_no_end(tmp_path: Path) -> None:
    path = tmp_path / "events.ndjson"
    path.write_text("".join(json.dumps(event.to_json()) + "\n" for event in made()))
    assert outcomes(verify_record(path)) == {**SOUND, "form": UNCHECKED}


def entries(*events: Event) -> Entries:
    return Entries([Entry.of(event) for event in events], [])


def test_the_place_of_an_event_between_its_neighbours(tmp_path: Path) -> None:
    one, two, three, four = made()
    for event in (one, two, three, four):
        assert check_place(event, entries(one, two, three, four)).outcome is PASSED
    forked = made()
    own = forked[0].subject
    assert check_place(two, entries(one, three)).outcome is FAILED
    assert check_place(two, entries(*forked)).outcome is FAILED
    assert check_place(three, entries(three, four)).outcome is UNCHECKED
    assert own != one.subject


def test_a_neighbour_that_does_not_fit_is_told() -> None:
    one, two, three, four = made()

    def other(event: Event) -> Entry:
        link = (event.subject, event.sequence, event.event_id)
        return Entry(*link, "ab" * 32, "cd" * 32, event=None)

    sound = [Entry.of(event) for event in (one, two, three, four)]
    for number, words in ((1, "not the one before"), (2, "is another one"), (3, "not follow")):
        changed = [*sound]
        changed[number] = other((one, two, three, four)[number])
        place = check_place(three, Entries(changed, []))
        assert place.outcome is FAILED
        assert words in place.explanation


def test_a_record_is_read_whatever_is_wrong_with_it(store: Path, tmp_path: Path) -> None:
    assert len(read_record(store).all) == 5
    broken = tmp_path / "broken.ndjson"
    broken.write_text(json.dumps(made(1)[0].to_json()) + "\nbroken\n")
    assert len(read_record(broken).all) == 1
