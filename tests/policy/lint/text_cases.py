"""Cases of the rules over texts."""

from __future__ import annotations

from .cases import (
    EN_POLICY,
    EN_PROMPTS,
    EN_SUMMARY,
    PACK,
    ZH_POLICY,
    ZH_PROMPTS,
    ZH_SUMMARY,
    Case,
    said,
)

_LONG_ZH = "长" * 81
_MANY_ZH = "可能有相关的其他东西。" * 20

MINORS = (
    Case(
        "guardian-age-too-low",
        "rules.guardian_below",
        ((PACK, "guardian_below = 14", "guardian_below = 13"),),
    ),
    Case(
        "age-threshold-above-statute",
        "rules.guardian_below",
        ((PACK, "guardian_below = 14", "guardian_below = 15"),),
    ),
    Case(
        "age-threshold-mismatch",
        "minors",
        ((ZH_POLICY, "不满14周岁的人，", "14周岁及以下的人，"),),
        ((ZH_POLICY, "不满14周岁的人，", "不满十四周岁的人，"),),
    ),
    Case(
        "age-threshold-mismatch",
        "storage",
        said("保护14岁以下(含)的儿童。"),
        said("保护14岁以下的儿童。"),
    ),
    Case(
        "guardian-consent-missing",
        "",
        (
            (ZH_POLICY, "要监护人同意", "建议先征得监护人同意"),
            (EN_POLICY, "A guardian must agree for", "We encourage a guardian to agree for"),
            (EN_POLICY, "If the guardian does not agree, the", "The"),
        ),
    ),
    Case("child-rules-missing", "", ((ZH_POLICY, "## 儿童个人信息处理规则", "## 儿童"),)),
    Case("guardian-notice-incomplete", "minors", ((ZH_POLICY, "、安全措施", ""),)),
)

RIGHTS = (
    Case("right-missing", "rights", ((PACK, 'id = "supplement"', 'id = "another"'),)),
    Case(
        "right-without-route",
        "rights.access.clause",
        (
            (ZH_POLICY, "请拨打[400](tel:400)。", "它们存在。"),
            (ZH_POLICY, "打开“我的-隐私”，可以行使各项权利，每项同意都有开关。", "有九项。"),
        ),
    ),
    Case(
        "right-by-support-only",
        "rights.access.clause",
        ((ZH_POLICY, "打开“我的-隐私”，可以行使各项权利，每项同意都有开关。", "有九项。"),),
    ),
    Case(
        "withdrawal-by-support-only",
        "rights.withdraw.clause",
        ((ZH_POLICY, "打开“我的-隐私”，可以行使各项权利，每项同意都有开关。", "有九项。"),),
        ((ZH_POLICY, "打开“我的-隐私”，可以行使各项权利，每项", "每项"),),
    ),
    Case(
        "right-deadline-missing",
        "rights.access.working_days",
        (
            (
                PACK,
                'en = "See your data." }\nclause = "rights"\nworking_days = 15',
                'en = "See." }\nclause = "rights"\nworking_days = 0',
            ),
        ),
    ),
    Case(
        "right-deadline-too-long",
        "rights.access.working_days",
        (
            (
                PACK,
                'en = "See your data." }\nclause = "rights"\nworking_days = 15',
                'en = "See." }\nclause = "rights"\nworking_days = 16',
            ),
        ),
    ),
    Case("deadline-not-in-text", "", ((ZH_POLICY, "15个工作日内答复。", "及时答复。"),)),
    Case(
        "withdrawal-effect-unstated",
        "withdrawal",
        ((ZH_PROMPTS, "撤回前的处理仍然有效。", "停止处理。"),),
    ),
    Case("refusal-reasons-unstated", "", ((ZH_POLICY, "不答应的，说明理由；", ""),)),
    Case("court-route-unstated", "", ((ZH_POLICY, "向法院起诉", "联系我们"),)),
    Case("right-to-explanation-missing", "", ((ZH_POLICY, "，也可以要求解释规则", ""),)),
)

