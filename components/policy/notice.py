"""Which exact words a person is shown, as plain data: what is hashed is what is drawn.

A consent event holds a notice's id, version, locale and digest. :func:`notice_for` makes the
notice again from the pack, so that anybody can hold the digest of an event against the words.

Ids are ``pack/name``, where the name is ``first-notice``, a prompt's id, a prompt's id with
``-neutral`` (the one-button form), ``withdrawal`` (of the base notice), ``withdrawal-<purpose>`` or
``purpose-<purpose>``. The loader refuses prompt ids that would make these ambiguous.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .pack import Pack
from .texts import PromptText

PROMPT_SLOTS = (
    "data",
    "feature",
    "benefit",
    "refusing",
    "retention",
    "necessity",
    "impact",
    "recipient",
    "abroad",
)
"""The fields of a prompt that inform, in reading order. Screens draw them in this order."""

_FIRST_NOTICE = "first-notice"
_NOTICE_WITHDRAWAL = "withdrawal"
_WITHDRAWAL = "withdrawal-"
_PURPOSE = "purpose-"
_NEUTRAL = "-neutral"


class PromptForm(StrEnum):
    """How a prompt is answered.

    ``CHOICE``: two equal buttons, to allow and not to. ``NEUTRAL``: one button that leads on to
    the system's own question, as iOS wants it.
    """

    CHOICE = "choice"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Notice:
    """The words of one notice in one language.

    Attributes:
        notice: ``pack/name``, for example ``epiao/first-notice``.
        version: The policy's version id.
        locale: The language the words are in (not the one that was asked for).
        lines: The words in reading order, one text a line, each in NFC.

    Raises:
        ValueError: A line is empty, holds a line break or is not in NFC, so that two different
            notices could have one digest.
    """

    notice: str
    version: str
    locale: str
    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        for line in self.lines:
            if not line or "\n" in line or not unicodedata.is_normalized("NFC", line):
                raise ValueError(f"{line!r} is not one line of words in NFC")

    @cached_property
    def digest(self) -> str:
        """SHA-256, as 64 hexadecimal digits, of the UTF-8 of the lines joined by line feeds."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()


def first_notice(pack: Pack, locale: str, version: str | None = None) -> Notice:
    """The first notice: title, lead, each point's title and body, refusing, both labels.

    Args:
        pack: The pack.
        locale: The language wanted; the prevailing one serves if the pack lacks it.
        version: The policy's version; that of the pack as given if None.

    Raises:
        KeyError: The pack has no such version.
    """
    text = pack.texts_for(locale, version).first_notice
    points = (line for card in text.cards for line in (card.title, card.body))
    lines = (text.title, text.lead, *points, text.refusing, text.accept, text.refuse)
    return _notice(pack, _FIRST_NOTICE, locale, version, lines)


def prompt_notice(
    pack: Pack,
    prompt_id: str,
    locale: str,
    version: str | None = None,
    form: PromptForm = PromptForm.CHOICE,
) -> Notice:
    """A prompt: title, :data:`PROMPT_SLOTS` as far as it has them, then its labels.

    Raises:
        KeyError: The pack has no such version, or the version no such prompt.
    """
    text = pack.texts_for(locale, version).prompts[prompt_id]
    words = (text.title, *prompt_slots(text).values())
    if form is PromptForm.NEUTRAL:
        return _notice(pack, prompt_id + _NEUTRAL, locale, version, (*words, text.neutral))
    return _notice(pack, prompt_id, locale, version, (*words, text.accept, text.refuse))


def prompt_slots(text: PromptText) -> dict[str, str]:
    """The words of a prompt's slots by name, in reading order, without those it lacks."""
    words = ((slot, getattr(text, slot)) for slot in PROMPT_SLOTS)
    return {slot: value for slot, value in words if value is not None}


