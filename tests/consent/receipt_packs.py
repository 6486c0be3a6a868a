"""Variants of the small pack, and an agreement to what it asks about."""

from __future__ import annotations

from pathlib import Path

from components.consent.event import Event, Layer
from components.consent.status import ConsentStatus
from components.policy import load_pack
from components.policy.pack import Pack
from tests.policy.small_pack import FILES, write

from .decisions import Decisions


def lasting(folder: Path, length: str) -> Pack:
    """The small pack, with a consent that holds only so long."""
    return small(
        folder,
        'legal_basis = "dpv:Consent"',
        f'legal_basis = "dpv:Consent"\nvalid_for = "{length}"',
    )


def agreed(pack: Pack) -> Event:
    """An agreement to the one thing that the small pack asks about."""
    decisions = Decisions(pack)
    words = decisions.shown("location", Layer.JUST_IN_TIME)
    return decisions.pressed("purpose:nearby", ConsentStatus.GIVEN, "同意使用", words)


def small(folder: Path, old: str = "", new: str = "") -> Pack:
    """The small pack, with one thing in it replaced."""
    toml = FILES["pack.toml"]
    assert old in toml
    return load_pack(write(folder, {**FILES, "pack.toml": toml.replace(old, new)}))
