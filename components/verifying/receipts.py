"""Everything that can be checked about a receipt, or about a copy that nobody signed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from ..consent.event import Event, NoticeReference
from ..consent.receipts import CannotRecord, Shape, receipt, record, record_in, schema
from ..policy.notice import recompute
from ..policy.pack import Pack
from .chains import check_place
from .checks import Check, Outcome, Report, failed, passed, unchecked
from .keys import PublicKeys
from .records import Entries
from .signed import check_signature, take_apart
from .strict import NotStrict, json_object

_LONGEST_REASON = 200
_PARTS = {
    "dpv:hasDataController": "controller",
    "dpv:hasProcess": "purposes, data, storage or recipients",
    "dpv:hasNotice": "notice",
    "dpv:hasService": "service",
    "dpv:hasJurisdiction": "jurisdiction",
    "dpv:hasConsentControl": "way to withdraw",
    "dpv:hasRight": "rights",
    "dpv:hasConsentStatus": "decision",
    "dpv:hasDataSubject": "person",
}


@dataclass(frozen=True)
class Against:
    """What a receipt is held against.

    Attributes:
        keys: Public keys of the endpoint; None if they were not given.
        packs: Packs by id. What is not among them cannot be checked.
        record: A device store or an export that the event must stand in; None if none was given.
    """

    keys: PublicKeys | None
    packs: Mapping[str, Pack]
    record: Entries | None = None


def verify_receipt(raw: bytes, against: Against) -> Report:
    """Check a signed receipt.

    Args:
        raw: The file, every byte of it.
        against: What it is held against.
    """
    kind = "signed receipt"
    try:
        signed = take_apart(raw)
    except NotStrict as error:
        return _cut_short(kind, (failed("form", f"This is not a whole signed receipt: {error}."),))
    form = passed("form", "It is exactly one signed receipt, with nothing before or behind it.")
    signature = check_signature(signed, against.keys)
    if signature.outcome is Outcome.FAILED:
        return _cut_short(kind, (form, signature))
    try:
        content = signed.content()
    except NotStrict as error:
        unread = failed("schema", f"What is signed is no receipt: {error}.")
        return _cut_short(kind, (form, signature, unread))
    return Report(kind, (form, signature, *_content(content, Shape.RECEIPT, against)))


def verify_copy(raw: bytes, against: Against) -> Report:
    """Check a record, or a receipt's content, that nobody signed, as a device gives it out."""
    kind = "unsigned copy"
    try:
        content = json_object(raw)
    except NotStrict as error:
        return _cut_short(kind, (failed("form", f"This cannot be read: {error}."),))
    shape = Shape.RECEIPT if content.get("@type") == "dpv:ConsentReceipt" else Shape.RECORD
    signature = unchecked(
        "signature", "Nobody signed it; it proves no more than its holder’s word."
    )
    form = passed("form", "It is one JSON object that says nothing twice.")
    return Report(kind, (form, signature, *_content(content, shape, against)))


_AFTER_FORM = ("signature", "schema", "event", "words", "policy", "facts")


def _cut_short(kind: str, made: tuple[Check, ...]) -> Report:
    """The checks that were made; the others make no sense on what is not genuine."""
    done = {check.name for check in made}
    why = "Not looked at: what stands in it proves nothing after the failure above."
    rest = (unchecked(name, why) for name in _AFTER_FORM if name not in done)
    return Report(kind, (*made, *rest))


def _content(content: Mapping[str, Any], shape: Shape, against: Against) -> Sequence[Check]:
    shaped = _check_schema(content, shape)
    if shaped.outcome is not Outcome.PASSED:
        why = "Not looked at, since it is not of the shape of a receipt."
        return (shaped, *(unchecked(name, why) for name in _AFTER_FORM[2:]))
    told = record_in(content) if shape is Shape.RECEIPT else content
    hashed, event = _check_event(told)
    if event is None:
        why = "Not looked at, since the event in it is not genuine."
        return (shaped, hashed, *(unchecked(name, why) for name in _AFTER_FORM[3:]))
    pack = _pack(told, against.packs)
    checks = [
        shaped,
        hashed,
        _check_words(told, event),
        _check_policy(event.notice, told, pack),
        _check_facts(content, shape, event, pack),
    ]
    if against.record is not None:
        checks.append(check_place(event, against.record))
    return checks


