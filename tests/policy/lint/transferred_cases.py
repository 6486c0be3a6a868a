"""Cases of the rules over recipients, permissions and transfers, and of conflicts."""

from __future__ import annotations

from .cases import PACK, ZH_POLICY, Case, Change, said
from .toml_parts import (
    BROWSING,
    COARSE,
    ENTITY,
    HANDLER,
    LINKS,
    MAPS_DATA,
    PERSONAL,
    TO_ABROAD,
    declared,
    permission,
)

_BOOT = 'android = ["RECEIVE_BOOT_COMPLETED"]\n'
_INSTALLED = 'request = "install-time"\n'
_WITHOUT_ENTITY: Change = (PACK, ENTITY, "")
_WITHOUT_LINKS: Change = (PACK, LINKS, "")
_SINGAPORE: Change = (PACK, '"CN"', '"SG"')

RECIPIENTS = (
    Case(
        "handler-without-entity", "recipients.maps.entity", (HANDLER, _WITHOUT_ENTITY), (HANDLER,)
    ),
    Case(
        "handler-without-entity",
        "recipients.maps.entity",
        (HANDLER, _WITHOUT_ENTITY),
        (HANDLER, _WITHOUT_ENTITY, (PACK, '"dpv:Consent"', '"dpv:LegalObligation"')),
    ),
    Case("processor-without-entity", "recipients.maps.entity", (_WITHOUT_ENTITY,)),
    Case("handler-without-contact", "recipients.maps.links", (HANDLER, _WITHOUT_LINKS), (HANDLER,)),
    Case("sdk-without-policy-link", "recipients.maps.links", (_WITHOUT_LINKS,)),
    Case("recipient-without-data", "recipients.maps.data", ((PACK, MAPS_DATA, ""),)),
    Case(
        "recipient-without-purpose",
        "recipients.maps.purposes",
        ((PACK, 'purposes = ["nearby"]\n', ""), (PACK, 'recipients = ["maps"]\n', "")),
    ),
    Case(
        "recipient-lists-disagree",
        "recipients.maps.purposes",
        ((PACK, 'purposes = ["nearby"]\n', ""),),
    ),
    Case(
        "recipient-lists-disagree",
        "purposes.nearby.recipients",
        ((PACK, 'recipients = ["maps"]\n', ""),),
    ),
    Case(
        "recipient-undeclared",
        "purposes.browsing.recipients",
        declared("看影片，不用个人信息。", "把信息交给广告合作伙伴。"),
    ),
    Case(
        "recipients-only-by-kind",
        "storage",
        said("我们把信息提供给合作伙伴。"),
        said("我们不提供信息，也没有伙伴。"),
    ),
    Case(
        "recipients-only-by-kind",
        "recipients.maps.name",
        (_WITHOUT_ENTITY, (PACK, 'zh_Hans = "地图", en', 'zh_Hans = "地图供应商", en')),
        ((PACK, 'zh_Hans = "地图", en', 'zh_Hans = "地图供应商", en'),),
    ),
)

PERMISSIONS = (
    Case(
        "permission-without-purpose",
        "permissions.network.purpose",
        ((PACK, 'purpose = "browsing"\n', ""),),
        ((PACK, f'{_INSTALLED}purpose = "browsing"\n', 'request = "never"\n'),),
    ),
    Case(
        "background-location",
        "permissions.location.android",
        ((PACK, COARSE, 'android = ["ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION"]'),),
        (permission("background", 'request = "never"\nandroid = ["ACCESS_BACKGROUND_LOCATION"]'),),
    ),
    Case(
        "background-location",
        "permissions.location.android",
        ((PACK, "NSLocationWhenInUseUsageDescription", "NSLocationAlwaysUsageDescription"),),
    ),
    Case(
        "precise-location-alone",
        "permissions.location.android",
        ((PACK, COARSE, 'android = ["ACCESS_FINE_LOCATION"]'),),
        ((PACK, COARSE, 'android = ["ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION"]'),),
    ),
    Case(
        "album-without-picker",
        "permissions.location.request",
        ((PACK, COARSE, 'android = ["READ_MEDIA_IMAGES"]'),),
        (
            (PACK, COARSE, 'android = ["READ_MEDIA_IMAGES"]'),
            (
                PACK,
                'permissions = ["location"]\nrecipients',
                'permissions = ["location", "pick"]\nrecipients',
            ),
            permission("pick", 'request = "picker"\npurpose = "nearby"'),
        ),
    ),
    Case(
        "autostart-not-optional",
        "permissions.network.purpose",
        ((PACK, _INSTALLED, _INSTALLED + _BOOT),),
        ((PACK, _INSTALLED, 'request = "never"\n' + _BOOT),),
    ),
    Case("permission-undeclared", "storage", said("您可以上传照片。"), said("您可以上传文字。")),
    Case(
        "permission-undeclared",
        "storage",
        said("您可以上传照片。"),
        (
            *said("您可以上传照片。"),
            permission("camera", 'request = "never"\nandroid = ["CAMERA"]'),
        ),
    ),
)

