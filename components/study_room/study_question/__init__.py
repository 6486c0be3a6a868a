"""One question of the study."""

from .study_question import StudyQuestion as StudyQuestion
