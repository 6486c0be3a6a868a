"""Requests as the tests make and handle them, and the endpoint they are made to."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import uuid6
from sqlalchemy import select

from components.consent.clock import ManualClock
from components.endpoint import EmbeddedEndpoint, run_embedded
from components.endpoint.database import Database
from components.endpoint.schema import AUDIT
from components.endpoint.settings import Settings
from components.policy.delivered import pack_folder

from .devices import Device

# A Monday; the fifteenth working day is Monday the 24th.
NOW = datetime(2025, 3, 3, 2, 0, tzinfo=UTC)
KEY = "officer-key-of-the-test"
OFFICER = {"authorization": f"Bearer {KEY}"}
OFFICERS_REQUESTS = "/v1/officer/requests"
REFUSED = {
    "status": "refused",
    "reason": "justifications:ThirdPartyRightsImpaired",
    "note": "其中有他人的信息",
}


def handling(database_url: str, folder: Path, clock: ManualClock) -> EmbeddedEndpoint:
    """An endpoint with an officer, two packs, and a clock to be moved."""
    officers = folder / "officers.toml"
    digest = hashlib.sha256(KEY.encode()).hexdigest()
    # A name that is also another party's: it must not be taken for one.
    officers.write_text(f'[[officers]]\nname = "subject"\nkey_sha256 = "{digest}"\n', "utf-8")
    packs = (pack_folder("piaoqian"), _quick_pack(folder))
    return run_embedded(Settings(database_url, packs=packs, officers=officers), clock=clock)


def _quick_pack(folder: Path) -> Path:
    """The delivered pack under another id, promising access within seven working days."""
    quick = shutil.copytree(pack_folder("piaoqian"), folder / "quick")
    words = (quick / "pack.toml").read_text("utf-8")
    words = words.replace('id = "piaoqian"', 'id = "quick"', 1)
    words = words.replace("\nworking_days = 0", "\nworking_days = 7", 1)
    (quick / "pack.toml").write_text(words, "utf-8")
    return quick


def new_request(**changes: object) -> dict[str, Any]:
    new = {
        "request_id": str(uuid6.uuid7()),
        "kind": "access",
        "pack": "piaoqian",
        "locale": "zh_Hans",
        **changes,
    }
    return {name: value for name, value in new.items() if value is not None}


def requests_path(device: Device, request_id: str | None = None) -> str:
    path = f"/v1/subjects/{device.subject}/requests"
    return path if request_id is None else f"{path}/{request_id}"


async def ask(client: httpx.AsyncClient, device: Device, **changes: object) -> dict[str, Any]:
    answer = await client.post(
        requests_path(device), json=new_request(**changes), headers=device.bearer
    )
    assert answer.status_code == 200
    asked: dict[str, Any] = answer.json()
    return asked


async def take_step(
    client: httpx.AsyncClient, device: Device, request_id: str, **step: object
) -> httpx.Response:
    path = f"/v1/officer/subjects/{device.subject}/requests/{request_id}/steps"
    return await client.post(path, json=step, headers=OFFICER)


async def cancel(client: httpx.AsyncClient, device: Device, request_id: str) -> httpx.Response:
    path = f"{requests_path(device, request_id)}/cancellation"
    return await client.post(path, headers=device.bearer)


async def erase_on_request(
    client: httpx.AsyncClient, device: Device, request_id: str, reason: str = "决定"
) -> httpx.Response:
    path = f"/v1/officer/subjects/{device.subject}/erasure"
    order = {"request_id": request_id, "reason": reason}
    return await client.post(path, json=order, headers=OFFICER)


async def listed(client: httpx.AsyncClient, **query: str | int) -> list[str]:
    answer = await client.get(OFFICERS_REQUESTS, params=query, headers=OFFICER)
    return [one["request_id"] for one in answer.json()["requests"]]


def audited(database_url: str) -> list[dict[str, Any]]:
    opened = Database(database_url)
    rows = opened.read(
        lambda connection: (
            connection.execute(select(AUDIT).order_by(AUDIT.c.entry_id)).mappings().all()
        )
    )
    opened.close()
    return [{**row, "detail": json.loads(row["detail"])} for row in rows]
