"""A passage that shows how fast somebody reads."""

from .reading_passage import ReadingPassage as ReadingPassage
