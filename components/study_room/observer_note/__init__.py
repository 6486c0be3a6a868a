"""A note that an observer is writing."""

from .observer_note import ObserverNote as ObserverNote
from .observer_note import severities as severities
