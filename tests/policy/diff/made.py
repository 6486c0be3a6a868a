"""Documents that hypothesis makes, and edits of them as an author would make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from components.policy import (
    Block,
    Clause,
    Document,
    ListBlock,
    Paragraph,
    Run,
    Section,
    Table,
)

WORDS = st.sampled_from(
    [
        *("我们", "收集", "采集", "您的", "位置", "手机号", "，", "。", "“定位”", "2021年11月1日"),
        *("we", "keep", "your", "data", " ", " ", ", ", ". ", "15", "400-113-9001", "\n", "\t"),
        *(
            "《协议》",
            '"Locate"',
            "1.5%",
            "a@b.example",
            "https://a.example/x",
            "e\u0301",
            "👩\u200d🚀",
        ),
    ]
)
SENTENCES = st.lists(WORDS, max_size=14).map("".join)
NUMBERS = st.sampled_from(
    ["", "（十）", "（十一）", "一、", "3.2 ", "3.3 ", "第一部分 ", "Section 4: "]
)
RUNS = st.lists(
    st.builds(
        Run,
        SENTENCES,
        strong=st.booleans(),
        sensitive=st.booleans(),
        href=st.sampled_from([None, None, "https://a.example", "tel:400", "#a"]),
    ),
    max_size=3,
).map(tuple)
PARAGRAPHS = st.builds(Paragraph, RUNS)
CELLS = st.lists(RUNS, min_size=2, max_size=2).map(tuple)
TABLES = st.builds(Table, CELLS, st.lists(CELLS, max_size=3).map(tuple))


def _lists(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    items = st.lists(st.lists(blocks, max_size=2).map(tuple), max_size=3).map(tuple)
    return st.builds(ListBlock, st.booleans(), st.integers(1, 3), items)


BLOCKS: st.SearchStrategy[Block] = st.recursive(PARAGRAPHS | TABLES, _lists, max_leaves=4)
BODIES = st.lists(BLOCKS, max_size=4).map(tuple)
HEADINGS = st.builds(lambda number, words: (Run(number), Run(words)), NUMBERS, SENTENCES)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document whose sections hold clauses with ids of their own."""
    ids = draw(st.lists(st.sampled_from("abcdefghij"), unique=True, min_size=1, max_size=8))
    prefix = draw(st.sampled_from(["", "clause-"]))
    clauses = [
        Clause(
            id=f"{prefix}{ids.index(id_) + 1}" if prefix else id_,
            level=draw(st.integers(2, 4)),
            heading=draw(HEADINGS),
            blocks=draw(BODIES),
            line=line,
        )
        for line, id_ in enumerate(ids, start=1)
    ]
    return _arranged(draw(SENTENCES), draw(BODIES), clauses, draw(st.sets(st.integers(1, 7))))


def _arranged(
    title: str, preamble: tuple[Block, ...], clauses: list[Clause], cuts: set[int]
) -> Document:
    ends = [0, *sorted(cut for cut in cuts if cut < len(clauses)), len(clauses)]
    sections = [Section(tuple(clauses[start:end])) for start, end in pairwise(ends)]
    return Document(title, preamble, tuple(section for section in sections if section.clauses))


def _moved(clauses: list[Clause], draw: st.DrawFn) -> None:
    clause = clauses.pop(draw(st.integers(0, len(clauses) - 1)))
    clauses.insert(draw(st.integers(0, len(clauses))), clause)


def _dropped(clauses: list[Clause], draw: st.DrawFn) -> None:
    if len(clauses) > 1:
        clauses.pop(draw(st.integers(0, len(clauses) - 1)))


def _added(clauses: list[Clause], draw: st.DrawFn) -> None:
    id_ = f"new-{len(clauses)}"
    if all(clause.id != id_ for clause in clauses):
        clause = Clause(id_, draw(st.integers(2, 4)), draw(HEADINGS), draw(BODIES), 99)
        clauses.insert(draw(st.integers(0, len(clauses))), clause)


def _rewritten(clauses: list[Clause], draw: st.DrawFn) -> None:
    at = draw(st.integers(0, len(clauses) - 1))
    blocks = list(clauses[at].blocks)
    if bool(blocks) and draw(st.booleans()):
        blocks.pop(draw(st.integers(0, len(blocks) - 1)))
    else:
        blocks.insert(draw(st.integers(0, len(blocks))), draw(BLOCKS))
    clauses[at] = replace(clauses[at], blocks=tuple(blocks))


def _retitled(clauses: list[Clause], draw: st.DrawFn) -> None:
    at = draw(st.integers(0, len(clauses) - 1))
    clauses[at] = replace(clauses[at], heading=draw(HEADINGS))


def _carried(clauses: list[Clause], draw: st.DrawFn) -> None:
    """A block goes from one clause to another."""
    source, target = (draw(st.integers(0, len(clauses) - 1)) for _ in range(2))
    if source != target and clauses[source].blocks:
        block, *rest = clauses[source].blocks
        clauses[source] = replace(clauses[source], blocks=tuple(rest))
        clauses[target] = replace(clauses[target], blocks=(*clauses[target].blocks, block))


EDITS: list[Callable[[list[Clause], st.DrawFn], None]] = [
    _moved,
    _dropped,
    _added,
    _rewritten,
    _retitled,
    _carried,
]


@st.composite
def edits(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document, and the same after some edits."""
    old = draw(documents())
    clauses = list(old.clauses())
    for edit in draw(st.lists(st.sampled_from(EDITS), max_size=5)):
        edit(clauses, draw)
    cuts = draw(st.sets(st.integers(1, 7)))
    return old, _arranged(draw(st.just(old.title) | SENTENCES), old.preamble, clauses, cuts)


PAIRS = st.one_of(edits(), st.tuples(documents(), documents()))
