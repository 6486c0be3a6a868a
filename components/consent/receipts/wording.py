"""The words of a readable record, in each language it can be read in.

They stand here and not in a catalog: this room knows nothing of the interface, and a record must
still be readable where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...policy.pack import RecipientRole
from ..status import ConsentStatus


@dataclass(frozen=True)
class RecordWording:
    """What a readable record says in one language. Words in braces are filled in.

    Attributes:
        said: For each status what the person, or their guardian, did: ``{who}``, ``{what}``.
        system_said: The same where the operating system answered.
        ended_by_rule: The same where a rule of the app ended a consent; as :attr:`said` otherwise.
        moment: A moment of ``{year}`` ... ``{second}``, ``{month_name}`` and ``{offset}``.
        opening, closing: Quotation marks.
        listing: What stands between the items of a list.
        listing_of_many: The same where the items may be lists themselves.
    """

    title: str
    me: str
    guardian: str
    purpose: str
    base_notice: str
    permission: str
    said: Mapping[ConsentStatus, str]
    system_said: Mapping[ConsentStatus, str]
    ended_by_rule: Mapping[ConsentStatus, str]
    when: str
    moment: str
    months: tuple[str, ...]
    who: str
    address: str
    contact: str
    why: str
    basic: str
    additional: str
    data: str
    sensitive: str
    no_data: str
    recipients: str
    recipient: str
    roles: Mapping[str, str]
    no_recipient: str
    storage: str
    stored_in: str
    shown: str
    notice: str
    policy: str
    policy_in: str
    pressed: str
    nothing_pressed: str
    other_words: str
    nothing_shown: str
    withdrawal: str
    how_to_withdraw: str
    how_to_ask_again: str
    in_system_settings: str
    rights: str
    rights_are: str
    validity: str
    valid_until_withdrawn: str
    valid_until_changed: str
    valid_for: str
    valid_once: str
    day: str
    days: str
    hour: str
    hours: str
    identifiers: str
    record_id: str
    subject_id: str
    sequence: str
    event_hash: str
    previous_hash: str
    digest: str
    listing: str
    listing_of_many: str


CHINESE = RecordWording(
    title="您的选择：记录副本",
    me="您",
    guardian="您的监护人",
    purpose="“{name}”",
    base_notice="{service}的首次隐私告知",
    permission="“{name}”权限",
    said={
        ConsentStatus.UNKNOWN: "没有记录到{who}对{what}的选择。",
        ConsentStatus.REQUESTED: "已就{what}询问{who}，尚未答复。",
        ConsentStatus.DEFERRED: "{who}没有对{what}作出选择，所以没有同意。",
        ConsentStatus.GIVEN: "{who}同意了{what}。",
        ConsentStatus.RENEWED: "{who}再次同意了{what}。",
        ConsentStatus.REFUSED: "{who}没有同意{what}。",
        ConsentStatus.WITHDRAWN: "{who}撤回了对{what}的同意。",
        ConsentStatus.REVOKED: "对{what}的同意已收回。",
        ConsentStatus.EXPIRED: "对{what}的同意已到期。",
        ConsentStatus.INVALIDATED: "对{what}的同意无效。",
    },
    system_said={
        ConsentStatus.GIVEN: "手机系统允许了{what}。",
        ConsentStatus.REFUSED: "手机系统没有允许{what}。",
        ConsentStatus.REVOKED: "{what}已在手机系统里关闭。",
    },
    ended_by_rule={
        ConsentStatus.REQUESTED: "政策有重大变更，对{what}的同意已停止，要重新询问。",
        ConsentStatus.EXPIRED: "对{what}的同意已到期，由应用停止。",
        ConsentStatus.INVALIDATED: "对{what}的同意无效，由应用停止。",
    },
    when="时间：{moment}",
    moment="{year}年{month}月{day}日{hour:02}:{minute:02}:{second:02}（{offset}）",
    months=(),
    who="谁在处理",
    address="地址：{address}",
    contact="{value}（{use}）",
    why="为了什么",
    basic="基本功能",
    additional="附加功能",
    data="用到的信息：{data}",
    sensitive="{name}（敏感）",
    no_data="用到的信息：不用个人信息",
    recipients="交给谁：",
    recipient="{name}，{role}：{fields}",
    roles={
        RecipientRole.PROCESSOR: "受委托处理",
        RecipientRole.HANDLER: "自行处理",
        RecipientRole.JOINT: "与我们共同处理",
    },
    no_recipient="交给谁：不交给任何人",
    storage="存多久：{retention}",
    stored_in="存放在哪里：{country}",
    shown="当时给您看的",
    notice="通知编号：{value}",
    policy="{title}的隐私政策，{version}版",
    policy_in="{title}的隐私政策，{version}版，{language}",
    pressed="按下的是：“{label}”",
    nothing_pressed="没有按任何按钮。",
    other_words="原文不在这份政策里，只能用下面的摘要核对。",
    nothing_shown="应用没有显示文字，记录的是手机系统的设置或应用的规则。",
    withdrawal="怎样改变主意",
    how_to_withdraw="打开应用里的“隐私选择”，随时可以撤回，没有网络也可以。{statement}",
    how_to_ask_again="打开应用里的“隐私选择”，随时可以重新选择。",
    in_system_settings="也可以在手机的系统设置里更改。",
    rights="您的权利",
    rights_are="您可以要求：{rights}。",
    validity="有效期：{until}",
    valid_until_withdrawn="到您撤回为止；政策有重大变更的，会重新征得您同意",
    valid_until_changed="到您另作选择为止",
    valid_for="最长{length}；您提前撤回，或者政策有重大变更的，到那时为止",
    valid_once="每按一次，只用一次",
    day="{number}天",
    days="{number}天",
    hour="{number}小时",
    hours="{number}小时",
    identifiers="核对用的编号",
    record_id="记录编号：{value}",
    subject_id="设备编号：{value}",
    sequence="序号：这台设备上的第{value}条",
    event_hash="本条哈希：{value}",
    previous_hash="上一条哈希：{value}",
    digest="文字摘要：{value}",
    listing="、",
    listing_of_many="；",
)

ENGLISH = RecordWording(
    title="Your choice: a copy of the record",
    me="You",
    guardian="Your guardian",
    purpose="“{name}”",
    base_notice="the first privacy notice of {service}",
    permission="the permission “{name}”",
    said={
        ConsentStatus.UNKNOWN: "No choice about {what} is on record.",
        ConsentStatus.REQUESTED: "A question about {what} was put and is not answered yet.",
        ConsentStatus.DEFERRED: "{who} did not choose about {what}, so there is no consent.",
        ConsentStatus.GIVEN: "{who} agreed to {what}.",
        ConsentStatus.RENEWED: "{who} agreed to {what} again.",
        ConsentStatus.REFUSED: "{who} did not agree to {what}.",
        ConsentStatus.WITHDRAWN: "{who} withdrew consent to {what}.",
        ConsentStatus.REVOKED: "Consent to {what} was ended.",
        ConsentStatus.EXPIRED: "Consent to {what} has run out.",
        ConsentStatus.INVALIDATED: "Consent to {what} does not count.",
    },
    system_said={
        ConsentStatus.GIVEN: "The phone’s system allowed {what}.",
        ConsentStatus.REFUSED: "The phone’s system did not allow {what}.",
        ConsentStatus.REVOKED: "In the phone’s system, {what} was switched off.",
    },
    ended_by_rule={
        ConsentStatus.REQUESTED: "The policy has changed materially, so consent to {what} has "
        "ended and has to be asked for again.",
        ConsentStatus.EXPIRED: "Consent to {what} has run out, so the app ended it.",
        ConsentStatus.INVALIDATED: "Consent to {what} does not count, so the app ended it.",
    },
    when="When: {moment}",
    moment="{day} {month_name} {year}, {hour:02}:{minute:02}:{second:02} ({offset})",
    months=(
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
    who="Who is responsible",
    address="Address: {address}",
    contact="{value} ({use})",
    why="What for",
    basic="basic function",
    additional="additional function",
    data="Information used: {data}",
    sensitive="{name} (sensitive)",
    no_data="Information used: no personal information",
    recipients="Given to:",
    recipient="{name}, {role}: {fields}",
    roles={
        RecipientRole.PROCESSOR: "on our behalf",
        RecipientRole.HANDLER: "on its own responsibility",
        RecipientRole.JOINT: "together with us",
    },
    no_recipient="Given to: nobody",
    storage="How long: {retention}",
    stored_in="Where it is kept: {country}",
    shown="What was shown",
    notice="Notice: {value}",
    policy="Privacy policy of {title}, version {version}",
    policy_in="Privacy policy of {title}, version {version}, in {language}",
    pressed="What was pressed: “{label}”",
    nothing_pressed="No button was pressed.",
    other_words="The exact words are not in the policy at hand. Only the digest below can be "
    "checked.",
    nothing_shown="The app showed no words: this is a setting of the phone’s system, or a rule "
    "of the app.",
    withdrawal="Changing your mind",
    how_to_withdraw="Open “Privacy choices” in the app to withdraw at any time, even without a "
    "network. {statement}",
    how_to_ask_again="Open “Privacy choices” in the app to choose again at any time.",
    in_system_settings="It can also be changed in the phone’s system settings.",
    rights="Your rights",
    rights_are="You can ask for: {rights}.",
    validity="Valid: {until}",
    valid_until_withdrawn="until you withdraw it; after a material change of the policy you are "
    "asked again",
    valid_until_changed="until you choose otherwise",
    valid_for="for {length} at most; less if you withdraw it, or if the policy changes materially",
    valid_once="one use for each press",
    day="{number} day",
    days="{number} days",
    hour="{number} hour",
    hours="{number} hours",
    identifiers="For checking",
    record_id="Record: {value}",
    subject_id="Device: {value}",
    sequence="Number: {value} on this device",
    event_hash="Hash of this entry: {value}",
    previous_hash="Hash of the entry before: {value}",
    digest="Digest of the words: {value}",
    listing=", ",
    listing_of_many="; ",
)

WORDINGS: Mapping[str, RecordWording] = {"zh_Hans": CHINESE, "en": ENGLISH}
"""By Babel locale id."""
