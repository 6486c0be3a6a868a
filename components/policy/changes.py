"""``<version>/changes.toml`` -> what a version declares otherwise than the one before it.

The file is optional. It holds whole entries as ``pack.toml`` does; each takes the place of the
entry with its id, or is added behind the others. ``[removed]`` lists the ids that are gone::

    [[purposes]]
    id = "marketing-push"
    …

    [removed]
    recipients = ["mi-push"]

Changes hold for the version and all later ones; those of an example version for it alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from .entries import Entries, Entry, closed, read_entries
from .toml_reader import TomlFile, TomlTable

CHANGES_FILE = "changes.toml"

Item = TypeVar("Item")


def changed(base: Entries, file: TomlFile) -> Entries:
    """The entries of a version, from those of the version before it and its changes.

    Faults go to ``file.findings``; the entries are to be used only if there were none.
    """
    root = TomlTable(file, (), file.source.values)
    own = read_entries(root)
    removed = root.optional_table("removed")
    gone = _Gone(file, {}) if removed is None else closed(removed, _gone)
    root.finish()
    return Entries(
        data_categories=gone.laid_over(
            "data_categories", base.data_categories, own.data_categories
        ),
        purposes=gone.laid_over("purposes", base.purposes, own.purposes),
        permissions=gone.laid_over("permissions", base.permissions, own.permissions),
        recipients=gone.laid_over("recipients", base.recipients, own.recipients),
        rights=gone.laid_over("rights", base.rights, own.rights),
    )


class _Gone:
    """The ids under ``[removed]``, by kind."""

    def __init__(self, file: TomlFile, ids: Mapping[str, tuple[str, ...]]) -> None:
        self._file = file
        self._ids = ids

    def laid_over(
        self, kind: str, base: Mapping[str, Entry[Item]], own: Mapping[str, Entry[Item]]
    ) -> Mapping[str, Entry[Item]]:
        """One kind of entry: the base's without what is gone, with the version's own."""
        ids = self._ids.get(kind, ())
        for id_ in ids:
            if id_ in own or id_ not in base:
                self._file.fault(
                    ("removed", kind),
                    f"{id_!r} is removed, and "
                    + ("declared in the same file" if id_ in own else "was never declared"),
                    "take it out of [removed], or mend the id",
                )
        kept = {id_: entry for id_, entry in base.items() if id_ not in ids}
        return {**kept, **own}


def _gone(table: TomlTable) -> _Gone:
    kinds = ("data_categories", "purposes", "permissions", "recipients", "rights")
    return _Gone(table.file, {kind: table.texts(kind) for kind in kinds})
