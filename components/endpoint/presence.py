"""Whether this replica wants requests: asked by load balancers, changed when it is told to end."""

from __future__ import annotations


class Presence:
    """Serving from its start, leaving from a moment on; there is no way back."""

    def __init__(self) -> None:
        self._leaving = False

    @property
    def leaving(self) -> bool:
        """Whether new requests had better go to another replica. They are still answered."""
        return self._leaving

    def leave(self) -> None:
        """Say so from now on."""
        self._leaving = True
