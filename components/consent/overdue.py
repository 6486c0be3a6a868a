"""Which consents a rule has ended that the record still shows as given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..policy.pack import MinorsRule, Pack
from .age import AgeBand
from .event import BASE_NOTICE, Event, Target, TargetKind
from .facts import Facts, giver
from .fold import moment_of
from .ledger_errors import LedgerError
from .record import Record
from .standing import Holding
from .transitions import Act

_ENDED_BY = {
    Holding.NOT_THEIRS: Act.INVALIDATE,
    Holding.OUTGROWN: Act.COME_OF_AGE,
    Holding.CHANGED: Act.CHANGE,
    Holding.RAN_OUT: Act.EXPIRE,
}
"""What is written of a consent that was given and does not count.

Nothing is written of words that the pack does not know: a newer kit beside this one may know them.
"""


@dataclass(frozen=True)
class Due:
    """A consent that is over, and the act that ended it."""

    target: Target
    act: Act


def overdue(pack: Pack, record: Record, facts: Facts, now: datetime) -> tuple[Due, ...]:
    """What is to be written down, the base notice and purposes; empty if nothing is."""
    age = facts.age()
    given = [event for event in record.state.values() if event.status.permits]
    acts = ((event, _act(pack, facts, event, age)) for event in given)
    return tuple(
        Due(event.target, act)
        for event, act in acts
        if act is not None and _would_hold(record, event, now)
    )


def _act(pack: Pack, facts: Facts, event: Event, age: AgeBand) -> Act | None:
    if event.target == BASE_NOTICE:
        return _ENDED_BY.get(giver(event, age))
    if event.target.kind is not TargetKind.PURPOSE or event.target.id not in pack.purposes:
        return None
    never = pack.purposes[event.target.id].minors is MinorsRule.NEVER
    if never and age in (AgeBand.CHILD, AgeBand.MINOR):
        return Act.INVALIDATE
    return _ENDED_BY.get(facts.consent(event.target.id, age))


def _would_hold(record: Record, event: Event, now: datetime) -> bool:
    """Whether what is written now holds over an event.

    It does over one of this installation. What another says at a later time would hold over it,
    and it would be written again and again.
    """
    if moment_of(event) <= now:
        return True
    try:
        return event.subject == record.ledger.subject
    except LedgerError:
        return False
