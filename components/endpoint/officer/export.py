"""Events of all subjects as one stream, which shows when it was cut off.

The events are read a page at a time, each page in a short transaction, and never all in memory.
The last line says how many events came before it, and the SHA-256 of every byte before it: an
export without such a line is not whole.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import AsyncIterator, Callable, Sequence
from enum import StrEnum
from functools import partial

import msgspec
from sqlalchemy import Connection

from ...policy.exporting.lists import harmless_cell
from ..database import Database
from .messages import FoundEvent
from .search import EventKey, Wanted, found_events, key_of

_PAGE = 500
_BYTE_ORDER_MARK = "\ufeff"
END = "end-of-export"
"""In the first cell of the last row of a CSV export."""

_COLUMNS = (
    "subject",
    "sequence",
    "event_id",
    "body",
    "target",
    "status",
    "cause",
    "indicated_by",
    "gesture",
    "notice",
    "notice_version",
    "notice_locale",
    "notice_layer",
    "notice_digest",
    "label",
    "occurred_at",
    "monotonic_ms",
    "previous_hash",
    "hash",
    "received_at",
    "late",
    "clock_skew_ms",
)


class ExportFormat(StrEnum):
    """NDJSON for machines, one event a line as it was sent; CSV for spreadsheets."""

    NDJSON = "ndjson"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """Of the whole export."""
        return {"ndjson": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}[self.value]


async def exported(database: Database, wanted: Wanted, form: ExportFormat) -> AsyncIterator[bytes]:
    """The export, a page at a time.

    Args:
        database: Where the events are.
        wanted: Which of them; ``until`` is set, or events that arrive meanwhile make it longer.
        form: See :class:`ExportFormat`.
    """
    head, lines, last = _WRITERS[form]
    checksum = hashlib.sha256()
    count = 0
    if head:
        checksum.update(head)
        yield head
    async for page in _pages(database, wanted):
        written = lines(page)
        count += len(page)
        checksum.update(written)
        yield written
    yield last(count, checksum.hexdigest())


async def _pages(database: Database, wanted: Wanted) -> AsyncIterator[list[FoundEvent]]:
    after: EventKey | None = None
    while page := await database.reading(partial(_page, wanted, after)):
        yield page
        if len(page) < _PAGE:
            return
        after = key_of(page[-1])


def _page(wanted: Wanted, after: EventKey | None, connection: Connection) -> list[FoundEvent]:
    return found_events(connection, wanted, after, _PAGE)


def _ndjson(page: Sequence[FoundEvent]) -> bytes:
    return b"".join(msgspec.json.encode(event) + b"\n" for event in page)


def _ndjson_end(count: int, checksum: str) -> bytes:
    return msgspec.json.encode({"end": {"events": count, "sha256": checksum}}) + b"\n"


def _csv(page: Sequence[FoundEvent]) -> bytes:
    return _rows([_cells(event) for event in page])


def _csv_end(count: int, checksum: str) -> bytes:
    last: list[str] = [END, str(count), checksum]
    # As wide as the others: a reader of tables takes no ragged row.
    return _rows([last + [""] * (len(_COLUMNS) - len(last))])


def _cells(found: FoundEvent) -> list[str]:
    event = found.event
    notice = None if event is None else event.notice
    values: dict[str, object] = {
        **{name: getattr(found, name) for name in _COLUMNS if hasattr(found, name)},
        **({} if event is None else {name: getattr(event, name) for name in _OF_EVENT}),
    }
    if event is not None:
        values["indicated_by"] = "subject" if event.indicated_by is msgspec.UNSET else "guardian"
    if notice is not None:
        values |= {
            "notice": notice.notice,
            "notice_version": notice.version,
            "notice_locale": notice.locale,
            "notice_layer": notice.layer,
            "notice_digest": notice.digest,
        }
    return [_cell(values.get(name)) for name in _COLUMNS]


_OF_EVENT = ("target", "status", "cause", "gesture", "label", "occurred_at", "monotonic_ms")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # A number is none of the things that a spreadsheet runs, below zero neither.
    return str(value) if isinstance(value, int) else harmless_cell(str(value))


def _rows(rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


_Writer = tuple[bytes, Callable[[Sequence[FoundEvent]], bytes], Callable[[int, str], bytes]]
_WRITERS: dict[ExportFormat, _Writer] = {
    ExportFormat.NDJSON: (b"", _ndjson, _ndjson_end),
    # The mark is what makes spreadsheets read Chinese as Chinese.
    ExportFormat.CSV: (_BYTE_ORDER_MARK.encode() + _rows([_COLUMNS]), _csv, _csv_end),
}
