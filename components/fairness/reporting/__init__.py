"""Reports: text for people, SARIF for tools, HTML with the screens."""

from .html import html_report
from .sarif import sarif
from .text import text_report

__all__ = ["html_report", "sarif", "text_report"]
