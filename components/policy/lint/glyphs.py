"""The rule on characters that the fonts cannot draw, for a host that knows its fonts."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import block_text
from ..pack import Localised, Pack
from .model import Level, Place, Problem, rule
from .subject import Layer, Subject


@rule(
    "glyph-missing",
    Level.ERROR,
    source="认定方法 part 1(4): not blurred or hard to read",
    requirements=("R-025",),
)
def glyph_missing(subject: Subject) -> Iterator[Problem]:
    """The fonts can draw every character of the pack."""
    if subject.characters is None:
        return
    for place, text in (*_texts(subject), *_declared(subject)):
        missing = sorted({c for c in text if not c.isspace()} - subject.characters)
        if missing:
            shown = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)
            yield Problem(place, f"no font draws {shown}", "use another word, or add to the font")


def _texts(subject: Subject) -> Iterator[tuple[Place, str]]:
    """Every text file whole, also in languages that no word rule reads."""
    for locale in subject.pack.locales:
        texts = subject.pack.texts_for(locale)
        document = texts.document
        policy = [document.title, *(block_text(block) for block in document.preamble)]
        yield subject.policy(locale), "".join(policy)
        for clause in document.clauses():
            yield subject.clause(locale, clause.id), clause.text
    for passage in subject.passages(Layer.SUMMARY, Layer.SURFACE):
        yield passage.place, passage.text


def _declared(subject: Subject) -> Iterator[tuple[Place, str]]:
    pack: Pack = subject.pack
    named: dict[str, list[Localised]] = {
        "data_categories": [item.name for item in pack.data_categories.values()],
        "purposes": [
            text
            for item in pack.purposes.values()
            for text in (item.name, item.description, item.retention, item.refusing)
            if text is not None
        ],
        "permissions": [t for p in pack.permissions.values() for t in (p.name, p.description)],
        "recipients": [
            text
            for item in pack.recipients.values()
            for text in (
                *(item.name, item.scene, item.manner),
                *(part for data in item.data for part in (data.fields, data.purpose)),
            )
        ],
        "rights": [t for right in pack.rights.values() for t in (right.name, right.description)],
    }
    for kind, texts in named.items():
        yield subject.entry(kind), "".join(text for item in texts for text in item.values())
