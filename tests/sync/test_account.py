"""One person's installations: joined, kept up to date, parted; and an endpoint that lies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from components.consent.clock import ManualClock
from components.consent.ledger import Ledger
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.endpoint import EmbeddedEndpoint
from components.endpoint.settings import Settings
from components.sync import (
    Account,
    AccountLink,
    Device,
    Failed,
    FailureKind,
    HttpxTransport,
    Linked,
    Network,
    Pulled,
    SimulatedConnectivity,
    Synchroniser,
    Unlinked,
)
from components.sync.pages import PAGE_EVENTS

from .journeys import BadConnection, Line, always, arrived
from .logins import Logins
from .servers import CINEMA, Telling, accept, decide

pytestmark = pytest.mark.anyio
NOON = datetime(2021, 11, 1, 12, tzinfo=UTC)
LINKED_AT = "2021-11-01T08:00:00.000Z"


class Phone:
    """One installation, with all it needs to speak with the endpoint."""

    def __init__(self, path: Path, url: str) -> None:
        # One clock for all: every choice is of the same instant, unless it is moved.
        self.clock = ManualClock(NOON)
        self.ledger = Ledger(path, clock=self.clock)
        self.record = Record(self.ledger)
        self.transport = HttpxTransport(url, clock=self.clock)
        self.device = Device(self.ledger, self.transport, self.may_send)
        self.link = AccountLink(self.record, self.device)
        self.sync = Synchroniser(self.ledger, self.transport, self.may_send)

    def may_send(self) -> bool:
        return self.record.base_was_ever_given

    async def log_in(self, logins: Logins, login: str = "xiaoming") -> Linked | Failed:
        return await self.link.link(logins.token(login, self.ledger.subject, NOON))

    def says(self) -> ConsentStatus:
        return self.record.status(CINEMA)


@pytest.fixture
def logins(tmp_path: Path) -> Logins:
    return Logins(tmp_path / "logins")


@pytest.fixture
async def endpoint(tmp_path: Path, logins: Logins) -> AsyncIterator[EmbeddedEndpoint]:
    settings = Settings(f"sqlite:///{tmp_path}/endpoint.sqlite3", login_issuers=logins.issuers)
    async with EmbeddedEndpoint(settings, clock=ManualClock(NOON)) as running:
        yield running


@pytest.fixture
async def phones(tmp_path: Path, endpoint: EmbeddedEndpoint) -> AsyncIterator[list[Phone]]:
    """Three installations on which the base notice was agreed to; none is linked yet."""
    opened = [Phone(tmp_path / f"{name}.sqlite3", endpoint.url) for name in "abc"]
    for phone in opened:
        accept(phone.record)
        await phone.sync.drain()
    yield opened
    for phone in opened:
        await phone.transport.close()
        phone.ledger.close()


async def test_a_withdrawal_on_one_device_arrives_on_the_other(
    phones: list[Phone], logins: Logins
) -> None:
    first, second, guest = phones
    for phone in (first, second):
        linked = await phone.log_in(logins)
        assert isinstance(linked, Linked)
    decide(first.record, ConsentStatus.GIVEN)
    await first.sync.drain()
    pulled = await second.link.pull()
    assert isinstance(pulled, Pulled)
    assert pulled.new == 2
    assert [one.subject for one in pulled.account.installations] == [first.ledger.subject]
    assert second.says() is ConsentStatus.GIVEN
    # Of the same instant as the grant.
    decide(second.record, ConsentStatus.WITHDRAWN)
    await second.sync.drain()
    assert first.says() is ConsentStatus.GIVEN
    await first.link.pull()
    assert first.says() is second.says() is ConsentStatus.WITHDRAWN
    assert await second.link.pull() == Pulled(pulled.account, 0)
    assert guest.record.others == ()


async def test_what_a_guest_refused_stays_refused(phones: list[Phone], logins: Logins) -> None:
    first, guest, _ = phones
    await first.log_in(logins)
    decide(first.record, ConsentStatus.GIVEN)
    await first.sync.drain()
    decide(guest.record, ConsentStatus.REFUSED)
    await guest.sync.drain()
    await guest.log_in(logins)
    for phone in (first, guest):
        await phone.link.pull()
        assert phone.says() is ConsentStatus.REFUSED


async def test_leaving_the_account(phones: list[Phone], logins: Logins) -> None:
    first, second, third = phones
    for phone in phones:
        decide(phone.record, ConsentStatus.REFUSED)
        await phone.sync.drain()
        await phone.log_in(logins)
        await phone.link.pull()
    for phone in phones:
        await phone.link.pull()
        assert len(phone.record.others) == 4
    assert await second.link.unlink() == Unlinked()
    assert await second.link.unlink() == Unlinked()
    assert second.record.others == ()
    assert await second.link.installations() == Account(None)
    # The others keep no copy of one that left, and lose nothing of the one that stayed.
    for phone, other in ((first, third), (third, first)):
        await phone.link.pull()
        assert {event.subject for event in phone.record.others} == {other.ledger.subject}
    assert second.says() is ConsentStatus.REFUSED


async def test_a_pull_goes_on_where_it_was_cut(
    phones: list[Phone], logins: Logins, endpoint: EmbeddedEndpoint
) -> None:
    first, second, _ = phones
    number = PAGE_EVENTS + 30
    for _ in range(number):
        decide(first.record, ConsentStatus.REFUSED)
    await first.sync.drain()
    await first.log_in(logins)
    await second.log_in(logins)
    async with BadConnection(endpoint.url) as connection:
        transport = HttpxTransport(connection.url, clock=second.clock)
        losing = AccountLink(second.record, Device(second.ledger, transport, always))
        connection.line = Line.LOSES_ANSWERS
        assert await losing.pull() == Failed(FailureKind.NO_CONNECTION)
        assert second.record.others == ()
        connection.line = Line.GOOD
        taken = second.record.take_in
        pages: list[int] = []

        def cut_after_the_first(events: Any, witnesses: Any) -> int:
            connection.line = Line.CUT
            pages.append(len(events))
            return taken(events, witnesses)

        second.record.take_in = cut_after_the_first  # type: ignore[method-assign,assignment]
        assert await losing.pull() == Failed(FailureKind.NO_CONNECTION)
        assert second.ledger.highest_of(first.ledger.subject) == PAGE_EVENTS
        connection.line = Line.GOOD
        second.record.take_in = taken  # type: ignore[method-assign]
        pulled = await losing.pull()
        assert isinstance(pulled, Pulled)
        assert pulled.new == number + 1 - PAGE_EVENTS
        await transport.close()
    assert pages == [PAGE_EVENTS]
    assert list(second.record.others) == await arrived(endpoint.url, first.ledger)


async def test_a_login_that_proves_nothing(phones: list[Phone], logins: Logins) -> None:
    first, second, _ = phones
    others_token = logins.token("xiaoming", second.ledger.subject, NOON)
    for token in (others_token, "no token"):
        assert await first.link.link(token) == Failed(FailureKind.LOGIN_NOT_PROVEN)
    assert isinstance(await first.log_in(logins), Linked)
    assert await first.log_in(logins, "xiaohong") == Failed(FailureKind.CONTRADICTED)


async def test_an_erased_installation_is_no_longer_copied(
    phones: list[Phone], logins: Logins
) -> None:
    first, second, _ = phones
    for phone in (first, second):
        await phone.log_in(logins)
    await second.link.pull()
    assert second.record.others
    await first.device.ask("DELETE")
    assert isinstance(await second.link.pull(), Pulled)
    assert second.record.others == ()
    assert await first.log_in(logins) == Failed(FailureKind.ERASED)


async def test_nothing_travels_before_it_may(tmp_path: Path) -> None:
    """Not even for a pull: the base notice was never agreed to here."""
    told = Telling({"account": None, "linked_at": None, "installations": []})
    ledger = Ledger(tmp_path / "ledger.sqlite3")
    record = Record(ledger)
    network = SimulatedConnectivity()
    device = Device(ledger, told.transport(), lambda: record.base_was_ever_given, network)
    link = AccountLink(record, device)
    decide(record, ConsentStatus.REFUSED)
    held = Failed(FailureKind.HELD)
    assert await link.pull() == await link.link("token") == await link.unlink() == held
    accept(record)
    network.set_network(Network.OFFLINE)
    assert await link.pull() == Failed(FailureKind.OFFLINE)
    assert told.asked == []
    network.set_network(Network.UNKNOWN)
    assert await link.pull() == Pulled(Account(None), 0)
    assert len(told.asked) == 1
    ledger.close()
