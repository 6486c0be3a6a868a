"""Rules on separate and bundled consent: sensitive data, other handlers, one thing at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..pack import ConsentKind, Purpose, RecipientRole, RequestMode
from .model import CHINA, Level, Problem, rule
from .subject import Layer, Subject
from .words import Words, shortened

_NECESSITY = Words(
    "为什么(需要|必要)|必要性|离不开|必需|必须|算不出|才能",
    r"why (it|this|we|they)\b|necessary|without (it|this|knowing|them)|\bcannot\b",
)
_IMPACT = Words(
    "影响|风险|危害|伤害",
    r"what it means for you|\b(could|can|may|might) (affect|harm|hurt)|\bimpact\b|\brisks?\b",
)
_BUNDLED = Words(
    r"同意[^。；]{0,30}(本政策|隐私政策|本条款|隐私条款)[^。；]{0,30}敏感|"
    r"敏感(个人)?信息[^。；]{0,30}您(即|就|已)?同意|同意我们[^。；]{0,30}敏感",
    r"you (agree|consent)[^.;]{0,60}sensitive[^.;]{0,60}(policy|notice|terms)|"
    r"sensitive[^.;]{0,80}\byou (agree|consent) (to|that)",
)
_SEPARATELY = Words(r"单独|另外|逐项|不等于", r"separate|on its own|does not mean")


@rule(
    "sensitive-without-separate-consent",
    Level.ERROR,
    source="PIPL art. 29; 网络数据安全管理条例 art. 22(2)",
    requirements=("R-005",),
    profiles=CHINA,
)
def sensitive_without_separate_consent(subject: Subject) -> Iterator[Problem]:
    """Sensitive data that rests on consent has a separate consent."""
    for purpose in subject.pack.purposes.values():
        if subject.is_sensitive(purpose) and purpose.consent is ConsentKind.ORDINARY:
            yield Problem(
                subject.entry("purposes", purpose.id, "consent"),
                f"{purpose.id!r} uses sensitive data with ordinary consent",
                'write consent = "separate"',
            )


@rule(
    "sensitive-consent-uninformed",
    Level.ERROR,
    source="PIPL art. 30; 网络数据安全管理条例 art. 21(1)(2)",
    requirements=("R-006",),
    profiles=CHINA,
)
def sensitive_consent_uninformed(subject: Subject) -> Iterator[Problem]:
    """Who consents to sensitive data is told why it is necessary and what it means for them."""
    for purpose in subject.pack.purposes.values():
        if subject.is_sensitive(purpose) and purpose.asks_consent:
            yield from _uninformed(subject, purpose)


@rule(
    "sensitive-basis-unexplained",
    Level.WARNING,
    source="PIPL art. 30; 网络数据安全管理条例 art. 21(1)(2)",
    requirements=("R-006", "R-030"),
    profiles=CHINA,
)
def sensitive_basis_unexplained(subject: Subject) -> Iterator[Problem]:
    """Sensitive data that rests on contract or law is explained too: necessity and impact."""
    for purpose in subject.pack.purposes.values():
        if subject.is_sensitive(purpose) and not purpose.asks_consent:
            yield from _uninformed(subject, purpose)


def _uninformed(subject: Subject, purpose: Purpose) -> Iterator[Problem]:
    for locale in subject.pack.locales:
        prompts = subject.pack.texts_for(locale).prompts
        ids = {subject.pack.permissions[id_].prompt for id_ in purpose.permissions}
        ids.add(purpose.prompt)
        if any(p.id in ids and p.necessity and p.impact for p in prompts.values()):
            return
    text = subject.clauses_text(purpose.clauses)
    wanted = (("why it is necessary", _NECESSITY), ("what it means for the person", _IMPACT))
    missing = [what for what, pattern in wanted if not subject.finds(pattern, text)]
    if missing:
        yield Problem(
            subject.entry("purposes", purpose.id, "data"),
            f"neither a prompt nor a clause of {purpose.id!r} says {' and '.join(missing)}",
            "say it in its main clause, or in a prompt with `necessity` and `impact`",
        )


@rule(
    "handler-without-separate-consent",
    Level.ERROR,
    source="PIPL art. 23",
    requirements=("R-005", "R-038"),
    profiles=CHINA,
)
def handler_without_separate_consent(subject: Subject) -> Iterator[Problem]:
    """Data goes to another handler on separate consent."""
    for purpose in subject.pack.purposes.values():
        if purpose.consent is not ConsentKind.ORDINARY:
            continue
        for id_ in purpose.recipients:
            if subject.pack.recipients[id_].role is RecipientRole.HANDLER:
                yield Problem(
                    subject.entry("purposes", purpose.id, "consent"),
                    f"{purpose.id!r} gives data to the handler {id_!r} on ordinary consent",
                    'write consent = "separate"',
                )


@rule(
    "bundled-permissions",
    Level.ERROR,
    source="工信部信管〔2023〕26号; 认定方法 part 4",
    requirements=("R-072",),
)
def bundled_permissions(subject: Subject) -> Iterator[Problem]:
    """One consent is for one permission."""
    pack = subject.pack
    asked = [p for p in pack.permissions.values() if p.request is RequestMode.JUST_IN_TIME]
    prompts = Counter(permission.prompt for permission in asked)
    for permission in asked:
        if prompts[permission.prompt] > 1:
            yield Problem(
                subject.entry("permissions", permission.id, "prompt"),
                f"the prompt {permission.prompt!r} asks for several permissions at once",
                "write one prompt for each",
            )
    for purpose in pack.purposes.values():
        own = [p.id for p in asked if p.id in purpose.permissions]
        if len(own) > 1:
            yield Problem(
                subject.entry("purposes", purpose.id, "permissions"),
                f"one consent to {purpose.id!r} covers several permissions: {', '.join(own)}",
                "divide the purpose",
            )


@rule(
    "bundled-handlers",
    Level.WARNING,
    source="PIPL art. 23: the recipient is named to the person, who consents separately",
    requirements=("R-005", "R-038"),
    profiles=CHINA,
)
def bundled_handlers(subject: Subject) -> Iterator[Problem]:
    """One separate consent is for one handler."""
    recipients = subject.pack.recipients
    for purpose in subject.pack.purposes.values():
        handlers = [
            id_ for id_ in purpose.recipients if recipients[id_].role is RecipientRole.HANDLER
        ]
        if purpose.asks_consent and len(handlers) > 1:
            yield Problem(
                subject.entry("purposes", purpose.id, "recipients"),
                f"one consent to {purpose.id!r} covers several handlers: {', '.join(handlers)}",
                "divide the purpose, one for each handler",
            )


@rule(
    "bundled-sensitive-consent",
    Level.ERROR,
    source="PIPL arts. 14, 29; 网络数据安全管理条例 art. 22(2)",
    requirements=("R-005",),
)
def bundled_sensitive_consent(subject: Subject) -> Iterator[Problem]:
    """Agreeing to the policy does not count as agreeing to sensitive processing."""
    for passage in subject.passages(Layer.POLICY, Layer.SUMMARY, Layer.SURFACE):
        for sentence in passage.sentences:
            bundled = _BUNDLED.find(sentence, passage.language)
            if bundled and not _SEPARATELY.find(sentence, passage.language):
                yield Problem(
                    passage.place,
                    f"consent to sensitive data is folded into the policy: “{shortened(sentence)}”",
                    "ask for each sensitive purpose separately, and say so",
                )
