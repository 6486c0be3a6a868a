"""A report as one HTML file that needs nothing else: each screen with a box for each finding."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape

from ..model import Finding, Report, Standing
from ..subject import Box, Screen
from .text import NOT_FOR_MACHINES, cost_text

_STYLE = """\
:root { color-scheme: light dark; --line: #7776; --error: #b3261e; --warning: #7a5900;
  --note: #1f5f6b; }
@media (prefers-color-scheme: dark) { :root { --error: #ff9d94; --warning: #f3c15c;
  --note: #8fd3e0; } }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto;
  padding: 0 1.25rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: start;
  vertical-align: top; padding: .45rem .7rem .45rem 0; border-bottom: 1px solid var(--line); }
.error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); }
.level { font-weight: 600; white-space: nowrap; }
.screen { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr); gap: 2rem;
  align-items: start; }
@media (max-width: 52rem) { .screen { grid-template-columns: minmax(0, 1fr); } }
svg { width: 100%; height: auto; border: 1px solid var(--line); }
.numbered { counter-reset: number; padding: 0; list-style: none; }
.numbered li { border-bottom: 1px solid var(--line); padding: .6rem 0; }
.facts { color: color-mix(in srgb, currentColor 75%, transparent); }
"""
_COLOURS = {"error": "#b3261e", "warning": "#b07a00", "note": "#1f5f6b"}


def html_report(report: Report) -> str:
    """The report as an HTML page; pictures and style are in it, and no script."""
    title = f"Fairness of {report.subject.name}"
    return "".join(
        [
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "img-src data:; style-src 'unsafe-inline'\">"
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            *_head(report),
            *_screens(report),
            *_elsewhere(report),
            *_waivers(report),
            *_effort(report),
            *_rules(report),
            f"<p>{escape(NOT_FOR_MACHINES)}</p></body></html>\n",
        ]
    )


def _head(report: Report) -> Iterator[str]:
    count = report.standings
    verdict = "No error was found." if report.fair else "There are errors."
    yield (
        f"<p><strong>{verdict}</strong> {count.get(Standing.KEPT, 0)} rules kept, "
        f"{count.get(Standing.BROKEN, 0)} broken, {count.get(Standing.UNJUDGED, 0)} not judged.</p>"
        f'<p class="facts">Rules {escape(report.rules_version)}, digest '
        f"<code>{report.rules_digest}</code></p>"
    )


def _screens(report: Report) -> Iterator[str]:
    for screen in report.subject.screens:
        mine = [
            it
            for it in report.findings
            if (it.spot.surface, it.spot.rendering) == (screen.name, screen.rendering)
        ]
        if screen.picture is None and not mine:
            continue
        yield (
            f"<section><h2>{escape(screen.name)} "
            f'<span class="facts">{escape(screen.rendering)}</span></h2><div class="screen"><div>'
        )
        yield _picture(screen, mine)
        yield '</div><ol class="numbered">'
        for number, finding in enumerate(mine, start=1):
            yield f"<li>{_finding(finding, number)}</li>"
        yield (
            "</ol></div></section>" if mine else "<li>Nothing was found.</li></ol></div></section>"
        )


def _picture(screen: Screen, findings: list[Finding]) -> str:
    if screen.picture is None:
        return "<p>No picture was taken.</p>"
    data = b64encode(screen.picture.png).decode()
    width, height = f"{screen.width:g}", f"{screen.height:g}"
    boxes = "".join(
        _box(number, finding, finding.spot.box, screen)
        for number, finding in enumerate(findings, start=1)
        if finding.spot.box is not None
    )
    name = escape(f"{screen.name} as drawn, {screen.rendering}", quote=True)
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{name}">'
        f'<image href="data:image/png;base64,{data}" width="{width}" height="{height}"/>'
        f"{boxes}</svg>"
    )


def _box(number: int, finding: Finding, box: Box, screen: Screen) -> str:
    colour = _COLOURS[finding.level.value]
    radius = max(9.0, screen.width / 45)
    x = min(max(box.x, radius), screen.width - radius)
    # Several findings about one element stand beside each other.
    x = min(x + 2.1 * radius * ((number - 1) % 4), screen.width - radius)
    y = min(max(box.y, radius), screen.height - radius)
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
        f'fill="none" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour}"/>'
        f'<text x="{x:g}" y="{y:g}" fill="#fff" font-size="{1.2 * radius:g}" '
        'font-family="sans-serif" text-anchor="middle" dominant-baseline="central">'
        f"{number}</text>"
    )


def _finding(finding: Finding, number: int | None = None) -> str:
    lead = "" if number is None else f"<strong>{number}</strong> "
    element = f"<br>{escape(finding.spot.element)}" if finding.spot.element else ""
    return (
        f'{lead}<span class="level {finding.level.value}">{finding.level.value} '
        f"{escape(finding.rule)}</span> {escape(finding.title)}{element}<br>"
        f"<strong>{escape(finding.evidence)}</strong><br>"
        f"Remedy: {escape(finding.remedy)}<br>"
        f'<span class="facts">{escape(finding.source)}</span>'
    )


def _elsewhere(report: Report) -> Iterator[str]:
    shown = {(it.name, it.rendering) for it in report.subject.screens}
    rest = [it for it in report.findings if (it.spot.surface, it.spot.rendering) not in shown]
    if rest:
        yield '<section><h2>Ways, texts and happenings</h2><ol class="numbered">'
        for finding in rest:
            yield f"<li>{escape(str(finding.spot))}<br>{_finding(finding)}</li>"
        yield "</ol></section>"


def _waivers(report: Report) -> Iterator[str]:
    if not report.waivers:
        return
    yield (
        "<section><h2>Waivers</h2><table><tr><th>Rule</th><th>Surface</th><th>Reason</th>"
        "<th>By</th><th>Decided</th><th>Until</th><th>Findings</th></tr>"
    )
    for waiver in report.waivers:
        count = sum(it is waiver for _, it in report.waived)
        cells = (waiver.rule, waiver.surface, waiver.reason, waiver.by,
                 waiver.decided.isoformat(), waiver.until.isoformat(), str(count))  # fmt: skip
        yield "<tr>" + "".join(f"<td>{escape(it)}</td>" for it in cells) + "</tr>"
    yield "</table>"
    if report.waived:
        yield '<ol class="numbered">'
        for finding, _ in report.waived:
            yield f"<li>{escape(str(finding.spot))}<br>{_finding(finding)}</li>"
        yield "</ol>"
    yield "</section>"


def _effort(report: Report) -> Iterator[str]:
    if not report.effort:
        return
    yield (
        "<section><h2>Predicted effort</h2><p>Taps, and seconds of handling and reading.</p>"
        "<table><tr><th>Purpose</th><th>Agree</th><th>Refuse</th><th>Withdraw</th>"
        "<th>Withdrawing to agreeing</th></tr>"
    )
    for effort in report.effort:
        ratio = effort.withdrawal_ratio
        cells = (
            effort.purpose,
            cost_text(effort.accept),
            cost_text(effort.refuse),
            cost_text(effort.withdraw),
            "–" if ratio is None else f"{ratio:.2f}",
        )
        yield "<tr>" + "".join(f"<td>{escape(it)}</td>" for it in cells) + "</tr>"
    yield "</table></section>"


def _rules(report: Report) -> Iterator[str]:
    yield "<section><h2>All rules</h2><table><tr><th>Rule</th><th>Came out</th></tr>"
    for outcome in report.outcomes:
        reason = f": {outcome.reason}" if outcome.reason else ""
        yield (
            f"<tr><td>{escape(outcome.rule.id)} {escape(outcome.rule.title)}</td>"
            f"<td>{outcome.standing.value}{escape(reason)}</td></tr>"
        )
    yield "</table></section>"
