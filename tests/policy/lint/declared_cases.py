"""Cases of the rules over the parties, versions and purposes in ``pack.toml``."""

from __future__ import annotations

from .cases import PACK, ZH_POLICY, Case, said
from .toml_parts import (
    BROWSING,
    CONTROLLER,
    EMAIL,
    HANDLER,
    NEARBY,
    PHONE,
    SECOND_HANDLER,
    declared,
    permission,
)

PARTIES = (
    Case("controller-missing", "controller", ((PACK, CONTROLLER, ""),)),
    Case("contact-missing", "controller.contacts", ((PACK, PHONE + EMAIL, ""),)),
    Case(
        "complaint-channel-missing",
        "controller.contacts",
        ((PACK, 'use.zh_Hans = "投诉"', 'use.zh_Hans = "问"'), (PACK, "负责人：投诉", "负责人")),
        ((PACK, 'use.zh_Hans = "投诉"', 'use.zh_Hans = "问"'),),
    ),
    Case("complaint-channels-few", "controller.contacts", ((PACK, "负责人：投诉", "负责人"),)),
    Case(
        "complaint-by-phone-only",
        "controller.contacts",
        ((PACK, "负责人：投诉", "负责人"),),
        ((PACK, 'use.zh_Hans = "投诉"', 'use.zh_Hans = "问"'),),
    ),
    Case(
        "electronic-channel-missing",
        "controller.contacts",
        ((PACK, 'kind = "email"', 'kind = "post"'),),
        ((PACK, 'kind = "email"', 'kind = "form"'),),
    ),
    Case("protection-officer-unnamed", "controller", ((PACK, "个人信息保护负责人：", ""),)),
)

VERSIONS = (
    Case(
        "publication-date-missing",
        "versions.2021-11-01.published",
        ((PACK, "published = 2021-10-20\n", ""),),
    ),
    Case(
        "effective-date-missing",
        "versions.2021-11-01.effective",
        ((PACK, "effective = 2021-11-01\n", ""),),
    ),
    Case(
        "effective-before-published",
        "versions.2021-11-01.effective",
        ((PACK, "published = 2021-10-20", "published = 2021-11-02"),),
        ((PACK, "published = 2021-10-20", "published = 2021-11-01"),),
    ),
    Case(
        "dates-not-in-text",
        "",
        ((ZH_POLICY, "2021年10月20日发布，", ""),),
        ((ZH_POLICY, "2021年10月20日", "2021-10-20"),),
    ),
)

PURPOSES = (
    Case(
        "retention-missing",
        "purposes.nearby.retention",
        declared('retention = { zh_Hans = "用完即删。", en = "Deleted after use." }\n', ""),
    ),
    Case(
        "retention-unmeasurable",
        "purposes.nearby.retention",
        declared("用完即删。", "在必要的期间内保存。"),
        declared("用完即删。", "保存三年。"),
    ),
    Case(
        "data-kinds-missing",
        "purposes.nearby.data",
        (
            (PACK, f'{NEARBY}\npermissions = ["location"]\n', ""),
            (PACK, 'purpose = "nearby"\n', 'purpose = "browsing"\n'),
            (PACK, BROWSING, BROWSING.replace('["network"]', '["network", "location"]')),
        ),
        declared(NEARBY, 'data = ["phone"]'),
    ),
    Case(
        "data-category-unused",
        "data_categories.phone",
        declared(NEARBY, 'data = ["place"]'),
    ),
    Case(
        "purpose-without-clause",
        "purposes.nearby.clauses",
        declared('clauses = ["location", "collect"]\n', ""),
    ),
    Case(
        "refusing-unexplained",
        "purposes.nearby.refusing",
        declared('refusing = { zh_Hans = "手动选城市。", en = "Choose a city by hand." }\n', ""),
    ),
    Case(
        "basic-purpose-asks-consent",
        "purposes.nearby.consent",
        declared('necessity = "additional"', 'necessity = "basic"'),
    ),
    Case(
        "additional-purpose-without-consent",
        "purposes.browsing.consent",
        declared('necessity = "basic"', 'data = ["phone"]\nnecessity = "additional"'),
        declared('necessity = "basic"', 'necessity = "additional"'),
    ),
    Case(
        "legal-basis-contradicts-consent",
        "purposes.nearby.legal_basis",
        declared('"dpv:Consent"', '"dpv:ContractPerformance"'),
        declared('"dpv:Consent"', '"dpv:ExpressedConsent"'),
    ),
    Case(
        "basic-purpose-asks-permission",
        "purposes.browsing.permissions",
        declared('permissions = ["network"]', 'permissions = ["network", "location"]'),
    ),
    Case(
        "basic-purpose-beyond-necessary",
        "purposes.browsing.data",
        (
            (PACK, BROWSING, 'data = ["phone"]\n' + BROWSING),
            (PACK, '["pd:TelephoneNumber"]', '["pd:UID"]'),
        ),
        ((PACK, BROWSING, 'data = ["phone"]\n' + BROWSING),),
    ),
    Case(
        "basic-additional-split-missing",
        "",
        (
            (
                ZH_POLICY,
                "浏览是基本功能；附近影院是附加功能，默认关闭。",
                "有浏览和附近影院，默认关闭。",
            ),
        ),
    ),
)

