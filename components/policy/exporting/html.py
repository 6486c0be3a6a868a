"""A document -> one self-contained HTML page, with no script and nothing fetched."""

from __future__ import annotations

from html import escape

from ..document import Block, Document, ListBlock, Paragraph, Run, Table

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = (
    "body{max-width:44rem;margin:2rem auto;padding:0 1rem;font-family:system-ui,sans-serif;"
    "line-height:1.7}table{border-collapse:collapse}td,th{border:1px solid;padding:.3rem .6rem;"
    "text-align:start;vertical-align:top}.sensitive{font-weight:bold;text-decoration:underline}"
)


def export_html(document: Document, *, locale: str) -> str:
    """A document as an HTML 5 page; every word is escaped, every clause has its id.

    Args:
        document: What to write.
        locale: Its Babel locale id, for example ``zh_Hans``; a screen reader needs it.
    """
    title = escape(document.title)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(locale.replace("_", "-"))}" dir="{_direction(locale)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{title}</h1>",
        *map(_block, document.preamble),
    ]
    for clause in document.clauses():
        level = min(clause.level, 6)
        lines.append(f'<h{level} id="{escape(clause.id)}">{_runs(clause.heading)}</h{level}>')
        lines += map(_block, clause.blocks)
    return "\n".join([*lines, "</body>", "</html>", ""])


def _direction(locale: str) -> str:
    return "rtl" if locale.split("_")[0] in ("ar", "fa", "he", "ur") else "ltr"


def _block(block: Block) -> str:
    match block:
        case Paragraph(runs):
            return f"<p>{_runs(runs)}</p>"
        case ListBlock(ordered, start, items):
            opening = f'<ol start="{start}">' if ordered else "<ul>"
            closing = "</ol>" if ordered else "</ul>"
            inside = "".join(f"<li>{''.join(map(_block, item))}</li>" for item in items)
            return f"{opening}{inside}{closing}"
        case Table(head, rows):
            heads = "".join(f'<th scope="col">{_runs(cell)}</th>' for cell in head)
            body = "".join(
                f"<tr>{''.join(f'<td>{_runs(cell)}</td>' for cell in row)}</tr>" for row in rows
            )
            return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    words = escape(run.text)
    if run.code:
        words = f"<code>{words}</code>"
    if run.emphasised:
        words = f"<em>{words}</em>"
    if run.strong:
        words = f"<strong>{words}</strong>"
    if run.sensitive:
        words = f'<mark class="sensitive">{words}</mark>'
    if run.href is not None:
        words = f'<a href="{escape(run.href)}" rel="noopener noreferrer">{words}</a>'
    return words
