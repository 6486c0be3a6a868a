"""One line for each request, without personal data.

No token, no body, no query, no address and no whole subject id is written: of the subject the
first six characters, enough to follow one report of trouble and too few to name anyone. What leads
from an answer to its line is a request id, drawn here and told in a header of the answer.
"""

from __future__ import annotations

import logging
import secrets
import time
import traceback
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .metrics import METHODS, Metrics
from .problems import Problem, ProblemKind, problem_response

LOGGER = logging.getLogger("mingshi.endpoint")
"""Where the endpoint logs; the host decides where that goes."""

REQUEST_ID = "mingshi-request-id"
"""Header of every answer: the request's id in the log. Random; it says nothing of who asked."""

_REQUEST_ID = REQUEST_ID.encode()
_SUBJECT_CHARACTERS = 6
_REQUEST_ID_BYTES = 8
_RETRY_AFTER_SECONDS = "2"
_CLIENT_GONE = 499
_CUT_OFF = 503
_Fields = dict[str, Any]


class RequestLog:
    """ASGI middleware: logs and counts every request, and answers what no handler foresaw.

    Args:
        app: The application within.
        metrics: Where requests are counted.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status: int | None = None
        request_id = secrets.token_hex(_REQUEST_ID_BYTES)

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                header = (_REQUEST_ID, request_id.encode())
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        fields: _Fields = {}
        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            status = _CLIENT_GONE
        except Exception as error:
            fields = _describe(error)
            if status is not None:
                raise
            await problem_response(_unforeseen(error))(scope, receive, watched)
        finally:
            seconds = time.perf_counter() - started
            fields |= _request_fields(scope, request_id, status, seconds)
            # Without an answer the request was cut off by the end of the process.
            self._metrics.request(fields["route"], fields["method"], status or _CUT_OFF, seconds)
            _log(logging.ERROR if "error" in fields else logging.INFO, fields)


def _log(level: int, fields: _Fields) -> None:
    # As LOGGER.log, which would also walk up the stack to find out that it was called from here.
    if LOGGER.isEnabledFor(level):
        LOGGER.handle(
            LOGGER.makeRecord(
                *(LOGGER.name, level, __file__, 0, "request", (), None),
                extra={"fields": fields},
            )
        )


def _unforeseen(error: Exception) -> Problem:
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeout)):
        return Problem(
            ProblemKind.UNAVAILABLE,
            "Nothing was stored, or it will be recognised when it is sent again.",
            headers={"retry-after": _RETRY_AFTER_SECONDS},
        )
    return Problem(ProblemKind.INTERNAL, "The fault was logged.")


def _describe(error: Exception) -> _Fields:
    # Never the message: those of a database quote the values they are about.
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.name}:{frame.lineno}" for frame in frames[-8:]],
    }


def _request_fields(scope: Scope, request_id: str, status: int | None, seconds: float) -> _Fields:
    route = scope.get("route")
    fields: _Fields = {
        "request": request_id,
        # What a caller makes up is neither logged nor becomes a label that lives for ever.
        "method": scope["method"] if scope["method"] in METHODS else "other",
        "route": getattr(route, "path", None),
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
    }
    subject = scope.get("path_params", {}).get("subject")
    if subject is not None:
        fields["subject_begins"] = subject[:_SUBJECT_CHARACTERS]
    return fields


_LINE = msgspec.json.Encoder(enc_hook=str)


class JsonLines(logging.Formatter):
    """Log records as one JSON object a line; ``extra={"fields": {...}}`` adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: _Fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info is not None and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line |= _describe(error) if isinstance(error, Exception) else {}
        return _LINE.encode(line).decode()


def log_to_stderr(level: str) -> None:
    """Send all logs of this process to standard error as JSON lines; for the command alone."""
    # No line tells of these, and finding them out takes a part of every request.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
