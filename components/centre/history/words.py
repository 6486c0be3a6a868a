"""One entry of the history in words."""

from __future__ import annotations

from datetime import date

from ...consent.event import Cause, TargetKind
from ...consent.status import ConsentStatus
from ...i18n import Language, available_locales
from ..words import delivery_words
from .view import HistoryEntry, Subject


def subject_words(subject: Subject, language: Language) -> str:
    """What a person would call what was decided about."""
    return named(subject.target.kind, subject.name, language)


def named(kind: TargetKind, name: str | None, language: Language) -> str:
    """The name of a target, told apart by its kind."""
    say = language.gettext
    if name is None:
        return say("Privacy notice")
    if kind is TargetKind.PERMISSION:
        return say("{name} (system permission)", name=name)
    return name


def act_words(entry: HistoryEntry, language: Language) -> str:
    """What was done."""
    say = language.gettext
    if entry.cause is Cause.OPERATING_SYSTEM:
        return {
            ConsentStatus.GIVEN: say("Allowed in the system"),
            ConsentStatus.RENEWED: say("Allowed in the system"),
            ConsentStatus.REVOKED: say("Turned off in the system’s settings"),
        }.get(entry.status, say("Not allowed in the system"))
    return {
        ConsentStatus.UNKNOWN: say("Not decided"),
        ConsentStatus.REQUESTED: say("To be asked again, because the policy changed"),
        ConsentStatus.DEFERRED: say("Closed without an answer"),
        ConsentStatus.GIVEN: say("Agreed"),
        ConsentStatus.RENEWED: say("Agreed again"),
        ConsentStatus.REFUSED: say("Not agreed"),
        ConsentStatus.WITHDRAWN: say("Withdrawn"),
        ConsentStatus.REVOKED: say("Taken back by a guardian")
        if entry.by_guardian
        else say("Taken back"),
        ConsentStatus.EXPIRED: say("Ended, because its time was over"),
        ConsentStatus.INVALIDATED: say("Ended, because it was not valid"),
    }[entry.status]


def details(entry: HistoryEntry, language: Language) -> list[str]:
    """What else is known, a sentence each."""
    say = language.gettext
    lines: list[str] = []
    if entry.label is not None:
        lines.append(
            say("A guardian pressed “{label}”", label=entry.label)
            if entry.by_guardian
            else say("You pressed “{label}”", label=entry.label)
        )
    if entry.version is not None and entry.locale is not None:
        lines.append(
            say(
                "Words shown: version {version}, in {language}",
                version=_version_name(entry.version, language),
                language=_language_name(entry.locale),
            )
        )
    lines.append(
        say("Chosen on another device of yours")
        if entry.delivery is None
        else delivery_words(entry.delivery, language)
    )
    return lines


def _language_name(locale: str) -> str:
    """What a language calls itself; its id where the interface does not speak it."""
    return Language.of(locale).own_name if locale in available_locales() else locale


def _version_name(version: str, language: Language) -> str:
    """What a version is called: the day it is from, in words, where its id is one."""
    try:
        return language.date(date.fromisoformat(version))
    except ValueError:
        return version
