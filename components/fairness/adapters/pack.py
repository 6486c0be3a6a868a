"""From a policy pack: statements, clauses, purposes and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...policy.document import Block, Document, ListBlock, Paragraph, Run, Table
from ...policy.pack import Pack
from ...policy.texts import LocaleTexts
from ..words_shown import Change, Clause, Layer, Statement, Texts


def texts_of(
    pack: Pack,
    *,
    reviewed: Mapping[str, Mapping[str, str]] | None = None,
    change: Mapping[str, Change] | None = None,
) -> tuple[Texts, ...]:
    """What a pack says, in each of its locales.

    Args:
        pack: The pack.
        reviewed: Digests of the clauses as they were reviewed, by locale and clause.
        change: What the version does that comes after another, by locale.
    """
    return tuple(
        Texts(
            locale,
            tuple(_statements(pack, texts)),
            tuple(_clauses(texts.document)),
            frozenset(pack.purposes),
            reviewed=(reviewed or {}).get(locale),
            sensitive=tuple(
                pack.text(it.name, locale) for it in pack.data_categories.values() if it.sensitive
            ),
            published=pack.version.published,
            effective=pack.version.effective,
            change=(change or {}).get(locale),
        )
        for locale in pack.locales
        for texts in [pack.texts_for(locale)]
    )


def _statements(pack: Pack, texts: LocaleTexts) -> Iterator[Statement]:
    for card in texts.first_notice.cards:
        yield Statement(
            f"first-notice.{card.id}", Layer.SUMMARY, f"{card.title}\n{card.body}", card.clauses
        )
    for prompt in texts.prompts.values():
        yield Statement(
            f"prompt.{prompt.id}",
            Layer.QUESTION,
            "\n".join([prompt.title, prompt.data, prompt.feature, prompt.refusing]),
            prompt.clauses,
            data=prompt.data,
            feature=prompt.feature,
            refusing=prompt.refusing,
        )


def _clauses(document: Document) -> Iterator[Clause]:
    for clause in document.clauses():
        marked = [run.text for block in clause.blocks for run in _runs(block) if run.sensitive]
        yield Clause(clause.id, f"{clause.title}\n{clause.text}", clause.digest, tuple(marked))


def _runs(block: Block) -> Iterator[Run]:
    match block:
        case Paragraph():
            yield from block.runs
        case ListBlock():
            for item in block.items:
                for inner in item:
                    yield from _runs(inner)
        case Table():
            for row in (block.head, *block.rows):
                for cell in row:
                    yield from cell
