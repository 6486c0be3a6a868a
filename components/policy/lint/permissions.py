"""Rules on permissions of the operating system."""

from __future__ import annotations

from collections.abc import Iterator

from ..pack import Necessity, RequestMode
from .model import CHINA, Level, Problem, rule
from .subject import Layer, Subject
from .words import Words, shortened

_BACKGROUND = "ACCESS_BACKGROUND_LOCATION"
_FINE, _COARSE = "ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION"
_ALBUM = {"READ_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO"}
_BOOT = "RECEIVE_BOOT_COMPLETED"
_PICTURES = Words("相册|照片|录像|拍照|拍摄|相机", r"\balbum\b|\bphotos?\b|\bvideos?\b|\bcamera\b")


@rule(
    "permission-without-purpose",
    Level.ERROR,
    source="工信部信管函〔2020〕164号; PIPL art. 6",
    requirements=("R-074",),
)
def permission_without_purpose(subject: Subject) -> Iterator[Problem]:
    """A permission that is used serves a purpose."""
    for permission in subject.pack.permissions.values():
        if permission.request is not RequestMode.NEVER and permission.purpose is None:
            yield Problem(
                subject.entry("permissions", permission.id, "purpose"),
                f"the permission {permission.id!r} is used and serves no purpose",
                'name its `purpose`, or write request = "never"',
            )


@rule(
    "permission-without-prompt",
    Level.ERROR,
    source="认定方法 part 2(3); 信管函〔2021〕292号",
    requirements=("R-028", "R-071"),
)
def permission_without_prompt(subject: Subject) -> Iterator[Problem]:
    """A permission that is asked for is explained at that moment."""
    for permission in subject.pack.permissions.values():
        if permission.request is RequestMode.JUST_IN_TIME and permission.prompt is None:
            yield Problem(
                subject.entry("permissions", permission.id, "prompt"),
                f"the permission {permission.id!r} is asked for without an explanation",
                "write a prompt in prompts.md, and name it in `prompt`",
            )


@rule(
    "background-location",
    Level.ERROR,
    source="industry custom (绿标3.0) and the CAC draft of 2026-01-10; PIPL art. 6",
    requirements=("R-077",),
)
def background_location(subject: Subject) -> Iterator[Problem]:
    """Location is never taken in the background."""
    for permission in subject.pack.permissions.values():
        always = (permission.ios or "").startswith("NSLocationAlways")
        if permission.request is not RequestMode.NEVER and (
            _BACKGROUND in permission.android or always
        ):
            yield Problem(
                subject.entry("permissions", permission.id, "android"),
                f"the permission {permission.id!r} takes location in the background",
                "ask only for location in use, one fix for one gesture",
            )


@rule(
    "precise-location-alone",
    Level.ERROR,
    source="Android's documentation on location; PIPL art. 6",
    requirements=("R-102",),
)
def precise_location_alone(subject: Subject) -> Iterator[Problem]:
    """Precise location is asked for together with approximate location."""
    for permission in subject.pack.permissions.values():
        asked = permission.request is not RequestMode.NEVER
        if asked and _FINE in permission.android and _COARSE not in permission.android:
            yield Problem(
                subject.entry("permissions", permission.id, "android"),
                f"the permission {permission.id!r} leaves no choice of approximate location",
                f"add {_COARSE}",
            )


@rule(
    "album-without-picker",
    Level.WARNING,
    source="Google Play, photo and video permissions; the CAC draft of 2026-01-10",
    requirements=("R-076", "R-103"),
)
def album_without_picker(subject: Subject) -> Iterator[Problem]:
    """Where a system picker serves, the album is not asked for."""
    permissions = subject.pack.permissions.values()
    picked = {p.purpose for p in permissions if p.request is RequestMode.PICKER}
    for permission in permissions:
        asked = permission.request is RequestMode.JUST_IN_TIME
        if asked and _ALBUM & set(permission.android) and permission.purpose not in picked:
            yield Problem(
                subject.entry("permissions", permission.id, "request"),
                f"the permission {permission.id!r} opens the whole album",
                'add a permission with request = "picker" for the same purpose, and prefer it',
            )


@rule(
    "autostart-not-optional",
    Level.ERROR,
    source="工信部信管函〔2020〕164号",
    requirements=("R-075",),
    profiles=CHINA,
)
def autostart_not_optional(subject: Subject) -> Iterator[Problem]:
    """The app starts itself only for people who switched that on."""
    for permission in subject.pack.permissions.values():
        if _BOOT not in permission.android or permission.request is RequestMode.NEVER:
            continue
        purpose = subject.pack.purposes.get(permission.purpose or "")
        if purpose is None or purpose.necessity is Necessity.BASIC or not purpose.asks_consent:
            yield Problem(
                subject.entry("permissions", permission.id, "purpose"),
                f"{permission.id!r} lets the app start itself and nobody is asked",
                "give it an additional purpose of its own that asks for consent",
            )


@rule(
    "permission-undeclared",
    Level.WARNING,
    source="认定方法 part 2(1)",
    requirements=("R-026", "R-074"),
)
def permission_undeclared(subject: Subject) -> Iterator[Problem]:
    """Pictures that the text speaks of have a permission or a picker in the pack."""
    declared = any(
        _ALBUM & set(p.android) or "CAMERA" in p.android or p.request is RequestMode.PICKER
        for p in subject.pack.permissions.values()
    )
    if declared:
        return
    for passage in subject.passages(Layer.POLICY):
        found = _PICTURES.find(passage.text, passage.language)
        if found:
            yield Problem(
                passage.place,
                f"“{found}” is spoken of and no permission is declared for it: "
                f"“{shortened(passage.text)}”",
                "declare the permission or the picker, or say that none is used",
            )
            return
