"""Where the kit's own data lies: beside the code in the wheel, one folder up in a checkout."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder ``locales``, ``policy_content`` or ``assets``.

    In a wheel or a vendored copy it may lie inside the package; in a checkout it lies beside it.

    Raises:
        FileNotFoundError: It is in neither place; the copy of the kit is incomplete.
    """
    for parent in (_HERE, _HERE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(
        f"{name}/ is neither in {_HERE} nor beside it. Copy it from the kit, next to the code."
    )
