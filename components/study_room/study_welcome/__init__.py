"""The study says hello."""

from .study_welcome import StudyWelcome as StudyWelcome
