"""A report as SARIF 2.1.0 (OASIS), which code hosts and editors show."""

from __future__ import annotations

import hashlib
from typing import Any

from ..model import Finding, Report, Waiver
from ..ruleset import rule_set

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: Report) -> dict[str, Any]:
    """The report as a SARIF log with one run, ready for ``json.dumps``.

    A waived finding is there with a suppression, so that nothing is hidden. Places are logical
    (a screen is no file); boxes are properties, in logical pixels.
    """
    rules = rule_set().rules
    known = {rule.id: number for number, rule in enumerate(rules)}
    results = [_result(finding, known) for finding in report.findings]
    results += [
        {**_result(finding, known), "suppressions": [_suppression(waiver)]}
        for finding, waiver in report.waived
    ]
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "mingshi fairness",
                        "version": report.rules_version,
                        "properties": {"digest": report.rules_digest},
                        "rules": [
                            {
                                "id": rule.id,
                                "shortDescription": {"text": rule.title},
                                "fullDescription": {"text": f"{rule.title}. {rule.source}."},
                                "help": {"text": f"{rule.remedy}. See docs/fairness.md."},
                                "defaultConfiguration": {"level": rule.level.value},
                            }
                            for rule in rules
                        ],
                    }
                },
                "automationDetails": {"id": f"fairness/{report.subject.name}"},
                "results": results,
            }
        ],
    }


def _suppression(waiver: Waiver) -> dict[str, Any]:
    told = f"{waiver.by}, {waiver.decided.isoformat()}, until {waiver.until.isoformat()}"
    return {
        "kind": "external",
        "status": "accepted",
        "justification": f"{told}: {waiver.reason}",
    }


def _result(finding: Finding, known: dict[str, int]) -> dict[str, Any]:
    where = finding.spot
    address = "/".join(it for it in (where.surface, where.rendering, where.element) if it)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.level.value,
        "message": {"text": f"{finding.evidence}. Remedy: {finding.remedy}."},
        "locations": [
            {"logicalLocations": [{"name": where.surface, "fullyQualifiedName": address}]}
        ],
        "partialFingerprints": {
            "place/v1": hashlib.sha256(f"{finding.rule} {address}".encode()).hexdigest()
        },
    }
    if finding.rule in known:
        result["ruleIndex"] = known[finding.rule]
    if where.box is not None:
        box = where.box
        result["properties"] = {
            "box": {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        }
    return result
