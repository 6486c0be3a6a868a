"""The words of any Markdown: inline tokens -> lines of runs.

The runs have the form that :mod:`.exporting.markdown` can write and :mod:`.markdown` reads back
unchanged: white space stands outside of styles and links, mark-up that did not parse is code, so
that nobody takes it for a slip of the pack's author.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from markdown_it.token import Token

from .characters import line_separator, one_blank, unseen_characters, without_unseen
from .document import Run, plain_text
from .inline import is_web_address

LONGEST_ADDRESS = 2_000
"""Characters of an address shown as text; the rest of a longer one (a ``data:`` link) is cut."""

_SOFT = "\n"
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_UNPARSED = re.compile(
    r"\*\*+|</?[A-Za-z][^<>]*>|<!--|\{[#.][^{}]*\}|\{[a-z]+=[^{}]*\}|\]\(|\|\s*:?-{3,}:?\s*\|"
)
_MAILTO = re.compile(r"mailto:[^\s@]+@[^\s@]+")
_TEL = re.compile(r"tel:\+?[0-9][0-9-]*")


def opens(href: str) -> bool:
    """Whether a link to this address may be opened: ``https:``, ``mailto:`` or ``tel:``."""
    if any(unseen_characters(href)):
        return False
    return is_web_address(href) or any(form.fullmatch(href) for form in (_MAILTO, _TEL))


@dataclass
class _Line:
    """The runs of one line so far; ``link`` is where the open link's words begin in it."""

    runs: list[Run] = field(default_factory=list)
    link: int = 0


@dataclass
class Reader:
    """Reads the inline tokens of one text.

    Attributes:
        used: Labels of link definitions that some link took, each with the address.
    """

    used: set[tuple[str, str]] = field(default_factory=set)

    def lines(self, inline: Token) -> list[tuple[Run, ...]]:
        """The runs of an ``inline`` token, one tuple for each line between hard breaks."""
        lines = [_Line()]
        self._read(inline.children or (), Run(""), lines)
        return [runs for line in lines if (runs := tidy(line.runs))]

    def definition(self, token: Token) -> list[tuple[Run, ...]]:
        """The words of a link definition that no link took; they were meant to be read."""
        meta = token.meta
        if (meta["id"], meta["url"]) in self.used:
            return []
        words = f"[{meta['label']}]: {meta['url']} {meta['title']}".strip()
        runs = tidy([Run(without_unseen(words).replace("\n", " "))])
        return [runs] if runs else []

    def code_line(self, line: str) -> str:
        """A line of a code block as it is shown."""
        return without_unseen(line).replace("\t", "    ").rstrip()

    def _read(self, tokens: Iterable[Token], outer: Run, lines: list[_Line]) -> None:
        style = outer
        depth = {"strong": 0, "em": 0}
        addresses: list[str] = []
        for token in tokens:
            match token.type:
                case "text":
                    pieces = _LINE_BREAK.split(token.content)
                    for position, piece in enumerate(pieces):
                        if position:
                            lines.append(_Line())
                        lines[-1].runs.append(replace(style, text=_seen(piece)))
                case "code_inline":
                    text = _seen(token.content)
                    lines[-1].runs.append(replace(style, text=text, code=True))
                case "softbreak":
                    lines[-1].runs.append(replace(style, text=_SOFT))
                case "hardbreak":
                    lines.append(_Line())
                case "image":
                    self._read(token.children or (), style, lines)
                case "link_open":
                    addresses.append(str(token.attrs.get("href", "")))
                    lines[-1].link = len(lines[-1].runs)
                    style = replace(style, href=_provisional(addresses[-1]))
                case "link_close":
                    style = replace(style, href=outer.href)
                    _close_link(addresses.pop(), lines, style)
                case "strong_open" | "strong_close" | "em_open" | "em_close":
                    depth[token.tag] += token.nesting
                    style = replace(
                        style,
                        strong=outer.strong or depth["strong"] > 0,
                        emphasised=outer.emphasised or depth["em"] > 0,
                    )


def _seen(text: str) -> str:
    return without_unseen(text).replace("\n", " ")


def _provisional(address: str) -> str | None:
    """The address if it may open; in-document links are resolved when all clauses are known."""
    return address if address.startswith("#") or opens(address) else None


def _close_link(address: str, lines: list[_Line], style: Run) -> None:
    line = lines[-1]
    words = plain_text(tuple(line.runs[line.link :])).strip()
    href = _provisional(address)
    shown = without_unseen(address).strip()
    if len(shown) > LONGEST_ADDRESS:
        shown = shown[:LONGEST_ADDRESS] + "…"
    if not words:
        line.runs.append(replace(style, text=shown, href=href))
    elif href is None and shown and shown != words:
        line.runs.append(replace(style, text=f" ({shown})"))


def joined_lines(lines: list[tuple[Run, ...]]) -> tuple[Run, ...]:
    """Several lines as one, for what has no room for more."""
    runs: list[Run] = []
    for line in lines:
        runs += [Run(" "), *line] if runs else line
    return tidy(runs)


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs in the form that can be written and read back.

    Line breaks are resolved, blanks joined and moved out of styles and links, ends stripped,
    unparsed mark-up made code, empty runs dropped and like ones joined.
    """
    pieces = [piece for run in _joined(_resolved(runs)) for piece in _coded(run)]
    return _joined(_spaced(_joined(_loosened(pieces))))


def _resolved(runs: Iterable[Run]) -> list[Run]:
    filled = [run for run in runs if run.text]
    resolved: list[Run] = []
    for position, run in enumerate(filled):
        if run.text == _SOFT:
            before = resolved[-1].text[-1] if resolved else " "
            after = filled[position + 1].text[0] if position + 1 < len(filled) else " "
            run = replace(run, text=line_separator(before, after))
            if not run.text:
                continue
        resolved.append(run)
    return resolved


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(
        replace(style, text=unicodedata.normalize("NFC", "".join(run.text for run in like)))
        for style, like in groupby(
            (run for run in runs if run.text), key=lambda run: replace(run, text="")
        )
    )


def _coded(run: Run) -> Iterable[Run]:
    if run.code:
        yield run
        return
    end = 0
    for match in _UNPARSED.finditer(run.text):
        yield replace(run, text=run.text[end : match.start()])
        yield replace(run, text=match[0], code=True)
        end = match.end()
    yield replace(run, text=run.text[end:])


def _loosened(runs: Iterable[Run]) -> Iterable[Run]:
    """White space at the edge of a style or link put outside of it."""
    for run in runs:
        inside = run.text.strip()
        if run.code or run == Run(run.text):
            yield run
        elif not inside:
            yield Run(run.text)
        else:
            start = run.text.index(inside)
            edges = Run(run.text[:start]), Run(run.text[start + len(inside) :])
            yield from (edges[0], replace(run, text=inside), edges[1])


def _spaced(runs: tuple[Run, ...]) -> list[Run]:
    """Blanks joined within and between runs, none at the ends."""
    spaced: list[Run] = []
    for run in runs:
        text = run.text if run.code else one_blank(run.text)
        if not run.code:
            if not spaced:
                text = text.lstrip()
            elif not spaced[-1].code and spaced[-1].text.endswith(" "):
                text = text.lstrip(" ")
        if text:
            spaced.append(replace(run, text=text))
    while spaced and not spaced[-1].code:
        last = spaced.pop()
        if text := last.text.rstrip():
            spaced.append(replace(last, text=text))
            break
    return spaced