def _check_schema(content: Mapping[str, Any], shape: Shape) -> Check:
    name = "schema"
    fault = best_match(Draft202012Validator(schema(shape)).iter_errors(content))
    if fault is not None:
        return failed(name, f"At {fault.json_path}: {fault.message[:_LONGEST_REASON]}")
    return passed(name, f"It has every part that a {shape} by ISO/IEC TS 27560 needs.")


def _check_event(told: Mapping[str, Any]) -> tuple[Check, Event | None]:
    name = "event"
    try:
        event = Event.from_json(told["mingshi:event"])
    except ValueError as error:
        reason = str(error)[:_LONGEST_REASON]
        return failed(name, f"The event in it cannot be genuine: {reason}."), None
    return passed(name, f"Its hash is {event.hash}, taken anew from what stands in it."), event


def _check_words(told: Mapping[str, Any], event: Event) -> Check:
    """The words in the receipt itself, against the digest in the event."""
    name = "words"
    if event.notice is None:
        return passed(name, "The event stands on no words: nobody pressed anything in the app.")
    lines = told["dpv:hasNotice"][0].get("mingshi:words")
    if lines is None:
        return unchecked(name, "The words are not in the receipt; only their digest is.")
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    if digest != event.notice.digest:
        return failed(name, "The words in it are not those that the event has the digest of.")
    return passed(name, "The words in it are those that the event has the digest of.")


def _policy_of(told: Mapping[str, Any]) -> tuple[str, str]:
    """Id and version of the policy that a record names."""
    policy = told["dpv:hasNotice"][-1]
    return policy["dct:identifier"], policy["mingshi:version"]


def _pack(told: Mapping[str, Any], packs: Mapping[str, Pack]) -> Pack | Check:
    """The pack in the version that the record names; or why there is none."""
    pack_id, version = _policy_of(told)
    if pack_id not in packs:
        return unchecked(
            "policy", f"There is no policy {pack_id} at hand; name its folder with --pack."
        )
    try:
        return packs[pack_id].at(version)
    except KeyError:
        return failed("policy", f"The policy {pack_id} at hand has no version {version}.")


def _check_policy(
    notice: NoticeReference | None, told: Mapping[str, Any], pack: Pack | Check
) -> Check:
    """The words of the policy at hand, against the digest in the event."""
    name = "policy"
    if isinstance(pack, Check):
        return pack
    pack_id, version = _policy_of(told)
    if notice is None:
        return passed(name, f"The policy {pack_id} at hand has the version {version}.")
    shown = f"{notice.notice} of version {notice.version} in {notice.locale}"
    try:
        digest = recompute(pack, notice.notice, notice.locale, notice.version)
    except KeyError:
        return failed(name, f"The policy {pack_id} at hand has no {shown}.")
    if digest != notice.digest:
        return failed(
            name, f"The policy {pack_id} at hand has other words for {shown} than were shown."
        )
    return passed(name, f"The policy at hand still has the words that were shown: {shown}.")


def _check_facts(
    content: Mapping[str, Any], shape: Shape, event: Event, pack: Pack | Check
) -> Check:
    """Everything else that it tells, against what the event and the policy at hand tell."""
    name = "facts"
    if isinstance(pack, Check):
        return Check(name, pack.outcome, pack.explanation)
    try:
        anew = record(event, pack)
    except CannotRecord as error:
        return failed(name, f"With the policy at hand no such record can be made: {error}.")
    told = record_in(content) if shape is Shape.RECEIPT else content
    differing = [
        _PARTS.get(part, part)
        for part in sorted({*anew, *told})
        if _without_words(part, anew.get(part)) != _without_words(part, told.get(part))
    ]
    if shape is Shape.RECEIPT:
        whole = receipt(anew, content["dct:created"])
        differing += [
            part
            for part in sorted(set(whole) - {"@context", "dpv:hasRecordOfActivity"})
            if whole[part] != content.get(part)
        ]
    if differing:
        return failed(
            name, f"The event and the policy at hand say something else of: {', '.join(differing)}."
        )
    return passed(
        name, "Who, what for, which data, to whom and how it was decided: as event and policy say."
    )


def _without_words(part: str, value: Any) -> Any:
    """A part of a record. Words that were shown are the business of other checks."""
    if part != "dpv:hasNotice" or not isinstance(value, list):
        return value
    return [{key: each[key] for key in each if key != "mingshi:words"} for each in value]
