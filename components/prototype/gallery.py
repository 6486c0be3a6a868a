"""The gallery: every example of every component, one page each, in any language.

``/`` lists them; ``/<component>/<example>`` shows one, as ``/prompt/location?locale=en``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

import flet as ft

from .. import centre, notices, study_room, surface
from ..i18n import PSEUDO_LOCALES, Language, available_locales
from ..policy.pack import Pack
from ..surface import parts, tokens
from ..surface.example import Example, Setting
from ..surface.runtime import kit_component
from ..surface.speaking import speak


def _beside_components(*rooms: ModuleType) -> dict[str, tuple[Example, ...]]:
    """The examples of every folder of some rooms, by the folder's name with hyphens."""
    found: dict[str, tuple[Example, ...]] = {}
    for room in rooms:
        for module in walk_packages(room.__path__, f"{room.__name__}."):
            package, _, name = module.name.rpartition(".")
            if name == "examples":
                component = package.rpartition(".")[2].replace("_", "-")
                found[component] = import_module(module.name).EXAMPLES
    return found


COMPONENTS: Mapping[str, tuple[Example, ...]] = _beside_components(
    notices, centre, surface, study_room, import_module(__package__)
)
"""Every component that has examples, by name."""


def addresses() -> list[str]:
    """The path of every example, as ``/prompt/location``."""
    return [f"/{name}/{it.name}" for name, examples in COMPONENTS.items() for it in examples]


def gallery(
    pack: Pack, did: Callable[[str], None] = lambda _act: None
) -> Callable[[ft.Page], None]:
    """The gallery as a Flet app, in every language and, for ``?locale=en_XA``, in pseudo-locales.

    Args:
        pack: Gives the words.
        did: Called with a word for whatever is pressed in an example.
    """

    def main(page: ft.Page) -> None:
        route = urlsplit(page.route or "/")
        asked = parse_qs(route.query).get("locale", ["zh_Hans"])[0]
        language = Language.of(
            asked if asked in (*available_locales(), *PSEUDO_LOCALES) else "zh_Hans"
        )
        speak(page, language)
        setting = Setting(language, pack, did)
        example = _find(route.path)
        if example is None:
            page.render(Contents, page)
        else:
            page.render(Shown, example, setting)

    return main


@kit_component
def Shown(example: Example, setting: Setting) -> ft.Control:
    """One example, at the size of the page."""
    return ft.SafeArea(
        ft.Row(
            [
                ft.Container(
                    # A column bounds the height of what does not fill the page, too.
                    ft.Column(
                        [
                            ft.Container(
                                example.build(setting),
                                expand=True,
                                expand_loose=not example.fills,
                            )
                        ]
                    ),
                    width=None if example.wide else tokens.READING_WIDTH + 2 * tokens.EDGE,
                    expand=True,
                    expand_loose=not example.wide,
                )
            ],
            alignment=ft.MainAxisAlignment.CENTER,
            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
            expand=True,
        ),
        expand=True,
    )


@kit_component
def Contents(page: ft.Page) -> ft.Control:
    """Every example, to open."""
    rows: list[ft.Control] = []
    for name, examples in COMPONENTS.items():
        rows.append(parts.heading(name, 2))
        for example in examples:
            spans: list[ft.TextSpan] = [ft.TextSpan(example.name)]
            for locale in available_locales():
                address = f"/{name}/{example.name}?locale={locale}"
                underlined = ft.TextStyle(
                    color=tokens.ACCENT, decoration=ft.TextDecoration.UNDERLINE
                )
                spans += [
                    ft.TextSpan(" · "),
                    ft.TextSpan(locale, underlined, url=f"{page.url or ''}{address}"),
                ]
            rows += [
                ft.Text(spans=spans, theme_style=ft.TextThemeStyle.BODY_LARGE),
                parts.note(example.about),
            ]
    return ft.ListView(rows, expand=True, spacing=tokens.GAP, padding=tokens.EDGE)


def _find(path: str) -> Example | None:
    component, _, name = path.strip("/").partition("/")
    return next((it for it in COMPONENTS.get(component, ()) if it.name == name), None)
