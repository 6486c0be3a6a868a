"""The table of transitions: every status, every act, against a second writing of it."""

from __future__ import annotations

from itertools import product

import pytest

from components.consent.status import ConsentStatus
from components.consent.transitions import (
    TRANSITIONS,
    Act,
    NotPermitted,
    is_allowed,
    status_after,
)

U, Q, D, G, N, R, W, V, X, I = ConsentStatus  # noqa: E741 - the columns, in their order
_: ConsentStatus | None = None

EXPECTED: dict[Act, tuple[ConsentStatus | None, ...]] = {
    # from             U  Q  D  G  N  R  W  V  X  I
    Act.GIVE: (G, N, G, N, N, G, G, G, N, G),
    Act.REFUSE: (R, R, R, R, R, R, R, R, R, R),
    Act.DISMISS: (D, D, D, _, _, D, D, D, D, D),
    Act.WITHDRAW: (_, W, _, W, W, _, _, _, W, _),
    Act.GUARDIAN_REVOKE: (_, V, _, V, V, _, _, _, V, _),
    Act.EXPIRE: (_, _, _, X, X, _, _, _, _, _),
    Act.COME_OF_AGE: (_, _, _, X, X, _, _, _, _, _),
    Act.CHANGE: (_, _, _, Q, Q, _, _, _, _, _),
    Act.INVALIDATE: (_, _, _, I, I, _, _, _, _, _),
    Act.SYSTEM_GRANT: (G, G, G, _, _, G, G, G, G, G),
    Act.SYSTEM_REFUSE: (R, R, R, R, R, R, R, R, R, R),
    Act.SYSTEM_REVOKE: (_, _, _, V, V, _, _, _, _, _),
}


@pytest.mark.parametrize("act", Act)
def test_each_act_leads_where_it_should(act: Act) -> None:
    for before, after in zip(ConsentStatus, EXPECTED[act], strict=True):
        assert is_allowed(before, act) == (after is not None), before
        if after is None:
            with pytest.raises(NotPermitted, match=f"{before.value} does not undergo"):
                status_after(before, act)
        else:
            assert status_after(before, act) is after, before


def test_no_way_is_in_the_table_twice() -> None:
    ways = [(before, row.act) for row in TRANSITIONS for before in row.before]
    assert len(ways) == len(set(ways))


def test_r001_only_a_yes_leads_to_what_permits() -> None:
    leading = {
        act
        for before, act in product(ConsentStatus, Act)
        if is_allowed(before, act) and status_after(before, act).permits
    }
    assert leading == {Act.GIVE, Act.SYSTEM_GRANT}


def test_r008_what_permits_can_be_ended_by_whoever_may() -> None:
    for held in (G, N):
        for act in (Act.WITHDRAW, Act.REFUSE, Act.GUARDIAN_REVOKE):
            assert not status_after(held, act).permits


def test_every_status_but_unknown_can_be_reached() -> None:
    assert {row.after for row in TRANSITIONS} == set(ConsentStatus) - {U}


def test_every_row_has_its_reason_and_source() -> None:
    for row in TRANSITIONS:
        assert row.because.endswith(".") and row.source
