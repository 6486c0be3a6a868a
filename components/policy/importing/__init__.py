"""Texts that exist already -> policy packs."""

from __future__ import annotations

from .damage import StraySpaces
from .placeholders import is_placeholder
from .repairs import Remark, Repair, RepairConflict, repaired, undone
from .text_import import Imported, ImportReport, SourceKind, import_text, report_text

__all__ = [
    "ImportReport",
    "Imported",
    "Remark",
    "Repair",
    "RepairConflict",
    "SourceKind",
    "StraySpaces",
    "import_text",
    "is_placeholder",
    "repaired",
    "report_text",
    "undone",
]
