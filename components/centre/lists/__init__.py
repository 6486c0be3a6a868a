"""The lists that regulators ask for, and the SDK directory, to search and to export."""

from .lists import PackListScreen, PackListScreenActs
from .view import Entry, ListFilter, ListView, Missing, Use, list_view

__all__ = [
    "Entry",
    "ListFilter",
    "ListView",
    "Missing",
    "PackListScreen",
    "PackListScreenActs",
    "Use",
    "list_view",
]
