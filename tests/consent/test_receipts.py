"""A decision of any kind makes a record that 27560 asks for, in terms that DPV 2.3 has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from jsonschema import Draft202012Validator
from pyld import jsonld

from components.consent.event import Cause, Event, Layer
from components.consent.receipts import (
    Shape,
    receipt,
    record,
    record_in,
    schema,
    vocabulary,
)
from components.consent.receipts.context import CONTEXT
from components.consent.receipts.fields import FIELDS, Need, found
from components.consent.status import ConsentStatus
from components.policy import load_pack
from components.policy.pack import Pack

from .decisions import EPIAO, EVERY_KIND, Decisions
from .receipt_packs import agreed, lasting

RECEIVED = "2021-11-01T08:00:09.000Z"
MANDATORY = {
    (section, name)
    for section, names in {
        "header": "schema_version record_id pii_principal_id",
        "processing": "privacy_notice language purpose pii_information pii_controllers "
        "storage_locations retention_period jurisdiction recipient_third_parties "
        "withdrawal_method",
        "pii": "pii_type",
        "party": "party_id party_address party_name party_contact party_type",
        "event": "event_time validity_duration entity_id event_type event_state",
        "receipt": "schema_version receipt_id",
    }.items()
    for name in names.split()
}
"""What 27560 makes mandatory, by the W3C's guide."""

OWN = ("urn:mingshi:", "urn:uuid:")


@pytest.fixture(params=EVERY_KIND)
def event(request: pytest.FixtureRequest) -> Event:
    """A decision of each kind."""
    return EVERY_KIND[request.param](Decisions())


def no_network(url: str, _options: object) -> Any:
    raise AssertionError(f"{url} would have been fetched")


def expanded(document: dict[str, Any]) -> Any:
    """The document as JSON-LD without its context; nothing is fetched for it."""
    return jsonld.expand(document, {"documentLoader": no_network})


def iris(value: object) -> Iterator[str]:
    """Every key, type and reference of expanded JSON-LD."""
    if isinstance(value, list):
        for each in value:
            yield from iris(each)
    elif isinstance(value, dict):
        if value.get("@type") == "@json":
            return
        for key, inner in value.items():
            if key in ("@id", "@type"):
                yield from [inner] if isinstance(inner, str) else inner
            elif key == "@list":
                yield from iris(inner)
            elif not key.startswith("@"):
                yield key
                yield from iris(inner)


def test_every_mandatory_field_of_27560_is_there(event: Event) -> None:
    made = record(event, EPIAO)
    given_out = receipt(made, RECEIVED)
    mandatory = [field for field in FIELDS if field.need is Need.MANDATORY]
    assert {(field.section, field.name) for field in mandatory} == MANDATORY
    for field in mandatory:
        values = found(given_out if field.section == "receipt" else made, field.place)
        assert values, field
        assert all(value not in (None, "", [], {}) for value in values), field


def test_the_optional_fields_that_are_promised_are_there(event: Event) -> None:
    made = record(event, EPIAO)
    for field in FIELDS:
        if field.section != "receipt":
            assert all(value is not None for value in found(made, field.place)), field


def test_the_schema_holds(event: Event) -> None:
    made = record(event, EPIAO)
    for shape, document in {
        Shape.RECORD: made,
        Shape.RECEIPT: receipt(made, RECEIVED),
    }.items():
        Draft202012Validator.check_schema(schema(shape))
        Draft202012Validator(schema(shape)).validate(json.loads(rfc8785.dumps(document)))


@pytest.mark.parametrize("key", [*record(Decisions().given(), EPIAO)])
def test_the_schema_wants_every_part(key: str) -> None:
    made = record(Decisions().given(), EPIAO)
    del made[key]
    valid = Draft202012Validator(schema(Shape.RECORD)).is_valid(made)
    assert valid is (key == "@context")


