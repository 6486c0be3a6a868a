"""Runs -> one line of a pack's Markdown, which reads back as the same runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from ..characters import adjoins_chinese
from ..document import Run
from ..inline import Reading, runs_of
from ..parser import policy_parser

_ESCAPED = re.compile(
    r"[\\`*\[\]{}<]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word an underscore stands for itself
    r"|&(?=#?\w+;)"
)
_WRAPS: Sequence[tuple[Callable[[Run], object], Callable[[Run], Run]]] = (
    # The parser reads a link inside a marked word, and not a marked word inside a link.
    (lambda run: run.sensitive, lambda run: replace(run, sensitive=False)),
    (lambda run: run.href, lambda run: replace(run, href=None)),
    (lambda run: run.strong, lambda run: replace(run, strong=False)),
    (lambda run: run.emphasised, lambda run: replace(run, emphasised=False)),
)


def inline_markdown(runs: tuple[Run, ...], *, in_table: bool = False) -> str:
    """The Markdown of one paragraph's, heading's or cell's runs, on one line.

    Args:
        runs: What to write. Runs as :func:`~..anymarkdown.read_any_markdown` and
            :func:`~..markdown.parse_document` make them read back the same.
        in_table: Bars are escaped.
    """
    written = _without_edge_blanks(_nested(runs))
    if any(run != Run(run.text) for run in runs) and _read_back(written) != runs:
        # Marks that touch each other or a letter can be ambiguous. Then each run gets its own
        # marks, those of neighbours differ, and a letter beside a mark is a character reference.
        written = _without_edge_blanks(_apart(runs))
    return written.replace("|", "\\|") if in_table else written


def _read_back(written: str) -> tuple[Run, ...]:
    parser: MarkdownIt = policy_parser()
    tokens = parser.parseInline(written)
    return runs_of(tokens[0], Reading("", []))


def _without_edge_blanks(written: str) -> str:
    """Blanks at the ends as character references; the parser would strip them."""
    inside = written.strip()
    start = written.index(inside)
    blanks = written[:start], written[start + len(inside) :]
    return _references(blanks[0]) + inside + _references(blanks[1])


def _references(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)


def _text(text: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", text)


def _followed(written: str, piece: str) -> str:
    """Two pieces in a row; before a bracket ``!`` would make an image."""
    if written.endswith("!") and piece.startswith("["):
        written = written[:-1] + "\\!"
    return written + piece


def _code(text: str) -> str:
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    spaced = text.startswith(" ") and text.endswith(" ") and text.strip(" ") != ""
    space = " " if spaced or text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def address(href: str) -> str:
    """A link's destination as Markdown writes it."""
    escaped = re.sub(r"\\(?=[!-/:-@\[-`{-~])|&(?=#?\w+;)|[<>]", r"\\\g<0>", href)
    if re.search(r"[()<>]", href):
        return f"<{escaped}>"
    return escaped


def _nested(runs: Sequence[Run]) -> str:
    """Runs with each style written once around all neighbours that have it, longest first."""
    written = ""
    position = 0
    while position < len(runs):
        run = runs[position]
        best = (0, -1)
        for number, (style, _) in enumerate(_WRAPS):
            if style(run):
                end = position
                while end < len(runs) and style(runs[end]) == style(run):
                    end += 1
                best = max(best, (end - position, -number))
        if best[0] == 0:
            written += _code(run.text) if run.code else _text(run.text)
            position += 1
            continue
        inner = [_WRAPS[-best[1]][1](other) for other in runs[position : position + best[0]]]
        written = _followed(written, _wrapped(run, -best[1], _nested(inner)))
        position += best[0]
    return written


def _wrapped(run: Run, number: int, inner: str) -> str:
    match number:
        case 0:
            return f"[{inner}]{{.sensitive}}"
        case 1:
            return f"[{inner}]({address(run.href or '')})"
        case 2:
            return f"**{inner}**"
        case _:
            return f"*{inner}*"


def _apart(runs: Sequence[Run]) -> str:
    """Each run with its own marks; exact for any runs, and plain only where it must be."""
    left = list(runs)
    written = ""
    family = ""
    for position in range(len(left)):
        run = left[position]
        bare = _code(run.text) if run.code else _text(run.text)
        count = 2 * run.strong + run.emphasised
        touching = family != "" and not (run.href or run.sensitive)
        family = "" if not count else "_" if touching and family == "*" else "*"
        if count and not run.code:
            inside = bare.strip()
            begin = bare.index(inside)
            bare = _references(bare[:begin]) + inside + _references(bare[begin + len(inside) :])
        marked = family * count + bare + family * count
        if run.href is not None:
            marked = f"[{marked}]({address(run.href)})"
        if run.sensitive:
            marked = f"[{marked}]{{.sensitive}}"
        if run.href is not None or run.sensitive:
            family = ""
        if count and written and not _may_adjoin(written[-1], bare[0], family or "*"):
            written = written[:-1] + _references(written[-1])
        written = _followed(written, marked)
        following = left[position + 1] if position + 1 < len(left) else Run("")
        if count and following.text and following == Run(following.text):
            first = following.text[0]
            if not _may_adjoin(first, bare[-1], family or "*"):
                written += _references(first)
                left[position + 1] = Run(following.text[1:])
    return written


def _may_adjoin(outer: str, inner: str, family: str) -> bool:
    """Whether marks may stand between these two characters (CommonMark 0.31, 6.2)."""
    if _is_blank(outer) or _is_mark(outer):
        return True
    if family == "_":
        return False
    return not _is_mark(inner) or adjoins_chinese(outer) or adjoins_chinese(inner)


def _is_blank(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _is_mark(character: str) -> bool:
    return isPunctChar(character) or isMdAsciiPunct(ord(character))
