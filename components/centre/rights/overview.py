"""The overview: requests that were made, what can be asked for, and how it is handled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.file_saving import Saving
from .places import Overview
from .view import RightRow, RightsView, Way
from .words import OVER, damage_words, due_words, failure_words, own_words, request_words

if TYPE_CHECKING:
    from ...sync.rights_store import KeptRequest
    from .rights import RightsActs


def overview(
    view: RightsView, place: Overview, language: Language, acts: RightsActs
) -> list[ft.Control]:
    """The controls of the overview."""
    say = language.gettext
    return [
        _way(view.way, language, acts),
        parts.heading(say("Your requests"), 2),
        slot(_requests(view, language, acts), "requests"),
        parts.heading(say("What you can ask for"), 2),
        # Said once where it is the same for all of them.
        parts.note(answered_within(view.rights[0], language))
        if _as_fast_as_another(view)
        else ft.Container(),
        *(_right(row, view, language, acts) for row in view.rights),
        _withdrawal(language, acts),
        parts.heading(say("What this device keeps about you"), 2),
        _copy(place, language, acts),
        parts.heading(say("How requests are handled"), 2),
        *how_handled(language),
        parts.action(say("Contact and complaint"), acts.contact, identifier="rights.contact"),
    ]


def slot(controls: list[ft.Control], name: str) -> ft.Control:
    """A place in a list that stays when what stands in it changes in number."""
    return ft.Container(
        # Under another key it is another column: Flet then puts it in anew, not piece by piece.
        ft.Column(
            controls,
            spacing=tokens.GAP_LARGE,
            # As wide as what stands around it: buttons below each other are of one width.
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            key=f"{name}-{len(controls)}",
        ),
        key=name,
    )


def how_handled(language: Language) -> list[ft.Control]:
    """Cost, identity, and what is open to somebody who is refused."""
    say = language.gettext
    return [
        parts.point(
            "payments",
            say("What it costs"),
            say(
                "Reasonable requests are free. Only for requests repeated beyond what is reasonable"
                " may the cost be charged, if the policy says so."
            ),
        ),
        parts.point(
            "verified_user",
            say("No extra data"),
            say(
                "Your device proves that the request comes from you, with a secret that it made"
                " itself. No identity card and no photo of your face are asked for here."
            ),
        ),
        parts.point(
            "gavel",
            say("If you are refused"),
            say(
                "You get the reason in writing. You can complain to the department that protects"
                " personal information (Personal Information Protection Law, Article 65) or sue in"
                " court (Article 50)."
            ),
        ),
    ]


def _way(way: Way, language: Language, acts: RightsActs) -> ft.Control:
    say = language.gettext
    if way is Way.OPEN:
        return ft.Container()
    if way is Way.NONE:
        return parts.card(
            [
                parts.body(say("Requests cannot be sent from this app. Phone and post work.")),
                parts.action(say("Phone and post"), acts.contact, identifier="rights.other-ways"),
            ]
        )
    return parts.card(
        [
            parts.body(
                say(
                    "You have not agreed to the privacy notice, so nothing leaves this device, not"
                    " even a request. Phone and post need no agreement."
                )
            ),
            parts.action(say("Phone and post"), acts.contact, identifier="rights.other-ways"),
            parts.action(say("Show the notice"), acts.notice, identifier="rights.notice"),
        ]
    )


def _requests(view: RightsView, language: Language, acts: RightsActs) -> list[ft.Control]:
    say = language.gettext
    if view.requests is None:
        return [
            parts.live(
                say(
                    "The requests on this device cannot be read now. Restart the app or free some"
                    " space. Phone and post still work."
                )
            )
        ]
    anew = parts.card([parts.live(damage_words(language))], key="anew")
    told_of_damage = [anew] if view.was_damaged else []
    if not view.requests:
        return [*told_of_damage, parts.note(say("You have not asked for anything yet."))]
    told = (
        ft.Container()
        if view.reached is None
        else parts.live(failure_words(view.reached, language))
    )
    return [
        *told_of_damage,
        ft.Container(told, key="reached"),
        *(_request(it, view, language, acts) for it in view.requests),
        parts.action(say("Look again"), acts.look, identifier="rights.look", icon_name="refresh"),
    ]


def _request(
    kept: KeptRequest, view: RightsView, language: Language, acts: RightsActs
) -> ft.Control:
    id_ = kept.request.request_id
    name = kind_name(kept, language)
    state = kept.state
    is_due = state is not None and state.status not in OVER
    return parts.card(
        [
            parts.heading(name, 3),
            ft.Semantics(
                content=ft.Text(
                    request_words(kept, language),
                    theme_style=ft.TextThemeStyle.LABEL_LARGE,
                    color=tokens.TEXT,
                ),
                live_region=True,
                identifier=f"request-status.{id_}",
            ),
            parts.note(due_words(state.due_on, view.today, language))
            if is_due and state is not None
            else ft.Container(),
            parts.link(
                language.gettext("See this request: {name}", name=name),
                acts.open_request,
                id_,
                identifier=f"request.{id_}",
            ),
        ],
        key=id_,
    )


def kind_name(kept: KeptRequest, language: Language) -> str:
    """What a request is for, in words; also a kind that this kit does not know."""
    try:
        return own_words(kept.request.kind, language)[0]
    except KeyError:
        return language.gettext("Another request")


def _as_fast_as_another(view: RightsView) -> bool:
    return len({row.working_days for row in view.rights}) == 1


def _right(row: RightRow, view: RightsView, language: Language, acts: RightsActs) -> ft.Control:
    say, way = language.gettext, view.way
    ask = (
        parts.action(
            say("Close the account…") if row.kind == "close-account" else say("Ask for this"),
            acts.choose,
            row.kind,
            identifier=f"ask.{row.kind}",
        )
        if way is Way.OPEN
        else ft.Container()
    )
    at_once = (
        parts.action(
            say("Erase the consent record at the service now"),
            acts.ask_erasure,
            identifier="rights.erase",
        )
        if row.kind == "delete" and way is Way.OPEN
        else ft.Container()
    )
    return parts.card(
        [
            parts.heading(row.name, 3),
            parts.body(row.description),
            ft.Container()
            if _as_fast_as_another(view)
            else parts.note(answered_within(row, language)),
            parts.link(
                say("Clause: {title}", title=row.clause_title),
                acts.read,
                row.clause,
                identifier=f"right-clause.{row.kind}",
            )
            if row.clause is not None and row.clause_title is not None
            else ft.Container(),
            ft.Row([ask, at_once], wrap=True, spacing=tokens.GAP, run_spacing=tokens.GAP),
        ],
        key=f"right-{row.kind}",
    )


def answered_within(row: RightRow, language: Language) -> str:
    """How long an answer may take."""
    return language.ngettext(
        "Answered within {number} working day.",
        "Answered within {number} working days.",
        row.working_days,
    )


def _withdrawal(language: Language, acts: RightsActs) -> ft.Control:
    say = language.gettext
    return parts.card(
        [
            parts.heading(say("Take back a consent"), 3),
            parts.body(say("You need not ask for this: you do it yourself, at once.")),
            parts.action(say("Privacy choices"), acts.centre, identifier="rights.centre"),
        ],
        key="right-withdraw",
    )


def _copy(place: Overview, language: Language, acts: RightsActs) -> ft.Control:
    say = language.gettext
    told = {
        None: "",
        Saving.SAVED: say("The copy was saved."),
        Saving.CANCELLED: say("No copy was saved."),
        Saving.FAILED: say("The copy could not be saved. Nothing has changed."),
    }[place.saving]
    return parts.card(
        [
            parts.body(
                say(
                    "Your choices, the requests you made and what the service answered. You can"
                    " take all of it with you at once, without asking anybody."
                )
            ),
            ft.Row(
                [
                    parts.action(
                        say("Save as text"), acts.save_text, identifier="rights.save-text"
                    ),
                    parts.action(
                        say("Save as data (JSON)"), acts.save_data, identifier="rights.save-data"
                    ),
                ],
                wrap=True,
                spacing=tokens.GAP,
                run_spacing=tokens.GAP,
            ),
            parts.announced(told),
        ],
        key="copy",
    )
