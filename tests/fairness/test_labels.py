"""The grammar of labels, on the half it was written with and on the half it was not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from components.fairness import Saying, saying

from .labels import is_held_out, labels

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fairness.md"
WANTED = {"accept": Saying.ACCEPT, "decline": Saying.DECLINE}


@dataclass(frozen=True)
class Score:
    """How one half of one language's labels came out."""

    derived: int
    refusals: int
    passed: int
    others: int
    right: int

    @property
    def row(self) -> str:
        total = self.refusals + self.others
        return (
            f"{self.derived} of {self.refusals} | {self.passed} of {self.others} | "
            f"{self.right} of {total} ({self.right / total:.1%})"
        )


def score(language: str, held_out: bool) -> Score:
    mine = [
        (kind, saying(label, language))
        for its, kind, label in labels()
        if its == language and is_held_out(label) is held_out
    ]
    refusals = [said for kind, said in mine if kind == "decline"]
    others = [said for kind, said in mine if kind != "decline"]
    right = sum(said is WANTED.get(kind, Saying.NEITHER) for kind, said in mine)
    return Score(
        refusals.count(Saying.DECLINE),
        len(refusals),
        others.count(Saying.DECLINE),
        len(others),
        right,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("held_out", [False, True])
def test_nothing_but_a_plain_refusal_passes_as_one(language: str, held_out: bool) -> None:
    found = score(language, held_out)
    assert found.passed == 0
    assert found.derived >= 0.9 * found.refusals


def test_the_list_is_long_enough_and_halved_by_its_hash() -> None:
    count = Counter((language, is_held_out(label)) for language, _, label in labels())
    for language in ("zh", "en"):
        together = count[language, True] + count[language, False]
        assert together >= 200
        assert 0.4 < count[language, True] / together < 0.6
    assert len(set(labels())) == len(labels())


def test_the_document_has_both_figures() -> None:
    written = re.sub(r" +", " ", DOCUMENT.read_text(encoding="utf-8"))
    for language, name in (("zh", "Chinese"), ("en", "English")):
        for held_out, half in ((False, "written with"), (True, "held out")):
            row = f"| {name} | {half} | {score(language, held_out).row} |"
            assert row in written, f"docs/fairness.md lacks: {row}"


@pytest.mark.parametrize(
    ("label", "language", "wanted"),
    [
        ("暂不更换头像", "zh", Saying.DECLINE),
        ("不同意，仅浏览", "zh", Saying.DECLINE),
        ("仅接受必要", "zh", Saying.DECLINE),
        ("暂不离线定位", "zh", Saying.DECLINE),
        ("不同意，我是监护人", "zh", Saying.DECLINE),
        ("同意，我是监护人", "zh", Saying.ACCEPT),
        ("暂不，继续浏览", "zh", Saying.DECLINE),
        ("继续浏览", "zh", Saying.NEITHER),
        ("不在乎", "zh", Saying.NEITHER),
        ("Don’t agree, just browse", "en", Saying.DECLINE),
        ("No!", "en", Saying.NEITHER),
        ("No regional push now", "en", Saying.DECLINE),
        ("No protection", "en", Saying.NEITHER),
        ("Rather not say", "en", Saying.DECLINE),
        ("Rather not save money", "en", Saying.NEITHER),
        ("Not now, go on browsing", "en", Saying.DECLINE),
        ("Go on browsing", "en", Saying.NEITHER),
        ("Agree, as the guardian", "en", Saying.ACCEPT),
        ("Reject all & continue", "en", Saying.DECLINE),
        ("Accept the risk", "en", Saying.NEITHER),
        ("Ablehnen", "de", Saying.NEITHER),
    ],
)
def test_single_labels(label: str, language: str, wanted: Saying) -> None:
    assert saying(label, language) is wanted
