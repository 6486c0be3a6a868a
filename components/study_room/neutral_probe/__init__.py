"""A neutral banner after the tasks."""

from .neutral_probe import NeutralProbe as NeutralProbe