STATEMENTS = (
    Case(
        "implied-consent",
        "storage",
        said("您使用我们的服务，即视为同意本政策。"),
        said("您使用我们的服务，不视为同意。"),
    ),
    Case(
        "implied-consent",
        "storage",
        said("说一句。", "By using the app you agree to this policy."),
        said("说一句。", "Using the app does not mean that you agree."),
    ),
    Case(
        "deidentified-as-anonymised",
        "storage",
        said("去标识化后的信息不再需要您的同意。"),
        said("去标识化（去掉直接标识）后，仍然需要您的同意。"),
    ),
    Case(
        "deidentified-as-anonymised",
        "storage",
        said("单独的设备信息、日志,是不能识别个人身份的信息."),
        said("设备信息和日志，与别的信息放在一起就能识别个人。"),
    ),
    Case(
        "deidentified-as-anonymised",
        "storage",
        said("说一句。", "De-identified data is used without further notice."),
        said("说一句。", "De-identified data is still personal data."),
    ),
    Case(
        "exception-older-than-law",
        "storage",
        said("为排查故障，不需要您的同意。"),
        said("为排查故障，我们先征得您的同意，法律没有把它单独列为例外。"),
    ),
    Case(
        "liability-disclaimed",
        "storage",
        said("我们无法保证第三方遵守约定。"),
        said("我们检查第三方是否遵守约定。"),
    ),
    Case(
        "merger-notice-incomplete",
        "storage",
        ((ZH_POLICY, "合并时，会告诉您接收方的名称和联系方式。", "合并时，会先通知。"),),
    ),
    Case("breach-notice-incomplete", "storage", ((ZH_POLICY, "、您怎样防范", ""),)),
    Case(
        "catch-all-collection",
        "storage",
        said("我们还收集您的其他信息。"),
        said("我们还收集您的订单信息。"),
    ),
    Case(
        "catch-all-collection",
        "data_categories.phone.name",
        ((PACK, 'zh_Hans = "手机号"', 'zh_Hans = "手机号等"'),),
    ),
)

LABELS = (
    Case(
        "label-only-notes", "first-notice", ((ZH_PROMPTS, ":accept: 同意\n", ":accept: 知道了\n"),)
    ),
    Case("label-only-notes", "first-notice", ((EN_PROMPTS, ":accept: Agree", ":accept: Got it"),)),
    Case(
        "label-adorned",
        "first-notice",
        ((ZH_PROMPTS, ":accept: 同意\n", ":accept: 同意，畅享服务\n"),),
    ),
    Case("label-adorned", "first-notice", ((EN_PROMPTS, ":accept: Agree", ":accept: Continue"),)),
    Case(
        "label-refusal-unclear",
        "location",
        ((ZH_PROMPTS, ":refuse: 暂不使用", ":refuse: 离开"),),
        ((ZH_PROMPTS, ":refuse: 暂不使用", ":refuse: 拒绝"),),
    ),
    Case(
        "label-lengths-apart",
        "location",
        ((ZH_PROMPTS, ":refuse: 暂不使用", ":refuse: 暂不使用，我知道这样看不到附近的影院"),),
    ),
    Case(
        "neutral-label-claims-consent",
        "location",
        ((ZH_PROMPTS, ":neutral: 继续", ":neutral: 允许"),),
    ),
)

