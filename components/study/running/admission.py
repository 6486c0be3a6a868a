"""Who may begin: from a code to a place, or, where nobody gives out codes, the next free place."""

from __future__ import annotations

from collections.abc import Mapping

from ..allocation import Place
from ..codes import read_code
from ..folder import StudyFolder
from ..model import Study
from ..words import Scope, Stratum


class NotAdmitted(LookupError):
    """Nobody begins with this code; ``reason`` is ``unknown``, ``withdrawn`` or ``done``."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"not admitted: {reason}")
        self.reason = reason


class CannotRun(ValueError):
    """This study cannot be run here; the message says why, and the remedy."""


def check_runnable(study: Study, factors: Mapping[str, frozenset[str]]) -> None:
    """Whether there are screens for everything that a study wants.

    Args:
        study: The study.
        factors: The factors that the interface under test knows, with their levels.

    Raises:
        CannotRun: Something is missing.
    """
    for name, levels in study.design.factors.items():
        unknown = set(levels) - factors.get(name, frozenset())
        if unknown:
            known = "; ".join(f"{it}: {', '.join(sorted(factors[it]))}" for it in sorted(factors))
            raise CannotRun(
                f"the prototype has no {name} = {', '.join(sorted(unknown))}; it has {known}"
            )


def check_observable(study: Study) -> None:
    """Whether participants are asked if somebody may look on.

    Raises:
        CannotRun: They are not.
    """
    if Scope.OBSERVED not in study.consent.scopes:
        raise CannotRun(
            "the study does not ask participants whether they may be observed; add"
            ' "observed" to `scopes` in [consent], say so in its paragraphs, and count'
            " up both versions"
        )


def place_of(folder: StudyFolder, study: Study, typed: str) -> Place:
    """The place of a participant who types a code.

    Raises:
        NotAdmitted: The code is nobody's, or its participant has withdrawn, or has taken part.
        AllocationFault: The table is not this study's.
        OSError: It could not be read.
    """
    code = read_code(typed)
    if code is None:
        raise NotAdmitted("unknown")
    if code in folder.withdrawn():
        raise NotAdmitted("withdrawn")
    place = next((it for it in folder.places(study) if it.code == code), None)
    if place is None:
        raise NotAdmitted("unknown")
    if code in folder.taken_part() - folder.unfinished():
        raise NotAdmitted("done")
    return place


def next_place(folder: StudyFolder, study: Study, stratum: Mapping[Stratum, str]) -> Place | None:
    """The first free place of a stratum; None if there is none left.

    Raises:
        AllocationFault: The table is not this study's.
        OSError: It could not be read.
    """
    taken = folder.taken_part()
    for place in folder.places(study):
        of_it = all(stratum.get(key) == value for key, value in place.stratum.items())
        if of_it and place.code and place.code not in taken:
            return place
    return None


def ui_of(
    device: str, width: float, height: float, locale: str, scale: float = 1.0
) -> dict[str, object]:
    """What a session keeps of its screen.

    Args:
        device: ``android``, ``ios``, ``desktop`` or ``browser``.
        width: In whole pixels afterwards.
        height: In whole pixels afterwards.
        locale: The language.
        scale: How large text is.
    """
    return {
        "dev": device,
        "w": max(0, round(width)),
        "h": max(0, round(height)),
        "scale": scale,
        "locale": locale,
        "a11y": "unknown",
    }


def locale_of(place: Place, chosen: str) -> str:
    """The language of a session: that of the place, where participants are balanced by it."""
    return place.stratum.get(Stratum.LOCALE, chosen)
