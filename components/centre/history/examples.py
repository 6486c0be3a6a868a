"""Examples of the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

import flet as ft

from ...consent.event import BASE_NOTICE
from ...consent.gate import purpose_target
from ...consent.ledger import Draft
from ...consent.outbox import Delivery
from ...surface.example import Example, Setting
from ..example_records import by_guardian, chain, many, nothing, withdrawn
from .history import History, HistoryActs
from .view import HistoryView, Subject, history_days, target_name


def _history(
    drafts: Callable[[Setting], list[Draft]],
    *,
    about: str | None = None,
    more: bool = False,
    readable: bool = True,
    elsewhere: int = 0,
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        pack, locale = setting.pack, setting.language.locale
        events = chain(drafts(setting))[::-1]
        target = None if about is None else purpose_target(about)
        shown = [it for it in events if target is None or it.target == target]
        deliveries = {
            it.sequence: Delivery.PENDING if it is events[0] else Delivery.ACKNOWLEDGED
            for it in events
        }
        targets = dict.fromkeys([BASE_NOTICE, *(it.target for it in events)])
        return History(
            HistoryView(
                history_days(
                    pack,
                    shown[: len(shown) - elsewhere],
                    deliveries,
                    locale,
                    others=shown[len(shown) - elsewhere :],
                    zone=UTC,
                ),
                tuple(Subject(it, target_name(pack, it, locale)) for it in targets)
                if events
                else (),
                target,
                more,
                readable,
            ),
            setting.language,
            HistoryActs(
                show=setting.does("show"),
                earlier=setting.does("earlier"),
                keep=setting.does("keep"),
                close=setting.does("close"),
            ),
        )

    return build


EXAMPLES = (
    Example("empty", "Nothing was chosen yet.", _history(nothing)),
    Example("some-days", "Choices of three days; the last is not yet sent.", _history(withdrawn)),
    Example("long", "A page of a long history.", _history(many, more=True)),
    Example(
        "one-purpose",
        "Only what was decided about location.",
        _history(withdrawn, about="nearby-cinema"),
    ),
    Example("guardian", "What a guardian chose for a child.", _history(by_guardian)),
    Example("two-devices", "Two of these were chosen elsewhere.", _history(withdrawn, elsewhere=2)),
    Example("unreadable", "The record cannot be read.", _history(nothing, readable=False)),
)
