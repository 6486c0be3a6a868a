"""Ways in taps: counted by hand, read from a study's folder, told in a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from components.study.builds import NOTICE, NoBuild, Stand, Way, build_text, read_build
from components.study.exporting.files import Tier
from components.study.folder import StudyFolder
from components.study.measures.ways import Taken, taken_back, taps_in, ways_taken
from components.study.record import Event
from components.study.reporting.analysis import analyse
from components.study.reporting.fault import ReportFault
from components.study.reporting.making import Wanted, make_report, written
from components.study.reporting.source import read_source
from components.study.reporting.writer import LOCALES

from .reported import FEW, MANY, bots_build, few, many

LOCATION = "purpose:nearby-cinema"


def events(*happened: str | tuple[str, dict[str, Any]]) -> tuple[Event, ...]:
    """A session in short: ``tap``, ``grant``, ``begin:<task>``, and so on, a second each."""
    found = []
    for seq, it in enumerate(happened):
        name, fields = it if isinstance(it, tuple) else short(it)
        context = {key: fields[key] for key in ("target", "layer") if key in fields}
        data = {key: value for key, value in fields.items() if key not in context}
        found.append(
            Event(seq=seq, t=float(seq), t_act=float(seq), name=name, data=data, **context)
        )
    return tuple(found)


def short(word: str) -> tuple[str, dict[str, Any]]:
    kind, _, subject = word.partition(":")
    match kind:
        case "begin":
            return "study.task.started", {"task": subject}
        case "done":
            return "study.task.completed", {"task": subject, "outcome": "indirect"}
        case "helped":
            return "study.task.assisted", {"task": subject, "help": "hint"}
        case "tap":
            return "stim.tap", {"control": subject or "something"}
        case "grant" | "decline":
            target = subject or LOCATION
            return "stim.decision.made", {"choice": kind, "via": "button", "target": target}
        case "back":
            return "stim.decision.withdrawn", {"previous": "grant", "target": subject or LOCATION}
        case "asked":
            return "stim.notice.shown", {"exposure": 1}
        case "read":
            return "stim.section.entered", {"section": subject, "layer": "full"}
        case _:
            raise AssertionError(word)


@pytest.mark.parametrize(
    ("happened", "taps"),
    [
        ([], 0),
        (["tap", "asked", "tap"], 2),
        # A press that decides is no tap besides, and one press may decide several things.
        (["tap", "asked", "grant"], 2),
        (["asked", "grant", f"grant:{NOTICE}", "decline:purpose:other"], 1),
        # Two answers one after the other are two presses, with something between them or not.
        (["asked", "decline", "tap", "grant"], 3),
        (["asked", "decline", "grant"], 2),
        # Taking back is told as a tap and as what it does.
        (["tap:withdraw.nearby-cinema", "back"], 1),
    ],
)
def test_taps_are_counted_as_they_are_told(happened: list[str], taps: int) -> None:
    assert taps_in(events(*happened)) == taps


def known(task: str, notice: Stand, purpose: Stand) -> Way | None:
    """A small app: four taps to a new app's question, two later; the text is two taps away."""
    if task == "find_retention":
        return None if notice is Stand.DECLINE else ("me", "policy")
    if purpose is Stand.UNASKED:
        return ("a", "b", "c", "d") if notice is Stand.UNASKED else ("c", "d")
    if task == "take_back_location":
        return ("me", "back") if purpose is Stand.GRANT else ()
    return ()


def taken(*happened: str) -> list[Taken]:
    return list(ways_taken(FEW.tasks.values(), events(*happened), known))


def test_a_way_is_held_against_the_shortest_from_where_the_person_stood() -> None:
    first = ["begin:see_nearby", "asked", f"grant:{NOTICE}", "tap", "tap", "asked", "grant", "tap"]
    found = taken(*first, "done:see_nearby")
    # Up to the goal and no farther; notice and question with two taps between: four.
    assert found == [Taken("see_nearby", 4, ("a", "b", "c", "d"))]
    assert found[0].over == 1
    then = ["begin:find_retention", *["tap"] * 3, "read:sdk", "tap", "read:retention", "tap"]
    later = ["begin:take_back_location", *["tap"] * 5, "back", "tap", "done:take_back_location"]
    found = taken(*first, "done:see_nearby", *then, "done:find_retention", *later)
    assert [(it.task, it.taps, it.over) for it in found] == [
        ("see_nearby", 4, 1.0),
        ("find_retention", 4, 2.0),
        ("take_back_location", 5, 2.5),
    ]


def test_who_had_help_gave_up_or_had_nothing_to_do_is_not_held_against_it() -> None:
    assert taken("begin:see_nearby", "helped:see_nearby", "tap", "grant", "done:see_nearby") == []
    assert taken("begin:see_nearby", "tap", "grant") == []
    # Nothing was agreed to, so that there is nothing to take back.
    refused = ["begin:see_nearby", "asked", "decline", "done:see_nearby"]
    nothing = ["begin:take_back_location", "tap", "tap", "done:take_back_location"]
    assert [it.task for it in taken(*refused, *nothing)] == ["see_nearby"]


def test_where_no_shortest_way_is_known_there_is_no_ratio() -> None:
    happened = ["begin:find_retention", "tap", "read:retention", "done:find_retention"]
    (found,) = taken(f"decline:{NOTICE}", *happened)
    assert (found.taps, found.way, found.over) == (1, None, None)


