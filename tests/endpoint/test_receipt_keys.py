"""The files that signing keys are in, which of them signs, and the command for them."""

from __future__ import annotations

import argparse
import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from joserfc.jwk import OKPKey

from components.consent.clock import ManualClock
from components.endpoint.receipts.key_command import add_arguments, run
from components.endpoint.receipts.key_files import (
    KeysUnreadable,
    add_key,
    read_keys,
    retire_key,
)
from components.endpoint.receipts.keys import SigningKeys

NOW = datetime(2021, 11, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "made" / "keys"


def test_a_key_is_its_owners_alone(folder: Path) -> None:
    key = add_key(folder, NOW)
    assert json.loads(key.path.read_text())["kid"] == key.kid
    if os.name == "posix":
        assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == [key.path.name]


def test_keys_are_read_oldest_first(folder: Path) -> None:
    assert read_keys(folder) == []
    newer = add_key(folder, NOW + timedelta(days=1))
    older = add_key(folder, NOW)
    (folder / "README.txt").write_text("no key")
    assert [key.kid for key in read_keys(folder)] == [older.kid, newer.kid]


@pytest.mark.parametrize(
    "change",
    [
        {"kid": "somebody-elses"},
        {"crv": "X25519"},
        {"kty": "EC"},
        {"created": "2021-11-01T08:00:00"},
        {"created": None},
        {"x": "AAAA"},
    ],
)
def test_a_file_that_is_no_key_of_ours_is_named(folder: Path, change: dict[str, str]) -> None:
    key = add_key(folder, NOW)
    jwk = json.loads(key.path.read_text())
    key.path.write_text(json.dumps({**jwk, **change}))
    with pytest.raises(KeysUnreadable, match=key.path.name) as raised:
        read_keys(folder)
    assert jwk["d"] not in str(raised.value)


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", '{"kty": "OKP"'])
def test_a_file_that_is_no_jwk_is_named(folder: Path, content: str) -> None:
    key = add_key(folder, NOW)
    key.path.write_text(content)
    with pytest.raises(KeysUnreadable, match=key.path.name):
        read_keys(folder)


def test_a_retired_key_keeps_its_public_half(folder: Path) -> None:
    old, new = add_key(folder, NOW), add_key(folder, NOW + timedelta(days=1))
    retire_key(folder, old.kid)
    first, second = read_keys(folder)
    assert (first.kid, first.retired, second.kid, second.retired) == (
        *(old.kid, True),
        *(new.kid, False),
    )
    assert "d" not in json.loads(old.path.read_text())
    with pytest.raises(ValueError, match="only key that signs"):
        retire_key(folder, new.kid)
    with pytest.raises(ValueError, match="no key nobody"):
        retire_key(folder, "nobody")


def test_the_newest_key_that_is_known_for_long_enough_signs(folder: Path) -> None:
    clock = ManualClock(NOW)
    oldest = add_key(folder, NOW - timedelta(days=2))
    older = add_key(folder, NOW - timedelta(days=1))
    fresh = add_key(folder, NOW)
    keys = SigningKeys(folder, clock)
    assert keys.signing().kid == older.kid
    clock.advance(timedelta(minutes=10))
    assert keys.signing().kid == fresh.kid
    retire_key(folder, fresh.kid)
    clock.advance(timedelta(minutes=1))
    assert keys.signing().kid == older.kid
    assert [key.kid for key in keys.all()] == [oldest.kid, older.kid, fresh.kid]


def test_of_fresh_keys_the_first_signs(folder: Path) -> None:
    clock = ManualClock(NOW)
    keys = SigningKeys(folder, clock)
    (first,) = keys.all()
    add_key(folder, NOW + timedelta(seconds=30))
    clock.advance(timedelta(minutes=1))
    assert len(keys.all()) == 2
    assert keys.signing().kid == first.kid


def test_keys_that_cannot_be_read_again_still_hold(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = ManualClock(NOW)
    keys = SigningKeys(folder, clock)
    key = keys.signing()
    key.path.write_text("half a k")
    clock.advance(timedelta(minutes=1))
    assert keys.signing().kid == key.kid
    assert "signing keys cannot be read again" in caplog.text
    key.path.unlink()
    clock.advance(timedelta(minutes=1))
    assert keys.signing().kid == key.kid


def test_an_endpoint_does_not_begin_with_retired_keys_alone(folder: Path) -> None:
    old, new = add_key(folder, NOW), add_key(folder, NOW + timedelta(days=1))
    retire_key(folder, old.kid)
    new.path.unlink()
    with pytest.raises(KeysUnreadable, match="every key is retired"):
        SigningKeys(folder, ManualClock(NOW))


def command(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([str(argument) for argument in arguments]))


def test_the_command_rotates_lists_and_retires(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("rotate", folder) == 0
    (first,) = read_keys(folder)
    told = capsys.readouterr().out
    assert first.kid in told
    assert "signs with it 0 minutes on" in told
    assert command("rotate", folder) == 0
    assert "signs with it 10 minutes on" in capsys.readouterr().out
    assert command("retire", folder, first.kid) == 0
    assert "still verifies" in capsys.readouterr().out
    assert command("list", folder) == 0
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == 2
    assert next(line for line in listed if "retired" in line).startswith(first.kid)


def test_no_key_is_named_like_an_option(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[OKPKey] = []
    generate = OKPKey.generate_key

    def remembered(curve: Literal["Ed25519"]) -> OKPKey:
        drawn.append(generate(curve))
        return drawn[-1]

    monkeypatch.setattr(OKPKey, "generate_key", remembered)
    # One in 64 begins with a hyphen; add keys until one of those was drawn.
    while not any(key.thumbprint().startswith("-") for key in drawn):
        add_key(folder, NOW)
    add_key(folder, NOW)
    kept = read_keys(folder)
    assert len(kept) < len(drawn)
    assert not any(key.kid.startswith("-") for key in kept)


def test_the_command_says_what_it_cannot_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("retire", folder, "nobody") == 2
    assert "no key nobody" in capsys.readouterr().err
    folder.parent.mkdir()
    folder.write_text("a file")
    assert command("rotate", folder) == 2
    assert capsys.readouterr().err.startswith("mingshi endpoint-keys: ")
