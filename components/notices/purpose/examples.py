"""Examples of a purpose's question."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from .purpose import PurposeQuestion


def _analytics(setting: Setting) -> ft.Control:
    purpose = setting.pack.purposes["usage-analytics"]
    say = setting.language.gettext
    return PurposeQuestion(
        setting.pack,
        purpose,
        setting.pack.main_clause(purpose.clauses, setting.language.locale),
        setting.language,
        accept=say("Agree"),
        refuse=say("Not now"),
        on_choice=setting.does("choose"),
        on_read=setting.does("read"),
    )


EXAMPLES = (Example("analytics", "A purpose that takes no permission.", _analytics, fills=False),)
