"""A document -> plain text that is read in any editor or printed."""

from __future__ import annotations

from ..document import Block, Document, ListBlock, Paragraph, Run, Table


def export_text(document: Document) -> str:
    """A document as plain text: headings on lines of their own, addresses in brackets.

    Lists keep their numbers, table cells are divided by tabs; styles are not shown.
    """
    parts = [document.title, *map(_block, document.preamble)]
    for clause in document.clauses():
        parts.append(("\n" if clause.level == 2 else "") + clause.title)
        parts += map(_block, clause.blocks)
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Paragraph(runs):
            return _words(runs)
        case ListBlock(ordered, start, items):
            return "\n".join(
                _item(item, f"{number}. " if ordered else "• ")
                for number, item in enumerate(items, start=start)
            )
        case Table(head, rows):
            return "\n".join("\t".join(map(_words, row)) for row in (head, *rows))


def _item(blocks: tuple[Block, ...], marker: str) -> str:
    text = "\n".join(map(_block, blocks))
    return (marker + text.replace("\n", "\n" + " " * len(marker))).rstrip()


def _words(runs: tuple[Run, ...]) -> str:
    words = ""
    for position, run in enumerate(runs):
        words += run.text
        following = runs[position + 1].href if position + 1 < len(runs) else None
        if run.href is not None and following != run.href:
            shown = run.href.removeprefix("mailto:").removeprefix("tel:")
            if not shown.startswith("#") and not words.endswith(shown):
                words += f" ({shown})"
    return words
