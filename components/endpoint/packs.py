"""The policy packs that the endpoint knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from ..policy import load_pack
from ..policy.pack import Pack


class Packs:
    """Packs by id, read when one is first asked for.

    Args:
        folders: One folder a pack. Two packs of one id: the later one counts.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    @cached_property
    def by_id(self) -> Mapping[str, Pack]:
        """All of them. Reads files: blocks the first time.

        Raises:
            PackError: One of them is broken; says where and how to mend it.
        """
        return MappingProxyType({pack.id: pack for pack in map(load_pack, self._folders)})
