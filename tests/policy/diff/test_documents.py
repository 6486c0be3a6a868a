"""Clause by clause: applied to the old document, a diff gives the new one; and it tells all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from components.policy import Block, Clause, Document, Paragraph, Run, Section, parse_document
from components.policy.anymarkdown import read_any_markdown
from components.policy.diff import (
    CHINESE,
    ENGLISH,
    ClauseChange,
    DiffDoesNotFit,
    DiffWording,
    DocumentDiff,
    Mark,
    PieceChange,
    apply,
    as_json,
    as_markdown,
    as_text,
    diff_documents,
    invert,
    new_words,
    old_words,
)
from components.policy.diff.pieces import Form, pieces_of
from components.policy.diff.similarity import matched

from .made import PAIRS, documents

TEXTS = Path(__file__).parent / "texts"


@given(PAIRS)
def test_a_diff_applied_to_the_old_document_gives_the_new_one(
    pair: tuple[Document, Document],
) -> None:
    old, new = pair
    diff = diff_documents(old, new)
    assert apply(old, diff) == new
    assert apply(new, invert(diff)) == old
    assert invert(invert(diff)) == diff


@given(PAIRS)
def test_what_is_told_holds_every_word_of_both(pair: tuple[Document, Document]) -> None:
    old, new = pair
    diff = diff_documents(old, new)
    bodies = [(diff.preamble, old.preamble, new.preamble)]
    for change in diff.clauses:
        assert old_words(change.title) == (change.old.title if change.old else "")
        assert new_words(change.title) == (change.new.title if change.new else "")
        bodies.append(
            (
                change.pieces,
                change.old.blocks if change.old else (),
                change.new.blocks if change.new else (),
            )
        )
    for told, before, after in bodies:
        assert tuple(was(told)) == pieces_of(before)
        assert [it.new for it in told if it.new is not None] == list(pieces_of(after))
        for it in told:
            assert it.old is None or old_words(it.words) == it.old.text
            assert it.new is None or new_words(it.words) == it.new.text
    assert sorted(id_(it.new) for it in diff.clauses if it.new) == sorted(map(id_, new.clauses()))


def id_(clause: Clause) -> str:
    return clause.id


def was(told: tuple[PieceChange, ...]) -> Iterator[object]:
    before = [it for it in told if it.old_position is not None]
    return (it.old for it in sorted(before, key=lambda it: it.old_position or 0))


@given(PAIRS)
def test_a_clause_is_kept_exactly_if_its_reader_sees_no_change(
    pair: tuple[Document, Document],
) -> None:
    for change in diff_documents(*pair).clauses:
        assert change.marks
        if change.marks == (Mark.KEPT,):
            assert change.old is not None and change.new is not None
            assert change.old.heading == change.new.heading
            assert change.old.blocks == change.new.blocks
        assert (change.old is None) == (change.marks == (Mark.ADDED,))
        assert (change.new is None) == (change.marks == (Mark.REMOVED,))


@given(documents())
def test_a_document_does_not_differ_from_itself(document: Document) -> None:
    diff = diff_documents(document, document)
    assert {mark for change in diff.clauses for mark in change.marks} == {Mark.KEPT}
    assert as_text(diff) == "No difference.\n"
    assert as_text(diff, CHINESE) == "没有差别。\n"


@given(PAIRS)
def test_any_diff_can_be_written(pair: tuple[Document, Document]) -> None:
    diff = diff_documents(*pair)
    for wording in (ENGLISH, CHINESE):
        assert as_text(diff, wording).endswith("\n")
        assert as_markdown(diff, wording).startswith("# ")
    content = json.loads(as_json(diff))
    assert len(content["clauses"]) == len(diff.clauses)


def test_a_diff_of_another_document_does_not_fit() -> None:
    old, new = (document(("a", "标题", text)) for text in ("甲", "乙"))
    diff = diff_documents(old, new)
    with pytest.raises(DiffDoesNotFit, match="another document"):
        apply(new, diff)


def document(*clauses: tuple[str, str, str]) -> Document:
    """A document of clauses without subclauses: id, heading and paragraphs, one a line."""
    return Document(
        "题",
        (),
        tuple(
            Section((Clause(name, 2, (Run(title),), paragraphs(text), line),))
            for line, (name, title, text) in enumerate(clauses, start=1)
        ),
    )


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Run(line),)) for line in text.splitlines())


def changes(old: Document, new: Document) -> dict[str, ClauseChange]:
    return {change.clause.id: change for change in diff_documents(old, new).clauses}


COOKIES = "我们用Cookie记住您的登录状态，您可以随时在浏览器里清除。"
LOCATION = "您点定位以后，我们收集一次大致位置，用来计算影院的距离。"
PAYMENT = "付款由支付公司完成，我们只知道订单是否已经付清。"


def test_counted_ids_do_not_pass_for_the_same_clause() -> None:
    old = document(("clause-1", "甲", COOKIES), ("clause-2", "乙", LOCATION))
    new = document(
        ("clause-1", "丙", PAYMENT), ("clause-2", "甲", COOKIES), ("clause-3", "丁", LOCATION)
    )
    told = changes(old, new)
    assert told["clause-1"].marks == (Mark.ADDED,)
    assert told["clause-2"].marks == (Mark.REIDENTIFIED,)
    assert told["clause-3"].marks == (Mark.RETITLED, Mark.REIDENTIFIED)
    assert "another id" not in as_text(diff_documents(old, new))


def test_an_authors_id_holds_a_rewritten_clause_together() -> None:
    told = changes(document(("pay", "付款", PAYMENT)), document(("pay", "Cookie", COOKIES)))
    assert told["pay"].marks == (Mark.RETITLED, Mark.REWORDED)


def test_an_equal_heading_holds_a_rewritten_clause_together() -> None:
    told = changes(document(("one", "付款", PAYMENT)), document(("two", "付款", COOKIES)))
    assert told["two"].marks == (Mark.REWORDED, Mark.REIDENTIFIED)


def test_the_lighter_of_two_that_changed_places_was_moved() -> None:
    long, short = ("a", "甲", f"{COOKIES}\n{PAYMENT}"), ("b", "乙", LOCATION)
    told = changes(document(long, short), document(short, long))
    assert (told["a"].marks, told["b"].marks) == ((Mark.KEPT,), (Mark.MOVED,))


def test_what_is_gone_is_told_behind_its_old_neighbour() -> None:
    a, b, c, d = (("abcd"[k], f"标题{'甲乙丙丁'[k]}", LOCATION[k * 6 :]) for k in range(4))
    diff = diff_documents(document(a, b, c, d), document(d, a, c))
    order = [(change.clause.id, change.marks[0]) for change in diff.clauses]
    assert order == [
        ("d", Mark.MOVED),
        ("a", Mark.KEPT),
        ("b", Mark.REMOVED),
        ("c", Mark.KEPT),
    ]


def test_a_clause_that_goes_along_with_its_part_was_not_moved() -> None:
    part = "\n\n{{#{0}}}\n## {0}\n\n{1}\n\n{{#{0}-in}}\n### {0} in\n\n{2}"
    first = part.format("one", COOKIES, LOCATION)
    second = part.format("two", PAYMENT, PAYMENT[::-1] + COOKIES[::-1] + LOCATION[::-1])
    old, new = (parse_document(f"# T{text}") for text in (first + second, second + first))
    marks = {name: change.marks for name, change in changes(old, new).items()}
    assert marks["one"] == (Mark.MOVED,)
    assert {marks[name] for name in ("two", "one-in", "two-in")} == {(Mark.KEPT,)}


def test_a_clause_under_another_heading_was_moved() -> None:
    head = "# T\n\n{#one}\n## One\n\nx\n\n"
    inner = "{#in}\n### Inner\n\nAll the words of this clause.\n\n"
    tail = "{#two}\n## Two\n\ny\n\n"
    old, new = parse_document(head + inner + tail), parse_document(head + tail + inner)
    change = changes(old, new)["in"]
    assert (change.marks, change.moved_from, change.moved_to) == ((Mark.MOVED,), "one", "two")
    told = as_text(diff_documents(old, new))
    assert "> Inner  (moved, stood under “One”, now first)" in told


def test_a_change_that_only_an_empty_list_shows_is_a_change_of_looks() -> None:
    old = parse_document("# T\n\n{#a}\n## A\n\nx\n")
    new = parse_document("# T\n\n{#a}\n## A\n\nx\n\n-\n")
    assert changes(old, new)["a"].marks == (Mark.RESTYLED,)


def test_a_line_is_a_paragraph_an_item_or_a_row() -> None:
    text = "# T\n\n{#a}\n## A\n\nx\n\n- b\n  1. c\n\n| d | e |\n|---|---|\n| f | g |\n"
    forms = [(piece.form, piece.depth, piece.text) for piece in pieces_of(blocks_of(text))]
    assert forms == [
        (Form.PARAGRAPH, 0, "x"),
        (Form.BULLET, 1, "b"),
        (Form.NUMBERED, 2, "c"),
        (Form.TABLE_HEAD, 0, "d\te"),
        (Form.TABLE_ROW, 0, "f\tg"),
    ]


def blocks_of(text: str) -> tuple[Block, ...]:
    return parse_document(text).clause("a").blocks


def test_the_same_link_over_several_styles_is_one_link() -> None:
    old = parse_document("# T\n\n{#a}\n## A\n\nSee [our **help**](https://a.example).\n")
    new = parse_document("# T\n\n{#a}\n## A\n\nSee [our **help**](https://b.example).\n")
    (piece,) = changes(old, new)["a"].pieces
    (link,) = piece.links
    assert (link.text, link.old, link.new) == ("our help", "https://a.example", "https://b.example")
    assert piece.marks == (Mark.RELINKED,)


def test_an_address_that_is_read_is_not_told_twice() -> None:
    text = "# T\n\n{{#a}}\n## A\n\nSee <https://{}.example/help> for more.\n"
    old, new = (parse_document(text.format(name)) for name in ("one", "two"))
    diff = diff_documents(old, new)
    told = as_text(diff)
    assert "~ See [-https://one.example/help-]{+https://two.example/help+} for more." in told
    assert "link “" not in told
    assert diff.clauses[0].marks == (Mark.REWORDED, Mark.RELINKED)


def test_equal_texts_go_by_their_neighbours() -> None:
    old = ["first", "same", "second", "same", "third"]
    new = ["second", "same", "third", "first", "same"]
    assert matched(old, new) == {0: 3, 1: 4, 2: 0, 3: 1, 4: 2}


def test_what_every_text_shares_does_not_pair_them() -> None:
    old = [f"we keep the data named {name}" for name in "abcdefghijklmnopqrst"]
    assert matched(old, old[::-1]) == {k: 19 - k for k in range(20)}


def read(name: str) -> Document:
    text = (TEXTS / name).read_text(encoding="utf-8")
    return parse_document(text) if name.startswith("zh") else read_any_markdown(text, name=name)


def compared(language: str) -> DocumentDiff:
    return diff_documents(read(f"{language}-old.md"), read(f"{language}-new.md"))


@pytest.mark.parametrize(("language", "wording"), [("zh", CHINESE), ("en", ENGLISH)])
def test_every_kind_of_change_is_told_as_a_person_would(
    language: str, wording: DiffWording
) -> None:
    told = as_text(compared(language), wording)
    assert told == (TEXTS / f"{language}-told.txt").read_text(encoding="utf-8")


def test_the_two_texts_hold_every_kind_of_change() -> None:
    marks = {
        mark for language in ("zh", "en") for it in compared(language).clauses for mark in it.marks
    }
    assert marks == set(Mark)


def test_markdown_marks_words_and_escapes_them() -> None:
    old, new = (
        document(("a", "A", text)) for text in ("Use <b> & *one* [x].", "Use <b> & *two* [x].")
    )
    told = as_markdown(diff_documents(old, new))
    assert "- Use \\<b\\> &amp; \\*<del>one</del><ins>two</ins>\\* \\[x\\]." in told
    assert told.startswith("# 题\n\n1 of 1 clauses differ: 1 reworded.\n\n### A *(reworded)*\n\n")


def test_long_stretches_that_were_kept_are_shortened() -> None:
    many = " ".join(f"word{number}" for number in range(40))
    old, new = (document(("a", "A", f"{many} {it} {many}")) for it in ("keep", "delete"))
    line = as_text(diff_documents(old, new)).splitlines()[-1]
    assert line.startswith("    ~ word0 word1 word2")
    assert "word38 word39 [-keep-]{+delete+} word0 word1" in line
    assert line.endswith(" …")
    assert len(line) < 200


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    diff_documents(read("zh-old.md"), read("zh-new.md"), lambda done, of: told.append((done, of)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 5
