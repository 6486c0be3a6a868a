"""Where it arrives: the reference consent endpoint, an ASGI application on SQL. Knows no screen.

Needs the ``endpoint`` extra. :func:`create_app` makes the application for any ASGI server,
:func:`run_embedded` runs it inside a program, ``python -m`` on this package runs it alone.
"""

from __future__ import annotations

from .app import create_app
from .embedded import EmbeddedEndpoint, run_embedded
from .settings import RateLimits, Settings

__all__ = ["EmbeddedEndpoint", "RateLimits", "Settings", "create_app", "run_embedded"]
