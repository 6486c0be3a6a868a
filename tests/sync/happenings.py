"""What can happen to the phones of the model, how often, and how."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from components.consent.event import BASE_NOTICE, Target
from components.consent.status import ConsentStatus
from components.sync import Network

from .replicas import Weather

PHONES = 4
TARGETS = [BASE_NOTICE, *(Target.parse(f"purpose:purpose-{name}") for name in ("a", "b"))]

phones = st.integers(0, PHONES - 1)
weathers = st.sampled_from([Weather.FAIR, *Weather])
HOW: dict[str, tuple[int, dict[str, st.SearchStrategy[Any]]]] = {
    "choose": (
        6,
        {
            "phone": phones,
            "about": st.sampled_from(TARGETS),
            "status": st.sampled_from(
                [ConsentStatus.GIVEN, ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN]
            ),
        },
    ),
    "change_minds": (
        2,
        {
            "phones": st.lists(phones, min_size=2, max_size=5),
            "about": st.sampled_from(TARGETS[1:]),
        },
    ),
    "send": (6, {"phone": phones, "weather": weathers}),
    "pull": (4, {"phone": phones, "weather": weathers}),
    "time_passes": (2, {"seconds": st.sampled_from([1, 60, 3600])}),
    "something_comes_late": (4, {"phone": phones, "place": st.integers(0, 5)}),
    "die_while_sending": (1, {"phone": phones, "arrives": st.booleans()}),
    "log_in": (1, {"phone": phones, "login": st.sampled_from(["xiaoming", "xiaohong"])}),
    "link": (1, {"phone": phones, "login": st.just("xiaoming"), "weather": weathers}),
    "unlink": (1, {"phone": phones, "weather": weathers}),
    "restart": (1, {"phone": phones}),
    "restart_the_endpoint": (1, {}),
    "change_the_network": (1, {"phone": phones, "network": st.sampled_from(Network)}),
    "set_a_clock": (1, {"phone": phones, "minutes": st.integers(-2000, 2000)}),
    "restore_on_a_new_phone": (1, {"phone": phones, "weather": weathers}),
    "erase": (1, {"phone": st.integers(2, PHONES - 1), "weather": weathers}),
    "come_to_rest": (3, {}),
}
"""What can happen: how often, and how."""

# One rule for all: hypothesis leaves out rules at random, and then too little happens at once.
WEIGHTED = [what for what, (weight, _) in HOW.items() for _ in range(weight)]


# Made once: making a strategy takes longer than drawing from it.
HAPPENINGS = {
    what: st.tuples(st.just(what), st.fixed_dictionaries(how)) for what, (_, how) in HOW.items()
}
