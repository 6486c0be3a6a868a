"""What is where on the screen, as the semantics tree has it.

Flutter gives every text and everything that can be pressed a node with its box, cut to what is
to be seen of it; what is scrolled out of sight and can be scrolled back has a box as well, marked
hidden by where it lies: outside of its scrollable.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Page

from .settled import PATIENCE_SECONDS

OWN = "stage."
"""How the identifiers begin of what belongs to the stage and not to what is shown on it."""


@dataclass(frozen=True)
class Box:
    """A rectangle in logical pixels, from the window's top left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The other side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def within(self, other: Box, slack: float = 1.0) -> bool:
        """Whether all of it lies in another box, give or take."""
        return (
            self.left >= other.left - slack
            and self.top >= other.top - slack
            and self.right <= other.right + slack
            and self.bottom <= other.bottom + slack
        )

    def overlap(self, other: Box) -> tuple[float, float]:
        """How wide and how high the part is that both cover; 0, 0 if there is none."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return (wide, high) if wide > 0 and high > 0 else (0.0, 0.0)


@dataclass(frozen=True)
class Piece:
    """One node of the semantics tree.

    Attributes:
        number: Of the node, for looking things up.
        box: Where it is.
        text: Its own words, those of pieces below it left out.
        role: Its ARIA role, or the tag of a heading or field; empty for plain text.
        identifier: As the app gave it, its own or that of the nearest node around it that has one.
        above: Numbers of the pieces around it, nearest first.
        scroller: Number of the nearest scrollable around it; None if nothing scrolls it.
        leaf: Whether nothing is below it.
        tappable: Whether it takes a tap.
        disabled: Whether it takes none now.
    """

    number: int
    box: Box
    text: str
    role: str
    identifier: str
    above: tuple[int, ...]
    scroller: int | None
    leaf: bool
    tappable: bool
    disabled: bool

    def __str__(self) -> str:
        where = f"{self.box.left:.0f},{self.box.top:.0f} {self.box.width:.0f}x{self.box.height:.0f}"
        return f"{self.role or 'text'} {self.text[:40]!r} {self.identifier} at {where}"


async def layout(page: Page) -> list[Piece]:
    """Every piece of the screen, once they stay where they are.

    Raises:
        AssertionError: They never do.
    """
    now = await page.evaluate(_PIECES, [OWN, PATIENCE_SECONDS * 1000])
    if now is None:
        raise AssertionError("the layout never stopped changing")
    return [
        Piece(
            number=it["number"],
            box=Box(*it["box"]),
            text=it["text"],
            role=it["role"],
            identifier=it["identifier"],
            above=tuple(it["above"]),
            scroller=it["scroller"],
            leaf=it["leaf"],
            tappable=it["tappable"],
            disabled=it["disabled"],
        )
        for it in now
    ]


# Three frames lie between two looks, and the answer is there when both saw the same: all of it in
# the page, since a way there and back for each look would take longer than the frames.
_PIECES = """\
async ([mark, patience]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const end = performance.now() + patience;
  let before = null;
  while (performance.now() < end) {
    await frame(); await frame(); await frame();
    const pieces = look();
    const now = JSON.stringify(pieces);
    if (now === before) return pieces;
    before = now;
  }
  return null;

  function look() {
    const host = document.querySelector('flt-semantics-host');
    if (!host) return [];
    const numbers = new Map();
    const nodes = [...host.querySelectorAll('flt-semantics, a')];
    nodes.forEach((node, number) => numbers.set(node, number));
    const scrolls = (node) => {
      const style = getComputedStyle(node);
      return /scroll|auto/.test(style.overflowX + style.overflowY);
    };
    const out = [];
    for (const node of nodes) {
      const box = node.getBoundingClientRect();
      const above = [];
      let scroller = null;
      let identifier = node.getAttribute('flt-semantics-identifier') ?? '';
      for (let up = node.parentElement; up && up !== host; up = up.parentElement) {
        if (!numbers.has(up)) continue;
        above.push(numbers.get(up));
        if (scroller === null && scrolls(up)) scroller = numbers.get(up);
        identifier ||= up.getAttribute('flt-semantics-identifier') ?? '';
      }
      const inner = ':scope > :not(flt-semantics):not(a):not(flt-semantics-container)';
      const own = [node, ...node.querySelectorAll(inner)];
      const field = node.querySelector(':scope > input, :scope > textarea');
      const heading = node.querySelector(':scope > h1, :scope > h2, :scope > h3, :scope > h4');
      const words = own.flatMap((it) => [...it.childNodes]
        .filter((child) => child.nodeType === Node.TEXT_NODE).map((child) => child.textContent));
      const text = words.join('').trim() || node.getAttribute('aria-label')
        || (field && (field.value || field.getAttribute('aria-label'))) || '';
      if (identifier.startsWith(mark)) continue;
      // A link is an element of its own kind.
      const kind = node.tagName === 'A' ? 'link' : field ? 'textbox' : heading ? 'heading' : '';
      out.push({
        number: numbers.get(node),
        box: [box.left, box.top, box.width, box.height],
        text,
        role: node.getAttribute('role') ?? kind,
        identifier,
        above,
        scroller,
        leaf: node.querySelector('flt-semantics, a') === null,
        tappable: node.hasAttribute('flt-tappable'),
        disabled: node.getAttribute('aria-disabled') === 'true',
      });
    }
    return out;
  }
}"""