TONE = (
    Case("urgency", "first-notice", ((ZH_PROMPTS, "请先看要点。", "限时开放。"),)),
    Case(
        "urgency",
        "first-notice",
        ((EN_PROMPTS, "First the key points.", "Last chance to agree."),),
        ((EN_PROMPTS, "First the key points.", "You may agree at any time."),),
    ),
    Case("shaming", "location", ((ZH_PROMPTS, ":refuse: 暂不使用", ":refuse: 残忍拒绝"),)),
    Case(
        "shaming",
        "location",
        ((EN_PROMPTS, ":refuse: Not now", ":refuse: No thanks, I like it far"),),
    ),
    Case("reward", "location", ((ZH_PROMPTS, ":benefit: 由近到远", ":benefit: 送您红包"),)),
    Case(
        "double-negative",
        "location",
        ((ZH_PROMPTS, "## 用位置找影院？", "## 不允许就不再找影院？"),),
    ),
    Case(
        "double-negative",
        "purposes.nearby.name",
        ((PACK, '"附近影院", en', '"关闭附近影院", en'),),
    ),
    Case(
        "vague-purpose",
        "purposes.nearby.description",
        ((PACK, "用位置找影院。", "提升用户体验。"),),
        ((PACK, "用位置找影院。", "用位置找影院，改善排序功能。"),),
    ),
    Case(
        "vague-purpose",
        "location",
        ((EN_PROMPTS, ":feature: Cinemas near you", ":feature: To improve our services"),),
    ),
)

LAYERS = (
    Case("card-title-long", "once", ((ZH_SUMMARY, "## 位置只取一次", f"## {'长' * 26}"),)),
    Case("card-body-long", "once", ((ZH_SUMMARY, "用完\n即删。", f"{'长' * 20}。" * 6),)),
    Case("prompt-slot-long", "location", ((ZH_PROMPTS, ":data: 大致位置", f":data: {'长' * 61}"),)),
    Case(
        "sensitive-unmarked",
        "location",
        ((ZH_POLICY, "[位置]{.sensitive}", "位置"),),
    ),
    Case("sensitive-marked-everywhere", "", said(f"[{'敏感' * 99}]{{.sensitive}}。")),
)

WORDING = (
    Case(
        "duplicate-text",
        "storage",
        (
            (ZH_POLICY, "浏览是基本功能；", f"{'甲乙' * 13}。浏览是基本功能；"),
            *said(f"{'甲乙' * 13}。"),
        ),
        said(f"{'甲乙' * 13}。{'甲乙' * 13}。"),
    ),
    Case(
        "menu-path-mismatch",
        "storage",
        said("打开“我的-设置-账户与安全”。也可以打开“我的-设置-账户安全”。"),
        said("打开“我的-设置-账户与安全”。也可以打开“我的-设置-通知”。"),
    ),
    Case(
        "own-name-mismatch",
        "storage",
        said("见《隐私条款》。"),
        said("见《隐私政策》。"),
    ),
)

READING = (
    Case("sentence-long", "storage", said(f"{_LONG_ZH}。"), said(f"{_LONG_ZH[:80]}。")),
    Case("sentences-long-on-the-whole", "", said(f"{'长' * 50}。" * 20)),
    Case(
        "sentences-long-on-the-whole",
        "",
        tuple(
            (ZH_SUMMARY, old, "长" * 40 + "。")
            for old in ("用完\n即删。", "不同意也能浏览。", "拨打400。")
        ),
    ),
    Case("jargon-unexplained", "storage", said("用到ETag。"), said("用到ETag（一种标记）。")),
    Case(
        "jargon-unexplained",
        "storage",
        said("说一句。", "It uses an ETag for that."),
        said("说一句。", "An ETag is a tag. It uses an ETag for that."),
    ),
    Case("hedges", "", said(_MANY_ZH), said("一定有平等的东西。" * 25)),
    Case("rare-characters", "", said("饕餮甲乙丙丁。" * 90), said("张三甲乙丙丁。" * 90)),
    Case(
        "english-hard-to-read",
        "",
        tuple(
            (
                EN_SUMMARY,
                old,
                "Comprehensive organisational responsibilities necessitate consideration. " * 4,
            )
            for old in ("Deleted after use.", "Browse without agreeing.", "Call 400.")
        ),
    ),
)

TEXTS = (*MINORS, *RIGHTS, *STATEMENTS, *LABELS, *TONE, *LAYERS, *WORDING, *READING)
