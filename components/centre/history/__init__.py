"""The history of a person's choices, as a timeline."""

from .history import History, HistoryActs
from .view import HistoryDay, HistoryEntry, HistoryView, history_days

__all__ = ["History", "HistoryActs", "HistoryDay", "HistoryEntry", "HistoryView", "history_days"]
