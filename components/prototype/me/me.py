"""The avatar, the orders, and the ways to the privacy choices and the policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flet as ft

from ...centre.words import sync_words
from ...i18n import Language
from ...surface import parts, tokens
from ...surface.runtime import kit_component
from ...surface.viewport import WidthClass
from ...sync.state import SyncState
from .. import pieces

_AVATAR = 88

Opens = Callable[[], Any]


@dataclass(frozen=True)
class PrivacyWays:
    """What opens each screen of the kit."""

    centre: Opens
    policy: Opens
    summary: Opens
    rights: Opens
    collected: Opens
    shared: Opens
    sdks: Opens
    contact: Opens


@kit_component
def MePage(
    language: Language,
    *,
    sync_state: SyncState,
    picture: bytes | None = None,
    remark: ft.Control | None = None,
    width: WidthClass = WidthClass.COMPACT,
    on_avatar: Opens,
    on_orders: Opens,
    on_settings: Opens,
    ways: PrivacyWays,
) -> ft.Control:
    """The person's own page.

    Args:
        language: The interface's language.
        sync_state: How far the record has come; said in a sentence.
        picture: The avatar; None shows the default one.
        remark: What there is to say about the last tap on the avatar.
        width: How much room there is.
        on_avatar: Called to change the avatar.
        on_orders: Called to see the orders.
        on_settings: Called to see the settings.
        ways: What opens the screens about privacy.
    """
    say = language.gettext
    person: list[ft.Control] = [
        ft.Row(
            [
                _avatar(picture, say("Your avatar")),
                ft.Column(
                    [
                        pieces.text(say("Guest"), ft.TextThemeStyle.TITLE_MEDIUM, strong=True),
                        parts.action(say("Change avatar"), on_avatar, identifier="me.avatar"),
                    ],
                    spacing=tokens.GAP,
                    expand=True,
                ),
            ],
            spacing=tokens.GAP_LARGE,
        ),
        # Kept in its place, so that what follows is not moved to another's.
        ft.Column([] if remark is None else [remark]),
        pieces.ways(
            pieces.way("confirmation_number", say("My orders"), on_orders, "me.orders"),
            pieces.way("settings", say("Settings"), on_settings, "me.settings"),
        ),
    ]
    privacy: list[ft.Control] = [
        parts.heading(say("Privacy"), 2),
        ft.Semantics(content=parts.live(sync_words(sync_state, language)), identifier="me.sync"),
        pieces.ways(*_privacy_ways(language, ways)),
    ]
    if width is WidthClass.EXPANDED:
        content: list[ft.Control] = [
            ft.Row(
                [_column(person, 2), _column(privacy, 3)],
                spacing=2 * tokens.GAP_SECTION,
                vertical_alignment=ft.CrossAxisAlignment.START,
            )
        ]
    else:
        content = [*person, *privacy]
    return pieces.scrolled(
        [parts.heading(say("Me"), 1), pieces.arranged(content, f"me-{width.value}")],
        pieces.PAGE_WIDTH if width is WidthClass.EXPANDED else tokens.READING_WIDTH,
    )


def _column(content: list[ft.Control], share: int) -> ft.Control:
    return ft.Column(
        content,
        spacing=tokens.GAP_LARGE,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        expand=share,
    )


def _privacy_ways(language: Language, ways: PrivacyWays) -> list[ft.Control]:
    """Every screen of the kit, the choices and the policy first."""
    say = language.gettext
    return [
        pieces.way("tune", say("Privacy choices"), ways.centre, "me.centre"),
        pieces.way("article", say("Privacy policy"), ways.policy, "me.policy"),
        pieces.way("short_text", say("Summary of the policy"), ways.summary, "me.summary"),
        pieces.way("gavel", say("Your rights"), ways.rights, "me.rights"),
        pieces.way("list_alt", say("What is collected"), ways.collected, "me.collected"),
        pieces.way("share", say("What is shared with whom"), ways.shared, "me.shared"),
        pieces.way("extension", say("SDK directory"), ways.sdks, "me.sdks"),
        pieces.way("support_agent", say("Contact and complaints"), ways.contact, "me.contact"),
    ]


def _avatar(picture: bytes | None, label: str) -> ft.Control:
    content: ft.Control = (
        ft.Icon(
            ft.Icons.PERSON,
            size=_AVATAR // 2,
            color=ft.Colors.ON_SECONDARY_CONTAINER,
            semantics_label=label,
        )
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
