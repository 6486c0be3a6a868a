"""A genuine receipt passes; one that was changed anywhere, or the policy since, does not."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jws

from components.consent.event import canonical
from components.consent.receipts import receipt, record
from components.endpoint.receipts.key_files import KeyFile
from components.endpoint.receipts.signing import signed
from components.policy import load_pack
from components.verifying import Against, Outcome, verify_receipt
from components.verifying.receipts import verify_copy
from tests.consent.decisions import EPIAO, EVERY_KIND, Decisions
from tests.policy.small_pack import FILES, write

from .receipts import (
    RECEIVED,
    against,
    check,
    issued,
    new_key,
    outcomes,
    small,
    small_decision,
)

PASSED, FAILED, UNCHECKED = Outcome.PASSED, Outcome.FAILED, Outcome.UNCHECKED
NAMES = ("form", "signature", "schema", "event", "words", "policy", "facts")
Content = dict[str, Any]


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    return new_key(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def genuine(key: KeyFile, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Against]:
    """A receipt of the small pack, and what it is held against."""
    pack = small(tmp_path_factory.mktemp("kino"))
    return issued(small_decision(pack), key, pack), against(key, packs={"kino": pack})


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_genuine_receipt_of_any_kind_passes(key: KeyFile, kind: str) -> None:
    report = verify_receipt(issued(EVERY_KIND[kind](Decisions()), key), against(key))
    assert outcomes(report) == dict.fromkeys(NAMES, PASSED), report
    assert report.outcome is PASSED


def test_a_change_of_any_byte_fails(genuine: tuple[bytes, Against]) -> None:
    raw, held_against = genuine
    assert verify_receipt(raw, held_against).outcome is PASSED
    changed = bytearray(raw)
    for position, byte in enumerate(raw):
        changed[position] = byte ^ 1
        assert verify_receipt(bytes(changed), held_against).outcome is FAILED, position
        changed[position] = byte


@settings(
    max_examples=300,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_change_to_any_byte_fails(genuine: tuple[bytes, Against], data: st.DataObject) -> None:
    raw, held_against = genuine
    # From the end as often as from anywhere: the signature is the last hundredth of it.
    position = data.draw(st.integers(0, len(raw) - 1) | st.integers(len(raw) - 90, len(raw) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda value: value != raw[position]))
    changed = raw[:position] + bytes([value]) + raw[position + 1 :]
    assert verify_receipt(changed, held_against).outcome is FAILED


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw + b"\n",
        lambda raw: b" " + raw,
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw + b"=",
        lambda raw: raw[:-1],
        lambda raw: raw[1:],
        lambda raw: raw + raw,
        lambda raw: raw + b".",
        lambda raw: raw.replace(b".", b"", 1),
        lambda raw: b"",
        lambda raw: b"..",
    ],
)
def test_what_is_added_or_taken_away_fails(
    genuine: tuple[bytes, Against], change: Callable[[bytes], bytes]
) -> None:
    raw, held_against = genuine
    report = verify_receipt(change(raw), held_against)
    assert report.outcome is FAILED
    assert check(report, "form").outcome is FAILED


def test_the_bits_that_base64_does_not_use_are_seen(genuine: tuple[bytes, Against]) -> None:
    raw, held_against = genuine
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    # 64 bytes are 86 characters, and the last one carries two bits of them.
    other = raw[:-1] + bytes([alphabet[alphabet.index(raw[-1]) ^ 1]])
    assert base64.urlsafe_b64decode(other.rpartition(b".")[2] + b"==") == (
        base64.urlsafe_b64decode(raw.rpartition(b".")[2] + b"==")
    )
    assert "mean nothing" in check(verify_receipt(other, held_against), "form").explanation


def test_after_a_failed_signature_nothing_else_is_believed(
    genuine: tuple[bytes, Against], tmp_path: Path
) -> None:
    raw, held_against = genuine
    impostor = new_key(tmp_path)
    report = verify_receipt(raw, replace(held_against, keys={held_kid(raw): impostor.key}))
    assert outcomes(report) == {
        "form": PASSED,
        "signature": FAILED,
        **dict.fromkeys(NAMES[2:], UNCHECKED),
    }
    assert "did not sign this" in check(report, "signature").explanation


def held_kid(raw: bytes) -> str:
    kid: str = jws.extract_compact(raw).headers()["kid"]
    return kid


def test_a_key_that_is_not_among_those_given_fails(
    genuine: tuple[bytes, Against], tmp_path: Path
) -> None:
    raw, held_against = genuine
    other = new_key(tmp_path)
    report = verify_receipt(raw, replace(held_against, keys={other.kid: other.key}))
    assert held_kid(raw) in check(report, "signature").explanation
    assert report.outcome is FAILED


def test_without_keys_the_signature_cannot_be_checked(genuine: tuple[bytes, Against]) -> None:
    raw, held_against = genuine
    report = verify_receipt(raw, replace(held_against, keys=None))
    assert report.outcome is UNCHECKED
    assert outcomes(report) == {**dict.fromkeys(NAMES, PASSED), "signature": UNCHECKED}


def test_receipts_of_an_older_key_verify_with_the_newer_keys(tmp_path: Path) -> None:
    old, new = new_key(tmp_path / "1"), new_key(tmp_path / "2")
    for key in (old, new):
        raw = issued(Decisions().given(), key)
        assert verify_receipt(raw, against(old, new)).outcome is PASSED


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "EdDSA"},
        {"alg": "none"},
        {"typ": "JWT"},
        {"cty": "json"},
        {"crit": ["b64"]},
        {"kid": 1},
        {"jwk": {}},
    ],
)
def test_another_header_is_no_receipts(key: KeyFile, header: dict[str, object]) -> None:
    raw = issued(Decisions().given(), key)
    old, content, signature = raw.split(b".")
    own = json.loads(base64.urlsafe_b64decode(old + b"==="))
    new = base64.urlsafe_b64encode(canonical({**own, **header})).rstrip(b"=")
    report = verify_receipt(b".".join((new, content, signature)), against(key))
    assert check(report, "form").explanation.startswith(
        "This is not a whole signed receipt: header"
    )


def signed_content(content: bytes, key: KeyFile) -> bytes:
    """What only an endpoint that has gone wrong would sign."""
    header = {"alg": "Ed25519", "cty": "ld+json", "kid": key.kid, "typ": "mingshi-receipt+jws"}
    return jws.serialize_compact(header, content, key.key, algorithms=["Ed25519"]).encode()


@pytest.mark.parametrize(
    "content",
    [b'{"a": 1}', b'{"a":1,"a":1}', b"[]", b"{", b'{"a":NaN}', b"\xff", b"[" * 1000],
)
def test_signed_content_that_is_no_canonical_json_fails(key: KeyFile, content: bytes) -> None:
    report = verify_receipt(signed_content(content, key), against(key))
    assert check(report, "signature").outcome is PASSED
    assert check(report, "schema").explanation.startswith("What is signed is no receipt")
    assert report.outcome is FAILED


def content_of(kind: str = "given") -> Content:
    made: Content = json.loads(
        canonical(receipt(record(EVERY_KIND[kind](Decisions()), EPIAO), RECEIVED))
    )
    return made


def told(content: Content) -> Content:
    inner: Content = content["dpv:hasRecordOfActivity"][0]
    return inner


def without_recipients(content: Content) -> None:
    del told(content)["dpv:hasProcess"][0]["dpv:hasRecipient"]


def with_another_label(content: Content) -> None:
    told(content)["mingshi:event"]["label"] = "好"


def with_other_words(content: Content) -> None:
    told(content)["dpv:hasNotice"][0]["mingshi:words"][1] = "什么都不用。"


def without_words(content: Content) -> None:
    del told(content)["dpv:hasNotice"][0]["mingshi:words"]


def with_another_controller(content: Content) -> None:
    told(content)["dpv:hasDataController"]["dpv:hasName"]["zh-Hans"] = "别的公司"


def with_another_status(content: Content) -> None:
    told(content)["dpv:hasConsentStatus"][0]["@type"] = "dpv:ConsentRefused"


def with_another_meaning(content: Content) -> None:
    content["@context"]["dpv"] = "https://example.com/"


def with_another_id(content: Content) -> None:
    content["@id"] = "urn:uuid:01a203cb-5f55-7000-8000-000000000001"


def with_a_made_up_version(content: Content) -> None:
    told(content)["dpv:hasNotice"][-1]["mingshi:version"] = "1999"


def with_another_policy(content: Content) -> None:
    told(content)["dpv:hasNotice"][-1]["dct:identifier"] = "other"


def with_another_target(content: Content) -> None:
    policy = told(content)["dpv:hasNotice"][-1]
    policy["mingshi:version"] = "2026-01-01"


@pytest.mark.parametrize(
    ("change", "name", "outcome", "words"),
    [
        (without_recipients, "schema", FAILED, "dpv:hasRecipient"),
        (with_another_label, "event", FAILED, "hash differs"),
        (with_other_words, "words", FAILED, "not those"),
        (without_words, "words", UNCHECKED, "only their digest"),
        (with_another_controller, "facts", FAILED, "say something else of: controller."),
        (with_another_status, "facts", FAILED, "say something else of: decision."),
        (with_another_meaning, "facts", FAILED, "@context"),
        (with_another_id, "facts", FAILED, "@id"),
        (with_a_made_up_version, "policy", FAILED, "has no version 1999"),
        (with_another_policy, "facts", UNCHECKED, "no policy other at hand"),
        (with_another_target, "facts", FAILED, "notice"),
    ],
)
def test_a_signed_lie_is_found_and_named(
    key: KeyFile,
    change: Callable[[Content], None],
    name: str,
    outcome: Outcome,
    words: str,
) -> None:
    content = content_of()
    change(content)
    report = verify_receipt(signed_content(canonical(content), key), against(key))
    assert check(report, "signature").outcome is PASSED
    assert check(report, name).outcome is outcome
    assert words in check(report, name).explanation
    assert report.outcome is outcome


ZH = "2021-11-01/zh_Hans/prompts.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "name"),
    [
        (ZH, ":benefit: 由近到远", ":benefit: 送您优惠券", "policy"),
        ("pack.toml", "小影院公司", "大影院公司", "facts"),
        ("pack.toml", '"用完即删。"', '"保存三年。"', "facts"),
        ("pack.toml", '"地图公司"', '"广告公司"', "facts"),
    ],
)
def test_a_policy_that_was_changed_afterwards_fails(
    key: KeyFile, tmp_path: Path, file: str, old: str, new: str, name: str
) -> None:
    pack = small(tmp_path / "then")
    raw = issued(small_decision(pack), key, pack)
    changed = small(tmp_path / "now", {file: (old, new)})
    report = verify_receipt(raw, against(key, packs={"kino": changed}))
    assert [each for each, outcome in outcomes(report).items() if outcome is FAILED] == [name]
    assert verify_receipt(raw, against(key, packs={"kino": pack})).outcome is PASSED


def test_a_policy_whose_version_has_another_name_now_fails(key: KeyFile, tmp_path: Path) -> None:
    pack = small(tmp_path / "then")
    raw = issued(small_decision(pack), key, pack)
    renamed = {
        name.replace("2021-11-01", "2021-11-02"): text.replace(
            'id = "2021-11-01"', 'id = "2021-11-02"'
        )
        for name, text in FILES.items()
    }
    changed = load_pack(write(tmp_path / "now", renamed))
    report = verify_receipt(raw, against(key, packs={"kino": changed}))
    assert "has no version 2021-11-01" in check(report, "policy").explanation
    assert check(report, "facts").outcome is FAILED


def test_a_policy_that_can_make_no_record_any_more_fails(key: KeyFile, tmp_path: Path) -> None:
    pack = small(tmp_path / "then")
    raw = issued(small_decision(pack), key, pack)
    retention = 'retention = { zh_Hans = "用完即删。", en = "Deleted after use." }\n'
    changed = small(tmp_path / "now", {"pack.toml": (retention, "")})
    report = verify_receipt(raw, against(key, packs={"kino": changed}))
    assert "purposes.nearby.retention" in check(report, "facts").explanation


def test_a_policy_that_has_lost_the_notice_fails(key: KeyFile) -> None:
    decisions = Decisions()
    raw = issued(decisions.given(), key)
    texts = {place: replace(each, prompts={}) for place, each in EPIAO.texts.items()}
    report = verify_receipt(raw, against(key, packs={"epiao": replace(EPIAO, texts=texts)}))
    assert "has no epiao/location" in check(report, "policy").explanation


def test_without_the_policy_its_words_cannot_be_checked(key: KeyFile) -> None:
    report = verify_receipt(issued(Decisions().given(), key), against(key, packs={}))
    assert report.outcome is UNCHECKED
    assert check(report, "facts").outcome is UNCHECKED
    assert "--pack" in check(report, "policy").explanation


@pytest.mark.parametrize("kind", ["given", "system-allowed"])
def test_an_unsigned_copy_says_that_nobody_signed_it(kind: str) -> None:
    made = record(EVERY_KIND[kind](Decisions()), EPIAO)
    for document in (made, receipt(made, RECEIVED)):
        report = verify_copy(canonical(document), Against(None, {"epiao": EPIAO}))
        assert outcomes(report) == {**dict.fromkeys(NAMES, PASSED), "signature": UNCHECKED}


def test_a_copy_that_cannot_be_read_fails() -> None:
    report = verify_copy(b'{"@type":1,"@type":2}', Against(None, {}))
    assert check(report, "form").outcome is FAILED


def test_a_long_receipt_can_be_verified(key: KeyFile) -> None:
    content = content_of()
    shown = told(content)["dpv:hasNotice"][0]
    shown["mingshi:words"] = ["很长的告知" * 20_000]
    raw = signed_content(canonical(content), key)
    report = verify_receipt(raw, against(key))
    assert len(raw) > 300_000
    assert check(report, "signature").outcome is PASSED
    assert check(report, "words").outcome is FAILED


def test_a_receipt_that_is_signed_twice_over_is_the_same(key: KeyFile) -> None:
    content = content_of("refused")
    assert signed(content, key) == signed(json.loads(canonical(content)), key)
