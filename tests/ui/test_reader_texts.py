"""What the reader does with texts, without a page: searching, cutting, windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.notices.reader.marking import Mark, MarkKind, cut
from components.notices.reader.passages import Passage, Passages, row_of, texts_of
from components.notices.reader.searching import fold, places, search
from components.notices.reader.terms import marks_of
from components.notices.reader.window import LANDING, MORE, Place, Window
from components.policy import Block, ListBlock, Pack, Paragraph, Run, Table
from components.policy.document import Clause

LETTERS = st.sampled_from(list("aAbBﬁＡｂ１1个人信息ß İ\t。"))
TEXTS = st.text(LETTERS, max_size=40)


@given(TEXTS, st.text(LETTERS, min_size=1, max_size=4))
def test_every_hit_is_an_occurrence_and_none_is_missed(text: str, words: str) -> None:
    wanted = fold(words.strip())
    found = places(text, words)
    end = 0
    for start, stop in found:
        assert end <= start < stop <= len(text)
        assert wanted in fold(text[start:stop])
        assert wanted not in fold(text[end:start])
        end = stop
    if wanted:
        assert wanted not in fold(text[end:])
    else:
        assert not found


RUNS = st.lists(
    st.builds(Run, st.text("甲乙ab ", max_size=8), strong=st.booleans(), sensitive=st.booleans()),
    max_size=5,
)


@given(RUNS, st.data())
def test_the_pieces_of_a_text_are_the_text(runs: list[Run], data: st.DataObject) -> None:
    text = "".join(run.text for run in runs)
    kinds = st.sampled_from(list(MarkKind))
    place = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(place, place, kinds), max_size=4))
    marks = [Mark(min(a, b), max(a, b), kind, "term") for a, b, kind in drawn if a != b]
    pieces = cut(runs, marks)
    assert "".join(piece.run.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        for mark in (piece.hit, piece.term):
            assert mark is None or (mark.start <= at and at + len(piece.run.text) <= mark.end)
        at += len(piece.run.text)
    hits = [mark for mark in marks if mark.kind is not MarkKind.TERM]
    marked = sum(len(piece.run.text) for piece in pieces if piece.hit is not None)
    assert marked == len({it for mark in hits for it in range(mark.start, mark.end)})


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("我们收集手机号和手机型号", "手机", ((4, 6), (8, 10))),
        ("ＯＡＩＤ与oaid", "OaId", ((0, 4), (5, 9))),
        ("aaaa", "aa", ((0, 2), (2, 4))),
        ("ﬁlm", "fi", ((0, 1),)),
        ("ﬁlm", "f", ((0, 1),)),
        ("the  app", " the ", ((0, 3),)),
        ("anything", "   ", ()),
        ("", "x", ()),
    ],
)
def test_words_are_found_whatever_their_case_and_width(
    text: str, words: str, found: tuple[tuple[int, int], ...]
) -> None:
    assert places(text, words) == found


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_the_whole_document_is_searched(pack: Pack, locale: str) -> None:
    passages = Passages(pack.document(locale))
    hits = search(passages, "OAID")
    everything = "\n".join(text for passage in passages for text in passage.texts)
    assert len(hits) == everything.lower().count("oaid") > 3
    for hit in hits:
        assert passages[hit.passage].texts[hit.text][hit.start : hit.end].lower() == "oaid"


def words(text: str) -> tuple[Run, ...]:
    return (Run(text),)


BLOCKS: tuple[Block, ...] = (
    Paragraph(words("one")),
    ListBlock(
        True, 1, ((Paragraph(words("two")), Paragraph(words("three"))), (), (Paragraph(()),))
    ),
    Table((words("h1"), words("h2")), ((words("a"), words("b")), (words("c"), words("d")))),
    Table((words("alone"),), ()),
    ListBlock(False, 1, ((ListBlock(False, 1, ((Paragraph(words("deep")),),)),),)),
)


def test_texts_and_rows_are_counted_as_they_are_drawn() -> None:
    passage = Passage(Clause("x", 2, words("title"), BLOCKS, 1), BLOCKS)
    assert passage.texts == (
        *("title", "one", "two", "three", "", ""),
        *("h1", "h2", "a", "b", "c", "d", "alone", "deep"),
    )
    assert len(list(texts_of(BLOCKS))) == len(passage.texts) - 1
    assert [row_of(passage, text) for text in range(len(passage.texts))] == [
        *(0, 1, 2, 3, 4, 5),
        *(6, 6, 6, 6, 7, 7, 8, 9),
    ]
    assert len(passage.row_weights) == 10


def test_a_term_is_marked_at_its_first_free_place_only(pack: Pack) -> None:
    document = pack.document("zh_Hans")
    glossary = pack.texts_for("zh_Hans").glossary
    for passage in Passages(document):
        marks = marks_of(passage, glossary, (), None)
        named = [mark.term for of_text in marks.values() for mark in of_text]
        assert len(named) == len(set(named))
        for text, of_text in marks.items():
            runs = list(texts_of(passage.blocks))[text - 1]
            assert all(
                any(piece.term for piece in cut(runs, [mark]) if piece.term) for mark in of_text
            )


@given(
    st.lists(st.lists(st.integers(1, 3000), min_size=1, max_size=6), min_size=1, max_size=12),
    st.data(),
)
def test_a_window_never_leaves_the_document(weights: list[list[int]], data: st.DataObject) -> None:
    places = [
        Place(passage, row) for passage, rows in enumerate(weights) for row in range(len(rows))
    ]
    window = Window.at([Weights(it) for it in weights], data.draw(st.sampled_from(places)))
    ways = st.sampled_from([Window.grown, Window.earlier, Window.filled])
    for way in data.draw(st.lists(ways, max_size=6)):
        before = window
        window = way(window)
        drawn = [it for it in places if window.start <= it < window.end]
        assert drawn[0] == window.start
        assert window.has_earlier == (drawn[0] != places[0])
        assert window.has_later == (drawn[-1] != places[-1])
        assert drawn == [
            Place(passage, row) for passage in window.passages for row in window.rows(passage)
        ]
        assert window.start < before.start or window.end >= before.end or not before.has_earlier
        assert window.passage_at(0) == window.passages[0]
        assert window.passage_at(1) in window.passages
    taken = sum(weights[it.passage][it.row] for it in places if window.start <= it < window.end)
    assert not window.has_later or taken >= LANDING
    assert window.filled().start == window.start
    assert window.filled().end >= max(window.end, Window.at(window.weighed, window.start).end)
    assert window.filled().filled() == window.filled()


@given(st.lists(st.integers(0, 400), min_size=3, max_size=40), st.data())
def test_going_back_takes_whole_passages_and_no_more_than_it_needs(
    words: list[int], data: st.DataObject
) -> None:
    passages = [Weights([it, it]) for it in words]
    window = Window.at(passages, Place(data.draw(st.integers(1, len(words) - 1)), 1))
    back = window.earlier()
    assert back.start.row == 0
    between = [it for at, it in enumerate(words) if back.start.passage < at < window.start.passage]
    assert 2 * sum(between) < MORE


@dataclass(frozen=True)
class Weights:
    """A passage of which nothing is known but what its rows weigh."""

    row_weights: Sequence[int]


def test_a_document_is_not_written_out_with_every_message(pack: Pack) -> None:
    """Flet's web server takes the ``repr`` of all that a component it sends was given."""
    passages = Passages(pack.document("en"))
    window = Window.at(passages, Place(0, 0))
    assert len(repr((pack.document("en"), passages[3], window))) < 300


def test_opening_and_jumping_look_at_nothing_beyond_the_window() -> None:
    """Else a document of a million characters would open later than a short one."""
    weighed: list[int] = []

    @dataclass(frozen=True)
    class Watched:
        number: int

        @property
        def row_weights(self) -> Sequence[int]:
            weighed.append(self.number)
            return (100, 200)

    window = Window.at([Watched(it) for it in range(10_000)], Place(0, 0))
    window = window.jumped(Place(5_000, 0)).grown().earlier()
    window.passage_at(0.5)
    assert set(weighed) <= {*range(20), *range(4_900, 5_100)}
