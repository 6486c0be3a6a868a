"""Rules on children: the guardian's consent, rules of their own, and the age itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import CHINA, Level, Place, Problem, rule
from .subject import Layer, Subject
from .thresholds import CHILD_AGE_MOST, GUARDIAN_AGE
from .words import Words, full_width

_GUARDIAN = Words(
    "(监护人|父母|家长)[^。；]{0,20}同意", r"(guardian|parent)[^.;]{0,30}(agree|consent)"
)
_ONLY_ADVISED = Words("建议|鼓励|最好|希望", r"\b(should|encourage|advise|recommend|suggest)")
_CHILD_RULES = Words(
    "(儿童|未成年人)[^。；]{0,12}(规则|政策|指引|声明)",
    r"child(ren)?(’s|'s)?\b[^.;]{0,30}\b(rules|policy|notice)",
)
_GUARDIAN_SLOTS = {
    "purpose and scope": Words("目的|用途|范围", r"purpose|what for|scope"),
    "place of storage": Words("存储地|存放|境内|保存地", r"where|stored|place"),
    "period": Words("期限|保存(到|多久)|多久", r"how long|period|until"),
    "safeguards": Words("安全(措施|保障)|保障措施|保护措施", r"safeguard|security measure"),
    "what refusing means": Words("不同意|拒绝", r"does not|refus"),
    "complaints": Words("投诉|举报", r"complain"),
    "correction and deletion": Words("更正|删除", r"correct|delet"),
}
_ZH_NUMBERS = {"十二": "12", "十三": "13", "十四": "14", "十五": "15", "十六": "16"}
_ZH_AND_UNDER = re.compile(
    r"(\d+)周?岁(?:（含(?:\d+周?岁)?）)?(?:及以下|或以下|以下（含)|不超过(\d+)周?岁"
)
_ZH_UNDER = re.compile(r"(?:不满|未满|低于|小于|不足)(\d+)周?岁|(\d+)周?岁以下(?!（含)")
_EN_AND_UNDER = re.compile(r"(\d+) (?:years )?(?:or|and) (?:under|younger|below)")
_EN_UNDER = re.compile(r"(?:under|younger than|below)(?: the age of)? (?:age )?(\d+)")


def stated_ages(text: str, language: str) -> set[int]:
    """The ages below which a text calls somebody a child: 15 for “14 and under”, 14 for “under 14”.

    Ages that can only mean minors are left out.
    """
    if language == "zh":
        text = full_width(text)
        for word, digits in _ZH_NUMBERS.items():
            text = text.replace(f"{word}岁", f"{digits}岁").replace(f"{word}周岁", f"{digits}周岁")
    inclusive, below = {"zh": (_ZH_AND_UNDER, _ZH_UNDER), "en": (_EN_AND_UNDER, _EN_UNDER)}[
        language
    ]
    ages = {int(next(filter(None, match.groups()))) + 1 for match in inclusive.finditer(text)}
    ages |= {int(next(filter(None, match.groups()))) for match in below.finditer(text)}
    return {age for age in ages if age <= CHILD_AGE_MOST}


@rule(
    "guardian-age-too-low",
    Level.ERROR,
    source="PIPL arts. 28, 31(1); 网络数据安全管理条例 art. 22(3)",
    requirements=("R-060", "R-065"),
    profiles=CHINA,
)
def guardian_age_too_low(subject: Subject) -> Iterator[Problem]:
    """A guardian consents for everybody under 14."""
    age = subject.pack.rules.guardian_below
    if age < GUARDIAN_AGE:
        yield Problem(
            subject.entry("rules", "guardian_below"),
            f"a guardian is asked only below {age}",
            f"write guardian_below = {GUARDIAN_AGE} or more",
        )


@rule(
    "age-threshold-above-statute",
    Level.NOTE,
    source="PIPL art. 28 (under 14); “14 and under” is older custom (GB/T 35273)",
    requirements=("R-065",),
    profiles=CHINA,
)
def age_threshold_above_statute(subject: Subject) -> Iterator[Problem]:
    """A policy that protects older children than the law asks for is held to it."""
    age = subject.pack.rules.guardian_below
    if age > GUARDIAN_AGE:
        yield Problem(
            subject.entry("rules", "guardian_below"),
            f"the policy promises a guardian below {age}, the law asks below {GUARDIAN_AGE}",
            "keep it if it is meant; the promise binds",
        )


@rule(
    "age-threshold-mismatch",
    Level.ERROR,
    source="PIPL arts. 7, 28: truthful and open",
    requirements=("R-060", "R-065"),
)
def age_threshold_mismatch(subject: Subject) -> Iterator[Problem]:
    """The age in the text is the age that the app applies."""
    age = subject.pack.rules.guardian_below
    found: dict[Place, set[int]] = {}
    for passage in subject.passages(*Layer):
        # A clause may contrast its own age with the law's, so it is judged as a whole.
        ages = stated_ages(passage.text, passage.language)
        found.setdefault(passage.place, set()).update(ages)
    for place, ages in found.items():
        if ages and age not in ages:
            stated = ", ".join(f"below {number}" for number in sorted(ages))
            yield Problem(
                place,
                f"the text draws the line {stated}, the pack below {age}",
                "make text and `guardian_below` agree (14 and under means below 15)",
            )


@rule(
    "guardian-consent-missing",
    Level.ERROR,
    source="PIPL art. 31(1); 儿童个人信息网络保护规定 art. 9",
    requirements=("R-060",),
    profiles=CHINA,
)
def guardian_consent_missing(subject: Subject) -> Iterator[Problem]:
    """The policy requires a guardian's consent for children, and does not only advise it."""
    for passage in subject.passages(Layer.POLICY):
        for sentence in passage.sentences:
            required = _GUARDIAN.find(sentence, passage.language)
            if required and not _ONLY_ADVISED.find(sentence, passage.language):
                return
    yield Problem(
        subject.policy(subject.pack.default_locale),
        "the text does not require a guardian's consent for children",
        "say that a guardian must consent before a child gives personal information",
    )


@rule(
    "child-rules-missing",
    Level.ERROR,
    source="PIPL art. 31(2); 儿童个人信息网络保护规定 art. 8",
    requirements=("R-061",),
    profiles=CHINA,
)
def child_rules_missing(subject: Subject) -> Iterator[Problem]:
    """Children's data has rules of its own."""
    if subject.main is None:
        return
    titles = [clause.title for clause in subject.main.texts.document.clauses()]
    if not any(subject.finds(_CHILD_RULES, title) for title in titles):
        yield Problem(
            subject.policy(subject.main.locale),
            "there are no rules on children's personal information",
            "add a clause headed 儿童个人信息处理规则 (rules on children's personal information)",
        )


@rule(
    "guardian-notice-incomplete",
    Level.WARNING,
    source="儿童个人信息网络保护规定 art. 10",
    requirements=("R-062",),
    profiles=CHINA,
)
def guardian_notice_incomplete(subject: Subject) -> Iterator[Problem]:
    """Guardians are told all that the law lists."""
    clauses = [(place, text) for place, text in subject.units() if _names_guardian(subject, text)]
    if not clauses:
        return
    everything = "\n".join(text for _, text in clauses)
    missing = [
        what for what, pattern in _GUARDIAN_SLOTS.items() if not subject.finds(pattern, everything)
    ]
    if missing:
        yield Problem(
            clauses[0][0],
            f"the guardian is not told: {', '.join(missing)}",
            "say it in the clause on guardians, or point to where it stands",
        )


def _names_guardian(subject: Subject, text: str) -> bool:
    return subject.finds(_GUARDIAN, text)