def test_it_is_json_ld_and_every_iri_is_on_the_list(event: Event) -> None:
    given_out = receipt(record(event, EPIAO), RECEIVED)
    (expansion,) = expanded(given_out)
    assert expansion["@type"] == ["https://w3id.org/dpv#ConsentReceipt"]
    known = vocabulary().iris()
    used = set(iris(expansion))
    assert len(used) > 60
    unknown = {iri for iri in used if iri not in known}
    assert {iri for iri in unknown if not iri.startswith(OWN)} == set()
    # Names of things, made from ids; terms of our own are listed like all others.
    assert {iri for iri in unknown if iri.startswith("urn:mingshi:terms:")} == set()


def test_no_property_is_lost_on_the_way_to_json_ld(event: Event) -> None:
    made = record(event, EPIAO)
    (expansion,) = expanded(made)
    namespaces = vocabulary().namespaces
    for key in made:
        prefix, _, name = key.partition(":")
        assert prefix in ("@context", "@id", "@type") or namespaces[prefix] + name in expansion
    (literal,) = expansion["urn:mingshi:terms:event"]
    assert literal == {"@type": "@json", "@value": event.to_json()}


def test_what_the_list_has_for_the_structure_is_used(tmp_path: Path) -> None:
    used = set[str]()
    for make in EVERY_KIND.values():
        used |= set(iris(expanded(receipt(record(make(Decisions()), EPIAO), RECEIVED))))
    decisions = Decisions()
    shown = decisions.shown("location", Layer.SYSTEM)
    event = decisions.add(
        "purpose:nearby-cinema", ConsentStatus.DEFERRED, Cause.DISMISSED, notice=shown
    )
    used |= set(iris(expanded(record(event, EPIAO))))
    pack = lasting(tmp_path, "P180D")
    used |= set(iris(expanded(record(agreed(pack), pack))))
    words = vocabulary()
    listed = {
        words.namespaces[prefix] + name
        for prefix, _, name in (term.partition(":") for term in words.kinds)
        if words.is_a(f"{prefix}:{name}", "structure")
    }
    # Types of values; they are not in what an expansion names.
    data_types = {iri for iri in listed if "XMLSchema" in iri}
    assert listed - used - data_types == set()
    assert {CONTEXT[prefix] for prefix in words.namespaces} == set(words.namespaces.values())


@pytest.mark.parametrize(
    "term", ["dpv:ConsentTerminated", "dpv:WithdrawingFromActivity", "dpv:hasDataStorageCondition"]
)
def test_terms_that_a_guide_names_and_dpv_lacks_are_not_on_the_list(term: str) -> None:
    assert term not in vocabulary().kinds


def test_every_status_is_a_term_of_dpv() -> None:
    assert vocabulary().version == "2.3"
    for status in ConsentStatus:
        assert vocabulary().is_a(status.dpv, "statuses")


def test_the_event_in_it_can_be_hashed_anew(event: Event) -> None:
    made = json.loads(rfc8785.dumps(record(event, EPIAO)))
    assert Event.from_json(made["mingshi:event"]) == event


def test_the_same_event_makes_the_same_record(event: Event) -> None:
    first = rfc8785.dumps(receipt(record(event, EPIAO), RECEIVED))
    assert first == rfc8785.dumps(receipt(record(event, load_again()), RECEIVED))


def load_again() -> Pack:
    return load_pack(Path(__file__).resolve().parents[2] / "policy_content" / "epiao")


def test_a_record_comes_out_of_a_receipt_as_it_went_in(event: Event) -> None:
    made = record(event, EPIAO)
    assert record_in(receipt(made, RECEIVED)) == made


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("given", "the person"),
        ("guardian", {"@type": "dpv:GuardianOfDataSubject"}),
        ("system-denied", "the person"),
        ("switched-off", {"@type": "mingshi:OperatingSystem"}),
        ("expired", {"@id": "urn:mingshi:party:epiao:controller"}),
    ],
)
def test_who_expressed_it(kind: str, who: object) -> None:
    decisions = Decisions()
    (status,) = record(EVERY_KIND[kind](decisions), EPIAO)["dpv:hasConsentStatus"]
    person = {"@id": f"urn:mingshi:subject:{decisions.subject}"}
    assert status["dpv:isIndicatedBy"] == (person if who == "the person" else who)


