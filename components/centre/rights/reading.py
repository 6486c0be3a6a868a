"""One request: how it stands, step by step, and what is open to the person now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from ...i18n import Language
from ...surface import parts
from ...sync.answers import FailureKind
from ...sync.rights_store import KeptRequest, RequestDelivery
from .overview import kind_name, slot
from .places import Reading
from .view import CHINA, RightsView
from .words import OVER, due_words, failure_words, reason_words, request_words, step_words

if TYPE_CHECKING:
    from ...sync.rights import RequestStep
    from .rights import RightsActs

_CAN_BE_TAKEN_BACK = frozenset({"received", "verifying", "accepted"})


def reading(
    view: RightsView, place: Reading, language: Language, acts: RightsActs
) -> tuple[str, list[ft.Control]]:
    """The title and the controls of one request."""
    say = language.gettext
    kept = view.request(place.request_id)
    if kept is None:
        return say("Your request"), [
            parts.heading(say("This request is not known on this device."), 2),
            parts.action(
                say("Back to your rights"), acts.back, identifier="rights.back-from-nothing"
            ),
        ]
    return kind_name(kept, language), [
        ft.Semantics(
            content=parts.heading(request_words(kept, language), 2),
            live_region=True,
            identifier="request.status",
        ),
        _due(kept, view, language),
        _asked(kept, view, language),
        _trouble(kept, view, language),
        slot(_steps(kept, language), "steps"),
        slot(_remedy(kept, view, language, acts), "remedy"),
        _take_back(kept, language, acts),
        parts.action(say("Look again"), acts.look, identifier="rights.look", icon_name="refresh"),
        parts.note(_known(kept, language)),
    ]


def _due(kept: KeptRequest, view: RightsView, language: Language) -> ft.Control:
    state = kept.state
    if state is None or state.status in OVER:
        return ft.Container()
    due = due_words(state.due_on, view.today, language)
    if state.due_is_provisional:
        early = language.gettext(
            "Next year’s public holidays were not announced yet, so this day is counted strictly."
        )
        due = language.gettext("{first} {second}", first=due, second=early)
    return parts.body(due)


def _asked(kept: KeptRequest, view: RightsView, language: Language) -> ft.Control:
    say, request = language.gettext, kept.request
    lines: list[ft.Control] = [
        parts.note(say("Asked for on {when}", when=language.moment(kept.made_at.astimezone(CHINA))))
    ]
    if request.clause is not None:
        title = view.clause_titles.get(request.clause, request.clause)
        lines.append(parts.body(say("About the clause: {title}", title=title)))
    if request.message is not None:
        lines.append(parts.body(say("You wrote: {words}", words=request.message)))
    return parts.card(lines, key="asked")


def _trouble(kept: KeptRequest, view: RightsView, language: Language) -> ft.Control:
    say = language.gettext
    if kept.delivery is RequestDelivery.NOT_TAKEN:
        told = (
            failure_words(FailureKind.ERASED, language)
            if kept.failure is FailureKind.ERASED
            else say(
                "The service does not accept this request as it is. Ask again, or use phone or"
                " post."
            )
        )
    elif kept.failure is not None:
        told = say("This could not be taken back any more: it had been handled already.")
    elif view.reached is not None:
        told = failure_words(view.reached, language)
    else:
        return ft.Container()
    return parts.live(told)


def _steps(kept: KeptRequest, language: Language) -> list[ft.Control]:
    if kept.state is None:
        return [ft.Container()]
    return [
        parts.heading(language.gettext("Step by step"), 3),
        *(_step(step, language) for step in kept.state.steps),
    ]


def _step(step: RequestStep, language: Language) -> ft.Control:
    say = language.gettext
    below: list[ft.Control] = []
    if step.reason is not None:
        below.append(
            parts.body(say("Reason: {reason}", reason=reason_words(step.reason, language)))
        )
    if step.note is not None:
        below.append(parts.body(say("Answer: {words}", words=step.note)))
    icons = {"refused": "block", "done": "check_circle", "extended": "schedule"}
    return ft.Container(
        parts.point(
            icons.get(step.status, "radio_button_checked"),
            step_words(step.status, language),
            language.moment(step.at.astimezone(CHINA)),
            *below,
        ),
        key=f"step-{step.number}",
    )


def _remedy(
    kept: KeptRequest, view: RightsView, language: Language, acts: RightsActs
) -> list[ft.Control]:
    say = language.gettext
    status = None if kept.state is None else kept.state.status
    late = kept.state is not None and status not in OVER and kept.state.due_on < view.today
    refused = status == "refused"
    if not (refused or late or kept.delivery is RequestDelivery.NOT_TAKEN):
        closed = status == "done" and kept.request.kind in ("close-account", "delete")
        return [
            parts.action(
                say("Erase the consent record at the service now"),
                acts.ask_erasure,
                identifier="rights.erase",
            )
            if closed
            else ft.Container()
        ]
    return [
        parts.heading(say("What you can do now"), 3),
        parts.body(
            say(
                "You can complain to the department that protects personal information, sue in"
                " court (Personal Information Protection Law, Article 50), or ask again."
            )
        ),
        parts.action(say("Contact and complaint"), acts.contact, identifier="rights.contact"),
        parts.action(
            say("Ask again"), acts.choose, kept.request.kind, identifier="rights.ask-again"
        ),
    ]


def _take_back(kept: KeptRequest, language: Language, acts: RightsActs) -> ft.Control:
    waiting = kept.delivery is RequestDelivery.WAITING
    status = None if kept.state is None else kept.state.status
    if kept.taking_back or not (waiting or status in _CAN_BE_TAKEN_BACK):
        return ft.Container()
    return parts.action(
        language.gettext("Take the request back"),
        acts.take_back,
        kept.request.request_id,
        identifier="rights.take-back",
    )


def _known(kept: KeptRequest, language: Language) -> str:
    if kept.known_at is None:
        return language.gettext("The service has not confirmed this yet.")
    return language.gettext(
        "As known on {when}. Times and deadlines are those of China.",
        when=language.moment(kept.known_at.astimezone(CHINA)),
    )
