"""A task, before it is begun."""

from .task_card import TaskCard as TaskCard
