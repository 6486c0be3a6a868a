"""Fixtures that every test may use."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings


@pytest.fixture
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio: Flet is written for it."""
    return "asyncio"


# The suite says the same of the same code. `HYPOTHESIS_PROFILE=explore` looks for new examples.
settings.register_profile("suite", derandomize=True)
settings.register_profile("explore", derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
