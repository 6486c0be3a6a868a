"""The set of rules: read from ``rules.toml``, joined to the code, with a version and a digest."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .model import Level, Rule
from .rules import CHECKS

_HERE = Path(__file__).parent
INPUTS = frozenset({"controls", "semantics", "pixels", "graph", "texts", "trace"})
"""What rules may need."""
_DECIDES = ("colours.py", "effort.py", "labels.py", "lexicon.py", "reading.py", "ways.py")


class RuleFault(ValueError):
    """``rules.toml`` and the code do not fit; the message says where."""


@dataclass(frozen=True)
class RuleSet:
    """All rules, as they are in this version.

    Attributes:
        version: Raised by hand when a rule, a limit or a list of words changes.
        digest: SHA-256 over limits, word lists and code; a study stores it beside its data, and
            two results are comparable if it is the same.
        rules: In the order of ``rules.toml``.
    """

    version: str
    digest: str
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule of an id.

        Raises:
            KeyError: there is none.
        """
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


@cache
def rule_set() -> RuleSet:
    """The set of rules that this version of the kit applies.

    Raises:
        RuleFault: ``rules.toml`` and the code do not fit.
    """
    text = (_HERE / "rules.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    version = read.pop("version")
    if apart := set(read) ^ set(CHECKS):
        raise RuleFault(f"in rules.toml or in the code only: {sorted(apart)}")
    return RuleSet(version, _digest(), tuple(_rule(name, entry) for name, entry in read.items()))


def _rule(name: str, entry: dict[str, Any]) -> Rule:
    limits = entry.get("limits", {})
    needs = tuple(entry["needs"])
    if unknown := {one for need in needs for one in need.split("|")} - INPUTS:
        raise RuleFault(f"{name} needs {sorted(unknown)}, which no adapter gives")
    return Rule(
        id=name,
        level=Level(entry["level"]),
        title=entry["title"],
        needs=needs,
        source=entry["source"],
        remedy=entry["remedy"],
        limits={key: float(it) for key, it in limits.items() if not isinstance(it, list)},
        lists={key: tuple(map(float, it)) for key, it in limits.items() if isinstance(it, list)},
        check=CHECKS[name],
    )


def _digest() -> str:
    files = [_HERE / "rules.toml", _HERE / "words.toml", *(_HERE / name for name in _DECIDES)]
    files += sorted((_HERE / "rules").glob("*.py"))
    total = hashlib.sha256()
    for path in files:
        # The same on every system, whatever a checkout made of the ends of lines.
        content = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        total.update(f"{path.relative_to(_HERE).as_posix()}\n{len(content)}\n{content}".encode())
    return total.hexdigest()
