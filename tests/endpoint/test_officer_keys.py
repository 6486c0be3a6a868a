"""The file of officers, and the command that makes its entries."""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

import pytest

from components.endpoint.officer import key_command
from components.endpoint.officer.authentication import Officers, OfficersUnreadable
from components.endpoint.officer.key_command import entry, new_key


def _made(name: str) -> int:
    parser = argparse.ArgumentParser()
    key_command.add_arguments(parser)
    return key_command.run(parser.parse_args([name]))


def test_the_command_shows_a_key_and_the_lines_for_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _made("li-na") == 0
    shown = capsys.readouterr().out
    [key] = re.findall(r"^    (officer-[A-Za-z0-9_-]{43})$", shown, re.MULTILINE)
    lines = shown[shown.index("[[officers]]") :]
    assert lines == entry("li-na", key)
    assert key not in lines
    assert hashlib.sha256(key.encode()).hexdigest() in lines
    path = tmp_path / "officers.toml"
    path.write_text(lines, "utf-8")
    Officers(path)


@pytest.mark.parametrize("name", ["Li Na", "", 'x"', "a" * 101])
def test_a_name_that_is_none_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _made(name) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "li-na" in told.err


def test_one_officer_may_have_two_keys_while_one_replaces_the_other(tmp_path: Path) -> None:
    path = tmp_path / "officers.toml"
    path.write_text(entry("li-na", new_key()) + entry("li-na", new_key()), "utf-8")
    Officers(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "No such file"),
        ("[[officers", "officers.toml"),
        ("officers = 3", "one [[officers]] table"),
        ("officers = [3]", "officer 1"),
        ('[[officers]]\nname = "li-na"\n', "key_sha256"),
        (f'[[officers]]\nname = "Li Na"\nkey_sha256 = "{"0" * 64}"\n', "kebab-case"),
        (f'[[officers]]\nname = "{"a" * 101}"\nkey_sha256 = "{"0" * 64}"\n', "officer 1"),
        (entry("li-na", "same") + entry("wang-wei", "same"), "the key of officer li-na"),
    ],
)
def test_an_unusable_file_says_where_and_what_to_do(
    tmp_path: Path, text: str | None, said: str
) -> None:
    path = tmp_path / "officers.toml"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(OfficersUnreadable) as raised:
        Officers(path)
    assert str(path) in str(raised.value)
    assert said in str(raised.value)