def test_the_words_shown_are_in_it_when_the_pack_has_them() -> None:
    decisions = Decisions()
    event = decisions.given()
    shown, policy = record(event, EPIAO)["dpv:hasNotice"]
    assert shown["mingshi:words"][0] == "用您的位置查看附近影院？"
    assert shown["@type"] == ["dpv:ConsentNotice", "dpv:JITNotice"]
    assert (policy["dct:issued"], policy["dct:valid"]) == ("2021-10-20", "2021-11-01")


@pytest.mark.parametrize(
    "change", [{"digest": "ab" * 32}, {"locale": "de"}, {"notice": "epiao/no-such-notice"}]
)
def test_words_that_the_pack_has_not_are_left_out(change: dict[str, Any]) -> None:
    decisions = Decisions()
    words = replace(decisions.shown("location", Layer.JUST_IN_TIME), **change)
    event = decisions.pressed("purpose:nearby-cinema", ConsentStatus.REFUSED, "no", words)
    shown, _ = record(event, EPIAO)["dpv:hasNotice"]
    assert shown["mingshi:digest"] == words.digest
    assert "mingshi:words" not in shown


def test_an_event_without_words_names_the_policy_alone() -> None:
    (policy,) = record(Decisions().system_allowed(), EPIAO.at("2026-01-01"))["dpv:hasNotice"]
    assert policy["@id"] == "urn:mingshi:policy:epiao:2026-01-01"


def test_the_facts_are_those_of_the_version_that_was_shown() -> None:
    decisions = Decisions()
    purpose = "purpose:marketing-push"
    data: list[list[str]] = []
    for version in ("2021-11-01", "2026-01-01"):
        words = decisions.shown("purpose-marketing-push", Layer.CONSENT_CENTRE, version)
        made = record(decisions.pressed(purpose, ConsentStatus.GIVEN, "同意", words), EPIAO)
        (process,) = made["dpv:hasProcess"]
        data.append([each["dct:identifier"] for each in process["dpv:hasPersonalData"]])
    assert data == [["phone", "contact-details"], ["phone", "contact-details", "film-preferences"]]


def test_the_base_notice_covers_what_is_no_choice_and_nothing_else() -> None:
    processes = record(Decisions().accepted_notice(), EPIAO)["dpv:hasProcess"]
    covered = [process["dpv:hasPurpose"]["dct:identifier"] for process in processes]
    assert "ticket-order" in covered
    assert "browse-and-search" not in covered, "it needs no notice"
    assert not any(EPIAO.purposes[id_].asks_consent for id_ in covered)


def test_a_permission_is_about_the_purpose_it_serves() -> None:
    made = record(Decisions().system_allowed(), EPIAO)
    (process,) = made["dpv:hasProcess"]
    assert process["dpv:hasPurpose"]["dct:identifier"] == "nearby-cinema"
    (status,) = made["dpv:hasConsentStatus"]
    permission = status["dpv:hasIndicationMethod"]["mingshi:permission"]
    assert permission["dct:identifier"] == "location"
    assert "mingshi:SystemSettings" in made["dpv:hasConsentControl"]["dpv:isExercisedAt"]


def test_no_recipient_and_no_data_are_said_and_not_left_out() -> None:
    (process,) = record(Decisions().published(), EPIAO)["dpv:hasProcess"]
    nothing = {"dpv:hasApplicability": "dpv:NotApplicable"}
    assert process["dpv:hasRecipient"] == [{"@type": "dpv:Recipient", **nothing}]
    assert process["dpv:hasPersonalData"] == [{"@type": "dpv:PersonalData", **nothing}]
    assert process["dpv:hasProcessing"] == ["dpv:Disclose", "dpv:MakeAvailable"]
