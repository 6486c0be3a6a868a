"""What the consent centre shows, and who is told when it changes: each row follows its own part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..listeners import Listeners
from ..sync.state import SyncState
from .view import CentreView, PurposeRow


@dataclass(frozen=True)
class Remark:
    """What is said about the last act, in the place it was done: ``all``, ``notice``,
    ``permissions``, or a purpose's id."""

    place: str
    words: str


@dataclass(frozen=True)
class Shown:
    """What the centre shows at a moment.

    Attributes:
        view: What was chosen about what.
        sync: How far the record has travelled.
        remark: What is to be said about the last thing that was done here.
    """

    view: CentreView
    sync: SyncState
    remark: Remark | None = None

    @cached_property
    def rows(self) -> Mapping[str, PurposeRow]:
        """The purposes that consent is about, by their ids."""
        return {it.purpose_id: it for it in (*self.view.decided, *self.view.others)}

    def said(self, place: str) -> str:
        """What is to be said in a place; empty if nothing."""
        return self.remark.words if self.remark is not None and self.remark.place == place else ""


class Showing:
    """What the centre shows now.

    Args:
        now: At first.
    """

    def __init__(self, now: Shown) -> None:
        self.now = now
        """May be set by who renders the whole centre anyway; nobody is told of that."""
        self._listeners = Listeners[[]]()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have something called after each change; gives the function that ends it."""
        return self._listeners.add(listener)

    def show(self, now: Shown) -> None:
        """Show something else, and tell whoever follows."""
        self.now = now
        self._listeners.tell()
