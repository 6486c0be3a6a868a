"""What a phone's build declares, from a pack: permissions, purpose strings, data collected."""

from .android import android_permissions
from .declaring import NotDeclarable
from .ios import info_plist, info_plist_strings
from .privacy_manifest import privacy_manifest

__all__ = [
    "NotDeclarable",
    "android_permissions",
    "info_plist",
    "info_plist_strings",
    "privacy_manifest",
]
