"""How the study that was run differs from the one that was registered, and from its own plan."""

from __future__ import annotations

from dataclasses import dataclass

from ..exporting.tables import Recorded
from ..registration import Difference, Registration, differences
from .flow import Flow
from .source import Source

PRIMARY = "study.primary"
"""Where a study file names its primary outcome."""


@dataclass(frozen=True)
class Deviations:
    """What was otherwise than planned.

    Attributes:
        registration: The study as it was registered; None if it was not.
        differences: Values of the file that was run that are not the registered ones.
        planned: How many participants the registered study plans; the file's, if there is none.
        people: How many took part.
        earlier: Sessions of a day before that of the registration.
        other_policy: Sessions with another version of the policy than the study file names.
        builds: How many builds of the app the study was run with; 0 where that was not kept.
    """

    registration: Registration | None
    differences: tuple[Difference, ...]
    planned: int
    people: int
    earlier: int
    other_policy: int
    builds: int

    @property
    def registered(self) -> bool:
        """Whether the study was registered before anybody took part, as far as is known."""
        return self.registration is not None and not self.earlier

    @property
    def primary_changed(self) -> bool:
        """Whether another primary outcome was registered."""
        return any(it.place == PRIMARY for it in self.differences)


def deviations_of(source: Source, flow: Flow) -> Deviations:
    """Hold a study against its registration."""
    registration = source.registration
    study = source.study
    planned = study.design.participants
    if registration is not None:
        said = registration.values.get("design.participants")
        planned = said if isinstance(said, int) else planned
    policy = f"{study.pack}@{study.policy_version}"
    return Deviations(
        registration=registration,
        differences=() if registration is None else differences(registration.values, source.values),
        planned=planned,
        people=flow.people,
        earlier=0
        if registration is None
        else sum(_day(it) < registration.at.date().isoformat() for it in source.sessions),
        other_policy=sum(it.events[0].data["policy"] != policy for it in source.sessions),
        builds=len(source.builds),
    )


def _day(recorded: Recorded) -> str:
    return str(recorded.events[0].data["day"])
