"""Looking whether everything is as a step says it will be."""

from __future__ import annotations

from dataclasses import dataclass

from ...consent.outbox import Delivery
from . import hands
from .model import Seen
from .world import World


@dataclass(frozen=True)
class Difference:
    """Something that is not as it should be: ``what`` it is, as should be, and as is."""

    what: str
    expected: str
    found: str


async def differences(world: World, seen: Seen, known: int) -> tuple[Difference, ...]:
    """What is not as it should be; empty if everything is.

    Args:
        world: Where to look.
        seen: How it should be.
        known: How many events this device had before the step.
    """
    found: list[Difference] = []

    def compare(what: str, expected: object, is_now: object) -> None:
        if expected is not None and expected != is_now:
            found.append(Difference(what, str(expected), str(is_now)))

    recorded = tuple(f"{it.target} {it.status.value}" for it in world.events()[known:])
    compare("recorded", seen.recorded, recorded)
    if world.visit is None:
        return tuple(found)
    kit, page = world.visit.kit, world.page
    for purpose_id, rule in seen.gate.items():
        compare(f"gate {purpose_id}", rule, kit.gate.standing(purpose_id).id)
    if seen.waiting is not None:
        compare("waiting", seen.waiting, waiting(world))
    compare("calls", seen.calls, world.device.network.calls)
    compare("system asked", seen.system_asked, len(world.device.system.requests))
    if page is not None:
        for identifier in seen.shown:
            compare(f"shown {identifier}", True, hands.on_screen(page, identifier))
        for identifier in seen.gone:
            compare(f"gone {identifier}", False, hands.on_screen(page, identifier))
    if seen.arrived is not None and not found:
        await world.look_at_endpoint()
        compare("arrived", seen.arrived, arrived(world))
    return tuple(found)


def waiting(world: World) -> int:
    """How many of this device's events are still to be sent."""
    counts = world.kit.record.ledger.outbox.counts()
    return counts[Delivery.PENDING] + counts[Delivery.SENT]


def arrived(world: World) -> int:
    """How many of this device's events the endpoint had when it was last looked at."""
    if not world.events():
        return 0
    subject = world.kit.record.ledger.subject
    return sum(it.subject == subject for it in world.arrived)
