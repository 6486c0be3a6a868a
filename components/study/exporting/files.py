"""Tables as files: CSV that no spreadsheet takes for a formula, JSON, a codebook, hashes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from ..folder import StudyFolder
from ..model import Study
from ..observing.entry import entries_codebook
from ..vocabulary import codebook
from .sharing import DROPPED, LEAST, shared
from .tables import COLUMNS, Cell, Recorded, Row, read_sessions, tables_of, wide

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Tier(StrEnum):
    """For whom: those who ran the study, or anybody."""

    FULL = "full"
    SHARE = "share"


def export(
    study: Study,
    folder: StudyFolder,
    tier: Tier,
    *,
    byte_order_mark: bool = False,
    least: int = LEAST,
    more: Mapping[str, str] | None = None,
    sessions: Sequence[Recorded] | None = None,
) -> Path:
    """Write the data into the study's folder, under ``derived/<tier>``; where it is.

    There a withdrawal finds it. What has been copied elsewhere is out of its reach.

    Args:
        study: The study.
        folder: Its folder.
        tier: For whom.
        byte_order_mark: Whether CSV begins with one, for a spreadsheet that otherwise takes
            Chinese for something else.
        least: Of the tier for sharing: how many people must be alike.
        more: Files that go along, by name.
        sessions: The folder's sessions, if they were read before.

    Raises:
        TooFew: There are too few participants to share anything.
        RecordDamaged: A record is not what was written.
        OSError: Something could not be read or written.
    """
    if sessions is None:
        sessions = read_sessions(folder.sessions())
    tables = tables_of(study, sessions)
    if tier is Tier.SHARE:
        tables = shared(tables, least)
    columns = {
        name: [it for it in about if tier is Tier.FULL or it not in DROPPED]
        for name, about in COLUMNS.items()
    }
    tables["wide"] = wide(tables["sessions"], tables["answers"])
    columns["wide"] = list(dict.fromkeys([*columns["sessions"], *_keys(tables["wide"])]))
    if tier is Tier.FULL:
        tables["free_text"] = [
            {"pid": it.session.pid, "sid": it.session.sid, "ref": ref, "text": text}
            for it in sessions
            for ref, text in it.texts.items()
        ]
        columns["free_text"] = ["pid", "sid", "ref", "text"]
    files = {f"{name}.csv": to_csv(columns[name], rows) for name, rows in tables.items()}
    if byte_order_mark:
        files = {name: "\ufeff" + text for name, text in files.items()}
    files["data.json"] = _json(tables)
    files["codebook.json"] = _json(
        {**codebook(), "observer": entries_codebook(), "tables": COLUMNS}
    )
    files |= more or {}
    out = folder.path / "derived" / tier.value
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    hashes = {}
    for name, text in files.items():
        content = text.encode()
        (out / name).write_bytes(content)
        hashes[name] = hashlib.sha256(content).hexdigest()
    about = {"study": study.id, "version": study.version, "digest": study.digest, "tier": tier}
    (out / "manifest.json").write_text(_json({**about, "files": hashes}), encoding="utf-8")
    return out


def to_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Rows as CSV. A text that a spreadsheet would run begins with an apostrophe."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow([_safe(it) for it in columns])
    for row in rows:
        table.writerow([_safe(row.get(column)) for column in columns])
    return written.getvalue()


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _keys(rows: Sequence[Row]) -> list[str]:
    return list(rows[0]) if rows else []


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"
