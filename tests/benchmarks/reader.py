"""The reader in Chromium: opening, jumping, and how both grow with the policy, beside ft.Markdown.

The peer is one ``ft.Markdown`` with the same words in a column that scrolls, put on the same page
by turns with the reader.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import flet as ft

from components.i18n import Language
from components.kit import ConsentKit
from components.notices.reader import PolicyReader
from components.notices.reader.passages import Passages
from components.notices.reader.searching import search
from components.places import data_folder
from components.policy import Pack, load_pack
from components.policy.document import Document
from components.policy.markdown import parse_document
from components.surface.runtime import handler
from tests.browser.harness import browser

from .exponents import exponent
from .figures import Figure, Size
from .stand import Stand, standing

_PACK = data_folder("policy_content") / "epiao"
_POLICY = _PACK / "2026-01-01" / "zh_Hans" / "policy.md"
_SHORT, _LONG = 40_000, 1_000_000
_SIZES = {Size.QUICK: (4_000, _SHORT), Size.FULL: (4_000, _SHORT, 400_000, _LONG, 4_000_000)}
_PEER = {Size.QUICK: {_SHORT}, Size.FULL: {4_000, _SHORT, 400_000, _LONG}}
"""What the peer is given: with more it takes minutes."""
_TARGET = 70
_SEARCHED = "OAID"
_NAMED = re.compile(r"\[([^\]]*)\]\(#([\w.-]+)\)")


@dataclass(frozen=True)
class Policy:
    """A policy of some size.

    Attributes:
        document: As the reader takes it.
        markdown: The same words for the peer.
        target: Id of the clause that is jumped to: far down, and on the first page of contents.
    """

    document: Document
    markdown: str
    target: str


def measure(size: Size) -> list[Figure]:
    """Times by size, those of the peer, and a jump against the open that came before it."""
    return asyncio.run(_measure(size))


async def _measure(size: Size) -> list[Figure]:
    rounds, peer_rounds = (15, 5) if size is Size.FULL else (1, 1)
    policies = {it: policy_of(it) for it in _SIZES[size]}
    pack = load_pack(_PACK)
    with tempfile.TemporaryDirectory() as folder:
        async with browser() as chromium, standing(chromium) as stand:
            ours = await _by_turns(
                stand, {it: partial(_reader, pack, policies[it]) for it in policies}, rounds
            )
            peer = await _by_turns(
                stand,
                {it: partial(_markdown, policies[it]) for it in policies if it in _PEER[size]},
                peer_rounds,
            )
            jumps = {
                (way, size): statistics.median([await jump(stand, pack, it) for _ in range(rounds)])
                for way, jump in (("search", _found), ("contents", _listed))
                for size, it in policies.items()
                # Of the smallest, everything is drawn from the start.
                if size >= _SHORT
            }
            opened = await _opened(stand, pack, Path(folder) / "record.sqlite", rounds)
    return _figures(ours, peer, jumps, opened)


async def _by_turns(
    stand: Stand, builds: Mapping[int, Callable[[], ft.Control]], rounds: int
) -> dict[int, list[float]]:
    """Milliseconds by size, a round each; the first one warms up, and counts if it is the only."""
    took: dict[int, list[float]] = {it: [] for it in builds}
    # Whatever else the machine does weighs on every size.
    for at in range(rounds + (rounds > 1)):
        for size, build in builds.items():
            await stand.clear()
            milliseconds = await stand.show(build)
            if at or rounds == 1:
                took[size].append(milliseconds)
    return took


def _medians(times: Mapping[int, Sequence[float]]) -> dict[int, float]:
    return {size: statistics.median(it) for size, it in times.items()}


async def _found(stand: Stand, pack: Pack, policy: Policy) -> float:
    """From the press on the search's arrow until the last place stands there, with its heading."""
    passages = Passages(policy.document)
    last = passages[search(passages, _SEARCHED)[-1].passage].id
    await stand.clear()
    await stand.show(partial(_reader, pack, policy, searched=_SEARCHED))
    return await stand.press("reader.search.previous", f"reader.actions.{last}")


