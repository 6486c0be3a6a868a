"""The pack of 移动票签平台: all that its source says, and nothing that its source leaves open."""

from __future__ import annotations

import re
import shutil
import unicodedata
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import pytest

from components.policy import (
    ConsentKind,
    Document,
    Necessity,
    Pack,
    RequestMode,
    load_pack,
    notice_for,
)
from components.policy.lint import Level, lint
from components.policy.provenance import Provenance, check_provenance, load_provenance
from components.prototype.gallery import gallery
from tests.pilot import running

from .parity import differences

FOLDER = Path(__file__).parents[2] / "policy_content" / "piaoqian"
FACTS = tuple(f"S2-{number:03}" for number in range(1, 70))
"""The inventory of the source has 69 facts; its numbers are what is checked here."""

LOCALES = ("zh_Hans", "en")
DIGESTS = {
    "zh_Hans": "805cdb25bb760b570c69080af30845c326f8d076874b55e52de9a10ed69db332",
    "en": "d616444507cd7b52f5099dc6345614a691c4ac12e685b3cdf43113588dd6e39e",
}
"""Records of consent hold digests of these words. Whoever changes a word changes them knowingly."""

TAXONOMY = {
    "security-risk-control",
    "third-party-login",
    "personalised-display",
    "marketing-push",
    "ad-measurement",
    "personalised-ads",
    "product-improvement",
    "survey-research",
    "cross-service-use",
    "identity-verification",
    "enterprise-account",
    "cross-border-transfer",
}
"""The purposes of the taxonomy that the source speaks of; both packs use the taxonomy's ids."""


@lru_cache
def pack() -> Pack:
    return load_pack(FOLDER)


@lru_cache
def account() -> Provenance:
    return load_provenance(FOLDER)


def clause_ids() -> list[str]:
    return [clause.id for clause in pack().document("zh_Hans").clauses()]


def with_document(locale: str, document: Document) -> Pack:
    key = (pack().version.id, locale)
    texts = replace(pack().texts[key], document=document)
    return replace(pack(), texts=MappingProxyType({**pack().texts, key: texts}))


def without_clause(document: Document, clause_id: str) -> Document:
    sections = (
        replace(section, clauses=tuple(it for it in section.clauses if it.id != clause_id))
        for section in document.sections
    )
    return replace(document, sections=tuple(section for section in sections if section.clauses))


def every_word(locale: str) -> str:
    """All that a person may be shown, in one text."""
    texts = pack().texts_for(locale)
    lines = [texts.document.title, *(clause.text for clause in texts.document.clauses())]
    lines += [line for card in texts.summary for line in (card.title, card.body)]
    names = ["first-notice", "withdrawal", *texts.prompts]
    names += [f"{kind}-{id_}" for id_ in pack().purposes for kind in ("purpose", "withdrawal")]
    lines += [
        line for name in names for line in notice_for(pack(), f"piaoqian/{name}", locale).lines
    ]
    for recipient in pack().recipients.values():
        lines += [recipient.name[locale], recipient.scene[locale], recipient.manner[locale]]
        lines += [
            words for it in recipient.data for words in (it.fields[locale], it.purpose[locale])
        ]
    return "\n".join(lines)


def test_it_loads_complete_in_both_languages() -> None:
    assert pack().id == "piaoqian"
    assert set(pack().texts) == {("undated", locale) for locale in LOCALES}
    assert len(pack().document("zh_Hans").sections) == 11
    assert len(clause_ids()) == 58


def test_both_languages_say_the_same() -> None:
    assert differences(pack().document("zh_Hans"), pack().document("en"), {}) == []


def test_both_languages_have_the_same_cards_and_prompts() -> None:
    chinese, english = (pack().texts_for(locale) for locale in LOCALES)
    assert [(it.id, it.icon, it.clauses) for it in chinese.summary] == [
        (it.id, it.icon, it.clauses) for it in english.summary
    ]
    assert set(chinese.prompts) == set(english.prompts) == {"location"}
    assert [card.id for card in chinese.first_notice.cards] == [
        card.id for card in english.first_notice.cards
    ]


def test_every_fact_is_placed_and_no_other() -> None:
    assert tuple(account().facts) == FACTS
    assert "\n".join(map(str, check_provenance(account(), pack()))) == ""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("clause_id", clause_ids())
def test_without_any_one_clause_a_fact_is_lost(clause_id: str, locale: str) -> None:
    changed = with_document(locale, without_clause(pack().document(locale), clause_id))
    lost = [str(it) for it in check_provenance(account(), changed)]
    assert any(f"'clause:{clause_id}', which is not there in {locale}" in it for it in lost)


