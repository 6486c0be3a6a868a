"""A study's folder read for a report: the study, its policy, every session; or what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...policy import load_pack
from ...policy.delivered import pack_folder
from ...policy.errors import PackError
from ...policy.pack import Pack
from ..builds import Build, NoBuild
from ..exporting.tables import Recorded, read_sessions
from ..folder import STUDY_FILE, StudyFolder
from ..log import EVENTS_FILE
from ..model import Study
from ..observing.notebook import NOTEBOOK_FILE, NotebookDamaged
from ..pictures import NoPictures, Picture, folder_of, read_pictures
from ..reading import load_study
from ..record import RecordDamaged
from ..registration import (
    FOLDER,
    Registration,
    RegistrationDamaged,
    read_registration,
    values_of,
)
from .fault import ReportFault
from .people import condition_label


@dataclass(frozen=True)
class Source:
    """What a report is made from.

    Attributes:
        study: The study.
        pack: The policy that it is about.
        folder: Its folder.
        sessions: Every session, by participant and name.
        builds: What is known of the builds of the app that the study was run with.
        registration: The study as it was registered; None if it was not.
        pictures: Of the app's screens, by language and condition, then by screen.
        values: Every value of the study file and its item bank; empty without a registration.
    """

    study: Study
    pack: Pack
    folder: StudyFolder
    sessions: tuple[Recorded, ...]
    builds: tuple[Build, ...] = ()
    registration: Registration | None = None
    pictures: Mapping[tuple[str, str], Mapping[str, Picture]] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)


def read_source(path: Path, study_file: Path | None = None) -> Source:
    """Read a study's folder.

    Args:
        path: The folder.
        study_file: The study file; None for the copy that is in the folder.

    Raises:
        ReportFault: Something is missing, damaged, or of another version of the study.
        PackError: The study file has faults.
        OSError: Something could not be read.
    """
    if not path.is_dir():
        raise ReportFault(path, "there is no such folder", "give the folder of a study's data")
    file = study_file or path / STUDY_FILE
    if not file.is_file():
        raise ReportFault(
            file,
            "the study file is not there",
            "name it with --study FILE; `mingshi study allocate` puts a copy into the folder",
        )
    study, pack = _study(file)
    folder = StudyFolder(path)
    sessions = tuple(_session(it) for it in folder.sessions())
    if not sessions:
        raise ReportFault(
            path / "sessions",
            "there is no session in it",
            "give the folder in which the sessions were recorded",
        )
    _check_versions(study, folder, sessions)
    if not any(_finished(it) for it in sessions):
        raise ReportFault(
            path / "sessions",
            f"nobody has finished: {len(sessions)} sessions were begun and none came to its end",
            "wait until somebody has, or look at what there is with `mingshi study export`",
        )
    registration = _registration(folder)
    values = {} if registration is None else _values(file)
    return Source(
        study=study,
        pack=pack,
        folder=folder,
        sessions=sessions,
        builds=_builds(folder),
        registration=registration,
        pictures=_pictures(study, path),
        values=values,
    )


def _registration(folder: StudyFolder) -> Registration | None:
    try:
        return read_registration(folder.path)
    except RegistrationDamaged as error:
        raise ReportFault(
            folder.path / FOLDER,
            f"the registration cannot be relied on: {error}",
            "put back a copy of the folder; without one, move it out of the study's folder, and "
            "tell readers that the registration is lost",
        ) from error


def _pictures(study: Study, path: Path) -> dict[tuple[str, str], Mapping[str, Picture]]:
    try:
        return {
            (locale, condition_label(it)): found
            for locale in study.locales
            for it in study.design.conditions
            if (found := read_pictures(folder_of(path, locale, it)))
        }
    except NoPictures as error:
        raise ReportFault(
            path / "pictures",
            f"the pictures cannot be used: {error}",
            "delete that folder; `mingshi study pictures` takes them again",
        ) from error


def _values(file: Path) -> dict[str, object]:
    try:
        return values_of(file)
    except ValueError as error:
        raise ReportFault(
            file,
            f"it cannot be held against the registered study: {error}",
            "put its item bank beside it",
        ) from error


def _builds(folder: StudyFolder) -> tuple[Build, ...]:
    try:
        return folder.builds()
    except NoBuild as error:
        raise ReportFault(
            folder.path / "builds",
            f"it holds what is no description of a build: {error}",
            "delete that file, and make it anew with `mingshi study walk`",
        ) from error


def _study(file: Path) -> tuple[Study, Pack]:
    """The study and its pack, which is read once for both."""
    packs: dict[str, Pack] = {}
    try:
        name = str(tomllib.loads(file.read_text(encoding="utf-8-sig"))["study"]["pack"])
        beside = file.parent / name
        packs[name] = load_pack(beside if beside.is_dir() else pack_folder(name))
    except (OSError, ValueError, KeyError, TypeError, PackError):
        # Whatever it is, reading the study says it better, with the line.
        packs.clear()
    study = load_study(file, packs)
    return study, packs[study.pack].at(study.policy_version)


def _session(folder: Path) -> Recorded:
    try:
        return read_sessions([folder])[0]
    except RecordDamaged as error:
        raise ReportFault(
            folder / (NOTEBOOK_FILE if isinstance(error, NotebookDamaged) else EVENTS_FILE),
            f"the record is not what was written: {error}",
            "put back a copy of the file; without one, move the session's folder out of the "
            "study's, and say in the report that it was",
        ) from error
    except (ValueError, KeyError) as error:
        raise ReportFault(
            folder,
            f"what was written freely cannot be read: {error}",
            "put back a copy of the file",
        ) from error


def _finished(recorded: Recorded) -> bool:
    last = recorded.events[-1]
    return last.name == "study.session.ended" and last.data["reason"] == "finished"


def _check_versions(study: Study, folder: StudyFolder, sessions: tuple[Recorded, ...]) -> None:
    """A report is of one version: what was asked differently is not to be averaged."""
    other = [
        path / EVENTS_FILE
        for path, it in zip(folder.sessions(), sessions, strict=True)
        if it.events[0].data["digest"] != study.digest
    ]
    if not other:
        return
    if len(other) == len(sessions):
        raise ReportFault(
            other[0],
            "every session was recorded with another study file or item bank, or another version "
            "of them",
            "name the one that they were recorded with by --study FILE",
        )
    raise ReportFault(
        other[0],
        f"{len(other)} of {len(sessions)} sessions were recorded with another version of the "
        "study; this is the first of them",
        "move the sessions of each version into a folder of their own, and report each apart",
    )
