"""Rules on how hard the words are to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..characters import is_cjk
from .model import Level, Place, Problem, rule
from .subject import Layer, Passage, Subject
from .thresholds import (
    HEDGES_PER_THOUSAND_MOST,
    HEDGES_TEXT_LEAST,
    POLICY_GRADE_MOST,
    POLICY_READING_EASE_LEAST,
    POLICY_SENTENCE_MOST,
    POLICY_SENTENCE_P90,
    RARE_CHARACTERS_MOST,
    RARE_TEXT_LEAST,
    READING_WORDS_LEAST,
    SUMMARY_GRADE_MOST,
    SUMMARY_READING_EASE_LEAST,
    SUMMARY_SENTENCE_MEAN,
    SUMMARY_SENTENCE_MOST,
)
from .words import Words, full_width, sentences, shortened, size, words

_HEDGES = Words(
    "可能|(?<![平不相同优中高上初何])等(?![级待候同于到])|相关|其他|其它|必要时|适当|视情况|有关",
    r"\bmay\b|\bmight\b|including but not limited to|and the like|\betc\b|where necessary|"
    r"as appropriate|from time to time|\bcertain\b|\brelated\b|\brelevant\b",
)
_JARGON: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "标识符": "说明是哪一种编号",
        "匿名化": "处理后认不出是谁，也无法复原",
        "去标识化": "去掉直接能认出人的部分",
        "关联公司": "写出公司名称，或说明与您的关系",
        "SDK": "装在应用里的合作方程序",
        "ETag": "服务器与浏览器之间的一种标记",
        "像素标签": "网页里看不见的小图片",
        "网站信标": "网页里看不见的小图片",
        "哈希": "由内容算出的固定长度的编号",
        "民事行为能力": "能够自己作决定",
    },
    "en": {
        "controller": "the company that decides",
        "processor": "a company that works for us",
        "legitimate interest": "say which interest",
        "pursuant to": "under",
        "hereinafter": "leave it out",
        "de-identified": "with direct identifiers removed",
        "SDK": "a partner’s program inside the app",
        "ETag": "a tag between server and browser",
        "affiliates": "name the companies",
    },
}


def _by_file(subject: Subject, layer: Layer) -> dict[tuple[str, str, str], list[Passage]]:
    """Passages of a layer by file, locale and language."""
    files: dict[tuple[str, str, str], list[Passage]] = {}
    for passage in subject.passages(layer):
        key = (passage.place.file, passage.locale, passage.language)
        files.setdefault(key, []).append(passage)
    return files


@rule(
    "sentence-long",
    Level.WARNING,
    source="language rule LX-08; the numbers are calibrated on published policies",
    requirements=("LX-08", "R-029"),
)
def sentence_long(subject: Subject) -> Iterator[Problem]:
    """No sentence is longer than a person can hold in mind."""
    for layer, most in (
        (Layer.POLICY, POLICY_SENTENCE_MOST),
        (Layer.SUMMARY, SUMMARY_SENTENCE_MOST),
    ):
        for passage in subject.passages(layer):
            for sentence in passage.sentences:
                length, limit = size(sentence, passage.language), most[passage.language]
                if length > limit:
                    yield Problem(
                        passage.place,
                        f"a sentence has a length of {length}, {limit} is the most: "
                        f"“{shortened(sentence)}”",
                        "divide it, or make it a list",
                    )


@rule(
    "sentences-long-on-the-whole",
    Level.WARNING,
    source="language rule LX-08; the numbers are calibrated on published policies",
    requirements=("LX-08", "R-029"),
)
def sentences_long_on_the_whole(subject: Subject) -> Iterator[Problem]:
    """Sentences are short on the whole."""
    for (file, _, language), passages in _by_file(subject, Layer.POLICY).items():
        lengths = sorted(size(s, language) for passage in passages for s in passage.sentences)
        tenth_longest = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else 0
        if tenth_longest > POLICY_SENTENCE_P90[language]:
            yield Problem(
                Place(file, 1, ""),
                f"one sentence in ten is longer than {tenth_longest - 1}, "
                f"{POLICY_SENTENCE_P90[language]} is the most",
                "divide the long ones",
            )
    for (file, _, language), passages in _by_file(subject, Layer.SUMMARY).items():
        bodies = [passage for passage in passages if passage.part == "body"]
        lengths = [size(s, language) for passage in bodies for s in passage.sentences]
        mean = sum(lengths) / len(lengths) if lengths else 0.0
        if mean > SUMMARY_SENTENCE_MEAN[language]:
            yield Problem(
                Place(file, 1, ""),
                f"the mean length of sentences is {mean:.0f}, "
                f"{SUMMARY_SENTENCE_MEAN[language]} is the most",
                "divide the long ones",
            )


@rule(
    "jargon-unexplained",
    Level.WARNING,
    source="认定方法 part 2(4); language rule LX-13",
    requirements=("LX-13", "R-029"),
)
def jargon_unexplained(subject: Subject) -> Iterator[Problem]:
    """A technical word is explained where the policy is read."""
    for (_, _, language), passages in _by_file(subject, Layer.POLICY).items():
        text = full_width("\n".join(passage.text for passage in passages))
        for term, plain in _JARGON[language].items():
            named = _pattern(term, language)
            if not named.search(text) or _explained(term, language).search(text):
                continue
            first = next(passage for passage in passages if named.search(passage.text))
            yield Problem(
                first.place, f"“{term}” is not explained", f"explain it, or write: {plain}"
            )


def _pattern(term: str, language: str) -> re.Pattern[str]:
    bare = re.escape(term)
    return re.compile(bare if language == "zh" else rf"\b{bare}\w*", re.IGNORECASE)


def _explained(term: str, language: str) -> re.Pattern[str]:
    bare = re.escape(term)
    if language == "zh":
        after = rf"{bare}[”》]?\s*(：|是指?|指的?|（|，?(也|就)是|，即)"
        return re.compile(rf"{after}|(也就是|即|所谓)[^。；]{{0,16}}{bare}")
    stem = re.escape(term.removesuffix("ed"))
    return re.compile(rf"\b{stem}\w*[”’\"]?\s*(：|means|mean|is|are|（)", re.IGNORECASE)


@rule(
    "hedges",
    Level.WARNING,
    source="language rule LX-17; the number is proposed there",
    requirements=("LX-17",),
)
def hedges(subject: Subject) -> Iterator[Problem]:
    """Words that keep a way out are rare."""
    for (file, _, language), passages in _by_file(subject, Layer.POLICY).items():
        text = "\n".join(passage.text for passage in passages)
        length = size(text, language)
        if length < HEDGES_TEXT_LEAST:
            continue
        density = 1000 * _HEDGES.count(text, language) / length
        if density > HEDGES_PER_THOUSAND_MOST[language]:
            yield Problem(
                Place(file, 1, ""),
                f"{density:.1f} hedges in 1,000, {HEDGES_PER_THOUSAND_MOST[language]:.0f} are the "
                "most (可能, 等, 相关, 其他; may, certain, relevant)",
                "say when, which and who",
            )


@rule(
    "rare-characters",
    Level.NOTE,
    source="language rule LX-11: level 1 of GB 2312",
    requirements=("LX-11",),
)
def rare_characters(subject: Subject) -> Iterator[Problem]:
    """Characters are common ones; a rare one is often a slip."""
    for (file, _, language), passages in _by_file(subject, Layer.POLICY).items():
        han = [c for passage in passages for c in passage.text if is_cjk(c) and c.isalpha()]
        rare = [character for character in han if not _is_common(character)]
        enough = language == "zh" and len(han) >= RARE_TEXT_LEAST
        if enough and len(rare) / len(han) > RARE_CHARACTERS_MOST:
            shown = "".join(sorted(set(rare)))
            yield Problem(
                Place(file, 1, ""),
                f"{len(rare)} characters are rare: {shortened(shown)}",
                "look whether they are meant",
            )


def _is_common(character: str) -> bool:
    try:
        return character.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


def reading_ease(text: str) -> tuple[float, float]:
    """Flesch reading ease and Flesch-Kincaid grade of an English text.

    Syllables are counted as groups of vowels, which is off by a few in a hundred words.
    """
    parts = [words(sentence) for sentence in sentences(text, "en")]
    parts = [part for part in parts if part]
    count = sum(map(len, parts))
    syllables = sum(_syllables(word) for part in parts for word in part)
    by_sentence, by_word = count / len(parts), syllables / count
    return (
        206.835 - 1.015 * by_sentence - 84.6 * by_word,
        0.39 * by_sentence + 11.8 * by_word - 15.59,
    )


def _syllables(word: str) -> int:
    bare = word.casefold()
    groups = len(re.findall(r"[aeiouy]+", bare))
    silent = bare.endswith("e") and not bare.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


@rule(
    "english-hard-to-read",
    Level.WARNING,
    source="language rule LX-12: Flesch and Flesch-Kincaid",
    requirements=("LX-12", "R-081"),
)
def english_hard_to_read(subject: Subject) -> Iterator[Problem]:
    """English is plain enough for most adults."""
    bounds = {
        Layer.POLICY: (POLICY_READING_EASE_LEAST, POLICY_GRADE_MOST),
        Layer.SUMMARY: (SUMMARY_READING_EASE_LEAST, SUMMARY_GRADE_MOST),
    }
    for layer, (least, most) in bounds.items():
        for (file, _, language), passages in _by_file(subject, layer).items():
            # Headings and table cells are no sentences; what ends in a full stop is.
            prose = "\n".join(p.text for p in passages if p.text.rstrip().endswith((".", ";", ":")))
            if language != "en" or len(words(prose)) < READING_WORDS_LEAST:
                continue
            ease, grade = reading_ease(prose)
            if ease < least or grade > most:
                yield Problem(
                    Place(file, 1, ""),
                    f"reading ease {ease:.0f} (at least {least:.0f}), "
                    f"grade {grade:.1f} (at most {most:.0f})",
                    "use shorter words and sentences",
                )
