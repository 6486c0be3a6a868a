"""An endpoint that lies about an account, or a store that fails: nothing untrue is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response

from components.consent.clock import ManualClock
from components.consent.event import Event
from components.consent.identity import new_secret, subject_of
from components.consent.ledger import Ledger
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.sync import (
    Account,
    AccountLink,
    Device,
    Failed,
    FailureKind,
    Installation,
    Linked,
    NoTransport,
    Pulled,
)
from components.sync.account import MOST_INSTALLATIONS
from components.sync.pages import MOST_EVENTS, PAGE_EVENTS

from .journeys import always
from .servers import Telling, accept, chain, decide, page, problem

pytestmark = pytest.mark.anyio
NOON = datetime(2021, 11, 1, 12, tzinfo=UTC)
LINKED_AT = "2021-11-01T08:00:00.000Z"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    ledger = Ledger(tmp_path / "own.sqlite3", clock=ManualClock(NOON))
    record = Record(ledger)
    accept(record)
    yield record
    ledger.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[list[Event]]:
    """Another installation's record."""
    ledger = Ledger(tmp_path / "other.sqlite3", clock=ManualClock(NOON))
    opened = Record(ledger)
    yield [accept(opened), *(decide(opened, ConsentStatus.REFUSED) for _ in range(4))]
    ledger.close()


def account(subject: object, highest: object = 5, **more: object) -> dict[str, Any]:
    installation = {"subject": subject, "linked_at": LINKED_AT, "highest_sequence": highest}
    return {"account": "x", "linked_at": LINKED_AT, "installations": [installation], **more}


async def pull(record: Record, *answers: object) -> tuple[Pulled | Failed, Telling]:
    told = Telling(*answers)
    transport = told.transport()
    answer = await AccountLink(record, Device(record.ledger, transport, always)).pull()
    await transport.close()
    return answer, told


async def test_an_endpoint_that_gives_another_subjects_events(
    record: Record, other: list[Event]
) -> None:
    stranger = subject_of(new_secret())
    answer, _ = await pull(record, account(stranger), page(other))
    assert answer == Failed(FailureKind.UNTRUE_RECORD)
    assert record.others == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events[::-1],
        lambda events: [events[0], events[0]],
        # A number that another event has.
        lambda events: [events[0], {**events[2], "sequence": 2}],
        lambda events: [{**events[0], "label": "改了"}],
        lambda events: [7],
        lambda events: [None],
        lambda events: ["x"],
        lambda events: [{}],
        lambda events: [[1]],
    ],
)
async def test_a_page_with_one_thing_wrong_is_not_kept_at_all(
    record: Record, other: list[Event], change: Any
) -> None:
    bodies = change([event.to_json() for event in other])
    entries = [{"event": body, "received_at": LINKED_AT, "clock_skew_ms": 0} for body in bodies]
    answer, _ = await pull(
        record, account(other[0].subject), {"events": entries, "next_after": None}
    )
    assert answer == Failed(FailureKind.UNTRUE_RECORD)
    assert record.others == ()


@pytest.mark.parametrize("garbage", [{}, {"events": 5}, {"events": ["x"]}, {"events": [5]}, []])
async def test_garbage_for_a_page(record: Record, other: list[Event], garbage: object) -> None:
    answer, _ = await pull(record, account(other[0].subject), garbage)
    assert answer == Failed(FailureKind.UNTRUE_RECORD)
    assert record.others == ()


async def test_a_chain_that_does_not_go_on_from_what_is_kept(
    record: Record, other: list[Event], tmp_path: Path
) -> None:
    """The other's record was copied and went on in two places."""
    import sqlite3

    with sqlite3.connect(tmp_path / "other.sqlite3") as source:
        with sqlite3.connect(tmp_path / "fork.sqlite3") as target:
            source.backup(target)
        target.close()
    source.close()
    subject = other[0].subject
    answer, _ = await pull(record, account(subject), page(other))
    assert isinstance(answer, Pulled)
    ledgers = [Ledger(tmp_path / f"{name}.sqlite3") for name in ("other", "fork")]
    ends = []
    for ledger in ledgers:
        grown = Record(ledger)
        decide(grown, ConsentStatus.REFUSED)
        ends.append([*(decide(grown, ConsentStatus.GIVEN) for _ in range(2))])
        ledger.close()
    assert isinstance((await pull(record, account(subject, 7), page([ends[0][0]])))[0], Pulled)
    kept = record.others
    answer, _ = await pull(record, account(subject, 8), page([ends[1][1]]))
    assert answer == Failed(FailureKind.UNTRUE_RECORD)
    assert record.others == kept


async def test_pages_without_an_end(record: Record, other: list[Event]) -> None:
    """Each pull ends: every page has to go on, and no further than was announced."""
    subject = other[0].subject
    answer, told = await pull(record, account(subject, MOST_EVENTS + 1), page(other))
    assert answer == Failed(FailureKind.UNTRUE_RECORD)
    assert len(told.asked) == 1
    answer, _ = await pull(record, account(subject, 1000), page(other, next_after=5))
    assert answer == Failed(FailureKind.UNTRUE_RECORD)
    answer, told = await pull(record, account(subject, 1000), page([]))
    assert answer == Pulled(told_account(subject, 1000), 0)
    answer, _ = await pull(record, account(subject, 1000), page([], next_after=9))
    assert answer == Failed(FailureKind.UNTRUE_RECORD)
    # More than was asked for.
    long = chain(new_secret(), PAGE_EVENTS + 1)
    answer, _ = await pull(record, account(long[0].subject, 1000), page(long))
    assert answer == Failed(FailureKind.UNTRUE_RECORD)
    assert {event.subject for event in record.others} == set()


