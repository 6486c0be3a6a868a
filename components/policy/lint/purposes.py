"""Rules on what each purpose must tell: data, period, ground, clause, and what refusing costs."""

from __future__ import annotations

from collections.abc import Iterator

from ..pack import ConsentKind, Necessity, RequestMode
from .model import CHINA, Level, Problem, rule
from .subject import Subject
from .words import Words

_MEASURE = Words(
    r"\d|[一二三四五六七八九十两半]+个?(年|月|周|天|日|小时|分钟)|注销|撤回|关闭|卸载|更换|送达|了结|"
    r"办结|解决|完成|用完|算完|核对后|即删|不保存|不收集|不再需要|期满|法定|法律[^，。；]{0,8}期限|相同|到.{1,24}(时|为止|结束|终止)",
    r"\d|\b(one|two|three|four|five|six|seven|ten|twelve) (hours?|days?|weeks?|months?|years?)|"
    r"\buntil\b|\bas soon as\b|\bdeleted (after|once)\b|not (kept|stored)|nothing (else )?is|"
    r"no information is|statutory|no longer need|same as|as for the same",
)
_SPLIT = Words(
    r"基本(业务)?功能|附加(业务)?功能|扩展(业务)?功能|必要信息",
    r"(basic|core|essential) (functions?|services?|features?)|"
    r"(additional|optional|extra) (functions?|services?|features?)",
)
_BEYOND_NECESSARY = {
    "Location": "location",
    "CurrentLocation": "location",
    "GPSCoordinate": "location",
    "UID": "identifiers",
    "MACAddress": "identifiers",
    "DeviceApplications": "installed apps",
    "BrowsingBehaviour": "browsing history",
    "Biometric": "biometric data",
}


@rule(
    "retention-missing",
    Level.ERROR,
    source="PIPL arts. 17(1)(2), 19; 网络数据安全管理条例 art. 21(1)(3); GDPR art. 13(2)(a)",
    requirements=("R-020", "R-030", "R-042"),
)
def retention_missing(subject: Subject) -> Iterator[Problem]:
    """Every purpose says how long data is kept, or how that is decided."""
    for purpose in subject.pack.purposes.values():
        if purpose.retention is None:
            yield Problem(
                subject.entry("purposes", purpose.id, "retention"),
                f"the purpose {purpose.id!r} does not say how long data is kept",
                "add `retention`: a period, or the event that ends it",
            )


@rule(
    "retention-unmeasurable",
    Level.WARNING,
    source="网络数据安全管理条例 art. 21(1)(3); GDPR art. 13(2)(a)",
    requirements=("R-030", "R-042"),
)
def retention_unmeasurable(subject: Subject) -> Iterator[Problem]:
    """A period of retention is a number or an event that somebody can point at."""
    for purpose in subject.pack.purposes.values():
        if purpose.retention is None:
            continue
        if not subject.finds(_MEASURE, subject.words(purpose.retention)):
            yield Problem(
                subject.entry("purposes", purpose.id, "retention"),
                f"the period of {purpose.id!r} names neither a number nor an event",
                "write a number of days, months or years, or the event that ends it",
            )


@rule(
    "data-kinds-missing",
    Level.ERROR,
    source="PIPL arts. 14(1), 17(1)(2); GDPR art. 6(1)(a)",
    requirements=("R-020", "R-030"),
)
def data_kinds_missing(subject: Subject) -> Iterator[Problem]:
    """A purpose that asks for consent says which data it is about."""
    for purpose in subject.pack.purposes.values():
        if purpose.asks_consent and not purpose.data and not purpose.permissions:
            yield Problem(
                subject.entry("purposes", purpose.id, "data"),
                f"the purpose {purpose.id!r} asks for consent and names no data",
                "list its categories in `data`, or ask only when they are known",
            )


@rule(
    "data-category-unused",
    Level.WARNING,
    source="PIPL art. 6; 认定方法 part 2(1); 信管函〔2021〕292号",
    requirements=("R-026", "R-031", "R-032"),
)
def data_category_unused(subject: Subject) -> Iterator[Problem]:
    """Every category of data has a purpose, and so a row in the list of what is collected."""
    used = {id_ for purpose in subject.pack.purposes.values() for id_ in purpose.data}
    for category in subject.pack.data_categories:
        if category not in used:
            yield Problem(
                subject.entry("data_categories", category),
                f"no purpose uses the data category {category!r}",
                "add it to the purpose that uses it, or delete it",
            )


@rule(
    "purpose-without-clause",
    Level.ERROR,
    source="PIPL art. 17(1)(2); 认定方法 part 2(1)",
    requirements=("R-026", "R-033", "LX-15"),
)
def purpose_without_clause(subject: Subject) -> Iterator[Problem]:
    """Every purpose stands on a clause of the policy."""
    for purpose in subject.pack.purposes.values():
        if not purpose.clauses:
            yield Problem(
                subject.entry("purposes", purpose.id, "clauses"),
                f"the policy has no clause for the purpose {purpose.id!r}",
                "write one, and name it in `clauses`",
            )


