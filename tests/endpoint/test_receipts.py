"""Signed receipts over real HTTP: what is in them, who gets them, and whose key signed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uuid6
from joserfc import jws
from joserfc.jwk import OKPKey

from components.consent.clock import ManualClock
from components.consent.event import Event, Layer, NoticeReference
from components.consent.receipts import receipt, record
from components.consent.status import ConsentStatus
from components.endpoint import run_embedded
from components.endpoint.receipts.key_files import add_key, read_keys
from components.endpoint.settings import Settings
from tests.consent.decisions import EPIAO, EVERY_KIND, Decisions
from tests.patience import PATIENCE

from .conformity import check_response

pytestmark = pytest.mark.anyio

NOW = datetime(2021, 11, 1, 8, 0, 9, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@asynccontextmanager
async def running(settings: Settings, clock: ManualClock) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an endpoint of these settings."""
    async with (
        run_embedded(settings, clock=clock) as endpoint,
        httpx.AsyncClient(
            base_url=endpoint.url, event_hooks={"response": [check_response]}, timeout=PATIENCE
        ) as client,
    ):
        yield client


@pytest.fixture
async def issuer(
    database_url: str, keys: Path, clock: ManualClock
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an endpoint that signs receipts."""
    async with running(Settings(database_url, signing_keys=keys), clock) as client:
        yield client


@pytest.fixture
def person() -> Decisions:
    return Decisions()


async def sent(client: httpx.AsyncClient, person: Decisions) -> None:
    answer = await client.post(
        f"/v1/subjects/{person.subject}/events",
        json={"events": [event.to_json() for event in person.made]},
        headers=bearer(person),
    )
    assert answer.status_code == 200


def bearer(person: Decisions) -> dict[str, str]:
    return {"authorization": f"Bearer {person.secret}"}


async def asked(client: httpx.AsyncClient, person: Decisions, event_id: str) -> httpx.Response:
    path = f"/v1/subjects/{person.subject}/receipts/{event_id}"
    return await client.get(path, headers=bearer(person))


async def public_keys(client: httpx.AsyncClient) -> dict[str, dict[str, str]]:
    answer = await client.get("/.well-known/jwks.json")
    assert answer.status_code == 200
    return {key["kid"]: key for key in answer.json()["keys"]}


async def opened(client: httpx.AsyncClient, signed: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and content of a receipt, its signature verified with the published key."""
    known = await public_keys(client)
    kid = jws.extract_compact(signed).headers()["kid"]
    found = jws.deserialize_compact(
        signed, OKPKey.import_key(dict(known[kid])), algorithms=["Ed25519"]
    )
    return dict(found.headers()), json.loads(found.payload)


async def test_a_decision_of_any_kind_has_a_receipt(
    issuer: httpx.AsyncClient, person: Decisions
) -> None:
    person.accepted_notice()
    events = [make(person) for make in EVERY_KIND.values()]
    await sent(issuer, person)
    for event in events:
        answer = await asked(issuer, person, event.event_id)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/jose"
        assert answer.headers["cache-control"] == "no-store"
        header, content = await opened(issuer, answer.content)
        assert (header["typ"], header["cty"]) == ("mingshi-receipt+jws", "ld+json")
        expected = receipt(record(event, EPIAO), "2021-11-01T08:00:09.000Z")
        assert content == json.loads(json.dumps(expected))


async def test_the_same_receipt_is_the_same_to_the_byte(
    issuer: httpx.AsyncClient, person: Decisions, clock: ManualClock
) -> None:
    event = person.given()
    await sent(issuer, person)
    first = await asked(issuer, person, event.event_id)
    clock.advance(timedelta(days=3))
    assert (await asked(issuer, person, event.event_id)).content == first.content


async def test_what_was_shown_about_the_same_thing_tells_the_version(
    issuer: httpx.AsyncClient, person: Decisions
) -> None:
    newer = person.shown("purpose-nearby-cinema", Layer.CONSENT_CENTRE, "2026-01-01")
    person.pressed("purpose:nearby-cinema", ConsentStatus.GIVEN, "同意", newer)
    person.accepted_notice()
    # More than a page of other things.
    for _ in range(101):
        person.system_denied()
    expired = person.expired()
    denied = person.system_denied()
    await sent(issuer, person)
    versions = []
    for event in (expired, denied):
        answer = await asked(issuer, person, event.event_id)
        _, content = await opened(issuer, answer.content)
        versions.append(content["dpv:hasRecordOfActivity"][0]["dpv:hasNotice"][-1]["@id"])
    assert versions == [
        "urn:mingshi:policy:epiao:2026-01-01",
        "urn:mingshi:policy:epiao:2021-11-01",
    ]


async def refused(client: httpx.AsyncClient, person: Decisions, event: Event, status: int) -> str:
    answer = await asked(client, person, event.event_id)
    assert answer.status_code == status
    detail: str = answer.json()["detail"]
    return detail


async def test_an_event_before_any_words_has_none(
    issuer: httpx.AsyncClient, person: Decisions
) -> None:
    event = person.system_denied()
    await sent(issuer, person)
    assert "not known" in await refused(issuer, person, event, 404)


@pytest.mark.parametrize(
    ("notice", "version", "reason"),
    [
        ("kino/location", "2021-11-01", "no version 2021-11-01 of a policy kino"),
        ("epiao/location", "1999-01-01", "no version 1999-01-01 of a policy epiao"),
        ("piaoqian/location", "undated", "the policy piaoqian does not say: "),
    ],
)
async def test_a_policy_that_is_not_here_or_says_too_little_is_named(
    issuer: httpx.AsyncClient, person: Decisions, notice: str, version: str, reason: str
) -> None:
    words = NoticeReference(notice, version, "en", Layer.IN_PLACE, "ab" * 32)
    target = "purpose:marketing-push"
    event = person.pressed(target, ConsentStatus.REFUSED, "no", words)
    await sent(issuer, person)
    assert reason in await refused(issuer, person, event, 404)


async def test_an_erased_record_has_no_receipts(
    issuer: httpx.AsyncClient, person: Decisions
) -> None:
    event = person.given()
    await sent(issuer, person)
    path = f"/v1/subjects/{person.subject}"
    assert (await issuer.delete(path, headers=bearer(person))).status_code == 200
    assert await refused(issuer, person, event, 410)


async def test_nobody_elses_receipt_and_none_without_a_token(
    issuer: httpx.AsyncClient, person: Decisions
) -> None:
    event = person.given()
    await sent(issuer, person)
    path = f"/v1/subjects/{person.subject}/receipts/{event.event_id}"
    assert (await issuer.get(path)).status_code == 401
    other = Decisions()
    answer = await issuer.get(path, headers=bearer(other))
    assert answer.status_code == 404
    mine = await asked(issuer, other, event.event_id)
    assert mine.status_code == 404
    assert (await asked(issuer, person, "no-uuid")).status_code == 404
    assert (await asked(issuer, person, str(uuid6.uuid7()))).status_code == 404


async def test_without_signing_keys_there_are_no_receipts(
    database_url: str, clock: ManualClock, person: Decisions
) -> None:
    async with running(Settings(database_url), clock) as client:
        event = person.given()
        await sent(client, person)
        assert "issues no receipts" in await refused(client, person, event, 404)
        assert await public_keys(client) == {}


async def test_a_first_key_is_made_and_kept(
    database_url: str, keys: Path, clock: ManualClock, person: Decisions
) -> None:
    settings = Settings(database_url, signing_keys=keys)
    event = person.given()
    async with running(settings, clock) as client:
        await sent(client, person)
        first = await asked(client, person, event.event_id)
    async with running(settings, clock) as client:
        assert (await asked(client, person, event.event_id)).content == first.content
    assert len(read_keys(keys)) == 1


async def test_a_new_key_is_published_first_and_signs_later(
    issuer: httpx.AsyncClient, keys: Path, clock: ManualClock, person: Decisions
) -> None:
    event = person.given()
    await sent(issuer, person)
    clock.advance(timedelta(days=1))
    old = (await asked(issuer, person, event.event_id)).content
    new = add_key(keys, clock.now())
    assert new.kid not in await public_keys(issuer), "the folder was read a moment ago"
    clock.advance(timedelta(minutes=1))
    assert new.kid in await public_keys(issuer)
    assert (await asked(issuer, person, event.event_id)).content == old
    clock.advance(timedelta(minutes=9))
    signed = (await asked(issuer, person, event.event_id)).content
    header, content = await opened(issuer, signed)
    assert header["kid"] == new.kid
    # What the old key signed still verifies, and says the same.
    old_header, old_content = await opened(issuer, old)
    assert old_header["kid"] != new.kid
    assert old_content == content


async def test_the_public_keys_hold_nothing_private(issuer: httpx.AsyncClient) -> None:
    answer = await issuer.get("/.well-known/jwks.json")
    assert answer.headers["content-type"] == "application/jwk-set+json"
    assert answer.headers["cache-control"] == "public, max-age=300"
    (key,) = answer.json()["keys"]
    assert set(key) == {"kid", "x", "kty", "crv", "alg", "use"}
    assert OKPKey.import_key(key).thumbprint() == key["kid"]
