"""Three people in our own prototype: one refuses, one goes back, one agrees and takes all back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from components.fairness import ScreenGraph, Trace
from components.policy import Pack
from tests.pilot.device import Device

from .our_ways import LOCATION, NOTICE, Notebook, Person, using

CHILD = "child-data"
"""For a guardian to agree to, so not on this person's way."""
EACH_KIND = {LOCATION, "push-region", "usage-analytics"}
"""With a permission of the system, with a separate consent, and with neither."""
TABS = {"zh_Hans": ("影院", "我的"), "en": ("Cinemas", "Me")}
LOCALES = tuple(TABS)


@dataclass(frozen=True)
class Walked:
    """What a walk in one language brought to light; a trace for each person."""

    graph: ScreenGraph
    traces: dict[str, Trace]


async def walk(pack: Pack, locale: str, folder: Path) -> Walked:
    """Use the app as each of the three, each on a new device with its data in the folder."""
    book = Notebook(pack, locale)
    traces: dict[str, Trace] = {}
    for person in (refusing, going_back, agreeing):
        await person(book, folder / person.__name__)
        traces[person.__name__] = book.trace()
        book.events.clear()
        book.session, book.now = 0, 0.0
    start, main = book.met[:2]
    return Walked(book.graph(start, main), traces)


def phone() -> Device:
    """A new one, whose owner allows what the system asks."""
    return Device(permission_answers={"locationWhenInUse": "granted", "photos": "granted"})


async def refusing(book: Notebook, data: Path) -> None:
    """Refuses the notice, tries a feature, looks at the policy and the choices; comes again."""
    cinemas, me = TABS[book.locale]
    device = phone()
    async with using(book, data, device) as person:
        await person.taps("first-notice.refuse", me, cinemas, "city.locate", me, "me.policy")
        await person.taps("page.close", "me.centre", "page.close")
    async with using(book, data, device) as person:
        await person.taps(cinemas, me)


async def going_back(book: Notebook, data: Path) -> None:
    """Leaves the notice by the system's back, and comes again."""
    device = phone()
    async with using(book, data, device) as person:
        await person.goes_back()
    async with using(book, data, device):
        pass


async def agreeing(book: Notebook, data: Path) -> None:
    """Agrees, refuses and agrees at features, gives and takes back everything; comes again."""
    cinemas, me = TABS[book.locale]
    device = phone()
    async with using(book, data, device) as person:
        await person.taps("first-notice.accept", cinemas, "city.locate")
        await person.goes_back()
        await person.taps("city.locate", "in-place.refuse", "city.locate", "in-place.accept")
        await person.taps(me, "me.avatar", "prompt.refuse", "me.centre", "act.push-region")
        await person.taps(next(it for it in person.there if it.endswith(".refuse")))
        for purpose in offered(person):
            await gives_and_takes_back(person, purpose)
        await person.taps("act.notice", "page.close")
    async with using(book, data, device) as person:
        await person.taps(cinemas, me)


def offered(person: Person) -> list[str]:
    """What the centre offers: all of it in Chinese, one of each kind in English."""
    found = [it.removeprefix("act.") for it in person.there if it.startswith("act.")]
    wanted = EACH_KIND if person.notebook.locale == "en" else set(found) - {NOTICE, CHILD}
    return [it for it in found if it in wanted]


async def gives_and_takes_back(person: Person, purpose: str) -> None:
    """In the centre: agree to it, and withdraw it again."""
    act = f"act.{purpose}"
    if not person.kit.permits(purpose):
        await person.taps(act)
        answer = next((it for it in person.there if it.endswith(".accept")), None)
        if answer is not None:
            await person.taps(answer)
    assert person.kit.permits(purpose), f"{purpose}: agreed to and not given; at {person.here}"
    await person.taps(act)
    assert not person.kit.permits(purpose), f"{purpose}: withdrawn and not gone; at {person.here}"