async def _listed(stand: Stand, pack: Pack, policy: Policy) -> float:
    """From the press on an entry of the contents until its clause stands in its place."""
    await stand.clear()
    await stand.show(partial(_reader, pack, policy))
    await stand.press("reader.contents", f"reader.to.{policy.target}")
    return await stand.press(f"reader.to.{policy.target}", f"reader.actions.{policy.target}")


async def _opened(stand: Stand, pack: Pack, store: Path, rounds: int) -> float:
    """The kit's own way to its policy, from the press until the sheet stands still with it."""
    kit = await ConsentKit.open(stand.page, pack=pack, store=store)
    took = []
    for _ in range(rounds):
        await stand.show(
            lambda: ft.Semantics(
                content=ft.TextButton("open", on_click=handler(kit.open_policy)),
                identifier="bench.open",
            )
        )
        took.append(await stand.press("bench.open", "page.close"))
        await stand.leave("page.close")
    await kit.close()
    return statistics.median(took)


def _figures(
    shown: Mapping[int, Sequence[float]],
    peers: Mapping[int, Sequence[float]],
    jumps: Mapping[tuple[str, int], float],
    opened: float,
) -> list[Figure]:
    figures = []
    ours, peer = _medians(shown), _medians(peers)
    if _LONG in ours:
        figures += [
            Figure(
                "reader: showing a policy of 1 MB / of 40 KB",
                # Of neighbours: what else the machine does changes from round to round.
                statistics.median(
                    long / short for long, short in zip(shown[_LONG], shown[_SHORT], strict=True)
                ),
                at_most=1.3,
                behind=_by_size(ours),
            ),
            Figure(
                "reader: showing a policy of 1 MB / one ft.Markdown",
                ours[_LONG] / peer[_LONG],
                at_most=0.1,
                behind=_by_size(peer),
            ),
        ]
    return [
        *figures,
        Figure(
            "reader: showing a policy of 40 KB / one ft.Markdown",
            ours[_SHORT] / peer[_SHORT],
            at_most=0.5,
            behind={"reader, ms": ours[_SHORT], "ft.Markdown, ms": peer[_SHORT]},
        ),
        Figure("reader: showing, exponent of the size", exponent(ours), at_most=1.0, unit=""),
        *(
            [Figure("one ft.Markdown: showing, exponent of the size", exponent(peer), unit="")]
            if len(peer) > 1
            else []
        ),
        *(
            Figure(
                f"reader: jump by {way} in 40 KB / the open, each from press to standing still",
                jumps[way, _SHORT] / opened,
                at_most=0.2,
                behind={
                    "open, ms": opened,
                    "one ft.Markdown of 40 KB, ms": peer[_SHORT],
                    **_by_size({size: it for (by, size), it in jumps.items() if by == way}),
                },
            )
            for way in ("search", "contents")
        ),
    ]


def _by_size(times: Mapping[int, float]) -> dict[str, float]:
    return {f"{size // 1000} KB, ms": it for size, it in times.items()}


def policy_of(size: int) -> Policy:
    """The delivered policy's clauses, as often as it takes to fill so many bytes."""
    text = f"{_POLICY.read_text(encoding='utf-8')}\n"
    head, *clauses = re.split(r"(?m)^(?=\{#)", text)
    parts, ids, length, copy = [head], [""], len(head.encode()), 0
    while length < size:
        for clause in clauses:
            again = re.sub(r"^\{#([\w.-]+)", rf"{{#\1-{copy}", clause) if copy else clause
            parts.append(again)
            ids += re.findall(r"^\{#([\w.-]+)", again)
            length += len(again.encode())
            if length >= size:
                break
        copy += 1
    whole = _NAMED.sub(lambda it: it[0] if it[2] in {*ids} else it[1], "".join(parts))
    return Policy(parse_document(whole), re.sub(r"(?m)^\{.*\}\n", "", whole), ids[:_TARGET][-1])


def _reader(pack: Pack, policy: Policy, searched: str | None = None) -> ft.Control:
    return PolicyReader(
        policy.document,
        pack.version,
        Language.of("zh_Hans"),
        prevailing=None,
        searched=searched,
        on_close=lambda: None,
        glossary=pack.texts_for("zh_Hans").glossary,
        address="mingshi:bench",
    )


def _markdown(policy: Policy) -> ft.Control:
    return ft.Column([ft.Markdown(policy.markdown)], scroll=ft.ScrollMode.AUTO, expand=True)
