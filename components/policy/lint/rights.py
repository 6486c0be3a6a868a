"""Rules on a person's rights: complete, with a route, in time, and withdrawal made easy."""

from __future__ import annotations

from collections.abc import Iterator

from .model import CHINA, Level, Problem, rule
from .subject import Subject
from .thresholds import WORKING_DAYS_MOST
from .words import Words

NINE_RIGHTS = {
    "access": "查阅",
    "copy": "复制",
    "transfer": "转移",
    "correct": "更正",
    "supplement": "补充",
    "delete": "删除",
    "restrict": "限制处理",
    "close-account": "注销账号",
    "withdraw": "撤回同意",
}
"""Ids of the rights that 网络数据安全管理条例 art. 21(1)(4) wants a route for."""

_IN_APP = Words(
    r"打开|点击|点“|“我|我的[-–—→>]|开关|页面|在线|表单|邮箱|邮件|隐私中心",
    r"\bopen\b|\btap\b|“me\b|\bswitch|\bpage\b|online|\bform\b|e-?mail|in the app|settings",
)
_SUPPORT = Words(
    "客服|拨打|致电|电话|写信|来信|书面|联系我们",
    r"\bcall\b|phone|customer service|support|write to|contact us",
)
_WITHDRAW_IN_APP = Words(
    "“我|我的[-–—→>]|开关|隐私中心|应用内|在线", r"“me\b|\bswitch|privacy cent|in the app|online"
)
_STAYS = Words("之前|此前|撤回前|已经?(做|进行)", r"\bbefore\b|earlier|already|previous")
_DEADLINE = Words(
    r"\d+个?(工作日|日|天)内|[一二三四五六七八九十]+个?(工作日|日|天)内",
    r"within [\w –-]{1,24}(working |business )?days|within (a|one) month",
)
_REASONS = Words("理由|原因|为什么", r"\breasons?\b|\bwhy\b")
_COURT = Words("法院|起诉|诉讼", r"\bcourts?\b|\bsue\b|lawsuit|litigation")
_EXPLAIN = Words("解释|说明.{0,6}规则", r"\bexplain|explanation")


@rule(
    "right-missing",
    Level.ERROR,
    source="PIPL arts. 44-48, 15; 网络数据安全管理条例 art. 21(1)(4)",
    requirements=("R-030", "R-050", "R-051", "R-054"),
    profiles=CHINA,
)
def right_missing(subject: Subject) -> Iterator[Problem]:
    """All nine rights are there."""
    for id_, name in NINE_RIGHTS.items():
        if id_ not in subject.pack.rights:
            yield Problem(
                subject.entry("rights"),
                f"the right {id_!r} ({name}) is missing",
                f'add [[rights]] with id = "{id_}" and the clause that tells its route',
            )


@rule(
    "right-without-route",
    Level.ERROR,
    source="PIPL arts. 17(1)(3), 50(1); 网络数据安全管理条例 art. 21(1)(4)",
    requirements=("R-020", "R-030"),
)
def right_without_route(subject: Subject) -> Iterator[Problem]:
    """The clause of a right says how to use it."""
    for right in subject.pack.rights.values():
        text = subject.clauses_text((right.clause,))
        if not (subject.finds(_IN_APP, text) or subject.finds(_SUPPORT, text)):
            yield Problem(
                subject.entry("rights", right.id, "clause"),
                f"the clause {right.clause!r} does not say how to use the right {right.id!r}",
                "name the page, the form or the contact",
            )


@rule(
    "right-by-support-only",
    Level.WARNING,
    source="PIPL art. 50(1), convenient; 网络数据安全管理条例 art. 23",
    requirements=("R-053",),
)
def right_by_support_only(subject: Subject) -> Iterator[Problem]:
    """A right can be used in the app, not only by calling customer service."""
    for right in subject.pack.rights.values():
        text = subject.clauses_text((right.clause,))
        if subject.finds(_SUPPORT, text) and not subject.finds(_IN_APP, text):
            yield Problem(
                subject.entry("rights", right.id, "clause"),
                f"the right {right.id!r} can be used only by asking customer service",
                "offer a page or a form",
            )


