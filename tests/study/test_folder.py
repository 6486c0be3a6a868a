"""Withdrawal: nothing of a participant is left but an empty file; and two consents never meet."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.consent.clock import SystemClock as LedgerClock
from components.consent.event import Cause, Layer, NoticeReference, Target
from components.consent.ledger import Draft, Ledger
from components.consent.status import ConsentStatus
from components.study.allocation import allocate
from components.study.codes import new_codes
from components.study.folder import NoSuchParticipant, StudyFolder
from components.study.log import RecordGone
from components.study.observing.entry import NOTE, Stamp
from components.study.reading import load_study
from components.study.record import read_record
from components.study.recorder import GivenConsent, OutOfScope, Recorder
from components.study.words import Scope

from .session_script import CONSENT, SCRIPT, SESSION, START
from .test_recorder import Hand
from .writing import PACKS, READY

STUDY = load_study(READY / "first-look.toml", PACKS)


def begin(folder: StudyFolder, code: str) -> Recorder:
    return folder.begin(
        code,
        study=STUDY,
        condition={},
        ui=dict(SESSION.ui),
        consent=CONSENT,
        start=START,
        clock=Hand(),
    )


def filled(path: Path) -> tuple[StudyFolder, list[str]]:
    """A folder with three participants, the first with two sessions, a text and a torn line."""
    folder = StudyFolder(path)
    folder.put_places(STUDY, allocate(STUDY))
    codes = [it.code for it in folder.places(STUDY)][:3]
    for code in (codes[0], *codes):
        recorder = begin(folder, code)
        for happening in SCRIPT[:5]:
            recorder.record(happening.name, **happening.fields)
        recorder.keep_text(f"said by {code}")
        notebook = folder.notebook(recorder.session)
        stamp = Stamp(0.1, 0.1, 3, "task:see_nearby")
        notebook.write(NOTE, stamp, 2.5, code="other", severity=2, text=f"seen of {code}")
    with (folder.sessions()[0] / "events.jsonl").open("ab") as file:
        file.write(b"cut o")
    with (folder.sessions()[0] / "observer.jsonl").open("ab") as file:
        file.write(b"and here")
    first = read_record((folder.sessions()[0] / "events.jsonl").read_bytes()).session
    assert len(folder.notebook(first).entries) == 1
    assert len(list(folder.resume(Hand()))) == 4
    (path / "derived").mkdir()
    (path / "derived" / "wide.csv").write_text(f"pid\n{codes[0]}\n", encoding="utf-8")
    return folder, codes


def everything(path: Path) -> dict[str, bytes]:
    return {
        it.relative_to(path).as_posix(): it.read_bytes() for it in path.rglob("*") if it.is_file()
    }


def test_nothing_is_left_of_somebody_who_withdrew_but_the_tombstone(tmp_path: Path) -> None:
    folder, codes = filled(tmp_path)
    gone, *stay = codes
    sessions = [it.name for it in folder.sessions() if it.parent.name == gone]
    before = everything(tmp_path)
    assert sum(gone.encode() in content for content in before.values()) >= 4
    noted = [it for path, it in before.items() if path.endswith("observer.jsonl")]
    assert sum(f"seen of {gone}".encode() in it for it in noted) == 2

    done = folder.withdraw(gone)

    assert (done.sessions, done.left) == (2, ())
    after = everything(tmp_path)
    for name in (gone, *sessions):
        for path, content in after.items():
            assert name.encode() not in content, path
            assert name not in path or path == f"withdrawn/{gone}"
    assert after.pop(f"withdrawn/{gone}") == b""
    # The others are as they were, to the byte.
    assert {path for path in before if gone not in path} - after.keys() == {"derived/wide.csv"}
    for path, content in after.items():
        if path != "allocation.csv":
            assert content == before[path]
    places = folder.places(STUDY)
    assert [it.code for it in places][:3] == ["", *stay]
    assert len(places) == 24
    with pytest.raises(NoSuchParticipant):
        begin(folder, gone)


def test_a_withdrawal_cut_short_is_finished_by_the_next_opening(tmp_path: Path) -> None:
    folder, codes = filled(tmp_path)
    (tmp_path / "withdrawn").mkdir()
    (tmp_path / "withdrawn" / codes[1]).touch()
    StudyFolder(tmp_path)
    left = [path for path, it in everything(tmp_path).items() if codes[1].encode() in it]
    assert left == []
    assert codes[1] not in [it.code for it in folder.places(STUDY)]


def test_a_copy_that_turns_up_later_is_not_taken_in(tmp_path: Path) -> None:
    folder, codes = filled(tmp_path)
    copy = {path: it for path, it in everything(tmp_path).items() if codes[0] in path}
    folder.withdraw(codes[0])
    for path, content in copy.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    StudyFolder(tmp_path)
    assert not (tmp_path / "sessions" / codes[0]).exists()


def test_a_session_under_way_does_not_go_on_after_its_participant_withdrew(
    tmp_path: Path,
) -> None:
    folder, codes = filled(tmp_path)
    recorder = begin(folder, codes[0])
    recorder.record("stim.tap", control="x")
    notebook = folder.notebook(recorder.session)
    folder.withdraw(codes[0])
    assert notebook.gone
    with pytest.raises(RecordGone):
        notebook.write(NOTE, Stamp(0.1, 0.1, 3, None), 0.2, code="other", severity=0)
    with pytest.raises(RecordGone):
        recorder.stimulus().record("stim.tap", control="x")
    with pytest.raises(RecordGone):
        recorder.record("study.session.ended", reason="stopped")
    with pytest.raises(RecordGone):
        recorder.keep_text("but I said stop")
    assert [path for path, it in everything(tmp_path).items() if codes[0].encode() in it] == []
    assert not (tmp_path / "sessions" / codes[0]).exists()


def test_nobody_agrees_to_what_the_study_does_not_ask(tmp_path: Path) -> None:
    (code,) = new_codes(1)
    with pytest.raises(OutOfScope):
        StudyFolder(tmp_path).begin(
            code,
            study=STUDY,
            condition={},
            ui=dict(SESSION.ui),
            consent=GivenConsent(1, frozenset({Scope.AUDIO})),
            start=START,
            clock=Hand(),
        )
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_somebody_else_that_names_the_participant_is_told(tmp_path: Path) -> None:
    folder, codes = filled(tmp_path)
    notes = tmp_path / "my notes.txt"
    notes.write_bytes(b"x" * (1 << 20) + codes[0].encode())
    assert folder.withdraw(codes[0]).left == (notes,)


def test_a_code_of_nobody(tmp_path: Path) -> None:
    folder, codes = filled(tmp_path)
    other = next(it for it in new_codes(40) if it not in [p.code for p in folder.places(STUDY)])
    for wrong in (other, "hello", "", "../.."):
        with pytest.raises(NoSuchParticipant):
            folder.withdraw(wrong)
    assert folder.withdraw(codes[0]).sessions == 2
    assert folder.withdraw(codes[0]).sessions == 0  # said twice, it is still so


def test_the_table_is_written_once(tmp_path: Path) -> None:
    folder, codes = filled(tmp_path)
    with pytest.raises(FileExistsError):
        folder.put_places(STUDY, allocate(STUDY))
    assert folder.places(STUDY)[0].code == codes[0]


def test_agreeing_in_the_stimulus_is_no_agreement_to_be_studied(tmp_path: Path) -> None:
    """A real consent ledger as the stimulus has it, and a study: nothing in common."""
    stimulus = tmp_path / "stimulus" / "consent.sqlite"
    stimulus.parent.mkdir()
    ledger = Ledger(stimulus, clock=LedgerClock())
    words = NoticeReference("epiao/first-notice", "2021-11-01", "en", Layer.FIRST_NOTICE, "ab" * 32)
    event = ledger.append(
        Draft(
            target=Target.parse("purpose:nearby-cinema"),
            status=ConsentStatus.GIVEN,
            cause=Cause.PRESSED,
            notice=words,
            label="Agree",
        )
    )
    ledger.close()
    folder = StudyFolder(tmp_path / "study")
    assert folder.sessions() == ()
    (code,) = new_codes(1)
    recorder = begin(folder, code)
    with pytest.raises(OutOfScope):
        recorder.stimulus().record("study.consent.given", text_version=1, scopes=["answers"])
    own = b"".join(everything(tmp_path / "stimulus").values())
    kept = b"".join(everything(tmp_path / "study").values())
    for mark in (event.subject, event.event_id, event.hash):
        assert mark.encode() not in kept
    for mark in (code, recorder.session.sid, recorder.session.study):
        assert mark.encode() not in own
