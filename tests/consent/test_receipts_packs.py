"""What a pack must say for a record to be made, and how long a decision is said to hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rfc8785
from jsonschema import Draft202012Validator

from components.consent.event import Cause, Layer, NoticeReference
from components.consent.receipts import (
    CannotRecord,
    FactsMissing,
    NotOfThisPolicy,
    Shape,
    record,
    schema,
)
from components.consent.status import ConsentStatus
from components.policy import load_pack
from tests.policy.small_pack import FILES

from .decisions import EPIAO, EVERY_KIND, Decisions
from .receipt_packs import agreed, lasting, small


@pytest.mark.parametrize(
    ("length", "written", "told"),
    [
        ("P180D", "P180D", "for 180 days at most; "),
        ("P1D", "P1D", "for 1 day at most; "),
        ("PT12H", "PT43200S", "for 12 hours at"),
        ("P1DT12H", "P1DT43200S", "for 36 hours at"),
        ("PT1H", "PT3600S", "for 1 hour at"),
    ],
)
def test_a_consent_may_hold_for_a_time(
    tmp_path: Path, length: str, written: str, told: str
) -> None:
    pack = lasting(tmp_path, length)
    (status,) = record(agreed(pack), pack)["dpv:hasConsentStatus"]
    duration = status["dpv:hasDuration"]
    assert (duration["@type"], duration["mingshi:length"]) == ("dpv:TemporalDuration", written)
    assert duration["dct:description"]["en"].startswith(told)


@pytest.mark.parametrize(
    ("kind", "term"),
    [
        ("given", "dpv:UntilEventDuration"),
        ("refused", "dpv:UntilEventDuration"),
        ("system-allowed", "dpv:FixedOccurrencesDuration"),
        ("system-denied", "dpv:UntilEventDuration"),
    ],
)
def test_how_long_it_holds_otherwise(kind: str, term: str) -> None:
    (status,) = record(EVERY_KIND[kind](Decisions()), EPIAO)["dpv:hasConsentStatus"]
    assert status["dpv:hasDuration"]["@type"] == term
    assert "mingshi:length" not in status["dpv:hasDuration"]


CONTROLLER = FILES["pack.toml"].partition("[controller]")[2].partition("[[versions]]")[0]
NO_TERM = "({} is no such term)"


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        (f"[controller]{CONTROLLER}", "", "controller"),
        ('location = "CN"', 'location = "ZZ"', "storage_location (ZZ is no country)"),
        (
            'retention = { zh_Hans = "用完即删。", en = "Deleted after use." }\n',
            "",
            "purposes.nearby.retention",
        ),
        (
            '"dpv:ServiceProvision"',
            '"dpv:ServiceOfDreams"',
            "purposes.nearby.dpv " + NO_TERM.format("dpv:ServiceOfDreams"),
        ),
        (
            'legal_basis = "dpv:Consent"',
            'legal_basis = "dpv:ConsentTerminated"',
            "purposes.nearby.legal_basis " + NO_TERM.format("dpv:ConsentTerminated"),
        ),
        (
            '"pd:TelephoneNumber"',
            '"pd:IMEI"',
            "data_categories.phone.dpv " + NO_TERM.format("pd:IMEI"),
        ),
    ],
)
def test_a_pack_that_lacks_a_fact_is_told_which(
    tmp_path: Path, old: str, new: str, missing: str
) -> None:
    pack = small(tmp_path, old, new)
    event = agreed(pack)
    with pytest.raises(FactsMissing) as raised:
        record(event, pack)
    assert raised.value.missing == (missing,)
    assert str(raised.value) == f"the policy kino does not say: {missing}"


def test_a_controller_that_cannot_be_reached_is_not_enough(tmp_path: Path) -> None:
    contacts = FILES["pack.toml"].partition("[[controller.contacts]]")[2]
    pack = small(tmp_path, "[[controller.contacts]]" + contacts.partition("[[versions]]")[0], "")
    with pytest.raises(FactsMissing, match=r"controller\.contacts"):
        record(agreed(pack), pack)


def test_a_small_pack_makes_a_sound_record_too(tmp_path: Path) -> None:
    pack = small(tmp_path)
    made = record(agreed(pack), pack)
    Draft202012Validator(schema(Shape.RECORD)).validate(json.loads(rfc8785.dumps(made)))
    (process,) = made["dpv:hasProcess"]
    place, phone = process["dpv:hasPersonalData"]
    assert place["@type"] == ["dpv:SensitivePersonalData"]
    assert phone["@type"] == ["pd:TelephoneNumber"]


def test_piaoqian_makes_no_record_since_it_names_nobody() -> None:
    folder = Path(__file__).resolve().parents[2] / "policy_content" / "piaoqian"
    pack = load_pack(folder)
    decisions = Decisions(pack)
    event = decisions.add("purpose:marketing-push", ConsentStatus.EXPIRED, Cause.RULE, gesture=None)
    with pytest.raises(CannotRecord, match="the policy piaoqian does not say: "):
        record(event, pack)


@pytest.mark.parametrize(
    ("target", "notice"),
    [
        ("purpose:no-such-purpose", "epiao/location"),
        ("permission:no-such-permission", "epiao/location"),
        ("permission:open-external-app", "epiao/location"),  # serves no purpose
        ("purpose:nearby-cinema", "other/location"),
    ],
)
def test_what_the_pack_does_not_know_makes_no_record(target: str, notice: str) -> None:
    decisions = Decisions()
    words = NoticeReference(notice, "2021-11-01", "en", Layer.IN_PLACE, "ab" * 32)
    event = decisions.pressed(target, ConsentStatus.REFUSED, "no", words)
    with pytest.raises(NotOfThisPolicy):
        record(event, EPIAO)


def test_a_version_that_the_pack_has_not_makes_no_record() -> None:
    decisions = Decisions()
    words = NoticeReference("epiao/location", "1999", "en", Layer.IN_PLACE, "ab" * 32)
    event = decisions.pressed("purpose:nearby-cinema", ConsentStatus.REFUSED, "no", words)
    with pytest.raises(NotOfThisPolicy, match="no version 1999"):
        record(event, EPIAO)
