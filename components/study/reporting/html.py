"""The parts that a page is put together from; whatever is no :class:`Html` is escaped."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from html import escape

EVERY = range(1, 100)
"""Every column of a table but the one that names the rows."""

_MANY_COLUMNS = 5


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def shown(content: str) -> str:
    """Content as markup: text is escaped."""
    return content if isinstance(content, Html) else escape(content)


def element(name: str, *content: str, **attributes: str) -> Html:
    """An element; ``class_`` stands for ``class``, and an underscore for a hyphen."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value
    )
    return Html(f"<{name}{written}>{''.join(map(shown, content))}</{name}>")


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Parts one after the other."""
    return Html(shown(between).join(map(shown, parts)))


def paragraph(*content: str, class_: str = "") -> Html:
    """A paragraph."""
    return element("p", *content, class_=class_)


def bullets(items: Iterable[str]) -> Html:
    """A list of points."""
    return element("ul", *(element("li", it) for it in items))


def section(name: str, title: str, *content: str) -> Html:
    """A part of the page with its heading."""
    heading = element("h2", title, id=name)
    return element("section", heading, *content, aria_labelledby=name)


def figure(svg: str, caption: str) -> Html:
    """A figure with its caption."""
    return element("figure", Html(svg), element("figcaption", caption))


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    figures: Container[int] = (),
) -> Html:
    """A table whose first column names its rows.

    Args:
        caption: What it holds.
        heads: The names of the columns.
        rows: The cells; the first of each is the row's name.
        figures: The columns whose cells are figures, which are kept on one line.
    """
    head = element("tr", *(element("th", it, scope="col") for it in heads))
    body = [
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(
                element("td", it, class_="figure" if at in figures else "")
                for at, it in enumerate(row[1:], start=1)
            ),
        )
        for row in rows
    ]
    many = "many" if len(heads) >= _MANY_COLUMNS else ""
    whole = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", *body),
        class_=many,
    )
    # What is wider than the window is scrolled by itself, by keys too.
    return element("div", whole, class_="wide", tabindex="0", role="region", aria_label=caption)


STYLE = """\
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2124; --faint: #545e64; --line: #d5dadd;
  --tint: #f3f5f6; --good: #1d6b40; --bad: #a3281f; --open: #76560a;
  --arm-0: #1b5f7a; --arm-1: #b2541a; --arm-2: #5d4a9c; --arm-3: #3e6b2a;
  --level-0: transparent; --level-1: #d9e3e8; --level-2: #86b1c4; --level-3: #1b5f7a; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181a; --ink: #e6eaec; --faint: #a5b0b6;
  --line: #3c464b; --tint: #1d2326; --good: #7fd3a2; --bad: #ff9d94; --open: #ecc56a;
  --arm-0: #7cc3e0; --arm-1: #f0a06b; --arm-2: #b9a8f2; --arm-3: #a3d089;
  --level-1: #2f3c42; --level-2: #4d7f94; --level-3: #9fd8ee; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC",
  "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .4rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 3rem 0 .6rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .4rem; }
p, ul { max-width: 44rem; margin: .5rem 0; } ul { padding-inline-start: 1.2rem; }
.quiet { color: var(--faint); } .quiet code { overflow-wrap: anywhere; }
.lead { font-size: 1.15rem; line-height: 1.5; } .big { font-size: 1.5rem; line-height: 1.35; }
.box { background: var(--tint); border-inline-start: 4px solid var(--faint); padding: .8rem 1.1rem;
  margin: 1.2rem 0; max-width: 46rem; }
.box > :first-child { margin-top: 0; } .box > :last-child { margin-bottom: 0; }
nav ul { list-style: none; padding: 0; columns: 17rem; } a { color: inherit; }
.wide { overflow-x: auto; margin: 1.1rem 0; }
.wide:focus-visible, a:focus-visible { outline: 2px solid var(--arm-0); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; line-height: 1.45; }
caption { text-align: start; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .45rem .9rem .45rem 0;
  border-bottom: 1px solid var(--line); }
thead th { color: var(--faint); font-weight: 600; vertical-align: bottom; word-break: keep-all; }
tbody th { font-weight: 500; min-width: 7.5rem; } td.figure { white-space: nowrap;
  font-variant-numeric: tabular-nums; }
table.many { min-width: 42rem; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.verdict { font-weight: 600; white-space: nowrap; } .meets { color: var(--good); }
.fails { color: var(--bad); } .open { color: var(--open); } .missing, .told { color: var(--faint); }
.yes { color: var(--good); } .no { color: var(--bad); }
figure { margin: 1.2rem 0; max-width: 36rem; } figcaption { color: var(--faint);
  font-size: .925rem; margin-top: .3rem; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
blockquote { margin: .3rem 0; padding-inline-start: .8rem;
  border-inline-start: 3px solid var(--line); }
.crops { display: flex; flex-wrap: wrap; gap: .6rem; margin: .6rem 0 .3rem; }
th:has(.crops) { min-width: 17.5rem; } .crop { max-width: 17.5rem; }
.crop .quiet { font-size: .85rem; }
.crop img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line);
  border-radius: .3rem; margin-bottom: .2rem; }
.grid td, .grid th { padding: .25rem .35rem .25rem 0; } .grid td { text-align: center; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: 1rem 0; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 34rem) { body { padding: 1.25rem 1rem 3rem; } dl { grid-template-columns: 1fr;
  gap: 0; }
  .many tbody th { position: sticky; inset-inline-start: 0; background: var(--paper);
  min-width: 9.5rem; max-width: 9.5rem; }
  dd { margin-bottom: .5rem; } h1 { font-size: 1.5rem; } .big { font-size: 1.25rem; } }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --faint: #444;
  --line: #bbb; --tint: #f4f4f4; --good: #0f5530; --bad: #8f1d15; --open: #5f4407;
  --arm-0: #1b5f7a; --arm-1: #b2541a; --arm-2: #5d4a9c; --arm-3: #3e6b2a;
  --level-1: #d9e3e8; --level-2: #86b1c4; --level-3: #1b5f7a; }
  body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; }
  h2, h3 { break-after: avoid; } figure, .box, .crop, tr { break-inside: avoid; }
  figure { max-width: 12cm; } .wide { overflow: visible; } table, table.many { font-size: 8.5pt;
  min-width: 0; }
  thead { display: table-header-group; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } @page { margin: 16mm; } }
"""
"""Of every report: light and dark, phone and paper; nothing from elsewhere, and no script."""


def page(language: str, title: str, *content: str) -> str:
    """The whole file."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=True)}">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(map(shown, content))}</main></body></html>\n"
    )
