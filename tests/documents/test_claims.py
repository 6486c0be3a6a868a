"""What the documents say about code is true of the code."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from components.consent.choices import Choices
from components.consent.clock import ManualClock
from components.consent.event import Layer
from components.consent.gate import Gate
from components.consent.ledger import Ledger
from components.consent.permissions import SimulatedPermissions, SystemStatus
from components.consent.record import Record
from components.fairness.adapters.chromium import ANDROID
from components.i18n import Language
from components.notices.first_notice import examples as first_notice_examples
from components.policy import first_notice, load_pack, prompt_notice, prompts
from components.policy.toml_reader import TomlTable
from components.surface.example import Setting
from tests.browser.harness import browser
from tests.endpoint.devices import Device, batch
from tests.endpoint.processes import EndpointProcess
from tests.fairness.stage import stage_in
from tests.faults.report import table
from tests.patience import PATIENCE
from tests.pilot import running

from .reading import ROOT, page
from .scripts import apps_started, blocks_of, do, functions

EPIAO = ROOT / "policy_content" / "epiao"


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
    check_record = functions(page("docs/consent-record.md"))["check_record"]
    assert check_record(record) == 3
    connection = sqlite3.connect(record)
    connection.execute("DROP TRIGGER events_are_not_changed")
    connection.execute("UPDATE events SET body = replace(body, 'refused', 'given') WHERE true")
    connection.commit()
    connection.close()
    with pytest.raises(AssertionError):
        check_record(record)


def test_the_words_are_held_against_the_pack_as_described(record: Path) -> None:
    words_shown = functions(page("docs/consent-record.md"))["words_shown"]
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


@pytest.mark.anyio
async def test_the_readmes_example_asks_and_gets_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = page("README.md")
    (example,) = blocks_of(readme)
    assert len(example.text.splitlines()) <= 15
    # What the page says below it: whoever tries it off a phone says what the system answers.
    store = 'store=Path("consent-record.sqlite")'
    (told,) = (it.text for it in readme.codes if it.text.startswith("permissions="))
    assert example.text.count(store) == 1
    answering = replace(example, text=example.text.replace(store, f"{store}, {told}"))
    monkeypatch.chdir(tmp_path)
    names = {"SimulatedPermissions": SimulatedPermissions, "SystemStatus": SystemStatus}
    with apps_started() as started:
        do(answering, names)
    (main,) = started
    async with running(main) as person:
        await person.tap(person.by_key("first-notice.accept"))
        await person.tap("Nearby cinemas")
        assert "Here is one fix for the distances." not in person.texts()
        await person.tap("同意使用位置")
        assert "Here is one fix for the distances." in person.texts()


@pytest.mark.anyio
async def test_fairness_is_measured_as_described(request: pytest.FixtureRequest) -> None:
    described = functions(page("docs/fairness.md"))
    (example,) = (it for it in first_notice_examples.EXAMPLES if it.name == "default")
    pack = load_pack(EPIAO)
    setting = Setting(Language.of("zh_Hans"), pack, lambda _act: None)
    async with browser() as chromium, stage_in(chromium, ANDROID) as stage:
        await stage.show(lambda: example.build(setting), "zh_Hans")
        fair, findings = await described["look"](stage.page, stage.app)
        assert fair, [str(it) for it in findings]
        await described["test_our_notice"](request.getfixturevalue("fair"), stage.page)


def test_the_head_of_a_fault_run_is_the_tables() -> None:
    (shown,) = (it for it in page("docs/fault-runs.md").blocks if it.language == "text")
    (head,) = table([])
    assert shown.text.splitlines()[0].split() == head.split()


def test_the_folder_of_a_pack_is_as_drawn() -> None:
    (drawn,) = (it for it in page("docs/policy-packs.md").blocks if it.language == "text")
    files = [line.split()[0] for line in drawn.text.splitlines() if "." in line.split()[0]]
    there = {path.name for path in EPIAO.rglob("*")}
    assert len(files) >= 6 and set(files) <= there


def test_a_line_of_the_endpoints_log_is_as_shown(tmp_path: Path) -> None:
    (shown,) = (
        json.loads(it.text)
        for it in page("docs/endpoint-operations.md").blocks
        if it.language == "json"
    )
    device = Device()
    with EndpointProcess(f"sqlite:///{tmp_path / 'endpoint.sqlite3'}") as endpoint:
        httpx.post(
            f"{endpoint.url}{device.events_path}",
            json=batch(device.choose_many(1)),
            headers=device.bearer,
            timeout=PATIENCE,
        ).raise_for_status()
        assert endpoint.terminate() == 0
    (line,) = (it for it in endpoint.lines if it["message"] == "request")
    assert list(line) == list(shown)
    assert {name: type(value) for name, value in line.items()} == {
        name: type(value) for name, value in shown.items()
    }
    for name in ("level", "logger", "message", "method", "route", "status"):
        assert line[name] == shown[name]


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
