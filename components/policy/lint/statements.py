"""Rules on sentences that claim what the law does not allow."""

from __future__ import annotations

from collections.abc import Iterator

from .model import CHINA, Level, Problem, rule
from .subject import Layer, Subject
from .words import Words, shortened

_IMPLIED = Words(
    r"(使用|登录|注册|浏览|访问|安装)[^。；]{0,40}"
    r"(视为(?!个人信息|匿名)|即表示|表示您|意味着|即代表|代表您|即为|等于|表明您)[^。；]{0,24}(同意|接受|授权|认可)|"
    r"(使用|登录|注册|浏览|访问)[^。；]{0,24}，?(即|就)(已)?(同意|接受)",
    r"\bby (using|continuing|accessing|registering|browsing|installing)\b[^.;]{0,80}"
    r"\byou (agree|consent|accept|acknowledge)|"
    r"\bif you (continue|keep|go on|use)\b[^.;]{0,60}\byou (are deemed|agree|consent|accept)|"
    r"\b(continued use|use of|using)\b[^.;]{0,60}\b(means|constitutes|signifies|implies|deemed|"
    r"counts as|amounts to)\b[^.;]{0,40}\b(consent|agree|accept)",
)
_NOT_IMPLIED = Words(
    "不(算|等于|视为|表示|意味着|代表|会视为)|都不|并不", r"\b(not|never|neither)\b|no(t)? longer"
)
_DEIDENTIFIED = Words(
    "去标识化[^。；]{0,160}(不再|无需|不需|不用|无须|不必|不属于|不是|不视为|不作为)[^。；]{0,16}"
    "(同意|通知|告知|个人信息)|"
    "(设备|日志)[^。；]{0,40}(不属于|不是|不视为|不作为)[^。；]{0,6}个人信息|(?<!对)非个人信息|"
    "(设备|日志)[^。；]{0,40}(无法|不能)[^。；]{0,6}识别[^。；]{0,12}(身份|个人|自然人)",
    r"de-?identified[^.;]{0,80}\b(no longer|not|without|no)\b[^.;]{0,30}"
    r"(personal|consent|notice|notify)|"
    r"\b(device|logs?)\b[^.;]{0,60}\b(is|are) not\b[^.;]{0,20}personal",
)
_STILL = Words("仍|依然|也是|照样|匿名化以后，才", r"\bstill\b|only anonymis")
_EXEMPT = Words(
    "(不|无)(需|用|须)要?[^。；]{0,16}同意|未经[^。；]{0,10}同意|例外|不经您?同意|无须[^。；]{0,8}同意",
    r"without (your|further|prior|the)?[^.;]{0,16}consent|exception|not require[^.;]{0,20}consent",
)
_OLD_EXCEPTION = Words(
    "维护[^。；]{0,16}安全稳定|维护[^。；]{0,12}稳定运行|(发现|处置|排查)[^。；]{0,10}故障|"
    "学术研究?机构|统计或学术研究|审计|尽职调查",
    r"(safe|secure|stable)[^.;]{0,24}(product|service|operation)|(fix|find|handl)\w* faults|"
    r"academic (institution|research)|\baudit|due diligence",
)
_REJECTED = Words(
    "没有把|未(单独)?列|先征得|先(取得|得到)您?的?同意|不在此列",
    r"does not list|not list(ed)?|ask for your consent|only as far as",
)
_DISCLAIMS = Words(
    "(不|无法|不能|概不)(承担|担负?|负)[^。；]{0,12}责任?|不担责|"
    "(不|无法|不能)(能)?保证[^。；]{0,16}(第三方|他们|接收方|遵守|守约)|后果自负",
    r"\b(not|nor) (be )?(liable|responsible|accountable)|no (liability|responsibility)|"
    r"cannot guarantee[^.;]{0,40}(third|partner|recipient|comply|keep)|at your own risk",
)
_MERGER = Words("合并|收购|兼并|破产|资产转让", r"\bmerg(e|er|ing)\b|acqui(re|sition)|bankrupt")
_NAME = Words("名称|姓名|名字|是谁", r"\bnames?\b|\bwho\b")
_CONTACT = Words("联系", r"\bcontact|\breach\b")
_INCIDENT = Words("安全事件|泄露事件|信息泄露", r"incident|breach")
_INCIDENT_SLOTS = {
    "what happened": Words("发生了什么|基本情况|种类|原因|情况", r"what happened|kinds?|causes?"),
    "the possible harm": Words("影响|危害|后果", r"effects?|harm|impact|consequence"),
    "the measures taken": Words("措施|补救|处置", r"measures?|remed|taken"),
    "what people can do": Words(
        "防范|减轻|降低风险|自主", r"protect yourself|reduce|lower|mitigat|guard"
    ),
    "how people are told": Words("告诉您|通知|告知|公告", r"\btell|notif|announce"),
}
_CATCH_ALL = Words(
    "(其他|其它)[^，。；、]{0,12}(信息|资料|数据)|等(个人)?信息|等(相关)?(资料|数据)",
    r"\bother (information|data|details)|and (so on|the like|more)\b|\betc\b|"
    r"other [\w ,]{0,40}(information|data)\b",
)
_COLLECTING = Words(
    "收集|获取|采集|提供给我们|设备信息", r"\bcollect|\bobtain|\bgather|device information"
)


