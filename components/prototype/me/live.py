"""The me page with a kit: asked before a picture is taken in, and the way to its screens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import flet as ft

from ...answers import Answer
from ...surface import parts
from ...surface.runtime import kit_component, use_changes
from ...surface.viewport import WidthClass
from .. import pieces
from ..avatar import PictureSource
from ..remarks import Remark, explanation, remark_of, system_denies
from .me import MePage, PrivacyWays

if TYPE_CHECKING:
    from ...kit import ConsentKit

PURPOSE = "avatar-upload"
GESTURE = "me.avatar"
_NO_PICTURE: bytes | None = None


@kit_component
def Me(
    kit: ConsentKit,
    pictures: PictureSource,
    *,
    width: WidthClass = WidthClass.COMPACT,
    on_orders: Callable[[], Any],
    on_settings: Callable[[], Any],
) -> ft.Control:
    """The person's own page.

    Args:
        kit: Asked before a picture is taken in; opens the choices and the policy.
        pictures: Gives the picture that is picked.
        width: How much room there is.
        on_orders: Called to see the orders.
        on_settings: Called to see the settings.
    """
    use_changes(kit.subscribe)
    picture, set_picture = ft.use_state(_NO_PICTURE)
    remark, set_remark = ft.use_state(Remark.NONE)
    permission = "album" if pictures.needs_permission else "photo-picker"

    async def change() -> None:
        set_remark(Remark.NONE)
        await follow(await kit.ask(permission, gesture=GESTURE))

    async def follow(answer: Answer) -> None:
        set_remark(remark_of(answer))
        if not answer.granted:
            return
        with kit.using(PURPOSE, permission):
            picked = await pictures.pick()
        if picked is not None:
            set_picture(picked)

    show = kit.screens
    return MePage(
        kit.language,
        # The picture is processed for its purpose only, so it goes when that is withdrawn.
        picture=picture if kit.permits(PURPOSE) else None,
        sync_state=kit.sync_state,
        remark=_remark(kit, remark, permission, follow),
        width=width,
        on_avatar=change,
        on_orders=on_orders,
        on_settings=on_settings,
        ways=PrivacyWays(
            centre=show.centre,
            policy=show.policy,
            summary=show.summary,
            rights=show.rights,
            collected=show.collected,
            shared=show.shared,
            sdks=show.sdks,
            contact=show.contact,
        ),
    )


def _remark(
    kit: ConsentKit,
    remark: Remark,
    permission: str,
    follow: Callable[[Answer], Awaitable[None]],
) -> ft.Control | None:
    say = kit.language.gettext
    match remark:
        case Remark.NONE:
            return None
        case Remark.EXPLANATION:
            return explanation(kit, permission, GESTURE, follow)
        case Remark.NOTICE_FIRST:
            words = say("You are browsing. An avatar comes after the privacy notice.")
            return pieces.notice_card(words, kit.language, kit.show_first_notice, "me.notice")
        case Remark.NOT_USED | Remark.NOT_FOUND:
            return parts.live(say("The default avatar stays."))
        case Remark.SYSTEM_DENIES:
            words = say(
                "The system does not let this app read the album. You can change that in"
                " the system settings. The default avatar stays."
            )
            return system_denies(kit, words, permission, "me.system")
