"""Someone in front of the prototype who has a keyboard and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from .layout import layout
from .person import Person
from .settled import wait_until

_MOST_STOPS = 60
_SECOND_LOOK_SECONDS = 3.0
"""After how long somebody who saw nothing move presses again."""


@dataclass(frozen=True)
class Focus:
    """What has the focus.

    Attributes:
        node: Which node of the semantics tree; empty if none has it.
        identifier: As the app gave it, to the node or the nearest around it.
        name: What a screen reader says.
    """

    node: str
    identifier: str
    name: str

    def is_on(self, wanted: str) -> bool:
        """Whether this is the identifier or the name of what has the focus."""
        return wanted in (self.identifier, self.name)


class Typist:
    """Presses keys, one after the other, and looks where the focus is.

    Args:
        person: In front of which page.
    """

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page = person.page.page

    async def focus(self) -> Focus:
        """What has the focus now."""
        return Focus(*(await self.page.evaluate(_FOCUS)))

    async def press(self, key: str) -> None:
        """Press one key."""
        await self.page.keyboard.press(key)

    async def step(self, key: str = "Tab") -> Focus:
        """Press a key that moves the focus, and wait until it has moved.

        While the engine has the focus on the heading of a dialog that has just come, the first Tab
        may only bring Flutter's own focus into the dialog: then it takes a second one. From one
        control to the next, one has to be enough.
        """
        before = await self.focus()

        async def moved() -> bool:
            now = await self.focus()
            return now.node not in ("", before.node)

        await self.press(key)
        if not before.identifier:
            try:
                await wait_until(moved, "a first move", seconds=_SECOND_LOOK_SECONDS)
            except AssertionError:
                await self.press(key)
        await wait_until(moved, f"another focus than {before} after {key}")
        return await self.focus()

    async def to(self, wanted: str, key: str = "Tab") -> list[Focus]:
        """Step until the focus is on what has this identifier or name; returns what was passed."""
        # Somebody who has just pressed something looks at what comes before they go on.
        await layout(self.page)
        passed: list[Focus] = []
        while not (await self.focus()).is_on(wanted):
            if len(passed) == _MOST_STOPS:
                names = [it.identifier or it.name for it in passed]
                raise AssertionError(f"{wanted!r} cannot be reached with {key}; passed: {names}")
            passed.append(await self.step(key))
        return passed

    async def use(self, wanted: str, key: str = "Enter", *, by: str = "Tab") -> None:
        """Step to something and press it; what a list has not laid out yet is met on the way.

        Args:
            wanted: Its identifier or name.
            key: What presses it.
            by: What steps to it.
        """
        await self.to(wanted, by)
        await self.press(key)

    async def value(self) -> str:
        """What stands in the field that has the focus."""
        return str(await self.page.evaluate(_VALUE))

    async def write(self, text: str) -> None:
        """Type into the field that has the focus, looking at each character before the next."""
        before = await self.value()
        for length in range(1, len(text) + 1):
            await self.press(text[length - 1])
            wanted = before + text[:length]

            async def arrived(wanted: str = wanted) -> bool:
                return await self.value() == wanted

            try:
                await wait_until(arrived, f"{wanted!r} in the field")
            except AssertionError as error:
                error.add_note(f"the focus is on {await self.page.evaluate(_OPEN_TAG)}")
                raise

    async def is_on(self, wanted: str) -> None:
        """Wait until the focus is on something without being moved there."""

        async def there() -> bool:
            return (await self.focus()).is_on(wanted)

        await wait_until(there, f"the focus on {wanted!r}, which is on {await self.focus()}")

    async def round(self) -> list[str]:
        """Step with Tab until the focus is where it was; the identifiers on the way, in order."""
        start = await self.focus()
        passed = [start.identifier or start.name]
        while (now := await self.step()).node != start.node:
            passed.append(now.identifier or now.name)
            if len(passed) > _MOST_STOPS:
                raise AssertionError(f"Tab does not come round: {passed}")
        return passed


_VALUE = "() => document.activeElement.value ?? ''"
_OPEN_TAG = "() => document.activeElement.cloneNode(false).outerHTML"
_FOCUS = """\
() => {
  const node = document.activeElement;
  const piece = node && node.closest('flt-semantics');
  if (!piece) return ['', '', ''];
  const named = node.closest('[flt-semantics-identifier]');
  return [
    piece.id,
    named ? named.getAttribute('flt-semantics-identifier') : '',
    (node.getAttribute('aria-label') ?? node.textContent ?? '').trim(),
  ];
}"""
