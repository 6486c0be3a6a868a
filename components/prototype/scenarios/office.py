"""The people at the other end: a privacy officer, and the service where the person logs in."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from joserfc import jws
from joserfc.jwk import OKPKey

from ...endpoint.officer.key_command import entry, new_key
from .model import OfficeAct
from .network import wire
from .states import Arrived

_OFFICER = "demo-officer"
_ISSUER = "https://login.example"
_AUDIENCE = "mingshi-demo"
_TOKEN_SECONDS = 300
_WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.05
_MOST = 200
"""Most events that the demo looks at; no scenario comes near it."""


class LoginService:
    """An issuer that the demo's endpoint knows, and its tokens.

    Args:
        folder: Where the file that the endpoint reads and its keys are written.
    """

    def __init__(self, folder: Path) -> None:
        self._key = OKPKey.generate_key("Ed25519", {"kid": "demo", "use": "sig"}, private=True)
        folder.mkdir(parents=True, exist_ok=True)
        keys = {"keys": [self._key.as_dict(private=False)]}
        (folder / "keys.json").write_text(json.dumps(keys), "utf-8")
        self.issuers = folder / "issuers.toml"
        self.issuers.write_text(
            f'[[issuers]]\nissuer = "{_ISSUER}"\naudience = "{_AUDIENCE}"\n'
            'keys = "keys.json"\nalgorithms = ["Ed25519"]\n',
            "utf-8",
        )

    def token(self, login: str, subject: str, now: datetime) -> str:
        """Proof that ``login`` is logged in on the installation ``subject``."""
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": login,
            "iat": int(now.timestamp()),
            "exp": int(now.timestamp()) + _TOKEN_SECONDS,
            "mingshi_subject": subject,
        }
        header = {"alg": "Ed25519", "kid": "demo"}
        return jws.serialize_compact(
            header, json.dumps(claims).encode(), self._key, algorithms=["Ed25519"]
        )


class Office:
    """An officer with a key of their own, speaking with the endpoint as officers do.

    Args:
        folder: Where the file that lets them in is written.
    """

    def __init__(self, folder: Path) -> None:
        key = new_key()
        folder.mkdir(parents=True, exist_ok=True)
        self.officers = folder / "officers.toml"
        self.officers.write_text(entry(_OFFICER, key), "utf-8")
        self._client = httpx.AsyncClient(
            headers={"authorization": f"Bearer {key}"}, transport=wire()
        )

    async def arrived(self, url: str) -> tuple[Arrived, ...]:
        """Every event at the endpoint, in the order of arrival.

        Raises:
            httpx.HTTPError: The endpoint did not answer as it should.
        """
        found = await self._get(url, "/v1/officer/events", limit=_MOST)
        return tuple(
            Arrived(it["subject"], it["sequence"], it["hash"], it["body"], it["received_at"])
            for it in found["events"]
        )

    async def act(self, url: str, act: OfficeAct) -> None:
        """Take a step with the request that is open, once it has come.

        Raises:
            httpx.HTTPError: The endpoint would not.
            LookupError: There is no open request.
        """
        newest = await self._open_request(url)
        of = f"/v1/officer/subjects/{newest['subject']}"
        steps = f"{of}/requests/{newest['request_id']}/steps"
        match act:
            case OfficeAct.BEGIN:
                await self._post(url, steps, {"status": "accepted"})
            case OfficeAct.ERASE:
                order = {"request_id": newest["request_id"], "reason": "The account is closed."}
                await self._post(url, f"{of}/erasure", order)
            case OfficeAct.FINISH:
                await self._post(url, steps, {"status": "done"})

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _open_request(self, url: str) -> dict[str, Any]:
        """The newest open request, once there is one: it may still be on its way."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while True:
            asked = {"status": "open", "limit": 1}
            waiting = (await self._get(url, "/v1/officer/requests", **asked))["requests"]
            if waiting:
                newest: dict[str, Any] = waiting[-1]
                return newest
            if time.monotonic() > deadline:
                raise LookupError("no request is open")
            await asyncio.sleep(_POLL_SECONDS)

    async def _get(self, url: str, path: str, **asked: Any) -> dict[str, Any]:
        answer = await self._client.get(f"{url}{path}", params=asked)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def _post(self, url: str, path: str, body: dict[str, Any]) -> None:
        (await self._client.post(f"{url}{path}", json=body)).raise_for_status()