def told_account(subject: str, highest: int) -> Account:
    moment = datetime(2021, 11, 1, 8, tzinfo=UTC)
    return Account(Linked("x", moment), (Installation(subject, moment, highest),))


async def test_events_that_were_never_sent_are_not_missed(
    record: Record, other: list[Event]
) -> None:
    answer, _ = await pull(record, account(other[0].subject), page([other[0], other[3], other[4]]))
    assert isinstance(answer, Pulled)
    assert [event.sequence for event in record.others] == [1, 4, 5]


async def test_one_that_leaves_while_it_is_copied(record: Record, other: list[Event]) -> None:
    subject = other[0].subject
    answer, _ = await pull(record, account(subject), page(other[:2]), problem(404, "not-found"))
    assert isinstance(answer, Pulled)
    assert answer.new == 2
    answer, _ = await pull(record, {"account": None, "linked_at": None, "installations": []})
    assert answer == Pulled(Account(None), 0)
    assert record.others == ()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({}, FailureKind.UNEXPECTED_ANSWER),
        ({"account": None, "installations": 5}, FailureKind.UNEXPECTED_ANSWER),
        (account("short"), FailureKind.UNEXPECTED_ANSWER),
        (account("x" * 43, -1), FailureKind.UNEXPECTED_ANSWER),
        (account("x" * 43, True), FailureKind.UNEXPECTED_ANSWER),
        (account("x" * 43, linked_at="noon"), FailureKind.UNEXPECTED_ANSWER),
        (account("x" * 43, linked_at="2021-11-01T08:00:00"), FailureKind.UNEXPECTED_ANSWER),
        (account("x" * 43, account=5), FailureKind.UNEXPECTED_ANSWER),
        (account("x" * 43, account=None), FailureKind.UNTRUE_RECORD),
        (
            account("x", installations=account("x" * 43)["installations"] * 2),
            FailureKind.UNTRUE_RECORD,
        ),
        (
            account(
                "x",
                installations=[
                    account(f"{number:043}")["installations"][0]
                    for number in range(MOST_INSTALLATIONS + 1)
                ],
            ),
            FailureKind.UNTRUE_RECORD,
        ),
        (problem(401, "unauthenticated"), FailureKind.NOT_AUTHORISED),
        (problem(503, "unavailable"), FailureKind.ENDPOINT_FAILED),
        (problem(410, "erased"), FailureKind.ERASED),
        (Response(status_code=410), FailureKind.UNEXPECTED_ANSWER),
        (Response("<html>", status_code=200), FailureKind.UNEXPECTED_ANSWER),
    ],
)
async def test_an_account_that_cannot_be(record: Record, answer: object, kind: FailureKind) -> None:
    assert (await pull(record, answer))[0] == Failed(kind)


async def test_an_account_with_oneself_as_another(record: Record) -> None:
    answer, _ = await pull(record, account(record.ledger.subject))
    assert answer == Failed(FailureKind.UNTRUE_RECORD)


async def test_answers_to_joining_and_leaving_that_say_nothing(record: Record) -> None:
    for told, kind in (
        (Telling({"account": "x"}), FailureKind.UNEXPECTED_ANSWER),
        (Telling(problem(500, "internal")), FailureKind.ENDPOINT_FAILED),
    ):
        link = AccountLink(record, Device(record.ledger, told.transport(), always))
        assert await link.link("token") == Failed(kind)
    told = Telling({}, problem(503, "unavailable"))
    link = AccountLink(record, Device(record.ledger, told.transport(), always))
    # Only 204 is a yes.
    assert await link.unlink() == Failed(FailureKind.UNEXPECTED_ANSWER)
    assert await link.unlink() == Failed(FailureKind.ENDPOINT_FAILED)


async def test_without_an_endpoint(record: Record) -> None:
    link = AccountLink(record, Device(record.ledger, NoTransport(), always))
    assert await link.pull() == Failed(FailureKind.NO_ENDPOINT)


async def test_a_store_that_fails(record: Record, other: list[Event], tmp_path: Path) -> None:
    subject = other[0].subject
    nothing_yet = Record(Ledger(tmp_path / "nothing.sqlite3"))
    answer, told = await pull(nothing_yet, account(subject))
    assert answer == Failed(FailureKind.INTERNAL)
    assert told.asked == []
    device = Device(record.ledger, Telling(Response(status_code=204)).transport(), always)
    _rename(record.ledger.path, "others", "away")
    answer, _ = await pull(record, account(subject), page(other))
    assert answer == Failed(FailureKind.INTERNAL)
    assert await AccountLink(record, device).unlink() == Failed(FailureKind.INTERNAL)


def _rename(path: Path, before: str, after: str) -> None:
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute(f"ALTER TABLE {before} RENAME TO {after}")
    connection.close()
