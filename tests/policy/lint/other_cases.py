"""Cases of the GDPR's list, and of the rules about waivers."""

from __future__ import annotations

from components.policy.lint import Profile

from .cases import PACK, ZH_POLICY, Case
from .toml_parts import ENTITY

_INTEREST = (PACK, '"dpv:Contract"', '"dpv:LegitimateInterest"')
_SAFEGUARDS = (ZH_POLICY, "跨境时用标准合同。", "")

GDPR = (
    Case(
        "gdpr-right-missing",
        "rights",
        ((PACK, 'id = "object"', 'id = "other"'),),
        profile=Profile.GDPR,
    ),
    Case(
        "legitimate-interest-unnamed",
        "purposes.browsing.legal_basis",
        (_INTEREST,),
        (_INTEREST, (ZH_POLICY, "浏览是基本功能；", "浏览是基本功能，合法利益是安全；")),
        Profile.GDPR,
    ),
    Case(
        "transfer-safeguards-missing",
        "storage_location",
        (_SAFEGUARDS,),
        (_SAFEGUARDS, (PACK, '"CN"', '"DE"')),
        Profile.GDPR,
    ),
    *(
        Case(rule, "", ((ZH_POLICY, words, ""),), profile=Profile.GDPR)
        for rule, words in (
            ("supervisory-authority-missing", "，或向监管机构投诉"),
            ("automated-decisions-unmentioned", "没有自动化决策。"),
            ("data-source-unmentioned", "信息由您提供。"),
            ("not-providing-unexplained", "不提供位置，照样能浏览。"),
        )
    ),
)

WAIVERS = tuple(
    Case(
        rule,
        waived,
        (
            (
                "lint.toml",
                "",
                f'format = 1\n[[waivers]]\nrule = "{waived}"\nplace = "*"\n'
                f'reason = "r"\nuntil = {until}\n',
            ),
            *broken,
        ),
    )
    for rule, waived, until, broken in (
        ("waiver-expired", "processor-without-entity", "2001-01-01", ((PACK, ENTITY, ""),)),
        ("waiver-unknown", "no-such-rule", "2999-01-01", ()),
        ("waiver-unused", "processor-without-entity", "2999-01-01", ()),
    )
)

OTHERS = (*GDPR, *WAIVERS)
