"""New versions of a policy, to show what each kind does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ...policy.pack import ChangeKind, Pack

REWORDED_ID = "2026-01-02"
REWORDED_DAY = date(2026, 1, 2)


def published(pack: Pack, change: ChangeKind) -> Pack:
    """A pack in which a new version is in effect.

    A material one is the pack's own example of an update. An editorial one declares the same as
    the version before it.

    Raises:
        LookupError: A material one is wanted, and the pack has no example.
    """
    if change is ChangeKind.MATERIAL:
        example = next((it for it in pack.versions if it.example), None)
        if example is None:
            raise LookupError(f"{pack.id}: no version is an example")
        real = replace(example, example=False)
        versions = tuple(real if it is example else it for it in pack.versions)
        return replace(pack, versions=versions).at(real.id)
    old = pack.version
    new = replace(
        old,
        id=REWORDED_ID,
        published=REWORDED_DAY,
        effective=REWORDED_DAY,
        change=ChangeKind.EDITORIAL,
    )
    texts = {(new.id, locale): pack.texts[(old.id, locale)] for locale in pack.locales}
    return replace(
        pack,
        versions=(*(it for it in pack.versions if not it.example), new),
        declared={**pack.declared, new.id: pack.declared[old.id]},
        texts={**pack.texts, **texts},
    ).at(new.id)
