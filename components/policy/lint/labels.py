"""Rules on the labels of buttons: a clear yes, a clear no, alike in weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Level, Place, Problem, rule
from .subject import Layer, Subject
from .thresholds import LABEL_COLUMNS_APART_MOST
from .words import Words, columns

_ONLY_NOTED = Words(
    "^(好|好的|好吧|行|可以|我?知道了|我?已?(知晓|了解|阅读)|朕知道了|确定|确认|OK|Ok)[。！!]?$",
    r"^(ok(ay)?|got it|i understand|understood|fine|confirm|dismiss|close|yes|i see)[.!]?$",
)
_ADORNED = Words(
    "[！!]|^(继续|下一步)$|更好|优质|畅享|尊享|专属|精彩|立享|轻松|安心|[\U0001f300-\U0001faff]",
    r"!|^(continue|next)$|\b(better|best|enjoy|exclusive|great|awesome|easy)\b|"
    "[\U0001f300-\U0001faff]",
)
_REFUSAL = Words(
    "^(不同意|拒绝|全部拒绝|不允许|不需要|不使用|不接受|不了|暂不|先不|以后再说|仅必要|仅浏览|取消)",
    r"^(no\b|not now|later\b|decline|reject|refuse|disagree|do not|don[’']t|only\b|just\b|"
    r"continue without|cancel|keep off)",
)
_CLAIMS_CONSENT = Words("允许|同意|授权|好的|接受", r"\b(allow|agree|accept|consent|ok|yes)\b")


@dataclass(frozen=True)
class _Pair:
    place: Place
    language: str
    accept: str
    refuse: str


def _pairs(subject: Subject) -> Iterator[_Pair]:
    labels: dict[Place, dict[str, str]] = {}
    for passage in subject.passages(Layer.SURFACE):
        if passage.part in ("accept", "refuse"):
            found = labels.setdefault(passage.place, {"language": passage.language})
            found[passage.part] = passage.text
    for place, found in labels.items():
        yield _Pair(place, **found)


@rule(
    "label-only-notes",
    Level.ERROR,
    source="工信部信管函〔2020〕164号, as app stores test it; PIPL art. 14(1)",
    requirements=("R-001", "R-003", "R-100"),
)
def label_only_notes(subject: Subject) -> Iterator[Problem]:
    """The label to accept says that one agrees; “OK” and “got it” do not."""
    for pair in _pairs(subject):
        if _ONLY_NOTED.find(pair.accept.strip(), pair.language):
            yield Problem(
                pair.place,
                f"“{pair.accept}” does not say that one agrees",
                "write a verb of agreeing: 同意, Agree",
            )


@rule(
    "label-adorned",
    Level.WARNING,
    source="EDPB Guidelines 03/2022 (stirring); 网络数据安全管理条例 art. 22(1)",
    requirements=("LX-03", "R-083"),
)
def label_adorned(subject: Subject) -> Iterator[Problem]:
    """The label to accept carries no praise, exclamation mark or bare “continue”."""
    for pair in _pairs(subject):
        adorned = _ADORNED.find(pair.accept, pair.language)
        if adorned:
            yield Problem(
                pair.place,
                f"the label “{pair.accept}” steers with “{adorned}”",
                "say plainly what one agrees to",
            )


@rule(
    "label-refusal-unclear",
    Level.ERROR,
    source="Mathur et al. 2019 (grammar of refusals); 工信部信管函〔2020〕164号",
    requirements=("R-003", "LX-01"),
)
def label_refusal_unclear(subject: Subject) -> Iterator[Problem]:
    """The label to refuse is a plain no."""
    for pair in _pairs(subject):
        if not _REFUSAL.find(pair.refuse, pair.language):
            yield Problem(
                pair.place,
                f"“{pair.refuse}” is not a plain refusal",
                "begin with 不同意, 拒绝 or 暂不; with No, Don’t, Decline or Not now",
            )


@rule(
    "label-lengths-apart",
    Level.WARNING,
    source="PIPL art. 5; EDPB Guidelines 03/2022; the number is a choice of this project",
    requirements=("R-004",),
)
def label_lengths_apart(subject: Subject) -> Iterator[Problem]:
    """The two labels are about as long, so that neither button is larger."""
    for pair in _pairs(subject):
        apart = abs(columns(pair.accept) - columns(pair.refuse))
        if apart > LABEL_COLUMNS_APART_MOST:
            yield Problem(
                pair.place,
                f"“{pair.accept}” and “{pair.refuse}” differ by {apart} half squares",
                f"bring them within {LABEL_COLUMNS_APART_MOST}",
            )


@rule(
    "neutral-label-claims-consent",
    Level.ERROR,
    source="Apple Human Interface Guidelines, Privacy",
    requirements=("R-105",),
)
def neutral_label_claims_consent(subject: Subject) -> Iterator[Problem]:
    """The one button before a system's own question does not say allow or agree."""
    for passage in subject.passages(Layer.SURFACE):
        if passage.part == "neutral" and _CLAIMS_CONSENT.find(passage.text, passage.language):
            yield Problem(
                passage.place,
                f"the neutral label “{passage.text}” looks like an answer",
                "write 继续 or Continue",
            )
