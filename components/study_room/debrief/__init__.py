"""What the study was about."""

from .debrief import Debrief as Debrief
