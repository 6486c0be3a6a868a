"""The words in which a comparison is told.

The kit's screens pass their own, from the catalogs; commands and lawyers get these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..pack import ChangeKind
from .document_changes import Mark
from .pack_changes import EntryKind, EntryMark, MaterialKind, Touch


@dataclass(frozen=True)
class DiffWording:
    """Every text of a rendering; ``{}`` are slots.

    Attributes:
        marks: What happened to a clause or line.
        same: There is no difference.
        counted: ``{changed}`` clauses of ``{all}``, with ``{marks}`` listed.
        count: One ``{mark}`` and how many times (``{times}``).
        preamble: The text before the first clause.
        throughout: Heading over what was replaced in many places.
        times: ``{old}`` became ``{new}`` in ``{times}`` places.
        link: A link, ``{text}``, led to ``{old}`` and leads to ``{new}``.
        no_link: In place of an address: none.
        from_clause: The line came from the clause ``{title}``.
        to_clause: The line went to the clause ``{title}``.
        stood_under: The clause stood under ``{title}``.
        stands_behind: The clause stands behind ``{title}`` now.
        stands_first: The clause stands first now.
        restyled: Only the look of the line changed.
        versions: From version ``{old}`` to version ``{new}``.
        change_kinds: Material, editorial.
        verdict: The verdict is ``{kind}``.
        declared: The pack declares ``{kind}``, which is not the verdict.
        reasons: Heading over the reasons.
        reason: ``{entry}``: ``{what}`` (``{kind}``; ``{source}``).
        material_kinds: The kinds of material change.
        whole: In place of a field: the entry as a whole.
        ask_again: Heading over the purposes that are asked again.
        ask_nobody: No purpose is asked again.
        touches: What of a purpose was touched.
        to_check: Heading over what a person should read.
        standing: ``{entries}`` stand on the reworded clause ``{clause}``.
        entries: Heading over what changed beside the full text.
        entry_kinds: What an entry is.
        entry_marks: What happened to an entry.
        fields: What a field is called.
        document: Heading over the full text in the language ``{locale}``.
        quoted: A name, ``{}``, in quotation marks.
        between: Stands between the elements of a list.
    """

    marks: Mapping[Mark, str]
    same: str
    counted: str
    count: str
    preamble: str
    throughout: str
    times: str
    link: str
    no_link: str
    from_clause: str
    to_clause: str
    stood_under: str
    stands_behind: str
    stands_first: str
    restyled: str
    versions: str
    change_kinds: Mapping[ChangeKind, str]
    verdict: str
    declared: str
    reasons: str
    reason: str
    material_kinds: Mapping[MaterialKind, str]
    whole: Mapping[EntryMark, str]
    ask_again: str
    ask_nobody: str
    touches: Mapping[Touch, str]
    to_check: str
    standing: str
    entries: str
    entry_kinds: Mapping[EntryKind, str]
    entry_marks: Mapping[EntryMark, str]
    fields: Mapping[str, str]
    document: str
    quoted: str
    between: str


ENGLISH = DiffWording(
    marks={
        Mark.KEPT: "kept",
        Mark.ADDED: "added",
        Mark.REMOVED: "removed",
        Mark.MOVED: "moved",
        Mark.RENUMBERED: "renumbered",
        Mark.RETITLED: "renamed",
        Mark.REWORDED: "reworded",
        Mark.REARRANGED: "rearranged",
        Mark.RELINKED: "links changed",
        Mark.RESTYLED: "only the look changed",
        Mark.RELEVELLED: "another heading level",
        Mark.REIDENTIFIED: "another id",
    },
    same="No difference.",
    counted="{changed} of {all} clauses differ: {marks}.",
    count="{times} {mark}",
    preamble="Before the first clause",
    throughout="In many places",
    times="{old} → {new} ({times} times)",
    link="link “{text}”: {old} → {new}",
    no_link="none",
    from_clause="came from “{title}”",
    to_clause="went to “{title}”",
    stood_under="stood under “{title}”",
    stands_behind="now after “{title}”",
    stands_first="now first",
    restyled="only the look changed",
    versions="From {old} to {new}",
    change_kinds={ChangeKind.MATERIAL: "material", ChangeKind.EDITORIAL: "editorial"},
    verdict="This change is {kind}.",
    declared="The pack declares it {kind}; its content says otherwise.",
    reasons="Why it is material",
    reason="{entry}: {what} ({kind}; {source})",
    material_kinds={
        MaterialKind.SERVICE: "what is done with data",
        MaterialKind.CONTROL: "who is in control",
        MaterialKind.RECIPIENTS: "who gets data",
        MaterialKind.RIGHTS: "rights and how to use them",
        MaterialKind.CONTACT: "whom to contact",
        MaterialKind.RISK: "a risk to be assessed first",
    },
    whole={EntryMark.ADDED: "new", EntryMark.REMOVED: "gone", EntryMark.CHANGED: "changed"},
    ask_again="Purposes to ask again",
    ask_nobody="No purpose is asked again.",
    touches={
        Touch.PURPOSE: "purpose",
        Touch.METHOD: "method",
        Touch.DATA_TYPE: "type of data",
        Touch.RECIPIENT: "recipient",
    },
    to_check="To be read by a person",
    standing="“{clause}” has other words; on it stand: {entries}",
    entries="What the pack declares and says on its screens",
    entry_kinds={
        EntryKind.PACK: "pack",
        EntryKind.CONTROLLER: "controller",
        EntryKind.RULES: "rules of asking",
        EntryKind.PURPOSE: "purpose",
        EntryKind.DATA_CATEGORY: "data category",
        EntryKind.RECIPIENT: "recipient",
        EntryKind.PERMISSION: "permission",
        EntryKind.RIGHT: "right",
        EntryKind.FIRST_NOTICE: "first notice",
        EntryKind.CARD: "summary card",
        EntryKind.PROMPT: "prompt",
        EntryKind.WITHDRAWAL: "words on withdrawing",
    },
    entry_marks={
        EntryMark.ADDED: "added",
        EntryMark.REMOVED: "removed",
        EntryMark.CHANGED: "changed",
    },
    fields={
        "android": "Android permissions",
        "clause": "clause",
        "clauses": "clauses",
        "consent": "kind of consent",
        "cool_down": "time between asks",
        "data": "data",
        "dpv": "DPV terms",
        "entity": "legal name",
        "guardian_below": "age for a guardian’s consent",
        "ios": "iOS key",
        "legal_basis": "legal basis",
        "links": "links",
        "manner": "manner",
        "max_asks": "most asks",
        "minor_below": "age of majority",
        "minors": "whether minors may be given it",
        "necessity": "necessity",
        "notice_required": "whether the notice must be accepted first",
        "prompt": "prompt",
        "refusing": "what refusing costs",
        "request": "when it is requested",
        "storage_location": "place of storage",
        "use": "how often it may be used",
        "valid_for": "how long a consent holds",
        "text": "a number, date, address or link in its clause",
        "versions": "versions",
        "working_days": "deadline in working days",
    },
    document="Full text ({locale})",
    quoted="“{}”",
    between=", ",
)
"""A comparison, told in English."""


CHINESE = DiffWording(
    marks={
        Mark.KEPT: "未变",
        Mark.ADDED: "新增",
        Mark.REMOVED: "删除",
        Mark.MOVED: "移动",
        Mark.RENUMBERED: "编号变化",
        Mark.RETITLED: "标题修改",
        Mark.REWORDED: "文字修改",
        Mark.REARRANGED: "段落换序",
        Mark.RELINKED: "链接变化",
        Mark.RESTYLED: "仅样式变化",
        Mark.RELEVELLED: "标题级别变化",
        Mark.REIDENTIFIED: "标识变化",
    },
    same="没有差别。",
    counted="共{all}条，{changed}条不同：{marks}。",
    count="{mark}{times}条",
    preamble="第一条之前",
    throughout="多处相同的修改",
    times="{old} → {new}（{times}处）",
    link="链接“{text}”：{old} → {new}",
    no_link="无",
    from_clause="从“{title}”移来",
    to_clause="移到“{title}”",
    stood_under="原属“{title}”",
    stands_behind="现在“{title}”之后",
    stands_first="现在最前",
    restyled="仅样式变化",
    versions="从{old}到{new}",
    change_kinds={ChangeKind.MATERIAL: "重大变更", ChangeKind.EDITORIAL: "文字性修改"},
    verdict="这次属于{kind}。",
    declared="政策包声明为{kind}，与内容不符。",
    reasons="属于重大变更的理由",
    reason="{entry}：{what}（{kind}；{source}）",
    material_kinds={
        MaterialKind.SERVICE: "处理什么、怎样处理",
        MaterialKind.CONTROL: "由谁控制",
        MaterialKind.RECIPIENTS: "提供给谁",
        MaterialKind.RIGHTS: "权利及其行使方式",
        MaterialKind.CONTACT: "联系方式",
        MaterialKind.RISK: "须先评估风险",
    },
    whole={EntryMark.ADDED: "新增", EntryMark.REMOVED: "删除", EntryMark.CHANGED: "修改"},
    ask_again="需要重新征得同意的目的",
    ask_nobody="没有需要重新征得同意的目的。",
    touches={
        Touch.PURPOSE: "目的",
        Touch.METHOD: "方式",
        Touch.DATA_TYPE: "信息种类",
        Touch.RECIPIENT: "接收方",
    },
    to_check="需要人工查看",
    standing="“{clause}”的文字有修改，依据它的有：{entries}",
    entries="政策包的声明和界面文字",
    entry_kinds={
        EntryKind.PACK: "政策包",
        EntryKind.CONTROLLER: "个人信息处理者",
        EntryKind.RULES: "询问规则",
        EntryKind.PURPOSE: "目的",
        EntryKind.DATA_CATEGORY: "信息种类",
        EntryKind.RECIPIENT: "接收方",
        EntryKind.PERMISSION: "权限",
        EntryKind.RIGHT: "权利",
        EntryKind.FIRST_NOTICE: "首次提示",
        EntryKind.CARD: "要点",
        EntryKind.PROMPT: "即时提示",
        EntryKind.WITHDRAWAL: "撤回文字",
    },
    entry_marks={
        EntryMark.ADDED: "新增",
        EntryMark.REMOVED: "删除",
        EntryMark.CHANGED: "修改",
    },
    fields={
        "accept": "同意按钮",
        "address": "地址",
        "android": "安卓权限",
        "benefit": "好处",
        "body": "正文",
        "clause": "依据条款",
        "clauses": "依据条款",
        "consent": "同意方式",
        "contacts": "联系方式",
        "cool_down": "询问间隔",
        "data": "信息",
        "default_locale": "优先语言",
        "description": "说明",
        "dpv": "DPV术语",
        "entity": "公司名称",
        "feature": "功能",
        "guardian_below": "须监护人同意的年龄",
        "icon": "图标",
        "impact": "对您的影响",
        "ios": "iOS键名",
        "kind": "类型",
        "label": "按钮",
        "lead": "开头",
        "legal_basis": "法律依据",
        "links": "链接",
        "locales": "语言",
        "manner": "方式",
        "max_asks": "询问次数上限",
        "minor_below": "成年年龄",
        "minors": "是否可用于未成年人",
        "name": "名称",
        "necessity": "必要性",
        "neutral": "中性按钮",
        "notice_required": "是否须先接受提示",
        "permissions": "权限",
        "prompt": "即时提示",
        "purpose": "目的",
        "purposes": "目的",
        "recipients": "接收方",
        "refuse": "不同意按钮",
        "refusing": "不同意的后果",
        "request": "申请时机",
        "retention": "保存期限",
        "role": "角色",
        "scene": "场景",
        "sensitive": "是否敏感",
        "statement": "说明",
        "storage_location": "存放地",
        "surfaces": "适用范围",
        "use": "使用次数",
        "valid_for": "同意的有效期",
        "text": "依据条款中的数字、日期、地址或链接",
        "title": "标题",
        "versions": "版本",
        "working_days": "答复期限（工作日）",
    },
    document="全文（{locale}）",
    quoted="“{}”",
    between="、",
)
"""A comparison, told in Chinese."""
