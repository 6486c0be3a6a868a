"""What the model of the replicas is made of: phones, an endpoint that restarts, and the weather."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from enum import Enum
from pathlib import Path

import httpx
from starlette.applications import Starlette

from components.consent.clock import ManualClock
from components.consent.event import Cause, Event, Layer, NoticeReference, Target
from components.consent.ledger import Draft, Ledger
from components.consent.record import Record
from components.consent.status import ConsentStatus
from components.endpoint.app import create_app
from components.endpoint.settings import Settings
from components.sync import (
    AccountLink,
    Device,
    HttpxTransport,
    Network,
    SimulatedConnectivity,
    Synchroniser,
)

NOTICE = NoticeReference(
    "epiao/first-notice", "2021-11-01", "zh_Hans", Layer.FIRST_NOTICE, "a" * 64
)
URL = "http://localhost"


class Weather(Enum):
    """What becomes of a request on its way."""

    FAIR = "fair"
    LOSES_REQUESTS = "loses-requests"
    LOSES_ANSWERS = "loses-answers"
    DOUBLES = "doubles"
    """It arrives twice, and the second answer is the one that comes back."""
    DELAYS = "delays"
    """The phone gives up; the request arrives some time later, after others."""


class Endpoint:
    """The real application on a real file. Its clock is the true time."""

    def __init__(self, folder: Path, issuers: Path, clock: ManualClock) -> None:
        self._settings = Settings(f"sqlite:///{folder}/endpoint.sqlite3", login_issuers=issuers)
        self._stack = AsyncExitStack()
        self.clock = clock
        self.app: Starlette | None = None

    async def start(self) -> None:
        self.app = create_app(self._settings, clock=self.clock)
        await self._stack.enter_async_context(self.app.router.lifespan_context(self.app))

    async def stop(self) -> None:
        self.app = None
        await self._stack.aclose()

    async def answer(self, request: httpx.Request) -> httpx.Response:
        assert self.app is not None
        response = await httpx.ASGITransport(self.app).handle_async_request(request)
        content = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=content)


class Way(httpx.AsyncBaseTransport):
    """The way from one phone to the endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self.weather = Weather.FAIR
        self.delayed: list[httpx.Request] = []
        self.arrived: Counter[str] = Counter()
        self.account: str | None = None
        """The login this phone is linked by, going by what the endpoint confirmed."""
        self.erased = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        if self.weather is Weather.LOSES_REQUESTS:
            raise httpx.ConnectError("lost on the way there")
        if self.weather is Weather.DELAYS:
            self.delayed.append(request)
            raise httpx.ReadTimeout("no answer in time")
        response = await self._arrive(request)
        if self.weather is Weather.DOUBLES:
            response = await self._arrive(request)
        if self.weather is Weather.LOSES_ANSWERS:
            raise httpx.ReadError("lost on the way back")
        return response

    async def deliver_delayed(self, place: int) -> None:
        if self.delayed:
            await self._arrive(self.delayed.pop(place % len(self.delayed)))

    @contextmanager
    def under(self, weather: Weather) -> Iterator[None]:
        self.weather = weather
        try:
            yield
        finally:
            self.weather = Weather.FAIR

    async def _arrive(self, request: httpx.Request) -> httpx.Response:
        copy = httpx.Request(
            request.method, request.url, headers=request.headers, content=request.content
        )
        response = await self._endpoint.answer(copy)
        assert response.status_code < 500, response.text
        self.arrived[request.method] += 1
        path = request.url.path
        if path.endswith("/links") and response.is_success and request.method == "POST":
            self.account = json.loads(response.content)["account"]
        if path.endswith("/links") and response.is_success and request.method == "DELETE":
            self.account = None
        if path.count("/") == 3 and response.is_success and request.method == "DELETE":
            self.erased, self.account = True, None
        return response


class Phone:
    """One installation: a ledger on the disk and everything that uses it."""

    def __init__(self, path: Path, endpoint: Endpoint, clock: ManualClock) -> None:
        self.path = path
        self.clock = clock
        self.way = Way(endpoint)
        self.connectivity = SimulatedConnectivity()
        self.offset = timedelta()
        self._begin()

    def _begin(self) -> None:
        self.ledger = Ledger(self.path, clock=self.clock)
        self.record = Record(self.ledger)
        self.record.refresh()
        self.transport = HttpxTransport(URL, clock=self.clock, carrier=lambda: self.way)
        self.sync = Synchroniser(
            self.ledger, self.transport, self.may_send, batch=3, connectivity=self.connectivity
        )
        self.device = Device(self.ledger, self.transport, self.may_send, self.connectivity)
        self.link = AccountLink(self.record, self.device)

    def may_send(self) -> bool:
        return self.record.base_was_ever_given

    def choose(self, target: Target, status: ConsentStatus) -> Event:
        return self.record.append(
            Draft(
                target, status, Cause.PRESSED, notice=NOTICE, label="同意" * status.permits or "否"
            )
        )

    async def restart(self) -> None:
        await self.close()
        self._begin()

    async def replace(self, path: Path) -> None:
        """A new phone with an empty store, in the hand of the same person, in the same place."""
        await self.close()
        self.path = path
        self._begin()

    async def close(self) -> None:
        await self.transport.close()
        self.ledger.close()

    def online(self) -> None:
        self.connectivity.set_network(Network.ONLINE)
