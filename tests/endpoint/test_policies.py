"""Which version of a policy is in effect, and what changed since the one that the app has."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from components.consent.clock import ManualClock
from components.endpoint import EmbeddedEndpoint, run_embedded
from components.endpoint.policies import pack_in_effect, versions_in_effect
from components.endpoint.settings import Settings
from components.policy import load_pack
from components.policy.delivered import pack_folder
from tests.patience import PATIENCE

from .conformity import check_response

pytestmark = pytest.mark.anyio

EPIAO = "/v1/policies/epiao"
# A second before the updated version takes effect in China.
LAST_OF_2025 = datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(LAST_OF_2025)


@pytest.fixture
def updated(tmp_path: Path) -> Path:
    """The delivered pack, with its example of an update in earnest."""
    folder = tmp_path / "updated"
    shutil.copytree(pack_folder("epiao"), folder)
    file = folder / "pack.toml"
    words = file.read_text("utf-8")
    assert "example = true" in words
    file.write_text(words.replace("example = true", "example = false"), "utf-8")
    return folder


@pytest.fixture
async def endpoint(
    sqlite_url: str, updated: Path, clock: ManualClock
) -> AsyncIterator[EmbeddedEndpoint]:
    settings = Settings(sqlite_url, packs=(updated, pack_folder("piaoqian")))
    async with run_embedded(settings, clock=clock) as running:
        yield running


async def test_it_changes_as_the_day_begins_in_china(
    client: httpx.AsyncClient, clock: ManualClock
) -> None:
    before = await client.get(EPIAO)
    assert before.json()["current"] == {
        "version": "2021-11-01",
        "published": "2021-10-20",
        "effective": "2021-11-01",
        "change": "material",
    }
    clock.advance(timedelta(seconds=1))
    after = await client.get(EPIAO)
    assert after.json()["current"]["version"] == "2026-01-01"
    assert after.headers["etag"] != before.headers["etag"]


async def test_documents_are_named_by_the_digests_of_the_pack(
    client: httpx.AsyncClient, updated: Path
) -> None:
    pack = load_pack(updated)
    answer = (await client.get(EPIAO)).json()
    assert answer["default_locale"] == "zh_Hans"
    assert answer["documents"] == {
        locale: pack.document(locale, "2021-11-01").digest for locale in ("zh_Hans", "en")
    }
    assert "since" not in answer


async def test_what_changed_since_is_told(client: httpx.AsyncClient, clock: ManualClock) -> None:
    clock.advance(timedelta(days=1))
    answer = (await client.get(EPIAO, params={"have": "2021-11-01"})).json()
    assert answer["since"] == {
        "have": "2021-11-01",
        "versions": [answer["current"]],
        "change": "material",
        "ask_again": ["share-link", "marketing-push"],
    }


async def test_nothing_changed_since_the_current_one(client: httpx.AsyncClient) -> None:
    answer = (await client.get(EPIAO, params={"have": "2021-11-01"})).json()
    nothing: dict[str, object] = {
        "have": "2021-11-01",
        "versions": [],
        "change": None,
        "ask_again": [],
    }
    assert answer["since"] == nothing


@pytest.mark.parametrize("have", ["1999-01-01", "2026-01-01", ""])
async def test_a_version_that_never_was_in_effect_says_nothing(
    client: httpx.AsyncClient, have: str
) -> None:
    assert (await client.get(EPIAO, params={"have": have})).json()["since"] is None


async def test_a_policy_without_dates_is_in_effect(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/v1/policies/piaoqian")).json()
    assert answer["current"]["effective"] is None


async def test_before_its_first_day_there_is_no_policy(
    client: httpx.AsyncClient, clock: ManualClock
) -> None:
    clock.set_wall_clock(datetime(2021, 10, 31, tzinfo=UTC))
    assert (await client.get(EPIAO)).status_code == 404


@pytest.mark.parametrize("pack", ["nothing", "EPIAO", "..%2fepiao", "epiao%0a", "a%00b"])
async def test_an_unknown_pack_is_not_there(client: httpx.AsyncClient, pack: str) -> None:
    answer = await client.get(f"/v1/policies/{pack}")
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


async def test_what_the_app_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    answer = await client.get(EPIAO)
    tag = answer.headers["etag"]
    assert tag[0] == tag[-1] == '"'
    assert answer.headers["cache-control"] == "public, max-age=300"
    for shown in (tag, f"W/{tag}", f'"other", {tag}', f'W/"other",W/{tag} , "x"', "*"):
        again = await client.get(EPIAO, headers={"if-none-match": shown})
        assert (again.status_code, again.content) == (304, b""), shown
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == "public, max-age=300"
    for shown in ('"other"', tag.strip('"'), "W/", ""):
        again = await client.get(EPIAO, headers={"if-none-match": shown})
        assert (again.status_code, again.json()) == (200, answer.json()), shown


async def test_each_question_has_its_own_tag(client: httpx.AsyncClient) -> None:
    tags = [
        (await client.get(EPIAO, params=params)).headers["etag"]
        for params in ({}, {"have": "2021-11-01"}, {"have": "none"}, {})
    ]
    assert tags[0] == tags[3]
    assert len(set(tags)) == 3


async def test_many_who_ask_at_once_get_one_answer(
    client: httpx.AsyncClient, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=1))
    asked = [client.get(EPIAO, params={"have": "2021-11-01"}) for _ in range(8)]
    answers = await asyncio.gather(*asked)
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1


async def test_replicas_agree_on_the_tag(
    client: httpx.AsyncClient, updated: Path, tmp_path: Path, clock: ManualClock
) -> None:
    other = Settings(f"sqlite:///{tmp_path}/other.sqlite3", packs=(updated,))
    hooks = {"response": [check_response]}
    async with (
        run_embedded(other, clock=clock) as running,
        httpx.AsyncClient(base_url=running.url, event_hooks=hooks, timeout=PATIENCE) as replica,
    ):
        theirs = await replica.get(EPIAO)
    assert theirs.headers["etag"] == (await client.get(EPIAO)).headers["etag"]


def test_an_example_is_never_in_effect() -> None:
    pack = load_pack(pack_folder("epiao"))
    late = datetime(2030, 1, 1, tzinfo=UTC)
    assert [version.id for version in versions_in_effect(pack, late)] == ["2021-11-01"]
    assert pack_in_effect(pack, late).version.id == "2021-11-01"


def test_before_the_first_day_the_first_version_stands_in(updated: Path) -> None:
    pack = load_pack(updated)
    early = datetime(2020, 1, 1, tzinfo=UTC)
    assert versions_in_effect(pack, early) == []
    assert pack_in_effect(pack, early).version.id == "2021-11-01"
