"""What the documents say about code is true of the code."""

from __future__ import annotations

import ast
import inspect
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flet as ft
import pytest

from components.consent.choices import Choices
from components.consent.clock import ManualClock
from components.consent.event import Layer
from components.consent.gate import Gate
from components.consent.ledger import Ledger
from components.consent.record import Record
from components.kit import ConsentKit
from components.policy import first_notice, load_pack, prompt_notice, prompts
from components.policy.toml_reader import TomlTable

ROOT = Path(__file__).resolve().parents[2]
EPIAO = ROOT / "policy_content" / "epiao"


def python_blocks(document: str) -> list[str]:
    """The Python in a document, reading the kit from the checkout."""
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    return [block.replace("from mingshi", "from components") for block in blocks]


def functions(document: str) -> dict[str, Callable[..., Any]]:
    """What the Python in a document defines."""
    names: dict[str, Any] = {}
    for block in python_blocks(document):
        exec(compile(block, document, "exec"), names)  # noqa: S102 - our own documents
    return names


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record with three choices in it."""
    path = tmp_path / "record.sqlite"
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    pack = load_pack(EPIAO)
    ledger = Ledger(path, clock=clock)
    kept = Record(ledger)
    choices = Choices(pack, kept, Gate(pack, kept, clock))
    location = prompt_notice(pack, "location", "en")
    place: dict[str, Any] = {"layer": Layer.JUST_IN_TIME, "gesture": "city.locate"}
    choices.accept_notice(first_notice(pack, "zh_Hans"), label="同意")
    choices.refuse("nearby-cinema", location, label="Not now", **place)
    choices.give("nearby-cinema", location, label="Agree", **place)
    ledger.close()
    return path


def test_the_record_is_checked_as_described(record: Path) -> None:
    check_record = functions("docs/consent-record.md")["check_record"]
    assert check_record(record) == 3
    connection = sqlite3.connect(record)
    connection.execute("DROP TRIGGER events_are_not_changed")
    connection.execute("UPDATE events SET body = replace(body, 'refused', 'given') WHERE true")
    connection.commit()
    connection.close()
    with pytest.raises(AssertionError):
        check_record(record)


def test_the_words_are_held_against_the_pack_as_described(record: Path) -> None:
    words_shown = functions("docs/consent-record.md")["words_shown"]
    connection = sqlite3.connect(record)
    bodies = connection.execute("SELECT body FROM events ORDER BY sequence").fetchall()
    connection.close()
    events = [json.loads(body) for (body,) in bodies]
    shown = [words_shown(event, EPIAO) for event in events]
    assert shown[0][0] == "欢迎使用E票电影"
    assert shown[1] == shown[2]
    assert "Where you are now" in shown[1][1]
    events[0]["notice"]["locale"] = "en"
    with pytest.raises(AssertionError):
        words_shown(events[0], EPIAO)


def test_the_fields_of_an_event_are_those_of_the_table(record: Path) -> None:
    text = (ROOT / "docs" / "consent-record.md").read_text(encoding="utf-8")
    table = text.split("## The fields of an event")[1].split("\n\n")[1]
    connection = sqlite3.connect(record)
    (body,) = connection.execute("SELECT body FROM events").fetchone()
    connection.close()
    assert set(re.findall(r"^\| `(\w+)`", table, flags=re.MULTILINE)) == set(json.loads(body))


def test_the_readmes_example_runs_up_to_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = python_blocks("README.md")
    assert len(example.splitlines()) <= 15
    started: list[Callable[..., Any]] = []
    monkeypatch.setattr(ft, "run", started.append)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own document
    assert [main.__name__ for main in started] == ["main"]


def test_the_readmes_example_calls_the_kit_as_it_is() -> None:
    (example,) = python_blocks("README.md")
    calls = [
        node
        for node in ast.walk(ast.parse(example))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    checked = []
    for call in calls:
        owner, method = ast.unparse(call.func).rsplit(".", 1)
        if owner not in ("kit", "ConsentKit"):
            continue
        signature = inspect.signature(getattr(ConsentKit, method))
        given = [None] * (len(call.args) + (owner == "kit"))
        signature.bind(*given, **{str(it.arg): None for it in call.keywords})
        checked.append(method)
    assert checked == ["open", "ask", "using"]
    assert inspect.iscoroutinefunction(ConsentKit.start)


def test_every_key_of_a_pack_is_described() -> None:
    text = (ROOT / "docs" / "policy-packs.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`(?:\[+(?:\w+\.)?)?(\w+)(?:\]+)?`", text))
    asked = {
        key
        for path in (ROOT / "components" / "policy").glob("*.py")
        for key in toml_keys(path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 40
    assert asked - described == set()
    fields = {
        *prompts._FIRST_NOTICE_FIELDS,
        *prompts._PROMPT_FIELDS,
        *prompts._PROMPT_EXTRAS,
        *prompts._WITHDRAWAL_FIELDS,
    }
    assert fields - described == set()


def toml_keys(source: str) -> Iterator[str]:
    """The keys that a module asks a TOML table for, as in `table.text("key")`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("table" | "root"), attr=method)):
                arguments = node.args[:1] if hasattr(TomlTable, method) else []
            case ast.Call(args=[ast.Name("table" | "root" | "parent"), *arguments]):
                pass
            case _:
                continue
        for argument in arguments[:1]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value
