"""Rules on who gets data: named, reachable, and listed in full."""

from __future__ import annotations

from collections.abc import Iterator

from ..pack import Recipient, RecipientRole
from .model import CHINA, Level, Problem, rule
from .subject import Layer, Subject
from .words import Words, shortened

_BY_KIND = Words(
    "(广告|分析|业务)?合作伙伴|合作方|供应商|承包商|服务商|代理(商|人)?|关联(公司|方|企业)|第三方",
    r"\bpartners?\b|suppliers?|contractors?|affiliates?|\bagents?\b|third part(y|ies)|vendors?",
)
_GIVING = Words(
    "提供给|交给|共享|分享|披露|委托|转让给|把[^。；]{0,20}给",
    r"\bgive|\bshar(e|ing)|\bdisclos|\bhand over|\bprovide[^.;]{0,30}\bto\b|on our behalf",
)
_GIVEN_AWAY = Words(
    r"(交给|提供给|共享给|分享给|发送给)[^。；，]{0,20}(伙伴|合作方|供应商|第三方|公司|商家)",
    r"\b(give|share|send|disclose|provide)\b[^.;]{0,60}\b(partner|supplier|third part|vendor)|"
    r"\b(give|share|send|provide) [^.;]{0,20}(advertising|analytics)",
)


def _of_role(subject: Subject, *roles: RecipientRole) -> Iterator[Recipient]:
    return (r for r in subject.pack.recipients.values() if r.role in roles)


def _other_handlers(subject: Subject) -> Iterator[Recipient]:
    """Handlers that are named to people; authorities that the law gives data to are not."""
    purposes = subject.pack.purposes
    for recipient in _of_role(subject, RecipientRole.HANDLER, RecipientRole.JOINT):
        bases = {purposes[id_].legal_basis for id_ in recipient.purposes}
        if not bases or any("LegalObligation" not in basis for basis in bases):
            yield recipient


@rule(
    "handler-without-entity",
    Level.ERROR,
    source="PIPL art. 23; 网络数据安全管理条例 art. 21(2)",
    requirements=("R-038", "R-031"),
)
def handler_without_entity(subject: Subject) -> Iterator[Problem]:
    """Another handler is named by its legal name."""
    for recipient in _other_handlers(subject):
        if recipient.entity is None:
            yield Problem(
                subject.entry("recipients", recipient.id, "entity"),
                f"{recipient.id!r} decides for itself and its legal name is missing",
                "add `entity`",
            )


@rule(
    "processor-without-entity",
    Level.WARNING,
    source="认定方法 part 2(1); industry custom of SDK directories",
    requirements=("R-026", "R-038"),
)
def processor_without_entity(subject: Subject) -> Iterator[Problem]:
    """A processor is named by its legal name."""
    for recipient in _of_role(subject, RecipientRole.PROCESSOR):
        if recipient.entity is None:
            yield Problem(
                subject.entry("recipients", recipient.id, "entity"),
                f"the legal name of {recipient.id!r} is missing",
                "add `entity`",
            )


@rule(
    "handler-without-contact",
    Level.ERROR,
    source="PIPL art. 23: name and contact of the recipient",
    requirements=("R-038",),
    profiles=CHINA,
)
def handler_without_contact(subject: Subject) -> Iterator[Problem]:
    """Another handler can be reached."""
    for recipient in _other_handlers(subject):
        if not recipient.links:
            yield Problem(
                subject.entry("recipients", recipient.id, "links"),
                f"there is no way to reach {recipient.id!r}",
                "add the address of its privacy policy or contact page to `links`",
            )


@rule(
    "sdk-without-policy-link",
    Level.WARNING,
    source="industry custom, which app stores check",
    requirements=("R-026",),
)
def sdk_without_policy_link(subject: Subject) -> Iterator[Problem]:
    """An SDK links to its own privacy policy."""
    for recipient in _of_role(subject, RecipientRole.PROCESSOR):
        if recipient.kind == "sdk" and not recipient.links:
            yield Problem(
                subject.entry("recipients", recipient.id, "links"),
                f"the SDK {recipient.id!r} has no link to its privacy policy",
                "add it to `links`",
            )


