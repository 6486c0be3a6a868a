"""Every call that the endpoint has, as its own description tells them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .conformity import DOCUMENT

_METHODS = ("get", "post", "put", "patch", "delete")
_FILLED = {
    "event": "01890a5d-ac96-774b-bcce-b302099a8057",
    "request": "01890a5d-ac96-774b-bcce-b302099a8058",
    "pack": "epiao",
}


@dataclass(frozen=True)
class Call:
    """One call: its method, the template of its path, and whose token opens it."""

    method: str
    template: str
    access: str | None

    def path(self, subject: str, other: str) -> str:
        """The path about a subject; ``other`` is another one."""
        values = {**_FILLED, "subject": subject, "other": other}
        return re.sub(r"{(\w+)}", lambda name: values[name[1]], self.template)


CALLS = tuple(
    Call(
        method.upper(), template, next((name for need in known["security"] for name in need), None)
    )
    for template, item in DOCUMENT["paths"].items()
    for method, known in item.items()
    if method in _METHODS
)
DEVICE_CALLS = tuple(call for call in CALLS if call.access == "deviceSecret")
OFFICER_CALLS = tuple(call for call in CALLS if call.access == "officerKey")
