"""A gallery of unfair screens, beside their fair twins; it is no part of the product's gallery.

    mingshi fairness mingshi.fairness.unfair.gallery:main --route "/loud-consent?locale=en"

``/`` lists them; ``/<example>?locale=en`` shows one, ``&fair=yes`` its twin, ``&of=2`` the second
surface of one that has two.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import flet as ft

from .examples import EVERYTHING, EXAMPLES
from .plan import build

_SHOWN = {it.name: it for it in (*EXAMPLES, EVERYTHING) if it.unfair.plans}


def main(page: ft.Page) -> None:
    """The app."""
    page.padding = 0
    route = urlsplit(page.route or "/")
    asked = {key: values[0] for key, values in parse_qs(route.query).items()}
    example = _SHOWN.get(route.path.strip("/"))
    if example is None:
        page.add(_contents(page.url or ""))
        return
    side = example.fair if asked.get("fair") == "yes" else example.unfair
    number = min(int(asked["of"]) if asked.get("of", "").isdecimal() else 1, len(side.plans))
    locale = asked.get("locale", "zh_Hans")
    page.add(build(side.plans[max(1, number) - 1], locale if locale == "en" else "zh_Hans"))


def _contents(url: str) -> ft.Control:
    rows: list[ft.Control] = []
    for name, example in _SHOWN.items():
        links = [
            ft.TextSpan(f"  {told}  ", ft.TextStyle(color=ft.Colors.PRIMARY), url=f"{url}{route}")
            for told, route in (
                ("zh", f"/{name}?locale=zh_Hans"),
                ("en", f"/{name}?locale=en"),
                ("fair, zh", f"/{name}?locale=zh_Hans&fair=yes"),
                ("fair, en", f"/{name}?locale=en&fair=yes"),
            )
        ]
        about = ft.TextSpan(f"{name} ({' '.join(example.rules)})")
        rows.append(ft.Text(spans=[about, *links], size=16))
    return ft.ListView(rows, expand=True, spacing=8, padding=20)