@rule(
    "recipient-without-data",
    Level.ERROR,
    source="信管函〔2021〕292号; 网络数据安全管理条例 art. 21(2); GDPR art. 13(1)(e)",
    requirements=("R-026", "R-031", "R-032"),
)
def recipient_without_data(subject: Subject) -> Iterator[Problem]:
    """The list of what is shared says which data each recipient gets."""
    for recipient in subject.pack.recipients.values():
        if not recipient.data:
            yield Problem(
                subject.entry("recipients", recipient.id, "data"),
                f"it is not said which data {recipient.id!r} gets",
                "add [[recipients.data]] with `fields` and `purpose`",
            )


@rule(
    "recipient-without-purpose",
    Level.ERROR,
    source="信管函〔2021〕292号; PIPL art. 6",
    requirements=("R-026", "R-031", "R-032"),
)
def recipient_without_purpose(subject: Subject) -> Iterator[Problem]:
    """Every recipient serves a purpose."""
    for recipient in subject.pack.recipients.values():
        if not recipient.purposes:
            yield Problem(
                subject.entry("recipients", recipient.id, "purposes"),
                f"{recipient.id!r} serves no purpose",
                "name its purposes, or delete it",
            )


@rule(
    "recipient-lists-disagree",
    Level.ERROR,
    source="信管函〔2021〕292号: complete lists",
    requirements=("R-031", "R-032"),
)
def recipient_lists_disagree(subject: Subject) -> Iterator[Problem]:
    """A purpose names the recipients that name it, and the other way round."""
    pack = subject.pack
    for recipient in pack.recipients.values():
        for id_ in recipient.purposes:
            if recipient.id not in pack.purposes[id_].recipients:
                yield Problem(
                    subject.entry("purposes", id_, "recipients"),
                    f"{recipient.id!r} says that it serves {id_!r}, which does not name it",
                    f"add {recipient.id!r} to the purpose, or take the purpose from it",
                )
    for purpose in pack.purposes.values():
        for id_ in purpose.recipients:
            if purpose.id not in pack.recipients[id_].purposes:
                yield Problem(
                    subject.entry("recipients", id_, "purposes"),
                    f"{purpose.id!r} names {id_!r}, which does not say that it serves it",
                    f"add {purpose.id!r} to the recipient, or take the recipient from it",
                )


@rule(
    "recipient-undeclared",
    Level.ERROR,
    source="PIPL arts. 17, 23; 网络数据安全管理条例 art. 21(2); GDPR art. 13(1)(e)",
    requirements=("R-031", "R-038"),
)
def recipient_undeclared(subject: Subject) -> Iterator[Problem]:
    """A purpose that says it gives data away names who gets it."""
    for purpose in subject.pack.purposes.values():
        words = subject.words(purpose.description)
        if not purpose.recipients and words and subject.finds(_GIVEN_AWAY, words):
            yield Problem(
                subject.entry("purposes", purpose.id, "recipients"),
                f"{purpose.id!r} gives data away and names no recipient",
                "declare who gets it under [[recipients]]",
            )


@rule(
    "recipients-only-by-kind",
    Level.WARNING,
    source="PIPL art. 23; 认定方法 part 2(1)",
    requirements=("R-026", "R-038"),
    profiles=CHINA,
)
def recipients_only_by_kind(subject: Subject) -> Iterator[Problem]:
    """Recipients are named, not only called partners, suppliers or third parties."""
    declared = {id_ for r in subject.pack.recipients.values() for id_ in r.clauses}
    for recipient in subject.pack.recipients.values():
        kind = subject.main and _BY_KIND.find(subject.words(recipient.name), subject.main.language)
        if kind and recipient.entity is None:
            yield Problem(
                subject.entry("recipients", recipient.id, "name"),
                f"{recipient.id!r} is named by its kind only: “{kind}”",
                "declare each company under [[recipients]], with `entity`",
            )
    seen: set[str] = set()
    for passage in subject.passages(Layer.POLICY):
        place = passage.place
        if place.entry in declared or place.entry in seen or not _is_main(subject, passage.locale):
            continue
        for sentence in passage.sentences:
            kind = _BY_KIND.find(sentence, passage.language)
            if kind and _GIVING.find(sentence, passage.language):
                seen.add(place.entry)
                yield Problem(
                    place,
                    f"“{kind}” get data and no recipient stands on this clause: "
                    f"“{shortened(sentence)}”",
                    "declare each one under [[recipients]], with this clause",
                )
                break


def _is_main(subject: Subject, locale: str) -> bool:
    return subject.main is not None and subject.main.locale == locale
