"""Languages on a page: chosen, followed, changed in place, and said openly where one is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flet as ft
import pytest

from components.i18n import PSEUDO_LOCALES, Language, available_locales
from components.kit import ConsentKit
from components.policy import Pack, recompute
from components.prototype.gallery import addresses, gallery
from components.prototype.session import Settings, before_main, prototype
from components.surface.speaking import device_tags, follow_device, speak
from tests.pilot import Device, Pilot, running

from .conftest import MakeVisit

pytestmark = pytest.mark.anyio


def spoken_by_flet(pilot: Pilot) -> tuple[str, str | None, bool]:
    """The language and script that Flet's own words have, and whether the page runs from right."""
    locale = pilot.page["locale_configuration"]["current_locale"]
    return locale["language_code"], locale.get("script_code"), bool(pilot.page.get("rtl"))


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en", ("en", None, False)),
        ("zh_Hans", ("zh", "Hans", False)),
        ("zh_Hant", ("zh", "Hant", False)),
        ("ar", ("ar", None, True)),
        ("en_XA", ("en", None, False)),
        ("ar_XB", ("ar", None, True)),
    ],
)
async def test_a_page_speaks_one_language(locale: str, told: tuple[str, str | None, bool]) -> None:
    def main(page: ft.Page) -> None:
        page.add(ft.Text("host"))
        speak(page, Language.of(locale))

    async with running(main) as pilot:
        assert spoken_by_flet(pilot) == told


@pytest.mark.parametrize("locale", PSEUDO_LOCALES)
@pytest.mark.parametrize("address", addresses())
async def test_every_example_speaks_through_the_catalog(
    pack: Pack, address: str, locale: str
) -> None:
    async with running(gallery(pack), route=f"{address}?locale={locale}") as pilot:
        assert pilot.all_by_role("heading")
        turned = "\u202e" if locale == "ar_XB" else "["
        assert any(turned in text for text in pilot.texts())


@pytest.mark.parametrize("locale", available_locales())
async def test_the_picker_names_each_language_in_itself_and_the_device_first(
    pack: Pack, locale: str
) -> None:
    did: list[str] = []
    async with running(
        gallery(pack, did.append), route=f"/language-picker/by-hand?locale={locale}"
    ) as pilot:
        group = pilot.by_key("language.group")
        radios = pilot.all("Radio")
        assert [it["value"] for it in radios] == ["device", *available_locales()]
        follow, *names = pilot.texts(group)
        assert names == ["العربية", "English", "简体中文", "繁體中文"]
        assert "简体中文" in follow
        assert group["value"] == "ar"
        await pilot.choose(group, "zh_Hant")
        # Its name can be pressed as well as its button.
        await pilot.tap(pilot.by_key("language.en"))
        await pilot.choose(pilot.by_key("language.group"), "device")
        await pilot.tap(pilot.by_key("language.close"))
        assert did == ["choose zh_Hant", "choose en", "choose device", "close"]


async def test_the_device_is_marked_while_it_is_followed(pack: Pack) -> None:
    async with running(gallery(pack), route="/language-picker/following") as pilot:
        assert pilot.by_key("language.group")["value"] == "device"


class Host:
    """The prototype, again and again on one device."""

    def __init__(self, pack: Pack, data: Path) -> None:
        self.kits: list[ConsentKit] = []
        self.device = Device()
        self._main = prototype(
            Settings(data=data, pack=pack, endpoint=None, opened=self.kits.append)
        )

    def open(self, tag: str) -> Any:
        """Start it on the device, whose language is this."""
        return running(self._main, before_main=before_main, device=self.device, locale=tag)

    @property
    def kit(self) -> ConsentKit:
        """The kit of the latest session."""
        return self.kits[-1]


@pytest.fixture
def host(pack: Pack, tmp_path: Path) -> Host:
    return Host(pack, tmp_path)


async def pick(pilot: Pilot, value: str) -> None:
    """Choose a language from the first notice, and close the languages."""
    await pilot.tap(pilot.by_key("first-notice.language"))
    await pilot.choose(pilot.by_key("language.group"), value)
    await pilot.tap(pilot.by_key("language.close"))


async def test_the_device_is_followed_while_the_app_runs(host: Host) -> None:
    async with host.open("en-GB") as pilot:
        assert host.kit.speaking.chosen is None
        assert pilot.says("Read the full privacy policy")
        await pilot.set_locales("ar-EG", "en")
        assert pilot.says("قراءة سياسة الخصوصية كاملةً")
        assert spoken_by_flet(pilot) == ("ar", None, True)
        await pilot.set_locales("zh-HK")
        assert pilot.says("閱讀完整的隱私權政策")
        assert spoken_by_flet(pilot) == ("zh", "Hant", False)
        await host.kit.close()
    # What the device asked for was not taken for a choice.
    assert "cn.mingshi.prototype.language" not in host.device.preferences


async def test_a_choice_stays_over_the_device_until_it_is_given_up(host: Host) -> None:
    async with host.open("en-GB") as pilot:
        await pick(pilot, "ar")
        await pilot.set_locales("zh-CN")
        assert host.kit.language.locale == "ar"
        await host.kit.close()
    async with host.open("en-GB") as pilot:
        assert (host.kit.language.locale, host.kit.speaking.chosen) == ("ar", "ar")
        await pick(pilot, "device")
        assert (host.kit.language.locale, host.kit.speaking.chosen) == ("en", None)
        await pilot.set_locales("zh-TW")
        assert host.kit.language.locale == "zh_Hant"
        await host.kit.close()
    async with host.open("zh-CN"):
        assert host.kit.language.locale == "zh_Hans"
        await host.kit.close()


