"""An app that is not ours: imperative, Cupertino, without identifiers, and none the wiser.

It asks for two things on one page and opens a dialog for a third.
"""

from __future__ import annotations

import flet as ft


def main(page: ft.Page) -> None:
    page.title = "Walks"
    page.padding = 24
    status = ft.Text("Nothing has been decided.", size=15, style=ft.TextStyle(height=1.5))

    def decided(text: str) -> None:
        status.value = text
        page.update()

    def choose(agreed: bool) -> None:
        decided("You agreed." if agreed else "You refused.")

    def weather(_event: object) -> None:
        alert: ft.CupertinoAlertDialog = ft.CupertinoAlertDialog(
            title=ft.Text("Weather on the way"),
            content=ft.Text("We send the place of a walk to a weather service. You may refuse."),
            actions=[
                ft.CupertinoDialogAction("Don't allow", on_click=lambda _: closed(alert, "No")),
                ft.CupertinoDialogAction("Allow", on_click=lambda _: closed(alert, "Yes")),
            ],
        )
        page.show_dialog(alert)

    def closed(alert: ft.CupertinoAlertDialog, answer: str) -> None:
        page.pop_dialog()
        decided(f"Weather: {answer}")

    page.add(
        ft.Semantics(
            content=ft.Text("Before your first walk", size=24, color="#101010"),
            header=True,
            heading_level=1,
        ),
        ft.Text(
            "We would like to count how often the map is opened. It helps us to see what breaks.",
            size=17,
            color="#202020",
            style=ft.TextStyle(height=1.5),
        ),
        ft.Row([ft.CupertinoSwitch(label="Count map openings: on", value=True)]),
        ft.CupertinoFilledButton(
            content=ft.Text("Accept all"), on_click=lambda _: choose(True), width=300
        ),
        ft.CupertinoButton(
            content=ft.Text("No thanks", size=13, color="#9A9A9A"),
            on_click=lambda _: choose(False),
        ),
        ft.CupertinoButton(content=ft.Text("Weather on the way"), on_click=weather),
        status,
    )


if __name__ == "__main__":
    ft.run(main)
