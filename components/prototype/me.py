"""The me page: the avatar, and the ways to the privacy choices and the policy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import flet as ft

from ..answers import Answer
from ..centre.words import sync_words
from ..surface import parts, tokens
from ..surface.runtime import kit_component, use_changes
from . import pieces
from .avatar import PictureSource
from .remarks import Remark, explanation, notice_first, remark_of, system_denies

if TYPE_CHECKING:
    from ..kit import ConsentKit

PURPOSE = "avatar-upload"
GESTURE = "me.avatar"
_AVATAR = 88
_NO_PICTURE: bytes | None = None


@kit_component
def Me(
    kit: ConsentKit,
    pictures: PictureSource,
    *,
    on_orders: Callable[[], Any],
    on_settings: Callable[[], Any],
) -> ft.Control:
    """The person's own page.

    Args:
        kit: Asked before a picture is taken in; opens the choices and the policy.
        pictures: Gives the picture that is picked.
        on_orders: Called to see the orders.
        on_settings: Called to see the settings.
    """
    use_changes(kit.subscribe)
    picture, set_picture = ft.use_state(_NO_PICTURE)
    remark, set_remark = ft.use_state(Remark.NONE)
    say = kit.language.gettext
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

    # The picture is processed for its purpose only, so it goes when that is withdrawn.
    shown = picture if kit.permits(PURPOSE) else None
    return pieces.scrolled(
        [
            parts.heading(say("Me"), 1),
            ft.Row(
                [
                    _avatar(shown, say("Your avatar")),
                    ft.Column(
                        [
                            parts.body(say("Guest")),
                            parts.action(say("Change avatar"), change, identifier="me.avatar"),
                        ],
                        spacing=tokens.GAP,
                        expand=True,
                    ),
                ],
                spacing=tokens.GAP_LARGE,
            ),
            # Kept in its place, so that what follows is not moved to another's.
            ft.Column(_remark_rows(kit, remark, permission, follow)),
            pieces.ways(
                pieces.way("confirmation_number", say("My orders"), on_orders, "me.orders"),
                pieces.way("settings", say("Settings"), on_settings, "me.settings"),
            ),
            parts.heading(say("Privacy"), 2),
            ft.Semantics(
                content=parts.live(sync_words(kit.sync_state, kit.language)), identifier="me.sync"
            ),
            pieces.ways(*_privacy_ways(kit)),
        ]
    )


def _privacy_ways(kit: ConsentKit) -> list[ft.Control]:
    """Every screen of the kit, the choices and the policy first."""
    say, show = kit.language.gettext, kit.screens
    return [
        pieces.way("tune", say("Privacy choices"), show.centre, "me.centre"),
        pieces.way("article", say("Privacy policy"), show.policy, "me.policy"),
        pieces.way("short_text", say("Summary of the policy"), show.summary, "me.summary"),
        pieces.way("gavel", say("Your rights"), show.rights, "me.rights"),
        pieces.way("list_alt", say("What is collected"), show.collected, "me.collected"),
        pieces.way("share", say("What is shared with whom"), show.shared, "me.shared"),
        pieces.way("extension", say("SDK directory"), show.sdks, "me.sdks"),
        pieces.way("support_agent", say("Contact and complaints"), show.contact, "me.contact"),
    ]


def _avatar(picture: bytes | None, label: str) -> ft.Control:
    content: ft.Control = (
        ft.Icon(ft.Icons.PERSON, size=_AVATAR // 2, semantics_label=label)
        if picture is None
        else ft.Image(
            src=picture,
            width=_AVATAR,
            height=_AVATAR,
            fit=ft.BoxFit.COVER,
            semantics_label=label,
        )
    )
    return ft.Container(
        content,
        width=_AVATAR,
        height=_AVATAR,
        bgcolor=ft.Colors.SECONDARY_CONTAINER,
        border_radius=_AVATAR / 2,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        alignment=ft.Alignment.CENTER,
        key="avatar" if picture is None else "avatar-picture",
    )


def _remark_rows(
    kit: ConsentKit,
    remark: Remark,
    permission: str,
    follow: Callable[[Answer], Awaitable[None]],
) -> list[ft.Control]:
    say = kit.language.gettext
    match remark:
        case Remark.NONE:
            return []
        case Remark.EXPLANATION:
            return [explanation(kit, permission, GESTURE, follow)]
        case Remark.NOTICE_FIRST:
            words = say("You are browsing. An avatar comes after the privacy notice.")
            return [notice_first(kit, words, "me.notice")]
        case Remark.NOT_USED | Remark.NOT_FOUND:
            return [parts.live(say("The default avatar stays."))]
        case Remark.SYSTEM_DENIES:
            words = say(
                "The system does not let this app read the album. You can change that in"
                " the system settings. The default avatar stays."
            )
            return [system_denies(kit, words, permission, "me.system")]