def test_taking_back_is_counted_from_the_beginning_of_its_task() -> None:
    happened = [
        "grant",
        "tap",
        "begin:take_back_location",
        "tap",
        "tap",
        "tap",
        "back",
        "tap",
        "back",
    ]
    (found,) = taken_back(events(*happened))
    assert (found.target, found.taps, found.seconds) == (LOCATION, 3, 4.0)
    assert taken_back(events("tap", "back")) == ()


def test_a_build_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder, build = StudyFolder(tmp_path), bots_build(MANY)
    path = folder.put_build(build)
    assert read_build(path) == build and folder.builds() == (build,)
    assert path.read_text(encoding="utf-8") == build_text(read_build(path))
    full = build.within({"opening": "full"})
    assert full is not None and build.within({"opening": "neither"}) is None
    assert full.way("see_nearby", Stand.UNASKED, Stand.GRANT) == ("prompt.accept",)
    assert full.way("see_nearby", Stand.GRANT, Stand.GRANT) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.update(format=2),
        lambda it: it.pop("conditions"),
        lambda it: it["conditions"][0]["shortest"][0].update(way="a"),
        lambda it: it["conditions"][0]["shortest"][0].update(notice="perhaps"),
        lambda it: it["conditions"][0]["predicted"][0].pop("withdraw"),
    ],
)
def test_what_describes_no_build_is_told_with_its_file(tmp_path: Path, change: Any) -> None:
    folder = few(tmp_path / "few", 1)
    path = folder.put_build(bots_build(FEW))
    values = json.loads(path.read_text(encoding="utf-8"))
    change(values)
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(NoBuild, match=path.name):
        folder.builds()
    with pytest.raises(ReportFault, match=f"{path.name}.*Remedy: .*study walk"):
        read_source(folder.path)


def section(page: str, name: str) -> str:
    body = page[page.index(f'id="{name}"') :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body[: body.index("</section>")]))


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    return many(tmp_path_factory.mktemp("ways"), 40)


def median(values: Iterable[float]) -> float:
    """Of an odd or even number, by hand."""
    found = sorted(values)
    return (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2


@pytest.mark.parametrize("locale", LOCALES)
def test_a_report_tells_both_counts_of_each_condition(compared: StudyFolder, locale: str) -> None:
    analysis = analyse(read_source(compared.path))
    shown = section(written(analysis, locale, sharing=False), "ways")
    arms = {it.condition for it in analysis.ways}
    assert arms == set(analysis.conditions) and len(analysis.ways) == len(arms) * len(MANY.tasks)
    for it in analysis.ways:
        taps = [one.taps for one in it.taken]
        # The bots press one control besides the two ways that they know, and then wander.
        assert it.over is not None and it.over.estimate > 1 and min(taps) >= len(it.shortest[0])
        told = {
            "zh_Hans": f"{median(taps):g}（{len(taps)}次）",
            "en": f"{median(taps):g} (n = {len(taps)})",
        }
        assert told[locale] in shown
        straight = it.straight
        assert straight is not None
        assert round(straight.estimate * straight.n) == sum(
            one <= len(it.shortest[0]) for one in taps
        )
    assert "me.policy" in shown and "b0b0" in shown


@pytest.mark.parametrize("locale", LOCALES)
def test_the_taps_around_a_question_stand_beside_the_fewest(tmp_path: Path, locale: str) -> None:
    page = make_report(Wanted(few(tmp_path).path, locale=locale)).read_text(encoding="utf-8")
    shown = section(page, "effort")
    # Bots press "more" before they answer; in the centre nobody took anything back in a task.
    assert re.search(r"1 : 1 : 2 2 : 2 : \d", shown), shown
    kept = json.loads((tmp_path / "derived" / "full" / "report.json").read_text(encoding="utf-8"))
    found = next(it for it in kept["symmetry"] if it["target"] == LOCATION)
    assert found["accept"] == {"fewest": 1, "median": 2}
    assert found["withdraw"]["fewest"] == 2
    probe = next(it for it in kept["symmetry"] if it["target"] == "probe")
    assert probe["accept"]["fewest"] is None, "the banner is none of the app's"


def test_builds_that_differ_tell_nothing_together(tmp_path: Path) -> None:
    folder = few(tmp_path)
    other = json.loads(build_text(bots_build(FEW)))
    other["digest"] = "c1" * 32
    for it in other["conditions"][0]["shortest"]:
        if it["task"] == "see_nearby":
            it["way"] = ["more", "prompt.accept"]
    (tmp_path / "builds" / "c1.json").write_text(json.dumps(other), encoding="utf-8")
    found = {it.task: it for it in analyse(read_source(folder.path)).ways}
    assert not found["see_nearby"].taken and found["see_nearby"].unknown > 0
    assert found["find_retention"].taken


@pytest.mark.parametrize("locale", LOCALES)
def test_without_a_build_the_report_says_so(tmp_path: Path, locale: str) -> None:
    folder = few(tmp_path)
    for path in (tmp_path / "builds").iterdir():
        path.unlink()
    shown = section(make_report(Wanted(folder.path, locale=locale)).read_text(), "ways")
    assert "mingshi study walk" in shown and "×" not in shown


def test_others_are_shown_no_range_and_no_few(compared: StudyFolder, tmp_path: Path) -> None:
    analysis = analyse(read_source(compared.path))
    mine = section(written(analysis, "en", sharing=False), "ways")
    shared = section(written(analysis, "en", sharing=True), "ways")
    assert re.search(r", \d+ to \d+ ×", mine) and not re.search(r", \d+ to \d+ ×", shared)
    page = make_report(Wanted(few(tmp_path, 8).path, locale="en", tier=Tier.SHARE))
    told = section(page.read_text(encoding="utf-8"), "ways")
    assert "&lt; 5" in told or "< 5" in told
