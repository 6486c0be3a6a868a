"""What the rights screen shows: the rights there are, and this person's requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta, timezone
from enum import StrEnum

from ...i18n import Language
from ...policy.pack import Pack
from ...sync.answers import FailureKind
from ...sync.rights_store import KeptRequest
from .words import own_words

CHINA = timezone(timedelta(hours=8), "CST")
"""The zone in which deadlines run."""

LONGEST_MESSAGE = 2000
"""Most characters of a message; the endpoint takes no more."""

_BY_LAW = 15
_KINDS = (
    "access",
    "copy",
    "transfer",
    "correct",
    "supplement",
    "delete",
    "restrict",
    "close-account",
    "explain",
)
"""What may be asked for, whether a policy mentions it or not (PIPL arts. 44 to 48)."""


class Way(StrEnum):
    """Whether a request can be made from here.

    ``OPEN``: yes. ``NOTICE_FIRST``: nothing may travel before the base notice was accepted.
    ``NONE``: the app has no endpoint.
    """

    OPEN = "open"
    NOTICE_FIRST = "notice-first"
    NONE = "none"


@dataclass(frozen=True)
class RightRow:
    """A right.

    Attributes:
        kind: For example ``close-account``.
        name: What a person would call it.
        description: What it is, in the policy's words where it has any.
        happens: What happens when it is used.
        working_days: The longest an answer may take.
        clause: Its clause; None where the policy does not mention it.
        clause_title: What that is called.
    """

    kind: str
    name: str
    description: str
    happens: str
    working_days: int
    clause: str | None
    clause_title: str | None


@dataclass(frozen=True)
class KeptByPurpose:
    """How long the data of a purpose is kept, in the policy's words."""

    purpose: str
    retention: str


@dataclass(frozen=True)
class RightsView:
    """Everything the rights screen shows.

    Attributes:
        rights: In the law's order.
        requests: The newest first; None if they cannot be read now.
        way: Whether a request can be made from here.
        reached: Why the endpoint was not reached when last tried; None if it was.
        today: In China, where the deadlines run.
        retention: How long what is kept, for closing the account.
        clause_titles: Of clauses that requests are about, by id.
        was_damaged: Whether the requests were found damaged, set aside, and begun anew.
    """

    rights: tuple[RightRow, ...]
    requests: tuple[KeptRequest, ...] | None
    way: Way
    reached: FailureKind | None
    today: date
    retention: tuple[KeptByPurpose, ...]
    clause_titles: dict[str, str]
    was_damaged: bool = False

    def right(self, kind: str) -> RightRow | None:
        """A right by its kind; None if there is none."""
        return next((row for row in self.rights if row.kind == kind), None)

    def request(self, request_id: str) -> KeptRequest | None:
        """A request by its id; None if it is not known here."""
        found = (it for it in self.requests or () if it.request.request_id == request_id)
        return next(found, None)


def rights_view(
    pack: Pack,
    requests: tuple[KeptRequest, ...] | None,
    language: Language,
    *,
    way: Way,
    reached: FailureKind | None,
    today: date,
    was_damaged: bool = False,
) -> RightsView:
    """What to show of a pack's rights and of somebody's requests.

    Args:
        pack: Says which rights it grants, in which words, and how fast it answers.
        requests: The newest first; None if they cannot be read now.
        language: The interface's language.
        way: Whether a request can be made from here.
        reached: Why the endpoint was not reached when last tried; None if it was.
        today: In China.
        was_damaged: Whether the requests were found damaged and begun anew.
    """
    locale = language.locale
    titles = {clause.id: clause.title for clause in pack.document(locale).clauses()}
    kept = (
        KeptByPurpose(pack.text(it.name, locale), pack.text(it.retention, locale))
        for it in pack.purposes.values()
        if it.retention is not None and not it.asks_consent
    )
    return RightsView(
        rights=tuple(_row(pack, kind, language, titles) for kind in _KINDS),
        requests=requests,
        way=way,
        reached=reached,
        today=today,
        retention=tuple(kept),
        clause_titles=titles,
        was_damaged=was_damaged,
    )


def _row(pack: Pack, kind: str, language: Language, titles: dict[str, str]) -> RightRow:
    name, happens = own_words(kind, language)
    right = pack.rights.get(kind)
    if right is None:
        return RightRow(kind, name, happens, happens, _BY_LAW, None, None)
    promised = right.working_days
    return RightRow(
        kind,
        name,
        pack.text(right.description, language.locale),
        happens,
        promised if 0 < promised < _BY_LAW else _BY_LAW,
        right.clause,
        titles.get(right.clause),
    )