@rule(
    "refusing-unexplained",
    Level.WARNING,
    source="PIPL art. 16; 儿童个人信息网络保护规定 art. 10(5)",
    requirements=("R-010", "R-062", "LX-06"),
)
def refusing_unexplained(subject: Subject) -> Iterator[Problem]:
    """What may be refused says what refusing costs."""
    for purpose in subject.pack.purposes.values():
        if purpose.asks_consent and purpose.refusing is None:
            yield Problem(
                subject.entry("purposes", purpose.id, "refusing"),
                f"the purpose {purpose.id!r} does not say what refusing costs",
                "add `refusing`, with what still works",
            )


@rule(
    "basic-purpose-asks-consent",
    Level.ERROR,
    source="PIPL art. 13(1)(2), (3); ISO/IEC 29184 5.4.6",
    requirements=("R-013",),
)
def basic_purpose_asks_consent(subject: Subject) -> Iterator[Problem]:
    """What a basic function needs is not dressed as a choice."""
    for purpose in subject.pack.purposes.values():
        if purpose.necessity is Necessity.BASIC and purpose.asks_consent:
            yield Problem(
                subject.entry("purposes", purpose.id, "consent"),
                f"{purpose.id!r} is called basic and asks for consent",
                'make it necessity = "additional", or rest it on contract or law',
            )


@rule(
    "additional-purpose-without-consent",
    Level.ERROR,
    source="PIPL arts. 13, 16; 常见类型移动互联网应用程序必要个人信息范围规定 arts. 3, 4",
    requirements=("R-010", "R-013"),
)
def additional_purpose_without_consent(subject: Subject) -> Iterator[Problem]:
    """What the person did not come for is asked."""
    for purpose in subject.pack.purposes.values():
        additional = purpose.necessity is Necessity.ADDITIONAL
        if additional and not purpose.asks_consent and purpose.data:
            yield Problem(
                subject.entry("purposes", purpose.id, "consent"),
                f"{purpose.id!r} is additional, uses personal data and asks nobody",
                'ask for it: consent = "ordinary" or "separate"',
            )


@rule(
    "legal-basis-contradicts-consent",
    Level.ERROR,
    source="PIPL art. 13; GDPR arts. 6, 13(1)(c)",
    requirements=("R-013",),
)
def legal_basis_contradicts_consent(subject: Subject) -> Iterator[Problem]:
    """A purpose that asks for consent rests on consent, and only such a one."""
    for purpose in subject.pack.purposes.values():
        rests_on_consent = "Consent" in purpose.legal_basis
        if rests_on_consent is not purpose.asks_consent:
            asks = "asks for consent" if purpose.asks_consent else "asks nobody"
            yield Problem(
                subject.entry("purposes", purpose.id, "legal_basis"),
                f"{purpose.id!r} {asks} and rests on {purpose.legal_basis}",
                "make `consent` and `legal_basis` agree",
            )


@rule(
    "basic-purpose-asks-permission",
    Level.WARNING,
    source="常见类型移动互联网应用程序必要个人信息范围规定 art. 5; 工信部信管函〔2020〕164号",
    requirements=("R-037", "R-071"),
    profiles=CHINA,
)
def basic_purpose_asks_permission(subject: Subject) -> Iterator[Problem]:
    """Basic functions work without a permission that must be asked for."""
    for purpose in subject.pack.purposes.values():
        if purpose.necessity is not Necessity.BASIC:
            continue
        for id_ in purpose.permissions:
            if subject.pack.permissions[id_].request is RequestMode.JUST_IN_TIME:
                yield Problem(
                    subject.entry("purposes", purpose.id, "permissions"),
                    f"the basic purpose {purpose.id!r} asks for the permission {id_!r}",
                    "move what needs the permission to an additional purpose",
                )


@rule(
    "basic-purpose-beyond-necessary",
    Level.WARNING,
    source="常见类型移动互联网应用程序必要个人信息范围规定 art. 5 (its class for cinema tickets is "
    "not settled)",
    requirements=("R-037",),
    profiles=CHINA,
)
def basic_purpose_beyond_necessary(subject: Subject) -> Iterator[Problem]:
    """Basic functions keep to the necessary data that the regulation lists."""
    for purpose in subject.pack.purposes.values():
        if purpose.necessity is not Necessity.BASIC:
            continue
        for id_ in purpose.data:
            terms = (term.partition(":")[2] for term in subject.pack.data_categories[id_].dpv)
            beyond = sorted({_BEYOND_NECESSARY[t] for t in terms if t in _BEYOND_NECESSARY})
            if beyond:
                yield Problem(
                    subject.entry("purposes", purpose.id, "data"),
                    f"the basic purpose {purpose.id!r} uses {id_!r}: {', '.join(beyond)}",
                    "move it to an additional purpose",
                )


@rule(
    "basic-additional-split-missing",
    Level.ERROR,
    source="常见类型移动互联网应用程序必要个人信息范围规定 arts. 3, 4; PIPL art. 16",
    requirements=("R-010", "R-037"),
    profiles=CHINA,
)
def basic_additional_split_missing(subject: Subject) -> Iterator[Problem]:
    """The policy tells basic functions from additional ones."""
    asks = any(p.consent is not ConsentKind.NONE for p in subject.pack.purposes.values())
    if asks and not subject.says(_SPLIT):
        yield Problem(
            subject.policy(subject.pack.default_locale),
            "the text does not tell basic functions from additional ones",
            "say which functions are basic, and that all others may be refused",
        )
