"""Examples of the consent to be studied."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from ..example_study import CODE, example_study, words
from .research_consent import ResearchConsent


def _consent(setting: Setting, ticked: frozenset[str] = frozenset()) -> ft.Control:
    asked = example_study().consent
    return ResearchConsent(
        setting.language,
        paragraphs=[words(it, setting.language.locale) for it in asked.paragraphs],
        scopes=frozenset(it.value for it in asked.scopes),
        code=CODE,
        ticked=ticked,
        on_agree=lambda scopes: setting.does("agree")(" ".join(sorted(scopes))),
        on_refuse=setting.does("refuse"),
    )


EXAMPLES = (
    Example("default", "Nothing is ticked.", _consent),
    Example(
        "ticked",
        "What is needed is ticked.",
        lambda it: _consent(it, frozenset({"behaviour", "answers"})),
    ),
)
