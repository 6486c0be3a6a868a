"""Bots' studies as folders on the disk, to be reported on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from components.study.allocation import Place, allocate
from components.study.bots.personas import PERSONAS, Persona
from components.study.bots.session import Bot, BotClock, play
from components.study.bots.studies import UI
from components.study.builds import Build, InCondition, Predicted, Shortest, Stand
from components.study.chain import GENESIS
from components.study.folder import StudyFolder
from components.study.log import EVENTS_FILE, TEXTS_FILE, MemoryLog
from components.study.model import Condition, Study
from components.study.observing.entry import NOTE, Entry, Stamp, entry_line
from components.study.observing.notebook import NOTEBOOK_FILE
from components.study.reading import load_study
from components.study.record import Event, Session, lines_of
from components.study.recorder import GivenConsent, Recorder, Start
from components.study.words import Scope, Stratum

from .drawn import drawn
from .writing import PACKS, READY

FEW = load_study(READY / "first-look.toml", PACKS)
MANY = load_study(READY / "layers.toml", PACKS)
ALL = frozenset({Scope.BEHAVIOUR, Scope.ANSWERS, Scope.FREE_TEXT, Scope.QUOTE, Scope.OBSERVED})
ASKED = ALL - {Scope.QUOTE}
_DEVICES = {"phone": "android", "desktop": "browser"}


def recorded(
    study: Study,
    place: Place,
    persona: Persona,
    seed: int,
    *,
    success: Callable[[Condition], float] | None = None,
    stop_after: int | None = None,
    scopes: frozenset[Scope] = ALL,
    notes: Sequence[tuple[str, int, str]] = (),
    helped: bool = False,
) -> tuple[Session, tuple[Event, ...], list[str], list[Entry]]:
    """One bot's session: its events, and what was written beside it, by it and by an observer.

    Args:
        study: The study.
        place: The bot's place.
        persona: Whom it plays.
        seed: Of its chance.
        success: The planted chance of doing a task in a condition.
        stop_after: After how many happenings it stops for good.
        scopes: What it agrees to.
        notes: An observer's notes during the first task: code, severity, text.
        helped: Whether somebody helps with the first task.
    """
    stratum = {it.value: value for it, value in place.stratum.items()}
    ui: dict[str, Any] = {**UI, "locale": stratum.get("locale", "zh_Hans")}
    ui["dev"] = _DEVICES.get(stratum.get("device", ""), "android")
    session = Session(study.id, f"s-{place.code}", place.code, dict(place.conditions[0]), ui)
    log, clock = MemoryLog(), BotClock()
    start = Start(f"2026-03-0{seed % 5 + 1}", study.digest, f"{study.pack}@{study.policy_version}")
    given = GivenConsent(study.consent.version, scopes)
    recorder = Recorder.begin(session, given, start, log, clock)
    entries: list[Entry] = []
    bot = Bot(study, place, persona, drawn(seed), success)
    for number, happening in enumerate(bot.happenings()):
        if stop_after == number:
            break
        play(recorder, clock, iter([happening]))
        if happening[1] in ("stim.notice.shown", "stim.layer.opened"):
            for code, severity, text in notes:
                now = recorder.now()
                stamp = Stamp(now.t, now.t_act, now.seq, str(log.events[-1].phase))
                data: dict[str, Any] = {"code": code, "severity": severity}
                data |= {"text": text} if text else {}
                entries.append(Entry(len(entries) + 1, stamp, now.t, NOTE, data))
            notes = ()
        if happening[1] == "study.task.started":
            if helped:
                recorder.record("study.task.assisted", task=happening[2]["task"], help="hint")
            helped = False
    return session, tuple(log.events), log.texts, entries


def put(
    folder: Path,
    session: Session,
    events: tuple[Event, ...],
    texts: list[str],
    entries: Sequence[Entry] = (),
) -> Path:
    """Write a session as the recorder does, but without waiting for the disk at each event."""
    own = folder / "sessions" / session.pid / session.sid
    own.mkdir(parents=True)
    (own / EVENTS_FILE).write_bytes(lines_of(session, events))
    lines = [f'{{"ref": "text-{at}", "text": "{it}"}}\n' for at, it in enumerate(texts, start=1)]
    if lines:
        (own / TEXTS_FILE).write_text("".join(lines), encoding="utf-8")
    before, notebook = GENESIS, b""
    for entry in entries:
        line, before = entry_line((session.study, session.sid, session.pid), entry, before)
        notebook += line
    if notebook:
        (own / NOTEBOOK_FILE).write_bytes(notebook)
    return own


def bots_build(study: Study) -> Build:
    """The app that the bots have: a question is answered at once, a text has its contents open."""

    def ways(task: str, purpose: str | None) -> list[Shortest]:
        if purpose is None:
            way: tuple[str, ...] = ("me.policy", f"reader.to.{task}")
            return [Shortest(task, Stand.UNASKED, Stand.UNASKED, way)]
        # Whoever has answered does as the bots do, and is asked again.
        return [Shortest(task, Stand.UNASKED, it, ("prompt.accept",)) for it in Stand]

    found = [
        it for task in study.tasks.values() for it in ways(task.id, task.success.purpose or None)
    ]
    around = Predicted(
        "purpose:nearby-cinema", ("prompt.accept",), ("prompt.refuse",), ("centre", "withdraw")
    )
    conditions = [InCondition(it, tuple(found), (around,)) for it in study.design.conditions]
    about = f"{study.pack}@{study.policy_version}"
    return Build("b0" * 32, "bots", about, tuple(conditions))


def few(folder: Path, people: int = 8) -> StudyFolder:
    """A formative study: a persona each, two of them with an observer's notes."""
    kept = StudyFolder(folder)
    kept.put_places(FEW, allocate(FEW))
    kept.put_study(READY / "first-look.toml")
    kept.put_build(bots_build(FEW))
    chinese, english = (
        [it for it in kept.places(FEW) if it.stratum[Stratum.LOCALE] == locale]
        for locale in ("zh_Hans", "en")
    )
    for number, place in enumerate([*chinese[:5], *english][:people]):
        notes = {
            2: [("cannot-find-withdrawal", 3, "在哪里撤回？<找不到>"), ("slow", 1, "")],
            3: [("cannot-find-withdrawal", 4, "我以为要卸载才行。")],
            4: [("praise", 0, "")],
        }.get(number, [])
        scopes = ALL if number != 3 else ASKED
        persona = PERSONAS[number % len(PERSONAS)]
        session = recorded(
            FEW, place, persona, number, scopes=scopes, notes=notes, helped=number == 2
        )
        put(folder, *session)
    return kept


def many(
    folder: Path, people: int, success: Callable[[Condition], float] | None = None, seed: int = 1
) -> StudyFolder:
    """A summative study: personas in turn, one in twenty of whom does not finish."""
    kept = StudyFolder(folder)
    kept.put_places(MANY, allocate(MANY))
    kept.put_study(READY / "layers.toml")
    kept.put_build(bots_build(MANY))
    by_stratum: dict[tuple[str, ...], list[Place]] = {}
    for place in kept.places(MANY):
        by_stratum.setdefault(tuple(place.stratum.values()), []).append(place)
    chance = drawn(seed)
    for number, places in zip(range(people), cycle(by_stratum.values()), strict=False):
        place = places.pop(0)
        persona = PERSONAS[chance.randrange(len(PERSONAS))]
        stop = 40 if number % 20 == 7 else None
        notes = [("unsure", 1 + number % 3, "说不清")] if number % 10 == 3 else []
        notes += [("feels-pushed", 4, "只有她")] if number == 5 else []
        session = recorded(
            MANY,
            place,
            persona,
            seed * 1000 + number,
            success=success,
            stop_after=stop,
            notes=notes,
        )
        put(folder, *session)
    return kept
