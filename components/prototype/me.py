"""The me page: the avatar, and the ways to the privacy choices and the policy."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import flet as ft

from ..answers import Answer, Outcome
from ..centre.words import sync_words
from ..consent.gate import Verdict
from ..notices.prompt import PromptChoice, PromptInPlace
from ..surface import parts, tokens
from ..surface.runtime import handler, kit_component, use_changes
from .avatar import PictureSource

if TYPE_CHECKING:
    from ..kit import ConsentKit

PURPOSE = "avatar-upload"
GESTURE = "me.avatar"
_AVATAR = 88
_NO_PICTURE: bytes | None = None


class Remark(StrEnum):
    """What stands under the avatar."""

    NONE = "none"
    EXPLANATION = "explanation"
    NOTICE_FIRST = "notice-first"
    KEPT_DEFAULT = "kept-default"
    SYSTEM_DENIES = "system-denies"


@kit_component
def Me(kit: ConsentKit, pictures: PictureSource) -> ft.Control:
    """The person's own page.

    Args:
        kit: Asked before a picture is taken in; opens the choices and the policy.
        pictures: Gives the picture that is picked.
    """
    use_changes(kit.subscribe)
    picture, set_picture = ft.use_state(_NO_PICTURE)
    remark, set_remark = ft.use_state(Remark.NONE)
    say = kit.language.gettext
    permission = "album" if pictures.needs_permission else "photo-picker"

    async def change() -> None:
        set_remark(Remark.NONE)
        await follow(await kit.ask(permission, gesture=GESTURE))

    async def answer_in_place(choice: PromptChoice) -> None:
        text = kit.texts.prompts[permission]
        label = text.accept if choice is PromptChoice.ACCEPT else text.refuse
        set_remark(Remark.NONE)
        await follow(await kit.answer_in_place(permission, label, gesture=GESTURE))

    async def follow(answer: Answer) -> None:
        if not answer.granted:
            set_remark(_remark(answer))
            return
        with kit.using(PURPOSE, permission):
            picked = await pictures.pick()
        if picked is not None:
            set_picture(picked)

    # The picture is processed for its purpose only, so it goes when that is withdrawn.
    shown = picture if kit.permits(PURPOSE) else None
    return ft.ListView(
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
            *_remark_rows(kit, remark, permission, answer_in_place),
            parts.heading(say("Privacy"), 2),
            ft.Semantics(
                content=parts.live(sync_words(kit.sync_state, kit.language)), identifier="me.sync"
            ),
            _way("tune", say("Privacy choices"), kit.open_centre, "me.centre"),
            _way("article", say("Privacy policy"), kit.open_policy, "me.policy"),
            _way("translate", say("Change language"), kit.next_language, "me.language"),
        ],
        expand=True,
        spacing=tokens.GAP_LARGE,
        padding=tokens.EDGE,
    )


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


def _way(icon_name: str, label: str, act: Callable[[], Any], identifier: str) -> ft.Control:
    return ft.Semantics(
        content=ft.ListTile(
            leading=parts.icon(icon_name),
            title=ft.Text(label, theme_style=ft.TextThemeStyle.BODY_LARGE),
            trailing=parts.icon("chevron_right", color=tokens.QUIET_TEXT),
            content_padding=0,
            on_click=handler(act),
            key=identifier,
        ),
        identifier=identifier,
    )


def _remark(answer: Answer) -> Remark:
    if answer.outcome is Outcome.IN_PLACE:
        return Remark.EXPLANATION
    if answer.outcome is Outcome.DENIED_BY_SYSTEM:
        return Remark.SYSTEM_DENIES
    match answer.verdict:
        case Verdict.NOTICE_FIRST:
            return Remark.NOTICE_FIRST
        case Verdict.SETTINGS | Verdict.RESTRICTED:
            return Remark.SYSTEM_DENIES
        case _:
            return Remark.KEPT_DEFAULT


def _remark_rows(
    kit: ConsentKit,
    remark: Remark,
    permission: str,
    answer_in_place: Callable[[PromptChoice], Any],
) -> list[ft.Control]:
    say = kit.language.gettext
    match remark:
        case Remark.NONE:
            return []
        case Remark.EXPLANATION:
            text = kit.texts.prompts[permission]
            return [
                PromptInPlace(
                    text,
                    kit.clause_title(text.clauses[0]),
                    kit.language,
                    lead=say("You said no before. If you see it differently now, say so here."),
                    on_choice=answer_in_place,
                    on_read=kit.open_policy,
                )
            ]
        case Remark.NOTICE_FIRST:
            return [
                parts.card(
                    [
                        parts.live(
                            say("You are browsing. An avatar comes after the privacy notice.")
                        ),
                        parts.link(
                            say("Show the notice"), kit.show_first_notice, identifier="me.notice"
                        ),
                    ]
                )
            ]
        case Remark.KEPT_DEFAULT:
            return [parts.live(say("The default avatar stays."))]
        case Remark.SYSTEM_DENIES:
            return [
                parts.live(
                    say(
                        "The system does not let this app read the album. You can change that in"
                        " the system settings. The default avatar stays."
                    )
                )
            ]
