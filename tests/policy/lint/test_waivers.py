"""Waivers: with a reason and a last day, and never hidden."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from components.policy import PackError, load_pack
from components.policy.lint import Level, Report, lint, sarif, text_report

from ..small_pack import write
from .cases import PACK, changed

_BROKEN = changed(((PACK, 'entity = { zh_Hans = "地图公司", en = "Maps Ltd." }\n', ""),))
_RULE = "processor-without-entity"
_WAIVER = f"""\
format = 1

[[waivers]]
rule = "{_RULE}"
place = "pack.toml#recipients.maps.*"
reason = "The name was asked for."
until = 2026-06-30
"""


def _report(folder: Path, waivers: str, today: date) -> Report:
    write(folder, {**_BROKEN, "lint.toml": waivers})
    return lint(load_pack(folder), folder=folder, today=today)


def test_a_waiver_covers_its_finding_until_its_last_day(tmp_path: Path) -> None:
    report = _report(tmp_path, _WAIVER, date(2026, 6, 30))
    assert report.findings == ()
    (waived,) = report.waived
    assert waived.finding.rule == _RULE
    assert waived.waiver.line == 3
    assert "The name was asked for." in text_report(report)
    (result,) = sarif(report)["runs"][0]["results"]
    assert result["suppressions"][0]["justification"] == "until 2026-06-30: The name was asked for."


def test_the_day_after_it_is_a_finding_beside_the_one_it_covered(tmp_path: Path) -> None:
    report = _report(tmp_path, _WAIVER, date(2026, 7, 1))
    assert report.rules == {_RULE, "waiver-expired"}
    assert report.waived == ()
    (expired,) = report.of("waiver-expired")
    assert str(expired.place) == f"lint.toml:3 ({_RULE})"


@pytest.mark.parametrize(
    ("place", "covered"),
    [
        ("pack.toml#recipients.maps.entity", True),
        ("pack.toml*", True),
        ("*", True),
        ("pack.toml", False),
        ("pack.toml#recipients.other.*", False),
    ],
)
def test_its_place_is_a_pattern(tmp_path: Path, place: str, covered: bool) -> None:
    waivers = _WAIVER.replace("pack.toml#recipients.maps.*", place)
    report = _report(tmp_path, waivers, date(2026, 1, 1))
    assert bool(report.waived) is covered
    assert report.rules == (frozenset() if covered else {_RULE, "waiver-unused"})


def test_waivers_cannot_be_waived(tmp_path: Path) -> None:
    unknown = _WAIVER.replace(_RULE, "no-such-rule")
    of_it = (
        _WAIVER.replace(_RULE, "waiver-unknown")
        .replace("format = 1\n", "")
        .replace("pack.toml#recipients.maps.*", "*")
    )
    report = _report(tmp_path, unknown + of_it, date(2026, 1, 1))
    assert report.rules == {_RULE, "waiver-unknown", "waiver-unused"}


def test_without_a_folder_nothing_is_waived_and_no_line_is_known(tmp_path: Path) -> None:
    _report(tmp_path, _WAIVER, date(2026, 1, 1))
    (finding,) = lint(load_pack(tmp_path), today=date(2026, 1, 1)).findings
    assert finding.rule == _RULE
    assert finding.level is Level.WARNING
    assert str(finding.place) == "pack.toml (recipients.maps.entity)"


@pytest.mark.parametrize(
    ("waivers", "line", "problem"),
    [
        (_WAIVER.replace("until = 2026-06-30\n", ""), 3, "`until` is missing"),
        (_WAIVER.replace('reason = "The name was asked for."', 'reason = ""'), 6, "is empty"),
        (_WAIVER.replace("until = 2026-06-30", 'until = "soon"'), 7, "is not a day"),
        (_WAIVER.replace("format = 1", "format = 2"), 1, "not known"),
        (_WAIVER + 'by = "me"\n', 8, "`by` is unknown"),
        ("format = = 1\n", 1, "no TOML"),
    ],
)
def test_a_broken_waiver_file_is_refused(
    tmp_path: Path, waivers: str, line: int, problem: str
) -> None:
    with pytest.raises(PackError) as caught:
        _report(tmp_path, waivers, date(2026, 1, 1))
    (finding,) = caught.value.findings
    assert (finding.file, finding.line) == ("lint.toml", line)
    assert problem in finding.problem


def test_a_waiver_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {**_BROKEN, "lint.toml": b"\xff"})
    with pytest.raises(PackError, match="not UTF-8"):
        lint(load_pack(tmp_path), folder=tmp_path)
