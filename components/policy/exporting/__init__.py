"""What is taken out of the kit: the full text in several forms, and the lists of a pack."""

from __future__ import annotations

from .html import export_html
from .lists import export_list
from .markdown import export_markdown
from .text import export_text

__all__ = ["export_html", "export_list", "export_markdown", "export_text"]
