"""How the cost of each thing grows with its size, over four decades, and with what exponent.

Each is timed at sizes ten times apart. The exponent is the slope of a straight line through the
logarithms, over those sizes at which the cost has begun to grow: 0 is a cost that does not depend
on the size, 1 one that is proportional to it. ``n log n`` stays below 1.2 over these sizes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from components.consent.clock import SystemClock
from components.consent.event import Target, TargetKind
from components.consent.ledger import Ledger
from components.consent.opening import open_record
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.endpoint.database import Database
from components.endpoint.judgement import Arrival
from components.endpoint.store import Store
from components.policy import load_pack
from components.policy.markdown import parse_document
from tests.consent.making import AVATAR, NEARBY, draft
from tests.endpoint.devices import Device, entries
from tests.policy.small_pack import FILES, PACK, write

from .exponents import exponent
from .figures import Figure, Size
from .stored import EVENTS_A_SUBJECT, fill_endpoint
from .timing import seconds

MOST = 1.2
"""The exponent of n log n over four decades, and no more."""

_FITTED = 3
_MILLISECONDS = 1e3


_UNITS = {"ms": _MILLISECONDS, "bytes": 1}


@dataclass(frozen=True)
class Grown:
    """The cost of one thing at several sizes.

    Attributes:
        what: The thing, and what grows.
        cost: The size to the seconds that it took, or the bytes.
        unit: What it is told in.
    """

    what: str
    cost: dict[int, float]
    unit: Literal["ms", "bytes"] = "ms"

    @property
    def exponent(self) -> float:
        """Slope of the logarithms over the largest sizes, by least squares."""
        return exponent(dict(sorted(self.cost.items())[-_FITTED:]))

    def figure(self) -> Figure:
        """As it is told."""
        return Figure(
            f"exponent of {self.what} ({self.unit} at each)",
            self.exponent,
            "",
            at_most=MOST,
            behind={f"{size:,}": cost * _UNITS[self.unit] for size, cost in self.cost.items()},
        )


def measure(size: Size) -> list[Figure]:
    """Policy size, purposes, length of the record and of the queue, subjects."""
    sizes = [10**power for power in (range(1, 6) if size is Size.FULL else range(1, 3))]
    times = 7 if size is Size.FULL else 1
    grown = [*_policies(sizes, times), *_purposes(sizes[:4])]
    with tempfile.TemporaryDirectory() as folder:
        grown += _records(Path(folder), sizes, times)
        grown += _targets(Path(folder), sizes[:4], times)
        grown += _subjects(Path(folder), sizes, times)
    return [it.figure() for it in grown]


def _least(what: Callable[[], object], times: int) -> float:
    """The least of several times: what disturbs only ever adds."""
    return min(seconds(what) for _ in range(times))


def _policies(sizes: Sequence[int], times: int) -> list[Grown]:
    """Reading policies of so many clauses; ten clauses are about 1.5 KB."""
    took = {}
    for size in sizes:
        text = f"# 隐私政策\n\n{{#text}}\n## 正文\n\n{_clauses(size)}"
        took[size] = _least(partial(parse_document, text), 1 if size > 1e4 else times)
    return [Grown("reading a policy over its clauses", took)]


def _clauses(number: int) -> str:
    clause = "{{#clause-{0}}}\n### 第{0}条\n\n我们收集**手机号**，用于生成订单，保存三年。{1}\n\n"
    words = "您可以随时查看、更正、删除。" * 3
    return "".join(clause.format(it, words) for it in range(number))


def write_policy(folder: Path, clauses: int) -> Path:
    """A pack whose policy has so many clauses more."""
    added = _clauses(clauses)
    texts = {name: f"{it}\n{added}" for name, it in FILES.items() if name.endswith("policy.md")}
    return write(folder, {**FILES, **texts})


def _purposes(sizes: Sequence[int]) -> list[Grown]:
    """Loading a pack that declares so many purposes."""
    head, purpose, rest = PACK.partition("[[purposes]]")
    one, following, tail = rest.partition("[[purposes]]")
    took = {}
    for size in sizes:
        added = "".join(
            purpose + one.replace('"browsing"', f'"browsing-{number}"', 1) for number in range(size)
        )
        declared = head + purpose + one + added + following + tail
        with tempfile.TemporaryDirectory() as folder:
            pack = write(Path(folder), {**FILES, "pack.toml": declared})
            took[size] = seconds(partial(load_pack, pack))
    return [Grown("loading a pack over its purposes", took)]


def _records(folder: Path, sizes: Sequence[int], times: int) -> list[Grown]:
    """A record that grows, all of it waiting to be sent."""
    path = folder / "record.sqlite"
    record = Record(Ledger(path))
    opening, choice, asking, page, claim, counts = ({} for _ in range(6))
    length = 0
    for size in sizes:
        for number in range(length, size):
            record.append(draft(status_of(number), (NEARBY, AVATAR)[number % 2]))
        length = size
        opening[size] = _least(partial(_open, path), times)
        choice[size] = _least(lambda: record.append(draft(status_of(0), NEARBY)), times)
        asking[size] = seconds(lambda: record.status(NEARBY), 10_000)
        page[size] = _least(lambda: record.history(limit=50), times)
        counts[size] = _least(record.ledger.outbox.counts, times)
        claim[size] = _least(lambda: record.ledger.outbox.claim(50), times)
    record.ledger.close()
    return [
        Grown("opening the record over its length", opening),
        Grown("one durable choice over the length of the record", choice),
        Grown("asking for a state over the length of the record", asking),
        Grown("a page of the history over the length of the record", page),
        Grown("claiming fifty to send over the length of the queue", claim),
        Grown("counting what waits over the length of the queue", counts),
    ]


def _open(path: Path) -> None:
    open_record(path, SystemClock()).record.ledger.close()


def status_of(number: int) -> ConsentStatus:
    """Given twice, withdrawn twice, and so on: each of two targets in turn."""
    return (ConsentStatus.GIVEN, ConsentStatus.WITHDRAWN)[number // 2 % 2]


def _targets(folder: Path, sizes: Sequence[int], times: int) -> list[Grown]:
    """Opening a record of so many purposes, one choice about each."""
    took, asking = {}, {}
    for size in sizes:
        path = folder / f"{size}.sqlite"
        record = Record(Ledger(path))
        for number in range(size):
            record.append(draft(target=Target(TargetKind.PURPOSE, f"purpose-{number}")))
        last = Target(TargetKind.PURPOSE, f"purpose-{size - 1}")
        asking[size] = seconds(partial(record.status, last), 10_000)
        record.ledger.close()
        took[size] = _least(partial(_open, path), times)
    return [
        Grown("opening the record over the number of purposes", took),
        Grown("asking for a state over the number of purposes", asking),
    ]


def _subjects(folder: Path, sizes: Sequence[int], times: int) -> list[Grown]:
    """A commit of 32 batches, and a state, in an endpoint that holds so many subjects."""
    taking, asking = {}, {}
    for size in sizes:
        file = folder / f"endpoint-{size}.sqlite3"
        fill_endpoint(file, size * EVENTS_A_SUBJECT)
        with closing(Database(f"sqlite:///{file}")) as database:
            store = Store(database)
            taking[size] = min(_take(store) for _ in range(times))
            known = Device()
            store.take([_arrival(known, 5)])
            asking[size] = _least(partial(store.record, known.subject), times)
    return [
        Grown("storing 32 batches in one commit over the subjects stored", taking),
        Grown("reading one record over the subjects stored", asking),
    ]


def _take(store: Store) -> float:
    arrivals = [_arrival(Device(), 1) for _ in range(32)]
    return seconds(lambda: store.take(arrivals))


def _arrival(device: Device, events: int) -> Arrival:
    made = entries(device.choose_many(events))
    return Arrival(device.subject, made, "2021-11-01T08:00:00.000Z", None)
