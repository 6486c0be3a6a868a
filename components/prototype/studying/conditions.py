"""What the prototype can be like: the policy that a study is about, and what it compares."""

from __future__ import annotations

from collections.abc import Mapping

from ...kit import ConsentKit
from ...policy import load_pack
from ...policy.delivered import pack_folder
from ...policy.pack import Pack
from ...screens import Screens
from ...study.model import Condition, Study

OPENING = "opening"
SUMMARY = "summary"
FULL = "full"

FACTORS: Mapping[str, frozenset[str]] = {OPENING: frozenset({SUMMARY, FULL})}
"""The factors that the prototype knows, with their levels.

``opening``: what whoever wants to read the policy comes to first, the summary or the full text.
"""


def pack_of(study: Study) -> Pack:
    """The policy that a study is about, at its version.

    Raises:
        NoSuchPack: It does not come along.
        PackError: It cannot be read.
    """
    return load_pack(pack_folder(study.pack)).at(study.policy_version)


def put_on(kit: ConsentKit, condition: Condition) -> None:
    """Let a kit be as a condition wants it."""
    match condition.get(OPENING):
        case "summary":
            kit.screens = _SummaryFirst(kit)
        case "full":
            kit.screens = _FullFirst(kit)


class _SummaryFirst(Screens):
    """The summary comes before the full text; from it, and at a clause, the text is opened."""

    def __init__(self, kit: ConsentKit) -> None:
        super().__init__(kit)
        self._in_summary = False

    async def policy(self, clause: str | None = None) -> None:
        """See :class:`Screens`."""
        if clause is None and not self._in_summary:
            await self.summary()
        else:
            await super().policy(clause)

    async def summary(self) -> None:
        """See :class:`Screens`."""
        self._in_summary = True
        try:
            await super().summary()
        finally:
            self._in_summary = False


class _FullFirst(Screens):
    """There is no summary: every way to it leads to the full text."""

    async def summary(self) -> None:
        """See :class:`Screens`."""
        await super().policy()
