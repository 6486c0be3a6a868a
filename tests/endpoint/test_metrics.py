"""The figures: what they count, and that nobody can be found in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from components.endpoint import EmbeddedEndpoint, Settings, create_app, run_embedded
from components.endpoint.metrics import Metrics
from components.endpoint.operations import MetricsTokenUnreadable
from tests.patience import PATIENCE

from .conformity import check_response
from .devices import Device, altered
from .tampering import alter

pytestmark = pytest.mark.anyio


async def _figures(client: httpx.AsyncClient) -> dict[str, float]:
    """Every sample by its name and the values of its labels."""
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    return {
        " ".join([sample.name, *(sample.labels[name] for name in sorted(sample.labels))]): (
            sample.value
        )
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_events_are_counted_by_what_became_of_them(
    client: httpx.AsyncClient, device: Device
) -> None:
    async def send(*bodies: object) -> int:
        answer = await client.post(
            device.events_path, json={"events": list(bodies)}, headers=device.bearer
        )
        return answer.status_code

    first, second = (event.to_json() for event in device.choose_many(2))
    assert await send(first, second) == 200
    assert await send(first, second) == 200
    assert await send(altered(device.made[0], label="好")) == 409
    assert await send({}, {}, {}) == 422
    await client.delete(f"/v1/subjects/{device.subject}", headers=device.bearer)
    assert await send(device.choose().to_json()) == 410
    figures = await _figures(client)
    assert {
        outcome: figures[f"mingshi_events_total {outcome}"]
        for outcome in ("stored", "replayed", "contradicted", "malformed", "erased")
    } == {"stored": 2, "replayed": 2, "contradicted": 1, "malformed": 3, "erased": 1}
    assert figures["mingshi_commit_batches_count"] == 4
    assert figures["mingshi_commit_batches_sum"] == 4
    assert figures["mingshi_commit_seconds_count"] == 4
    assert figures["mingshi_batches_waiting"] == 0
    assert figures["mingshi_database_up"] == 1


async def test_requests_are_counted_by_route_method_and_status(
    client: httpx.AsyncClient, device: Device
) -> None:
    await client.get(device.events_path, headers=device.bearer)
    await client.get(device.events_path)
    await client.get("/nowhere/" + device.subject)
    figures = await _figures(client)
    route = "/v1/subjects/{subject}/events"
    assert figures[f"mingshi_requests_total GET {route} 200"] == 1
    assert figures[f"mingshi_requests_total GET {route} 401"] == 1
    assert figures["mingshi_requests_total GET none 404"] == 1
    assert figures[f"mingshi_request_seconds_count {route}"] == 2
    assert figures[f"mingshi_request_seconds_bucket +Inf {route}"] == 2
    told = (await client.get("/metrics")).text
    for private in (device.subject[:6], device.secret, "127.0.0.1", "nowhere"):
        assert private not in told


async def test_two_applications_share_no_figures(tmp_path: Path) -> None:
    for name in ("one", "two"):
        async with (
            run_embedded(f"sqlite:///{tmp_path}/{name}.sqlite3") as running,
            httpx.AsyncClient(base_url=running.url, timeout=PATIENCE) as client,
        ):
            await client.get("/healthz")
            assert (await _figures(client))["mingshi_requests_total GET /healthz 200"] == 1


async def test_a_database_that_does_not_answer_is_a_figure(
    client: httpx.AsyncClient, endpoint: EmbeddedEndpoint, database_url: str
) -> None:
    assert endpoint.running
    alter(database_url, "ALTER TABLE events RENAME TO away")
    assert (await _figures(client))["mingshi_database_up"] == 0
    alter(database_url, "ALTER TABLE away RENAME TO events")
    assert (await _figures(client))["mingshi_database_up"] == 1


@pytest.fixture
async def closed(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """An endpoint whose figures need a token."""
    path = tmp_path / "token"
    path.write_text("figures-for-the-scraper\n", "utf-8")
    settings = Settings(f"sqlite:///{tmp_path}/e.sqlite3", metrics_token=path)
    async with (
        run_embedded(settings) as running,
        httpx.AsyncClient(
            base_url=running.url, event_hooks={"response": [check_response]}, timeout=PATIENCE
        ) as opened,
    ):
        yield opened


async def test_a_token_closes_the_figures(closed: httpx.AsyncClient) -> None:
    for token in (None, "Bearer wrong", "Basic figures-for-the-scraper"):
        answer = await closed.get("/metrics", headers={"authorization": token} if token else {})
        assert answer.status_code == 401
        assert "mingshi_" not in answer.text
    right = {"authorization": "Bearer figures-for-the-scraper"}
    assert (await closed.get("/metrics", headers=right)).status_code == 200
    assert (await closed.get("/healthz")).status_code == 200


@pytest.mark.parametrize(("text", "said"), [(None, "No such file"), ("short\n", "at least 16")])
def test_a_file_without_a_token_says_so(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "token"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(MetricsTokenUnreadable, match=said) as raised:
        create_app(Settings(f"sqlite:///{tmp_path}/e.sqlite3", metrics_token=path))
    assert str(path) in str(raised.value)


def test_a_route_that_is_none_has_one_label() -> None:
    metrics = Metrics()
    for _ in range(3):
        metrics.request(None, "other", 404, 0.1)
    told = metrics.exposition().decode()
    assert 'mingshi_requests_total{method="other",route="none",status="404"} 3.0' in told
