"""Every screen of the kit that a person can open by themselves, one call each.

Each call shows the screen over the host's and returns when it is closed. A screen is loaded when
it is first opened: it calls back into the kit, and a host that never shows it pays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .answers import NoticeOutcome
    from .consent.age import AgeBand
    from .kit import ConsentKit


class Screens:
    """The screens of one kit; find it at ``kit.screens``.

    Args:
        kit: The kit whose screens they are.
    """

    def __init__(self, kit: ConsentKit) -> None:
        self._kit = kit

    async def policy(self, clause: str | None = None) -> None:
        """The full policy, at a clause if one is named."""
        from .notices.reader.live import show_policy

        await show_policy(self._kit, clause)

    async def centre(self) -> None:
        """The consent centre: what was chosen, and how to choose otherwise."""
        from .centre.live import show_centre

        await show_centre(self._kit)

    async def language(self) -> None:
        """The choice of a language, or of following the device; it holds at once."""
        from .surface.language_picker.live import show_languages

        await show_languages(self._kit)

    async def summary(self) -> None:
        """The policy in short, with ways to the full text and to the choices."""
        from .notices.summary.live import show_summary

        await show_summary(self._kit)

    async def age(self) -> AgeBand:
        """The neutral question of age, and for a child the way to their guardian.

        Show it only where the service is for children too.

        Returns:
            Who decides for this person afterwards; unknown if they would rather not say.
        """
        from .notices.guardian.live import ask_age

        return await ask_age(self._kit)

    async def guardian(self) -> NoticeOutcome:
        """For a child: the hand-over to a guardian, who reads and decides."""
        from .notices.guardian.live import ask_guardian

        return await ask_guardian(self._kit)

    async def update(self) -> NoticeOutcome:
        """What a new version changed, with its choice; then what it touches, one by one."""
        from .notices.update.live import show_update

        return await show_update(self._kit)

    async def system_help(self, permission_id: str) -> None:
        """Why a permission is not asked for any more, and the way to the system's settings."""
        from .notices.prompt.live import show_system_help

        await show_system_help(self._kit, permission_id)

    async def history(self) -> None:
        """What was chosen when, on which words."""
        from .centre.history.live import show_history

        await show_history(self._kit)

    async def receipt(self, event_id: str) -> None:
        """A copy of one decision, to read and to save; nothing if there is no such event."""
        from .centre.receipts.live import show_receipt

        await show_receipt(self._kit, event_id)

    async def sending(self) -> None:
        """How far the record has travelled, and what the service would not take."""
        from .centre.sending.live import show_sending

        await show_sending(self._kit)

    async def collected(self) -> None:
        """The list of what is collected."""
        from .centre.lists.live import show_list
        from .policy.exporting.lists import PackList

        await show_list(self._kit, PackList.COLLECTED)

    async def shared(self) -> None:
        """The list of what is shared, and with whom."""
        from .centre.lists.live import show_list
        from .policy.exporting.lists import PackList

        await show_list(self._kit, PackList.SHARED)

    async def sdks(self) -> None:
        """The directory of SDKs."""
        from .centre.lists.live import show_list
        from .policy.exporting.lists import PackList

        await show_list(self._kit, PackList.SDKS)

    async def open_system_settings(self) -> bool:
        """Open this app's page in the system's settings; False where that cannot be done."""
        # The port to the system is the asking side's; nobody else speaks with the system.
        return await self._kit.asking.open_settings()

    async def rights(self, kind: str | None = None, clause: str | None = None) -> None:
        """What a person can ask for, asking for it, and what became of it.

        Args:
            kind: The right to begin a request for, for example ``close-account``; None for all.
            clause: The clause to ask about; without a kind, to have it explained.
        """
        from .centre.rights.live import show_rights

        await show_rights(self._kit, kind, clause)

    async def contact(self) -> None:
        """Whom to turn to and where to complain; also before the first notice, and offline."""
        from .centre.contact.live import show_contact

        await show_contact(self._kit)
