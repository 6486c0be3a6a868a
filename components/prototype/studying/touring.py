"""The tours of the app under test on which its ways are learnt, and its pictures taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..shell import Tab
from .walking import Walker

_ASKING = ("prompt", "separate", "purpose", "hand-over")
"""Screens on which a purpose is asked for."""


async def refuses_first(walker: Walker, asking: Mapping[str, str]) -> None:
    """Reads, refuses the notice, looks about, agrees after all, and refuses what is asked.

    Args:
        walker: Who does it, in a new app.
        asking: What asks for a purpose on the city's page, by purpose.

    Raises:
        NotOnScreen: A screen is not what is known here.
    """
    await walker.begins("first-notice.accept")
    await _read(walker, "first-notice.policy", "first-notice.accept")
    await _read(walker, "first-notice.summary", "first-notice.accept")
    clause = walker.first("first-notice.clause.")
    if clause is not None:
        await walker.press(clause, "reader.contents")
        await walker.press("page.close", "first-notice.accept")
    await walker.press("first-notice.refuse", "home.notice")
    await _look_about(walker, "home.notice")
    await walker.press("home.notice", "first-notice.accept")
    await walker.press("first-notice.accept", "home.search")
    await _look_about(walker, "home.search")
    for trigger in asking.values():
        await walker.go_to(Tab.CITY, trigger)
        await walker.press(trigger, "prompt.refuse")
        await walker.press("prompt.refuse", trigger)
        await walker.go_to(Tab.HOME, "home.search")
        await _look_about(walker, "home.search")
        await walker.go_to(Tab.CITY, trigger)
        await walker.press(trigger, "in-place.refuse")
        await walker.press("in-place.accept", "system.allow")
        await walker.press("system.allow", trigger)


async def agrees_first(
    walker: Walker, asking: Mapping[str, str], purposes: Collection[str]
) -> None:
    """Agrees to the notice and to what is asked, and takes each of it back in the centre.

    Args:
        walker: Who does it, in a new app.
        asking: What asks for a purpose on the city's page, by purpose.
        purposes: What is given and taken back.

    Raises:
        NotOnScreen: A screen is not what is known here.
    """
    await walker.begins("first-notice.accept")
    await walker.press("first-notice.accept", "home.search")
    for trigger in asking.values():
        await walker.go_to(Tab.CITY, trigger)
        await walker.press(trigger, "prompt.accept")
        await walker.press("prompt.accept", "system.allow")
        await walker.press("system.allow", trigger)
    await walker.go_to(Tab.HOME, "home.search")
    await _look_about(walker, "home.search")
    await walker.go_to(Tab.ME, "me.centre")
    await walker.press("me.centre", "withdraw.notice")
    for purpose in sorted(purposes):
        await _in_the_centre(walker, purpose)
    await walker.press("page.close", "me.centre")
    await walker.go_to(Tab.HOME, "home.search")
    await _look_about(walker, "home.search")
    await walker.go_to(Tab.ME, "me.centre")
    await walker.press("me.centre", "withdraw.notice")
    await walker.press("withdraw.notice", "give.notice")


async def _in_the_centre(walker: Walker, purpose: str) -> None:
    """Give a purpose that was not given, refuse it once, and take it back."""
    give, back = f"give.{purpose}", f"withdraw.{purpose}"
    if walker.sees(back):
        await walker.press(back, give)
    for answer in ("refuse", "accept"):
        asked = await walker.press(give, back, *(f"{it}.{answer}" for it in _ASKING))
        if asked == back:
            break
        await walker.press(asked, give if answer == "refuse" else back, "system.allow")
    if walker.sees("system.allow"):
        await walker.press("system.allow", back)
    await walker.press(back, give)


async def _look_about(walker: Walker, home: str) -> None:
    """From the home screen to the others, to the policy and the choices, and back."""
    await walker.go_to(Tab.CITY, "city.locate", "in-place.accept")
    await walker.go_to(Tab.ME, "me.centre")
    await _read(walker, "me.policy", "me.policy")
    await _read(walker, "me.summary", "me.summary")
    await walker.press("me.centre", "withdraw.notice", "give.notice")
    await walker.press("page.close", "me.centre")
    await walker.go_to(Tab.CITY, "city.locate", "in-place.accept")
    await walker.go_to(Tab.HOME, home)
    await walker.go_to(Tab.ME, "me.centre")
    await walker.go_to(Tab.HOME, home)


async def _read(walker: Walker, identifier: str, back: str) -> None:
    """Open the policy in one way, and close it again."""
    opened = await walker.press(identifier, "summary.policy", "reader.contents")
    if opened == "summary.policy":
        await walker.press("summary.policy", "reader.contents")
        await walker.press("page.close", "summary.policy")
    await walker.press("page.close", back)


async def reads(walker: Walker, clauses: Collection[str]) -> None:
    """Agrees to the notice, opens the policy, and jumps to some of its clauses.

    Raises:
        NotOnScreen: A screen is not what is known here.
    """
    await walker.begins("first-notice.accept")
    await walker.press("first-notice.accept", "home.search")
    await walker.go_to(Tab.ME, "me.policy")
    opened = await walker.press("me.policy", "summary.policy", "reader.contents")
    if opened == "summary.policy":
        await walker.press("summary.policy", "reader.contents")
    for clause in clauses:
        await walker.jump_to(clause)
