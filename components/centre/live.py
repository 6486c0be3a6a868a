"""The consent centre on a host's page, following the record as it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from ..answers import Answer, Outcome
from ..consent.gate import NotPermitted, Verdict
from ..surface.runtime import embed, handler, kit_component, use_part, use_subscription
from ..surface.sheets import show_until_closed
from ..surface.watching import Screen, ScreenName
from .centre import CentreActs, ConsentCentre
from .showing import Remark, Showing, Shown
from .view import centre_view, decided_purposes
from .withdrawing_all import withdraw_all

if TYPE_CHECKING:
    from ..kit import ConsentKit


async def show_centre(kit: ConsentKit) -> None:
    """Show the centre until it is closed."""
    await show_until_closed(
        kit.page,
        lambda close: embed(LiveCentre, kit, on_close=close),
        screen=Screen(ScreenName.CENTRE),
    )


@kit_component
def LiveCentre(kit: ConsentKit, *, on_close: Callable[[], None]) -> ft.Control:
    """The consent centre of a kit.

    Args:
        kit: Whose choices to show and to change.
        on_close: Called when the person is done.
    """
    language = use_part(kit.subscribe, lambda: kit.language)
    # As it was on opening: a row stays in its place while the person decides about it.
    decided = ft.use_memo(lambda: decided_purposes(kit.pack, kit.record.state), [])
    ft.use_effect(handler(kit.mirror_permissions), [], cleanup=lambda: None)
    say = language.gettext

    def look(remark: Remark | None) -> Shown:
        view = centre_view(
            kit.pack,
            kit.record.state,
            locale=kit.language.locale,
            notice_accepted=kit.gate.notice_accepted,
            decided=decided,
            condition=kit.store_condition,
            age=kit.gate.age,
        )
        return Shown(view, kit.sync_state, remark)

    showing = ft.use_memo(lambda: Showing(look(None)), [])
    shown_in = ft.use_ref(language)
    if shown_in.current != language:
        # All is rendered again, from here.
        shown_in.current = language
        showing.now = look(showing.now.remark)

    def changed() -> None:
        if kit.language == language:
            showing.show(look(showing.now.remark))

    use_subscription(kit.subscribe, changed)

    def tell(place: str, words: str) -> None:
        showing.show(look(Remark(place, words)))

    def withdraw(purpose_id: str) -> None:
        try:
            done = kit.withdraw(purpose_id) is not None
        except NotPermitted:
            # Another window was quicker.
            done = True
        tell(purpose_id, _withdrawn(kit) if done else _not_saved(kit))

    async def give(purpose_id: str) -> None:
        showing.show(look(None))
        tell(purpose_id, given_words(kit, await kit.give(purpose_id)))

    def withdraw_everything(label: str) -> None:
        answer = withdraw_all(kit, label)
        number = len(answer.withdrawn)
        words = kit.language.ngettext(
            "{number} consent withdrawn. It holds from now on.",
            "{number} consents withdrawn. It holds from now on.",
            number,
        )
        if answer.left:
            names = [
                kit.pack.text(kit.pack.purposes[it].name, kit.language.locale) for it in answer.left
            ]
            failed = say(
                "Not withdrawn, because it could not be saved: {names}.",
                names=kit.language.listed(names),
            )
            words = say("{first} {second}", first=words, second=failed) if number else failed
        tell("all", words)

    def withdraw_notice() -> None:
        try:
            done = kit.withdraw_notice() is not None
        except NotPermitted:
            done = True
        tell("notice", _withdrawn(kit) if done else _not_saved(kit))

    async def settings() -> None:
        opened = await kit.screens.open_system_settings()
        tell(
            "permissions",
            ""
            if opened
            else say(
                "The settings cannot be opened from here. Open your device’s settings and look"
                " for this app."
            ),
        )

    return ConsentCentre(
        showing,
        kit.texts.withdrawal,
        language,
        CentreActs(
            give=give,
            withdraw=withdraw,
            withdraw_all=withdraw_everything,
            show_notice=kit.show_first_notice,
            withdraw_notice=withdraw_notice,
            system_settings=settings,
            read=kit.open_policy,
            history=kit.screens.history,
            sending=kit.screens.sending,
            collected=kit.screens.collected,
            shared=kit.screens.shared,
            sdks=kit.screens.sdks,
            change_language=kit.screens.language,
            close=on_close,
            summary=kit.screens.summary,
            rights=kit.screens.rights,
            contact=kit.screens.contact,
        ),
    )


def given_words(kit: ConsentKit, answer: Answer) -> str:
    """What there is to say after something was asked from the centre; its status says the rest."""
    say = kit.language.gettext
    match answer.outcome:
        case Outcome.NOT_SAVED:
            return _not_saved(kit)
        case Outcome.NOT_ASKED:
            return {
                Verdict.NOTICE_FIRST: say("Comes after the privacy notice."),
                Verdict.BUSY: say("Another question is open. Answer that first."),
            }.get(answer.verdict, say("This cannot be agreed to here now. It stays off."))
        case _:
            return ""


def _withdrawn(kit: ConsentKit) -> str:
    return kit.language.gettext("Withdrawn. It holds from now on, also without a network.")


def _not_saved(kit: ConsentKit) -> str:
    return kit.language.gettext("This could not be saved on your device. Nothing has changed.")
