"""A comparison as JSON, for programs that show or keep it."""

from __future__ import annotations

import json
from typing import Any

from .document_changes import ClauseChange, DocumentDiff, Mark, PieceChange
from .pack_changes import EntryChange, PackDiff
from .words import WordRuns

FORMAT = 1
"""Raised when a reader of the JSON would have to change."""


def as_json(diff: DocumentDiff | PackDiff) -> str:
    """A comparison as JSON text; what did not change is left out, but for the clauses' ids."""
    content = _pack(diff) if isinstance(diff, PackDiff) else _document(diff)
    return json.dumps({"format": FORMAT, **content}, ensure_ascii=False, indent=2) + "\n"


def _pack(diff: PackDiff) -> dict[str, Any]:
    verdict = diff.verdict
    return {
        "old_version": diff.old_version.id,
        "new_version": diff.new_version.id,
        "verdict": {
            "kind": verdict.kind,
            "declared": verdict.declared,
            "reasons": [
                {
                    "kind": reason.kind,
                    "entry": reason.entry,
                    "id": reason.id,
                    "field": reason.field,
                    "source": reason.source,
                }
                for reason in verdict.reasons
            ],
            "to_check": [
                {
                    "clause": it.clause,
                    "entries": [{"entry": kind, "id": id_} for kind, id_ in it.entries],
                }
                for it in verdict.to_check
            ],
        },
        "ask_again": [
            {"purpose": asked.purpose, "touches": list(asked.touches)} for asked in diff.ask_again
        ],
        "entries": [_entry(entry) for entry in diff.entries],
        "documents": {locale: _document(it) for locale, it in diff.documents.items()},
    }


def _entry(entry: EntryChange) -> dict[str, Any]:
    return {
        "entry": entry.kind,
        "id": entry.id,
        "name": dict(entry.name),
        "mark": entry.mark,
        "fields": [
            {
                "field": field.field,
                "locale": field.locale,
                "removed": list(field.removed),
                "added": list(field.added),
                "words": _words(field.words),
            }
            for field in entry.fields
        ],
    }


def _document(diff: DocumentDiff) -> dict[str, Any]:
    return {
        "title": _words(diff.title),
        "preamble": _pieces(diff.preamble),
        "clauses": [_clause(change) for change in diff.clauses],
        "replaced_throughout": [
            {"old": it.old, "new": it.new, "places": it.places, "is_link": it.is_link}
            for it in diff.replaced_throughout
        ],
    }


def _clause(change: ClauseChange) -> dict[str, Any]:
    return {
        "marks": list(change.marks),
        "old_id": change.old.id if change.old else None,
        "new_id": change.new.id if change.new else None,
        "old_place": change.old_place.overall if change.old_place else None,
        "new_place": change.new_place.overall if change.new_place else None,
        "moved_from": change.moved_from,
        "moved_to": change.moved_to,
        "title": _words(change.title),
        "lines": _pieces(change.pieces),
    }


def _pieces(pieces: tuple[PieceChange, ...]) -> list[dict[str, Any]]:
    return [
        {
            "marks": list(piece.marks),
            "old_position": piece.old_position,
            "new_position": piece.new_position,
            "moved_from": piece.moved_from,
            "moved_to": piece.moved_to,
            "words": _words(piece.words),
            "links": [{"text": it.text, "old": it.old, "new": it.new} for it in piece.links],
        }
        for piece in pieces
        if piece.marks != (Mark.KEPT,)
    ]


def _words(runs: WordRuns) -> list[list[str]]:
    return [[run.change, run.text] for run in runs]
