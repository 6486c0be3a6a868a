"""Examples of the last screen."""

from __future__ import annotations

import base64

import flet as ft

from ...surface.example import Example, Setting
from ...surface.file_saving import Saving
from ..example_study import CODE
from ..records_out import RecordsOut
from .session_end import Ending, SessionEnd

_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAGYAAABmAQAAAAARpNnPAAAAbUlEQVR42s2UwQnAMAwDRTtARvLqHikDGFTV9JF3UCEi"
    "BPw5ZCkEXFQ4eJqQ7hk6dWHV7iRmiG1nAgLCzyR1u5nJH/LEoI/ZvXt3/5RenwpTJq0+2yFQ1t5rCJvO99k+JWue0Yu/"
    "1bt7P/yvewDsM5Lm35wrogAAAABJRU5ErkJggg=="
)
"""The example's code as a picture."""


def _end(setting: Setting, ending: Ending, picture: bytes | None = None) -> ft.Control:
    return SessionEnd(
        setting.language,
        ending=ending,
        code=CODE,
        picture=picture,
        days=180,
        on_next=setting.does("next"),
    )


def _to_pass_on(setting: Setting) -> ft.Control:
    async def save() -> Saving:
        setting.does("save")()
        return Saving.SAVED

    return SessionEnd(
        setting.language,
        ending=Ending.FINISHED,
        code=CODE,
        days=180,
        on_next=setting.does("next"),
        records=RecordsOut(setting.language, sessions=1, own=True, on_save=save),
    )


EXAMPLES = (
    Example("finished", "To the end.", lambda it: _end(it, Ending.FINISHED)),
    Example("stopped", "Before the end.", lambda it: _end(it, Ending.STOPPED)),
    Example("refused", "Not taken part.", lambda it: _end(it, Ending.REFUSED)),
    Example("deleted", "Everything deleted.", lambda it: _end(it, Ending.DELETED)),
    Example("to-pass-on", "To the end, on a device of one's own.", _to_pass_on),
)
