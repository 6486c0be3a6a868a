"""A comparison as the lines in which a person would tell it; :mod:`.rendering` writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..document import Clause
from .document_changes import ClauseChange, DocumentDiff, Mark, PieceChange
from .wording import DiffWording
from .words import Change, WordRuns, deleted, kept


@dataclass(frozen=True)
class Line:
    """One line of the telling.

    Attributes:
        sign: ``+`` new, ``-`` gone, ``~`` changed, ``>`` moved here, ``<`` moved away, ``#`` a
            heading of the telling itself, empty for anything else.
        depth: How far it is set in, from 0; of a heading, its level, from 1.
        words: Words of the policy, with what became of them.
        text: Words of the telling itself; a line has these or those.
        note: What is said about it, empty if nothing.
        title: It is a clause's heading.
    """

    sign: str
    depth: int
    words: WordRuns = ()
    text: str = ""
    note: str = ""
    title: bool = False


def plain(text: str, sign: str = "", depth: int = 0) -> Line:
    """A line of plain words."""
    return Line(sign, depth, text=text)


def tell_document(diff: DocumentDiff, wording: DiffWording) -> Iterator[Line]:
    """A document's changes: the whole in a sentence, then clause by clause."""
    changed = [change for change in diff.clauses if is_told(change)]
    preamble = [line for line in diff.preamble if line.marks != (Mark.KEPT,)]
    titled = any(run.change is not Change.KEPT for run in diff.title)
    if not changed and not preamble and not titled and diff.old_preamble == diff.new_preamble:
        yield plain(wording.same)
        return
    if titled:
        yield Line("~", 0, diff.title, title=True)
    if changed:
        yield plain(_counted(diff, changed, wording))
    if diff.replaced_throughout:
        yield plain(wording.throughout, "#", 2)
        for it in diff.replaced_throughout:
            text = wording.times.format(old=it.old, new=it.new, times=it.places)
            yield plain(text, "~")
    telling = _Telling(diff, wording)
    if preamble:
        yield plain("")
        yield Line("~", 0, text=wording.preamble, title=True)
        yield from telling.lines(preamble, 1)
    yield from telling.clauses()


def is_told(change: ClauseChange) -> bool:
    """Whether a reader sees any difference; the id is the author's own affair."""
    return bool(set(change.marks) - {Mark.KEPT, Mark.REIDENTIFIED})


def _counted(diff: DocumentDiff, changed: list[ClauseChange], wording: DiffWording) -> str:
    counts = Counter(mark for change in changed for mark in change.marks)
    marks = wording.between.join(
        wording.count.format(mark=wording.marks[mark], times=counts[mark])
        for mark in Mark
        if counts[mark] and mark is not Mark.REIDENTIFIED
    )
    return wording.counted.format(changed=len(changed), all=len(diff.clauses), marks=marks)


class _Telling:
    """Tells the clauses of one document."""

    def __init__(self, diff: DocumentDiff, wording: DiffWording) -> None:
        self._diff = diff
        self._wording = wording
        self._old = {it.old.id: it.old.title for it in diff.clauses if it.old is not None}
        self._new = {it.new.id: it.new.title for it in diff.clauses if it.new is not None}
        self._behind = dict(_neighbours(diff))
        self._throughout = {(it.old, it.new) for it in diff.replaced_throughout if it.is_link}

    def clauses(self) -> Iterator[Line]:
        """Every changed clause under the headings that it stands under."""
        above: list[tuple[ClauseChange, bool]] = []
        for change in self._diff.clauses:
            while above and above[-1][0].clause.level >= change.clause.level:
                above.pop()
            if is_told(change):
                if not above or not any(told for _, told in above):
                    yield plain("")
                for depth, (upper, told) in enumerate(above):
                    if not told:
                        yield Line("", depth, kept(upper.clause.title), title=True)
                above = [(upper, True) for upper, _ in above]
                yield from self._clause(change, len(above))
            above.append((change, is_told(change)))

    def _clause(self, change: ClauseChange, depth: int) -> Iterator[Line]:
        marks = change.marks
        notes = [self._wording.marks[mark] for mark in marks if mark is not Mark.REIDENTIFIED]
        if Mark.MOVED in marks:
            notes += self._move(change)
        sign = "~"
        for mark, drawn in ((Mark.ADDED, "+"), (Mark.REMOVED, "-"), (Mark.MOVED, ">")):
            sign = drawn if mark in marks else sign
        yield Line(sign, depth, change.title, note=self._wording.between.join(notes), title=True)
        yield from self.lines(change.pieces, depth + 1)

    def _move(self, change: ClauseChange) -> Iterator[str]:
        if change.moved_from:
            yield self._wording.stood_under.format(title=self._old[change.moved_from])
        before = self._behind.get(change.clause.id)
        if before is None:
            yield self._wording.stands_first
        else:
            yield self._wording.stands_behind.format(title=before)

    def lines(
        self, pieces: list[PieceChange] | tuple[PieceChange, ...], depth: int
    ) -> Iterator[Line]:
        """The lines of a clause that changed."""
        for piece in pieces:
            if piece.marks != (Mark.KEPT,):
                yield from self._line(piece, depth)

    def _line(self, piece: PieceChange, depth: int) -> Iterator[Line]:
        new_links = [link for link in piece.links if (link.old, link.new) not in self._throughout]
        if piece.marks == (Mark.RELINKED,) and not new_links:
            return  # told once for the whole document
        wording = self._wording
        if piece.moved_to is not None:
            note = wording.to_clause.format(title=self._title(self._new, piece.moved_to))
            yield Line("<", depth, deleted(piece.old.text if piece.old else ""), note=note)
            return
        sign, note = "~", ""
        if piece.moved_from is not None:
            sign = ">"
            note = wording.from_clause.format(title=self._title(self._old, piece.moved_from))
        elif Mark.MOVED in piece.marks:
            sign, note = ">", wording.marks[Mark.MOVED]
        elif Mark.ADDED in piece.marks:
            sign = "+"
        elif Mark.REMOVED in piece.marks:
            sign = "-"
        elif piece.marks == (Mark.RESTYLED,):
            note = wording.restyled
        yield Line(sign, depth, piece.words, note=note)
        for link in new_links:
            if link.text in (link.old, link.new):
                continue  # an address that stands in the words
            text = wording.link.format(
                text=link.text, old=link.old or wording.no_link, new=link.new or wording.no_link
            )
            yield plain(text, "~", depth + 1)

    def _title(self, titles: dict[str, str], clause: str) -> str:
        return titles[clause] if clause else self._wording.preamble


def _neighbours(diff: DocumentDiff) -> Iterator[tuple[str, str]]:
    """The id of each clause that stands behind another of its level, and that one's title."""
    above: list[Clause] = []
    for change in diff.clauses:
        if change.new is None:
            continue
        while above and above[-1].level > change.new.level:
            above.pop()
        if above and above[-1].level == change.new.level:
            yield change.new.id, above.pop().title
        above.append(change.new)
