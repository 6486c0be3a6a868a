"""Documents as they are read: their blocks, the code in their lines, their links and headings."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

ROOT = Path(__file__).resolve().parents[2]

_HISTORY = "CHANGELOG.md"
"""It tells of what was; a command of then need not run now."""

_DIRECTIVE = re.compile(r"^\{([\w:-]+)\}\s*(.*)$")
_OF_CODE = ("code-block", "code", "sourcecode")
_DOCUMENTED = re.compile(r"^\.\. auto\w+:: *(\S+)", re.MULTILINE)
_OPTION = re.compile(r"^:[\w-]+:")
_TARGET = re.compile(r"^\(([\w.-]+)\)=$", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    """Something in a document that is not so.

    Attributes:
        document: Path from the project's root.
        line: Of the document, from 1.
        problem: What is wrong, and how to mend it where that is not plain.
    """

    document: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}: {self.problem}"


@dataclass(frozen=True)
class Block:
    """A block of code.

    Attributes:
        line: Where its first line stands.
        language: The word after the fence; empty without one.
        text: What is in it.
        section: The heading above it.
        shows: For a block of text: the block of commands before it in the same section, whose
            output it shows.
    """

    document: str
    line: int
    language: str
    text: str
    section: str = ""
    shows: Block | None = None

    def fault(self, problem: str, line: int = 1) -> Fault:
        """A fault in a line of the block, counted from 1."""
        return Fault(self.document, self.line + line - 1, problem)


@dataclass(frozen=True)
class Piece:
    """Something in a line of a document: code, the target of a link, or an anchor."""

    document: str
    line: int
    text: str

    def fault(self, problem: str) -> Fault:
        """A fault at this place."""
        return Fault(self.document, self.line, problem)


@dataclass
class Document:
    """A page of Markdown.

    Args:
        name: Its path from the root.
        source: Its text.
    """

    name: str
    source: str
    blocks: list[Block] = field(default_factory=list)
    codes: list[Piece] = field(default_factory=list)
    """Code within lines."""
    links: list[Piece] = field(default_factory=list)
    """Targets of links and pictures, as they stand."""
    pages: list[Piece] = field(default_factory=list)
    """What a table of contents lists."""
    anchors: set[str] = field(default_factory=set)
    """What may stand after ``#`` in a link to this page."""

    def __post_init__(self) -> None:
        _Reader(self).read(self.source, 0)


class _Reader:
    def __init__(self, document: Document) -> None:
        self._to = document
        self._section = ""
        self._last: Block | None = None
        self._markdown = MarkdownIt("commonmark").enable(["table"]).use(front_matter_plugin)

    def read(self, source: str, above: int) -> None:
        """Read Markdown that has so many lines of the document above it."""
        self._to.anchors |= set(_TARGET.findall(source))
        tokens = self._markdown.parse(source)
        for token, following in zip(tokens, [*tokens[1:], None], strict=True):
            line = above + (token.map[0] + 1 if token.map else 1)
            if token.type == "heading_open" and following is not None:
                self._begin_section(following)
            elif token.type == "fence":
                self._fence(token, line + 1)
            elif token.type == "code_block":
                self._add(line, "", token.content)
            elif token.type == "html_block":
                self._html(token.content, line)
            elif token.type == "inline":
                self._inline(token.children or [], line)

    def _begin_section(self, heading: Token) -> None:
        words = (it.content for it in heading.children or [] if it.type in ("text", "code_inline"))
        self._section = "".join(words)
        self._last = None
        name, number = slug(self._section), 0
        while (anchor := f"{name}-{number}" if number else name) in self._to.anchors:
            number += 1
        self._to.anchors.add(anchor)

    def _fence(self, token: Token, line: int) -> None:
        words = token.info.strip()
        directive = _DIRECTIVE.match(words)
        if directive is None:
            self._add(line, words.split(" ")[0], token.content)
            return
        name, argument = directive.groups()
        content = _without_options(token.content)
        if name in _OF_CODE:
            self._add(line, argument, content)
        elif name == "mermaid":
            self._add(line, "mermaid", content)
        elif name == "eval-rst":
            # What Sphinx writes from docstrings is named and not written here.
            for found in _DOCUMENTED.finditer(content):
                number = content.count("\n", 0, found.start())
                self._to.codes.append(Piece(self._to.name, line + number, found[1]))
        elif name == "toctree":
            for number, entry in enumerate(content.splitlines()):
                target = re.sub(r"^.*<(.+)>$", r"\1", entry.strip())
                if target:
                    self._to.pages.append(Piece(self._to.name, line + number, target))
        else:
            if name in ("include", "literalinclude", "image", "figure"):
                self._to.links.append(Piece(self._to.name, line - 1, argument))
            self.read(content, line - 1)

    def _add(self, line: int, language: str, text: str) -> None:
        shown = language == "text" and self._last is not None and self._last.language == "sh"
        self._last = Block(
            self._to.name, line, language, text, self._section, self._last if shown else None
        )
        self._to.blocks.append(self._last)

    def _inline(self, children: Sequence[Token], line: int) -> None:
        for token in children:
            if token.type in ("softbreak", "hardbreak"):
                line += 1
            elif token.type == "code_inline":
                self._to.codes.append(Piece(self._to.name, line, token.content))
            elif token.type == "link_open":
                self._to.links.append(Piece(self._to.name, line, str(token.attrs["href"])))
            elif token.type == "image":
                self._to.links.append(Piece(self._to.name, line, str(token.attrs["src"])))
            elif token.type == "html_inline":
                self._html(token.content, line)

    def _html(self, content: str, line: int) -> None:
        parser = _Html()
        parser.feed(content)
        self._to.links += [Piece(self._to.name, line, it) for it in parser.targets]
        self._to.anchors |= parser.anchors


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "srcset") and value:
                self.targets.append(value)
            elif (name == "id" or (tag == "a" and name == "name")) and value:
                self.anchors.add(value)


def _without_options(content: str) -> str:
    """A directive's content with its options blanked, so that lines keep their numbers."""
    lines = content.split("\n")
    for number, line in enumerate(lines):
        if not _OPTION.match(line):
            break
        lines[number] = ""
    return "\n".join(lines)


def slug(heading: str) -> str:
    """What GitHub and MyST make of a heading, as an anchor."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def project_files(root: Path = ROOT) -> list[Path]:
    """The files of the project, from its root: everything but what ``.gitignore`` names."""
    ignored = [
        line.strip().strip("/")
        for line in (root / ".gitignore").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return sorted(_files(root, root, [*ignored, ".git"]))


def _files(root: Path, folder: Path, ignored: Sequence[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        place = path.relative_to(root)
        names = (path.name, place.as_posix())
        if any(fnmatch.fnmatch(name, pattern) for name in names for pattern in ignored):
            continue
        if path.is_dir():
            yield from _files(root, path, ignored)
        else:
            yield place


def documents(root: Path = ROOT) -> list[Document]:
    """README and its like, and every page of docs, in the order of their names."""
    names = [
        place.as_posix()
        for place in project_files(root)
        if place.suffix == ".md" and place.parts[0] in (place.name, "docs")
    ]
    return [
        Document(name, (root / name).read_text(encoding="utf-8"))
        for name in names
        if name != _HISTORY
    ]


def page(name: str) -> Document:
    """One document of the project, by its path."""
    return Document(name, (ROOT / name).read_text(encoding="utf-8"))
