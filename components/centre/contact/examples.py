"""Examples of contact and complaint."""

from __future__ import annotations

import flet as ft

from ...surface.example import Example, Setting
from .contact import Contact, ContactView, ContactWay, contact_view


def _of_the_pack(setting: Setting) -> ft.Control:
    view = contact_view(setting.pack, setting.language.locale)
    return Contact(view, setting.language, on_close=setting.does("close"))


def _every_way(setting: Setting) -> ft.Control:
    view = ContactView(
        "Example Ltd.",
        "1 Example Road",
        (
            ContactWay("phone", "400-000-0000", "Questions", "tel:4000000000"),
            ContactWay("email", "privacy@example.com", "Requests", "mailto:privacy@example.com"),
            ContactWay("form", "https://example.com/privacy", "Requests", "https://example.com/"),
            ContactWay("post", "1 Example Road", "Letters", None),
        ),
        7,
    )
    return Contact(view, setting.language, on_close=setting.does("close"))


def _nobody(setting: Setting) -> ft.Control:
    view = ContactView(None, None, (), 15)
    return Contact(view, setting.language, on_close=setting.does("close"))


EXAMPLES = (
    Example("default", "The contacts of the pack.", _of_the_pack),
    Example("every-way", "Phone, e-mail, form and post.", _every_way),
    Example("nobody-named", "A policy that names nobody.", _nobody),
)
