"""Stopping before the end."""

from .stopping import Stopping as Stopping
