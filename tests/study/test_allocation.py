"""Who sees what: balanced wherever one stops, the same from the same seed, and safe to type."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.study.allocation import (
    AllocationFault,
    allocate,
    allocate_without_codes,
    from_csv,
    to_csv,
)
from components.study.chance import Chance
from components.study.codes import ALPHABET, is_code, new_codes, read_code
from components.study.model import Study
from components.study.reading import load_study
from components.study.williams import williams
from components.study.words import DesignKind, Stratum

from .writing import PACKS, READY

LAYERS = load_study(READY / "layers.toml", PACKS)
FIRST_LOOK = load_study(READY / "first-look.toml", PACKS)


def between(arms: int, times: int, seed: int) -> Study:
    levels = tuple(f"arm-{it}" for it in range(arms))
    design = replace(
        LAYERS.design, factors={"arm": levels}, block=arms * times, seed=seed, participants=60
    )
    return replace(LAYERS, design=design)


@settings(max_examples=40, deadline=None)
@given(arms=st.integers(2, 6), times=st.integers(2, 4), seed=st.integers(0, 2**32))
def test_the_arms_are_balanced_to_half_a_block_in_every_stratum(
    arms: int, times: int, seed: int
) -> None:
    study = between(arms, times, seed)
    places = allocate_without_codes(study)
    strata = {tuple(it.stratum.values()) for it in places}
    assert len(strata) == 4
    for stratum in strata:
        counts = dict.fromkeys(study.design.factors["arm"], 0)
        own = [it for it in places if tuple(it.stratum.values()) == stratum]
        assert [it.position for it in own] == list(range(1, len(own) + 1))
        for place in own:
            (condition,) = place.conditions
            counts[condition["arm"]] += 1
            # Wherever the study is broken off.
            assert max(counts.values()) - min(counts.values()) <= study.design.block / 2
        assert len(set(counts.values())) == 1


def test_the_same_seed_makes_the_same_places_and_another_seed_others() -> None:
    assert allocate_without_codes(LAYERS) == allocate_without_codes(LAYERS)
    other = replace(LAYERS, design=replace(LAYERS.design, seed=1))
    assert allocate_without_codes(other) != allocate_without_codes(LAYERS)


def test_the_allocation_of_this_seed_is_the_same_on_every_machine() -> None:
    levels = [it.conditions[0]["opening"] for it in allocate_without_codes(LAYERS)[:16]]
    assert [it[0] for it in levels] == list("sffsfssfsfssfsff")
    chance = Chance(7, "x")
    assert [chance.below(10) for _ in range(12)] == [9, 5, 4, 8, 5, 9, 1, 8, 4, 4, 3, 1]


def test_strata_do_not_follow_one_another() -> None:
    places = allocate_without_codes(LAYERS)
    by_stratum: dict[tuple[str, ...], list[str]] = {}
    for place in places:
        own = by_stratum.setdefault(tuple(place.stratum.values()), [])
        own.append(place.conditions[0]["opening"])
    assert len({tuple(it) for it in by_stratum.values()}) == 4


@pytest.mark.parametrize("count", range(2, 10))
def test_a_williams_square_balances_places_and_what_follows_what(count: int) -> None:
    square = williams(count)
    assert len(square) == count * (1 + count % 2)
    rounds = len(square) // count
    for place in range(count):
        assert Counter(order[place] for order in square) == dict.fromkeys(range(count), rounds)
    follows = Counter(pair for order in square for pair in pairwise(order))
    assert len(follows) == count * (count - 1)
    assert set(follows.values()) == {rounds}


def test_a_square_of_nothing() -> None:
    assert williams(1) == ((0,),)
    with pytest.raises(ValueError, match="at least one"):
        williams(0)


def test_tasks_come_in_balanced_orders_within_each_arm() -> None:
    for level in LAYERS.design.factors["opening"]:
        orders = [
            it.tasks
            for it in allocate_without_codes(LAYERS)
            if it.conditions[0]["opening"] == level
            and (it.stratum[Stratum.DEVICE], it.stratum[Stratum.LOCALE]) == ("phone", "en")
        ]
        # Three tasks: six orders, each once in every six.
        assert len(set(orders[:6])) == 6
        counts = Counter(orders)
        assert max(counts.values()) - min(counts.values()) <= 1


def test_within_participants_each_sees_every_condition_in_balanced_orders() -> None:
    design = replace(
        LAYERS.design,
        kind=DesignKind.WITHIN,
        factors={"opening": ("summary", "full", "both")},
        participants=13,
        strata={},
    )
    places = allocate_without_codes(replace(LAYERS, design=design))
    assert len(places) == 18  # whole rounds of six orders
    for place in places:
        assert {it["opening"] for it in place.conditions} == {"summary", "full", "both"}
    for block in (1, 2, 3):
        assert len({str(it.conditions) for it in places if it.block == block}) == 6


def test_one_condition_for_all() -> None:
    places = allocate(FIRST_LOOK)
    assert len(places) == 24
    assert all(it.conditions == ({},) for it in places)


@pytest.mark.parametrize("study", [LAYERS, FIRST_LOOK], ids=["layers", "first-look"])
def test_the_table_is_written_and_read(study: Study) -> None:
    places = allocate(study)
    assert from_csv(study, to_csv(study, places)) == places
    assert len({it.code for it in places}) == len(places)


def changed(row: int, column: int, value: str) -> str:
    rows = list(csv.reader(io.StringIO(to_csv(LAYERS, allocate(LAYERS)))))
    rows[row][column] = value
    return "\n".join(",".join(it) for it in rows)


def test_a_table_that_was_changed_is_noticed() -> None:
    table = to_csv(LAYERS, allocate(LAYERS))
    line = next(csv.reader([table.splitlines()[5]]))
    with pytest.raises(AllocationFault, match="line 6 is not what"):
        other = {"summary": "full", "full": "summary"}[line[5]]
        from_csv(LAYERS, changed(5, 5, other))
    with pytest.raises(AllocationFault, match="line 2"):
        from_csv(LAYERS, changed(1, 0, "OOOOO"))
    with pytest.raises(AllocationFault, match="columns"):
        from_csv(FIRST_LOOK, table)
    with pytest.raises(AllocationFault, match="1599 places"):
        from_csv(LAYERS, table.rpartition("\n")[0].rpartition("\n")[0])
    twice = table.splitlines()
    twice[2] = twice[1][:5] + twice[2][5:]
    with pytest.raises(AllocationFault, match="line 3"):
        from_csv(LAYERS, "\n".join(twice))


def test_the_place_of_somebody_who_withdrew_stays_empty() -> None:
    places = list(allocate(LAYERS))
    places[3] = replace(places[3], code="")
    places[4] = replace(places[4], code="")
    assert from_csv(LAYERS, to_csv(LAYERS, places)) == tuple(places)


def test_codes_are_told_apart() -> None:
    codes = new_codes(2000)
    assert len(set(codes)) == 2000
    assert not set("0O1IL2Z5S8BUQ") & set("".join(codes))
    for code in codes[:50]:
        assert is_code(code)
        assert read_code(f" {code[:2].lower()}-{code[2:]} ") == code
        for at in range(len(code)):
            for other in set(ALPHABET) - {code[at]}:
                assert not is_code(code[:at] + other + code[at + 1 :])
        for at in range(len(code) - 1):
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            assert swapped == code or not is_code(swapped)
    assert read_code("hello") is None
    with pytest.raises(ValueError, match="at most"):
        new_codes(10**6)
