"""What stays on this device and is never sent: the birth date, and how often was asked."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from .drafts import Ask
from .event import Target
from .ledger_errors import LedgerDamaged


def read_birth_date(connection: sqlite3.Connection) -> date | None:
    """The birth date as declared here, None if it never was.

    Raises:
        LedgerDamaged: What is stored is no date.
    """
    row = connection.execute("SELECT birth_date FROM person").fetchone()
    try:
        return None if row is None else date.fromisoformat(row[0])
    except ValueError as error:
        raise LedgerDamaged(f"birth date: {error}") from error


def write_birth_date(connection: sqlite3.Connection, birth_date: date) -> None:
    """Remember a birth date in place of one that was declared before."""
    connection.execute(
        "INSERT INTO person (only, birth_date) VALUES (1, :date)"
        " ON CONFLICT (only) DO UPDATE SET birth_date = :date",
        {"date": birth_date.isoformat()},
    )


def write_ask(connection: sqlite3.Connection, ask: Ask) -> None:
    """Remember that a question is put."""
    connection.execute(
        "INSERT INTO asks (target, initiative, asked_at) VALUES (?, ?, ?)",
        (str(ask.target), ask.initiative, ask.asked_at.isoformat(timespec="milliseconds")),
    )


def read_asks(connection: sqlite3.Connection, target: Target) -> list[Ask]:
    """Every time the question of a target was put, oldest first.

    Raises:
        LedgerDamaged: What is stored is no moment.
    """
    rows = connection.execute(
        "SELECT initiative, asked_at FROM asks WHERE target = ? ORDER BY number", (str(target),)
    ).fetchall()
    try:
        return [Ask(target, who, datetime.fromisoformat(when)) for who, when in rows]
    except (TypeError, ValueError) as error:
        raise LedgerDamaged(f"question of {target}: {error}") from error
