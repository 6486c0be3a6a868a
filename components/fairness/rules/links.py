"""What is a link in running text: it is as high as its line, and its sentence says what it is."""

from __future__ import annotations

from ..subject import Element, Role, Screen


def in_running_text(element: Element, screen: Screen) -> bool:
    """Whether it is a link with words of its sentence beside it."""
    return element.role is Role.LINK and any(
        element.box is not None
        and other.role is Role.TEXT
        and other.box is not None
        and other.box.within(element.box) is not None
        and other.name != element.name
        for other in screen.elements
    )
