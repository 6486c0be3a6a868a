"""Examples of the neutral banner."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE, example_study, the, words
from .neutral_probe import NeutralProbe


def _probe(setting: Setting) -> ft.Control:
    probe = the(example_study().probe)
    locale = setting.language.locale
    return NeutralProbe(
        setting.language,
        title=words(probe.title, locale),
        text=words(probe.body, locale),
        accept=words(probe.accept, locale),
        refuse=words(probe.refuse, locale),
        code=CODE,
        on_choice=setting.does("choose"),
        on_stop=setting.does("stop"),
    )


EXAMPLES = (Example("default", "The banner of a study.", _probe),)
