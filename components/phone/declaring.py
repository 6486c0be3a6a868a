"""Which permissions of a pack a build declares at all."""

from __future__ import annotations

from ..policy.pack import Pack, Permission, RequestMode


class NotDeclarable(Exception):
    """A pack says what a build cannot declare; the message names the place and the remedy."""


def requested(pack: Pack) -> list[Permission]:
    """The permissions that the app may come to ask for, or has from its installation on."""
    return [it for it in pack.permissions.values() if it.request is not RequestMode.NEVER]


def refused(pack: Pack) -> list[Permission]:
    """The permissions that the pack promises never to request."""
    return [it for it in pack.permissions.values() if it.request is RequestMode.NEVER]
