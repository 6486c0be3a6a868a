"""What ``mingshi fairness`` found on the build that was studied, from the file it writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .fault import ReportFault

LEVELS = ("error", "warning", "note")


@dataclass(frozen=True)
class FairnessFinding:
    """One rule that the build breaks.

    Attributes:
        rule: Its id.
        level: ``error``, ``warning`` or ``note``.
        title: What it asks.
        places: On how many surfaces it is broken.
        waived: Whether that was decided on, with a reason.
    """

    rule: str
    level: str
    title: str
    places: int
    waived: bool


@dataclass(frozen=True)
class FairnessDigest:
    """A build's fairness in short.

    Attributes:
        subject: What was measured.
        rules_version: By which set of rules.
        rules_digest: The set's digest: results under the same one are comparable.
        rules: How many rules the set has.
        findings: The rules that are broken, the gravest first.
    """

    subject: str
    rules_version: str
    rules_digest: str
    rules: int
    findings: tuple[FairnessFinding, ...]

    def count(self, level: str) -> int:
        """How many rules of a level are broken and not waived."""
        return sum(it.level == level and not it.waived for it in self.findings)


def read_digest(path: Path) -> FairnessDigest:
    """Read what ``mingshi fairness --format sarif --output FILE`` has written.

    Raises:
        ReportFault: It is not there, or is something else.
    """
    remedy = "write it with `mingshi fairness SUBJECT --format sarif --output FILE`"
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReportFault(path, f"it cannot be read: {error.strerror}", remedy) from error
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise ReportFault(f"{path}:{line}", f"it is no JSON: {error}", remedy) from error
    try:
        return _digest(values["runs"][0])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ReportFault(
            path, f"it is no report of `mingshi fairness`: {error!r} is missing or wrong", remedy
        ) from error


def _digest(run: Mapping[str, Any]) -> FairnessDigest:
    driver = run["tool"]["driver"]
    titles = {it["id"]: str(it["shortDescription"]["text"]) for it in driver["rules"]}
    places: dict[tuple[str, str, bool], set[str]] = {}
    for result in run["results"]:
        level = LEVELS[LEVELS.index(result["level"])]
        key = (str(result["ruleId"]), level, bool(result.get("suppressions")))
        where = result["locations"][0]["logicalLocations"][0]["name"]
        places.setdefault(key, set()).add(str(where))
    findings = [
        FairnessFinding(rule, level, titles.get(rule, rule), len(where), waived)
        for (rule, level, waived), where in places.items()
    ]
    findings.sort(key=lambda it: (it.waived, LEVELS.index(it.level), it.rule))
    return FairnessDigest(
        subject=str(run["automationDetails"]["id"]).removeprefix("fairness/"),
        rules_version=str(driver["version"]),
        rules_digest=str(driver["properties"]["digest"]),
        rules=len(titles),
        findings=tuple(findings),
    )
