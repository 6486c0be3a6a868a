"""Settings: language, text size, theme, contrast and motion."""

from .settings import SettingsPage

__all__ = ["SettingsPage"]
