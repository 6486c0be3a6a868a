"""Records carried from devices into one study's folder: whole, once, and nobody's who withdrew."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from components.study import command
from components.study.allocation import allocate
from components.study.carrying import Collected, NotCarried, collect, zip_of
from components.study.folder import StudyFolder
from components.study.reading import load_study
from components.study.recorder import Recorder

from .session_script import SCRIPT
from .test_command import run
from .test_folder import STUDY, begin
from .writing import READY

FILE = READY / "first-look.toml"
PLACES = allocate(STUDY)
CODES = [it.code for it in PLACES]


def device(path: Path) -> StudyFolder:
    """A device's own folder, as the app makes it of what it carries."""
    folder = StudyFolder(path)
    folder.put_places(STUDY, PLACES)
    folder.put_study(FILE)
    return folder


def played(folder: StudyFolder, code: str, events: int = 5) -> Recorder:
    """A session that has not ended."""
    recorder = begin(folder, code)
    for happening in SCRIPT[:events]:
        recorder.record(happening.name, **happening.fields)
    return recorder


def told(done: Collected) -> tuple[int, int, int, int]:
    return len(done.new), len(done.longer), len(done.known), len(done.refused)


def test_the_file_is_a_folder_that_is_checked_by_itself(tmp_path: Path) -> None:
    one = device(tmp_path / "one")
    recorder = played(one, CODES[0])
    recorder.keep_text("in words of one's own")
    one.sits_at_the_app(recorder.session)
    with zipfile.ZipFile(io.BytesIO(zip_of(one))) as archive:
        archive.extractall(tmp_path / "unpacked")
        assert {it.date_time[0] for it in archive.infolist()} == {1980}, "a time of day is told"
    names = {it.relative_to(tmp_path / "unpacked").as_posix() for it in _files(tmp_path)}
    session = f"sessions/{CODES[0]}/{recorder.session.sid}"
    assert names == {
        "allocation.csv",
        "study.toml",
        "items.toml",
        f"{session}/events.jsonl",
        f"{session}/free_text.jsonl",
    }
    assert run("verify", str(tmp_path / "unpacked")) == 0
    assert load_study(tmp_path / "unpacked" / "study.toml").digest == STUDY.digest


def _files(path: Path) -> list[Path]:
    return [it for it in (path / "unpacked").rglob("*") if it.is_file()]


def test_two_devices_come_together_and_each_session_counts_once(tmp_path: Path) -> None:
    home, one, two = (device(tmp_path / it) for it in ("home", "one", "two"))
    going_on = played(one, CODES[0])
    played(two, CODES[1])
    first = zip_of(one)
    assert told(collect(first, home)) == (1, 0, 0, 0)
    assert told(collect(zip_of(two), home)) == (1, 0, 0, 0)
    assert told(collect(first, home)) == (0, 0, 1, 0)
    going_on.record("study.session.ended", reason="finished")
    assert told(collect(zip_of(one), home)) == (0, 1, 0, 0)
    # An older copy that turns up later takes nothing away.
    assert told(collect(first, home)) == (0, 0, 1, 0)
    assert home.taken_part() == {CODES[0], CODES[1]}
    assert home.unfinished() == {CODES[1]}
    for device_folder in (one, two):
        for session in device_folder.sessions():
            carried = tmp_path / "home" / session.relative_to(device_folder.path)
            assert (carried / "events.jsonl").read_bytes() == (
                session / "events.jsonl"
            ).read_bytes()


def test_who_has_withdrawn_anywhere_is_nowhere(tmp_path: Path) -> None:
    home, one = device(tmp_path / "home"), device(tmp_path / "one")
    played(one, CODES[0])
    played(one, CODES[1])
    collect(zip_of(one), home)
    kept = zip_of(one)
    one.withdraw(CODES[0])
    home.withdraw(CODES[1])
    done = collect(zip_of(one), home)
    assert done.withdrawn == [CODES[0]]
    assert [*done.refused.values()] == [f"{CODES[1]} has withdrawn"]
    assert told(collect(kept, home)) == (0, 0, 0, 2)
    assert home.sessions() == () and home.withdrawn() == {CODES[0], CODES[1]}


def test_what_a_crash_cut_off_is_left_behind(tmp_path: Path) -> None:
    home, one = device(tmp_path / "home"), device(tmp_path / "one")
    played(one, CODES[0])
    path = one.sessions()[0] / "events.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"cut o')
    assert told(collect(zip_of(one), home)) == (1, 0, 0, 0)
    assert (home.sessions()[0] / "events.jsonl").read_bytes() == whole


def test_what_was_changed_or_is_somebody_elses_is_not_taken_in(tmp_path: Path) -> None:
    home, one, two = (device(tmp_path / it) for it in ("home", "one", "two"))
    played(one, CODES[0])
    played(two, CODES[0])
    collect(zip_of(one), home)
    (reason,) = collect(zip_of(two), home).refused.values()
    assert reason == f"there is a session of {CODES[0]} already, from another device"
    path = one.sessions()[0] / "events.jsonl"
    path.write_bytes(path.read_bytes().replace(b"first-look", b"last--look", 1))
    (reason,) = collect(zip_of(one), home).refused.values()
    assert reason.startswith("its record is damaged")
    strangers = StudyFolder(tmp_path / "strangers")
    strangers.put_places(STUDY, allocate(STUDY))
    strangers.put_study(FILE)
    (reason,) = collect(zip_of(two), strangers).refused.values()
    assert reason == f"the table of places has no {CODES[0]}"
    assert strangers.sessions() == ()


@pytest.mark.parametrize(
    ("packed", "reason"),
    [(b"no zip", "no ZIP file"), (None, "holds no study.toml"), (b"", "no ZIP file")],
)
def test_a_file_of_another_kind_is_told(tmp_path: Path, packed: bytes | None, reason: str) -> None:
    if packed is None:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            archive.writestr("letter.txt", "dear")
        packed = written.getvalue()
    with pytest.raises(NotCarried, match=reason):
        collect(packed, device(tmp_path / "home"))


def test_a_name_that_leads_out_of_the_folder_is_passed_over(tmp_path: Path) -> None:
    home, one = device(tmp_path / "home"), device(tmp_path / "one")
    played(one, CODES[0])
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(zip_of(one))) as known, zipfile.ZipFile(written, "w") as new:
        for name in known.namelist():
            new.writestr(name.replace("sessions/", "sessions/../../"), known.read(name))
    assert told(collect(written.getvalue(), home)) == (0, 0, 0, 0)
    assert {it.name for it in tmp_path.iterdir()} == {"home", "one"}


def test_the_command_takes_in_what_is_right_and_names_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, one = device(tmp_path / "home"), device(tmp_path / "one")
    played(one, CODES[0])
    (tmp_path / "one.zip").write_bytes(zip_of(one))
    (tmp_path / "other.zip").write_bytes(b"no zip")
    files = [str(tmp_path / it) for it in ("one.zip", "other.zip")]
    assert run("collect", *files, "--into", str(home.path)) == command.FAULTY
    printed = capsys.readouterr()
    assert "1 sessions new, 0 longer than before, 0 known, 0 participants withdrawn" in printed.out
    assert "other.zip: it is no ZIP file" in printed.err
    assert run("collect", files[0], "--into", str(home.path)) == command.DONE
    (tmp_path / "empty").mkdir()
    assert run("collect", files[0], "--into", str(tmp_path / "empty")) == command.UNUSABLE
    assert "as `mingshi study allocate` made it" in capsys.readouterr().err
