"""What the tests of the consent room share: the real pack, a clock, a place for the store."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.ledger import Ledger
from components.places import data_folder
from components.policy import load_pack
from components.policy.pack import Pack

from .making import START
from .someone import Someone


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "device" / "consent.sqlite3"


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that everybody may read; the tests' own is closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="consent-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def ledger(store: Path, clock: ManualClock) -> Iterator[Ledger]:
    opened = Ledger(store, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def someone(store: Path, pack: Pack, clock: ManualClock) -> Iterator[Someone]:
    opened = Someone(store, pack, clock)
    yield opened
    opened.close()
