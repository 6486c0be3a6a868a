"""The task above the app, and outside of it."""

from .task_bar import TaskBar as TaskBar
