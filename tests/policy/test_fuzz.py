"""Hostile texts: only the documented errors, and work in proportion to length."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.policy import PackError
from components.policy.anymarkdown import read_any_markdown
from components.policy.exporting import export_html, export_markdown, export_text
from components.policy.importing import SourceKind, StraySpaces, import_text, report_text

from .importing.hostile import ANY_TEXT, CHINESE, HTML, MARKDOWN, read_back, without_lines

SHORT, FACTOR = 2_000, 4
STEEPEST = 10.0
"""Times longer that a text ``FACTOR`` times as long may take; quadratic work takes 16 times."""
SHORTEST = 0.02
"""Seconds of processor time below which no ratio is looked at."""

Work = Callable[[str], object]


def read(text: str) -> object:
    return export_markdown(read_any_markdown(text, name="n"))


def importing(kind: SourceKind) -> Work:
    def work(text: str) -> object:
        return report_text(import_text(text, kind, pack_id="a", locale="zh_Hans"))

    return work


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(ANY_TEXT, st.binary(max_size=80)),
    st.sampled_from(list(SourceKind)),
    st.sampled_from(list(StraySpaces)),
)
def test_only_documented_errors(text: str | bytes, kind: SourceKind, stray: StraySpaces) -> None:
    if kind is SourceKind.DOCX and isinstance(text, str):
        text = text.encode("utf-8", "surrogatepass")
    try:
        result = import_text(text, kind, pack_id="a", locale="zh_Hans", stray_spaces=stray)
    except PackError as error:
        assert error.findings
        return
    assert without_lines(read_back(result.document)) == without_lines(result.document)
    assert export_html(result.document, locale="zh_Hans").endswith("</html>\n")
    assert export_text(result.document)


def processor_time(work: Work, text: str) -> float:
    begin = time.process_time()
    try:
        work(text)
    except PackError:
        return 0.0
    return time.process_time() - begin


def steepness(work: Work, unit: str) -> float:
    """How many times longer the longer text took.

    Whatever else the machine does only lengthens a time, so the least of several is the nearest;
    the short text, of which little suffices to change the ratio, is timed before and after.
    """
    short = unit * (SHORT // len(unit) + 1)
    short_time = long_time = ratio = float("inf")
    for _ in range(4):
        short_time = min(short_time, processor_time(work, short))
        long_time = min(long_time, processor_time(work, short * FACTOR))
        if long_time < SHORTEST:
            return 0.0
        short_time = min(short_time, processor_time(work, short))
        ratio = long_time / max(short_time, 1e-9)
        if ratio < STEEPEST:
            break
    return ratio


OPEN_ENDED = (
    *("*a ", "**a", "**词", "*a_ ", "[", "[a](", "![", "![a](", "`a", "<a ", "&a", "> a\n"),
    *("- a\n", "|a|b|\n|-|-|\n|a|b|c|\n", "[a]: b\n", "[a\n", "[a]: <b> 'x\n", "# a\n", "# 词\n"),
    *("[x](#a) ", "a  \n", "```\n", "***a", "[a](((", "[a](<b", "\\", "{#", "<br>", "a\n\n"),
)
IN_TEXT = (
    "1、甲\n",
    "(1)",
    "不\uf967",
    "词 ",
    "票票",
    "《甲》",
    "SDK名称：甲\n",
    "①",
    "a@",
    "。词",
)
IN_HTML = ("<!--", "</", "<a ", "<a b='", "<?", "<svg>", "<p>x", "<li>a", "<td>a", "<br>", "x<h2>")


@pytest.mark.parametrize("unit", OPEN_ENDED)
def test_markdown_takes_linear_time(unit: str) -> None:
    assert steepness(read, unit) < STEEPEST


@pytest.mark.parametrize("unit", IN_TEXT)
def test_text_takes_linear_time(unit: str) -> None:
    assert steepness(importing(SourceKind.TEXT), unit) < STEEPEST


@pytest.mark.parametrize("unit", IN_HTML)
def test_html_takes_linear_time(unit: str) -> None:
    assert steepness(importing(SourceKind.HTML), unit) < STEEPEST


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from([*MARKDOWN, *CHINESE, *HTML]), min_size=1, max_size=4).map("".join),
    st.sampled_from([SourceKind.TEXT, SourceKind.MARKDOWN, SourceKind.HTML]),
)
def test_anything_repeated_takes_linear_time(unit: str, kind: SourceKind) -> None:
    assert steepness(importing(kind), unit) < STEEPEST


def test_quadratic_work_would_be_seen() -> None:
    def quadratic(text: str) -> object:
        return sum(1 for _ in text[::4] for _ in text[::8])

    assert steepness(quadratic, "a" * 20) > STEEPEST


def test_a_line_of_ten_megabytes_costs_nothing() -> None:
    text = "[*_`" * 2_500_000
    tracemalloc.start()
    try:
        for work in (read, importing(SourceKind.TEXT), importing(SourceKind.HTML)):
            assert processor_time(work, text) == 0.0
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
