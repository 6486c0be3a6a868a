"""Rules on one thing having one wording: duplicates, menu paths, the policy's own name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from .model import Level, Place, Problem, rule
from .subject import Layer, Subject
from .thresholds import DUPLICATE_SENTENCE_LEAST
from .words import shortened, size

_QUOTED = re.compile(r"“([^“”\n]{3,60})”")
_STEP = re.compile(r"\s*[-–—>›→]+\s*")
_JOINING = re.compile(r"[与和及的\s]|\band\b|&")
_ALIKE = 0.75
_ZH_OWN_NAMES = ("隐私政策", "隐私权政策", "隐私声明", "隐私条款", "隐私协议", "隐私保护政策")
_ZH_NAMED = re.compile(rf"《({'|'.join(_ZH_OWN_NAMES)})》|本({'|'.join(_ZH_OWN_NAMES)})")
_EN_NAMED = re.compile(r"\bthis (privacy (?:policy|notice|statement|terms))\b", re.IGNORECASE)
_EN_OWN_NAMES = ("privacy policy", "privacy notice", "privacy statement", "privacy terms")


@rule(
    "duplicate-text",
    Level.NOTE,
    source="认定方法 part 2(4): not lengthy",
    requirements=("R-029", "R-035"),
)
def duplicate_text(subject: Subject) -> Iterator[Problem]:
    """A sentence stands once."""
    first: dict[tuple[str, str], Place] = {}
    told: set[tuple[Place, Place]] = set()
    for passage in subject.passages(Layer.POLICY):
        for sentence in passage.sentences:
            if size(sentence, passage.language) < DUPLICATE_SENTENCE_LEAST[passage.language]:
                continue
            before = first.setdefault((passage.locale, sentence), passage.place)
            if before != passage.place and (before, passage.place) not in told:
                told.add((before, passage.place))
                yield Problem(
                    passage.place,
                    f"stands in {before.entry!r} too: “{shortened(sentence)}”",
                    "say it once, and point to it",
                )


def menu_paths(text: str) -> list[tuple[str, ...]]:
    """The menu paths that a text quotes: ``“我的-设置”`` gives ``("我的", "设置")``."""
    paths = (tuple(_STEP.split(quoted.strip())) for quoted in _QUOTED.findall(text))
    return [path for path in paths if len(path) > 1 and all(path)]


@rule(
    "menu-path-mismatch",
    Level.WARNING,
    source="PIPL art. 7, accurately; EDPB Guidelines 03/2022 (left in the dark)",
    requirements=("R-083", "R-030"),
)
def menu_path_mismatch(subject: Subject) -> Iterator[Problem]:
    """A page has the same name in every clause."""
    seen: dict[tuple[str, tuple[str, ...]], dict[str, Place]] = {}
    for passage in subject.passages(*Layer):
        for path in menu_paths(passage.text):
            for depth in range(len(path)):
                steps = seen.setdefault((passage.locale, path[:depth]), {})
                for other, place in steps.items():
                    if other != path[depth] and _alike(other, path[depth]):
                        yield Problem(
                            passage.place,
                            f"“{path[depth]}” is called “{other}” in {place.entry or place.file}",
                            "use the name that the app shows",
                        )
                steps.setdefault(path[depth], passage.place)


def _alike(one: str, other: str) -> bool:
    first, second = (_JOINING.sub("", text.casefold()) for text in (one, other))
    return difflib.SequenceMatcher(None, first, second).ratio() >= _ALIKE


@rule(
    "own-name-mismatch",
    Level.WARNING,
    source="PIPL art. 7, accurately",
    requirements=("R-083",),
)
def own_name_mismatch(subject: Subject) -> Iterator[Problem]:
    """The policy calls itself what its title says."""
    for passage in subject.passages(Layer.POLICY, Layer.SUMMARY, Layer.SURFACE):
        title = subject.pack.document(passage.locale).title.casefold()
        own, named = {"zh": (_ZH_OWN_NAMES, _ZH_NAMED), "en": (_EN_OWN_NAMES, _EN_NAMED)}[
            passage.language
        ]
        called = next((name for name in own if name in title), None)
        for match in named.finditer(passage.text):
            name = next(filter(None, match.groups())).casefold()
            if called is not None and name != called:
                yield Problem(
                    passage.place,
                    f"the policy calls itself “{name}” here, “{called}” in its title",
                    "use one name",
                )
