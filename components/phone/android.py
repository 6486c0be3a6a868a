"""Android: exactly the permissions of the pack, and none that a plugin brings along."""

from __future__ import annotations

from ..policy.pack import Pack
from .declaring import NotDeclarable, refused, requested

_PREFIX = "android.permission."

BROUGHT_ALONG = (
    "ACCESS_BACKGROUND_LOCATION",
    "ACCESS_COARSE_LOCATION",
    "ACCESS_FINE_LOCATION",
    "ACCESS_NETWORK_STATE",
    "ACCESS_WIFI_STATE",
    "BLUETOOTH_CONNECT",
    "BLUETOOTH_SCAN",
    "CAMERA",
    "FOREGROUND_SERVICE",
    "FOREGROUND_SERVICE_LOCATION",
    "INTERNET",
    "POST_NOTIFICATIONS",
    "READ_EXTERNAL_STORAGE",
    "READ_MEDIA_AUDIO",
    "READ_MEDIA_IMAGES",
    "READ_MEDIA_VIDEO",
    "READ_MEDIA_VISUAL_USER_SELECTED",
    "READ_PHONE_STATE",
    "RECEIVE_BOOT_COMPLETED",
    "RECORD_AUDIO",
    "VIBRATE",
    "WAKE_LOCK",
    "WRITE_EXTERNAL_STORAGE",
    "WRITE_SETTINGS",
    "com.google.android.gms.permission.AD_ID",
)
"""What Flet itself, its plugins or the build tools may add to a manifest. What the pack does not
request of these is taken out again; taking out what nobody added does no harm."""

_REPLACED = "READ_EXTERNAL_STORAGE"
_REPLACING = ("READ_MEDIA_AUDIO", "READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO")
_LAST_WITH_REPLACED = "32"  # Android 13 is level 33 and asks for what replaces it


def android_permissions(pack: Pack) -> dict[str, bool | dict[str, str]]:
    """What ``[tool.flet.android.permission]`` has to say, by the permission's full name.

    True or a table of attributes declares a permission; False takes it out of the manifest,
    whoever added it.

    Raises:
        NotDeclarable: The pack requests and refuses the same permission.
    """
    asked = {name: it.id for it in requested(pack) for name in it.android}
    barred = {name: it.id for it in refused(pack) for name in it.android}
    for name in sorted(asked.keys() & barred.keys()):
        raise NotDeclarable(
            f"pack.toml requests {name} for the permission {asked[name]!r} and promises under "
            f"{barred[name]!r} never to request it. Delete it from one of the two."
        )
    declared: dict[str, bool | dict[str, str]] = {}
    for name in sorted(asked):
        old = name == _REPLACED and not asked.keys().isdisjoint(_REPLACING)
        declared[_full(name)] = {"maxSdkVersion": _LAST_WITH_REPLACED} if old else True
    for name in sorted({*barred, *BROUGHT_ALONG} - asked.keys()):
        declared[_full(name)] = False
    return declared


def _full(name: str) -> str:
    return name if "." in name else _PREFIX + name