@rule(
    "right-deadline-missing",
    Level.ERROR,
    source="认定方法 part 6; 网络数据安全管理条例 art. 23; GDPR art. 12(3)",
    requirements=("R-055",),
)
def right_deadline_missing(subject: Subject) -> Iterator[Problem]:
    """A request is answered in a stated time."""
    for right in subject.pack.rights.values():
        if right.working_days == 0:
            yield Problem(
                subject.entry("rights", right.id, "working_days"),
                f"no time is set for answering {right.id!r}",
                f"write working_days = 1 to {WORKING_DAYS_MOST}",
            )


@rule(
    "right-deadline-too-long",
    Level.ERROR,
    source="认定方法 part 6",
    requirements=("R-054", "R-055"),
    profiles=CHINA,
)
def right_deadline_too_long(subject: Subject) -> Iterator[Problem]:
    """A request is answered within 15 working days."""
    for right in subject.pack.rights.values():
        if right.working_days > WORKING_DAYS_MOST:
            yield Problem(
                subject.entry("rights", right.id, "working_days"),
                f"{right.working_days} working days for {right.id!r} are too long",
                f"answer within {WORKING_DAYS_MOST}",
            )


@rule(
    "deadline-not-in-text",
    Level.WARNING,
    source="认定方法 part 6",
    requirements=("R-055",),
)
def deadline_not_in_text(subject: Subject) -> Iterator[Problem]:
    """The text says in how many days a request is answered."""
    if not subject.says(_DEADLINE):
        yield Problem(
            subject.policy(subject.pack.default_locale),
            "the text does not say in how many days a request is answered",
            f"promise an answer within {WORKING_DAYS_MOST} working days or sooner",
        )


@rule(
    "withdrawal-by-support-only",
    Level.ERROR,
    source="PIPL art. 15(1); 网络数据安全管理条例 art. 21(1)(4); GDPR art. 7(3)",
    requirements=("R-008",),
)
def withdrawal_by_support_only(subject: Subject) -> Iterator[Problem]:
    """Consent is withdrawn in the app, as easily as it was given."""
    right = subject.pack.rights.get("withdraw")
    if right is not None and not subject.finds(
        _WITHDRAW_IN_APP, subject.clauses_text((right.clause,))
    ):
        yield Problem(
            subject.entry("rights", right.id, "clause"),
            f"the clause {right.clause!r} names no switch in the app for withdrawing",
            "say where in the app each consent is switched off",
        )


@rule(
    "withdrawal-effect-unstated",
    Level.ERROR,
    source="PIPL art. 15(2); GDPR art. 7(3)",
    requirements=("R-009",),
)
def withdrawal_effect_unstated(subject: Subject) -> Iterator[Problem]:
    """Who withdraws is told that earlier processing stays lawful."""
    if subject.main is None:
        return
    if not subject.finds(_STAYS, subject.main.texts.withdrawal.statement):
        yield Problem(
            subject.lines.text(subject.main.locale, "prompts.md", "withdrawal"),
            "the words of withdrawing do not say that earlier processing stays lawful",
            "add it to `:statement:`",
        )


@rule(
    "refusal-reasons-unstated",
    Level.WARNING,
    source="PIPL art. 50(1); 网络数据安全管理条例 art. 23",
    requirements=("R-053", "R-064"),
)
def refusal_reasons_unstated(subject: Subject) -> Iterator[Problem]:
    """A request that is refused is refused with reasons."""
    if not subject.says(_REASONS):
        yield Problem(
            subject.policy(subject.pack.default_locale),
            "the text does not promise reasons when a request is refused",
            "say that a refusal comes with its reasons",
        )


@rule(
    "court-route-unstated",
    Level.WARNING,
    source="PIPL art. 50(2)",
    requirements=("R-053",),
    profiles=CHINA,
)
def court_route_unstated(subject: Subject) -> Iterator[Problem]:
    """A person whose request is refused learns that a court is open to them."""
    if not subject.says(_COURT):
        yield Problem(
            subject.policy(subject.pack.default_locale),
            "the text does not say that one may go to court",
            "name the competent court",
        )


@rule(
    "right-to-explanation-missing",
    Level.WARNING,
    source="PIPL art. 48",
    requirements=("R-052",),
    profiles=CHINA,
)
def right_to_explanation_missing(subject: Subject) -> Iterator[Problem]:
    """A person may ask for the rules to be explained."""
    if "explain" not in subject.pack.rights and not subject.says(_EXPLAIN):
        yield Problem(
            subject.policy(subject.pack.default_locale),
            "the text does not say that one may ask for an explanation",
            "say it in the part on rights",
        )