ABROAD = (
    Case(
        "storage-abroad-without-consent",
        "storage_location",
        (_SINGAPORE,),
        (_SINGAPORE, TO_ABROAD),
    ),
    Case(
        "cross-border-incomplete",
        "purposes.nearby",
        (TO_ABROAD, (PACK, 'recipients = ["maps"]\n', "")),
        (TO_ABROAD,),
    ),
    Case(
        "cross-border-undeclared",
        "storage",
        said("接收方可能不在您所在的法域。"),
        (*said("接收方可能不在您所在的法域。"), TO_ABROAD),
    ),
    Case(
        "storage-place-unstated",
        "",
        (
            (ZH_POLICY, "## 存放和安全", "## 安全"),
            (ZH_POLICY, "信息存放在中国境内。跨境时用标准合同。", "用标准合同。"),
            (ZH_POLICY, "保存期限、存放地点、", "保存期限、"),
        ),
    ),
)

_ONLY_DISTANCE: Change = (ZH_POLICY, "- 只取一次\n", "- 位置只用来算距离\n")

CONFLICTS = (
    Case(
        "personalised-without-switch",
        "purposes.nearby.clauses",
        (PERSONAL,),
        (PERSONAL, (ZH_POLICY, "- 只取一次\n", "- 只取一次，可以关闭\n")),
    ),
    Case(
        "personalised-without-switch",
        "purposes.nearby.consent",
        (PERSONAL, (PACK, 'consent = "separate"', 'consent = "none"')),
    ),
    Case(
        "recommendation-conflict",
        "purposes.nearby.data",
        ((ZH_POLICY, "- 只取一次\n", "- 每个人看到的都一样\n"),),
    ),
    Case(
        "self-start-conflict",
        "storage",
        said("自启动是必要的。不同意就不会自启动。"),
        said("自启动不是必要的。不同意就不会自启动。"),
    ),
    Case(
        "self-start-conflict",
        "storage",
        said("自启动是必要的。不同意就不会自启动。"),
        said("自启动是必要的。"),
    ),
    Case(
        "location-promise-conflict",
        "location",
        (_ONLY_DISTANCE, (PACK, BROWSING, 'data = ["place"]\n' + BROWSING)),
        (_ONLY_DISTANCE,),
    ),
    Case(
        "location-promise-conflict",
        "location",
        (_ONLY_DISTANCE, (PACK, BROWSING, 'data = ["place"]\n' + BROWSING)),
        (
            (ZH_POLICY, "- 只取一次\n", "- 位置只用来算距离，浏览时也用\n"),
            (PACK, BROWSING, 'data = ["place"]\n' + BROWSING),
        ),
    ),
    Case(
        "location-promise-conflict",
        "storage",
        (
            *said("位置只用来算距离。"),
            (
                PACK,
                'id = "place"\nname = { zh_Hans = "位置", en = "Location" }',
                'id = "place"\nname = { zh_Hans = "资料", en = "Profile" }',
            ),
        ),
        said("位置只用来算距离。"),
    ),
    Case(
        "location-promise-conflict",
        "once",
        (
            ("2021-11-01/zh_Hans/summary.md", "位置只取一次", "位置只用来算距离"),
            (PACK, BROWSING, 'data = ["place"]\n' + BROWSING),
        ),
    ),
    Case(
        "location-promise-conflict",
        "location",
        (
            ("2021-11-01/en/prompts.md", "Nearest first", "Location is used only for distance"),
            (PACK, BROWSING, 'data = ["place"]\n' + BROWSING),
        ),
    ),
)

TRANSFERRED = (*RECIPIENTS, *PERMISSIONS, *ABROAD, *CONFLICTS)
