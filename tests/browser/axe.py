"""axe-core over the semantics tree of what is on the screen.

The engine is the one of npm's `axe-core` package, as PyPI's `axe-playwright-python` carries it;
the version is pinned in `requirements.lock`, and held here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from playwright.async_api import Page

VERSION: Final = "4.12.1"


@dataclass(frozen=True)
class Excuse:
    """Why a rule is broken that nobody but Flutter could keep.

    Attributes:
        reason: What Flutter does, and what holds instead.
        only_under: Beginnings of the addresses where it may be broken; empty for everywhere.
    """

    reason: str
    only_under: tuple[str, ...] = ()

    def holds_at(self, address: str) -> bool:
        """Whether it holds for what is shown at an address of the gallery."""
        return not self.only_under or address.startswith(self.only_under)


FROM_THE_SHELL: Final = {
    "aria-dialog-name": Excuse(
        "Flutter gives a dialog's name to an element inside the one with the role. The stand-in for"
        " the system's own dialog is the only one; what the kit asks with are sheets.",
        only_under=("city, the system asks",),
    ),
    "meta-viewport": Excuse(
        "Flutter's page forbids the browser's own zooming and does not let an app change that;"
        " text follows the system's text size to 200 % instead, which test_geometry measures."
    ),
    "region": Excuse(
        "Flutter's semantics tree has no landmarks: it is one application, with headings."
    ),
    "scrollable-region-focusable": Excuse(
        "The engine makes an element of every scrollable and gives it no stop for Tab; the keys"
        " that scroll go to the page, where Flutter takes them. An app cannot reach that element."
    ),
    "heading-order": Excuse(
        "A list has only what is near the screen in the tree: where it is opened at a clause, the"
        " chapter's heading above it is not there. The headings themselves follow the policy's"
        " outline.",
        only_under=("/reader/",),
    ),
    "empty-table-header": Excuse(
        "Flutter marks the cells of a table's corner as headers.", only_under=("/reader/",)
    ),
}
"""Rules that Flutter itself breaks. What the kit could mend is not here."""


@dataclass(frozen=True)
class Violation:
    """A rule that is broken, and the nodes that break it."""

    rule: str
    impact: str
    help: str
    nodes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.help}\n    " + "\n    ".join(self.nodes)


async def violations(
    page: Page, address: str = "", excuses: Mapping[str, Excuse] = FROM_THE_SHELL
) -> list[Violation]:
    """What axe-core finds, but for what Flutter's page shell causes.

    The page's own security policy stays as it is: the engine is evaluated by the debugger, as
    every call of a test is.

    Args:
        page: What is to be looked at, as it is now.
        address: What it shows, as the gallery has it; an excuse may hold at some only.
        excuses: The rules that may be broken; none on a page that is not Flutter's.
    """
    if not await page.evaluate("() => typeof window.axe === 'object'"):
        source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        await page.evaluate(f"() => {{ {source}\n; }}")
        version = await page.evaluate("() => window.axe.version")
        assert version == VERSION, f"axe-core is {version}, not {VERSION}"
    found: dict[str, Any] = await page.evaluate(_RUN)
    return [
        Violation(
            rule=it["id"],
            impact=it["impact"] or "",
            help=it["help"],
            nodes=tuple(node["html"][:300] for node in it["nodes"]),
        )
        for it in found["violations"]
        if not (it["id"] in excuses and excuses[it["id"]].holds_at(address))
    ]


_RUN = "() => window.axe.run(document, {resultTypes: ['violations']})"
