"""Rules on the tone in which people are asked: no hurry, no shame, no bait, no riddles."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Level, Problem, rule
from .subject import Layer, Passage, Subject
from .words import Words, shortened, size

_URGENCY = Words(
    "(立即|马上|赶快|赶紧|尽快|立刻)(同意|开启|打开|允许|领取|体验|升级|授权|点击|加入)|限时|仅剩|倒计时|"
    "最后(一次|机会|一天)|机不可失|不然就?|否则(您)?将?(无法|不能|会失去)",
    r"\bnow!|\bonly today\b|last chance|hurry|act now|limited time|before it[’']s too late|"
    r"don[’']t miss|or else|otherwise you (will|cannot|can[’']t)",
)
_SHAMING = Words(
    "残忍|狠心|忍痛|含泪|无情|放弃(福利|优惠|保护|安全)|我不需要(安全|保护|优惠)|承担风险|后果自负",
    r"\bI (don[’']t|do not) (care|want|need|like|mind)|\bI[’']d rather\b|"
    r"\bI prefer (to )?(pay|los|miss)|\bI (hate|enjoy) |at your own risk|no thanks, I\b",
)
_REWARD = Words(
    "积分|红包|奖励|奖品|立减|优惠券|礼包|礼品|抽奖|免费(领|送)|现金|返现|代金券",
    r"\brewards?\b|\bbonus|\bcoupons?\b|\bdiscount|\bprizes?\b|\bgifts?\b|\bcash ?back|"
    r"free (ticket|gift)",
)
_DOUBLE_NEGATIVE = Words(
    "不[^，。；！？、]{0,8}不|取消勾选|并非不|不得不|无法不|勿不|关闭(后)?则?不",
    r"\b(uncheck|untick|deselect)\b|\bnot\b[^.,;]{0,40}\b(not|unless|opt[- ]?out)\b|"
    r"\b(don|can)[’']t\b[^.,;]{0,40}\b(not|don[’']t|unless|opt[- ]?out|without not)\b",
)
_INVERTED = Words(
    "^(不|关闭|禁止|停止|拒绝)", r"^(do not|don[’']t|disable|opt[- ]?out|stop|turn off)\b"
)
_VAGUE = Words(
    "(提升|改善|优化|改进|提高|完善)[^，。；]{0,8}(体验|服务|产品|功能|质量)|更(好|优)的?(服务|体验|产品)|"
    "产品研发|服务(需要|所需)|业务(需要|发展)|提供服务|其他(合理)?(目的|用途)",
    r"(improv|enhanc|optimi[sz])\w*[^.;,]{0,24}(experience|services?|products?)|"
    r"better (experience|services?|products?)|business (needs|purposes)|product development|"
    r"(provide|providing) (our |the )?services?|other purposes",
)
_FILLER = Words(
    "我们|您的?|用户|为了?|以便?|用于?|用来|会|将|并|和|与|及|或|的|地|向|给|对|使用|处理|收集|个人|信息|数据|"
    r"[，。；、：\s]",
    r"\b(we|us|our|you|your|users?|to|for|the|a|an|and|or|of|in|with|order|will|may|use|used|using|"
    r"process|collect|personal|information|data)\b|[\s,.;:]+",
)
_ASKED = ("title", "lead", "accept", "refuse", "neutral", "label", "benefit", "feature")


def _asking(subject: Subject) -> Iterator[Passage]:
    """What is shown while a person decides."""
    return subject.passages(Layer.SURFACE, Layer.CHOICE, Layer.SUMMARY)


@rule(
    "urgency",
    Level.ERROR,
    source="网络数据安全管理条例 art. 22(1); EDPB Guidelines 03/2022 (stirring)",
    requirements=("LX-04", "R-083"),
)
def urgency(subject: Subject) -> Iterator[Problem]:
    """Nobody is hurried into a decision."""
    for passage in _asking(subject):
        found = _URGENCY.find(passage.text, passage.language)
        if found:
            yield Problem(
                passage.place, f"“{found}” hurries: “{shortened(passage.text)}”", "take it out"
            )


@rule(
    "shaming",
    Level.ERROR,
    source="EDPB Guidelines 03/2022 (stirring); Mathur et al. 2019",
    requirements=("LX-02", "R-083"),
)
def shaming(subject: Subject) -> Iterator[Problem]:
    """Nobody is shamed for refusing."""
    for passage in _asking(subject):
        found = _SHAMING.find(passage.text, passage.language)
        if found:
            yield Problem(
                passage.place,
                f"“{found}” shames who refuses: “{shortened(passage.text)}”",
                "say the choice plainly",
            )


@rule(
    "reward",
    Level.ERROR,
    source="PIPL art. 5; 网络数据安全管理条例 art. 22(1); 工信部信管函〔2020〕164号",
    requirements=("R-016",),
)
def reward(subject: Subject) -> Iterator[Problem]:
    """Consent is not bought with points, coupons or prizes."""
    for passage in subject.passages(Layer.SURFACE):
        found = _REWARD.find(passage.text, passage.language)
        if found:
            yield Problem(
                passage.place,
                f"“{found}” baits: “{shortened(passage.text)}”",
                "take it out; a prompt tells what the data does",
            )


@rule(
    "double-negative",
    Level.ERROR,
    source="EDPB Guidelines 03/2022; PIPL art. 5",
    requirements=("LX-07", "R-083"),
)
def double_negative(subject: Subject) -> Iterator[Problem]:
    """A choice is worded so that yes means yes."""
    asks = {purpose.id for purpose in subject.pack.purposes.values() if purpose.asks_consent}
    for passage in subject.passages(Layer.SURFACE, Layer.CHOICE):
        named = passage.part == "name" and passage.place.entry.split(".")[1] in asks
        inverted = named and _INVERTED.find(passage.text, passage.language)
        asked = passage.part in (*_ASKED, "name", "description")
        if inverted or (asked and _DOUBLE_NEGATIVE.find(passage.text, passage.language)):
            yield Problem(
                passage.place,
                f"one must think twice what yes means: “{shortened(passage.text)}”",
                "say what happens, not what does not",
            )


@rule(
    "vague-purpose",
    Level.ERROR,
    source="PIPL art. 6: a clear purpose; 认定方法 part 2(1)",
    requirements=("LX-05", "R-026"),
)
def vague_purpose(subject: Subject) -> Iterator[Problem]:
    """A purpose says what is done, not only that things get better."""
    for passage in subject.passages(Layer.SURFACE, Layer.CHOICE):
        if passage.part not in ("description", "feature", "benefit"):
            continue
        found = _VAGUE.find(passage.text, passage.language)
        if found is None:
            continue
        rest = _VAGUE.without(passage.text, passage.language)
        rest = _FILLER.without(rest, passage.language)
        if size(rest, passage.language) < {"zh": 4, "en": 3}[passage.language]:
            yield Problem(
                passage.place,
                f"“{shortened(passage.text)}” says nothing but “{found}”",
                "say which data does what for which function",
            )