def withdrawal_notice(
    pack: Pack, purpose_id: str, locale: str, version: str | None = None
) -> Notice:
    """What is shown on withdrawing: the purpose's name and description, statement and label.

    Raises:
        KeyError: The pack has no such version or purpose.
    """
    pack = pack if version is None else pack.at(version)
    text = pack.texts_for(locale).withdrawal
    purpose = pack.purposes[purpose_id]
    lines = (
        pack.text(purpose.name, locale),
        pack.text(purpose.description, locale),
        text.statement,
        text.label,
    )
    return _notice(pack, _WITHDRAWAL + purpose_id, locale, version, lines)


def notice_withdrawal(pack: Pack, locale: str, version: str | None = None) -> Notice:
    """What is shown on taking back the agreement to the base notice: statement and label.

    Raises:
        KeyError: The pack has no such version.
    """
    text = pack.texts_for(locale, version).withdrawal
    return _notice(pack, _NOTICE_WITHDRAWAL, locale, version, (text.statement, text.label))


def purpose_notice(pack: Pack, purpose_id: str, locale: str, version: str | None = None) -> Notice:
    """What is shown where a purpose without a prompt is granted.

    Name, description, the data (see :func:`listed`; no line if there is none), and, as far as the
    purpose says so, retention and what refusing costs.

    Raises:
        KeyError: The pack has no such version or purpose.
    """
    pack = pack if version is None else pack.at(version)
    purpose = pack.purposes[purpose_id]
    data = [pack.text(pack.data_categories[id_].name, locale) for id_ in purpose.data]
    lines = [
        pack.text(purpose.name, locale),
        pack.text(purpose.description, locale),
        *([listed(data, pack.locale_for(locale))] if data else []),
        *(
            pack.text(words, locale)
            for words in (purpose.retention, purpose.refusing)
            if words is not None
        ),
    ]
    return _notice(pack, _PURPOSE + purpose_id, locale, version, lines)


def listed(names: Iterable[str], locale: str) -> str:
    """Names joined as a list in a language, the same in every release of every library.

    Babel's list patterns follow CLDR and may change; the words under a digest may not.
    """
    separators = {"zh": "、", "ja": "、", "ar": "، "}
    return separators.get(locale.partition("_")[0], ", ").join(names)


def notice_for(pack: Pack, notice_id: str, locale: str, version: str | None = None) -> Notice:
    """The notice that an id stands for.

    Args:
        pack: The pack.
        notice_id: ``pack/name``, as in ``Notice.notice`` and in a consent event.
        locale: As in :func:`first_notice`.
        version: As in :func:`first_notice`.

    Raises:
        KeyError: The id belongs to another pack, or names nothing that the version has.
    """
    owner, _, name = notice_id.partition("/")
    if owner != pack.id:
        raise KeyError(notice_id)
    if name == _FIRST_NOTICE:
        return first_notice(pack, locale, version)
    if name == _NOTICE_WITHDRAWAL:
        return notice_withdrawal(pack, locale, version)
    if name.startswith(_WITHDRAWAL):
        return withdrawal_notice(pack, name.removeprefix(_WITHDRAWAL), locale, version)
    if name.startswith(_PURPOSE):
        return purpose_notice(pack, name.removeprefix(_PURPOSE), locale, version)
    if name.endswith(_NEUTRAL):
        prompt_id = name.removesuffix(_NEUTRAL)
        return prompt_notice(pack, prompt_id, locale, version, PromptForm.NEUTRAL)
    return prompt_notice(pack, name, locale, version)


def recompute(pack: Pack, notice_id: str, locale: str, version: str) -> str:
    """The digest that a consent event must hold for a notice, made anew from the pack.

    Raises:
        KeyError: As :func:`notice_for`; also for a language that the pack lacks, since no event
            can name one.
    """
    if locale not in pack.locales:
        raise KeyError(locale)
    return notice_for(pack, notice_id, locale, version).digest


def _notice(
    pack: Pack, name: str, locale: str, version: str | None, lines: Iterable[str]
) -> Notice:
    return Notice(
        notice=f"{pack.id}/{name}",
        version=version or pack.version.id,
        locale=pack.locale_for(locale),
        lines=tuple(lines),
    )