def test_no_controller_contact_period_or_date_is_invented() -> None:
    assert pack().controller is None
    assert [purpose.id for purpose in pack().purposes.values() if purpose.retention] == []
    assert [(it.published, it.effective) for it in pack().versions] == [(None, None)]
    assert pack().storage_location == "ZZ"
    assert {right.working_days for right in pack().rights.values()} == {0}, "no time is set"
    for recipient in pack().recipients.values():
        assert recipient.entity is None
        assert recipient.links == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_invent_no_contact_company_period_or_date(locale: str) -> None:
    said = every_word(locale)
    assert not re.search(r"https?:|mailto:|tel:|www\.|@|公司名称|有限公司|Co\., Ltd", said)
    assert not re.search(r"\d{3,}", said), "a phone number, or a year"
    period = r"\d+ ?(?:个工作日|天|日|个月|年|小时|(?:working )?days?|months?|years?)"
    assert not re.search(period, said)
    assert set(re.findall(r"\d+", re.sub(r"(?m)^\d+(?:\.\d+)?\.? ", "", said))) == {"14", "18"}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_platform_goes_by_the_name_that_was_commissioned(locale: str) -> None:
    said = every_word(locale)
    assert "移动票签平台" in said
    assert "票票" not in said
    assert "票票" in (FOLDER / "provenance.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("clause_id", "chinese", "english"),
    [
        ("use-is-consent", "继续使用我们的服务，就表示您同意", "By using our services"),
        ("continued-use", "继续使用我们的服务，就表示您同意", "if you continue to use"),
        ("sensitive-consent", "您同意我们按照本政策", "You agree that we process"),
        ("cross-service", "用到别的服务里", "collected through one service in others"),
        ("advertising", "与您更相关的广告", "more relevant to you"),
        ("third-party-conduct", "不对第三方的行为和后果承担任何责任", "we accept no liability"),
        ("audits", "审计或尽职调查", "due diligence"),
        ("abroad", "可能不在您所在的法域", "outside the jurisdiction"),
        ("minors", "建议先征得", "We suggest"),
        ("other-information", "包括但不限于", "not limited to"),
        ("terms", "《隐私条款》", "“Privacy Terms”"),
    ],
)
def test_what_a_lawyer_would_strike_is_not_mended(
    clause_id: str, chinese: str, english: str
) -> None:
    assert chinese in pack().document("zh_Hans").clause(clause_id).text
    assert english in pack().document("en").clause(clause_id).text


def test_the_taxonomys_purposes_are_there_and_none_is_granted_with_the_notice() -> None:
    purposes = pack().purposes
    assert set(purposes) >= TAXONOMY
    for purpose in purposes.values():
        assert (purpose.necessity is Necessity.BASIC) is (purpose.consent is ConsentKind.NONE)
        sensitive = any(pack().data_categories[id_].sensitive for id_ in purpose.data)
        assert not sensitive or purpose.consent is ConsentKind.SEPARATE
    used = {id_ for purpose in purposes.values() for id_ in purpose.data}
    assert used == set(pack().data_categories)


def test_only_location_is_asked_for() -> None:
    (permission,) = pack().permissions.values()
    assert (permission.id, permission.request) == ("location", RequestMode.JUST_IN_TIME)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_notices_admit_what_the_policy_leaves_open(locale: str) -> None:
    texts = pack().texts_for(locale)
    assert "not-stated" in {card.id for card in texts.first_notice.cards}
    silent = {"zh_Hans": "政策没有写", "en": "The policy"}[locale]
    assert silent in texts.withdrawal.statement
    assert silent in texts.prompts["location"].retention


def test_it_is_not_fit_to_publish_and_each_gap_is_named() -> None:
    report = lint(pack(), folder=FOLDER)
    graves = {finding.rule for finding in report.findings if finding.level is Level.ERROR}
    assert graves >= {"controller-missing", "contact-missing", "retention-missing"}
    assert graves >= {"publication-date-missing", "effective-date-missing", "implied-consent"}
    assert graves >= {"bundled-sensitive-consent", "right-missing", "right-deadline-missing"}
    assert account().lint_rules <= report.rules
    assert not report.waived


def test_what_the_kit_says_of_its_own_is_well_said() -> None:
    report = lint(pack(), folder=FOLDER)
    own = {
        it.rule for it in report.findings if it.place.file.endswith(("summary.md", "prompts.md"))
    }
    assert own <= {"implied-consent"}, "the cards report what the policy claims, and nothing else"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_digests_are_those_on_record(locale: str) -> None:
    assert pack().document(locale).digest == DIGESTS[locale]
    digests = [clause.digest for clause in pack().document(locale).clauses()]
    assert len(set(digests)) == len(digests)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_clause_gets_another_digest_from_another_editor(tmp_path: Path, locale: str) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "piaoqian")
    path = folder / "undated" / locale / "policy.md"
    text = unicodedata.normalize("NFD", path.read_text(encoding="utf-8"))
    path.write_bytes(text.replace("\n\n", "\n\n\n").replace("\n", "\r\n").encode())
    clauses, again = (
        [(it.id, it.digest) for it in source.document(locale).clauses()]
        for source in (pack(), load_pack(folder))
    )
    assert clauses == again


@pytest.mark.anyio
@pytest.mark.parametrize("locale", LOCALES)
async def test_the_reader_shows_every_clause(locale: str) -> None:
    async with running(gallery(pack()), route=f"/reader/beginning?locale={locale}") as pilot:
        while pilot.has_key("reader.later"):
            await pilot.tap(pilot.by_key("reader.later"))
        shown = pilot.texts()
    document = pack().document(locale)
    left = iter(shown)
    for title in (document.title, *(clause.title for clause in document.clauses())):
        assert any(title == text for text in left), title
