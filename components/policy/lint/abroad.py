"""Rules on data that leaves the country."""

from __future__ import annotations

from collections.abc import Iterator

from ..pack import ConsentKind
from .model import CHINA, Level, Problem, rule
from .subject import Layer, Subject
from .words import Words, shortened

_ABROAD = Words(
    "不在[^。；]{0,12}(境内|法域|司法管辖|国家)|位于[^。；]{0,8}(境外|国外|海外)|(其他|别的)(国家|法域)",
    r"outside (your|the|mainland|of)[^.;]{0,24}(country|jurisdiction|china)|"
    r"(other|another|different) (countr|jurisdiction)|\boverseas\b",
)
_STORED = Words("境内|境外|跨境|存储(地|在)|存放", r"\bstored\b|abroad|country|\bChina\b")


@rule(
    "storage-abroad-without-consent",
    Level.ERROR,
    source="PIPL arts. 38, 39",
    requirements=("R-005", "R-041"),
    profiles=CHINA,
)
def storage_abroad_without_consent(subject: Subject) -> Iterator[Problem]:
    """Data that is kept abroad has a separate consent to the transfer."""
    transfers = subject.purposes_with("CrossBorderTransfer")
    separate = any(purpose.consent is ConsentKind.SEPARATE for purpose in transfers)
    if subject.pack.storage_location != "CN" and not separate:
        yield Problem(
            subject.entry("storage_location"),
            f"data is kept in {subject.pack.storage_location} and no purpose asks for that",
            "add a purpose with dpv:CrossBorderTransfer and separate consent",
        )


@rule(
    "cross-border-incomplete",
    Level.ERROR,
    source="PIPL art. 39; GDPR art. 13(1)(f)",
    requirements=("R-005", "R-041"),
)
def cross_border_incomplete(subject: Subject) -> Iterator[Problem]:
    """A transfer abroad has separate consent and names who receives which data."""
    for purpose in subject.purposes_with("CrossBorderTransfer"):
        lacking = [
            what
            for what, there in (
                ("separate consent", purpose.consent is ConsentKind.SEPARATE),
                ("a recipient", bool(purpose.recipients)),
                ("data", bool(purpose.data)),
            )
            if not there
        ]
        if lacking:
            yield Problem(
                subject.entry("purposes", purpose.id),
                f"the transfer abroad {purpose.id!r} lacks {', '.join(lacking)}",
                "declare each transfer with recipient and data, or ask only when one is planned",
            )


@rule(
    "cross-border-undeclared",
    Level.ERROR,
    source="PIPL arts. 38, 39; GDPR art. 13(1)(f)",
    requirements=("R-041",),
)
def cross_border_undeclared(subject: Subject) -> Iterator[Problem]:
    """A transfer abroad that the text speaks of is declared as a purpose."""
    if subject.purposes_with("CrossBorderTransfer"):
        return
    for passage in subject.passages(Layer.POLICY):
        for sentence in passage.sentences:
            if _ABROAD.find(sentence, passage.language):
                yield Problem(
                    passage.place,
                    f"data goes abroad and no purpose declares it: “{shortened(sentence)}”",
                    "add a purpose with dpv:CrossBorderTransfer, or keep data in the country",
                )


@rule(
    "storage-place-unstated",
    Level.WARNING,
    source="PIPL arts. 36, 38; industry custom states it always",
    requirements=("R-041", "R-062"),
)
def storage_place_unstated(subject: Subject) -> Iterator[Problem]:
    """The policy says in which country data is kept."""
    if not subject.says(_STORED):
        yield Problem(
            subject.policy(subject.pack.default_locale),
            "the text does not say where data is kept",
            "say in which country it is kept",
        )