@rule(
    "implied-consent",
    Level.ERROR,
    source="PIPL art. 14(1); 民法典 art. 1035; GDPR art. 4(11)",
    requirements=("R-001",),
)
def implied_consent(subject: Subject) -> Iterator[Problem]:
    """Using the product does not count as consent."""
    for passage in subject.passages(*Layer):
        for sentence in passage.sentences:
            implied = _IMPLIED.find(sentence, passage.language)
            if implied and not _NOT_IMPLIED.find(sentence, passage.language):
                yield Problem(
                    passage.place,
                    f"use is taken for consent: “{shortened(sentence)}”",
                    "let only a tap on the label to accept count",
                )


@rule(
    "deidentified-as-anonymised",
    Level.ERROR,
    source="PIPL arts. 4(1), 73(3), (4); GDPR recital 26",
    requirements=("R-015",),
)
def deidentified_as_anonymised(subject: Subject) -> Iterator[Problem]:
    """De-identified data is treated as personal information."""
    for passage in subject.passages(*Layer):
        for sentence in passage.sentences:
            claim = _DEIDENTIFIED.find(sentence, passage.language)
            if claim and not _STILL.find(sentence, passage.language):
                yield Problem(
                    passage.place,
                    f"what still is personal information is put outside: “{shortened(sentence)}”",
                    "only anonymised data leaves the law; ask, or name another ground",
                )


@rule(
    "exception-older-than-law",
    Level.WARNING,
    source="PIPL art. 13(1)(2)-(7); the older list is GB/T 35273-2020 5.6",
    requirements=("R-013",),
    profiles=CHINA,
)
def exception_older_than_law(subject: Subject) -> Iterator[Problem]:
    """Exceptions from consent are those of the law in force."""
    document_of = {locale: subject.pack.document(locale) for locale in subject.pack.locales}
    for passage in subject.passages(Layer.POLICY):
        document = document_of[passage.locale]
        if passage.place.entry not in document:
            continue
        around = document.clause(passage.place.entry).text
        old = _OLD_EXCEPTION.find(passage.text, passage.language)
        if (
            old
            and _EXEMPT.find(around, passage.language)
            and not _REJECTED.find(passage.text, passage.language)
        ):
            yield Problem(
                passage.place,
                f"“{old}” is no exception of PIPL art. 13: “{shortened(passage.text)}”",
                "drop it, or rest it on performing the contract, or ask",
            )


@rule(
    "liability-disclaimed",
    Level.WARNING,
    source="PIPL arts. 9, 21, 69",
    requirements=("R-038",),
)
def liability_disclaimed(subject: Subject) -> Iterator[Problem]:
    """The controller does not disclaim what the law makes it answer for."""
    for passage in subject.passages(Layer.POLICY, Layer.SUMMARY):
        for sentence in passage.sentences:
            if _DISCLAIMS.find(sentence, passage.language):
                yield Problem(
                    passage.place,
                    f"liability is disclaimed: “{shortened(sentence)}”",
                    "say what you check and what you answer for",
                )


@rule(
    "merger-notice-incomplete",
    Level.WARNING,
    source="PIPL art. 22",
    requirements=("R-039",),
    profiles=CHINA,
)
def merger_notice_incomplete(subject: Subject) -> Iterator[Problem]:
    """When data moves with a merger, people learn the recipient's name and contact."""
    units = [(place, text) for place, text in subject.units() if subject.finds(_MERGER, text)]
    for _, text in units:
        if subject.finds(_NAME, text) and subject.finds(_CONTACT, text):
            return
    for place, _ in units[:1]:
        yield Problem(
            place,
            "a merger may move data, and the recipient's name and contact are not promised",
            "promise to tell both before the move",
        )


@rule(
    "breach-notice-incomplete",
    Level.WARNING,
    source="PIPL art. 57; 网络数据安全管理条例 art. 11",
    requirements=("R-057",),
    profiles=CHINA,
)
def breach_notice_incomplete(subject: Subject) -> Iterator[Problem]:
    """The policy says what people are told after a security incident."""
    units = [(place, text) for place, text in subject.units() if subject.finds(_INCIDENT, text)]
    everything = "\n".join(text for _, text in units)
    missing = [
        what for what, pattern in _INCIDENT_SLOTS.items() if not subject.finds(pattern, everything)
    ]
    if missing:
        yield Problem(
            units[0][0] if units else subject.policy(subject.pack.default_locale),
            f"after a security incident people are not told: {', '.join(missing)}",
            "add it to the clause on security incidents",
        )


@rule(
    "catch-all-collection",
    Level.WARNING,
    source="认定方法 part 2(1); PIPL art. 6",
    requirements=("R-026",),
)
def catch_all_collection(subject: Subject) -> Iterator[Problem]:
    """What is collected is listed one by one, without “and other information”."""
    for category in subject.pack.data_categories.values():
        name = subject.words(category.name)
        if name and subject.finds(_CATCH_ALL_NAME, name):
            yield Problem(
                subject.entry("data_categories", category.id, "name"),
                f"the category “{shortened(name)}” has no end",
                "list its kinds",
            )
    for passage in subject.passages(Layer.POLICY):
        for sentence in passage.sentences:
            catch_all = _CATCH_ALL.find(sentence, passage.language)
            if catch_all and _COLLECTING.find(sentence, passage.language):
                yield Problem(
                    passage.place,
                    f"“{catch_all}” leaves open what is collected: “{shortened(sentence)}”",
                    "list the kinds, or say when each is collected",
                )


_CATCH_ALL_NAME = Words(
    "其他|其它|等$|等信息|之类", r"\bothers?\b|\betc\b|and the like|and so on|misc"
)
