"""Small screens to hold against single rules."""

from __future__ import annotations

from typing import Any

from components.fairness import Box, Element, Part, Role, Screen, Subject, judge

ACCEPT = Element(
    Role.BUTTON, "同意", "ask.accept", Part.ACCEPT,
    box=Box(190, 580, 150, 48), seen=Box(190, 580, 150, 48),
)  # fmt: skip
REFUSE = Element(
    Role.BUTTON, "不同意", "ask.refuse", Part.REFUSE,
    box=Box(20, 580, 150, 48), seen=Box(20, 580, 150, 48),
)  # fmt: skip
TITLE = Element(
    Role.HEADING,
    "用您的位置查找影院？",
    level=1,
    box=Box(20, 20, 320, 32),
    seen=Box(20, 20, 320, 32),
)


def screen(*elements: Element, **options: Any) -> Screen:
    given = {"name": "ask", "locale": "zh_Hans", "width": 360, "height": 640, "placed": True}
    return Screen(elements=elements or (TITLE, REFUSE, ACCEPT), **{**given, **options})


def broken(rule: str, *screens: Screen, **inputs: Any) -> list[str]:
    """The evidence of one rule."""
    report = judge(Subject("test", screens, **inputs), rules=[rule])
    return [it.evidence for it in report.findings]
