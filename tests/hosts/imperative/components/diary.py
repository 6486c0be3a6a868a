"""The diary, and reminders that are asked for before the first one is set."""

import flet as ft
from mingshi import ConsentKit
from mingshi.consent.gate import Verdict

from . import strings


class Diary(ft.Column):
    """Films that were seen. Reminders run exactly as long as they are agreed to."""

    def __init__(self, kit: ConsentKit) -> None:
        self.kit = kit
        self.reminding = False
        self.film = ft.TextField(label=strings.FILM)
        self.films = ft.Column()
        self.told = ft.Text()
        super().__init__(
            [
                ft.Row([ft.Button(strings.REMIND, on_click=self.remind)]),
                self.told,
                self.film,
                ft.Button(strings.ADD, on_click=self.add),
                self.films,
            ]
        )
        # The pack names the push SDK; the kit starts it by consent and stops it by withdrawal.
        kit.register_sdk("jpush", start=self.start_reminders, stop=self.stop_reminders)

    async def remind(self) -> None:
        """Ask, and say what came of it. Nobody is asked who agreed before."""
        answer = await self.kit.ask("notifications", gesture="diary.remind")
        notice_first = answer.verdict is Verdict.NOTICE_FIRST
        self.tell(strings.NOTICE_FIRST if notice_first else self.state())

    def refresh(self) -> None:
        """What the kit calls after every change, such as a withdrawal."""
        self.tell(self.state())

    def state(self) -> str:
        """Whether there are reminders, in words."""
        return strings.REMINDED if self.reminding else strings.NOT_REMINDED

    def tell(self, words: str) -> None:
        """Say something under the button."""
        self.told.value = words
        self.told.update()

    def start_reminders(self) -> None:
        """Here an app starts its push SDK."""
        self.reminding = True

    def stop_reminders(self) -> None:
        """Here an app stops it."""
        self.reminding = False

    def add(self) -> None:
        """Write a film down; this needs nobody's consent."""
        if self.film.value:
            self.films.controls.append(ft.Text(self.film.value))
            self.film.value = ""
            self.update()
