"""DOCX -> Markdown. Needs the ``[cli]`` extra."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..anymarkdown import refusal
from ..anymarkdown_inline import opens, tidy
from ..document import Paragraph, Run, Table
from ..exporting.markdown import block_markdown, heading_markdown
from .decoding import check_size

if TYPE_CHECKING:
    from docx.table import Table as DocxTable
    from docx.text.paragraph import Paragraph as DocxParagraph
    from docx.text.run import Run as DocxRun

LARGEST_UNPACKED = 100_000_000
"""Bytes of all parts of the file together when unpacked."""

_HEADING = re.compile(r"(?i:heading|标题) ?([1-9])")


def markdown_from_docx(content: bytes, name: str) -> str:
    """The text of a Word document as Markdown: headings by style, lists, tables, links, bold.

    Args:
        content: The file.
        name: Its name for findings.

    Raises:
        PackError: The file is no DOCX, damaged, or too large.
    """
    from docx import Document as open_docx  # noqa: N813 - it is a function
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table as DocxTable

    check_size(content, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            problem = f"the file unpacks to more than {LARGEST_UNPACKED} bytes"
            raise refusal(name, 1, problem, "save it without pictures")
        document = open_docx(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        problem = "the file is no Word document that can be read"
        raise refusal(name, 1, problem, "save it again as .docx") from None
    parts: list[str] = []
    before_list = False
    for item in document.iter_inner_content():
        if isinstance(item, DocxTable):
            written, in_list = _table(item), False
        else:
            written, in_list = _paragraph(item)
        if written:
            joined = "\n" if in_list and before_list else "\n\n"
            parts += [joined, written] if parts else [written]
            before_list = in_list
    return "".join([*parts, "\n"])


def _paragraph(paragraph: DocxParagraph) -> tuple[str, bool]:
    """Its Markdown, and whether it is an item of a list."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    runs = _runs(paragraph)
    if not runs:
        return "", False
    if style in ("Title", "标题"):
        return f"# {heading_markdown(runs)}", False
    if match := _HEADING.match(style):
        return f"{'#' * min(int(match[1]) + 1, 6)} {heading_markdown(runs)}", False
    written = block_markdown(Paragraph(runs))
    if style.startswith("List Number"):
        return f"1. {written}", True
    if style.startswith("List") or _is_numbered(paragraph):
        return f"- {written}", True
    return written, False


def _is_numbered(paragraph: DocxParagraph) -> bool:
    """Whether it is an item of a list without the style of one; the library only has the XML."""
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _runs(paragraph: DocxParagraph) -> tuple[Run, ...]:
    from docx.text.hyperlink import Hyperlink

    runs: list[Run] = []
    for item in paragraph.iter_inner_content():
        if isinstance(item, Hyperlink):
            href = item.url or (f"#{item.fragment}" if item.fragment else "")
            if opens(href):
                runs += _styled(item.runs, href)
            else:
                runs += [*_styled(item.runs, None), Run(f" ({href})" if href else "")]
        else:
            runs += _styled([item], None)
    return tidy(runs)


def _styled(runs: Iterable[DocxRun], href: str | None) -> Iterable[Run]:
    for run in runs:
        words = run.text.replace("\n", " ").replace("\t", " ")
        yield Run(words, strong=bool(run.bold), emphasised=bool(run.italic), href=href)


def _table(table: DocxTable) -> str:
    rows: list[tuple[tuple[Run, ...], ...]] = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            runs: list[Run] = []
            for paragraph in cell.paragraphs:
                runs += [Run(" "), *_runs(paragraph)] if runs else _runs(paragraph)
            cells.append(tidy(runs))
        rows.append(tuple(cells))
    width = max((len(row) for row in rows), default=0)
    if width == 0:
        return ""
    filled = [row + ((),) * (width - len(row)) for row in rows]
    return block_markdown(Table(filled[0], tuple(filled[1:])))
