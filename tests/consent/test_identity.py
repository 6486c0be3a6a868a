"""The device's secret and the subject id that is its hash."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.consent.identity import SECRET_BYTES, new_secret, subject_of


def written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_secrets_are_fresh_and_of_256_bits() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    for secret in made:
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", secret)
        assert len(base64.urlsafe_b64decode(secret + "=")) == 32


@given(st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES))
def test_the_subject_is_the_hash_of_the_secret_under_a_name_of_its_own(raw: bytes) -> None:
    subject = subject_of(written(raw))
    assert subject == written(hashlib.sha256(b"mingshi/subject/1\0" + raw).digest())
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", subject)


def test_the_subject_of_a_secret_never_changes() -> None:
    # A change of the derivation would lose every record at the endpoint.
    assert subject_of("A" * 43) == "LMKz8bPQrt94-cTUSnc5vrXMTduD77lDXOs3b7bT2mo"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A" * 42,
        "A" * 44,
        "A" * 43 + "=",
        # The last character carries two bits that a secret of 32 bytes leaves at nought.
        "A" * 42 + "B",
        "A" * 42 + "+",
        "A" * 21 + "\n" + "A" * 21,
        "Ａ" * 43,
        "同" * 43,
        written(b"\0" * 31),
        written(b"\0" * 33),
    ],
)
def test_what_is_no_secret_has_no_subject(text: str) -> None:
    with pytest.raises(ValueError, match="not a device secret"):
        subject_of(text)


@given(st.text(max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    try:
        subject_of(text)
    except ValueError as error:
        assert str(error).startswith("not a device secret")
    else:
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", text)
