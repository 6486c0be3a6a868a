"""Every screen of the kit that a person can open by themselves, one call each.

Each call shows the screen over the host's and returns when it is closed. A screen is loaded when
it is first opened: it calls back into the kit, and a host that never shows it pays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
