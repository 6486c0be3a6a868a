"""HTML -> Markdown, with what is no text thrown away first. Needs the ``[cli]`` extra."""

from __future__ import annotations

from ..anymarkdown import refusal

DEEPEST_HTML = 150
"""Levels that elements may nest."""

_NO_TEXT = ["script", "style", "noscript", "template", "head", "iframe", "object", "svg", "form"]


def markdown_from_html(html: str, name: str) -> str:
    """The text of an HTML page as Markdown.

    Scripts, styles and forms are left out, nothing is run or fetched.

    Args:
        html: The page.
        name: The file's name for findings.

    Raises:
        PackError: The page is no HTML, or nests deeper than :data:`DEEPEST_HTML`.
    """
    from bs4 import BeautifulSoup, Tag
    from bs4.exceptions import ParserRejectedMarkup
    from markdownify import MarkdownConverter

    try:
        # lxml, because the standard library's parser takes quadratic time for tags left open.
        # It would end the page at a null character.
        soup = BeautifulSoup(html.replace("\x00", ""), "lxml")
    except ParserRejectedMarkup:
        problem = "the page is no HTML that can be read"
        raise refusal(name, 1, problem, "save it again from a browser") from None
    level: list[tuple[Tag, int]] = [(soup, 0)]
    while level:
        element, depth = level.pop()
        if depth > DEEPEST_HTML:
            problem = f"elements nest deeper than {DEEPEST_HTML} levels"
            raise refusal(name, element.sourceline or 1, problem, "save the page as text")
        level += ((child, depth + 1) for child in element.children if isinstance(child, Tag))
    for element in soup.find_all(_NO_TEXT):
        element.extract()
    converter = MarkdownConverter(
        heading_style="ATX", bullets="-", escape_misc=True, table_infer_header=True
    )
    return str(converter.convert_soup(soup))
