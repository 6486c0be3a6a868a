"""Rules on the texts as they are written, before anybody draws them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon import lexicon
from ..model import Problem, Rule, Spot
from ..reading import han, sentences, words
from ..subject import Subject
from ..words_shown import Clause, Layer, Statement, Texts
from .registry import rule

_VOWELS = re.compile(r"[aeiouy]+")
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_CLAUSE_END = re.compile(r"[，、。！？；：,!?;:\n]+")


def _in(subject: Subject, language: str) -> Iterator[Texts]:
    return (texts for texts in subject.texts if texts.language == language)


def _size(text: str, language: str) -> int:
    return han(text) if language == "zh" else words(text)


def _briefly(text: str) -> str:
    return text if len(text) <= 32 else text[:31] + "…"


@rule("CS-20")
def change_is_told(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A new version is silent, or asks about what did not change."""
    for texts in subject.texts:
        change = texts.change
        if change is None:
            continue
        where = Spot("the new version", texts.locale)
        if not change.summary.strip():
            yield Problem(where, "nothing says what changed")
        if more := change.asked - change.changed:
            yield Problem(where, f"asks again about what did not change: {', '.join(sorted(more))}")


@rule("LX-06")
def question_is_complete(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A question lacks a slot, or is too long or too short."""
    for texts in subject.texts:
        if texts.language not in ("zh", "en"):
            continue
        least = rule.limits[f"{texts.language}_least"]
        most = rule.limits[f"{texts.language}_most"]
        for statement in texts.of(Layer.QUESTION):
            where = Spot(statement.id, texts.locale)
            slots = {
                "data": statement.data,
                "feature": statement.feature,
                "the consequence of refusing": statement.refusing,
            }
            if lacking := [name for name, text in slots.items() if not text.strip()]:
                yield Problem(where, f"does not say {' and '.join(lacking)}")
            for name, text in slots.items():
                length = _size(text, texts.language)
                if length > most:
                    yield Problem(where, f"{name} has a length of {length}, {most:g} is the most")
            whole = _size("".join(slots.values()), texts.language)
            if whole < least:
                yield Problem(where, f"has a length of {whole}, {least:g} is the least")


@rule("LX-08")
def sentences_are_short(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A Chinese sentence is longer than one can hold in mind."""
    limits = rule.limits
    for screen in subject.screens:
        if screen.language == "zh" and screen.decides and not screen.after:
            for element in screen.texts:
                yield from _long(
                    element.name, limits["summary_longest_most"], Spot(screen.name, screen.locale)
                )
    for texts in _in(subject, "zh"):
        brief = [s for it in texts.statements for s in sentences(it.text, "zh")]
        if brief:
            mean = sum(map(han, brief)) / len(brief)
            if mean > limits["summary_mean_most"]:
                yield Problem(
                    Spot("the short statements", texts.locale),
                    f"a sentence has {mean:.0f} characters on average, "
                    f"{limits['summary_mean_most']:g} is the most",
                )
        for statement in texts.statements:
            yield from _long(
                statement.text, limits["summary_longest_most"], Spot(statement.id, texts.locale)
            )
        lengths = sorted(han(s) for it in texts.clauses for s in sentences(it.text, "zh"))
        if lengths and lengths[int(len(lengths) * 0.9)] > limits["policy_tenth_most"]:
            yield Problem(
                Spot("the policy", texts.locale),
                f"one sentence in ten is longer than {lengths[int(len(lengths) * 0.9)] - 1} "
                f"characters, {limits['policy_tenth_most']:g} is the most",
            )
        for clause in texts.clauses:
            yield from _long(
                clause.text, limits["policy_longest_most"], Spot(clause.id, texts.locale)
            )


def _long(text: str, most: float, where: Spot) -> Iterator[Problem]:
    for sentence in sentences(text, "zh"):
        if han(sentence) > most:
            yield Problem(
                where, f"{han(sentence)} characters, {most:g} is the most: “{_briefly(sentence)}”"
            )


def _prose(texts: Texts) -> str:
    return "\n".join(it.text for it in texts.clauses)


@rule("LX-09")
def sentences_are_many(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """Few sentences for as many words."""
    for texts in _in(subject, "zh"):
        prose = _prose(texts)
        characters = han(prose)
        if characters < rule.limits["characters_least"]:
            continue
        per_hundred = (
            100 * len(sentences(prose, "zh")) * rule.limits["characters_to_a_word"] / characters
        )
        if per_hundred < rule.limits["sentences_in_hundred_words_least"]:
            yield Problem(
                Spot("the policy", texts.locale),
                f"about {per_hundred:.1f} sentences in 100 words, "
                f"{rule.limits['sentences_in_hundred_words_least']:g} is the least",
            )


@rule("LX-10")
def clauses_are_light(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """Long clauses, or many joining words."""
    for texts in _in(subject, "zh"):
        prose = _prose(texts)
        characters = han(prose)
        if characters < rule.limits["characters_least"]:
            continue
        parts = [part for part in _CLAUSE_END.split(prose) if han(part)]
        mean = characters / len(parts)
        share = sum(map(len, lexicon("joining").all(prose, "zh"))) / characters
        where = Spot("the policy", texts.locale)
        if mean > rule.limits["characters_to_a_clause_most"]:
            yield Problem(where, f"{mean:.1f} characters to a clause")
        if share > rule.limits["joining_share_most"]:
            yield Problem(where, f"{share:.1%} of the characters are adverbs and conjunctions")


@rule("LX-11")
def characters_are_common(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """Many characters outside of the common ones."""
    for texts in _in(subject, "zh"):
        prose = _prose(texts) + "".join(it.text for it in texts.statements)
        rare = [it for it in prose if han(it) and not _common(it)]
        if han(prose) >= rule.limits["characters_least"] and (
            len(rare) / han(prose) > rule.limits["share_most"]
        ):
            yield Problem(
                Spot("all texts", texts.locale),
                f"{len(rare) / han(prose):.2%} of the characters are rare: "
                f"{''.join(sorted(set(rare)))[:40]}",
            )


def _common(character: str) -> bool:
    try:
        return character.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


@rule("LX-12")
def english_is_plain(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """English that is hard to read."""
    limits = rule.limits
    for texts in _in(subject, "en"):
        brief = "\n".join(it.text for it in texts.statements)
        for name, prose, least, most in (
            ("the short statements", brief, "summary_ease_least", "summary_grade_most"),
            ("the policy", _prose(texts), "policy_ease_least", "policy_grade_most"),
        ):
            if words(prose) < limits["words_least"]:
                continue
            ease, grade = flesch(prose)
            if ease < limits[least] or grade > limits[most]:
                yield Problem(
                    Spot(name, texts.locale),
                    f"reading ease {ease:.0f} (at least {limits[least]:g}), grade {grade:.1f} "
                    f"(at most {limits[most]:g})",
                )


def flesch(text: str) -> tuple[float, float]:
    """Reading ease and Flesch-Kincaid grade. Syllables are groups of vowels, near enough.

    What does not end like a sentence (a heading, a cell) is left out, if anything else is there.
    """
    lines = [it for it in text.splitlines() if it.rstrip().endswith((".", "!", "?", ";", ":"))]
    parts = [_LATIN.findall(s) for line in lines or [text] for s in sentences(line, "en")]
    parts = [part for part in parts if part] or [["a"]]
    count = sum(map(len, parts))
    by_sentence = count / len(parts)
    by_word = sum(_syllables(word) for part in parts for word in part) / count
    return (
        206.835 - 1.015 * by_sentence - 84.6 * by_word,
        0.39 * by_sentence + 11.8 * by_word - 15.59,
    )


def _syllables(word: str) -> int:
    bare = word.casefold()
    groups = len(_VOWELS.findall(bare))
    silent = bare.endswith("e") and not bare.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


@rule("LX-15")
def statements_stand_on_clauses(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A statement without a clause, or on one that has changed since it was reviewed."""
    for texts in subject.texts:
        if not texts.clauses:
            continue
        clauses = {it.id: it for it in texts.clauses}
        for statement in texts.of(Layer.SUMMARY, Layer.QUESTION):
            yield from _footing(statement, clauses, texts)


def _footing(statement: Statement, clauses: dict[str, Clause], texts: Texts) -> Iterator[Problem]:
    where = Spot(statement.id, texts.locale)
    if not statement.clauses:
        yield Problem(where, "names no clause")
    for name in statement.clauses:
        if name not in clauses:
            yield Problem(where, f"names the clause “{name}”, which is not there")
        elif texts.reviewed is not None and texts.reviewed.get(name) != clauses[name].digest:
            yield Problem(where, f"the clause “{name}” has changed since it was reviewed")


@rule("LX-16")
def languages_agree(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """One language says what another does not."""
    if not subject.texts:
        return
    first = subject.texts[0]
    for texts in subject.texts[1:]:
        for what, ours, theirs in (
            ("purposes", first.purposes, texts.purposes),
            ("statements", {it.id for it in first.statements}, {it.id for it in texts.statements}),
            ("clauses", {it.id for it in first.clauses}, {it.id for it in texts.clauses}),
        ):
            if apart := sorted(ours ^ theirs):
                yield Problem(
                    Spot(f"{first.locale} and {texts.locale}"),
                    f"{what} of one only: {', '.join(apart)[:120]}",
                )
        grounds = {it.id: it.clauses for it in first.statements}
        for statement in texts.statements:
            if statement.id in grounds and grounds[statement.id] != statement.clauses:
                yield Problem(
                    Spot(statement.id, f"{first.locale} and {texts.locale}"),
                    "stands on other clauses in the other language",
                )


@rule("LX-17")
def hedges_are_rare(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """Many words that keep a way out."""
    for texts in subject.texts:
        if texts.language not in ("zh", "en"):
            continue
        prose = _prose(texts) + "\n" + "\n".join(it.text for it in texts.statements)
        length = _size(prose, texts.language)
        if length < rule.limits["length_least"]:
            continue
        density = 1000 * len(lexicon("hedges").all(prose, texts.language)) / length
        most = rule.limits[f"{texts.language}_in_thousand_most"]
        if density > most:
            yield Problem(
                Spot("all texts", texts.locale),
                f"{density:.1f} in 1,000, {most:g} are the most",
            )


@rule("LX-18")
def sensitive_is_marked(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """Sensitive information is not marked, or nearly everything is."""
    for texts in subject.texts:
        if not texts.clauses:
            continue
        marked = "\n".join(mark for it in texts.clauses for mark in it.marked)
        prose = _prose(texts)
        for name in texts.sensitive:
            if name in prose and name not in marked:
                yield Problem(Spot("the policy", texts.locale), f"“{name}” is nowhere marked")
        share = len(marked) / max(1, len(prose))
        if share > rule.limits["marked_share_most"]:
            yield Problem(
                Spot("the policy", texts.locale),
                f"{share:.0%} of it is marked, so that nothing stands out",
            )


@rule("LX-19")
def dates_are_there(subject: Subject, rule: Rule) -> Iterator[Problem]:
    """A date is missing."""
    for texts in subject.texts:
        if not texts.clauses:
            continue
        for name, day in (("published", texts.published), ("effective", texts.effective)):
            if day is None:
                yield Problem(Spot("the policy", texts.locale), f"has no date: {name}")
