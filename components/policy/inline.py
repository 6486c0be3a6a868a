"""The words of one block: inline tokens -> runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby

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


def is_web_address(text: str) -> bool:
    """Whether a text is an ``https:`` address with a host and without a user name."""
    return _HTTPS.fullmatch(text) is not None and not any(unseen_characters(text))


def runs_of(inline: Token, reading: Reading) -> tuple[Run, ...]:
    """The runs of an ``inline`` token, adjacent ones of the same style merged."""
    line = (inline.map or [0])[0] + 1
    style = Run("")
    depth = {"strong": 0, "em": 0, "span": 0}
    links: list[int] = []
    runs: list[Run] = []
    for token in inline.children or ():
        match token.type:
            case "text" | "code_inline":
                text = _checked_text(token, line, reading)
                runs.append(replace(style, text=text, code=token.type == "code_inline"))
            case "softbreak" | "hardbreak":
                # Whether a break was meant hard shows only as blanks at a line's end.
                runs.append(replace(style, text=_BREAK))
                line += 1
            case (
                "strong_open" | "strong_close" | "em_open" | "em_close" | "span_open" | "span_close"
            ):
                _check_span(token, line, reading)
                depth[token.tag] += token.nesting
                style = replace(
                    style,
                    strong=depth["strong"] > 0,
                    emphasised=depth["em"] > 0,
                    sensitive=depth["span"] > 0,
                )
            case "link_open":
                links.append(len(runs))
                style = replace(style, href=_checked_link(token, line, reading))
            case "link_close":
                if not any(run.text.strip() for run in runs[links.pop() :]):
                    reading.error(line, "a link has no words", "say where it leads")
                style = replace(style, href=None)
            case _:
                reading.error(
                    line, f"{token.type} is not part of a policy's Markdown", "say it in words"
                )
    return _merged(runs)


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    """Runs with line breaks resolved, empty ones dropped and like ones joined."""
    resolved: list[Run] = []
    for position, run in enumerate(runs):
        if run.text == _BREAK:
            before = resolved[-1].text[-1] if resolved else " "
            after = next((other.text[0] for other in runs[position + 1 :] if other.text), " ")
            run = replace(run, text=line_separator(before, after))
        if run.text:
            resolved.append(run)
    return tuple(
        replace(style, text="".join(run.text for run in like))
        for style, like in groupby(resolved, key=lambda run: replace(run, text=""))
    )


def _checked_text(token: Token, line: int, reading: Reading) -> str:
    # The source was checked as a whole; here only what an entity such as &shy; brought in shows.
    for _, name in unseen_characters(token.content):
        reading.error(line, f"an entity stands for {name}, which cannot be seen", "delete it")
    text = without_unseen(token.content).replace("\n", " ")
    if token.type == "code_inline":
        return text
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
