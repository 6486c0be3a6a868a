"""The words of a policy that are explained in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.places import data_folder
from components.policy import Pack, PackError, load_pack
from components.policy.glossary import find_terms
from components.policy.texts import GlossaryTerm
from tests.policy.small_pack import FILES, write

GLOSSARY = """\
# 词语解释

{#location-term forms="定位信息" clauses="location"}
## 位置

您在哪里。
"""


def term(id_: str, *forms: str) -> GlossaryTerm:
    return GlossaryTerm(id_, forms[0], forms, "What it means.", ())


@pytest.fixture(scope="module")
def epiao() -> Pack:
    return load_pack(data_folder("policy_content") / "epiao")


def test_every_version_and_language_of_the_reference_pack_explains_the_same_terms(
    epiao: Pack,
) -> None:
    ids = {
        tuple(it.id for it in epiao.texts_for(locale, version.id).glossary)
        for version in epiao.versions
        for locale in epiao.locales
    }
    assert len(ids) == 1
    assert len(ids.pop()) >= 12


def test_every_term_is_used_and_its_explanation_short(epiao: Pack) -> None:
    for locale in epiao.locales:
        texts = epiao.texts_for(locale)
        words = "\n".join(clause.text for clause in texts.document.clauses())
        for it in texts.glossary:
            assert find_terms(words, (it,)), it.name
            assert len(it.explanation) <= (80 if locale == "zh_Hans" else 260), it.name


def test_the_longest_term_counts_and_each_only_once() -> None:
    short, long = term("pi", "个人信息"), term("spi", "敏感个人信息")
    found = find_terms("敏感个人信息也是个人信息，个人信息要保护", (short, long))
    assert [(it.term.id, it.start, it.end) for it in found] == [("spi", 0, 6), ("pi", 8, 12)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("每个SDK都写明", 1),
        ("The SDK, the sdk", 1),
        ("SDKs and mySDK", 0),
        ("一个SDK", 1),
        ("", 0),
    ],
)
def test_latin_terms_are_whole_words_and_case_does_not_matter(text: str, hits: int) -> None:
    assert len(find_terms(text, (term("sdk", "SDK"),))) == hits


def test_a_pack_may_do_without_a_glossary(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path))
    assert pack.texts_for("zh_Hans").glossary == ()


def with_glossary(folder: Path, chinese: str, english: str | None) -> Path:
    """The small pack with a glossary in one language or in both."""
    version = next(name for name in FILES if name.endswith("/zh_Hans/policy.md"))
    place = version.removesuffix("zh_Hans/policy.md")
    files = {**FILES, f"{place}zh_Hans/glossary.md": chinese}
    if english is not None:
        files[f"{place}en/glossary.md"] = english
    return write(folder, files)


ENGLISH = """\
# What the words mean

{#location-term clauses="location"}
## location

Where you are.
"""


def test_a_glossary_is_read(tmp_path: Path) -> None:
    pack = load_pack(with_glossary(tmp_path, GLOSSARY, ENGLISH))
    (word,) = pack.texts_for("zh_Hans").glossary
    assert word == GlossaryTerm(
        "location-term", "位置", ("位置", "定位信息"), "您在哪里。", ("location",)
    )


@pytest.mark.parametrize(
    ("chinese", "english", "problem"),
    [
        (GLOSSARY.replace('clauses="location"', 'clauses="nowhere"'), ENGLISH, "'nowhere'"),
        (GLOSSARY.replace("## 位置", "## 量子").replace(' forms="定位信息"', ""), ENGLISH, "uses"),
        (GLOSSARY, None, "term 'location-term'"),
        (GLOSSARY, ENGLISH.replace("location-term", "other"), "term 'other'"),
        (GLOSSARY + "\n{#twice}\n## 位置\n\n又一次。\n", ENGLISH, "belongs to"),
        (GLOSSARY.replace("您在哪里。", "您在**哪里**。"), ENGLISH, "style"),
        (GLOSSARY.replace("{#location-term", "{#Location"), ENGLISH, "kebab"),
        (GLOSSARY.replace("您在哪里。", "- 一\n- 二"), ENGLISH, "one paragraph"),
        (GLOSSARY.replace("# 词语解释", "# 词语解释\n\n前言。"), ENGLISH, "before the first term"),
    ],
)
def test_a_broken_glossary_is_refused_with_its_place(
    tmp_path: Path, chinese: str, english: str | None, problem: str
) -> None:
    with pytest.raises(PackError) as refused:
        load_pack(with_glossary(tmp_path, chinese, english))
    assert any(
        problem in it.problem and it.file.endswith("glossary.md") and it.line >= 1
        for it in refused.value.findings
    ), str(refused.value)
