"""``[design]`` of a study file: conditions, strata, blocks, the seed."""

from __future__ import annotations

from math import prod

from ..policy.identifiers import is_kebab
from ..policy.toml_reader import TomlTable
from .model import Design
from .words import DesignKind, Stratum, TaskOrder

_LARGEST_STUDY = 20_000
_MOST_CONDITIONS = 12


def read_design(table: TomlTable) -> Design:
    """Read the table; faults go to its file's findings."""
    kind = table.choice("kind", DesignKind)
    factors = _levels(table, "factors", required=kind is not DesignKind.SINGLE)
    strata = _levels(table, "strata", required=False)
    known = {stratum.value for stratum in Stratum}
    for name in strata.keys() - known:
        table.fault("strata", f"`{name}` is no stratum", f"allowed are: {', '.join(sorted(known))}")
    conditions = prod(len(levels) for levels in factors.values())
    if kind is DesignKind.SINGLE and factors:
        table.fault("factors", "a study with one condition has no factors", 'or kind = "between"')
    elif kind is not DesignKind.SINGLE and not 2 <= conditions <= _MOST_CONDITIONS:
        table.fault(
            "factors",
            f"the factors make {conditions} conditions",
            f"give two to {_MOST_CONDITIONS} combinations of levels",
        )
    task_order = table.choice("task_order", TaskOrder, TaskOrder.FIXED)
    participants = table.whole_number("participants", least=1)
    if participants > _LARGEST_STUDY:
        table.fault(
            "participants",
            f"{participants} participants are more than there are codes for",
            f"write at most {_LARGEST_STUDY}",
        )
    return Design(
        kind=kind,
        factors=factors,
        block=_block(table, kind, conditions),
        strata={Stratum(name): values for name, values in strata.items() if name in known},
        seed=table.whole_number("seed", least=0),
        participants=participants,
        task_order=task_order,
    )


def _block(table: TomlTable, kind: DesignKind, conditions: int) -> int:
    """Between participants two to four times the conditions: short, yet hard to foresee."""
    if kind is not DesignKind.BETWEEN:
        return table.whole_number("block", least=1, default=1)
    block = table.whole_number("block", least=1)
    sizes = [conditions * times for times in (2, 3, 4)]
    if conditions and block not in sizes:
        table.fault(
            "block",
            f"a block of {block} does not hold each of {conditions} conditions equally often",
            f"write {sizes[0]}, {sizes[1]} or {sizes[2]}",
        )
    return block


def _levels(table: TomlTable, key: str, *, required: bool) -> dict[str, tuple[str, ...]]:
    """A table of lists of words: ``{ opening = ["summary", "full"] }``."""
    inside = table.table(key) if required else table.optional_table(key)
    if inside is None:
        return {}
    levels = {name: inside.texts(name, required=True) for name in inside.values}
    inside.finish()
    for name, values in levels.items():
        words = (name, *(value.replace("_", "-").lower() for value in values))
        if len(set(values)) < 2 or len(set(values)) != len(values) or not all(map(is_kebab, words)):
            inside.fault(
                name,
                f"`{name}` has the levels {', '.join(values) or 'none'}",
                "give two or more different words, with a-z, 0-9, hyphens and underscores",
            )
    return levels
