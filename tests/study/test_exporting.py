"""The data as tables: whole for those who ran the study, and for others nobody in particular."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from components.study.allocation import allocate
from components.study.bots.personas import PERSONAS
from components.study.bots.session import Bot, BotClock, play
from components.study.bots.studies import UI
from components.study.exporting.files import Tier, export, to_csv
from components.study.exporting.sharing import SUPPRESSED, TELLING, TooFew, shared, suppressed
from components.study.exporting.tables import COLUMNS, Row, read_sessions, tables_of
from components.study.folder import StudyFolder
from components.study.observing.entry import MARKER, NOTE, TAKEN_BACK, Stamp
from components.study.reading import load_study
from components.study.recorder import GivenConsent, Start
from components.study.words import Scope

from .drawn import drawn
from .writing import PACKS, READY

STUDY = load_study(READY / "first-look.toml", PACKS)
CONSENT = GivenConsent(
    1, frozenset({Scope.BEHAVIOUR, Scope.ANSWERS, Scope.FREE_TEXT, Scope.OBSERVED})
)
PEOPLE = 7


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """Seven bots' sessions on the disk, one of them in another language."""
    made = StudyFolder(tmp_path_factory.mktemp("study"))
    made.put_places(STUDY, allocate(STUDY))
    start = Start("2026-03-01", STUDY.digest, "epiao@2021-11-01")
    for number, place in enumerate(made.places(STUDY)[:PEOPLE]):
        clock = BotClock()
        recorder = made.begin(
            place.code,
            study=STUDY,
            condition={},
            ui={**UI, "locale": "zh_Hans" if number else "en"},
            consent=CONSENT,
            start=start,
            clock=clock,
        )
        persona = PERSONAS[number]
        chance = drawn(number)
        play(recorder, clock, Bot(STUDY, place, persona, chance).happenings())
        if number in (2, 3):
            said = ('=HYPERLINK("http://example.org")', "撤回在哪里？")
            recorder.keep_text(said[number - 2])
        # Of five people that something could not be found, of one of them something else besides.
        notebook = made.notebook(recorder.session)
        now = recorder.now()
        stamp = Stamp(now.t - 3.21, now.t_act - 3.21, now.seq, "task:see_nearby")
        if number < 5:
            note = {"code": "cannot-find", "severity": 3, "text": f"=说的第{number}句"}
            notebook.write(NOTE, stamp, now.t, **note)
        if number == 0:
            notebook.write(NOTE, stamp, now.t, code="feels-pushed", severity=4, text="只有一个人")
            notebook.write(MARKER, stamp, now.t, kind="clap")
            notebook.write(MARKER, stamp, now.t, kind="interruption")
            notebook.write(TAKEN_BACK, stamp, now.t, entry=4)
    return made


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_full_tier_is_whole(folder: StudyFolder) -> None:
    out = export(STUDY, folder, Tier.FULL)
    sessions = rows(out / "sessions.csv")
    codes = {it.code for it in folder.places(STUDY)[:PEOPLE]}
    assert {it["pid"] for it in sessions} == codes
    assert list(sessions[0]) == list(COLUMNS["sessions"])
    assert all(it["ended"] == "finished" for it in sessions)
    # The persona that reads nothing accepts all, and is the first.
    assert sorted(it["attentive"] for it in sessions) == ["no", *["yes"] * (PEOPLE - 1)]
    assert all(0 <= float(it["comprehension_A"]) <= 1 for it in sessions)
    for name, columns in COLUMNS.items():
        table = rows(out / f"{name}.csv")
        assert table and list(table[0]) == list(columns), name
    wide = rows(out / "wide.csv")
    assert len(wide) == PEOPLE and "comprehension.copy-of-data" in wide[0]
    answers = rows(out / "answers.csv")
    first = next(it for it in answers if it["item"] == "copy-of-data")
    of_it = next(it for it in wide if it["sid"] == first["sid"])
    assert of_it["comprehension.copy-of-data"] == first["value"]
    texts = rows(out / "free_text.csv")
    assert {it["text"] for it in texts} == {"撤回在哪里？", '\'=HYPERLINK("http://example.org")'}
    notes = rows(out / "notes.csv")
    assert [it["kind"] for it in notes].count("note") == 6
    assert {it["kind"] for it in notes} == {"note", "clap"}, "what was taken back is told"
    assert sorted(it["text"] for it in notes if it["text"])[:1] == ["'=说的第0句"]
    assert all(float(it["seconds"]) < 4000 and it["step"] == "task:see_nearby" for it in notes)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["digest"] == STUDY.digest
    assert manifest["files"].keys() | {"manifest.json"} == {it.name for it in out.iterdir()}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    book = json.loads((out / "codebook.json").read_text(encoding="utf-8"))
    assert set(book["tables"]) == set(COLUMNS) and "stim.decision.made" in book["events"]
    assert book["observer"]["entries"][NOTE]["severity"] == {"kind": "0 to 4", "needed": True}


