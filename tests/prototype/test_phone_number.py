"""What counts as a mainland mobile number."""

from __future__ import annotations

import pytest

from components.prototype.phone_number import Flaw, PhoneNumber, Wrong, read_phone_number


@pytest.mark.parametrize(
    "text",
    ["13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００", "١٣٨٠٠١٣٨٠٠٠"],
)
def test_however_it_is_written(text: str) -> None:
    assert read_phone_number(text) == PhoneNumber("13800138000")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("  ", Wrong(Flaw.EMPTY, 0)),
        ("1380013800", Wrong(Flaw.LENGTH, 10)),
        ("138001380000", Wrong(Flaw.LENGTH, 12)),
        ("12800138000", Wrong(Flaw.START, 11)),
        ("me@example.cn", Wrong(Flaw.NOT_DIGITS, 0)),
    ],
)
def test_what_is_wrong_with_what_is_none(text: str, wrong: Wrong) -> None:
    assert read_phone_number(text) == wrong


def test_enough_is_masked() -> None:
    assert PhoneNumber("13812345678").masked == "138 •••• 5678"
