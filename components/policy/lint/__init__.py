"""Hold a policy pack against the law's catalogue of requirements, before anybody publishes it."""

from __future__ import annotations

from .catalogue import RULES, rule_table
from .linter import lint
from .model import Finding, Level, Place, Profile, Report, Rule, Waived, Waiver
from .sarif import sarif
from .text_report import text_report

__all__ = [
    "RULES",
    "Finding",
    "Level",
    "Place",
    "Profile",
    "Report",
    "Rule",
    "Waived",
    "Waiver",
    "lint",
    "rule_table",
    "sarif",
    "text_report",
]
