"""Ids that exist, in place of those that schemathesis makes up; what is no id at all stays."""

from __future__ import annotations

import contextlib
import os
import re
from typing import Any

import schemathesis

from components.consent.event import MalformedEvent, digest

_SUBJECT = re.compile(r"[A-Za-z0-9_-]{43}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KNOWN = {
    "subject": (_SUBJECT, "MINGSHI_TEST_SUBJECT"),
    "other": (_SUBJECT, "MINGSHI_TEST_OTHER"),
    "event": (_UUID, "MINGSHI_TEST_EVENT"),
    "request": (_UUID, "MINGSHI_TEST_REQUEST"),
    "pack": (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "MINGSHI_TEST_PACK"),
}


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> Any:
    if path_parameters is None:
        return None
    erasing = context.operation.path in ("/v1/subjects/{subject}", _ERASURE)
    for name, (form, variable) in _KNOWN.items():
        value = path_parameters.get(name)
        if isinstance(value, str) and form.fullmatch(value):
            # A record that is erased would leave nothing for the other calls.
            known = "MINGSHI_TEST_ERASED" if erasing and name == "subject" else variable
            path_parameters[name] = os.environ[known]
    return path_parameters


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Events in the right form get a hash that is theirs: without it none would be looked at."""
    if context.operation.path == "/v1/subjects/{subject}/events" and isinstance(body, dict):
        events = body.get("events")
        for event in events if isinstance(events, list) else []:
            if isinstance(event, dict) and {"hash", "subject", "event_id"} <= event.keys():
                event["subject"] = os.environ["MINGSHI_TEST_SUBJECT"]
                with contextlib.suppress(MalformedEvent):
                    event["hash"] = digest(event)
    return body


_ERASURE = "/v1/officer/subjects/{subject}/erasure"
