"""Parts of the good pack's ``pack.toml`` that cases change."""

from __future__ import annotations

from .cases import PACK, Change
from .good_pack import GOOD

_TOML = GOOD[PACK]
CONTROLLER = _TOML[_TOML.index("[controller]") : _TOML.index("[[versions]]")]
PHONE = _TOML[
    _TOML.index("[[controller.contacts]]") : _TOML.index('[[controller.contacts]]\nkind = "email"')
]
EMAIL = _TOML[_TOML.index('[[controller.contacts]]\nkind = "email"') : _TOML.index("[[versions]]")]
MAPS_DATA = _TOML[_TOML.index("[[recipients.data]]") : _TOML.index("[[rights]]")]
NEARBY = 'data = ["place", "phone"]'
BROWSING = 'permissions = ["network"]\nclauses = ["functions"]\n'
ENTITY = 'entity = { zh_Hans = "地图公司", en = "Maps Ltd." }\n'
LINKS = 'links = ["https://maps.example/privacy"]\n'
COARSE = 'android = ["ACCESS_COARSE_LOCATION"]'
HANDLER: Change = (PACK, 'role = "processor"', 'role = "handler"')
TO_ABROAD: Change = (PACK, 'dpv = ["dpv:ServiceProvision"]', 'dpv = ["dpv:CrossBorderTransfer"]')
PERSONAL: Change = (PACK, 'dpv = ["dpv:ServiceProvision"]', 'dpv = ["dpv:DirectMarketing"]')


def declared(old: str, new: str) -> tuple[Change, ...]:
    """One change to what is declared."""
    return ((PACK, old, new),)


def permission(id_: str, lines: str) -> Change:
    """A permission more."""
    head = f'\n[[permissions]]\nid = "{id_}"\nname = {{ zh_Hans = "权限", en = "P" }}\n'
    return (PACK, "", f'{head}description = {{ zh_Hans = "用它。", en = "It." }}\n{lines}\n')


SECOND_HANDLER: Change = (
    PACK,
    "",
    '\n[[recipients]]\nid = "maps-two"\nname = { zh_Hans = "图二", en = "Two" }\nkind = "sdk"\n'
    'role = "handler"\nentity = { zh_Hans = "图二公司", en = "Two Ltd." }\n'
    'scene = { zh_Hans = "定位时", en = "Locating" }\nmanner = { zh_Hans = "接口", en = "By it" }\n'
    'purposes = ["nearby"]\nlinks = ["https://two.example/privacy"]\n'
    '[[recipients.data]]\nfields = { zh_Hans = "位置", en = "Location" }\n'
    'purpose = { zh_Hans = "算距离", en = "Distance" }\n',
)
