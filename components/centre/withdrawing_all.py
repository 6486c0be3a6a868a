"""Taking back every consent at once: one press, one event for each, and what failed is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..consent.gate import NotPermitted
from ..consent.ledger import LedgerError
from ..policy.notice import withdrawal_notice

if TYPE_CHECKING:
    from ..kit import ConsentKit


@dataclass(frozen=True)
class AllWithdrawn:
    """What came of it: ids of the purposes withdrawn now, and of those that still hold."""

    withdrawn: tuple[str, ...]
    left: tuple[str, ...]


def withdraw_all(kit: ConsentKit, label: str) -> AllWithdrawn:
    """Withdraw every consent of the person; the base notice and the basic functions stay.

    It stops at the first that cannot be saved, since the next could not be either.

    Args:
        kit: Whose consents.
        label: What stood on the button.
    """
    held = [it for it in kit.pack.purposes if kit.status(it).permits]
    withdrawn: list[str] = []
    for number, purpose_id in enumerate(held):
        try:
            kit.choices.withdraw(
                purpose_id,
                withdrawal_notice(kit.pack, purpose_id, kit.language.locale),
                label=label,
                gesture="centre.withdraw-all",
            )
        except NotPermitted:
            # Another window was quicker; it is withdrawn all the same.
            continue
        except LedgerError:
            return AllWithdrawn(tuple(withdrawn), tuple(held[number:]))
        withdrawn.append(purpose_id)
    return AllWithdrawn(tuple(withdrawn), ())
