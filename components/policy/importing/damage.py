"""What converting a PDF does to Chinese text, and how it is undone.

All of this looks at the characters as they came. A compatibility ideograph and its twin are one
character after any Unicode normalisation, and then nobody can tell a doubled glyph (理理) from a
word that is written so (息息相关).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from .repairs import Remark, Repair, without_overlaps

HAN = "\\u3400-\\u9fff\\uf900-\\ufaff\\U00020000-\\U0003ffff"
"""Chinese characters, as the inside of a regular expression's class."""

PUNCTUATION = "\\u3000-\\u303f\\uff00-\\uffef\\u2018-\\u201d\\u2014\\u2026"
"""Chinese punctuation, likewise."""

MOST_REMARKS = 200
"""Places listed for one rule; of more, their number is given."""


class StraySpaces(StrEnum):
    """Whether spaces between Chinese characters are taken out.

    ``AUTOMATIC``: only in a text that also has doubled glyphs, which shows the damage; elsewhere
    such spaces are often meant (第一部分 定义). ``DELETE`` and ``KEEP`` decide for the text.
    """

    AUTOMATIC = "automatic"
    DELETE = "delete"
    KEEP = "keep"


class SourceForm(StrEnum):
    """What the text is: ``PLAIN`` lines, or ``MARKDOWN``, where leading blanks have meaning."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


_COMPATIBILITY = re.compile("[\\uf900-\\ufaff\\U0002f800-\\U0002fa1f]")
_SPACE_WITHIN = re.compile(f"(?<=[{HAN}{PUNCTUATION}]) +(?=[{HAN}{PUNCTUATION}])")
_SPACE_AT_START = re.compile(r"^ +(?=\S)", re.MULTILINE)
_SPACE_AFTER_MARKER = re.compile(r"^(?:第[^\s、]{1,6}[部章节条]分?|[^\s、]{1,4}、)$")
_BOOKMARK = re.compile(r"\[bookmark: page\d+\]")
_WRONG_STOP = re.compile(r"^ *([0-9]{1,3})(。)", re.MULTILINE)
_ITEM = re.compile(r"^ *([0-9]{1,3})[.．、]", re.MULTILINE)
_DOUBLED = re.compile(f"([{HAN}])\\1")
_ENDS = "。！？!?；;：:"
_FUSED_HEADING = re.compile(
    f"(?<=[。！？])([ {HAN}]{{4,24}})$",
    re.MULTILINE,
)
_FUSED_ITEM = re.compile("(?<=；)(?=向您提供|软件认证)|(?<=。)(?=开展)")

_REDUPLICATIONS = frozenset(
    "息人天时处种个家户多好慢轻明偏万千层点往常仅刚渐稍频默悄纷深大小高远早晚久细静紧满重"
    "妈爸爷奶哥姐弟妹叔姑舅宝星谢看想试听说问等聊走谈比查找改用帮写读每事年月日步条样代世声"
    "字句页段项件张本位名回次区分秒微屡足隐断丝欣茫漫绵源津累落"
)
"""Characters whose doubling is a word of its own: 往往, 人人, 息息相关."""
_WHERE_WORDS_MEET = {"规规": "法规规定"}

_SUSPECTED = {"够买": "购买", "奔溃": "崩溃", "剪切板": "剪贴板", "拓展卡": "扩展卡"}


def find_damage(
    source: str, stray_spaces: StraySpaces, aliases: Mapping[str, str], form: SourceForm
) -> tuple[list[Repair], list[Remark]]:
    """What is to be repaired in a text, and what was seen and left.

    Args:
        source: The text, before any normalisation.
        stray_spaces: Whether spaces between Chinese characters are taken out.
        aliases: Misspelt names and how they are spelt, as a person confirmed them.
        form: Plain text is also repaired where lines begin and end; in Markdown that has meaning.

    Returns:
        Repairs that do not overlap, in order, and remarks in order.
    """
    doubled = list(_doubled_glyphs(source))
    wanted = stray_spaces is StraySpaces.DELETE or (
        stray_spaces is StraySpaces.AUTOMATIC and doubled != []
    )
    repairs = [*doubled, *_bookmarks(source)]
    remarks: list[Remark] = []
    if wanted:
        repairs += _stray_spaces(source)
    else:
        remarks += _spaces_left(source)
    if form is SourceForm.PLAIN:
        repairs += _leading_spaces(source) if wanted else ()
        repairs += _wrong_stops(source)
        repairs += _title_again(source)
        repairs += _fused_headings(source)
    repairs += _aliases(source, aliases)
    chosen = without_overlaps(repairs)
    remarks += _compatibility_left(source, chosen)
    remarks += _doubled_left(source, chosen)
    remarks += _suspected(source)
    remarks += _terms(source)
    remarks += _repeated(source)
    return chosen, sorted(remarks)


def _doubled_glyphs(source: str) -> Iterator[Repair]:
    for match in _COMPATIBILITY.finditer(source):
        twin = unicodedata.normalize("NFC", match[0])
        if match.start() and source[match.start() - 1] == twin:
            yield Repair(
                match.start(),
                match[0],
                "",
                "doubled-glyph",
                f"U+{ord(match[0]):04X} is the compatibility twin of the {twin} before it",
            )


def _bookmarks(source: str) -> Iterator[Repair]:
    for match in _BOOKMARK.finditer(source):
        yield Repair(match.start(), match[0], "", "bookmark", "a page mark of the converter")


def _stray_spaces(source: str) -> Iterator[Repair]:
    for match in _SPACE_WITHIN.finditer(source):
        yield Repair(
            match.start(), match[0], "", "stray-space", "Chinese is written without spaces"
        )


def _leading_spaces(source: str) -> Iterator[Repair]:
    for match in _SPACE_AT_START.finditer(source):
        yield Repair(match.start(), match[0], "", "leading-space", "a line begins with a space")


def _spaces_left(source: str) -> Iterator[Remark]:
    places = []
    for match in _SPACE_WITHIN.finditer(source):
        before = source[max(0, match.start() - 50) : match.start()].rsplit("\n", 1)[-1]
        if not _SPACE_AFTER_MARKER.match(before) and before[-1:] not in _ENDS:
            places.append(match.start())
    yield from _limited(
        "space-between-han",
        "a space between Chinese characters; delete it by hand if it is a slip",
        [(place, source[max(0, place - 4) : place + 5]) for place in places],
    )


def _wrong_stops(source: str) -> Iterator[Repair]:
    """``2。`` among ``1.`` and ``3.``."""
    numbers = {int(match[1]): match.start() for match in _ITEM.finditer(source)}
    for match in _WRONG_STOP.finditer(source):
        number = int(match[1])
        if number - 1 in numbers or number + 1 in numbers:
            yield Repair(
                match.start(2), "。", ".", "enumerator", "its neighbours are numbered with a point"
            )


def _fused_headings(source: str) -> Iterator[Repair]:
    """A heading that stuck to the paragraph before it: a short tail without a full stop."""
    for match in _FUSED_HEADING.finditer(source):
        words = match[1].replace(" ", "")
        before = source[max(0, match.start() - 21) : match.start()].rsplit("\n", 1)[-1]
        following = source[match.end() : match.end() + 100].lstrip("\n ")
        # What follows must be text under it: not the end, and not another short line.
        after = following.split("\n", 1)[0]
        if 4 <= len(words) < 20 and len(before) > 20 and len(after) > 20:
            yield Repair(
                match.start(),
                "",
                "\n\n",
                "fused-heading",
                f"{words} has no full stop and stands behind one: a heading",
            )


def _title_again(source: str) -> Iterator[Repair]:
    """The title once more at the end of the paragraph under it."""
    lines = [line for line in re.finditer(r"[^\n]+", source[:20_000]) if line[0].strip()][:2]
    if len(lines) < 2:
        return
    title = lines[0][0].strip()
    if not 4 <= len(title) <= 40:
        return
    tail = re.search(rf"(?<=[。.！!])[ ]*{re.escape(title)} *$", lines[1][0])
    if tail:
        yield Repair(
            lines[1].start() + tail.start(), tail[0], "", "title-again", "the title stands above"
        )


def _aliases(source: str, aliases: Mapping[str, str]) -> Iterator[Repair]:
    for wrong, right in aliases.items():
        if not wrong or wrong == right:
            continue
        start = _common(wrong, right)
        end = _common(wrong[start:][::-1], right[start:][::-1])
        removed = wrong[start : len(wrong) - end]
        inserted = right[start : len(right) - end]
        for match in re.finditer(re.escape(wrong), source):
            reason = f"a person confirmed that {wrong} is {right}"
            yield Repair(match.start() + start, removed, inserted, "alias", reason)


def _common(first: str, second: str) -> int:
    """How many characters two texts begin with alike."""
    length = 0
    while length < min(len(first), len(second)) and first[length] == second[length]:
        length += 1
    return length


def _compatibility_left(source: str, repairs: Iterable[Repair]) -> Iterator[Remark]:
    gone = {repair.offset for repair in repairs if repair.rule == "doubled-glyph"}
    places = [m for m in _COMPATIBILITY.finditer(source) if m.start() not in gone]
    yield from _limited(
        "compatibility-ideograph",
        "normalisation will make it the ordinary character; it doubles nothing",
        [(match.start(), match[0]) for match in places],
    )


def _doubled_left(source: str, repairs: list[Repair]) -> Iterator[Remark]:
    """Doublings in ordinary characters, as they are after the repairs."""
    kept: list[tuple[int, str]] = []
    unsure: list[tuple[int, str]] = []
    # Only what follows from single characters is looked at, so that places stay the source's.
    gone = {place for repair in repairs for place in range(repair.offset, repair.end)}
    shown = [(place, letter) for place, letter in enumerate(source) if place not in gone]
    text = "".join(letter for _, letter in shown)
    for match in _DOUBLED.finditer(text):
        around = text[max(0, match.start() - 3) : match.end() + 3]
        meets = _WHERE_WORDS_MEET.get(match[0], "\n") in around
        place = (shown[match.start()][0], match[0])
        (kept if meets or match[1] in _REDUPLICATIONS else unsure).append(place)
    yield from _limited("reduplication-kept", "written so, or two words that meet", kept)
    yield from _limited(
        "doubled-character",
        "doubled in ordinary characters: a name or a slip; if it is one, give its right spelling",
        unsure,
    )


def _suspected(source: str) -> Iterator[Remark]:
    for wrong, right in _SUSPECTED.items():
        places = [(match.start(), wrong) for match in re.finditer(wrong, source)]
        yield from _limited("suspected-slip", f"probably {right}", places)
    places = [
        (match.start(), source[match.start() : match.start() + 4])
        for match in _FUSED_ITEM.finditer(source)
    ]
    yield from _limited("fused-item", "perhaps a list item of its own; divide it by hand", places)


def _terms(source: str) -> Iterator[Remark]:
    """A title in 《》 that is named once, where one that ends alike is named often."""
    terms: Counter[str] = Counter()
    places: dict[str, int] = {}
    for match in re.finditer(r"《([^《》\n]{2,20})》", source):
        term = re.sub(r"\s", "", unicodedata.normalize("NFC", match[1]))
        terms[term] += 1
        places.setdefault(term, match.start())
    common = [term for term, count in terms.most_common(50) if count > 1]
    for term, count in list(terms.items())[:500]:
        near = [other for other in common if other[:2] == term[:2] or other[-2:] == term[-2:]]
        if count == 1 and near and term not in near:
            reason = f"named once; the text says 《{near[0]}》 {terms[near[0]]} times"
            yield Remark(places[term], f"《{term}》", "term", reason)


def _repeated(source: str) -> Iterator[Remark]:
    seen: set[str] = set()
    places: list[tuple[int, str]] = []
    for match in re.finditer(r"[^\n]+", source):
        words = match[0].strip()
        if len(words) >= 40:
            if words in seen:
                places.append((match.start(), words[:20] + "…"))
            seen.add(words)
    yield from _limited("repeated-paragraph", "the same words stand above", places)


def _limited(rule: str, reason: str, places: list[tuple[int, str]]) -> Iterator[Remark]:
    for offset, text in places[:MOST_REMARKS]:
        yield Remark(offset, text, rule, reason)
    if len(places) > MOST_REMARKS:
        offset, text = places[MOST_REMARKS]
        yield Remark(offset, text, rule, f"and {len(places) - MOST_REMARKS} more such places")
