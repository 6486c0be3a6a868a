"""The way to the endpoint where Python itself runs in a browser: the browser's own ``fetch``.

There are no sockets and no threads there, so httpx has nothing to stand on. The endpoint must allow
the page's origin: ``mingshi endpoint --allow-origin``.
"""

from __future__ import annotations

from typing import Any

from .answers import FailureKind, Unreachable
from .calls import Reply
from .transport import LARGEST_ANSWER_BYTES, EndpointTransport, Request


class FetchTransport(EndpointTransport):
    """Carries requests with the browser's ``fetch``; for the rest see :class:`EndpointTransport`.

    The browser says nothing about single bytes, so only a call as a whole is held to a time.
    """

    async def close(self) -> None:
        """The browser keeps the connections; there is nothing to close."""

    async def _carry(self, request: Request) -> Reply | Unreachable:
        from pyodide.http import AbortError, pyfetch

        options: dict[str, Any] = {
            "method": request.method,
            "headers": dict(request.headers),
            "cache": "no-store",
            "credentials": "omit",
            "redirect": "manual",
            "referrerPolicy": "no-referrer",
        }
        if request.content is not None:
            options["body"] = request.content.decode()
        try:
            response = await pyfetch(request.url, **options)
            content = await response.bytes()
        except AbortError:
            # No network, no such host, or an endpoint that does not allow this page's origin: the
            # browser does not tell which.
            return Unreachable(FailureKind.NO_CONNECTION)
        if response.type == "opaqueredirect" or len(content) > LARGEST_ANSWER_BYTES:
            return Unreachable(FailureKind.UNEXPECTED_ANSWER)
        return self._reply(response.status, content, response.headers.get("retry-after"))
