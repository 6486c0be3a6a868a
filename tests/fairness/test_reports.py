"""Reports: what is in them, and that they are what they claim to be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO

from PIL import Image

from components.fairness import Picture, Report, Subject, Waiver, judge, rule_set
from components.fairness.reporting import html_report, sarif, text_report
from components.fairness.unfair.data import refusing_is_further

from .rule_table import rule_table
from .subjects import ACCEPT, TITLE, screen
from .test_labels import DOCUMENT

WAIVER = Waiver("CS-01", "ask", "<decided> & kept", date(2026, 4, 1), date(2027, 5, 1), "Ann")


def picture() -> Picture:
    buffer = BytesIO()
    Image.new("RGB", (360, 640), "white").save(buffer, "PNG")
    return Picture(buffer.getvalue())


def report(*waivers: Waiver) -> Report:
    title = replace(TITLE, name="<b>title</b>", level=2)
    one = screen(title, ACCEPT, picture=picture())
    subject = Subject("a & b", (one,), graph=refusing_is_further("zh_Hans"))
    return judge(subject, waivers=waivers, today=date(2026, 5, 1))


def test_the_text_has_findings_effort_and_what_was_not_judged() -> None:
    text = text_report(report())
    assert "ERROR CS-01" in text and "ERROR CS-05" in text
    assert f"digest {rule_set().digest[:16]}" in text
    assert "withdrawing takes" in text
    assert "Not judged:" in text and "CS-16" in text
    assert "whether people understood" in text


def test_every_report_prints_its_waivers() -> None:
    waived = report(WAIVER)
    assert "CS-01" not in waived.broken
    assert "waived by Ann on 2026-04-01 until 2027-05-01: <decided> & kept" in text_report(waived)
    assert "&lt;decided&gt; &amp; kept" in html_report(waived)
    (result,) = (it for it in sarif(waived)["runs"][0]["results"] if "suppressions" in it)
    assert result["ruleId"] == "CS-01"
    idle = report(replace(WAIVER, surface="elsewhere"))
    assert "Waiver without a finding: CS-01 at elsewhere" in text_report(idle)


def test_the_sarif_is_a_log_of_version_2_1_0() -> None:
    log = sarif(report())
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in rule_set().rules]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
    boxed = [it for it in run["results"] if "properties" in it]
    assert {"x", "y", "width", "height"} == set(boxed[0]["properties"]["box"])
    prints = [it["partialFingerprints"]["place/v1"] for it in run["results"]]
    assert len(prints) == len(set(prints))


class Balance(HTMLParser):
    """Opens and closes of an HTML page."""

    VOID = frozenset({"meta", "br", "image", "rect", "circle"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_the_html_needs_nothing_else_and_shows_numbered_boxes() -> None:
    found = report()
    page = html_report(found)
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)
    assert "<script" not in page and "<b>title</b>" not in page
    mine = [it for it in found.findings if it.spot.surface == "ask"]
    assert page.count("<circle") == sum(it.spot.box is not None for it in mine) > 0
    assert "data:image/png;base64," in page


def test_the_document_lists_the_rules_as_they_are() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    written = text.partition("<!-- rules: begin -->\n")[2].partition("<!-- rules: end -->")[0]
    assert written.strip() == rule_table().strip()
