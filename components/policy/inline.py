"""The words of one block: inline tokens -> runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from .characters import line_separator, one_blank, unseen_characters, without_unseen
from .document import Run
from .errors import Findings
from .identifiers import is_kebab


@dataclass
class Reading:
    """What is gathered while one file is read.

    Attributes:
        file: The file's name for findings.
        lines: Its source lines.
        errors: Faults that make the text unusable.
        leftovers: Mark-up that stayed on the page as text; harmless to draw, surely a slip.
        anchors: In-document links: clause id and line.
    """

    file: str
    lines: list[str]
    errors: Findings = field(default_factory=Findings)
    leftovers: Findings = field(default_factory=Findings)
    anchors: list[tuple[str, int]] = field(default_factory=list)

    def error(self, line: int, problem: str, remedy: str) -> None:
        """Note a fault that makes the text unusable."""
        self.errors.add(self.file, line, problem, remedy)


_BREAK = "\n"
_HTTPS = re.compile(r"https://[^\s/?#@\\]+(?:[/?#]\S*)?")
_MAILTO = re.compile(r"mailto:[^\s@]+@[^\s@]+")
_TEL = re.compile(r"tel:\+?[0-9][0-9-]*")
_LEFTOVERS = (
    (
        re.compile(r"\*\*"),
        "`**` stayed as text",
        "pair it, with no space just inside; or write literal asterisks as `code`",
    ),
    (
        re.compile(r"</?[A-Za-z][^<>]*>|<!--"),
        "raw HTML is shown as text",
        "write it in Markdown, or as `code` if the angle brackets are meant",
    ),
    (
        re.compile(r"\{[#.][^{}]*\}|\{[a-z]+=[^{}]*\}"),
        "an attribute is attached to nothing",
        "give a heading's attributes a line of their own above it, after an empty line; "
        "write a marked word as [word]{.sensitive}",
    ),
    (
        re.compile(r"\]\("),
        "a link did not parse",
        "write [words](https://…) without spaces in the address",
    ),
    (
        re.compile(r"\|\s*:?-{3,}:?\s*\|"),
        "a table did not parse",
        "give head, dashes and rows the same number of cells, after an empty line",
    ),
)
_MARKUP = re.compile(r"[*<{|\]]")
"""What any of those begins with: most texts have none, and one look says so."""

_Style = tuple[bool, bool, bool, bool, str | None]
"""The fields of a run after its words, in their order."""
_Piece = tuple[str, _Style]


def is_web_address(text: str) -> bool:
    """Whether a text is an ``https:`` address with a host and without a user name."""
    return _HTTPS.fullmatch(text) is not None and not any(unseen_characters(text))


def runs_of(inline: Token, reading: Reading) -> tuple[Run, ...]:
    """The runs of an ``inline`` token, adjacent ones of the same style merged."""
    line = (inline.map or [0])[0] + 1
    depth = {"strong": 0, "em": 0, "span": 0}
    href: str | None = None
    links: list[int] = []
    pieces: list[_Piece] = []
    for token in inline.children or ():
        kind = token.type
        if kind in ("text", "code_inline"):
            text = _checked_text(token, line, reading)
            pieces.append((text, _style(depth, href, code=kind == "code_inline")))
        elif kind in ("softbreak", "hardbreak"):
            # Whether a break was meant hard shows only as blanks at a line's end.
            pieces.append((_BREAK, _style(depth, href)))
            line += 1
        elif token.tag in depth:
            _check_span(token, line, reading)
            depth[token.tag] += token.nesting
        elif kind == "link_open":
            links.append(len(pieces))
            href = _checked_link(token, line, reading)
        elif kind == "link_close":
            if not any(text.strip() for text, _ in pieces[links.pop() :]):
                reading.error(line, "a link has no words", "say where it leads")
            href = None
        else:
            reading.error(line, f"{kind} is not part of a policy's Markdown", "say it in words")
    return _merged(pieces)


def _style(depth: Mapping[str, int], href: str | None, *, code: bool = False) -> _Style:
    return depth["strong"] > 0, depth["em"] > 0, code, depth["span"] > 0, href


def _merged(pieces: list[_Piece]) -> tuple[Run, ...]:
    """Runs with line breaks resolved, empty ones dropped and like ones joined."""
    joined: list[_Piece] = []
    for position, (text, style) in enumerate(pieces):
        words = text
        if text == _BREAK:
            before = joined[-1][0][-1] if joined else " "
            after = next((other[0] for other, _ in pieces[position + 1 :] if other), " ")
            words = line_separator(before, after)
        if not words:
            continue
        if joined and joined[-1][1] == style:
            words = joined.pop()[0] + words
        joined.append((words, style))
    return tuple(Run(words, *style) for words, style in joined)


def _checked_text(token: Token, line: int, reading: Reading) -> str:
    seen = without_unseen(token.content)
    if seen != token.content:
        # The source was checked as a whole; this is what an entity such as &shy; brought in.
        for _, name in unseen_characters(token.content):
            reading.error(line, f"an entity stands for {name}, which cannot be seen", "delete it")
    text = seen.replace("\n", " ")
    if token.type == "code_inline":
        return text
    if _MARKUP.search(text):
        for pattern, problem, remedy in _LEFTOVERS:
            if pattern.search(text):
                reading.leftovers.add(reading.file, line, problem, remedy)
    return one_blank(text)


def _check_span(token: Token, line: int, reading: Reading) -> None:
    if token.type != "span_open":
        return
    if token.attrs != {"class": "sensitive"} or token.meta.get("insecure_attrs"):
        reading.error(
            line,
            "a marked word has attributes other than {.sensitive}",
            "write [word]{.sensitive}; no other mark is known",
        )


def _checked_link(token: Token, line: int, reading: Reading) -> str:
    href = str(token.attrs.get("href", ""))
    if "title" in token.attrs:
        reading.error(line, "a link has a title, which nobody sees", "put it into the words")
    if href.startswith("#") and is_kebab(href[1:]):
        reading.anchors.append((href[1:], line))
    elif any(unseen_characters(href)) or not any(
        pattern.fullmatch(href) for pattern in (_HTTPS, _MAILTO, _TEL)
    ):
        reading.error(
            line,
            f"the link to {href!r} may not be opened",
            "link to https://…, mailto:…, tel:… or #clause-id",
        )
    return href
