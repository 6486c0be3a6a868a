"""Only what can be true is taken; when it came, and by which clock, is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ..consent.status import ConsentStatus
from .checking import NotConforming, Rule, expect
from .device import OTHER_TARGET, TARGET, Device, altered
from .expecting import acknowledged, expect_problem, expect_status, expect_stored
from .probe import Probe, body, entries

_HOUR_MS = 3_600_000
_TRAVEL_MS = 60_000


async def _malformed(probe: Probe) -> None:
    device, stranger = Device(), Device()
    good = device.choose()
    event = good.to_json()
    lies: dict[str, dict[str, Any]] = {
        "a wrong hash": {**event, "hash": "0" * 64},
        "a field too many": altered(good, opinion="none"),
        "a field too few": {name: event[name] for name in event if name != "gesture"},
        "a grant without words": altered(good, notice=None),
        "a grant that nobody pressed": altered(good, cause="dismissed", label=None),
        "an unknown status": altered(good, status="maybe"),
        "a time without an offset": altered(good, occurred_at="2021-11-01T08:00:00.000"),
        "another subject's event": stranger.choose().to_json(),
    }
    for name, lie in lies.items():
        response = await probe.send(device, [lie])
        if response.status_code != 422:
            raise NotConforming(f"{name} was answered with {response.status_code}")
        expect_problem(response, 422)
        expect(
            [fault.get("index") for fault in entries(response, "events")] == [0],
            f"{name} is refused without telling which event it is",
        )
    await expect_stored(probe, device, [])


async def _one_lie(probe: Probe) -> None:
    device = Device()
    events = device.choose_many(2)
    response = await probe.send(device, [*events, {**device.choose().to_json(), "hash": "0" * 64}])
    expect_problem(response, 422)
    await expect_stored(probe, device, [])


async def _refusal(probe: Probe) -> None:
    device = Device()
    events = [device.choose(ConsentStatus.REFUSED), device.choose(ConsentStatus.DEFERRED)]
    acknowledged(await probe.send(device, events), events)
    await expect_stored(probe, device, events)


async def _late(probe: Probe) -> None:
    device = Device()
    first, second, third = device.choose_many(3)
    early = acknowledged(await probe.send(device, [third]), [third])
    late = acknowledged(await probe.send(device, [first, second]), [first, second])
    expect(early[0].get("late") is False, "an event that came in time is marked as late")
    expect(
        [one.get("late") for one in late] == [True, True],
        "events that came after a later one are not marked as late",
    )
    await expect_stored(probe, device, [first, second, third])


async def _skew(probe: Probe) -> None:
    device = Device()
    ahead = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="milliseconds")
    event = device.choose()
    answers = acknowledged(await probe.send(device, [event], {"mingshi-sent-at": ahead}), [event])
    skew = answers[0].get("clock_skew_ms")
    expect(
        isinstance(skew, int) and abs(skew - _HOUR_MS) < _TRAVEL_MS,
        f"a clock one hour ahead is measured as {skew} ms",
    )
    unsaid = device.choose()
    answers = acknowledged(await probe.send(device, [unsaid]), [unsaid])
    expect(answers[0].get("clock_skew_ms") is None, "a skew is told that cannot be known")


async def _skew_unreadable(probe: Probe) -> None:
    device = Device()
    response = await probe.send(device, [device.choose()], {"mingshi-sent-at": "yesterday"})
    expect_problem(response, 400)
    await expect_stored(probe, device, [])


async def _last_number_holds(probe: Probe) -> None:
    device = Device()
    # The clock was set back between the two: the later number holds all the same.
    events = [
        device.choose(ConsentStatus.GIVEN, minutes=600),
        device.choose(ConsentStatus.WITHDRAWN, minutes=5),
        device.choose(ConsentStatus.REFUSED, OTHER_TARGET),
    ]
    acknowledged(await probe.send(device, [*events[1:], events[0]]), [*events[1:], events[0]])
    response = await probe.state(device)
    expect_status(response, 200)
    state = body(response).get("state")
    told = (
        {target: one.get("status") for target, one in state.items() if isinstance(one, dict)}
        if isinstance(state, dict)
        else None
    )
    expect(
        told == {str(TARGET): "withdrawn", str(OTHER_TARGET): "refused"},
        f"the state is told as {told}",
    )


async def _nothing_decided(probe: Probe) -> None:
    response = await probe.state(Device())
    expect_status(response, 200)
    expect(body(response).get("state") == {}, "something is told that was never decided")


async def _pages(probe: Probe) -> None:
    device = Device()
    events = device.choose_many(7)
    acknowledged(await probe.send(device, events), events)
    read: list[Any] = []
    after: object = 0
    for _ in range(len(events)):
        response = await probe.read(device, f"?after={after}&limit=3")
        expect_status(response, 200)
        page = entries(response, "events")
        expect(len(page) <= 3, "a page is longer than was asked for")
        read += [entry.get("event") for entry in page]
        after = body(response).get("next_after")
        if after is None:
            break
    expect(
        read == [event.to_json() for event in events],
        "page by page the record is not read whole, once and in order",
    )


RULES = (
    Rule("truth-malformed", "An event that cannot be true is refused, and named.", _malformed),
    Rule("truth-one-lie", "A batch with one such event stores nothing.", _one_lie),
    Rule("truth-refusals", "Refusals and dismissals are kept as what they are.", _refusal),
    Rule("late-accepted", "What comes late is taken, and marked as late.", _late),
    Rule("skew-measured", "The device's clock is measured when it tells its time.", _skew),
    Rule("skew-unreadable", "A time that cannot be read is refused.", _skew_unreadable),
    Rule(
        "state-last-number",
        "Within one installation the last number holds, not the last clock.",
        _last_number_holds,
    ),
    Rule("state-nothing", "What was never decided is in no state.", _nothing_decided),
    Rule("order-pages", "Page by page a record reads whole, once and in order.", _pages),
)
