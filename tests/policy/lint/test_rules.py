"""Every rule: a pack that breaks it, and one that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from components.policy import Pack, load_pack
from components.policy.lint import RULES, Profile, Report, lint

from ..small_pack import write
from .cases import Case, changed
from .declared_cases import DECLARED
from .good_pack import GOOD, report_on
from .other_cases import OTHERS
from .text_cases import TEXTS
from .transferred_cases import TRANSFERRED

CASES = (*DECLARED, *TRANSFERRED, *TEXTS, *OTHERS)


def _without_prompt(pack: Pack) -> Pack:
    permission = replace(pack.permissions["location"], prompt=None)
    return replace(pack, permissions={**pack.permissions, "location": permission})


def _in(pack: Pack, *locales: str) -> Pack:
    """The pack in other languages, whose words are those of the English texts."""
    english = pack.texts[(pack.version.id, "en")]
    texts = {(pack.version.id, locale): english for locale in locales}
    return replace(
        pack,
        locales=locales,
        default_locale=locales[0],
        texts=MappingProxyType({**pack.texts, **texts}),
    )


LOADED: dict[str, tuple[Callable[[Pack], Pack], frozenset[str] | None]] = {
    "permission-without-prompt": (_without_prompt, None),
    "simplified-chinese-missing": (
        lambda pack: replace(pack, locales=("en",), default_locale="en"),
        None,
    ),
    "language-uncovered": (
        lambda pack: replace(
            pack,
            locales=("zh_Hans", "en", "ar"),
            texts={**pack.texts, (pack.version.id, "ar"): pack.texts_for("en")},
        ),
        None,
    ),
    "glyph-missing": (lambda pack: pack, frozenset("影院")),
}
"""Rules that no pack on disk can break alone: the loader is stricter, or the host must speak."""


def _changed_pack(folder: Path, case: str) -> Report:
    pack = load_pack(write(folder, GOOD))
    change, characters = LOADED[case]
    return lint(change(pack), characters=characters)


def test_every_rule_has_its_case() -> None:
    assert {case.rule for case in CASES} | set(LOADED) == set(RULES)


@pytest.mark.parametrize("profile", list(Profile))
def test_the_good_pack_breaks_no_rule(tmp_path: Path, profile: Profile) -> None:
    assert report_on(tmp_path, GOOD, profile).findings == ()
    everything = frozenset("".join(GOOD.values()))
    assert lint(load_pack(tmp_path), profile=profile, characters=everything).findings == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}@{case.entry}")
def test_the_change_breaks_the_rule(tmp_path: Path, case: Case) -> None:
    report = report_on(tmp_path, changed(case.broken), case.profile)
    found = report.of(case.rule)
    assert found, [f.rule for f in report.findings]
    assert case.entry in [finding.place.entry for finding in found]
    for finding in found:
        assert finding.level is RULES[case.rule].level
        assert finding.place.line >= 1
        assert finding.message and finding.remedy and finding.source
        assert not finding.message.endswith(".") and not finding.remedy.endswith(".")


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.near], ids=lambda case: f"{case.rule}@{case.entry}"
)
def test_a_near_change_does_not(tmp_path: Path, case: Case) -> None:
    assert case.rule not in report_on(tmp_path, changed(case.near), case.profile).rules


@pytest.mark.parametrize("rule", list(LOADED))
def test_the_changed_pack_breaks_the_rule(tmp_path: Path, rule: str) -> None:
    assert rule in _changed_pack(tmp_path, rule).rules


def test_no_rule_about_words_reads_a_language_without_word_lists(tmp_path: Path) -> None:
    pack = _in(load_pack(write(tmp_path, GOOD)), "ar", "zh_Hant")
    named = {**pack.name, "ar": "x", "zh_Hant": "x"}
    report = lint(replace(pack, name=named))
    assert {"language-uncovered", "simplified-chinese-missing"} <= report.rules
    assert not {"deadline-not-in-text", "child-rules-missing", "implied-consent"} & report.rules
