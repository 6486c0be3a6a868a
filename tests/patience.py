"""How long a test's client waits for an answer."""

from __future__ import annotations

PATIENCE = 60.0
"""Seconds, until a hang is certain. httpx gives up after five by itself, which a disk that is busy
with other things can take to sync; no test measures time by its client."""
