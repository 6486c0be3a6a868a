"""The overview: requests that were made, what can be asked for, and how it is handled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import flet as ft

from ...i18n import Language
from ...surface import parts, tokens
from ...surface.file_saving import Saving
from ..words import about
from .places import Overview
from .view import RightRow, RightsView, Way
from .words import (
    OVER,
    damage_words,
    due_words,
    failure_words,
    own_words,
    request_words,
    short_words,
)

if TYPE_CHECKING:
    from ...sync.rights_store import KeptRequest
    from .rights import RightsActs

_SEE = ("access", "copy", "transfer")
_MEND = ("correct", "supplement")
_STOP = ("restrict", "delete", "close-account")
_EXPLAIN = ("explain",)
_ICONS = {
    "access": "visibility",
    "copy": "content_copy",
    "transfer": "drive_file_move",
    "correct": "edit",
    "supplement": "playlist_add",
    "restrict": "pan_tool",
    "delete": "delete",
    "close-account": "person_off",
    "explain": "help",
    "withdraw": "undo",
    "erase": "delete_sweep",
}


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
        due_row(answered_within(view.rights[0], language))
        if _as_fast_as_another(view)
        else ft.Container(),
        *_groups(view, language, acts),
        parts.heading(say("What this device keeps about you"), 2),
        _copy(place, language, acts),
        parts.heading(say("How requests are handled"), 2),
        *how_handled(language),
        parts.action(say("Contact and complaint"), acts.contact, identifier="rights.contact"),
    ]


def due_row(words: str) -> ft.Control:
    """When there will be an answer, with a clock."""
    return ft.Row(
        [
            parts.icon("schedule", color=tokens.QUIET_TEXT),
            ft.Container(parts.note(words), expand=True),
        ],
        spacing=tokens.GAP,
    )


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
                " personal information, or sue in court (Personal Information Protection Law,"
                " Article 50)."
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


def _groups(view: RightsView, language: Language, acts: RightsActs) -> list[ft.Control]:
    """The rights by what a person wants to do, each as a line to press."""
    say, is_open = language.gettext, view.way is Way.OPEN
    stops: list[ft.Control] = [
        parts.way(
            _ICONS["withdraw"],
            say("Take back a consent"),
            acts.centre,
            identifier="rights.centre",
            remark=say("You need not ask for this: you do it yourself, at once."),
        )
    ]
    if is_open:
        stops.append(
            parts.way(
                _ICONS["erase"],
                say("Erase the consent record at the service now"),
                acts.ask_erasure,
                identifier="rights.erase",
                remark=say("You need not ask for this: you do it yourself, at once."),
            )
        )
    return [
        _group(say("See it and take it with you"), _SEE, view, language, acts),
        _group(say("Put it right"), _MEND, view, language, acts),
        _group(say("Stop or delete"), _STOP, view, language, acts, stops),
        _group(say("Have it explained"), _EXPLAIN, view, language, acts),
    ]


def _group(
    title: str,
    kinds: Sequence[str],
    view: RightsView,
    language: Language,
    acts: RightsActs,
    more: Sequence[ft.Control] = (),
) -> ft.Control:
    rows = (row for kind in kinds if (row := view.right(kind)) is not None)
    return parts.card(
        [
            parts.heading(title, 3),
            ft.Column([*(_right(it, view, language, acts) for it in rows), *more], spacing=0),
        ],
        key=f"rights-{kinds[0]}",
    )


def _right(row: RightRow, view: RightsView, language: Language, acts: RightsActs) -> ft.Control:
    """One right: a way to its form, or, where nothing can be asked for, what it is."""
    short = short_words(row.kind, language)
    if not _as_fast_as_another(view):
        due = answered_within(row, language)
        short = language.gettext("{first} {second}", first=short, second=due)
    if view.way is Way.OPEN:
        return parts.way(
            _ICONS[row.kind],
            row.name,
            acts.choose,
            row.kind,
            identifier=f"ask.{row.kind}",
            remark=short,
        )
    clause = language.gettext("Clause: {title}", title=row.clause_title or "")
    return ft.Container(
        parts.point(
            _ICONS[row.kind],
            row.name,
            short,
            parts.link(
                clause,
                acts.read,
                row.clause,
                identifier=f"right-clause.{row.kind}",
                spoken=about(clause, row.name, language),
            )
            if row.clause is not None and row.clause_title is not None
            else ft.Container(),
        ),
        padding=ft.Padding.symmetric(vertical=tokens.GAP),
    )


def answered_within(row: RightRow, language: Language) -> str:
    """How long an answer may take."""
    return language.ngettext(
        "Answered within {number} working day.",
        "Answered within {number} working days.",
        row.working_days,
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
