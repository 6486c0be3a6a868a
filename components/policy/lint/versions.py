"""Rules on versions, their dates, and the languages the text must exist in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from .model import CHINA, Level, Problem, rule
from .subject import Layer, Subject
from .words import language_of

_FORMS = {"zh": ("y年M月d日", "y-MM-dd"), "en": ("d MMMM y", "MMMM d, y", "y-MM-dd")}


@rule(
    "publication-date-missing",
    Level.ERROR,
    source="PIPL art. 17(1), (2); industry custom prints the date",
    requirements=("LX-19", "R-021"),
)
def publication_date_missing(subject: Subject) -> Iterator[Problem]:
    """The version says when it was published."""
    version = subject.pack.version
    if version.published is None:
        yield Problem(
            subject.entry("versions", version.id, "published"),
            f"the version {version.id!r} does not say when it was published",
            "add `published` with a day",
        )


@rule(
    "effective-date-missing",
    Level.ERROR,
    source="PIPL art. 17(1), (2); industry custom prints the date",
    requirements=("LX-19", "R-021"),
)
def effective_date_missing(subject: Subject) -> Iterator[Problem]:
    """The version says since when it is in effect."""
    version = subject.pack.version
    if version.effective is None:
        yield Problem(
            subject.entry("versions", version.id, "effective"),
            f"the version {version.id!r} does not say since when it is in effect",
            "add `effective` with a day",
        )


@rule(
    "effective-before-published",
    Level.ERROR,
    source="PIPL art. 17(1): before processing",
    requirements=("R-020",),
)
def effective_before_published(subject: Subject) -> Iterator[Problem]:
    """A version is published before it takes effect."""
    version = subject.pack.version
    if version.published and version.effective and version.effective < version.published:
        yield Problem(
            subject.entry("versions", version.id, "effective"),
            f"in effect from {version.effective}, published only on {version.published}",
            "mend the two days",
        )


@rule(
    "dates-not-in-text",
    Level.WARNING,
    source="PIPL art. 17(1), (3); industry custom prints both at the top",
    requirements=("LX-19",),
)
def dates_not_in_text(subject: Subject) -> Iterator[Problem]:
    """The policy's text states the two dates that the pack declares."""
    version = subject.pack.version
    for locale in subject.pack.locales:
        language = language_of(locale)
        if language is None:
            continue
        policy = (p for p in subject.passages(Layer.POLICY) if p.locale == locale)
        text = "\n".join(passage.text for passage in policy)
        for what, day in (("published", version.published), ("effective", version.effective)):
            if day is not None and not _states(text, day, language):
                yield Problem(
                    subject.policy(locale),
                    f"the text does not state the day {day} ({what})",
                    "state it at the top of the policy",
                )


def _states(text: str, day: date, language: str) -> bool:
    forms = (format_date(day, form, locale=language) for form in _FORMS[language])
    return any(form in text for form in forms)


@rule(
    "simplified-chinese-missing",
    Level.ERROR,
    source="App违法违规收集使用个人信息行为认定方法, part 1(4)",
    requirements=("R-025",),
    profiles=CHINA,
)
def simplified_chinese_missing(subject: Subject) -> Iterator[Problem]:
    """The policy exists in Simplified Chinese."""
    if not any(language_of(locale) == "zh" for locale in subject.pack.locales):
        yield Problem(
            subject.entry("locales"),
            "there is no text in Simplified Chinese",
            'add "zh_Hans" to `locales`, and the texts',
        )


@rule(
    "language-uncovered",
    Level.NOTE,
    source="a limit of this linter: it reads Simplified Chinese and English",
)
def language_uncovered(subject: Subject) -> Iterator[Problem]:
    """Every language has word lists, so that its words can be checked."""
    for locale in subject.pack.locales:
        if language_of(locale) is None:
            yield Problem(
                subject.policy(locale),
                f"no rule about words can read {locale}",
                "have somebody who reads it look at it",
            )
