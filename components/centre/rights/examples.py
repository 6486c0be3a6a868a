"""Examples of the rights screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import flet as ft

from ...surface.example import Example, Setting
from ...surface.file_saving import Saving
from ...sync.answers import FailureKind
from ...sync.rights import RequestState, RequestStep, RightsRequest
from ...sync.rights_store import KeptRequest, RequestDelivery
from .places import Erasing, Overview, Place, Reading, Stage, Writing
from .rights import Rights, RightsActs
from .view import LONGEST_MESSAGE, Way, rights_view

_MADE = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
_TODAY = date(2026, 3, 6)
_ID = "019cabcd-0000-7000-8000-000000000001"

_Step = tuple[str, str, str | None, str | None]


def _kept(kind: str, *steps: _Step, due: date = date(2026, 3, 23), **more: Any) -> KeptRequest:
    """A request that the endpoint has, after some steps a day apart."""
    taken = tuple(
        RequestStep(number, status, _MADE + timedelta(days=number - 1), by, reason, words)
        for number, (status, by, reason, words) in enumerate(steps, start=1)
    )
    standing = [step.status for step in taken if step.status != "extended"][-1]
    request = RightsRequest(_ID, kind, "epiao", "zh_Hans", **more)
    state = RequestState(_ID, kind, "epiao", "zh_Hans", request.clause, _MADE, due, standing, taken)
    known = _MADE + timedelta(days=4)
    return KeptRequest(request, _MADE, RequestDelivery.CONFIRMED, state=state, known_at=known)


_RECEIVED: _Step = ("received", "endpoint", None, None)
_REFUSAL: _Step = (
    "refused",
    "officer",
    "justifications:ThirdPartyRightsImpaired",
    "这份记录里还有别人的手机号，所以不能整份给您。去掉别人的号码后，可以另外申请。",
)
_LATE: _Step = ("extended", "officer", "justifications:ComplexityOfProcess", None)
_CLOSING: _Step = ("done", "officer", None, "账号已注销。订单记录依法保存到 2029 年 3 月。")
_WAITING = KeptRequest(
    RightsRequest(_ID, "copy", "epiao", "zh_Hans", None, "只要订单记录"),
    _MADE,
    RequestDelivery.WAITING,
)


def _shown(
    place: Place,
    *requests: KeptRequest,
    way: Way = Way.OPEN,
    reached: FailureKind | None = None,
    readable: bool = True,
    was_damaged: bool = False,
) -> Callable[[Setting], ft.Control]:
    def build(setting: Setting) -> ft.Control:
        does = setting.does
        return Rights(
            rights_view(
                setting.pack,
                requests if readable else None,
                setting.language,
                way=way,
                reached=reached,
                today=_TODAY,
                was_damaged=was_damaged,
            ),
            place,
            setting.language,
            RightsActs(
                choose=does("choose"),
                write=does("write"),
                review=does("review"),
                send=does("send"),
                open_request=does("open"),
                take_back=does("take-back"),
                look=does("look"),
                save_text=does("save-text"),
                save_data=does("save-data"),
                ask_erasure=does("ask-erasure"),
                erase=does("erase"),
                centre=does("centre"),
                contact=does("contact"),
                notice=does("notice"),
                read=does("read"),
                back=does("back"),
                close=does("close"),
            ),
        )

    return build


_HERE, _ONE = Overview(), Reading(_ID)
EXAMPLES = (
    Example("none-yet", "Nothing asked for yet.", _shown(_HERE)),
    Example("before-notice", "Nothing may travel.", _shown(_HERE, way=Way.NOTICE_FIRST)),
    Example("no-endpoint", "The app sends no requests.", _shown(_HERE, way=Way.NONE)),
    Example("unreadable", "The requests cannot be read.", _shown(_HERE, readable=False)),
    Example("begun-anew", "They were damaged.", _shown(_HERE, was_damaged=True)),
    Example("copy-saved", "The own copy was saved.", _shown(Overview(Saving.SAVED))),
    Example(
        "queued",
        "Offline: one waits to be sent.",
        _shown(_HERE, _WAITING, reached=FailureKind.OFFLINE),
    ),
    Example("form", "Asking for a copy.", _shown(Writing("copy"))),
    Example("explain", "Asking about a clause.", _shown(Writing("explain", "location"))),
    Example(
        "too-long",
        "A message that is too long.",
        _shown(Writing("correct", message="字" * (LONGEST_MESSAGE + 12))),
    ),
    Example(
        "review",
        "Before it is sent.",
        _shown(Writing("copy", message="只要订单记录", stage=Stage.REVIEWING)),
    ),
    Example(
        "not-kept",
        "The device could not save it.",
        _shown(Writing("copy", stage=Stage.NOT_KEPT)),
    ),
    Example("closure", "What closing the account means.", _shown(Writing("close-account"))),
    Example(
        "waiting",
        "One that is not sent yet.",
        _shown(_ONE, _WAITING, reached=FailureKind.OFFLINE),
    ),
    Example("received", "One that was received.", _shown(_ONE, _kept("copy", _RECEIVED))),
    Example(
        "extended",
        "One that takes longer.",
        _shown(_ONE, _kept("correct", _RECEIVED, _LATE)),
    ),
    Example(
        "late",
        "One whose day has passed.",
        _shown(_ONE, _kept("access", _RECEIVED, due=date(2026, 3, 5))),
    ),
    Example("refused", "One that was refused.", _shown(_ONE, _kept("copy", _RECEIVED, _REFUSAL))),
    Example(
        "closed",
        "An account that was closed.",
        _shown(_ONE, _kept("close-account", _RECEIVED, _CLOSING)),
    ),
    Example(
        "not-taken",
        "One that the service does not accept.",
        _shown(
            _ONE,
            KeptRequest(
                _WAITING.request,
                _MADE,
                RequestDelivery.NOT_TAKEN,
                failure=FailureKind.CONTRADICTED,
            ),
        ),
    ),
    Example("erase", "Erasing the record at the service.", _shown(Erasing.ASKED)),
    Example("erase-failed", "It could not be reached.", _shown(Erasing.FAILED)),
    Example("erased", "It was erased.", _shown(Erasing.DONE)),
)
