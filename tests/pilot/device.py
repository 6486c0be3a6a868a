"""The phone, browser or desktop that an app under test believes to run on."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import flet as ft

Answer = Callable[[dict[str, Any]], Any] | object
"""What a client method returns: a value, or a function (or coroutine function) of its arguments.

A function that raises makes the call fail in the app with a `RuntimeError`, as on a device.
"""

_DEVICE_INFO = {
    "android": ft.AndroidDeviceInfo,
    "android_tv": ft.AndroidDeviceInfo,
    "ios": ft.IosDeviceInfo,
    "macos": ft.MacOsDeviceInfo,
    "linux": ft.LinuxDeviceInfo,
    "windows": ft.WindowsDeviceInfo,
}
_GEOLOCATOR_STATUS = {"granted": "whileInUse", "permanentlyDenied": "deniedForever"}


@dataclass
class Device:
    """State outside the app that survives a restart: give it to the next `running(...)` as well.

    Permissions are named and valued as on the wire of flet-permission-handler: `camera`,
    `locationWhenInUse`; `granted`, `denied`, `permanentlyDenied`, `restricted`, `limited`.
    """

    preferences: dict[str, Any] = field(default_factory=dict)
    """What `SharedPreferences` holds."""
    permissions: dict[str, str] = field(default_factory=dict)
    """Status of each permission now; `denied` (not yet asked) where absent."""
    permission_answers: dict[str, str] = field(default_factory=dict)
    """What the person will answer to the system's own question; `denied` where absent."""
    position: dict[str, float] = field(
        default_factory=lambda: {"latitude": 31.2304, "longitude": 121.4737, "accuracy": 20.0}
    )
    """Where the device is, in degrees and metres."""
    files_to_pick: list[dict[str, Any]] = field(default_factory=list)
    """What the person picks in a file dialog (fields of `FilePickerFile`); none means cancel."""
    saved_files: dict[str, bytes] = field(default_factory=dict)
    """Files that the person let the app save, by name."""
    launched_urls: list[str] = field(default_factory=list)
    """Addresses that the app had opened outside of itself."""
    announcements: list[str] = field(default_factory=list)
    """What a screen reader was told to say."""
    clipboard: str | None = None
    """Text on the clipboard."""
    connectivity: list[str] = field(default_factory=lambda: ["wifi"])
    """How the device is connected: `wifi`, `mobile`, `none`."""
    methods: dict[str, Answer] = field(default_factory=dict)
    """Answers of your own, by `Type.method` or `method`; they come first."""

    def answer(self, control: str, method: str, arguments: dict[str, Any]) -> Any:
        """What the client answers to one method call of the app, before any awaiting.

        Raises:
            Exception: whatever an answer in `methods` raises; it is reported to the app.
        """
        for name in (f"{control}.{method}", method):
            if name in self.methods:
                answer = self.methods[name]
                return answer(arguments) if callable(answer) else answer
        handler: Callable[[str, dict[str, Any]], Any] | None = getattr(
            self, f"_{control.lower()}", None
        )
        return handler(method, arguments) if handler else None

    def _sharedpreferences(self, method: str, arguments: dict[str, Any]) -> Any:
        match method:
            case "get":
                return self.preferences.get(arguments["key"])
            case "set":
                self.preferences[arguments["key"]] = arguments["value"]
                return True
            case "contains_key":
                return arguments["key"] in self.preferences
            case "remove":
                return self.preferences.pop(arguments["key"], None) is not None
            case "get_keys":
                return [key for key in self.preferences if key.startswith(arguments["key_prefix"])]
            case "clear":
                self.preferences.clear()
                return True
        raise NotImplementedError(method)

    def _permissionhandler(self, method: str, arguments: dict[str, Any]) -> Any:
        if method == "open_app_settings":
            return True
        name = arguments["permission"]
        if method == "request":
            return self._ask(name)
        return self.permissions.get(name, "denied")

    def _ask(self, name: str) -> str:
        """The system's question: only an undecided permission is asked for at all."""
        if self.permissions.get(name, "denied") == "denied":
            self.permissions[name] = self.permission_answers.get(name, "denied")
        return self.permissions[name]

    def _geolocator(self, method: str, _arguments: dict[str, Any]) -> Any:
        status = self.permissions.get("locationWhenInUse", "denied")
        match method:
            case "get_permission_status":
                return _GEOLOCATOR_STATUS.get(status, status)
            case "request_permission":
                answer = self._ask("locationWhenInUse")
                return _GEOLOCATOR_STATUS.get(answer, answer)
            case "get_current_position" | "get_last_known_position":
                if status != "granted":
                    raise PermissionError(
                        "User denied permissions to access the device's location."
                    )
                return dict(self.position)
        return True

    def _filepicker(self, method: str, arguments: dict[str, Any]) -> Any:
        if method == "pick_files":
            return [{"id": index, **file} for index, file in enumerate(self.files_to_pick)]
        if method == "save_file":
            name = arguments["file_name"] or "file"
            self.saved_files[name] = arguments["src_bytes"] or b""
            return f"/downloads/{name}"
        return None

    def _urllauncher(self, method: str, arguments: dict[str, Any]) -> Any:
        if method in {"launch_url", "open_window"}:
            url = arguments["url"]
            self.launched_urls.append(url["url"] if isinstance(url, dict) else url)
            return None
        return True

    def _semanticsservice(self, method: str, arguments: dict[str, Any]) -> Any:
        if method == "get_accessibility_features":
            return sample(ft.AccessibilityFeatures)
        self.announcements.append(arguments["message"])
        return None

    def _clipboard(self, method: str, arguments: dict[str, Any]) -> Any:
        if method == "set":
            self.clipboard = arguments["data"]
        return self.clipboard

    def _connectivity(self, _method: str, _arguments: dict[str, Any]) -> Any:
        return list(self.connectivity)


def locale_parts(tag: str) -> dict[str, str]:
    """Split a language tag such as `zh-Hans-CN` into the fields of `flet.Locale`."""
    parts = {"language_code": tag.split("-")[0]}
    for part in tag.split("-")[1:]:
        parts["script_code" if len(part) == 4 else "country_code"] = part
    return parts


def device_info(platform: str, *, web: bool, locales: list[str]) -> dict[str, Any]:
    """What a client of this platform answers to `page.get_device_info()`: blank but for locales."""
    info = sample(ft.WebDeviceInfo if web else _DEVICE_INFO[platform])
    return {**info, "locales": [locale_parts(tag) for tag in locales]}


def sample(kind: type[Any]) -> dict[str, Any]:
    """Blank values for every required field of one of Flet's data classes."""
    hints = typing.get_type_hints(kind)
    return {
        entry.name: _blank(hints[entry.name])
        for entry in dataclasses.fields(kind)
        if entry.init
        and entry.default is dataclasses.MISSING
        and entry.default_factory is dataclasses.MISSING
        and not entry.metadata.get("skip")
    }


def _blank(hint: Any) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return sample(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    origin = typing.get_origin(hint) or hint
    if origin in {bool, int, float, str, list, dict}:
        return origin()
    return None
