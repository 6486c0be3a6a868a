"""The rights screen on a host's page, following the requests as they change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import flet as ft

from ...consent.ledger_errors import LedgerError
from ...surface.current import use_current
from ...surface.file_saving import save_file
from ...surface.runtime import embed, kit_component, on_page, use_changes
from ...surface.sheets import Sheet, SheetForm
from ...sync.rights import Erasure, RightsRequest, erase
from ...sync.rights_store import KeptRequest
from .copy import KeptHere, as_data, as_text
from .places import Erasing, Overview, Place, Reading, Stage, Writing
from .rights import Rights, RightsActs
from .view import CHINA, LONGEST_MESSAGE, Way, rights_view

if TYPE_CHECKING:
    from ...kit import ConsentKit

logger = logging.getLogger(__name__)


async def show_rights(kit: ConsentKit, kind: str | None = None, clause: str | None = None) -> None:
    """Show the rights until they are closed.

    Args:
        kit: Whose rights.
        kind: The right to begin a request for; None for the overview.
        clause: The clause the request is about; ``explain`` is meant where no kind is named.
    """
    if kind is None and clause is not None:
        kind = "explain"
    can_ask = kind is not None and _way(kit) is Way.OPEN
    first: Place = Writing(str(kind), clause) if can_ask else Overview()
    sheet: Sheet[bool] = Sheet(
        kit.page,
        lambda answer: embed(LiveRights, kit, first=first, on_close=lambda: answer(True)),
        SheetForm.PAGE,
    )
    # Beside it, since an endpoint that does not answer must not hold the screen.
    looking = asyncio.create_task(kit.travelling.requests.look())
    try:
        await sheet.answered()
    finally:
        sheet.close()
        looking.cancel()


@kit_component
def LiveRights(kit: ConsentKit, *, first: Place, on_close: Callable[[], None]) -> ft.Control:
    """The rights screen of a kit.

    Args:
        kit: Whose requests to show and to make.
        first: Where in the screen to begin.
        on_close: Called when the person is done.
    """
    queue = kit.travelling.requests
    place = use_current(first)
    use_changes(kit.subscribe)

    def follow(listener: Callable[[], None]) -> Callable[[], None]:
        def changed() -> None:
            with on_page(kit.page):
                listener()

        return queue.subscribe(changed)

    use_changes(follow)

    def send() -> None:
        here = place.value
        if not isinstance(here, Writing) or _way(kit) is not Way.OPEN:
            return
        request = RightsRequest.new(
            here.kind,
            kit.pack.id,
            kit.language.locale,
            clause=here.clause,
            message=here.message.strip() or None,
        )
        try:
            queue.add(request)
        except LedgerError:
            logger.exception("a request could not be kept")
            place.set(replace(here, stage=Stage.NOT_KEPT))
            return
        place.set(Reading(request.request_id))

    def write(text: str) -> None:
        # What no endpoint keeps as text is left out.
        if isinstance(here := place.value, Writing):
            place.set(replace(here, message=text.replace("\0", "")))

    def review() -> None:
        here = place.value
        if isinstance(here, Writing) and len(here.message.strip()) <= LONGEST_MESSAGE:
            place.set(replace(here, stage=Stage.REVIEWING))

    def take_back(request_id: str) -> None:
        try:
            queue.take_back(request_id)
        except LedgerError:
            kit.tell_not_saved()

    def back() -> None:
        here = place.value
        if isinstance(here, Writing) and here.stage is not Stage.WRITING:
            place.set(replace(here, stage=Stage.WRITING))
        else:
            place.set(Overview())

    async def erase_now() -> None:
        place.set(Erasing.UNDER_WAY)
        done = isinstance(await erase(kit.travelling.device), Erasure)
        place.set(Erasing.DONE if done else Erasing.FAILED)
        kit.travelling.wake()

    async def save(name: str, data: bytes) -> None:
        place.set(Overview(await save_file(kit.page, name, data)))

    return Rights(
        rights_view(
            kit.pack,
            _requests(kit),
            kit.language,
            way=_way(kit),
            reached=queue.last_failure,
            today=queue.now().astimezone(CHINA).date(),
            was_damaged=queue.was_damaged,
        ),
        place.value,
        kit.language,
        RightsActs(
            choose=lambda kind: place.set(Writing(kind)),
            write=write,
            review=review,
            send=send,
            open_request=lambda request_id: place.set(Reading(request_id)),
            take_back=take_back,
            look=queue.look,
            save_text=lambda: save(
                f"{kit.pack.id}-my-data.txt", as_text(_kept_here(kit), kit.pack, kit.language)
            ),
            save_data=lambda: save(
                f"{kit.pack.id}-my-data.json", as_data(_kept_here(kit), kit.pack)
            ),
            ask_erasure=lambda: place.set(Erasing.ASKED),
            erase=erase_now,
            centre=kit.screens.centre,
            contact=kit.screens.contact,
            notice=kit.show_first_notice,
            read=kit.open_policy,
            back=back,
            close=on_close,
        ),
    )


def _way(kit: ConsentKit) -> Way:
    if not kit.travelling.has_endpoint:
        return Way.NONE
    return Way.OPEN if kit.gate.may_send else Way.NOTICE_FIRST


def _requests(kit: ConsentKit) -> tuple[KeptRequest, ...] | None:
    try:
        return kit.travelling.requests.all()
    except LedgerError:
        logger.exception("the requests on this device cannot be read")
        return None


def _kept_here(kit: ConsentKit) -> KeptHere:
    subject = None
    with suppress(LedgerError):
        # There is none before the first choice.
        subject = kit.record.ledger.subject
    return KeptHere(
        kit.travelling.requests.now(),
        subject,
        kit.record.birth_date,
        kit.record.events,
        kit.record.others,
        _requests(kit),
    )
