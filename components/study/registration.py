"""A study registered before it is run: a frozen copy with its day, and what differs from it.

``registered/`` in the study's folder holds the study file, its item bank, and ``registration.json``
with the time and the hashes. A time that this machine tells proves little by itself: the digest is
printed, to be put where somebody else dates it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .folder import STUDY_FILE, StudyFolder
from .reading import load_study

FORMAT = 1
FOLDER = "registered"
FILE = "registration.json"

_NAMES = ("id", "code")
"""Keys by which the tables of a list are told apart."""


class RegisteredTooLate(ValueError):
    """Somebody has taken part already, or the study is registered; the message says which."""


class RegistrationDamaged(ValueError):
    """What lies in the folder is not what was registered; the message says which file."""


@dataclass(frozen=True)
class Registration:
    """A study as it was registered.

    Attributes:
        at: When, in UTC.
        digest: The study's digest.
        values: Every value of the study file and of its item bank, by place.
    """

    at: datetime
    digest: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Difference:
    """One value that is another than was registered.

    Attributes:
        place: Where it stands in the file, as ``design.participants``.
        registered: What was registered; None if it was not there.
        run: What the study was run with; None if it is not there any more.
    """

    place: str
    registered: object
    run: object


def register(file: Path, folder: StudyFolder, now: datetime) -> Registration:
    """Freeze a study before anybody takes part.

    Args:
        file: The study file; its item bank lies beside it.
        folder: The study's folder.
        now: The time.

    Raises:
        RegisteredTooLate: It is registered, or somebody has taken part.
        PackError: The study file has faults.
        ValueError: The item bank does not lie beside the study file.
        OSError: Something could not be read or written.
    """
    study = load_study(file)
    if (folder.path / FOLDER).exists():
        raise RegisteredTooLate(
            f"{folder.path / FOLDER} is there already; what is registered is not changed afterwards"
        )
    if folder.sessions() or folder.withdrawn():
        raise RegisteredTooLate(
            f"somebody has taken part already in {folder.path}; the report will say that the study "
            "was not registered"
        )
    items = _items_of(file)
    files = {STUDY_FILE: file.read_bytes(), items.name: items.read_bytes()}
    at = now.astimezone(UTC).replace(microsecond=0)
    about = {
        "format": FORMAT,
        "at": at.isoformat(),
        "study": {"id": study.id, "version": study.version, "digest": study.digest},
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    files[FILE] = (json.dumps(about, indent=1) + "\n").encode()
    folder.put_registration(files)
    return Registration(at, study.digest, values_of(file))


def read_registration(folder: Path) -> Registration | None:
    """What was registered in a study's folder; None if nothing was.

    Raises:
        RegistrationDamaged: It is not what was registered.
        OSError: Something could not be read.
    """
    own = folder / FOLDER
    if not own.exists():
        return None
    try:
        about = json.loads((own / FILE).read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise ValueError(f"format {about['format']!r} is not {FORMAT}")
        at = datetime.fromisoformat(about["at"])
        digest, hashes = str(about["study"]["digest"]), dict(about["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegistrationDamaged(f"{own / FILE}: it cannot be read: {error}") from error
    for name, expected in hashes.items():
        path = own / Path(name).name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise RegistrationDamaged(f"{path}: it is not the file that was registered")
    return Registration(at, digest, values_of(own / STUDY_FILE))


def values_of(file: Path) -> dict[str, object]:
    """Every value of a study file and of its item bank, by place.

    The tables of a list are named by their ``id`` or ``code``, so that one that moved is the same.

    Raises:
        ValueError: One of the files is no TOML, or the item bank does not lie beside.
        OSError: One could not be read.
    """
    study = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    items = tomllib.loads(_items_of(file).read_text(encoding="utf-8-sig"))
    return dict(_flat("", study)) | dict(_flat("items", items))


def differences(
    registered: Mapping[str, object], run: Mapping[str, object]
) -> tuple[Difference, ...]:
    """What is another value, in the order of the registered file; what is new comes last."""
    places = dict.fromkeys([*registered, *run])
    return tuple(
        Difference(it, registered.get(it), run.get(it))
        for it in places
        if registered.get(it) != run.get(it)
    )


def _items_of(file: Path) -> Path:
    """Where the item bank of a study file lies."""
    name = str(tomllib.loads(file.read_text(encoding="utf-8-sig"))["study"]["items"])
    if Path(name).name != name:
        raise ValueError(f"the item bank {name!r} does not lie beside {file.name}; put it there")
    return file.with_name(name)


def _flat(place: str, value: Any) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{place}.{key}" if place else key, inner)
    elif _are_tables(value):
        for number, inner in enumerate(value, start=1):
            name = next((inner[key] for key in _NAMES if key in inner), number)
            yield from _flat(f"{place}.{name}", inner)
    else:
        yield place, value


def _are_tables(value: object) -> bool:
    """Whether it is a list of tables."""
    return isinstance(value, list) and any(isinstance(it, Mapping) for it in value)
