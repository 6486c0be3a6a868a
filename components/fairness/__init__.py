"""Fairness: is a consent screen, as it is really drawn, free of manipulation?

    screen = await measure(page, name="first notice", locale="zh_Hans")
    report = judge(Subject("my app", screens=(screen,)))
    assert report.fair, text_report(report)

The rules are pure functions over plain data (`Subject`); adapters collect the data, from Flet's
control tree, from Chromium, and from a policy pack. ``docs/fairness.md`` has all of it.
"""

from __future__ import annotations

from .effort import Effort, effort_of_all, efforts
from .happenings import Event, Happening, Trace
from .judging import judge
from .labels import Saying, saying
from .model import Finding, Level, Report, Rule, Standing, Waiver
from .ruleset import RuleSet, rule_set
from .subject import Box, Element, Form, Ink, Look, Part, Picture, Role, Screen, Subject
from .waivers import read_waivers
from .ways import Place, ScreenGraph, Step, Via
from .words_shown import Change, Clause, Layer, Statement, Texts

__all__ = [
    "Box",
    "Change",
    "Clause",
    "Effort",
    "Element",
    "Event",
    "Finding",
    "Form",
    "Happening",
    "Ink",
    "Layer",
    "Level",
    "Look",
    "Part",
    "Picture",
    "Place",
    "Report",
    "Role",
    "Rule",
    "RuleSet",
    "Saying",
    "Screen",
    "ScreenGraph",
    "Standing",
    "Statement",
    "Step",
    "Subject",
    "Texts",
    "Trace",
    "Via",
    "Waiver",
    "effort_of_all",
    "efforts",
    "judge",
    "read_waivers",
    "rule_set",
    "saying",
]
