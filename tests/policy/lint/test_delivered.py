"""What the linter says of the two delivered packs, against what is known to be wrong with them."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from components.policy import Pack, load_pack
from components.policy.lint import Level, Profile, Report, lint, sarif

from .repaired import repaired
from .sarif_schema import SARIF

_CONTENT = Path(__file__).parents[3] / "policy_content"

EPIAO_STILL = {
    "complaint-by-phone-only": "the department takes complaints on one phone number",
    "complaint-channels-few": "and nowhere else",
    "electronic-channel-missing": "no e-mail and no form (S1-170)",
    "protection-officer-unnamed": "no person is named (S1-170)",
    "child-rules-missing": "no rules for children (S1-170)",
    "handler-without-entity": "WeChat, Alipay and cinemas without legal name (S1-078, S1-110)",
    "handler-without-contact": "and without a way to reach them",
    "processor-without-entity": "SDKs without legal name (S1-170)",
    "sdk-without-policy-link": "Umeng without link (S1-170)",
    "age-threshold-above-statute": "14 and under, where the law says under 14 (S1-016)",
    "right-by-support-only": "some rights only by asking customer service",
    "duplicate-text": "exceptions stand twice (LINT-DUP)",
    "data-kinds-missing": "consent to transfers that are not known yet",
}
"""What the source text leaves open, and what our text cannot fill in for it."""

EPIAO_RESOLVED = {
    "sensitive-consent-uninformed": "children's data: now in the words of its prompt",
    "implied-consent": "S1-006: use is consent",
    "deidentified-as-anonymised": "S1-032, S1-071",
    "exception-older-than-law": "S1-067, S1-069",
    "menu-path-mismatch": "S1-149: two names of one page",
    "withdrawal-by-support-only": "S1-147: by phone or in the system settings only",
    "self-start-conflict": "S1-102: self-start called necessary",
    "recommendation-conflict": "S1-050: weekly picks against profiling",
    "bundled-sensitive-consent": "one consent for everything",
    "personalised-without-switch": "S1-170: no way to switch personalisation off",
    "retention-missing": "S1-170: no period for each item",
    "merger-notice-incomplete": "",
    "recipient-without-data": "S1-078: no fields",
}
"""What the source text gets wrong and our text has put right."""

PIAOQIAN_GAPS = {
    "controller-missing": "S2-001",
    "contact-missing": "S2-005",
    "complaint-channel-missing": "S2-069",
    "publication-date-missing": "S2-069",
    "effective-date-missing": "S2-069",
    "implied-consent": "S2-004, S2-066",
    "basic-additional-split-missing": "S2-006",
    "catch-all-collection": "S2-020",
    "recipients-only-by-kind": "S2-038, S2-067",
    "exception-older-than-law": "S2-041",
    "retention-missing": "S2-049",
    "liability-disclaimed": "S2-052",
    "bundled-sensitive-consent": "S2-056",
    "guardian-consent-missing": "S2-061",
    "own-name-mismatch": "S2-063",
    "permission-undeclared": "S2-068",
    "right-missing": "S2-069: withdrawal, closure and others",
    "deadline-not-in-text": "S2-069",
    "personalised-without-switch": "S2-069",
    "child-rules-missing": "S2-069",
    "cross-border-incomplete": "S2-039, S2-069",
    "handler-without-entity": "S2-038",
    "merger-notice-incomplete": "S2-044",
}


@pytest.fixture(scope="module")
def epiao() -> Pack:
    return load_pack(_CONTENT / "epiao")


@pytest.fixture(scope="module")
def on_epiao(epiao: Pack) -> Report:
    return lint(epiao, folder=_CONTENT / "epiao")


@pytest.fixture(scope="module")
def on_piaoqian() -> Report:
    return lint(load_pack(_CONTENT / "piaoqian"), folder=_CONTENT / "piaoqian")


@pytest.mark.parametrize("rule", EPIAO_STILL)
def test_what_epiao_leaves_open_is_found(on_epiao: Report, rule: str) -> None:
    assert rule in on_epiao.rules


@pytest.mark.parametrize("rule", EPIAO_RESOLVED)
def test_what_epiao_has_put_right_is_not(on_epiao: Report, rule: str) -> None:
    assert on_epiao.of(rule) == ()


def test_each_payment_sdk_is_found_at_its_line(on_epiao: Report) -> None:
    toml = (_CONTENT / "epiao" / "pack.toml").read_text(encoding="utf-8").split("\n")
    places = {f.place.entry: f.place for f in on_epiao.of("handler-without-entity")}
    for id_ in ("wechat-login", "wechat-pay", "alipay"):
        place = places[f"recipients.{id_}.entity"]
        assert toml[place.line - 1 : place.line + 1] == ["[[recipients]]", f'id = "{id_}"']


@pytest.mark.parametrize("rule", PIAOQIAN_GAPS)
def test_each_gap_of_piaoqian_is_named(on_piaoqian: Report, rule: str) -> None:
    assert rule in on_piaoqian.rules


def test_piaoqian_must_not_be_published(on_piaoqian: Report) -> None:
    assert not on_piaoqian.publishable
    missing = " ".join(finding.message for finding in on_piaoqian.of("right-missing"))
    assert "'withdraw'" in missing
    assert "'close-account'" in missing


def test_a_repaired_epiao_may_be_published(epiao: Pack, on_epiao: Report) -> None:
    assert not on_epiao.publishable
    report = lint(repaired(epiao))
    assert report.at_least(Level.ERROR) == ()
    assert len(report.findings) < len(on_epiao.findings)


def test_the_gdpr_list_finds_what_a_chinese_policy_lacks(epiao: Pack) -> None:
    report = lint(epiao, profile=Profile.GDPR, folder=_CONTENT / "epiao")
    assert {"supervisory-authority-missing", "transfer-safeguards-missing"} <= report.rules
    assert "right-missing" not in report.rules


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("name", ["epiao", "piaoqian"])
def test_every_report_is_valid_sarif(name: str, profile: Profile) -> None:
    folder = _CONTENT / name
    jsonschema.validate(sarif(lint(load_pack(folder), profile=profile, folder=folder)), SARIF)


def test_an_example_version_is_linted_on_its_own_declarations(epiao: Pack) -> None:
    for version in epiao.versions:
        report = lint(epiao.at(version.id), folder=_CONTENT / "epiao")
        assert report.version == version.id
        texts = {f.place.file for f in report.findings if f.place.file.endswith(".md")}
        assert texts
        assert all(file.startswith(f"{version.id}/") for file in texts)
