"""The questions that every study asks: whole in both languages, and in the measures' words."""

from __future__ import annotations

import re

from components.study.instruments import LOCALES, instruments
from components.study.measures.sus import ITEMS
from components.study.words import Reply


def test_the_instruments_are_whole() -> None:
    found = instruments()
    assert {"sus", "comprehension", "confidence", "recall", "wanted", "regret"} <= found.keys()
    assert len(found["sus"].questions) == ITEMS
    for instrument in found.values():
        assert len({it.value for it in instrument.options}) == len(instrument.options) > 1
        texts = [it.text for it in instrument.questions] + [it.text for it in instrument.options]
        for text in texts:
            assert set(text) == set(LOCALES)
            slots = [set(re.findall(r"\{\w+\}", it)) for it in text.values()]
            assert slots[0] == slots[1]


def test_what_is_answered_is_what_the_measures_read() -> None:
    found = instruments()
    values = {name: [it.value for it in found[name].options] for name in found}
    assert values["comprehension"] == [reply.value for reply in Reply]
    assert values["sus"] == values["confidence"] == ["1", "2", "3", "4", "5"]
    assert set(values["recall"]) == {"grant", "decline", "not_asked", "dont_know"}
    assert {"keep", "change"} < set(values["regret"])


def test_whoever_is_asked_about_themselves_need_not_say() -> None:
    asked = [it for name, it in instruments().items() if name.startswith("demographics")]
    assert len(asked) == 3
    assert all(it.options[-1].value == "no_answer" for it in asked)
