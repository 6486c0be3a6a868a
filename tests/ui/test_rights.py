"""Rights through the kit: asked for, kept, sent, handled by an officer, and read."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from components.endpoint import EmbeddedEndpoint, Settings
from components.policy import Pack
from components.prototype.gallery import gallery
from components.sync.rights_store import RequestDelivery
from tests.endpoint.officers import OfficerKeys
from tests.patience import PATIENCE
from tests.pilot import running

from .conftest import MakeVisit, Visit

pytestmark = pytest.mark.anyio
NOTE = "这份记录里还有别人的手机号。"


@pytest.fixture
def officers(tmp_path: Path) -> OfficerKeys:
    return OfficerKeys(tmp_path, "li-na")


@pytest.fixture
async def endpoint(tmp_path: Path, officers: OfficerKeys) -> AsyncIterator[EmbeddedEndpoint]:
    settings = Settings(f"sqlite:///{tmp_path}/endpoint.sqlite", officers=officers.path)
    async with EmbeddedEndpoint(settings) as running_endpoint:
        yield running_endpoint


async def _ask(visit: Visit, kind: str, message: str = "") -> str:
    """Ask from the overview; the request's id."""
    await visit.press(f"ask.{kind}")
    if message:
        await visit.pilot.type(visit.pilot.by_key("rights.message"), message)
    await visit.press("rights.review")
    await visit.press("rights.send")
    return visit.kit.travelling.requests.all()[0].request.request_id


def _confirmed(visit: Visit) -> bool:
    kept = visit.kit.travelling.requests.all()
    return bool(kept) and kept[0].delivery is RequestDelivery.CONFIRMED


async def test_a_refusal_is_read_in_full(
    visit: MakeVisit, endpoint: EmbeddedEndpoint, officers: OfficerKeys
) -> None:
    person = await visit(endpoint=endpoint.url)
    await person.accept_notice()
    showing = person.pilot.start(person.kit.screens.rights)
    await person.pilot.until(lambda: person.pilot.has_key("ask.copy"))
    id_ = await _ask(person, "copy", "只要订单记录")
    await person.pilot.until(lambda: _confirmed(person))
    subject = person.kit.record.ledger.subject
    path = f"/v1/officer/subjects/{subject}/requests/{id_}/steps"
    step = {
        "status": "refused",
        "reason": "justifications:ThirdPartyRightsImpaired",
        "note": NOTE,
    }
    async with httpx.AsyncClient(
        base_url=endpoint.url, headers=officers.bearer(), timeout=PATIENCE
    ) as officer:
        (await officer.post(path, json=step)).raise_for_status()
    await person.press("rights.look")
    await person.pilot.until(lambda: any(NOTE in text for text in person.pilot.texts()))
    assert person.pilot.has_key("rights.contact")
    assert person.pilot.has_key("rights.ask-again")
    assert not person.pilot.has_key("rights.take-back")
    await person.press("page.close")
    await showing


async def test_closing_the_account_can_be_taken_back(
    visit: MakeVisit, endpoint: EmbeddedEndpoint
) -> None:
    person = await visit(endpoint=endpoint.url)
    await person.accept_notice()
    showing = person.pilot.start(lambda: person.kit.screens.rights("close-account"))
    await person.pilot.until(lambda: person.pilot.has_key("rights.review"))
    await person.press("rights.review")
    await person.press("rights.send")
    await person.pilot.until(lambda: _confirmed(person))
    await person.press("rights.take-back")

    def taken_back() -> bool:
        state = person.kit.travelling.requests.all()[0].state
        return state is not None and state.status == "cancelled"

    await person.pilot.until(taken_back)
    assert not person.pilot.has_key("rights.take-back")
    await person.press("page.close")
    await showing


async def test_before_the_notice_there_are_other_ways(
    visit: MakeVisit, endpoint: EmbeddedEndpoint
) -> None:
    person = await visit(endpoint=endpoint.url)
    showing = person.pilot.start(lambda: person.kit.screens.rights("copy"))
    await person.pilot.settle()
    assert not person.pilot.has_key("ask.copy")
    assert not person.pilot.has_key("rights.review")
    await person.press("rights.other-ways")
    assert person.pilot.has_key("contact.open.1")
    assert person.kit.travelling.requests.all() == ()
    await person.pilot.dismiss_dialog("back")
    await person.pilot.dismiss_dialog("back")
    await showing


async def test_the_contacts_open_only_when_they_are_pressed(visit: MakeVisit) -> None:
    person = await visit()
    showing = person.pilot.start(person.kit.screens.contact)
    await person.pilot.settle()
    assert person.pilot.opened_urls == []
    await person.press("contact.open.1")
    assert person.pilot.opened_urls == ["tel:4001139001"]
    await person.press("page.close")
    await showing


async def test_the_own_copy_holds_everything_but_the_secret(visit: MakeVisit) -> None:
    saved: dict[str, bytes] = {}

    def save(arguments: dict[str, object]) -> str:
        saved[str(arguments["file_name"])] = bytes(arguments["src_bytes"])  # type: ignore[call-overload]
        return "/somewhere"

    person = await visit(methods={"FilePicker.save_file": save})
    await person.accept_notice()
    showing = person.pilot.start(person.kit.screens.rights)
    await person.pilot.settle()
    await person.press("rights.save-data")
    await person.press("rights.save-text")
    data = json.loads(saved["epiao-my-data.json"])
    assert data["events"] == [event.to_json() for event in person.kit.record.events]
    text = saved["epiao-my-data.txt"].decode()
    assert person.kit.record.ledger.subject in text
    assert person.kit.record.ledger.secret not in text + saved["epiao-my-data.json"].decode()
    await person.press("page.close")
    await showing


async def test_requests_that_were_damaged_are_told_of_and_new_ones_can_be_made(
    visit: MakeVisit, endpoint: EmbeddedEndpoint
) -> None:
    person = await visit(endpoint=endpoint.url)
    await person.accept_notice()
    record = person.kit.record.ledger.path
    requests = record.with_name(f"{record.stem}-requests{record.suffix}")
    assert not requests.exists()
    requests.write_bytes(b"no database at all" * 100)
    showing = person.pilot.start(person.kit.screens.rights)
    await person.pilot.until(lambda: person.pilot.has_key("anew"))
    await _ask(person, "copy")
    await person.pilot.until(lambda: _confirmed(person))
    aside = [it for it in record.parent.iterdir() if it.name.startswith(f"{requests.name}.damaged")]
    assert [it.read_bytes()[:11] for it in aside] == [b"no database"]
    await person.press("page.close")
    await showing


async def test_a_message_that_is_too_long_cannot_be_sent(pack: Pack) -> None:
    async with running(gallery(pack), route="/rights/too-long?locale=en") as pilot:
        assert not pilot.has_key("rights.review")
    async with running(gallery(pack), route="/rights/form?locale=en") as pilot:
        assert pilot.has_key("rights.review")
