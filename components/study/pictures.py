"""Pictures of the app's own screens, beside a study: of no participant's.

``pictures/<locale>/<condition>/`` in the study's folder holds a WebP for each screen, and
``pictures.json``, which says of each where its controls lie. A report shows from them where
something went wrong. They are taken beforehand, by whoever can walk through the app.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .model import Condition

FORMAT = 1
FOLDER = "pictures"
_FILE = "pictures.json"
_PLAIN = "as-it-is"
"""The folder of a study without conditions."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as shares of the picture."""


@dataclass(frozen=True)
class Picture:
    """One screen.

    Attributes:
        path: The file.
        boxes: Where its controls lie, by their names in the record.
    """

    path: Path
    boxes: Mapping[str, Box]


class NoPictures(ValueError):
    """What lies in the folder of pictures does not describe them; the message says which file."""


def folder_of(study_folder: Path, locale: str, condition: Condition) -> Path:
    """Where the pictures of one language and condition lie."""
    name = ",".join(f"{factor}={level}" for factor, level in sorted(condition.items()))
    return study_folder / FOLDER / locale / (name or _PLAIN)


def put_pictures(folder: Path, pictures: Mapping[str, tuple[bytes, Mapping[str, Box]]]) -> None:
    """Write the pictures of one language and condition: of each screen a WebP, and its boxes.

    Raises:
        OSError: Something could not be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about: dict[str, Any] = {}
    for number, (screen, (content, boxes)) in enumerate(pictures.items(), start=1):
        name = f"{number:02}-{screen.replace(':', '-')}.webp"
        (folder / name).write_bytes(content)
        about[screen] = {"file": name, "boxes": {key: list(box) for key, box in boxes.items()}}
    text = json.dumps({"format": FORMAT, "screens": about}, indent=1) + "\n"
    (folder / _FILE).write_text(text, encoding="utf-8")


def read_pictures(folder: Path) -> Mapping[str, Picture]:
    """The pictures of one language and condition, by screen; empty where there are none.

    Raises:
        NoPictures: They are not described, or one is not there.
        OSError: Something could not be read.
    """
    path = folder / _FILE
    if not path.is_file():
        return {}
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise ValueError(f"format {values['format']!r} is not {FORMAT}")
        found = {
            str(screen): Picture(
                folder / Path(it["file"]).name,
                {str(name): _box(box) for name, box in it["boxes"].items()},
            )
            for screen, it in values["screens"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoPictures(f"{path}: it does not describe pictures: {error!r}") from error
    for it in found.values():
        if not it.path.is_file():
            raise NoPictures(f"{it.path}: the picture is not there")
    return found


def _box(values: Any) -> Box:
    left, top, right, bottom = map(float, values)
    return left, top, right, bottom
