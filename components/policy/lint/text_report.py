"""A report as a person reads it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from .model import Finding, Level, Report


def text_report(report: Report) -> str:
    """The report in lines: findings by level, then what is waived, then the sum."""
    lines = [f"{report.pack} {report.version}, rules: {report.profile}", ""]
    for level, findings in groupby(report.findings, key=lambda finding: finding.level):
        of_level = list(findings)
        lines.append(f"{level.upper()} ({len(of_level)})")
        for finding in of_level:
            lines += _told(finding)
        lines.append("")
    if report.waived:
        lines.append(f"WAIVED ({len(report.waived)})")
        for item in report.waived:
            lines.append(f"  {item.finding.place}: {item.finding.rule}: {item.finding.message}")
            lines.append(f"    until {item.waiver.until}: {item.waiver.reason}")
        lines.append("")
    counts = Counter(finding.level for finding in report.findings)
    sums = ", ".join(f"{level}: {counts[level]}" for level in reversed(Level))
    verdict = "publishable" if report.publishable else "NOT PUBLISHABLE"
    lines.append(f"{verdict}; {sums}, waived: {len(report.waived)}")
    return "\n".join(lines) + "\n"


def _told(finding: Finding) -> list[str]:
    return [
        f"  {finding.place}: {finding.rule}",
        f"    {finding.message}.",
        f"    Remedy: {finding.remedy}.",
        f"    Source: {finding.source}.",
    ]
