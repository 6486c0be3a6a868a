"""Every scenario there is, in the order in which the console shows them."""

from __future__ import annotations

from .choosing import (
    AGREE_THEN_WITHDRAW,
    DENY_FOR_GOOD,
    FRESH_INSTALL,
    NO_THEN_LATER,
    REFUSE_ALL,
)
from .model import Scenario
from .people import ACCOUNT_CLOSURE, CHILD, SECOND_DEVICE
from .sending import FAILING_NETWORK, OFFLINE_THEN_BACK
from .updates import EDITORIAL_UPDATE, MATERIAL_UPDATE

SCENARIOS: tuple[Scenario, ...] = (
    FRESH_INSTALL,
    REFUSE_ALL,
    AGREE_THEN_WITHDRAW,
    NO_THEN_LATER,
    DENY_FOR_GOOD,
    OFFLINE_THEN_BACK,
    FAILING_NETWORK,
    MATERIAL_UPDATE,
    EDITORIAL_UPDATE,
    CHILD,
    SECOND_DEVICE,
    ACCOUNT_CLOSURE,
)
"""In that order; their names are the command's."""


def scenario(name: str) -> Scenario:
    """The scenario of that name.

    Raises:
        LookupError: There is none.
    """
    found = next((it for it in SCENARIOS if it.name == name), None)
    if found is None:
        raise LookupError(f"no scenario {name!r}; there are {', '.join(s.name for s in SCENARIOS)}")
    return found
