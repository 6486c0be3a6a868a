"""The kit as a host sees it: open it, ask, and get an answer that is never wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import flet as ft

from .consent.event import Event, IndicatedBy, Target, TargetKind
from .consent.ledger_errors import LedgerError
from .listeners import Listeners
from .preparing import pack_of, prepared

if TYPE_CHECKING:
    from .answers import Answer, NoticeOutcome
    from .consent.clock import Clock
    from .consent.permissions import PermissionPort
    from .consent.status import ConsentStatus
    from .i18n import Language
    from .notices.prompt import PromptChoice
    from .policy.pack import Pack
    from .policy.texts import LocaleTexts
    from .surroundings import Surroundings
    from .sync.state import SyncState

logger = logging.getLogger(__name__)


class ConsentKit:
    """One person's consent, in one session of a host.

    Make it with :meth:`open`. Before the base notice is accepted it permits nothing but what uses
    no personal data, calls no network, and asks the operating system nothing.
    """

    def __init__(
        self,
        page: ft.Page,
        pack: Pack,
        *,
        store: Path,
        endpoint: str | None,
        permissions: PermissionPort,
        language: Language,
        clock: Clock,
        surroundings: Surroundings,
    ) -> None:
        # Not at the module's head: a host's client is to start before these are loaded.
        from .asking import Asking
        from .consent.choices import Choices
        from .consent.gate import Gate
        from .consent.opening import StoreCondition, open_record
        from .consent.sdks import SdkRegistry
        from .screens import Screens
        from .settling import Settling
        from .speaking import Speaking
        from .travelling import Travelling

        opened = open_record(store, clock, surroundings.identities)
        self.page = page
        self.pack = pack
        self.language = language
        self._clock = clock
        self.record = opened.record
        self.store_condition: StoreCondition = opened.condition
        self.gate = Gate(pack, self.record, clock)
        self.choices = Choices(pack, self.record, self.gate)
        self.sdks = SdkRegistry(pack, self.gate)
        self.travelling = Travelling(self, endpoint, clock, surroundings)
        self.screens = Screens(self)
        self.speaking = Speaking(self)
        self.asking = Asking(self, permissions)
        self._listeners = Listeners[[]]()
        self._settling = Settling(self)
        self.record.subscribe(self._recorded)
        self.travelling.synchroniser.subscribe(lambda _state: self._changed())

    @classmethod
    async def open(
        cls,
        page: ft.Page,
        *,
        pack: str | Path | Pack,
        store: Path,
        endpoint: str | None = None,
        permissions: PermissionPort | None = None,
        locale: str = "zh_Hans",
        clock: Clock | None = None,
        surroundings: Surroundings | None = None,
    ) -> ConsentKit:
        """Open the kit for a page.

        Args:
            page: The host's page.
            pack: A pack that the kit ships (``epiao``), a folder, or a loaded pack.
            store: The file that keeps this person's record; made at the first choice.
            endpoint: Address of the consent endpoint; None keeps everything on the device.
            permissions: The operating system's permissions; by default those of the platform.
            locale: Language of the interface, one of ``i18n.available_locales()``.
            clock: Where the time comes from.
            surroundings: Network and randomness, for demos and tests; by default the real ones.

        Raises:
            NoSuchPack: There is no pack of that name.
            PackError: The pack is broken; says where and how to mend it.
            LookupError: There is no such language.
        """
        await prepared()
        from .consent.clock import SystemClock
        from .i18n import Language
        from .surface.permissions import permissions_for
        from .surroundings import Surroundings

        kit = cls(
            page,
            pack_of(pack),
            store=store,
            endpoint=endpoint,
            permissions=permissions or permissions_for(page),
            language=Language.of(locale),
            clock=clock or SystemClock(),
            surroundings=surroundings or Surroundings(),
        )
        kit._settling.begin()
        await kit.travelling.start()
        return kit

    async def close(self) -> None:
        """End the session: open questions count as dismissed, sending stops, the store closes."""
        self.abandon_questions()
        self._settling.end()
        self.speaking.end()
        await self.travelling.stop()
        self.record.ledger.close()

    def abandon_questions(self) -> None:
        """Count what is before the person as dismissed, as when the session ends."""
        self.asking.abandon()

    # --- what a host asks

    async def start(self) -> NoticeOutcome:
        """Show the first notice if it is due, or an update to who agreed to an older version.

        An update asks again only for what it touches. A version that only words things anew is
        told in one line, once, and asks nothing.
        """
        from .starting import start

        return await start(self)

    async def show_first_notice(
        self, *, indicated_by: IndicatedBy = IndicatedBy.SUBJECT
    ) -> NoticeOutcome:
        """Show the first notice, due or not: the person asked for it.

        Args:
            indicated_by: Who is to read and answer: the person, or, for a child, their guardian. A
                child alone is not shown it.
        """
        from .starting import first_notice

        return await first_notice(self, indicated_by)

    def declare_birth_date(self, birth_date: date) -> bool:
        """Note how old the person is, on this device only; it is never sent.

        From then on a guardian decides for a child, and what a child agreed to alone is
        invalidated. Ask for it only where the service is for children too, and neutrally: without
        saying which answer opens what (R-060).

        Returns:
            Whether it was saved; if not, nothing has changed.

        Raises:
            ValueError: The day is in the future.
        """
        if birth_date > self.today():
            raise ValueError(f"nobody was born on {birth_date.isoformat()} yet")
        try:
            self.record.declare_birth_date(birth_date)
        except LedgerError:
            self.tell_not_saved()
            return False
        self.settle()
        return True

    def today(self) -> date:
        """What day it is, by the kit's clock."""
        return self._clock.now().date()

    def settle(self) -> None:
        """Write down what time, age and a new version of the policy have ended.

        It permits nothing already. The kit calls this when it is opened, on every refresh, and
        when the next such moment comes.
        """
        self._settling.settle()

    async def ask_for(
        self,
        purpose_id: str,
        *,
        gesture: str | None,
        indicated_by: IndicatedBy = IndicatedBy.SUBJECT,
    ) -> Answer:
        """Explain a purpose that takes no permission, ask for it, record the answer.

        Args:
            purpose_id: As the pack names it, for example ``marketing-push``.
            gesture: What the person did that calls for it. None if the app asks by itself, which
                it may do so many times, and so long after a no, as the pack says.
            indicated_by: Who is asked: the person, or, for a child, their guardian.

        Returns:
            Whether the feature may go on; never raises for what the person answers.
        """
        return await self.asking.ask_for(purpose_id, gesture, indicated_by)

    async def ask(
        self,
        permission_id: str,
        *,
        gesture: str,
        indicated_by: IndicatedBy = IndicatedBy.SUBJECT,
    ) -> Answer:
        """Explain a permission, ask for it, record the answer.

        Args:
            permission_id: As the pack names it, for example ``location``.
            gesture: What the person did that calls for it, for example ``city.locate``.
            indicated_by: Who is asked: the person, or, for a child, their guardian.

        Returns:
            Whether the feature may go on; never raises for what the person or system answers.
        """
        return await self.asking.ask(permission_id, gesture, indicated_by)

    async def mirror_permissions(self) -> None:
        """Write down what the system's settings say now; call it at start and on resume.

        Before the base notice is accepted the system is not asked anything.
        """
        self.settle()
        await self.asking.mirror_permissions()

    def permits(self, purpose_id: str) -> bool:
        """Whether data may be processed for a purpose now; False for what is unknown."""
        return self.gate.permits(purpose_id)

    @contextmanager
    def using(self, purpose_id: str, permission_id: str | None = None) -> Iterator[None]:
        """Hold a use of data to its purpose.

        A permission that the pack marks ``once-per-gesture`` is used up by this: each :meth:`ask`
        that was granted allows one.

        Raises:
            NotPermitted: The purpose is not permitted, or may not use that permission, or the
                permission is not granted, or its gesture is used up.
        """
        self.gate.use(purpose_id, permission_id)
        yield

    def register_sdk(
        self, sdk_id: str, *, start: Callable[[], None], stop: Callable[[], None]
    ) -> None:
        """Let the kit start an SDK when consent is there, and stop it when it is withdrawn.

        Raises:
            KeyError: The pack does not list that SDK.
        """
        self.sdks.register(sdk_id, start, stop)

    async def open_policy(self, clause: str | None = None) -> None:
        """Show the full policy, at a clause if one is named; returns when it is closed."""
        await self.screens.policy(clause)

    async def open_centre(self) -> None:
        """Show the consent centre; returns when it is closed."""
        await self.screens.centre()

    # --- what a person does in the centre

    async def give(
        self, purpose_id: str, *, indicated_by: IndicatedBy = IndicatedBy.SUBJECT
    ) -> Answer:
        """Put a purpose's explanation before the person, from the consent centre."""
        return await self.asking.ask_from_centre(purpose_id, indicated_by)

    def withdraw(
        self, purpose_id: str, *, indicated_by: IndicatedBy = IndicatedBy.SUBJECT
    ) -> Event | None:
        """Withdraw a consent, at once and also without network.

        A child may withdraw what a guardian agreed to.

        Returns:
            The event, or None when it could not be recorded and so does not hold.

        Raises:
            NotPermitted: There is no such consent.
        """
        from .withdrawing import withdraw

        return withdraw(self, purpose_id, indicated_by)

    def withdraw_notice(self, *, indicated_by: IndicatedBy = IndicatedBy.SUBJECT) -> Event | None:
        """Take back the agreement to the base notice, and with it every consent given on it.

        Browsing only from now on. Agreeing to the notice again brings none of them back.

        Returns:
            The event, or None when not all of it could be recorded.
        """
        from .withdrawing import withdraw_notice

        return withdraw_notice(self, indicated_by)

    async def answer_in_place(
        self,
        permission_id: str,
        choice: PromptChoice,
        *,
        gesture: str,
        indicated_by: IndicatedBy = IndicatedBy.SUBJECT,
    ) -> Answer:
        """Take the answer to an explanation that stands in the host's own screen."""
        return await self.asking.answer_in_place(permission_id, choice, gesture, indicated_by)

    # --- what screens show

    @property
    def texts(self) -> LocaleTexts:
        """What the pack says in the interface's language."""
        return self.pack.texts_for(self.language.locale)

    def clause_title(self, clause_id: str) -> str:
        """What a clause of the policy is called. Raises KeyError if there is no such clause."""
        return self.texts.document.clause(clause_id).title

    @property
    def sync_state(self) -> SyncState:
        """How far the record has travelled."""
        return self.travelling.synchroniser.state

    def status(self, purpose_id: str) -> ConsentStatus:
        """The status of a purpose."""
        return self.record.status(Target(TargetKind.PURPOSE, purpose_id))

    def speak(self, locale: str) -> None:
        """Change the language of everything the kit shows, in place.

        Raises:
            LookupError: There is no such language.
        """
        self.language = self.language.of(locale)
        self._changed()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change; the answer is a function that ends that."""
        return self._listeners.add(listener)

    def refresh(self) -> None:
        """Take in what another window recorded, and draw everything again."""
        try:
            self.record.refresh()
        except LedgerError:
            # Still permitted is what was read before; nothing new is granted by what cannot be.
            logger.exception("the record could not be read again")
        self.settle()
        self._changed()

    def tell_not_saved(self) -> None:
        """Say that a choice could not be saved, and so does not hold."""
        say = self.language.gettext
        self.page.show_dialog(
            ft.SnackBar(
                ft.Text(say("This could not be saved on your device. Nothing has changed."))
            )
        )

    def _recorded(self) -> None:
        self.sdks.reconcile()
        self._settling.set_timer()
        self.travelling.wake()
        self._changed()

    def _changed(self) -> None:
        from .surface.runtime import on_page

        with on_page(self.page):
            self._listeners.tell()
