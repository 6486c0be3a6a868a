"""Whatever phones, networks, clocks and the endpoint do: at rest, all say the same."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, TypeVar

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, Event, Target
from components.consent.status import ConsentStatus
from components.sync import (
    Erasure,
    Failed,
    FailureKind,
    Network,
    Pulled,
    Restored,
    SyncPhase,
    erase,
    restore,
)

from .happenings import HAPPENINGS, HOW, PHONES, TARGETS, WEIGHTED
from .logins import Logins
from .replicas import URL, Endpoint, Phone, Weather

EXAMPLES, STEPS = 55, 235
NOON = datetime(2021, 11, 1, 12, tzinfo=UTC)
T = TypeVar("T")


class Replicas(RuleBasedStateMachine):
    """Four phones of two persons. Every rule is one thing that happens to one of them."""

    folder: ClassVar[Path]
    logins: ClassVar[Logins]
    runner: ClassVar[asyncio.Runner]
    happenings: ClassVar[Counter[str]]

    @initialize(clocks_jump=st.booleans(), requests_come_late=st.booleans())
    def begin(self, clocks_jump: bool, requests_come_late: bool) -> None:
        self.clocks_jump, self.requests_come_late = clocks_jump, requests_come_late
        self.here = self.folder / "now"
        shutil.rmtree(self.here, ignore_errors=True)
        self.true_time = ManualClock(NOON)
        self.endpoint = Endpoint(self.here, self.logins.issuers, self.true_time)
        self.run_(self.endpoint.start())
        self.files = 0
        self.phones = [
            Phone(self.new_file(), self.endpoint, ManualClock(NOON)) for _ in range(PHONES)
        ]
        self.grants: dict[str, Target] = {}
        self.chosen_at: dict[str, datetime] = {}
        self.clocks_are_true = True
        self.nothing_came_late = True
        self.steps_since_rest = self.steps_since_restart = 0
        self.seen: dict[Path, int] = {}
        # Two phones of one person, a guest's, and one on which nothing was decided yet.
        for phone, login in ((0, "xiaoming"), (1, "xiaoming"), (2, None)):
            self.choose(phone, BASE_NOTICE, ConsentStatus.GIVEN)
            if login is not None:
                self.link(phone, login, Weather.FAIR)

    def run_(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def new_file(self) -> Path:
        self.files += 1
        return self.here / f"phone-{self.files}.sqlite3"

    # --- what happens

    @rule(happening=st.sampled_from(WEIGHTED).flatmap(HAPPENINGS.__getitem__))
    def happens(self, happening: tuple[str, dict[str, Any]]) -> None:
        what, how = happening
        if not self.can_happen(what):
            what, how = "time_passes", {"seconds": 1}
        if how.get("weather") is Weather.DELAYS and not self.requests_come_late:
            how = {**how, "weather": Weather.LOSES_REQUESTS}
        type(self).happenings[what] += 1
        getattr(self, what)(**how)

    def can_happen(self, what: str) -> bool:
        match what:
            # Looking at everything, and beginning again, take as long as many steps.
            case "come_to_rest":
                return self.steps_since_rest >= 30
            case "restart_the_endpoint":
                return self.steps_since_restart >= 30
            case "set_a_clock":
                return self.clocks_jump
            case "something_comes_late":
                return any(it.way.delayed for it in self.phones)
            case _:
                return True

    def choose(self, phone: int, about: Target, status: ConsentStatus) -> None:
        event = self.phones[phone].choose(about, status)
        self.chosen_at[event.event_id] = self.true_time.now()
        if status.permits:
            self.grants[event.event_id] = about

    def change_minds(self, phones: list[int], about: Target) -> None:
        """A grant and a refusal about the same thing, on several phones, in the same instant."""
        for place, phone in enumerate(phones):
            status = ConsentStatus.REFUSED if place % 2 else ConsentStatus.GIVEN
            self.choose(phone, about, status)

    def log_in(self, phone: int, login: str) -> None:
        it = self.phones[phone]
        if not it.may_send():
            self.choose(phone, BASE_NOTICE, ConsentStatus.GIVEN)
        it.online()
        if it.way.account is not None:
            self.unlink(phone, Weather.FAIR)
        self.link(phone, login, Weather.FAIR)

    def send(self, phone: int, weather: Weather) -> None:
        it = self.phones[phone]
        with it.way.under(weather):
            state = self.run_(it.sync.drain())
        if not it.may_send():
            assert state.phase is SyncPhase.HELD
        assert state.rejected == 0

    def die_while_sending(self, phone: int, arrives: bool) -> None:
        it = self.phones[phone]
        if it.may_send() and (events := it.ledger.outbox.claim(2)) and arrives:
            self.run_(it.transport.send(it.ledger.subject, it.ledger.secret, events))
        self.run_(it.restart())

    def pull(self, phone: int, weather: Weather) -> None:
        it = self.phones[phone]
        with it.way.under(weather):
            answer = self.run_(it.link.pull())
        assert isinstance(answer, Pulled) or answer.reason is not FailureKind.UNTRUE_RECORD

    def link(self, phone: int, login: str, weather: Weather) -> None:
        it = self.phones[phone]
        # Without a first choice there is nobody to log in yet.
        if it.record.state:
            token = self.logins.token(login, it.ledger.subject, self.true_time.now())
            with it.way.under(weather):
                self.run_(it.link.link(token))

    def unlink(self, phone: int, weather: Weather) -> None:
        it = self.phones[phone]
        with it.way.under(weather):
            if not isinstance(self.run_(it.link.unlink()), Failed):
                assert it.record.others == ()

    def restart(self, phone: int) -> None:
        self.run_(self.phones[phone].restart())

    def restart_the_endpoint(self) -> None:
        self.steps_since_restart = 0
        self.run_(self.endpoint.stop())
        self.run_(self.endpoint.start())

    def change_the_network(self, phone: int, network: Network) -> None:
        it = self.phones[phone]
        it.connectivity.set_network(network)
        before = it.way.arrived.total()
        if network is Network.OFFLINE:
            assert self.run_(it.sync.drain()).phase is not SyncPhase.SENDING
            assert it.way.arrived.total() == before

    def time_passes(self, seconds: int) -> None:
        for clock in (self.true_time, *(it.clock for it in self.phones)):
            clock.advance(timedelta(seconds=seconds))

    def set_a_clock(self, phone: int, minutes: int) -> None:
        self.clocks_are_true = False
        self.phones[phone].clock.set_wall_clock(self.true_time.now() + timedelta(minutes=minutes))

    def something_comes_late(self, phone: int, place: int) -> None:
        self.nothing_came_late = False
        self.run_(self.phones[phone].way.deliver_delayed(place))

    def restore_on_a_new_phone(self, phone: int, weather: Weather) -> None:
        it = self.phones[phone]
        it.online()
        if not it.may_send() or it.way.erased:
            return
        assert self.run_(it.sync.drain()).phase is SyncPhase.IDLE
        secret, events, file = it.ledger.secret, it.ledger.events(), self.new_file()
        self.run_(it.replace(file))
        with it.way.under(weather):
            self.run_(restore(it.ledger, secret, it.transport, lambda: True))
        if not it.ledger.events():
            assert self.run_(restore(it.ledger, secret, it.transport, lambda: True)) == Restored(
                len(events)
            )
        it.record.refresh()
        assert it.ledger.events() == events

    def erase(self, phone: int, weather: Weather) -> None:
        it = self.phones[phone]
        with it.way.under(weather):
            answer = self.run_(erase(it.device))
        if isinstance(answer, Erasure):
            assert it.ledger.outbox.unsettled() == 0

    def come_to_rest(self) -> None:
        self.steps_since_rest = 0
        for it in self.phones:
            it.online()
            while it.way.delayed:
                self.nothing_came_late = False
                self.run_(it.way.deliver_delayed(0))
        for it in self.phones:
            self.run_(it.sync.drain())
        for place, it in enumerate(self.phones):
            if it.way.erased:
                self.check_erased(it)
                self.run_(it.close())
                self.phones[place] = Phone(self.new_file(), self.endpoint, it.clock)
                self.log_in(place, "xiaoming")
        for it in self.phones:
            rest = self.run_(it.sync.drain())
            assert rest.rejected == rest.superseded == 0
            assert rest.phase is (SyncPhase.IDLE if it.may_send() else SyncPhase.HELD)
        self.check_rest()

    # --- what must be true at rest

    def check_rest(self) -> None:
        for it in self.phones:
            if it.may_send():
                pulled = self.run_(it.link.pull())
                assert isinstance(pulled, Pulled), pulled
                assert (pulled.account.linked is None) == (it.way.account is None)
        own = [it.ledger.events() for it in self.phones]
        for place, it in enumerate(self.phones):
            family = [
                other
                for other, phone in enumerate(self.phones)
                if phone is it or (it.way.account and phone.way.account == it.way.account)
            ]
            union = [event for other in family for event in own[other]]
            state = {target: event.event_id for target, event in it.record.state.items()}
            self.check_against_truth(it, union)
            for other in family:
                assert self.phones[other].record.state == it.record.state
            if not it.may_send():
                assert not it.way.arrived
                assert family == [place]
                continue
            if place == family[0]:
                assert self.state_at_the_endpoint(it) == state
            if self.seen.get(it.path) != len(own[place]):
                # Nothing lost, nothing doubled, nothing in another order.
                assert self.stored(it) == [event.to_json() for event in own[place]]
                self.seen[it.path] = len(own[place])

    def check_against_truth(self, it: Phone, union: list[Event]) -> None:
        """With true clocks the last word counts, and in doubt the one that does not permit."""
        if not self.clocks_are_true:
            return
        for target in TARGETS:
            words: dict[str, Event] = {}
            for event in union:
                if event.target == target:
                    words[event.subject] = event
            latest = max((self.chosen_at[one.event_id] for one in words.values()), default=NOON)
            last = [one for one in words.values() if self.chosen_at[one.event_id] == latest]
            may_permit = bool(last) and all(one.status.permits for one in last)
            permits = it.record.status(target).permits
            # A refusal that came late counts as said a little later, never a little earlier.
            assert permits == may_permit if self.nothing_came_late else permits <= may_permit

    def check_erased(self, it: Phone) -> None:
        # Without anything new the phone may not know it yet.
        if it.sync.state.phase is not SyncPhase.ERASED:
            it.choose(TARGETS[1], ConsentStatus.REFUSED)
            assert self.run_(it.sync.drain()).phase is SyncPhase.ERASED
        before = it.way.arrived["POST"]
        it.choose(TARGETS[1], ConsentStatus.REFUSED)
        state = self.run_(it.sync.drain())
        assert (state.phase, state.pending) == (SyncPhase.ERASED, 0)
        assert it.way.arrived["POST"] == before
        assert self.get(it, "events").status_code == 410

    def get(self, it: Phone, what: str, **query: str | int) -> httpx.Response:
        request = httpx.Request(
            "GET",
            f"{URL}/v1/subjects/{it.ledger.subject}/{what}",
            params=query,
            headers={"authorization": f"Bearer {it.ledger.secret}"},
        )
        return self.run_(self.endpoint.answer(request))

    def stored(self, it: Phone) -> list[dict[str, Any]]:
        answer = self.get(it, "events", limit=500)
        return [one["event"] for one in answer.json()["events"]]

    def state_at_the_endpoint(self, it: Phone) -> dict[Target, str]:
        answer = self.get(it, "state", of="account")
        return {Target.parse(name): one["event_id"] for name, one in answer.json()["state"].items()}

    # --- what must be true at any time

    @invariant()
    def nothing_permits_without_a_grant(self) -> None:
        self.steps_since_rest += 1
        self.steps_since_restart += 1
        for it in self.phones:
            for target, event in it.record.state.items():
                assert not event.status.permits or self.grants[event.event_id] == target

    def teardown(self) -> None:
        self.seen.clear()
        self.come_to_rest()
        for it in self.phones:
            self.run_(it.close())
        self.run_(self.endpoint.stop())


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a folder: what a disk survives is tested elsewhere."""
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)


@pytest.mark.timeout(600)
def test_replicas(folder: Path) -> None:
    Replicas.folder, Replicas.logins = folder, Logins(folder / "logins")
    Replicas.happenings = Counter()
    with asyncio.Runner() as runner:
        Replicas.runner = runner
        run_state_machine_as_test(
            Replicas,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                # Making a failure smaller would take longer than a test may.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert Replicas.happenings.total() >= 10_000
    assert set(Replicas.happenings) == set(HOW)
    assert min(Replicas.happenings.values()) >= 50
