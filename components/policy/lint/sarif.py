"""A report as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the files."""

from __future__ import annotations

from typing import Any

from .catalogue import RULES
from .model import Finding, Report, Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "docs/lint.md"


def sarif(report: Report) -> dict[str, Any]:
    """The report as a SARIF log with one run, ready for ``json.dumps``.

    A waived finding is there with a suppression, so that nothing is hidden.
    """
    rules = list(RULES.values())
    position = {rule.id: number for number, rule in enumerate(rules)}
    results = [_result(finding, position) for finding in report.findings]
    for item in report.waived:
        reason = f"until {item.waiver.until}: {item.waiver.reason}"
        suppression = {"kind": "external", "status": "accepted", "justification": reason}
        results.append({**_result(item.finding, position), "suppressions": [suppression]})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "mingshi lint",
                        "rules": [_descriptor(rule) for rule in rules],
                    }
                },
                "automationDetails": {"id": f"{report.pack}/{report.version}/{report.profile}"},
                "originalUriBaseIds": {"PACK": {"description": {"text": "The pack's folder"}}},
                "results": results,
            }
        ],
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}. Source: {rule.source}."},
        "help": {"text": f"See {_HOME}."},
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"tags": [*sorted(rule.profiles), *rule.requirements]},
    }


def _result(finding: Finding, position: dict[str, int]) -> dict[str, Any]:
    place = finding.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": place.file, "uriBaseId": "PACK"}}
    if place.line:
        physical["region"] = {"startLine": place.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.entry:
        location["logicalLocations"] = [{"fullyQualifiedName": place.entry}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": position[finding.rule],
        "level": finding.level.value,
        "message": {"text": f"{finding.message}. Remedy: {finding.remedy}."},
        "locations": [location],
        "partialFingerprints": {"place/v1": f"{finding.rule} {place.address}"},
    }