def test_what_is_shared_names_nobody(folder: StudyFolder) -> None:
    out = export(STUDY, folder, Tier.SHARE)
    everything = b"".join(it.read_bytes() for it in out.iterdir())
    for session in folder.sessions():
        assert session.name.encode() not in everything
        assert session.parent.name.encode() not in everything
    assert b"2026-03-01" not in everything
    assert "撤回在哪里".encode() not in everything
    assert "说的第".encode() not in everything and "只有一个人".encode() not in everything
    # What was noted of one person alone is not named; what was noted of five is.
    assert b"feels-pushed" not in everything
    notes = rows(out / "notes.csv")
    assert Counter(it["code"] for it in notes) == {"cannot-find": 5, SUPPRESSED: 1, "": 1}
    assert {it["severity"] for it in notes if it["code"] == SUPPRESSED} == {SUPPRESSED}
    assert "text" not in notes[0]
    assert not (out / "free_text.csv").exists()
    sessions = rows(out / "sessions.csv")
    groups = Counter(tuple(it[column] for column in TELLING) for it in sessions)
    assert all(count >= 5 for count in groups.values())
    assert not any(it["instrument"].startswith("demographics") for it in rows(out / "answers.csv"))
    for name in ("decisions", "sections", "tasks", "answers", "notes"):
        table = rows(out / f"{name}.csv")
        assert {it["sid"] for it in table} <= {it["sid"] for it in sessions}
        assert all(round(float(it["seconds"]), 1) == float(it["seconds"]) for it in table)


def test_a_withdrawal_takes_what_was_exported_along(folder: StudyFolder) -> None:
    export(STUDY, folder, Tier.FULL)
    gone = folder.places(STUDY)[0].code
    assert folder.withdraw(gone).left == ()
    out = export(STUDY, folder, Tier.FULL)
    assert gone not in (out / "data.json").read_text(encoding="utf-8")
    assert len(rows(out / "sessions.csv")) == PEOPLE - 1


def test_a_mark_for_excel(folder: StudyFolder) -> None:
    out = export(STUDY, folder, Tier.FULL, byte_order_mark=True)
    assert (out / "sessions.csv").read_bytes().startswith(b"\xef\xbb\xbfpid,")
    assert (out / "data.json").read_bytes().startswith(b"{")


def person(number: int, age: str, locale: str = "en") -> Row:
    return {
        "pid": f"p{number}",
        "sid": f"s{number}",
        "device": "android",
        "locale": locale,
        "age_band": age,
        "reads_policies": "never",
        "ticket_apps": "none",
    }


@pytest.mark.parametrize("seed", range(30))
def test_whoever_is_like_too_few_is_blanked_with_enough_others(seed: int) -> None:
    chance = drawn(seed)
    ages = ("18_24", "25_34", "65_plus")
    people = [
        person(number, chance.choices(ages, (8, 3, 1))[0], chance.choice(("en", "zh_Hans")))
        for number in range(chance.randint(5, 60))
    ]
    out = suppressed(people, 5)
    groups: dict[tuple[object, ...], set[object]] = {}
    for row in out:
        groups.setdefault(tuple(row[it] for it in TELLING), set()).add(row["pid"])
    assert all(len(it) >= 5 for it in groups.values())
    assert [row["pid"] for row in out] == [row["pid"] for row in people]


def test_nobody_is_blanked_who_need_not_be() -> None:
    people = [person(number, "18_24") for number in range(6)]
    assert suppressed(people, 5) == people
    # One alone, and the smallest group goes along so that the blanked are not one.
    more = [
        *people,
        *(person(number, "25_34") for number in range(6, 15)),
        person(15, "65_plus"),
    ]
    out = suppressed(more, 5)
    assert [row["age_band"] for row in out].count(SUPPRESSED) == 7
    # Somebody with two sessions that differ is told by that.
    twice = [*people, person(0, "25_34"), *(person(it, "25_34") for it in range(6, 12))]
    assert {row["age_band"] for row in suppressed(twice, 5)} == {SUPPRESSED}


def test_too_few_to_share(folder: StudyFolder) -> None:
    tables = tables_of(STUDY, read_sessions(folder.sessions()[:4]))
    with pytest.raises(TooFew):
        shared(tables)


def test_no_cell_is_a_formula() -> None:
    written = to_csv(["a", "=b"], [{"a": text, "=b": -1.5} for text in ("=1", "+1", "-1", "@x")])
    cells = [it for row in csv.reader(io.StringIO(written)) for it in row]
    assert not any(it.startswith(("=", "+", "@")) for it in cells)
    assert cells == ["a", "'=b", "'=1", "-1.5", "'+1", "-1.5", "'-1", "-1.5", "'@x", "-1.5"]
