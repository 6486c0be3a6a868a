"""What a node says, and what it is to a person: its words, its name and its role."""

from __future__ import annotations

from components.i18n.direction import without_marks

from .shadow import Node, nodes_below

VALUE_IS_TEXT = {"Text", "Markdown", "TextField", "CupertinoTextField", "SearchBar"}
"""Controls whose `value` is shown as it is."""
SHOWN_PROPS = ("text", "content", "label", "title", "subtitle", "helper", "error", "counter")
"""Properties that are shown when they hold a string."""
NAME_PROPS = ("content", "label", "title", "text", "icon")
"""Properties whose words name a control, wherever a string or a control may stand."""
SPOKEN_PROPS = ("semantics_label", "tooltip")
"""Properties that a screen reader speaks as a name."""
MODAL_DIALOGS = {
    "AlertDialog",
    "CupertinoAlertDialog",
    "BottomSheet",
    "CupertinoBottomSheet",
    "DatePicker",
    "DateRangePicker",
    "TimePicker",
}
"""Dialogs that keep a person from what is behind them."""
TOGGLES = {"Switch", "CupertinoSwitch", "Checkbox", "CupertinoCheckbox"}
"""Controls that a tap turns on or off."""

_ROLES = {
    "button": {
        "Button",
        "ElevatedButton",
        "FilledButton",
        "FilledTonalButton",
        "OutlinedButton",
        "TextButton",
        "IconButton",
        "FilledIconButton",
        "FilledTonalIconButton",
        "OutlinedIconButton",
        "FloatingActionButton",
        "CupertinoButton",
        "CupertinoFilledButton",
        "CupertinoTintedButton",
        "CupertinoDialogAction",
        "PopupMenuButton",
        "Dropdown",
        "DropdownM2",
        "ExpansionTile",
        "SnackBarAction",
    },
    "switch": {"Switch", "CupertinoSwitch"},
    "checkbox": {"Checkbox", "CupertinoCheckbox"},
    "radio": {"Radio", "CupertinoRadio"},
    "textbox": {"TextField", "CupertinoTextField", "SearchBar"},
    "slider": {"Slider", "CupertinoSlider", "RangeSlider"},
    "progressbar": {"ProgressBar", "ProgressRing", "CupertinoActivityIndicator"},
    "tab": {"Tab", "NavigationBarDestination", "NavigationRailDestination"},
    "menuitem": {"PopupMenuItem", "MenuItemButton"},
    "dialog": MODAL_DIALOGS,
    "img": {"Image"},
    "table": {"DataTable"},
}


def role(node: Node) -> str | None:
    """A role in the sense of WAI-ARIA, as the client exposes it; None for plain containers."""
    for name, types in _ROLES.items():
        if node.type in types:
            return name
    if node.type == "Semantics":
        if node.get("header") or node.get("heading_level"):
            return "heading"
        if node.get("link"):
            return "link"
        if node.get("button"):
            return "button"
    if node.type == "AppBar":
        return "heading"
    if node.type == "TextSpan" and (node.get("on_click") or node.get("url")):
        return "link"
    if node.get("on_click"):
        return "button"
    return None


def words(value: object) -> list[str]:
    """Every string that a person can read in a sent value, in the order in which it was sent.

    A `Text` with spans is one string, since it is read as one.
    """
    if isinstance(value, list):
        return [word for item in value for word in words(item)]
    if not isinstance(value, Node) or value.get("visible") is False:
        return []
    if value.type == "Dialogs":
        return words([dialog for dialog in value.get("controls") or [] if dialog.get("open")])
    if value.type in {"Text", "TextSpan"}:
        written = _written(value)
        return [written] if written else []
    found: list[str] = []
    for prop, inner in value.items():
        if isinstance(inner, str):
            if prop in SHOWN_PROPS or (prop == "value" and value.type in VALUE_IS_TEXT):
                found.append(without_marks(inner))
        else:
            found += words(inner)
    return found


def _written(text: Node) -> str:
    own = text.get("value") or text.get("text") or ""
    # Marks of direction are neither read nor spoken.
    return without_marks(str(own)) + "".join(_written(span) for span in text.get("spans") or [])


def names(node: Node) -> set[str]:
    """Every name under which a person would ask for this control."""
    found = {str(node[prop]) for prop in SPOKEN_PROPS if isinstance(node.get(prop), str)}
    if node.type in {"Text", "TextSpan"}:
        found.add(_written(node))
    shown: list[str] = []
    for prop in NAME_PROPS:
        inner = node.get(prop)
        if isinstance(inner, str):
            shown.append(without_marks(inner))
            found.add(without_marks(inner))
        elif isinstance(inner, Node | list):
            shown += words(inner)
            found.update(words(inner))
            for below in nodes_below(inner):
                found.update(str(below[prop]) for prop in SPOKEN_PROPS if below.get(prop))
    if node.type == "Semantics" and node.get("label"):
        found.add(str(node["label"]))
    found.add(" ".join(shown))
    return found - {""}
