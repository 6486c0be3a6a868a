"""The telling of a comparison as text for a terminal and as Markdown for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..characters import is_cjk
from .document_changes import DocumentDiff
from .pack_changes import PackDiff
from .telling import Line, plain, tell_document
from .telling_packs import tell_pack
from .wording import ENGLISH, DiffWording
from .words import Change, WordRun, WordRuns, new_words

_LONGEST_KEPT = 96
_LEFT_OF_KEPT = 40
"""Widths in columns; a Chinese character takes two."""
_GAP = " … "


def as_text(
    diff: DocumentDiff | PackDiff, wording: DiffWording = ENGLISH, locale: str | None = None
) -> str:
    """A comparison for a terminal.

    Deleted words stand in ``[-…-]``, inserted ones in ``{+…+}``; long stretches that were kept
    are shortened. Lines begin with ``+`` (new), ``-`` (gone), ``~`` (changed), ``>`` (moved here)
    or ``<`` (moved away).

    Args:
        diff: What changed.
        wording: The words in which it is told.
        locale: Of a pack, the language of names and the only one whose full text is told.
    """
    return "".join(f"{_text_line(line)}\n" for line in _lines(diff, wording, locale))


def as_markdown(
    diff: DocumentDiff | PackDiff, wording: DiffWording = ENGLISH, locale: str | None = None
) -> str:
    """A comparison as Markdown with ``<del>`` and ``<ins>``; arguments as for :func:`as_text`."""
    lines = list(_lines(diff, wording, locale))
    if isinstance(diff, DocumentDiff):
        lines.insert(0, plain(new_words(diff.title), "#", 1))
    written: list[str] = []
    was_item = False
    for line in lines:
        if line == plain(""):
            continue
        text, is_item = _markdown_line(line)
        if written and not (was_item and is_item):
            written.append("")
        written.append(text)
        was_item = is_item
    return "\n".join(written) + "\n"


def _lines(
    diff: DocumentDiff | PackDiff, wording: DiffWording, locale: str | None
) -> Iterator[Line]:
    if isinstance(diff, PackDiff):
        return tell_pack(diff, wording, locale)
    return tell_document(diff, wording)


_TEXT_MARKS = {Change.KEPT: "{}", Change.DELETED: "[-{}-]", Change.INSERTED: "{{+{}+}}"}
_MARKDOWN_MARKS = {
    Change.KEPT: "{}",
    Change.DELETED: "<del>{}</del>",
    Change.INSERTED: "<ins>{}</ins>",
}


def _text_line(line: Line) -> str:
    if line.sign == "#":
        return f"\n{line.text}"
    if line.sign in ("+", "-", "<"):  # the sign says it all
        told = line.text + "".join(run.text for run in line.words)
    else:
        told = line.text + "".join(_TEXT_MARKS[run.change].format(run.text) for run in _told(line))
    sign = f"{line.sign} " if line.sign else ""
    note = f"  ({line.note})" if line.note else ""
    return f"{'    ' * line.depth}{sign}{_flat(told)}{note}".rstrip()


def _markdown_line(line: Line) -> tuple[str, bool]:
    """A line as Markdown, and whether it is an item of a list."""
    if line.sign == "#":
        return f"{'#' * line.depth} {_escaped(line.text)}", False
    told = _escaped(line.text) + "".join(
        _MARKDOWN_MARKS[run.change].format(_escaped(run.text)) for run in _told(line)
    )
    note = f" *({_escaped(line.note)})*" if line.note else ""
    if line.title:
        return f"### {told}{note}", False
    if not line.depth and not line.sign:
        return f"{told}{note}", False
    return f"{'  ' * max(line.depth - 1, 0)}- {told}{note}", True


_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def _escaped(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return _MARKDOWN.sub(r"\\\1", _flat(text).replace("&", "&amp;"))


def _flat(text: str) -> str:
    """Cells of a row apart by bars, hard breaks as blanks."""
    return text.replace("\t", " | ").replace("\n", " ")


def _told(line: Line) -> WordRuns:
    """The words of a line; of a long stretch that was kept, only what stands near a change."""
    if line.title:
        return line.words
    last = len(line.words) - 1
    return tuple(
        WordRun(run.change, _shortened(run.text, position, last))
        if run.change is Change.KEPT
        else run
        for position, run in enumerate(line.words)
    )


def _shortened(text: str, position: int, last: int) -> str:
    if sum(map(_width, text)) <= _LONGEST_KEPT:
        return text
    # A line is known by how it begins, whether a change stands there or not.
    left = _beginning(text)
    right = _beginning(text[::-1])[::-1] if position < last or not position else ""
    return f"{left.rstrip()}{_GAP}{right.lstrip()}" if right else f"{left.rstrip()}{_GAP.rstrip()}"


def _width(character: str) -> int:
    return 2 if is_cjk(character) else 1


def _beginning(text: str) -> str:
    """A text up to about :data:`_LEFT_OF_KEPT` columns, not cut inside a word."""
    end = width = 0
    for position, character in enumerate(text):
        width += _width(character)
        if character.isspace() or is_cjk(character):
            end = position + 1
        if width >= _LEFT_OF_KEPT:
            return text[: end or position + 1]
    return text
