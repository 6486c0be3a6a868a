"""What one person chooses on two devices: joined by an account, through the kit alone."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from components.consent.status import ConsentStatus
from components.endpoint import EmbeddedEndpoint, Settings
from components.kit import ConsentKit
from components.sync import Failed, FailureKind, Linked, Unlinked
from tests.pilot import Device
from tests.sync.logins import Logins

from .conftest import MakeVisit, Visit

pytestmark = pytest.mark.anyio
PURPOSE = "nearby-cinema"


@pytest.fixture
def logins(tmp_path: Path) -> Logins:
    return Logins(tmp_path / "logins")


@pytest.fixture
async def endpoint(tmp_path: Path, logins: Logins) -> AsyncIterator[EmbeddedEndpoint]:
    settings = Settings(f"sqlite:///{tmp_path}/endpoint.sqlite", login_issuers=logins.issuers)
    async with EmbeddedEndpoint(settings) as running:
        yield running


async def _agree(visit: Visit) -> None:
    await visit.accept_notice()
    giving = visit.pilot.start(lambda: visit.kit.give(PURPOSE))
    await visit.pilot.settle()
    await visit.press("prompt.accept")
    await giving


async def _join(kit: ConsentKit, logins: Logins) -> Linked | Failed:
    await kit.travelling.synchroniser.drain()
    token = logins.token("xiaoming", kit.record.ledger.subject, datetime.now(UTC))
    return await kit.travelling.join(token)


async def test_a_withdrawal_on_one_device_holds_on_the_other(
    visit: MakeVisit, endpoint: EmbeddedEndpoint, logins: Logins, tmp_path: Path
) -> None:
    phone = await visit(store=tmp_path / "phone.sqlite", endpoint=endpoint.url)
    tablet = await visit(store=tmp_path / "tablet.sqlite", endpoint=endpoint.url)
    await _agree(phone)
    assert isinstance(await _join(phone.kit, logins), Linked)
    await tablet.accept_notice()
    assert not tablet.kit.permits(PURPOSE)
    assert isinstance(await _join(tablet.kit, logins), Linked)
    assert tablet.kit.permits(PURPOSE)

    tablet.kit.withdraw(PURPOSE)
    await tablet.kit.travelling.synchroniser.drain()
    assert phone.kit.permits(PURPOSE)
    phone.kit.travelling.wake()
    await phone.pilot.until(lambda: not phone.kit.permits(PURPOSE))
    assert phone.kit.status(PURPOSE) is ConsentStatus.WITHDRAWN

    assert await tablet.kit.travelling.leave() == Unlinked()
    assert tablet.kit.status(PURPOSE) is ConsentStatus.WITHDRAWN


async def test_without_an_endpoint_nobody_is_joined(
    visit: MakeVisit, logins: Logins, caplog: pytest.LogCaptureFixture
) -> None:
    alone = await visit()
    await alone.accept_notice()
    assert await _join(alone.kit, logins) == Failed(FailureKind.NO_ENDPOINT)
    assert isinstance(await alone.kit.travelling.leave(), Failed)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_before_the_base_notice_not_even_the_network_is_asked_about(
    visit: MakeVisit, endpoint: EmbeddedEndpoint
) -> None:
    device = Device(connectivity=["none"])
    looking = await visit(endpoint=endpoint.url, device=device)
    looking.kit.travelling.wake()
    await looking.pilot.settle()
    assert "Connectivity" not in {path[-1].type for path in looking.pilot.tree.paths()}
    await looking.accept_notice()
    await looking.pilot.settle()
    assert "Connectivity" in {path[-1].type for path in looking.pilot.tree.paths()}
