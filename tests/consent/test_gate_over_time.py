"""Whatever a person and an app do, in whatever order: the app does not nag and never takes."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE
from components.consent.gate import Initiative, Verdict, purpose_target
from components.consent.permissions import SystemStatus
from components.consent.status import ConsentStatus
from components.places import data_folder
from components.policy import load_pack

from .making import START
from .someone import GESTURE, Someone

PACK = load_pack(data_folder("policy_content") / "epiao")
COOL_DOWN_MS = PACK.rules.cool_down / timedelta(milliseconds=1)
PURPOSES = ["push-delivery", "marketing-push", "nearby-cinema"]
FREE = {purpose.id for purpose in PACK.purposes.values() if not purpose.notice_required}
BASIC = {purpose.id for purpose in PACK.purposes.values() if not purpose.asks_consent}
PURPOSE_IDS = st.sampled_from(PURPOSES)
# Hours that pass before something is asked; negative ones are the clock being set back.
PAUSES = st.sampled_from([0, 0, 1, 47, 48, 48, 49, 1000, -1, -1000])
ANSWERS = st.sampled_from(["give", "refuse", "defer", "killed"])


class OverTime(RuleBasedStateMachine):
    """Asks and answers, pauses, restarts and clocks that are set back.

    The model is four numbers a purpose, kept by the clock that never goes back: when the person
    last said no (and has not agreed since), when and how often the app asked, and whether consent
    holds. R-011, R-012, R-078.
    """

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = ManualClock(START)
        self.someone = self.opened()
        self.accept_notice()
        self.said_no_at: dict[str, int | None] = dict.fromkeys(PURPOSES)
        self.asked_by_app = dict.fromkeys(PURPOSES, 0)
        self.last_asked_by_app: dict[str, int | None] = dict.fromkeys(PURPOSES)
        self.agreed = dict.fromkeys(PURPOSES, False)

    def opened(self) -> Someone:
        return Someone(Path(self.folder.name) / "consent.sqlite3", PACK, self.clock)

    def teardown(self) -> None:
        if hasattr(self, "someone"):
            self.someone.close()
            self.folder.cleanup()

    @rule()
    def accept_notice(self) -> None:
        self.someone.accept_notice()
        self.accepted = True

    @rule(status=st.sampled_from([ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN]))
    def say_no_to_the_notice(self, status: ConsentStatus) -> None:
        self.someone.put(BASE_NOTICE, status)
        self.accepted = False

    @rule(purpose_id=PURPOSE_IDS, pause=PAUSES, answer=ANSWERS)
    def the_app_asks(self, purpose_id: str, pause: int, answer: str) -> None:
        self.wait(pause)
        verdict = self.someone.gate.judge_purpose(purpose_id, initiative=Initiative.APP)
        if verdict is not Verdict.EXPLAIN:
            assert verdict is not Verdict.EXPLAIN_IN_PLACE
            return
        assert self.accepted
        assert not self.agreed[purpose_id]
        for last in (self.said_no_at[purpose_id], self.last_asked_by_app[purpose_id]):
            assert last is None or self.clock.monotonic_ms() - last >= COOL_DOWN_MS
        self.last_asked_by_app[purpose_id] = self.clock.monotonic_ms()
        self.asked_by_app[purpose_id] += 1
        assert self.asked_by_app[purpose_id] <= PACK.rules.max_asks
        self.put(purpose_id, Initiative.APP, answer)

    @rule(purpose_id=PURPOSE_IDS, pause=PAUSES, answer=ANSWERS)
    def the_person_asks(self, purpose_id: str, pause: int, answer: str) -> None:
        self.wait(pause)
        verdict = self.someone.gate.judge_purpose(purpose_id, initiative=Initiative.PERSON)
        if verdict in (Verdict.EXPLAIN, Verdict.EXPLAIN_IN_PLACE):
            assert self.accepted
            self.put(purpose_id, Initiative.PERSON, answer)
        elif verdict is Verdict.PERMITTED:
            assert self.agreed[purpose_id]
        else:
            # What a person wants to be asked, they are asked.
            assert verdict is Verdict.NOTICE_FIRST
            assert not self.accepted

    @rule(purpose_id=PURPOSE_IDS)
    def withdraw(self, purpose_id: str) -> None:
        if self.agreed[purpose_id]:
            self.someone.withdraw(purpose_id)
            self.noted(purpose_id, agreed=False)

    @rule(system=st.sampled_from(SystemStatus), tapped=st.booleans())
    def the_system_speaks(self, system: SystemStatus, tapped: bool) -> None:
        gesture = GESTURE if tapped else None
        self.someone.choices.mirror("location", system, gesture=gesture)

    @rule(
        purpose_id=PURPOSE_IDS,
        answers=st.lists(st.tuples(PAUSES, ANSWERS), min_size=2, max_size=8),
    )
    def the_app_insists(self, purpose_id: str, answers: list[tuple[int, str]]) -> None:
        for pause, answer in answers:
            self.the_app_asks(purpose_id, pause, answer)

    @rule()
    def restart(self) -> None:
        self.someone.close()
        self.someone = self.opened()

    @invariant()
    def only_what_was_agreed_to_is_permitted(self) -> None:
        if not hasattr(self, "someone"):
            return
        gate = self.someone.gate
        wanted = set(FREE)
        if self.accepted:
            wanted |= BASIC | {it for it in PURPOSES if self.agreed[it]}
        assert {it for it in PACK.purposes if gate.permits(it)} == wanted

    def wait(self, hours: int) -> None:
        if hours >= 0:
            self.clock.advance(timedelta(hours=hours))
        else:
            self.clock.set_wall_clock(self.clock.now() + timedelta(hours=hours))

    def put(self, purpose_id: str, initiative: Initiative, answer: str) -> None:
        """Put the question as the kit does: counted first, then shown, then answered."""
        gate = self.someone.gate
        gate.open_question(purpose_id)
        self.someone.record.ledger.record_ask(purpose_target(purpose_id), initiative.value)
        for other in PURPOSES:
            second = gate.judge_purpose(other, initiative=Initiative.APP)
            assert second in (Verdict.BUSY, Verdict.PERMITTED)
        if answer == "killed":
            self.restart()
            return
        gate.close_question()
        getattr(self.someone, answer)(purpose_id)
        self.noted(purpose_id, agreed=answer == "give")

    def noted(self, purpose_id: str, *, agreed: bool) -> None:
        self.agreed[purpose_id] = agreed
        self.said_no_at[purpose_id] = None if agreed else self.clock.monotonic_ms()


TestOverTime = OverTime.TestCase
TestOverTime.settings = settings(
    max_examples=60,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