async def test_a_kept_choice_that_is_no_longer_there_follows_the_device(host: Host) -> None:
    host.device.preferences["cn.mingshi.prototype.language"] = "fr"
    async with host.open("ar"):
        assert (host.kit.language.locale, host.kit.speaking.chosen) == ("ar", None)
        await host.kit.close()


async def test_what_is_open_stays_open_when_its_language_changes(host: Host) -> None:
    async with host.open("zh-CN") as pilot:
        await pilot.tap(pilot.by_key("first-notice.language"))
        await pilot.choose(pilot.by_key("language.group"), "en")
        assert len(pilot.dialogs) == 2
        assert pilot.has_key("first-notice.accept")
        assert pilot.by_key("language.group")["value"] == "en"
        assert pilot.says("Language") and not pilot.says("语言")
        await pilot.tap(pilot.by_key("language.close"))
        assert len(pilot.dialogs) == 1
        await host.kit.close()


async def test_a_host_that_names_a_language_has_chosen_it(visit: MakeVisit) -> None:
    it = await visit(locale="ar-EG")
    it.kit.speak("en")
    await it.pilot.settle()
    showing = it.pilot.start(it.kit.screens.language)
    await it.pilot.settle()
    assert it.pilot.by_key("language.group")["value"] == "en"
    await it.pilot.choose(it.pilot.by_key("language.group"), "device")
    assert it.kit.language.locale == "ar"
    await it.press("language.close")
    await showing
    with pytest.raises(LookupError):
        it.kit.speaking.choose("tlh")


async def test_the_hosts_own_handler_is_called_too_and_put_back() -> None:
    heard: list[Any] = []

    def main(page: ft.Page) -> None:
        page.add(ft.Text("host"))
        page.on_locale_change = lambda event: heard.append(len(event.locales))
        ends.append(follow_device(page, heard.append))

    ends: list[Any] = []
    async with running(main, locale="zh-Hant-TW") as pilot:
        assert await pilot.call(device_tags, pilot.app_page) == ("zh-Hant-TW",)
        await pilot.set_locales("ar-EG", "en")
        assert heard == [("ar-EG", "en"), 2]
        ends[0]()
        await pilot.set_locales("en")
        assert heard == [("ar-EG", "en"), 2, 1]


@pytest.mark.parametrize(
    ("locale", "note"),
    [
        ("en", "It is in Simplified Chinese, and that version prevails."),
        ("zh_Hant", "以下內容還沒有翻譯，為簡體中文版本，並以該版本為準。"),
        ("ar", "الصينية المبسطة"),
        ("zh_Hans", None),
    ],
)
async def test_words_in_another_language_say_so(pack: Pack, locale: str, note: str | None) -> None:
    async with running(gallery(pack), route=f"/fallback-note/prevailing?locale={locale}") as pilot:
        assert pilot.says(pack.texts_for("zh_Hans").first_notice.lead)
        assert len(pilot.all("Icon")) == (0 if note is None else 1)
        assert note is None or pilot.says(note)


@pytest.mark.parametrize("locale", ["ar", "zh_Hant", "zh_Hans", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "/first-notice/default",
        "/prompt/location",
        "/prompt/system-asks",
        "/prompt/in-place",
        "/purpose/analytics",
        "/separate-consent/login",
        "/separate-consent/child",
        "/update/one-touched",
        "/update/old-unknown",
        "/centre/nothing-yet",
    ],
)
async def test_every_screen_says_once_that_its_words_are_in_another_language(
    pack: Pack, address: str, locale: str
) -> None:
    language = Language.of(locale)
    written_in = pack.locale_for(locale)
    async with running(gallery(pack), route=f"{address}?locale={locale}") as pilot:
        said = [
            it
            for it in pilot.texts()
            if language.gettext(
                "There is no translation of this text yet. It is in {language},"
                " and that version prevails.",
                language=language.name_of(written_in),
            )
            in it
        ]
        assert len(said) == (0 if written_in == locale else 1)


async def test_an_arabic_reader_meets_the_notice_with_the_words_that_are_recorded(
    host: Host,
) -> None:
    async with host.open("ar-EG") as pilot:
        assert host.kit.language.locale == "ar"
        assert pilot.says("الصينية المبسطة")
        await pilot.tap(pilot.by_key("first-notice.accept"))
        (event,) = host.kit.record.events
        assert event.notice is not None
        assert event.notice.locale == "zh_Hans"
        assert event.notice.digest == recompute(
            host.kit.pack, event.notice.notice, "zh_Hans", event.notice.version
        )
        await host.kit.close()


async def test_a_policy_keeps_its_order_on_a_screen_that_runs_the_other_way(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/at-location?locale=ar") as pilot:
        paragraphs = [
            node
            for node in pilot.all("Text")
            if len(node.get("spans") or []) > 2 and node["spans"][0]["text"] == "\u2066"
        ]
        assert paragraphs
        assert all(it["spans"][-1]["text"] == "\u2069" for it in paragraphs)
        assert {it["text_align"] for it in paragraphs} == {"left"}
    async with running(gallery(pack), route="/reader/at-location?locale=zh_Hant") as pilot:
        assert not any("\u2066" in str(it.get("spans")) for it in pilot.all("Text"))
