"""The choice of a language: by their own names, and the device's first."""

from .language_picker import LanguagePicker, LanguageSheet

__all__ = ["LanguagePicker", "LanguageSheet"]
