"""Rules on the words of a surface."""

from __future__ import annotations

from collections.abc import Iterator

from ..labels import Saying, saying
from ..lexicon import lexicon
from ..model import Problem, Rule, Spot, Unjudged, spot
from ..reading import han, reading_seconds, sentences, words
from ..subject import TOGGLES, Role, Screen, Subject
from ..words_shown import Layer
from .registry import each_screen, rule


def known(screen: Screen) -> bool:
    """Whether the word lists know the screen's language."""
    return screen.language in ("zh", "en")


@rule("LX-01")
@each_screen
def refusal_is_called_so(screen: Screen, rule: Rule) -> Iterator[Problem | Unjudged]:
    """A refusal's label is not derived by the grammar."""
    for element in screen.refuses:
        if element.role in TOGGLES:
            continue
        if not known(screen):
            yield Unjudged(f"no grammar for {screen.locale}")
        elif saying(element.name, screen.language) is not Saying.DECLINE:
            yield Problem(spot(screen, element), f"“{element.name}” is not a plain refusal")


@rule("LX-02")
@each_screen
def nobody_is_shamed(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Words that shame or frighten."""
    if screen.decides:
        for element in screen.elements:
            if found := lexicon("shaming").first(element.name, screen.language):
                yield Problem(spot(screen, element), f"“{found}” judges or frightens")


@rule("LX-03")
@each_screen
def consent_is_called_so(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """A consent's label promises, shouts, or says only that it goes on."""
    for element in screen.accepts:
        if element.role in TOGGLES:
            continue
        if found := lexicon("promising").first(element.name, screen.language):
            yield Problem(spot(screen, element), f"“{found}” in “{element.name}”")
        if lexicon("going_on").finds(element.name.strip(), screen.language):
            yield Problem(spot(screen, element), f"“{element.name}” does not say that it agrees")


@rule("LX-04")
@each_screen
def nothing_presses(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """Words of urgency or threat."""
    if screen.decides:
        for element in screen.elements:
            if found := lexicon("pressing").first(element.name, screen.language):
                yield Problem(spot(screen, element), f"“{found}” presses")


@rule("LX-05")
def purpose_is_said(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A purpose consists of nothing but a vague phrase."""
    for screen in subject.screens:
        if not screen.decides or screen.after:
            continue
        for element in (*screen.texts, *screen.options):
            if found := vague(element.name, screen.language):
                yield Problem(spot(screen, element), f"“{found}” is all that is said")
    for texts in subject.texts:
        for statement in texts.of(Layer.QUESTION, Layer.PURPOSE):
            said = statement.feature or statement.text
            if found := vague(said, texts.language):
                yield Problem(Spot(statement.id, texts.locale), f"“{found}” is all that is said")


def vague(text: str, language: str) -> str | None:
    """The vague phrase that a text amounts to; None if it says anything of its own.

    A sentence counts on its own: what else is said before or after does not say what for.
    """
    for sentence in sentences(text, language):
        found = lexicon("vague").first(sentence, language)
        if found is None:
            continue
        rest = lexicon("vague").without(sentence, language)
        left = han(rest) if language == "zh" else words(rest)
        if left <= (8 if language == "zh" else 7):
            return found
    return None


@rule("LX-07")
@each_screen
def nothing_is_inverted(screen: Screen, rule: Rule) -> Iterator[Problem]:
    """A double negative, or a switch that is on for no."""
    if not screen.decides and not screen.options:
        return
    for element in screen.elements:
        control = element.role is not Role.TEXT or len(element.name) <= 80
        if control and (found := lexicon("inverted").first(element.name, screen.language)):
            yield Problem(spot(screen, element), f"“{found}” turns yes and no around")


@rule("LX-13")
def jargon(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A technical word without its meaning, where a choice is made."""
    for screen in subject.screens:
        if screen.decides and not screen.after:
            for element in screen.elements:
                yield from _unexplained(element.name, screen.language, spot(screen, element))
    for texts in subject.texts:
        for statement in texts.statements:
            yield from _unexplained(
                statement.text, texts.language, Spot(statement.id, texts.locale)
            )


def _unexplained(text: str, language: str, where: Spot) -> Iterator[Problem]:
    found = lexicon("jargon").first(text, language)
    if found is None:
        return
    after = text[text.find(found) + len(found) :]
    explained = lexicon("explained").first(after[:20], language)
    if explained is None or (
        not after.startswith(explained) and not after.strip().startswith(explained)
    ):
        yield Problem(where, f"“{found}” is not explained")


@rule("LX-14")
def can_be_read_in_time(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """More to read than there is time for."""
    limits = rule.limits
    most = {
        Layer.QUESTION: limits["question_seconds_most"],
        Layer.SUMMARY: limits["summary_seconds_most"],
        Layer.PURPOSE: limits["section_seconds_most"],
    }
    for texts in subject.texts:
        summary = texts.of(Layer.SUMMARY)
        together = sum(reading_seconds(it.text, texts.locale) for it in summary)
        if together > most[Layer.SUMMARY]:
            yield Problem(
                Spot("the summary", texts.locale),
                f"takes {together:.0f} s to read, {most[Layer.SUMMARY]:g} is the most",
            )
        for statement in texts.of(Layer.QUESTION, Layer.PURPOSE):
            seconds = reading_seconds(statement.text, texts.locale)
            if seconds > most[statement.layer]:
                yield Problem(
                    Spot(statement.id, texts.locale),
                    f"takes {seconds:.0f} s to read, {most[statement.layer]:g} is the most",
                )
    for screen in subject.screens:
        if not screen.accepts or screen.after or screen.text_scale != 1:
            continue
        budget = limits[f"{_kind(screen)}_seconds_most"]
        seconds = sum(reading_seconds(it.name, screen.locale) for it in screen.texts)
        if seconds > budget:
            yield Problem(
                spot(screen), f"takes {seconds:.0f} s to read, {budget:g} is the most here"
            )


def _kind(screen: Screen) -> str:
    """Which of the limits is a surface's own."""
    if screen.question:
        return "question"
    return "change" if screen.change else "summary"
