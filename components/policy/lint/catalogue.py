"""All rules, in the order in which the documentation lists them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import (
    abroad,
    conflicts,
    gdpr,
    glyphs,
    labels,
    layers,
    minors,
    parties,
    permissions,
    purposes,
    reading,
    recipients,
    rights,
    separate,
    statements,
    tone,
    versions,
    waivers,
    wording,
)
from .model import Rule

_GROUPS = (
    ("Who decides", parties),
    ("Versions and languages", versions),
    ("Purposes", purposes),
    ("Separate consent", separate),
    ("Recipients", recipients),
    ("Permissions", permissions),
    ("Abroad", abroad),
    ("Children", minors),
    ("Rights", rights),
    ("Claims", statements),
    ("Conflicts", conflicts),
    ("Labels", labels),
    ("Tone", tone),
    ("Layers", layers),
    ("Wording", wording),
    ("Reading", reading),
    ("GDPR list", gdpr),
    ("Fonts", glyphs),
    ("Waivers", waivers),
)


def _rules_of(module: object) -> list[Rule]:
    return [value for value in vars(module).values() if isinstance(value, Rule)]


_RULES = [rule for _, module in _GROUPS for rule in _rules_of(module)]
RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _RULES})
"""Every rule by its id."""

WAIVER_RULES = frozenset(rule.id for rule in _rules_of(waivers))
"""The rules about waivers themselves; they run last and cannot be waived."""


def rule_table() -> str:
    """Every rule as Markdown tables, one for each group: what ``docs/lint.md`` shows."""
    parts = []
    for title, module in _GROUPS:
        rows = [
            f"| `{rule.id}` | {rule.level} | {', '.join(sorted(rule.profiles))} | {rule.title} | "
            f"{rule.source} | {', '.join(rule.requirements) or '-'} |"
            for rule in _rules_of(module)
        ]
        head = (
            f"### {title}",
            "",
            "| id | level | profiles | what it asks for | source | implements |",
            "|---|---|---|---|---|---|",
        )
        parts.append("\n".join((*head, *rows)))
    return "\n\n".join(parts) + "\n"
