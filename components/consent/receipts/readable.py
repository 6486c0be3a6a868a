"""A record as plain text, for the person whose choice it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from babel import Locale

from ...policy.pack import RecipientRole
from ..event import Cause, Event, IndicatedBy, TargetKind
from .context import language_tag
from .wording import WORDINGS, RecordWording

_ROLES = {
    "dpv:DataProcessor": RecipientRole.PROCESSOR,
    "dpv:ThirdParty": RecipientRole.HANDLER,
    "dpv:JointDataControllers": RecipientRole.JOINT,
}


def readable(record: Mapping[str, Any], locale: str) -> str:
    """A consent record in words: who, what for, which data, what was shown, and how to undo it.

    Args:
        record: As :func:`~.record.record` makes it.
        locale: Babel id of the language wanted. Where there are no words in it, Chinese of any
            kind is read in ``zh_Hans``, everything else in ``en``. Names that the policy has not in
            that language stay in a language it has.

    Returns:
        Paragraphs, each with a heading and divided by empty lines; it ends with a line break.
    """
    return _Telling(record, locale).text()


class _Telling:
    """One record being told in one language."""

    def __init__(self, record: Mapping[str, Any], locale: str) -> None:
        chinese = locale.partition("_")[0] == "zh"
        self.locale = locale if locale in WORDINGS else "zh_Hans" if chinese else "en"
        self.words: RecordWording = WORDINGS[self.locale]
        self.record = record
        self.event = Event.from_json(record["mingshi:event"])

    def text(self) -> str:
        words = self.words
        parts = [
            [words.title, "", *self.said()],
            [words.who, *self.controller()],
            [words.why, *self.purposes()],
            [words.shown, *self.shown()],
            [words.withdrawal, *self.withdrawal()],
            *self.rights(),
            [words.identifiers, *self.identifiers()],
        ]
        return "\n\n".join("\n".join(lines) for lines in parts) + "\n"

    def pick(self, texts: Mapping[str, str]) -> str:
        """A text in the language told, or the one that comes first."""
        return texts.get(language_tag(self.locale)) or next(iter(texts.values()))

    def said(self) -> Iterator[str]:
        event, words = self.event, self.words
        who = words.guardian if event.indicated_by is IndicatedBy.GUARDIAN else words.me
        sentences = words.said
        if event.cause is Cause.OPERATING_SYSTEM:
            sentences = {**sentences, **words.system_said}
        elif event.cause is Cause.RULE:
            sentences = {**sentences, **words.ended_by_rule}
        yield sentences[event.status].format(who=who, what=self.what())
        yield words.when.format(moment=self.moment())
        until = self.record["dpv:hasConsentStatus"][0]["dpv:hasDuration"]["dct:description"]
        yield words.validity.format(until=self.pick(until))

    def what(self) -> str:
        kind = self.event.target.kind
        if kind is TargetKind.NOTICE:
            service = self.pick(self.record["dpv:hasService"]["dct:title"])
            return self.words.base_notice.format(service=service)
        if kind is TargetKind.PERMISSION:
            how = self.record["dpv:hasConsentStatus"][0]["dpv:hasIndicationMethod"]
            name = self.pick(how["mingshi:permission"]["dct:title"])
            return self.words.permission.format(name=name)
        purpose = self.record["dpv:hasProcess"][0]["dpv:hasPurpose"]
        return self.words.purpose.format(name=self.pick(purpose["dct:title"]))

    def moment(self) -> str:
        moment = datetime.fromisoformat(self.event.occurred_at)
        offset = moment.utcoffset() or timedelta()
        sign = "-" if offset < timedelta() else "+"
        hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
        return self.words.moment.format(
            year=moment.year,
            month=moment.month,
            month_name=self.words.months[moment.month - 1] if self.words.months else "",
            day=moment.day,
            hour=moment.hour,
            minute=moment.minute,
            second=moment.second,
            offset=f"UTC{sign}{hours:02}:{minutes:02}",
        )

    def controller(self) -> Iterator[str]:
        party = self.record["dpv:hasDataController"]
        yield self.pick(party["dpv:hasName"])
        yield self.words.address.format(address=self.pick(party["dpv:hasAddress"]))
        for contact in party["dpv:hasContact"]:
            value, use = self.pick(contact["dct:title"]), self.pick(contact["dct:description"])
            yield self.words.contact.format(value=value, use=use)

    def purposes(self) -> Iterator[str]:
        words = self.words
        for number, process in enumerate(self.record["dpv:hasProcess"]):
            if number:
                yield ""
            purpose = process["dpv:hasPurpose"]
            basic = process["dpv:hasNecessity"] == "dpv:Required"
            name = self.pick(purpose["dct:title"])
            yield f"{name} · {words.basic if basic else words.additional}"
            yield self.pick(purpose["dct:description"])
            data = [self.datum(each) for each in process["dpv:hasPersonalData"] if "@id" in each]
            yield (
                words.data.format(data=words.listing_of_many.join(data)) if data else words.no_data
            )
            yield from self.recipients(process["dpv:hasRecipient"])
            location, duration = process["dpv:hasStorageCondition"]
            retention = self.pick(duration["dpv:hasDuration"]["dct:description"])
            yield words.storage.format(retention=retention)
            code = location["dpv:hasLocation"].partition(":")[2]
            country = Locale.parse(self.locale).territories.get(code, code)
            yield words.stored_in.format(country=country)

    def datum(self, category: Mapping[str, Any]) -> str:
        name = self.pick(category["dct:title"])
        sensitive = "dpv:SensitivePersonalData" in category["@type"]
        return self.words.sensitive.format(name=name) if sensitive else name

    def recipients(self, recipients: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        named = [each for each in recipients if "@id" in each]
        if not named:
            yield self.words.no_recipient
            return
        yield self.words.recipients
        for each in named:
            fields = [self.pick(data["dct:title"]) for data in each["mingshi:transferred"]]
            role = next(_ROLES[type_] for type_ in each["@type"] if type_ in _ROLES)
            yield "- " + self.words.recipient.format(
                name=self.pick(each["dpv:hasName"]),
                role=self.words.roles[role],
                fields=self.words.listing_of_many.join(fields),
            )

    def shown(self) -> Iterator[str]:
        words = self.words
        *shown, policy = self.record["dpv:hasNotice"]
        title, version = self.pick(policy["dct:title"]), policy["mingshi:version"]
        if not shown:
            yield words.policy.format(title=title, version=version)
            yield words.nothing_shown
            return
        tag = shown[0]["dct:language"]
        language = Locale.parse(self.locale).languages.get(tag.replace("-", "_"), tag)
        yield words.policy_in.format(title=title, version=version, language=language)
        lines = shown[0].get("mingshi:words")
        yield from [words.other_words] if lines is None else (f"> {line}" for line in lines)
        label = self.event.label
        yield words.nothing_pressed if label is None else words.pressed.format(label=label)

    def withdrawal(self) -> Iterator[str]:
        control = self.record["dpv:hasConsentControl"]
        if self.event.status.permits:
            statement = self.pick(control["dct:description"])
            yield self.words.how_to_withdraw.format(statement=statement)
        else:
            yield self.words.how_to_ask_again
        if "mingshi:SystemSettings" in control["dpv:isExercisedAt"]:
            yield self.words.in_system_settings

    def rights(self) -> Iterator[list[str]]:
        names = [self.pick(right["dct:title"]) for right in self.record["dpv:hasRight"]]
        if names:
            listed = self.words.listing.join(names)
            yield [self.words.rights, self.words.rights_are.format(rights=listed)]

    def identifiers(self) -> Iterator[str]:
        event, words = self.event, self.words
        yield words.record_id.format(value=event.event_id)
        yield words.subject_id.format(value=event.subject)
        yield words.sequence.format(value=event.sequence)
        yield words.event_hash.format(value=event.hash)
        yield words.previous_hash.format(value=event.previous_hash)
        if event.notice is not None:
            yield words.notice.format(value=event.notice.notice)
            yield words.digest.format(value=event.notice.digest)
