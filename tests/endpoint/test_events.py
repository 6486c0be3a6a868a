"""Events are stored once, durably, and given back as they were."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest
from sqlalchemy import insert

from components.consent.clock import ManualClock
from components.consent.event import Event, Target
from components.consent.status import ConsentStatus
from components.endpoint import EmbeddedEndpoint, run_embedded
from components.endpoint.database import Database
from components.endpoint.schema import LINKS
from tests.patience import PATIENCE

from .devices import PURPOSE, Device, batch

pytestmark = pytest.mark.anyio


async def test_a_batch_is_acknowledged_in_its_order(
    client: httpx.AsyncClient, device: Device
) -> None:
    events = device.choose_many(3)
    answer = await client.post(device.events_path, json=batch(events), headers=device.bearer)
    assert answer.status_code == 200
    acknowledged = answer.json()["acknowledged"]
    assert [(one["event_id"], one["hash"]) for one in acknowledged] == [
        (event.event_id, event.hash) for event in events
    ]
    assert {one["outcome"] for one in acknowledged} == {"stored"}
    assert {one["late"] for one in acknowledged} == {False}
    assert {one["clock_skew_ms"] for one in acknowledged} == {None}
    assert answer.headers["cache-control"] == "no-store"


async def test_a_replay_gives_the_first_answer(client: httpx.AsyncClient, device: Device) -> None:
    sent = batch(device.choose_many(2))
    headers = {**device.bearer, "mingshi-sent-at": datetime.now(UTC).isoformat()}
    first = (await client.post(device.events_path, json=sent, headers=headers)).json()
    await asyncio.sleep(0.01)
    second = (await client.post(device.events_path, json=sent, headers=device.bearer)).json()
    assert second["acknowledged"] == [
        {**one, "outcome": "replayed"} for one in first["acknowledged"]
    ]
    read = (await client.get(device.events_path, headers=device.bearer)).json()
    assert len(read["events"]) == 2


async def test_a_copy_within_one_batch_is_a_replay(
    client: httpx.AsyncClient, device: Device
) -> None:
    event = device.choose()
    answer = await client.post(
        device.events_path, json=batch([event, event]), headers=device.bearer
    )
    first, second = answer.json()["acknowledged"]
    assert (first["outcome"], second["outcome"]) == ("stored", "replayed")
    assert first["received_at"] == second["received_at"]


async def test_what_overtook_earlier_events_makes_them_late(
    client: httpx.AsyncClient, device: Device
) -> None:
    first, second, third = device.choose_many(3)

    async def late(*events: Event) -> list[bool]:
        answer = await client.post(device.events_path, json=batch(events), headers=device.bearer)
        return [one["late"] for one in answer.json()["acknowledged"]]

    assert await late(second) == [False]
    assert await late(third, first) == [False, True]
    assert await late(second) == [False]


async def test_events_of_one_request_arrive_together(
    client: httpx.AsyncClient, device: Device
) -> None:
    events = device.choose_many(3)
    answer = await client.post(device.events_path, json=batch(events[::-1]), headers=device.bearer)
    assert [one["late"] for one in answer.json()["acknowledged"]] == [False] * 3


@pytest.mark.parametrize("ahead_ms", [0, 90_000, -3_600_000])
async def test_clock_skew_is_measured(tmp_path: Path, device: Device, ahead_ms: int) -> None:
    now = datetime(2021, 11, 1, 16, 0, tzinfo=timezone(timedelta(hours=8)))
    sent_at = (now + timedelta(milliseconds=ahead_ms)).astimezone(UTC).isoformat()
    async with (
        run_embedded(f"sqlite:///{tmp_path}/e.sqlite3", clock=ManualClock(now)) as endpoint,
        httpx.AsyncClient(base_url=endpoint.url, timeout=PATIENCE) as client,
    ):
        answer = await client.post(
            device.events_path,
            json=batch([device.choose()]),
            headers={**device.bearer, "mingshi-sent-at": sent_at},
        )
    [acknowledged] = answer.json()["acknowledged"]
    assert acknowledged["clock_skew_ms"] == ahead_ms
    assert acknowledged["received_at"] == "2021-11-01T08:00:00.000Z"


async def test_the_record_reads_back_in_stretches(
    client: httpx.AsyncClient, device: Device
) -> None:
    events = device.choose_many(7)
    await client.post(device.events_path, json=batch(events), headers=device.bearer)
    read: list[Event] = []
    after: int | None = 0
    stretches = 0
    while after is not None:
        answer = await client.get(
            device.events_path, params={"after": after, "limit": 3}, headers=device.bearer
        )
        read += [Event.from_json(one["event"]) for one in answer.json()["events"]]
        after = answer.json()["next_after"]
        stretches += 1
    assert read == events
    assert stretches == 3


async def test_a_full_last_stretch_says_that_it_is_the_last(
    client: httpx.AsyncClient, device: Device
) -> None:
    await client.post(device.events_path, json=batch(device.choose_many(2)), headers=device.bearer)
    answer = await client.get(device.events_path, params={"limit": 2}, headers=device.bearer)
    assert answer.json()["next_after"] is None


async def test_a_subject_without_events_has_an_empty_record(
    client: httpx.AsyncClient, device: Device
) -> None:
    read = await client.get(device.events_path, headers=device.bearer)
    assert read.json() == {"events": [], "next_after": None}
    state = await client.get(device.state_path, headers=device.bearer)
    assert state.json() == {"state": {}}


async def test_the_state_is_the_fold(client: httpx.AsyncClient, device: Device) -> None:
    other = Target.parse("purpose:marketing")
    device.choose(ConsentStatus.GIVEN)
    device.choose(ConsentStatus.REFUSED, other)
    last = device.choose(ConsentStatus.WITHDRAWN)
    # The withdrawal arrives first: arrival decides nothing.
    for event in reversed(device.made):
        await client.post(device.events_path, json=batch([event]), headers=device.bearer)
    state = (await client.get(device.state_path, headers=device.bearer)).json()["state"]
    assert state["purpose:nearby-cinema"] == {
        "status": "withdrawn",
        "event_id": last.event_id,
        "occurred_at": last.occurred_at,
    }
    assert state["purpose:marketing"]["status"] == "refused"


def link(database_url: str, account: str, *devices: Device, until: str | None = None) -> None:
    """Make some installations those of one account, as a proven login does."""
    database = Database(database_url)
    rows = [
        {
            "subject": device.subject,
            "account": account,
            "linked_at": "2021-11-01T08:00:00.000Z",
            "unlinked_at": until,
        }
        for device in devices
    ]
    database.write(lambda connection: connection.execute(insert(LINKS), rows))
    database.close()


async def test_the_state_of_an_account_is_that_of_all_its_installations(
    client: httpx.AsyncClient, database_url: str
) -> None:
    mine, tablet, lost, stranger = (Device() for _ in range(4))
    only_here = Target.parse("purpose:marketing")
    mine.choose(ConsentStatus.GIVEN)
    mine.choose(ConsentStatus.GIVEN, only_here)
    tablet.choose_many(2)
    withdrawn = tablet.choose(ConsentStatus.WITHDRAWN)
    lost.choose_many(3)
    lost.choose(ConsentStatus.GIVEN)
    stranger.choose_many(5)
    for device in (mine, tablet, lost, stranger):
        await client.post(device.events_path, json=batch(device.made), headers=device.bearer)
    link(database_url, "a" * 64, mine, tablet)
    link(database_url, "a" * 64, lost, until="2021-11-02T08:00:00.000Z")
    link(database_url, "b" * 64, stranger, lost)

    async def state(of: str) -> dict[str, str]:
        answer = await client.get(f"{mine.state_path}?of={of}", headers=mine.bearer)
        return {target: held["status"] for target, held in answer.json()["state"].items()}

    assert await state("installation") == {str(only_here): "given", str(PURPOSE): "given"}
    assert await state("account") == {str(only_here): "given", str(PURPOSE): "withdrawn"}
    answer = await client.get(f"{mine.state_path}?of=account", headers=mine.bearer)
    assert answer.json()["state"][str(PURPOSE)]["event_id"] == withdrawn.event_id
    # What was erased on one installation counts on none.
    await client.delete(f"/v1/subjects/{tablet.subject}", headers=tablet.bearer)
    assert await state("account") == {str(only_here): "given", str(PURPOSE): "given"}


async def test_without_an_account_its_state_is_the_installations(
    client: httpx.AsyncClient, device: Device
) -> None:
    device.choose(ConsentStatus.REFUSED)
    await client.post(device.events_path, json=batch(device.made), headers=device.bearer)
    states = [
        (await client.get(f"{device.state_path}?of={of}", headers=device.bearer)).json()
        for of in ("installation", "account")
    ]
    assert states[0] == states[1]
    assert states[0]["state"][str(PURPOSE)]["status"] == "refused"


async def test_a_long_record_folds_whole(client: httpx.AsyncClient, device: Device) -> None:
    device.choose_many(1001)
    device.choose(ConsentStatus.REFUSED)
    for start in range(0, 1002, 500):
        await client.post(
            device.events_path, json=batch(device.made[start : start + 500]), headers=device.bearer
        )
    state = (await client.get(device.state_path, headers=device.bearer)).json()["state"]
    assert state["purpose:nearby-cinema"]["status"] == "refused"


async def test_subjects_do_not_see_each_other(client: httpx.AsyncClient) -> None:
    mine, theirs = Device(), Device()
    for device in (mine, theirs):
        await client.post(
            device.events_path, json=batch(device.choose_many(2)), headers=device.bearer
        )
    read = (await client.get(mine.events_path, headers=mine.bearer)).json()["events"]
    assert [one["event"]["event_id"] for one in read] == [event.event_id for event in mine.made]


async def test_many_devices_at_once(client: httpx.AsyncClient) -> None:
    devices = [Device() for _ in range(40)]
    answers = await asyncio.gather(
        *(
            client.post(
                device.events_path, json=batch(device.choose_many(3)), headers=device.bearer
            )
            for device in devices
        )
    )
    assert [answer.status_code for answer in answers] == [200] * 40
    for device in devices:
        read = (await client.get(device.events_path, headers=device.bearer)).json()["events"]
        assert [one["event"]["sequence"] for one in read] == [1, 2, 3]


async def test_one_batch_sent_many_times_at_once_is_stored_once(
    client: httpx.AsyncClient, device: Device
) -> None:
    sent = batch(device.choose_many(5))
    answers = await asyncio.gather(
        *(client.post(device.events_path, json=sent, headers=device.bearer) for _ in range(12))
    )
    outcomes = [answer.json()["acknowledged"][0]["outcome"] for answer in answers]
    assert sorted(outcomes) == ["replayed"] * 11 + ["stored"]
    assert len({answer.json()["acknowledged"][4]["received_at"] for answer in answers}) == 1


async def test_two_endpoints_on_one_database_agree(
    endpoint: EmbeddedEndpoint, database_url: str, device: Device
) -> None:
    sent = batch(device.choose_many(20))
    async with (
        run_embedded(database_url) as second,
        httpx.AsyncClient(timeout=PATIENCE) as client,
    ):
        answers = await asyncio.gather(
            *(
                client.post(url + device.events_path, json=sent, headers=device.bearer)
                for url in [endpoint.url, second.url] * 5
            )
        )
    outcomes = [answer.json()["acknowledged"][0]["outcome"] for answer in answers]
    assert sorted(outcomes) == ["replayed"] * 9 + ["stored"]
