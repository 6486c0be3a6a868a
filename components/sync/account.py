"""One person, several installations: joined by an account, each with a copy of the others' records.

Copies count as the own record does: a withdrawal on one device beats an older grant, or one of the
same time, on every other. What was refused before the account was joined stays refused.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from ..consent.ledger_errors import LedgerError, NotInChain
from ..consent.record import Record
from .answers import Failed, FailureKind
from .calls import Reply
from .device import Device, broken, refusal
from .pages import MOST_EVENTS, PAGE_EVENTS, Page, read_page
from .reading import moment, objects, subject, text, whole_number

MOST_INSTALLATIONS = 100
"""Most installations of one account that are believed in."""


@dataclass(frozen=True)
class Linked:
    """This installation belongs to an account.

    Attributes:
        account: The endpoint's name for it, which is no login name.
        linked_at: Since when, by the endpoint's clock.
    """

    account: str
    linked_at: datetime


@dataclass(frozen=True)
class Unlinked:
    """This installation belongs to no account, and keeps no copies of others' records."""


@dataclass(frozen=True)
class Installation:
    """Another installation of the same account.

    Attributes:
        subject: Its subject id.
        linked_at: Since when it belongs to the account, by the endpoint's clock.
        highest_sequence: The highest number of its events at the endpoint; 0 for none.
    """

    subject: str
    linked_at: datetime
    highest_sequence: int


@dataclass(frozen=True)
class Account:
    """The account of this installation.

    Attributes:
        linked: Which one and since when; None if it belongs to none.
        installations: The others of it.
    """

    linked: Linked | None
    installations: tuple[Installation, ...] = ()


@dataclass(frozen=True)
class Pulled:
    """The copies are as the endpoint has them now.

    Attributes:
        account: The account, as it was found.
        new: How many events were not kept here before.
    """

    account: Account
    new: int


class AccountLink:
    """Joins this installation to an account and keeps it up to date about the others.

    Everything may be tried again at any time: what was done is not done twice, and a pull goes on
    where the last one ended. Of an answer that is not as it must be nothing is kept.

    Args:
        record: This installation's record, which takes the copies in.
        device: Asks the endpoint, with the same ledger.
    """

    def __init__(self, record: Record, device: Device) -> None:
        self._record = record
        self._device = device
        # So that no page of a pull comes after the copies were given up.
        self._one_at_a_time = asyncio.Lock()

    async def link(self, login_token: str) -> Linked | Failed:
        """Join an account.

        Args:
            login_token: A JWT of an issuer that the endpoint knows, made for this installation:
                its ``mingshi_subject`` is this subject id.

        Returns:
            The account; Failed with ``LOGIN_NOT_PROVEN`` for a token that proves nothing, and with
            ``CONTRADICTED`` while this installation belongs to another account.
        """
        async with self._one_at_a_time:
            reply = await self._device.ask("POST", "links", body={"login_token": login_token})
            if isinstance(reply, Failed):
                return reply
            if reply.problem == "login-not-proven":
                return Failed(FailureKind.LOGIN_NOT_PROVEN)
            if reply.problem == "not-in-this-state":
                return Failed(FailureKind.CONTRADICTED)
            if reply.status != 200:
                return refusal(reply)
            try:
                return _linked(reply)
            except ValueError:
                return Failed(FailureKind.UNEXPECTED_ANSWER)

    async def unlink(self) -> Unlinked | Failed:
        """Leave the account, and give up the copies of the others' records.

        What was chosen on this installation stays, also what was chosen before it joined.
        """
        async with self._one_at_a_time:
            reply = await self._device.ask("DELETE", "links")
            if isinstance(reply, Failed):
                return reply
            if reply.status != 204:
                return refusal(reply)
            try:
                self._record.forget_others()
            except LedgerError as error:
                # The next pull gives them up.
                return broken(error)
            return Unlinked()

    async def installations(self) -> Account | Failed:
        """The account of this installation, and the others of it."""
        reply = await self._device.ask("GET", "links")
        if isinstance(reply, Failed):
            return reply
        return (
            _account(reply, self._device.ledger.subject)
            if reply.status == 200
            else (refusal(reply))
        )

    async def pull(self) -> Pulled | Failed:
        """Bring the copies of the others' records up to date.

        Copies of installations that left the account, or whose record was erased, are given up.
        Of a pull that fails half-way what was taken in stays; the next one goes on from there.
        """
        async with self._one_at_a_time:
            account = await self.installations()
            if isinstance(account, Failed):
                return account
            new = 0
            try:
                self._give_up_all_but({one.subject for one in account.installations})
                for installation in account.installations:
                    taken = await self._pull(installation)
                    if isinstance(taken, Failed):
                        return taken
                    new += taken
                # Also for what the endpoint has said since about the times of one's own choices.
                self._record.refresh()
            except LedgerError as error:
                return broken(error)
            return Pulled(account, new)

    async def _pull(self, installation: Installation) -> int | Failed:
        """Bring one copy up to date: how many events of it were new."""
        other, new = installation.subject, 0
        after = self._device.ledger.highest_of(other)
        while after < installation.highest_sequence:
            reply = await self._device.ask(
                "GET",
                "links",
                other,
                "events",
                query={"after": after, "limit": PAGE_EVENTS},
            )
            if isinstance(reply, Failed):
                return reply
            if reply.problem == "not-found":
                # It left the account since it was named. The next pull gives up its copy.
                return new
            page = read_page(reply, other, after) if reply.status == 200 else refusal(reply)
            if isinstance(page, Failed):
                return page
            taken = self._take_in(page)
            if isinstance(taken, Failed):
                return taken
            new += taken
            if not page.events:
                return new
            after = page.events[-1].sequence
        return new

    def _take_in(self, page: Page) -> int | Failed:
        try:
            return self._record.take_in(page.events, page.witnesses)
        except (NotInChain, ValueError):
            return Failed(FailureKind.UNTRUE_RECORD)

    def _give_up_all_but(self, subjects: set[str]) -> None:
        kept = {event.subject for event in self._device.ledger.other_words()}
        if kept - subjects:
            self._record.forget_others(kept - subjects)


def _linked(reply: Reply) -> Linked:
    return Linked(text(reply.body, "account"), moment(reply.body, "linked_at"))


def _account(reply: Reply, own: str) -> Account | Failed:
    try:
        installations = tuple(
            Installation(
                subject(entry, "subject"),
                moment(entry, "linked_at"),
                whole_number(entry, "highest_sequence"),
            )
            for entry in objects(reply.body, "installations")
        )
        linked = None if reply.body.get("account") is None else _linked(reply)
    except ValueError:
        return Failed(FailureKind.UNEXPECTED_ANSWER)
    subjects = {one.subject for one in installations}
    if (
        own in subjects
        or len(subjects) < len(installations)
        or len(installations) > MOST_INSTALLATIONS
        or (installations and linked is None)
        or any(one.highest_sequence > MOST_EVENTS for one in installations)
    ):
        return Failed(FailureKind.UNTRUE_RECORD)
    return Account(linked, installations)
