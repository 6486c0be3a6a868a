"""What is sent again is recognised; what contradicts the record is refused whole."""

from __future__ import annotations

import asyncio

from ..consent.event import GENESIS, Event
from ..consent.status import ConsentStatus
from .checking import Rule, expect
from .device import Device, altered
from .expecting import acknowledged, expect_fault, expect_stored
from .probe import Probe, entries

_AT_ONCE = 16


async def _same_answer(probe: Probe) -> None:
    device = Device()
    events = device.choose_many(3)
    first = acknowledged(await probe.send(device, events), events)
    second = acknowledged(await probe.send(device, events), events)
    expect(
        {one.get("outcome") for one in first} == {"stored"},
        "a new event is not acknowledged as stored",
    )
    expect(
        [{**one, "outcome": "replayed"} for one in first] == second,
        "the second answer is not the first one, marked as a replay",
    )
    await expect_stored(probe, device, events)


async def _some_new(probe: Probe) -> None:
    device = Device()
    old = device.choose_many(2)
    acknowledged(await probe.send(device, old), old)
    new = device.choose_many(2)
    answers = acknowledged(await probe.send(device, [*old, *new]), [*old, *new])
    expect(
        [one.get("outcome") for one in answers] == ["replayed", "replayed", "stored", "stored"],
        "in a batch of old and new events, the outcome of each is not told apart",
    )
    await expect_stored(probe, device, [*old, *new])


async def _twice_in_one(probe: Probe) -> None:
    device = Device()
    event = device.choose()
    acknowledged(await probe.send(device, [event, event]), [event, event])
    await expect_stored(probe, device, [event])


async def _other_body(probe: Probe) -> None:
    device = Device()
    event = device.choose()
    acknowledged(await probe.send(device, [event]), [event])
    other = altered(event, label="Something else")
    response = await probe.send(device, [other])
    expect_fault(response, 409, "other-body", event)
    await expect_stored(probe, device, [event])


async def _forked(probe: Probe) -> None:
    device = Device()
    event = device.choose()
    fork = device.after(None, ConsentStatus.REFUSED)
    acknowledged(await probe.send(device, [event]), [event])
    expect_fault(await probe.send(device, [fork]), 409, "forked-record", fork)
    await expect_stored(probe, device, [event])


async def _broken_chain(probe: Probe) -> None:
    device = Device()
    first = device.choose()
    acknowledged(await probe.send(device, [first]), [first])
    second = Event.from_json(altered(device.choose(), previous_hash="f" * 64))
    expect_fault(await probe.send(device, [second]), 409, "broken-chain", second)
    await expect_stored(probe, device, [first])


async def _all_or_none(probe: Probe) -> None:
    device = Device()
    first = device.choose()
    acknowledged(await probe.send(device, [first]), [first])
    more = device.choose_many(3)
    contradiction = device.after(None, ConsentStatus.REFUSED)
    expect_fault(
        await probe.send(device, [*more, contradiction]), 409, "forked-record", contradiction
    )
    await expect_stored(probe, device, [first])


async def _at_once(probe: Probe) -> None:
    device = Device()
    events = device.choose_many(3)
    responses = await asyncio.gather(*(probe.send(device, events) for _ in range(_AT_ONCE)))
    answers = [acknowledged(response, events) for response in responses]
    stored = [all(one.get("outcome") == "stored" for one in answer) for answer in answers]
    expect(stored.count(True) == 1, f"{stored.count(True)} of the same requests were the first")
    facts = {
        tuple((one.get("received_at"), one.get("late")) for one in answer) for answer in answers
    }
    expect(len(facts) == 1, "the same events were answered in different words")
    await expect_stored(probe, device, events)


async def _forks_at_once(probe: Probe) -> None:
    device = Device()
    forks = [device.after(None) for _ in range(_AT_ONCE)]
    responses = await asyncio.gather(*(probe.send(device, [fork]) for fork in forks))
    taken = [
        fork for fork, answer in zip(forks, responses, strict=True) if answer.status_code == 200
    ]
    expect(len(taken) == 1, f"{len(taken)} of {_AT_ONCE} events of one number were taken")
    for fork, answer in zip(forks, responses, strict=True):
        if answer.status_code != 200:
            expect_fault(answer, 409, "forked-record", fork)
    await expect_stored(probe, device, taken)


async def _overlapping_at_once(probe: Probe) -> None:
    device = Device()
    events = device.choose_many(8)
    halves = [events[:6], events[2:], events, events[3:5]]
    responses = await asyncio.gather(*(probe.send(device, part) for part in halves))
    for part, response in zip(halves, responses, strict=True):
        acknowledged(response, part)
    await expect_stored(probe, device, events)


async def _genesis(probe: Probe) -> None:
    device = Device()
    first, second = device.choose_many(2)
    wrong = altered(second, previous_hash=GENESIS)
    response = await probe.send(device, [first, wrong])
    expect(response.status_code in (409, 422), "a second beginning of a chain was taken")
    expect(bool(entries(response, "events")), "the fault is not told")
    await expect_stored(probe, device, [])


RULES = (
    Rule("replay-same-answer", "What is sent again is answered as the first time.", _same_answer),
    Rule(
        "replay-some-new", "In a mixed batch old events are recognised, new ones stored.", _some_new
    ),
    Rule("replay-twice-in-one", "An event twice in one batch is stored once.", _twice_in_one),
    Rule("replay-at-once", "The same batch many times at once is stored once.", _at_once),
    Rule(
        "replay-overlapping-at-once",
        "Overlapping batches at once are each answered, and each event is stored once.",
        _overlapping_at_once,
    ),
    Rule(
        "mismatch-other-body",
        "A known id with another body is refused and changes nothing.",
        _other_body,
    ),
    Rule("mismatch-forked", "A number that another event has is refused.", _forked),
    Rule(
        "mismatch-forks-at-once",
        "Of several events of one number at once, one is taken.",
        _forks_at_once,
    ),
    Rule(
        "mismatch-broken-chain",
        "An event that does not follow the stored one is refused.",
        _broken_chain,
    ),
    Rule("mismatch-second-beginning", "Only the first event follows the genesis hash.", _genesis),
    Rule("mismatch-all-or-none", "A batch with one contradiction stores nothing.", _all_or_none),
)
