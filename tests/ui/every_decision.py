"""Every kind of decision that a kit puts before a person, and how it comes to be put."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from components.consent.event import IndicatedBy
from components.consent.permissions import SystemStatus
from components.policy import Pack

from .visits import MakeVisit, Visit

CHILD = date(2015, 6, 1)
GUARDIAN = IndicatedBy.GUARDIAN

Act = Callable[[Visit], Awaitable[Any]]


async def nothing(_visit: Visit) -> None:
    """No act before."""


async def notice(visit: Visit) -> None:
    await visit.accept_notice()


async def guardians_notice(visit: Visit) -> None:
    visit.kit.declare_birth_date(CHILD)
    showing = visit.pilot.start(lambda: visit.kit.show_first_notice(indicated_by=GUARDIAN))
    await visit.pilot.settle()
    await visit.press("first-notice.accept")
    await showing


async def a_child(visit: Visit) -> None:
    visit.kit.declare_birth_date(CHILD)


async def an_old_consent(visit: Visit) -> None:
    await visit.accept_notice()
    giving = visit.pilot.start(lambda: visit.kit.give("marketing-push"))
    await visit.pilot.settle()
    await visit.press("purpose.accept")
    assert (await giving).granted


@dataclass(frozen=True)
class Decision:
    """A decision that can be before a person.

    Attributes:
        before: What was decided earlier.
        asks: Puts it before the person.
        purpose: What a yes would grant; None for the base notice.
        deferred: Whether going away is written down.
        newer: Whether it is asked by a version that came after.
    """

    before: Act
    asks: Callable[[Visit], Awaitable[Any]]
    purpose: str | None
    deferred: bool = True
    newer: bool = False


DECISIONS = {
    "first-notice": Decision(nothing, lambda it: it.kit.start(), None, deferred=False),
    "location": Decision(notice, lambda it: it.kit.ask("location", gesture="go"), "nearby-cinema"),
    "album": Decision(notice, lambda it: it.kit.ask("album", gesture="go"), "avatar-upload"),
    "picker": Decision(
        notice, lambda it: it.kit.ask("photo-picker", gesture="go"), "avatar-upload"
    ),
    "notifications": Decision(
        notice, lambda it: it.kit.ask("notifications", gesture="go"), "push-delivery"
    ),
    "clipboard": Decision(
        notice, lambda it: it.kit.ask("clipboard-read", gesture="go"), "deeplink-clipboard"
    ),
    "purpose": Decision(
        notice, lambda it: it.kit.ask_for("usage-analytics", gesture="go"), "usage-analytics"
    ),
    "by-the-app": Decision(
        notice, lambda it: it.kit.ask_for("usage-analytics", gesture=None), "usage-analytics"
    ),
    "from-the-centre": Decision(notice, lambda it: it.kit.give("marketing-push"), "marketing-push"),
    "separate": Decision(
        notice, lambda it: it.kit.ask_for("push-region", gesture="go"), "push-region"
    ),
    "login": Decision(
        notice, lambda it: it.kit.ask_for("third-party-login", gesture="go"), "third-party-login"
    ),
    "guardian-notice": Decision(
        a_child,
        lambda it: it.kit.show_first_notice(indicated_by=GUARDIAN),
        None,
        deferred=False,
    ),
    "guardian-hand-over": Decision(
        a_child, lambda it: it.kit.screens.guardian(), None, deferred=False
    ),
    "guardian-consent": Decision(
        guardians_notice,
        lambda it: it.kit.ask_for("child-data", gesture="go", indicated_by=GUARDIAN),
        "child-data",
    ),
    "update": Decision(
        an_old_consent, lambda it: it.kit.start(), "marketing-push", deferred=False, newer=True
    ),
    "touched": Decision(
        an_old_consent,
        lambda it: it.kit.asking.ask_again("marketing-push"),
        "marketing-push",
        newer=True,
    ),
}


async def asked(visit: MakeVisit, pack: Pack, decision: Decision) -> Visit:
    """Somebody before whom the decision can be put."""
    granted = dict.fromkeys(pack.permissions, SystemStatus.GRANTED)
    it = await visit(answers=granted)
    await decision.before(it)
    if not decision.newer:
        return it
    old, example = pack.versions
    newest = replace(example, example=False)
    return await visit(
        answers=granted, policy=replace(pack, versions=(old, newest)).at(newest.id), clock=it.clock
    )
