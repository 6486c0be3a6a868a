"""From what there is to lines that can be shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ...consent.event import BASE_NOTICE, Target, TargetKind
from ...consent.gate import Standing, purpose_target
from ...consent.outbox import Delivery
from ...consent.standing import STANDING_RULES
from ...i18n import Language
from ...kit import ConsentKit
from ...policy.pack import Pack
from ..scenarios.model import Scenario
from ..scenarios.states import Arrived, PlayerState
from .view import EndpointLine, GateAnswer, GateLine, LedgerLine, StepLine, StepState

_PERMITTING = frozenset(it.id for it in STANDING_RULES if it.answer is Standing.PERMITTED)


def step_lines(
    scenario: Scenario, done: int, state: PlayerState, language: Language
) -> tuple[StepLine, ...]:
    """The steps of a scenario, of which ``done`` were taken."""
    here = {
        PlayerState.STEPPING: StepState.UNDER_WAY,
        PlayerState.PLAYING: StepState.UNDER_WAY,
        PlayerState.DIVERGED: StepState.DIVERGED,
    }.get(state, StepState.NEXT)

    def state_of(position: int) -> StepState:
        if position == done:
            return here
        return StepState.DONE if position < done else StepState.TO_COME

    return tuple(
        StepLine(step.says(language.gettext), state_of(position))
        for position, step in enumerate(scenario.steps)
    )


def ledger_lines(kit: ConsentKit, language: Language) -> tuple[LedgerLine, ...]:
    """The record of a kit, the newest event first."""
    events = kit.record.events
    if not events:
        return ()
    deliveries = kit.record.ledger.outbox.deliveries()
    return tuple(
        LedgerLine(
            it.sequence,
            about(it.target, kit.pack, language),
            it.status,
            datetime.fromisoformat(it.occurred_at),
            it.hash,
            deliveries.get(it.sequence, Delivery.PENDING),
        )
        for it in reversed(events)
    )


def endpoint_lines(arrived: tuple[Arrived, ...]) -> tuple[EndpointLine, ...]:
    """What the endpoint has, the newest first."""
    return tuple(
        EndpointLine(it.subject, it.sequence, it.hash, it.body) for it in reversed(arrived)
    )


def gate_lines(kit: ConsentKit, language: Language) -> tuple[GateLine, ...]:
    """The gate's answers about every purpose, those with a record first."""
    lines = gate_lines_of(kit.pack, language, lambda it: kit.gate.standing(it).id)
    decided = [kit.record.holding(purpose_target(it)) is not None for it in kit.pack.purposes]
    return (
        *(line for line, first in zip(lines, decided, strict=True) if first),
        *(line for line, first in zip(lines, decided, strict=True) if not first),
    )


def gate_lines_of(
    pack: Pack, language: Language, rule_of: Callable[[str], str]
) -> tuple[GateLine, ...]:
    """A line for each purpose of a pack, by the rule that answers for it."""
    return tuple(
        GateLine(
            pack.text(purpose.name, language.locale),
            GateAnswer.PERMITTED
            if rule_of(purpose.id) in _PERMITTING
            else GateAnswer.NOT_PERMITTED,
            rule_of(purpose.id),
        )
        for purpose in pack.purposes.values()
    )


def about(target: Target, pack: Pack, language: Language) -> str:
    """What an event is about, in words; its id where the pack no longer has it."""
    say = language.gettext
    if target == BASE_NOTICE:
        return say("Privacy notice")
    if target.kind is TargetKind.PURPOSE and target.id in pack.purposes:
        return pack.text(pack.purposes[target.id].name, language.locale)
    if target.kind is TargetKind.PERMISSION and target.id in pack.permissions:
        name = pack.text(pack.permissions[target.id].name, language.locale)
        return say("{permission} (the system’s answer)", permission=name)
    return str(target)
