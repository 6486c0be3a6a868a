"""``mingshi verify`` as it is called: what it prints, how it ends, and that it asks no network."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from components.consent.event import canonical
from components.consent.receipts import record
from components.endpoint.receipts.key_files import KeyFile
from components.verifying.command import add_arguments, run
from tests.consent.decisions import EPIAO, EPIAO_FOLDER, Decisions

from .receipts import issued, key_set, new_key
from .test_records import export, line

ROOT = Path(__file__).resolve().parents[2]
ALL_PASSED, SOMETHING_FAILED, NOT_ALL_CHECKED = 0, 1, 2

WITHOUT_NETWORK = """\
import sys

def refuse(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"{event} was called")

sys.addaudithook(refuse)
from components.__main__ import main
sys.exit(main())
"""


@pytest.fixture
def key(tmp_path: Path) -> KeyFile:
    return new_key(tmp_path / "keys")


@pytest.fixture
def jwks(tmp_path: Path, key: KeyFile) -> Path:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(key_set(key)))
    return path


@pytest.fixture
def person() -> Decisions:
    person = Decisions()
    person.accepted_notice()
    person.given()
    person.withdrawn()
    return person


@pytest.fixture
def receipt_file(tmp_path: Path, key: KeyFile, person: Decisions) -> Path:
    """The receipt of the second of three events."""
    path = tmp_path / "receipt.jws"
    path.write_bytes(issued(person.made[1], key))
    return path


def verify(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([str(argument) for argument in arguments]))


def process(
    *arguments: str | Path, program: str = WITHOUT_NETWORK
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, "verify", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_an_unchanged_receipt_passes_without_a_network(receipt_file: Path, jwks: Path) -> None:
    done = process(receipt_file, "--keys", jwks)
    assert (done.returncode, done.stderr) == (ALL_PASSED, "")
    assert done.stdout.splitlines()[-1] == "Everything passed."


def test_the_process_without_a_network_has_none() -> None:
    done = process(program=WITHOUT_NETWORK.partition("from ")[0] + "import socket; socket.socket()")
    assert "socket.__new__ was called" in done.stderr


def test_one_changed_byte_and_the_process_says_so(receipt_file: Path, jwks: Path) -> None:
    raw = bytearray(receipt_file.read_bytes())
    # Another letter of the signature: still a receipt in form, for each signature there can be.
    raw[-10] = ord("A") if raw[-10] != ord("A") else ord("B")
    receipt_file.write_bytes(raw)
    done = process(receipt_file, "--keys", jwks)
    assert done.returncode == SOMETHING_FAILED
    assert "  FAILED       signature  The key " in done.stdout
    assert "Do not rely on it." in done.stdout


def test_a_byte_that_no_receipt_has_and_the_process_says_so(receipt_file: Path, jwks: Path) -> None:
    raw = bytearray(receipt_file.read_bytes())
    raw[-10] = ord("[")
    receipt_file.write_bytes(raw)
    done = process(receipt_file, "--keys", jwks)
    assert done.returncode == SOMETHING_FAILED
    assert "  FAILED       form " in done.stdout
    assert "Do not rely on it." in done.stdout


def test_every_check_is_told_in_words(
    receipt_file: Path, jwks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(receipt_file, "--keys", jwks) == ALL_PASSED
    first, *checks, empty, last = capsys.readouterr().out.splitlines()
    assert first == f"{receipt_file}: signed receipt"
    assert [check.split()[1] for check in checks] == [
        *("form", "signature", "schema", "event", "words", "policy", "facts"),
    ]
    assert all(check.startswith("  passed       ") and check.endswith(".") for check in checks)
    assert (empty, last) == ("", "Everything passed.")


def test_it_prints_json(receipt_file: Path, jwks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(receipt_file, "--json") == NOT_ALL_CHECKED
    found = json.loads(capsys.readouterr().out)
    assert found["outcome"] == "could-not-be-checked"
    (file,) = found["files"]
    assert (file["file"], file["kind"]) == (str(receipt_file), "signed receipt")
    outcomes = {check["check"]: check["outcome"] for check in file["checks"]}
    assert outcomes["signature"] == "could-not-be-checked"
    assert outcomes["facts"] == "passed"


def test_a_pack_by_its_folder_is_the_one_that_counts(
    receipt_file: Path, jwks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(EPIAO_FOLDER, tmp_path / "epiao"))
    arguments = (receipt_file, "--keys", jwks, "--pack", folder)
    assert verify(*arguments) == ALL_PASSED
    prompts = folder / "2021-11-01" / "zh_Hans" / "prompts.md"
    words = prompts.read_text(encoding="utf-8")
    prompts.write_text(
        words.replace("算完距离就删除，我们不保存。", "保存三年。"), encoding="utf-8"
    )
    capsys.readouterr()
    assert verify(*arguments) == SOMETHING_FAILED
    assert "has other words for epiao/location" in capsys.readouterr().out


def test_another_pack_leaves_it_unchecked(receipt_file: Path, jwks: Path) -> None:
    assert verify(receipt_file, "--keys", jwks, "--pack", "piaoqian") == NOT_ALL_CHECKED


def test_the_event_has_its_place_in_the_record(
    receipt_file: Path, jwks: Path, tmp_path: Path, person: Decisions
) -> None:
    record_file = export(tmp_path / "export.ndjson", [line(event) for event in person.made])
    arguments = (receipt_file, "--keys", jwks, "--record", record_file)
    assert verify(*arguments) == ALL_PASSED
    export(record_file, [line(event) for event in person.made[:1]])
    assert verify(*arguments) == SOMETHING_FAILED


def test_several_files_of_every_kind_at_once(
    receipt_file: Path,
    jwks: Path,
    tmp_path: Path,
    person: Decisions,
    capsys: pytest.CaptureFixture[str],
) -> None:
    record_file = export(tmp_path / "export.ndjson", [line(event) for event in person.made])
    assert verify(receipt_file, record_file, "--keys", jwks) == ALL_PASSED
    copy = tmp_path / "copy.json"
    copy.write_bytes(canonical(record(person.made[1], EPIAO)))
    assert verify(receipt_file, record_file, copy, "--keys", jwks) == NOT_ALL_CHECKED
    told = capsys.readouterr().out
    for kind in ("signed receipt", "export", "unsigned copy"):
        assert f": {kind}\n" in told
    copy.write_bytes(b'{"@type"')
    assert verify(copy) == SOMETHING_FAILED


def test_a_store_of_a_device(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "store.sqlite3"
    store.write_bytes(b"SQLite format 3\0" + b"damaged" * 100)
    assert verify(store) == SOMETHING_FAILED
    assert "no store of ours" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"keys": []}', '{"keys": [{"kty": "EC"}]}', '{"keys": [1]}']
)
def test_a_file_that_holds_no_keys_is_named(
    receipt_file: Path, jwks: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    jwks.write_text(content)
    assert verify(receipt_file, "--keys", jwks) == NOT_ALL_CHECKED
    assert str(jwks) in capsys.readouterr().err


def test_keys_of_another_kind_are_passed_over(receipt_file: Path, jwks: Path, key: KeyFile) -> None:
    other = {"kty": "EC", "crv": "P-256", "kid": "other", "x": "", "y": ""}
    jwks.write_text(json.dumps({"keys": [other, *key_set(key)["keys"]]}))
    assert verify(receipt_file, "--keys", jwks) == ALL_PASSED


def test_what_cannot_be_used_is_said(
    receipt_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pack.toml").write_text("no TOML")
    large = tmp_path / "large"
    large.write_bytes(b"e" * (4 * 1024 * 1024 + 1))
    for arguments, words in (
        ((tmp_path / "missing",), "missing"),
        ((receipt_file, "--pack", "no-such-pack"), "no-such-pack"),
        ((receipt_file, "--pack", broken), "pack.toml"),
        ((receipt_file, "--record", tmp_path / "missing"), "missing"),
        ((large,), "are no receipt"),
    ):
        assert verify(*arguments) == NOT_ALL_CHECKED
        told = capsys.readouterr().err
        assert told.startswith("mingshi verify: ")
        assert words in told
