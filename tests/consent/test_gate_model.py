"""Whatever happens in whatever order: nothing is permitted that nobody gave, or that is over."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, Cause, IndicatedBy
from components.consent.gate import NotPermitted, purpose_target
from components.consent.status import ConsentStatus
from components.places import data_folder
from components.policy import load_pack
from components.policy.pack import ChangeKind, Pack

from .making import START
from .someone import Someone

SUBJECT, GUARDIAN = IndicatedBy.SUBJECT, IndicatedBy.GUARDIAN
RUNS_OUT, NEVER, TOUCHED, PLAIN = (
    "push-delivery",
    "personalised-display",
    "share-link",
    "usage-analytics",
)
PURPOSES = (RUNS_OUT, NEVER, TOUCHED, PLAIN)
VALID_FOR = timedelta(days=30)
GUARDIAN_BELOW, MINOR_BELOW = 15, 18


def _versions() -> tuple[Pack, Pack]:
    """The pack before its update and after."""
    pack = load_pack(data_folder("policy_content") / "epiao")
    old, example = pack.versions
    pack = replace(pack, versions=(old, replace(example, example=False)))
    both = []
    for version in (old.id, example.id):
        at = pack.at(version)
        purpose = replace(at.purposes[RUNS_OUT], valid_for=VALID_FOR)
        both.append(replace(at, purposes={**at.purposes, RUNS_OUT: purpose}))
    return both[0], both[1]


PACKS = _versions()
assert [pack.version.change for pack in PACKS] == [ChangeKind.MATERIAL] * 2


@dataclass
class Given:
    """What the model remembers of a yes."""

    by: IndicatedBy
    version: int
    at: timedelta


class AnyOrder(RuleBasedStateMachine):
    """The model keeps one yes or none for each target, and strikes out what is over."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = ManualClock(START)
        self.version = 0
        self.passed = timedelta()
        self.birth: date | None = None
        self.notice: Given | None = None
        self.given: dict[str, Given | None] = dict.fromkeys(PURPOSES)
        self.someone = self.opened()

    def opened(self) -> Someone:
        path = Path(self.folder.name) / "consent.sqlite3"
        return Someone(path, PACKS[self.version], self.clock)

    def teardown(self) -> None:
        if hasattr(self, "someone"):
            self.someone.close()
            self.folder.cleanup()

    # --- what can happen

    @rule(by=st.sampled_from(IndicatedBy))
    def accept_the_notice(self, by: IndicatedBy) -> None:
        try:
            self.someone.accept_notice(by)
        except NotPermitted:
            assert by is not self.decides
        else:
            assert by is self.decides
            self.notice = Given(by, self.version, self.passed)

    @rule(purpose_id=st.sampled_from(PURPOSES), by=st.sampled_from(IndicatedBy))
    def give(self, purpose_id: str, by: IndicatedBy) -> None:
        allowed = (
            self.notice is not None
            and by is self.decides
            and not (purpose_id == NEVER and self.age is not None and self.age < MINOR_BELOW)
        )
        before = self.someone.record.status(purpose_target(purpose_id))
        try:
            event = self.someone.give(purpose_id, by)
        except NotPermitted:
            assert not allowed
        else:
            assert allowed
            again = before.permits or before in (ConsentStatus.REQUESTED, ConsentStatus.EXPIRED)
            assert event.status is (ConsentStatus.RENEWED if again else ConsentStatus.GIVEN)
            self.given[purpose_id] = Given(by, self.version, self.passed)

    @rule(purpose_id=st.sampled_from(PURPOSES), by=st.sampled_from(IndicatedBy))
    def refuse(self, purpose_id: str, by: IndicatedBy) -> None:
        try:
            self.someone.refuse(purpose_id, by)
        except NotPermitted:
            assert (by, self.decides) == (GUARDIAN, SUBJECT)
        else:
            self.given[purpose_id] = None

    @rule(purpose_id=st.sampled_from(PURPOSES), by=st.sampled_from(IndicatedBy))
    def withdraw(self, purpose_id: str, by: IndicatedBy) -> None:
        try:
            self.someone.withdraw(purpose_id, by)
        except NotPermitted:
            assert self.given[purpose_id] is None or (by, self.decides) == (GUARDIAN, SUBJECT)
        else:
            self.given[purpose_id] = None

    @rule(purpose_id=st.sampled_from(PURPOSES))
    def go_away(self, purpose_id: str) -> None:
        try:
            self.someone.defer(purpose_id)
        except NotPermitted:
            assert self.given[purpose_id] is not None
        else:
            assert self.given[purpose_id] is None

    @rule(days=st.sampled_from([1, 29, 30, 400, 1500]))
    def time_passes(self, days: int) -> None:
        self.clock.advance(timedelta(days=days))
        self.passed += timedelta(days=days)
        self.strike_out_what_is_over()

    @rule(years=st.sampled_from([9, 13, 14, 15, 17, 18, 40]))
    def declare_birth_date(self, years: int) -> None:
        today = self.clock.now().date()
        self.birth = today.replace(year=today.year - years, day=1)
        self.someone.record.declare_birth_date(self.birth)
        self.strike_out_what_is_over()

    @rule(update=st.booleans())
    def restart(self, update: bool) -> None:
        self.someone.close()
        self.version = max(self.version, int(update))
        self.someone = self.opened()
        self.strike_out_what_is_over()

    # --- what must be so

    @invariant()
    def only_what_was_given_and_is_not_over_is_permitted(self) -> None:
        if not hasattr(self, "someone"):
            return
        wanted = {it for it in PURPOSES if self.notice and self.given[it]}
        gate, record = self.someone.gate, self.someone.record
        # First as it is, then as it is written down, and both the same.
        assert {it for it in PURPOSES if gate.permits(it)} == wanted
        assert gate.notice_accepted == (self.notice is not None)
        events = self.someone.choices.settle()
        assert all(it.cause is Cause.RULE and not it.status.permits for it in events)
        assert {it for it in PURPOSES if gate.permits(it)} == wanted
        assert self.someone.choices.settle() == ()
        # What the record shows as given is what the model knows as given.
        shown = {it for it in PURPOSES if record.status(purpose_target(it)).permits}
        assert shown == {it for it in PURPOSES if self.given[it]}
        assert record.status(BASE_NOTICE).permits == (self.notice is not None)
        for purpose_id in wanted:
            event = record.holding(purpose_target(purpose_id))
            assert event is not None and event.cause is Cause.PRESSED

    # --- the model

    @property
    def age(self) -> int | None:
        """Full years; every birthday of the model is the first of a month."""
        if self.birth is None:
            return None
        today = self.clock.now().date()
        return today.year - self.birth.year - (today.month < self.birth.month)

    @property
    def decides(self) -> IndicatedBy:
        return GUARDIAN if self.age is not None and self.age < GUARDIAN_BELOW else SUBJECT

    def strike_out_what_is_over(self) -> None:
        young = self.age is not None and self.age < MINOR_BELOW
        if self.notice is not None and self.notice.by is not self.decides:
            self.notice = None
        for purpose_id, yes in self.given.items():
            if yes is not None and (
                yes.by is not self.decides
                or (purpose_id == NEVER and young)
                or (purpose_id == RUNS_OUT and self.passed - yes.at >= VALID_FOR)
                or (purpose_id == TOUCHED and yes.version < self.version)
            ):
                self.given[purpose_id] = None


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
