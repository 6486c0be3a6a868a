"""What a button's label says: agrees, refuses plainly, or neither.

An allow-list. A refusal is plain when the grammar derives it; what it does not derive is not
plain, however it is put. That is stricter than a list of bad words, which is never complete.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Saying(StrEnum):
    """``ACCEPT`` agrees, ``DECLINE`` refuses plainly, ``NEITHER`` is anything else."""

    ACCEPT = "accept"
    DECLINE = "decline"
    NEITHER = "neither"


def plain(label: str) -> str:
    """A label as the grammar reads it: one case, one form of every mark, no marks at the ends."""
    flat = unicodedata.normalize("NFKC", label).casefold().replace("’", "'")
    return re.sub(r"\s+", " ", flat).strip(" .。,，·")


def saying(label: str, language: str) -> Saying:
    """What a label says, in ``zh`` or ``en``; in another language nothing is derived."""
    text = plain(label)
    if language in _DECLINE and _DECLINE[language].fullmatch(text):
        return Saying.DECLINE
    if language in _ACCEPT and _ACCEPT[language].fullmatch(text):
        return Saying.ACCEPT
    return Saying.NEITHER


def agrees_to_everything(label: str, language: str) -> bool:
    """Whether a label agrees to everything at once."""
    text = plain(label)
    everything = {"zh": r"全部|所有|一键|一次性", "en": r"\b(all|everything)\b"}
    found = re.search(everything.get(language, r"(?!)"), text)
    return saying(label, language) is Saying.ACCEPT and found is not None


def _whole(pattern: str, **parts: str) -> re.Pattern[str]:
    for name, part in parts.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{part})")
    return re.compile(re.sub(r"\s*\n\s*", "", pattern))


# What a choice is about: a thing, and which of them. One alternative a line would be long.
_ZH_THING = (
    "(?:全部|所有|任何|非必要的?|可选的?|附加的?|此|该|这项|本|个性化|我的|系统|精确|后台|离线|区域)*"
    "(?:授权|开启|使用|访问|提供|推送|通知|消息|定位|位置|相册|相机|照片|麦克风|通讯录|信息|数据|"
    "头像|图片|资料|手机号|生日|剪贴板|微信|登录|cookies?|功能|服务|广告|推荐|跟踪|追踪|协议|条款|政策|"
    "项目?|内容|权限|计划)*"
)
_ZH_GO_ON = (
    "[,，]?(?:并|但)?(?:仅|只|直接)?(?:继续)?(?:浏览|使用|访问|退出|进入|关闭|继续)"
    "(?:基本功能|app)?"
)
_ZH_WHO = "[,，]我是监护人"
_EN_WHICH = (
    "all|any|every|everything|optional|additional|extra|other|unnecessary|non-essential|"
    "nonessential|non-necessary|my|the|this|these|our|your|precise|background|personal|"
    "personali[sz]ed|marketing|advertising|analytics|third-party|of|to|for|selected|this time|them|"
    "regional|offline"
)
_EN_THING = (
    "access|ads|account|album|analytics|app|camera|clipboard|contacts|cookies?|data|feature|"
    "features|information|location|messages|picture|birthday|phone number|microphone|"
    "notifications|permission|personali[sz]ation|photos?|positioning|push|privacy policy|purposes|"
    "selling|services?|sharing|signing in|terms|tracking|updates|vendors|wechat"
)
_EN_GUARDIAN = ",? as (?:the|a) guardian"
_EN_OBJECT = f"(?: (?:{_EN_WHICH}))*(?: (?:{_EN_THING}))?"

_DECLINE = {
    "zh": _whole(
        r"""
        (?:我|先|暂时?|现在|还是|全部|一键|一律|目前)*
        (?:不同意|不允许|不授权|不接受|不开启|不打开|不启用|不使用|不提供|不参加|不加入|不接收|
        不需要|不用|不要|不了|不登录|不共享|不(?:再)?(?:读取|更换|上传|查看|选择|挑选?|发送|保存|记住|共享|关联|
        设置|修改|填写|绑定|添加|删除|清除)|不|拒绝|禁止|谢绝|全部拒绝)
        (?:了)?<thing>?(?:了)?<on>?<who>?(?:[,，]?谢谢)?
        |否|取消|(?:保持|继续)关闭
        |(?:以后|下次|稍后|过后|晚点|之后|改天|回头)再(?:说|开启?|设置?|决定|看|选|问我?)
        |(?:仅|只)(?:使?用|限|接受|允许|同意|保留|开启|提供)*必[要需](?:的|项)?<thing>?
        |(?:仅|只)(?:限)?(?:使?用)?(?:基本|基础)(?:功能|服务|模式)|(?:使用|进入)?(?:仅浏览|基本功能|访客|游客)模式
        |(?:仅|只)浏览|(?:以?游客|访客)(?:身份|模式)?(?:继续)?(?:浏览|使用|访问)
        |继续浏览[,，]不同意
        |(?:手动|自己|自行)(?:选择|输入|填写|搜索|设置)(?:城市|地址|位置|影院|地区)
        """,
        thing=_ZH_THING,
        on=_ZH_GO_ON,
        who=_ZH_WHO,
    ),
    "en": _whole(
        r"""
        (?:no|nope|not (?:now|today|yet|this time|at this time)|(?:maybe |perhaps )?later|
        another time)
        (?:,? (?:thanks?|thank you|(?:go on|continue|keep) browsing))?
        |(?:rather not|prefer not to)(?: say| answer)?
        |no(?: (?:<which>))* (?:<things>)(?: now| for now| yet)?
        |(?:ask|remind) me (?:again )?(?:later|next time|another time)
        |(?:do|decide|choose|set up)(?: this| it)? later
        |(?:no,? )?(?:i )?(?:do not|don't|never|will not|won't|not)[ ]
        (?:agree|consent|accept|allow|permit|share|use|sell|send|collect|track|turn on|enable|
        opt in|join|read|change|upload|open|choose|pick|save|remember|link|add|show|erase|delete)
        (?: it| one)?<object>(?: now| for now| yet)?
        (?:,? (?:thanks|thank you|just browse|only browse)|<guardian>)?
        |(?:no,? )?(?:i )?(?:decline|reject|refuse|deny|disagree|block|disable|opt out|object|
        turn off|keep off|leave off|keep it off|leave it off|switch off)<object>
        (?: (?:and|&) (?:continue|close|proceed|browse|exit|go on))?
        |(?:(?:only|use|accept|allow|keep|continue with|strictly|agree to|just) )*
        (?:necessary|essential|required|needed|basic|what is necessary|what's necessary)
        (?: cookies| data| information| ones| features| functions)?(?: only)?
        |(?:continue|browse|use|use the app|go on|proceed|carry on|enter)(?: app)? without
        (?:<object>| agreeing| accepting| consenting| allowing| signing in| an? account)<object>
        |(?:just browse|browse only|continue as (?:a )?guest|browse as (?:a )?guest)
        |(?:choose|pick|enter|type)(?: in)?(?: a| my| the)? (?:city|address|place|location|cinema)
        (?: by hand| manually| myself)?
        |cancel
        """,
        object=_EN_OBJECT,
        which=_EN_WHICH,
        things=_EN_THING,
        guardian=_EN_GUARDIAN,
    ),
}
_ACCEPT = {
    "zh": _whole(
        r"""
        (?:好的?[,，]|是的?[,，]|行[,，])?(?:我)?(?:已?阅读(?:并|[,，]))?(?:我)?
        (?:一键|全部|始终|本次|仅在?使用(?:app)?(?:时|中|期间)?|使用(?:app)?(?:时|期间)|仅|立即|去|马上|确认|现在|愿意)*
        (?:同意|允许|接受|授权|开启|打开|启用|愿意|参加|加入)
        (?:开启|使用|授权|授予|提供|一次|上述|以上|所选|全部)*<thing>?
        (?:并(?:继续|进入|使用|关闭|开始|登录|注册))?<who>?
        """,
        thing=_ZH_THING,
        who=_ZH_WHO,
    ),
    "en": _whole(
        r"""
        (?:yes|yes,? please)
        |(?:yes,? )?(?:(?:i have |i've |have )?read and )?(?:i )?(?:always )?
        (?:agree|accept|allow|consent|enable|approve|authori[sz]e|turn on|switch on|opt (?:me )?in|
        give (?:my )?consent|grant|share|use|join|sign me up|permit)<object>
        (?: once| while using(?: the)?(?: app)?| always)?
        (?: (?:and|&) (?:continue|close|proceed|start|sign in|go on)|<guardian>)?
        """,
        object=_EN_OBJECT,
        guardian=_EN_GUARDIAN,
    ),
}
