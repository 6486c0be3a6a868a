"""What Flet writes into its log about a message to the browser: what kind it is.

Flet writes each message out for its log before it knows whether anybody keeps that log, and takes
a quarter of the time of an update for it. Besides, a log is no place for what somebody has chosen.
"""

from __future__ import annotations

from flet.messaging.protocol import Message

__all__ = ["name_messages_only"]


def name_messages_only() -> None:
    """Let a message be written as its kind, without its content, in the whole process."""
    Message.__repr__ = _named  # type: ignore[method-assign, assignment]


def _named(message: Message) -> str:
    return f"<{message.action.name}>"
