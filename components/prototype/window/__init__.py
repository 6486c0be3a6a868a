"""The demo's window on a desktop: where it stands, and what it says when it is closed."""

from .window import DemoWindow

__all__ = ["DemoWindow"]
