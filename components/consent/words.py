"""What became of the words that a choice was made on: which purposes a newer version touches."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..policy.pack import ChangeKind, Pack, PolicyVersion
from .event import Event


@dataclass(frozen=True)
class Since:
    """What changed from one version of a policy to the one that a pack is in.

    Attributes:
        material: Whether a person is to be told: a version on the way says so, or a purpose is
            touched although none does.
        touched: Ids of the purposes that are asked again.
    """

    material: bool
    touched: Collection[str]


_NOTHING = Since(material=False, touched=frozenset())


class Words:
    """The versions of one pack, seen from choices made on earlier ones.

    Each version is compared once, when a choice first turns up that was made on it; a start with
    choices on the newest version compares nothing.

    Args:
        pack: In the version that is in effect.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._since: dict[str, Since | None] = {pack.version.id: _NOTHING}

    def since(self, event: Event) -> Since | None:
        """What changed since an event; None where its words are not this pack's.

        That is so for another pack's notice, for a version that the pack lacks, and for one that
        comes after the version in effect: whoever reads an older pack cannot know what was agreed
        to, so it does not count there.
        """
        notice = event.notice
        if notice is None or notice.notice.partition("/")[0] != self._pack.id:
            return None
        if notice.version not in self._since:
            self._since[notice.version] = self._compared(notice.version)
        return self._since[notice.version]

    def _compared(self, version_id: str) -> Since | None:
        way = self._way_from(version_id)
        if way is None or version_id not in self._pack.declared:
            return None
        # Only here: the comparison is no small import, and most starts need none.
        from ..policy.diff.packs import purposes_to_ask_again

        touched = frozenset(purposes_to_ask_again(self._pack.at(version_id), self._pack))
        told = any(version.change is ChangeKind.MATERIAL for version in way)
        return Since(told or bool(touched), touched)

    def _way_from(self, version_id: str) -> list[PolicyVersion] | None:
        """The versions after one, up to the one in effect; examples are not on the way."""
        versions = [
            version
            for version in self._pack.versions
            if not version.example or version == self._pack.version
        ]
        ids = [version.id for version in versions]
        if version_id not in ids:
            return None
        begin = ids.index(version_id) + 1
        if self._pack.version.id not in ids[begin:]:
            return None
        return versions[begin : ids.index(self._pack.version.id) + 1]
