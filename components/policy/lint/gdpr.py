"""Rules of the GDPR's list of what a person is told (arts. 13 and 14)."""

from __future__ import annotations

from collections.abc import Iterator

from .model import GDPR, Level, Problem, rule
from .subject import Subject
from .words import Words

_RIGHTS = {
    "access": "art. 15",
    "correct": "art. 16",
    "delete": "art. 17",
    "restrict": "art. 18",
    "transfer": "art. 20",
    "object": "art. 21",
    "withdraw": "art. 7(3)",
}
_EEA = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI"),
        *("FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU"),
        *("LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
_AUTHORITY = Words(
    "监管机构|监督机构|监管部门[^。；]{0,8}投诉", r"supervisory authorit|data protection authorit"
)
_AUTOMATED = Words("自动化决策|自动化决定|画像", r"automated decision|profiling|solely automat")
_SOURCE = Words(
    "信息来源|来自|从[^。；]{0,20}(取得|获取|获得|得到)|由您[^。；]{0,8}提供|您提供",
    r"\bsource|obtain[^.;]{0,40}from|receive[^.;]{0,40}from|you (give|provide)|third party",
)
_CONSEQUENCE = Words(
    "不提供|不给", r"(if|when) you do not|do not (give|provide)|without (it|them)|you need not"
)
_SAFEGUARDS = Words(
    "标准合同|充分性|适当(的)?保障",
    r"standard contractual|adequacy|appropriate safeguards|binding corporate",
)
_INTEREST = Words("合法利益|正当利益", r"legitimate interests?")


@rule(
    "gdpr-right-missing",
    Level.ERROR,
    source="GDPR arts. 13(2)(b), (c), 14(2)(c), (d)",
    requirements=("R-081",),
    profiles=GDPR,
)
def gdpr_right_missing(subject: Subject) -> Iterator[Problem]:
    """All rights of the GDPR are there, the right to object among them."""
    for id_, article in _RIGHTS.items():
        if id_ not in subject.pack.rights:
            yield Problem(
                subject.entry("rights"),
                f"the right {id_!r} (GDPR {article}) is missing",
                f'add [[rights]] with id = "{id_}"',
            )


def _unsaid(subject: Subject, pattern: Words, what: str, remedy: str) -> Iterator[Problem]:
    if not subject.says(pattern):
        place = subject.policy(subject.pack.default_locale)
        yield Problem(place, f"the text does not say {what}", remedy)


@rule(
    "supervisory-authority-missing",
    Level.ERROR,
    source="GDPR arts. 13(2)(d), 14(2)(e)",
    requirements=("R-081",),
    profiles=GDPR,
)
def supervisory_authority_missing(subject: Subject) -> Iterator[Problem]:
    """A person learns that a supervisory authority takes complaints."""
    what = "that one may complain to a supervisory authority"
    yield from _unsaid(subject, _AUTHORITY, what, "say it in the part on rights")


@rule(
    "automated-decisions-unmentioned",
    Level.WARNING,
    source="GDPR arts. 13(2)(f), 14(2)(g)",
    requirements=("R-081",),
    profiles=GDPR,
)
def automated_decisions_unmentioned(subject: Subject) -> Iterator[Problem]:
    """A person learns whether decisions are automated."""
    what = "whether there is automated decision-making or profiling"
    yield from _unsaid(subject, _AUTOMATED, what, "say so, also if there is none")


@rule(
    "data-source-unmentioned",
    Level.WARNING,
    source="GDPR art. 14(2)(f)",
    requirements=("R-081",),
    profiles=GDPR,
)
def data_source_unmentioned(subject: Subject) -> Iterator[Problem]:
    """A person learns where data comes from that they did not give."""
    yield from _unsaid(subject, _SOURCE, "where data comes from", "name each source")


@rule(
    "not-providing-unexplained",
    Level.WARNING,
    source="GDPR art. 13(2)(e)",
    requirements=("R-081",),
    profiles=GDPR,
)
def not_providing_unexplained(subject: Subject) -> Iterator[Problem]:
    """A person learns what follows from not giving data."""
    what = "what follows from not giving data"
    yield from _unsaid(subject, _CONSEQUENCE, what, "say which function needs which data")


@rule(
    "transfer-safeguards-missing",
    Level.ERROR,
    source="GDPR arts. 13(1)(f), 14(1)(f), 46",
    requirements=("R-041", "R-081"),
    profiles=GDPR,
)
def transfer_safeguards_missing(subject: Subject) -> Iterator[Problem]:
    """Data kept outside the European Economic Area has named safeguards."""
    country = subject.pack.storage_location
    if country not in _EEA and not subject.says(_SAFEGUARDS):
        yield Problem(
            subject.entry("storage_location"),
            f"data is kept in {country} and the text names no safeguards",
            "name the adequacy decision or the standard contractual clauses",
        )


@rule(
    "legitimate-interest-unnamed",
    Level.ERROR,
    source="GDPR arts. 13(1)(d), 14(2)(b)",
    requirements=("R-081",),
    profiles=GDPR,
)
def legitimate_interest_unnamed(subject: Subject) -> Iterator[Problem]:
    """A purpose that rests on legitimate interest says which."""
    for purpose in subject.pack.purposes.values():
        if "LegitimateInterest" not in purpose.legal_basis:
            continue
        if not subject.finds(_INTEREST, subject.clauses_text(purpose.clauses)):
            yield Problem(
                subject.entry("purposes", purpose.id, "legal_basis"),
                f"no clause of {purpose.id!r} says which legitimate interest it serves",
                "name the interest in the main clause",
            )
