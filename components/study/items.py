"""``items.toml`` -> the item bank of a policy, every item held against the policy's own words."""

from __future__ import annotations

from ..policy.entries import closed, kebab
from ..policy.pack import Pack
from ..policy.toml_reader import TomlFile, TomlTable
from .evidence import PolicyWords, check_evidence
from .model import AttentionCheck, Item, ItemBank
from .words import Expectedness, Fact, Form, Layer, Risk, Truth

FORMAT = 1
"""The format of ``items.toml`` that this kit reads."""


def read_items(file: TomlFile, pack: Pack) -> ItemBank:
    """Read an item bank; faults go to ``file.findings``.

    Args:
        file: The file, its locales those of the study.
        pack: The pack at the version that the items stand on.
    """
    root = TomlTable(file, (), file.source.values)
    if root.whole_number("format", least=1) != FORMAT:
        root.fault("format", "the format is not one that is read", f"write format = {FORMAT}")
    bank = ItemBank(
        items=tuple(closed(table, _item) for table in root.tables("items")),
        attention=tuple(closed(table, _attention) for table in root.tables("attention")),
    )
    root.finish()
    _check_ids(root, bank)
    policy = PolicyWords(pack, file.locales)
    for position, item in enumerate(bank.items):
        check_evidence(TomlTable(file, ("items", position), {}), item, policy)
    return bank


def _item(table: TomlTable) -> Item:
    return Item(
        id=kebab(table, "id"),
        form=table.choice("form", Form),
        layer=table.choice("layer", Layer),
        place=table.optional_text("place") or "",
        clause=kebab(table, "clause"),
        fact=table.choice("fact", Fact),
        expectedness=table.choice("expectedness", Expectedness),
        risk=table.choice("risk", Risk),
        answer=table.choice("answer", Truth),
        statement=table.localised("statement"),
        evidence=table.optional_localised("evidence"),
        absent=table.localised_list("absent"),
    )


def _attention(table: TomlTable) -> AttentionCheck:
    return AttentionCheck(
        id=kebab(table, "id"),
        form=table.choice("form", Form),
        answer=table.choice("answer", Truth),
        statement=table.localised("statement"),
    )


def _check_ids(root: TomlTable, bank: ItemBank) -> None:
    seen: set[str] = set()
    ids = [("items", at, item.id) for at, item in enumerate(bank.items)]
    ids += [("attention", at, check.id) for at, check in enumerate(bank.attention)]
    for key, position, id_ in ids:
        if id_ in seen:
            root.file.fault(
                (key, position, "id"), f"the id `{id_}` is taken", "give each item an id of its own"
            )
        seen.add(id_)