SEPARATE = (
    Case(
        "sensitive-without-separate-consent",
        "purposes.nearby.consent",
        declared('consent = "separate"', 'consent = "ordinary"'),
        (
            (PACK, 'consent = "separate"', 'consent = "ordinary"'),
            (PACK, "sensitive = true", "sensitive = false"),
        ),
    ),
    Case(
        "sensitive-consent-uninformed",
        "purposes.nearby.data",
        (
            (PACK, 'permissions = ["location"]\nrecipients', "recipients"),
            (
                PACK,
                'purpose = "nearby"\nprompt = "location"\n',
                'prompt = "location"\npurpose = "browsing"\n',
            ),
            (PACK, '["network"]', '["network", "location"]'),
        ),
    ),
    Case(
        "sensitive-basis-unexplained",
        "purposes.browsing.data",
        ((PACK, BROWSING, 'data = ["place"]\n' + BROWSING),),
        (
            (PACK, BROWSING, 'data = ["place"]\n' + BROWSING),
            (ZH_POLICY, "浏览是基本功能；", "浏览离不开它；泄露可能影响您。基本功能："),
        ),
    ),
    Case(
        "handler-without-separate-consent",
        "purposes.nearby.consent",
        (HANDLER, (PACK, 'consent = "separate"', 'consent = "ordinary"')),
        (HANDLER,),
    ),
    Case(
        "bundled-permissions",
        "purposes.nearby.permissions",
        (
            (
                PACK,
                'permissions = ["location"]\nrecipients',
                'permissions = ["location", "album"]\nrecipients',
            ),
            permission(
                "album", 'request = "just-in-time"\npurpose = "nearby"\nprompt = "location"'
            ),
        ),
        (
            (
                PACK,
                'permissions = ["location"]\nrecipients',
                'permissions = ["location", "album"]\nrecipients',
            ),
            permission("album", 'request = "picker"\npurpose = "nearby"'),
        ),
    ),
    Case(
        "bundled-handlers",
        "purposes.nearby.recipients",
        (
            HANDLER,
            (PACK, 'recipients = ["maps"]', 'recipients = ["maps", "maps-two"]'),
            SECOND_HANDLER,
        ),
        ((PACK, 'recipients = ["maps"]', 'recipients = ["maps", "maps-two"]'), SECOND_HANDLER),
    ),
    Case(
        "bundled-sensitive-consent",
        "storage",
        said("您同意我们按照本政策处理您的敏感个人信息。"),
        said("您同意本政策，不等于同意处理敏感个人信息。"),
    ),
)

DECLARED = (
    *PARTIES,
    *VERSIONS,
    *PURPOSES,
    *SEPARATE,
)
