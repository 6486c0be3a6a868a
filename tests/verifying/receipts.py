"""Receipts as an endpoint signs them, made in place, and what they are held against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from components.consent.event import Event, Layer
from components.consent.receipts import receipt, record
from components.consent.status import ConsentStatus
from components.endpoint.receipts.key_files import KeyFile, add_key
from components.endpoint.receipts.signing import signed
from components.policy import load_pack
from components.policy.pack import Pack
from components.verifying import Against, Check, Outcome, Report
from tests.consent.decisions import EPIAO, Decisions
from tests.policy.small_pack import FILES, write

RECEIVED = "2021-11-01T08:00:09.000Z"
NOW = datetime(2021, 11, 1, 8, 0, tzinfo=UTC)


def issued(event: Event, key: KeyFile, pack: Pack = EPIAO) -> bytes:
    """A signed receipt."""
    return signed(receipt(record(event, pack), RECEIVED), key)


def new_key(folder: Path) -> KeyFile:
    """A key of its own."""
    return add_key(folder, NOW)


def against(*keys: KeyFile, packs: Mapping[str, Pack] | None = None) -> Against:
    """These keys and the E票 pack."""
    return Against(
        keys={key.kid: key.key for key in keys}, packs={"epiao": EPIAO} if packs is None else packs
    )


def key_set(*keys: KeyFile) -> dict[str, Any]:
    """What the endpoint's ``jwks.json`` answers."""
    return {"keys": [{**key.key.as_dict(private=False), "kid": key.kid} for key in keys]}


def outcomes(report: Report) -> dict[str, Outcome]:
    """How each check ended."""
    return {check.name: check.outcome for check in report.checks}


def check(report: Report, name: str) -> Check:
    """One of the checks."""
    return next(each for each in report.checks if each.name == name)


def small(folder: Path, changes: Mapping[str, tuple[str, str]] | None = None) -> Pack:
    """The small pack, with a text replaced in some of its files."""
    files = dict(FILES)
    for name, (old, new) in (changes or {}).items():
        assert old in files[name]
        files[name] = files[name].replace(old, new)
    return load_pack(write(folder, files))


def small_decision(pack: Pack) -> Event:
    """A consent to what the small pack asks about."""
    decisions = Decisions(pack)
    words = decisions.shown("location", Layer.JUST_IN_TIME)
    return decisions.pressed("purpose:nearby", ConsentStatus.GIVEN, "同意使用", words)
