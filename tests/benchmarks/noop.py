"""What no endpoint in Python gets past: Starlette and msgspec take an event and answer."""

from __future__ import annotations

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class Batch(msgspec.Struct):
    """As little as the endpoint has to know of what it got."""

    events: list[dict[str, object]]


async def take(request: Request) -> Response:
    """Read, check the form, answer; nothing is kept."""
    batch = msgspec.json.decode(await request.body(), type=Batch)
    answer = {"events": [{"event_id": it["event_id"], "status": "stored"} for it in batch.events]}
    return Response(msgspec.json.encode(answer), media_type="application/json")


app = Starlette(routes=[Route("/v1/subjects/{subject}/events", take, methods=["POST"])])
