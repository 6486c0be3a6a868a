"""What happened to a clause, a line or an entry of a pack, in the interface's language."""

from __future__ import annotations

from collections.abc import Iterable

from ...i18n import Language
from ...policy.diff import EntryChange, EntryKind, EntryMark, Mark

SHOWN_ENTRIES = (
    EntryKind.CONTROLLER,
    EntryKind.PURPOSE,
    EntryKind.DATA_CATEGORY,
    EntryKind.RECIPIENT,
    EntryKind.PERMISSION,
    EntryKind.RIGHT,
)
"""What a person is told of beside the full text; the wording of screens is not among it."""


def marks_in_words(marks: Iterable[Mark], language: Language) -> str:
    """What happened, as a list; empty if a reader sees no difference."""
    say = language.gettext
    words = {
        Mark.ADDED: say("New clause"),
        Mark.REMOVED: say("Clause removed"),
        Mark.MOVED: say("Moved to another place"),
        Mark.RENUMBERED: say("Numbered anew"),
        Mark.RETITLED: say("Renamed"),
        Mark.REWORDED: say("Reworded"),
        Mark.REARRANGED: say("Rearranged"),
        Mark.RELINKED: say("Links changed"),
        Mark.RESTYLED: say("Only its look changed"),
        Mark.RELEVELLED: say("Another level of heading"),
    }
    # Of a clause that was reworded, that a link in it changed as well says little.
    told = [mark for mark in marks if mark in words]
    if Mark.REWORDED in told:
        told = [mark for mark in told if mark not in (Mark.RELINKED, Mark.RESTYLED)]
    return " · ".join(words[mark] for mark in told)


def entry_in_words(entry: EntryChange, language: Language, locale: str) -> str:
    """What became of a purpose, a recipient and so on, with what it is called."""
    say = language.gettext
    name = entry.name.get(locale, entry.id)
    match (entry.kind, entry.mark):
        case (EntryKind.PURPOSE, EntryMark.ADDED):
            return say("New use of data: {name}", name=name)
        case (EntryKind.PURPOSE, EntryMark.REMOVED):
            return say("No longer a use of data: {name}", name=name)
        case (EntryKind.PURPOSE, _):
            return say("Changed use of data: {name}", name=name)
        case (EntryKind.DATA_CATEGORY, EntryMark.ADDED):
            return say("New kind of data: {name}", name=name)
        case (EntryKind.DATA_CATEGORY, EntryMark.REMOVED):
            return say("No longer used: {name}", name=name)
        case (EntryKind.DATA_CATEGORY, _):
            return say("Changed kind of data: {name}", name=name)
        case (EntryKind.RECIPIENT, EntryMark.ADDED):
            return say("New recipient: {name}", name=name)
        case (EntryKind.RECIPIENT, EntryMark.REMOVED):
            return say("No longer a recipient: {name}", name=name)
        case (EntryKind.RECIPIENT, _):
            return say("What this recipient gets has changed: {name}", name=name)
        case (EntryKind.PERMISSION, EntryMark.ADDED):
            return say("New permission: {name}", name=name)
        case (EntryKind.PERMISSION, EntryMark.REMOVED):
            return say("No longer a permission: {name}", name=name)
        case (EntryKind.PERMISSION, _):
            return say("Changed permission: {name}", name=name)
        case (EntryKind.RIGHT, EntryMark.ADDED):
            return say("New right: {name}", name=name)
        case (EntryKind.RIGHT, EntryMark.REMOVED):
            return say("No longer among your rights: {name}", name=name)
        case (EntryKind.RIGHT, _):
            return say("Changed right: {name}", name=name)
        case _:
            return say("Who is responsible, or how to reach them, has changed")
