"""A study on a static site: a participant's own browser holds the record, and hands it over."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from components.prototype.static_site.site import build_site
from components.study import command as study_command
from components.study.allocation import allocate
from components.study.folder import StudyFolder
from components.study.reading import load_study
from components.study.record import Event, read_record
from tests.browser.person import Person
from tests.study.test_command import run
from tests.study.writing import PACKS, ready, written

from .serving import serving
from .test_main_job import shut_in, visit

pytestmark = pytest.mark.anyio

STEPS = ("welcome", "research_consent", "task:see_nearby", "debrief")


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    """A short study's folder, as ``mingshi study allocate`` makes it."""
    values = ready("first-look")
    values["flow"] = {"steps": list(STEPS)}
    values["tasks"] = [it for it in values["tasks"] if it["id"] == "see_nearby"]
    del values["study"]["purposes"], values["calibration"], values["probe"]
    (tmp_path / "file").mkdir()
    file = written(tmp_path / "file", values)
    study = load_study(file, PACKS)
    made = StudyFolder(tmp_path / "study")
    made.put_places(study, allocate(study))
    made.put_study(file)
    return made


async def test_a_session_outlives_a_reload_and_is_handed_over(
    chromium: Browser, folder: StudyFolder, tmp_path: Path
) -> None:
    build_site(tmp_path / "site", study=folder.path)
    study = load_study(folder.path / "study.toml")
    code = next(it.code for it in folder.places(study) if "zh_Hans" in it.stratum.values())
    with serving(tmp_path / "site") as served:
        async with (
            shut_in(chromium, served.url) as context,
            visit(context, f"{served.url}/?code={code}") as person,
        ):
            await takes_part(person)
            await under_the_bar(person)
            await person.page.reload()
            packed = await goes_on_and_ends(person)
    (tmp_path / "participant.zip").write_bytes(packed)
    assert run("collect", tmp_path / "participant.zip", "--into", folder.path) == 0
    assert run("verify", folder.path) == 0
    assert run("report", folder.path) == study_command.DONE
    (session,) = folder.sessions()
    events = read_record((session / "events.jsonl").read_bytes()).events
    assert session.parent.name == code
    assert [it.name for it in events].count("study.session.resumed") == 1
    assert data(events, "study.session.ended") == [{"reason": "finished"}]
    assert data(events, "study.task.completed") == [{"task": "see_nearby", "outcome": "direct"}]
    decided = [it for it in events if it.name == "stim.decision.made"]
    assert [(it.target, it.data["choice"]) for it in decided] == [
        ("notice:base", "grant"),
        ("purpose:nearby-cinema", "grant"),
    ]


def data(events: tuple[Event, ...], name: str) -> list[dict[str, object]]:
    return [it.data for it in events if it.name == name]


async def takes_part(person: Person) -> None:
    """Come by the link, agree, and begin the task."""
    await person.tap("code.begin")
    await person.tap("welcome.next")
    for scope in ("behaviour", "answers"):
        box = person.page.find(identifier=f"research.scope.{scope}").first
        await box.locator("[role=checkbox]").first.dispatch_event("click")
    await person.tap("research.accept")
    await person.tap("task.start")
    await person.tap("first-notice.accept")
    await person.no_longer_sees("first-notice.accept")


async def under_the_bar(person: Person) -> None:
    """What the app lays over its page ends below the bar."""
    await person.page.page.get_by_role("tab").nth(1).dispatch_event("click")
    await person.tap("city.locate")
    await person.waits_for("prompt.accept")
    await person.page.screenshot("static-study-prompt-zh")
    bar = await person.page.find(identifier="task.done").first.bounding_box()
    ask = await person.page.find(identifier="prompt.accept").first.bounding_box()
    assert bar is not None and ask is not None and bar["y"] + bar["height"] < ask["y"]
    await person.tap("prompt.accept")
    await person.tap("system.allow")
    await person.no_longer_sees("system.allow")


async def goes_on_and_ends(person: Person) -> bytes:
    """After the reload: in the task, with what was chosen; then to the end, and the file."""
    await person.waits_for("task.give-up")
    await person.page.page.get_by_role("tab").nth(1).wait_for(state="attached")
    assert not await person.sees("first-notice.accept")
    await person.tap("task.done")
    await person.tap("question.skip")
    await person.tap("debrief.end")
    await person.waits_for("records.save")
    await person.page.screenshot("static-study-end-zh")
    async with person.page.page.expect_download() as downloading:
        await person.tap("records.save")
    return Path(await (await downloading.value).path()).read_bytes()
