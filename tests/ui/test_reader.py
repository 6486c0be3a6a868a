"""The reader as a person uses it, headless."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flet as ft
import pytest

from components.i18n import Language
from components.notices.reader import CopyForm, PolicyReader
from components.notices.reader.contents import SHOWN
from components.notices.reader.kept_size import KeptSize
from components.notices.reader.live import policy_address, previous_document
from components.notices.reader.positions import DevicePositions
from components.places import data_folder
from components.policy import Pack, load_pack
from components.policy.anymarkdown import read_any_markdown
from components.policy.markdown import parse_document
from components.policy.pack import ChangeKind, PolicyVersion
from components.prototype.gallery import gallery
from components.prototype.preview_command import preview
from components.surface.file_saving import Saving, save_file
from components.surface.runtime import embed
from components.surface.text_size import TextSize
from tests.pilot import Device, Pilot, running

from .conftest import MakeVisit

pytestmark = pytest.mark.anyio

UNDERLINE = ft.TextDecoration.UNDERLINE.value
LINE_THROUGH = ft.TextDecoration.LINE_THROUGH.value

CHEAP = 20_000
"""Bytes that a jump may cost on the wire."""


def spans(pilot: Pilot) -> list[Any]:
    return [span for node in pilot.all("Text") for span in node.get("spans") or []]


def underlined(pilot: Pilot, style: str) -> list[str]:
    """The words of the spans with a line of that style under them."""
    return [
        span["text"]
        for span in spans(pilot)
        if (span.get("style") or {}).get("decoration_style") == style
    ]


async def test_a_jump_is_cheap_wherever_it_leads(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/beginning?locale=zh_Hans") as pilot:
        for clause in pack.document("zh_Hans").clauses():
            await pilot.tap(pilot.by_key("reader.contents"))
            with pilot.traffic() as traffic:
                await pilot.tap(pilot.by_key(f"reader.to.{clause.id}"))
            assert pilot.has_key(f"clause-{clause.id}")
            assert traffic.size < CHEAP, clause.id


async def test_a_jump_is_filled_up_to_what_opening_there_draws(pack: Pack) -> None:
    def drawn(pilot: Pilot) -> list[str]:
        [rows] = pilot.all("ListView")
        return pilot.texts(rows)

    async with running(gallery(pack), route="/reader/at-location?locale=zh_Hans") as pilot:
        opened = drawn(pilot)
        await pilot.tap(pilot.by_key("reader.contents"))
        await pilot.tap(pilot.by_key("reader.to.location"))
        assert drawn(pilot) == opened


async def test_the_contents_mark_where_the_person_is(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/at-location?locale=en") as pilot:
        await pilot.tap(pilot.by_key("reader.contents"))
        assert [it for it in pilot.texts() if "you are here" in it] == [
            f"→ {pack.document('en').clause('location').title} (you are here)"
        ]
        await pilot.tap(pilot.by_key("reader.to-beginning"))
        await pilot.tap(pilot.by_key("reader.contents"))
        assert [it for it in pilot.texts() if "you are here" in it] == [
            "→ From the beginning (you are here)"
        ]


async def test_the_contents_of_a_very_long_document_come_in_parts(pack: Pack) -> None:
    number = 3 * SHOWN - 1
    document = parse_document(
        "# Long\n\n" + "\n".join(f"{{#c{it}}}\n## Clause {it}\n\nWords.\n" for it in range(number))
    )
    middle = number // 2

    def entries(pilot: Pilot) -> list[int]:
        return [it for it in range(number) if pilot.has_key(f"reader.to.c{it}")]

    async def main(page: ft.Page) -> None:
        page.add(
            embed(
                PolicyReader,
                document,
                pack.version,
                Language.of("en"),
                prevailing=None,
                on_close=lambda: None,
                clause=f"c{middle}",
            )
        )

    async with running(main) as pilot:
        await pilot.settle()
        with pilot.traffic() as traffic:
            await pilot.tap(pilot.by_key("reader.contents"))
        assert traffic.size < 500 * SHOWN
        first = entries(pilot)
        assert middle in first
        assert len(first) == SHOWN
        await pilot.tap(pilot.by_key("reader.contents.earlier"))
        await pilot.tap(pilot.by_key("reader.contents.later"))
        assert entries(pilot) == list(range(number))
        assert not pilot.has_key("reader.contents.earlier")
        assert not pilot.has_key("reader.contents.later")
        await pilot.tap(pilot.by_key(f"reader.to.c{number - 1}"))
        assert pilot.has_key(f"clause-c{number - 1}")


async def test_scrolling_moves_the_mark(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/at-location?locale=en") as pilot:
        await pilot.scroll(pilot.one("ListView"), 1100, extent=1200)
        await pilot.tap(pilot.by_key("reader.contents"))
        (here,) = (it for it in pilot.texts() if "you are here" in it)
        assert pack.document("en").clause("location").title not in here


async def test_a_search_counts_marks_and_goes_round(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/beginning?locale=en") as pilot:
        await pilot.tap(pilot.by_key("reader.search.open"))
        await pilot.type(pilot.by_key("reader.search.words"), "oaid")
        assert pilot.says("Found in 5 places")
        with pilot.traffic() as traffic:
            await pilot.tap(pilot.by_key("reader.search.next"))
        assert traffic.size < CHEAP
        assert pilot.says("1 of 5")
        assert underlined(pilot, "double") == ["OAID"]
        for number in (2, 3, 4, 5, 1):
            await pilot.tap(pilot.by_key("reader.search.next"))
            assert pilot.says(f"{number} of 5")
            assert underlined(pilot, "double") == ["OAID"]
        await pilot.tap(pilot.by_key("reader.search.previous"))
        assert pilot.says("5 of 5")
        found = [it for it in spans(pilot) if it["text"] == "OAID" and it["style"].get("bgcolor")]
        assert all(it["style"]["decoration"] == UNDERLINE for it in found)
        await pilot.tap(pilot.by_key("reader.search.close"))
        assert not pilot.has_key("reader.search")
        assert not underlined(pilot, "double")


async def test_a_search_works_in_chinese_with_enter_and_in_headings(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/beginning?locale=zh_Hans") as pilot:
        await pilot.tap(pilot.by_key("reader.search.open"))
        title = pack.document("zh_Hans").clause("sdk").title
        await pilot.type(pilot.by_key("reader.search.words"), title, submit=True)
        assert underlined(pilot, "double") == [title]
        assert pilot.by_role("heading", title)["header"]


async def test_nothing_found_is_said(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/beginning?locale=en") as pilot:
        await pilot.tap(pilot.by_key("reader.search.open"))
        field = pilot.by_key("reader.search.words")
        await pilot.type(field, "bitcoin", submit=True)
        assert pilot.says("“bitcoin” does not occur in this policy.")
        await pilot.type(field, "   ")
        assert not pilot.says("does not occur")


async def test_a_term_is_explained_in_place_and_only_there(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/at-table?locale=en") as pilot:
        (term,) = [it for it in spans(pilot) if it["text"] == "SDK" and it.get("on_click")]
        assert term["style"]["decoration_style"] == "dotted"
        assert term["semantics_label"] == "SDK, explain this word"
        await pilot.tap(term)
        meaning = next(it for it in pack.texts_for("en").glossary if it.id == "sdk").explanation
        assert pilot.says(meaning)
        assert not pilot.dialogs
        await pilot.tap(pilot.by_key("reader.term.close.sdk"))
        assert not pilot.says(meaning)


async def test_a_clause_is_copied_with_its_address(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/at-location?locale=en") as pilot:
        await pilot.tap(pilot.by_key("reader.actions.location"))
        await pilot.tap(pilot.by_key("reader.copy.location"))
        clause = pack.document("en").clause("location")
        assert pilot.device.clipboard is not None
        assert pilot.device.clipboard.startswith(clause.text)
        assert pilot.device.clipboard.endswith(f"{policy_address(pack, 'en')}#location")
        assert "November 1, 2021" in pilot.device.clipboard
        assert ["Copied"] in [pilot.texts(it) for it in pilot.all("Semantics", live_region=True)]
        await pilot.tap(pilot.by_key("reader.actions.location"))
        assert not pilot.has_key("reader.copy.location")


async def test_explaining_a_clause_is_the_hosts_affair(pack: Pack) -> None:
    done: list[str] = []
    async with running(gallery(pack, done.append), route="/reader/at-location?locale=en") as pilot:
        await pilot.tap(pilot.by_key("reader.actions.location"))
        await pilot.tap(pilot.by_key("reader.explain.location"))
        assert done == ["explain location"]


async def test_what_changed_is_shown_by_sign_and_by_style(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/more?locale=en") as pilot:
        await pilot.tap(pilot.by_key("reader.changes"))
        changed = [
            (it["text"][0], it["style"]["decoration"], it["semantics_label"])
            for it in spans(pilot)
            if (it.get("style") or {}).get("decoration") in (UNDERLINE, LINE_THROUGH)
        ]
        assert {it[:2] for it in changed} == {("+", UNDERLINE), ("−", LINE_THROUGH)}
        assert all(it[2].startswith(("added: ", "removed: ")) for it in changed)
        await pilot.tap(pilot.by_key("changes.read.film-preferences"))
        assert pilot.has_key("clause-film-preferences")


async def test_the_text_grows_with_the_wish(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/more?locale=en") as pilot:
        assert not [it for it in pilot.all("Container") if it.get("theme")]
        await pilot.tap("Largest")
        (themed,) = (it for it in pilot.all("Container") if it.get("theme"))
        assert themed["theme"]["text_theme"]["body_large"]["size"] == 24
        # Flet takes this one in the dark.
        assert themed["dark_theme"]["text_theme"]["body_large"]["size"] == 24


@pytest.mark.parametrize("form", list(CopyForm))
async def test_a_copy_can_be_kept(visit: MakeVisit, form: CopyForm) -> None:
    here = await visit()
    await here.accept_notice()
    here.pilot.start(here.kit.open_policy)
    await here.pilot.settle()
    await here.press("reader.more")
    await here.press(f"reader.save.{form.value}")
    ((name, data),) = here.pilot.device.saved_files.items()
    assert name == f"epiao-2021-11-01-{here.kit.language.locale}.{form.value}"
    assert here.kit.texts.document.title in data.decode()


async def test_the_place_is_kept_and_only_after_the_notice_on_the_device(visit: MakeVisit) -> None:
    here = await visit()
    for accepted in (False, True):
        if accepted:
            await here.accept_notice()
        reading = here.pilot.start(here.kit.open_policy)
        await here.pilot.settle()
        await here.press("reader.contents")
        await here.press("reader.to.retention")
        here.kit.speak("en")
        await here.pilot.settle()
        assert here.pilot.has_key("clause-retention")
        assert here.pilot.says(here.kit.clause_title("retention"))
        await here.press("page.close")
        await reading
        kept = {k: v for k, v in here.pilot.device.preferences.items() if "reading" in k}
        assert kept == ({"cn.mingshi.reading.epiao.2021-11-01": "retention"} if accepted else {})
        here.kit.speak("zh_Hans")
        again = here.pilot.start(here.kit.open_policy)
        await here.pilot.settle()
        assert here.pilot.has_key("clause-retention")
        await here.press("page.close")
        await again


async def test_the_size_is_kept_once_it_is_chosen(visit: MakeVisit, tmp_path: Path) -> None:
    device = Device()
    for record, sizes in (("first", []), ("second", [24.0])):
        here = await visit(store=tmp_path / record, device=device)
        kept = dict(device.preferences)
        reading = here.pilot.start(here.kit.open_policy)
        await here.pilot.settle()
        themes = [it["theme"] for it in here.pilot.all("Container") if it.get("theme")]
        assert [it["text_theme"]["body_large"]["size"] for it in themes] == sizes
        assert device.preferences == kept, "nothing is kept before a choice"
        await here.press("reader.more")
        await here.press("reader.size.largest")
        assert device.preferences["cn.mingshi.reading.text-size"] == "largest"
        await here.press("page.close")
        await reading


async def test_a_place_that_cannot_be_kept_stops_nothing() -> None:
    def broken(_arguments: object) -> None:
        raise OSError("planted")

    device = Device(methods={"SharedPreferences.set": broken, "SharedPreferences.get": broken})
    async with running(lambda page: page.add(ft.Text("host")), device=device) as pilot:
        positions = DevicePositions(pilot.app_page)
        await pilot.call(positions.keep, "p", "c")
        assert await pilot.call(positions.kept, "p") is None
        size = KeptSize(pilot.app_page)
        await pilot.call(size.keep, TextSize.LARGE)
        assert await pilot.call(size.read) is TextSize.STANDARD


@pytest.mark.parametrize(
    ("web", "answer", "saving"),
    [
        (False, "/downloads/a.txt", Saving.SAVED),
        (False, None, Saving.CANCELLED),
        (True, None, Saving.SAVED),
    ],
)
async def test_saving_ends_as_the_person_and_the_device_end_it(
    web: bool, answer: str | None, saving: Saving
) -> None:
    device = Device(methods={"FilePicker.save_file": answer})
    async with running(lambda page: page.add(ft.Text("host")), device=device, web=web) as pilot:
        assert await pilot.call(save_file, pilot.app_page, "a.txt", b"words") is saving


@pytest.mark.parametrize("dialog_writes", [False, True])
async def test_on_a_desktop_the_file_is_where_the_dialog_said(
    dialog_writes: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = tmp_path / "copy.txt"

    def save(arguments: dict[str, Any]) -> str:
        if dialog_writes:
            place.write_bytes(arguments["src_bytes"])
        return str(place)

    device = Device(methods={"FilePicker.save_file": save})
    async with running(
        lambda page: page.add(ft.Text("host")), device=device, platform="linux"
    ) as pilot:
        page = pilot.app_page
        assert await pilot.call(save_file, page, "a.txt", b"words") is Saving.SAVED
        assert place.read_bytes() == b"words"
        place.unlink()
        place.mkdir()
        device.methods["FilePicker.save_file"] = str(place)
        assert await pilot.call(save_file, page, "a.txt", b"words") is Saving.FAILED
        assert "a.txt could not be saved" in caplog.text


async def test_a_file_that_cannot_be_saved_is_said() -> None:
    def broken(_arguments: object) -> None:
        raise OSError("planted")

    device = Device(methods={"FilePicker.save_file": broken})
    async with running(lambda page: page.add(ft.Text("host")), device=device) as pilot:
        assert await pilot.call(save_file, pilot.app_page, "a.txt", b"words") is Saving.FAILED
        with pytest.raises(ValueError, match="empty"):
            await save_file(pilot.app_page, "a.txt", b"")


def test_the_version_before_is_the_last_that_was_in_effect(pack: Pack) -> None:
    assert previous_document(pack, "en") is None
    newest = pack.at(pack.versions[-1].id)
    assert previous_document(newest, "en") == pack.document("en")


LONG = "# Any policy\n\n" + "\n\n".join(f"Paragraph {number} of many." for number in range(3000))


async def test_any_markdown_and_a_pack_without_glossary_are_read() -> None:
    version = PolicyVersion("any", None, None, ChangeKind.EDITORIAL)
    document = read_any_markdown(LONG, name="any.md")
    async with running(preview(document, version, "en", None)) as pilot:
        assert sum(frame.size for frame in pilot.frames) < 3 * CHEAP
        await pilot.tap(pilot.by_key("reader.search.open"))
        await pilot.type(pilot.by_key("reader.search.words"), "paragraph 2999", submit=True)
        assert pilot.says("1 of 1")
        assert pilot.says("Paragraph 2999 of many.")
        await pilot.tap(pilot.by_key("reader.earlier"))
        assert not pilot.crashes
    piaoqian = load_pack(data_folder("policy_content") / "piaoqian")
    async with running(
        lambda page: page.render(
            PolicyReader,
            piaoqian.document("zh_Hans"),
            piaoqian.version,
            Language.of("zh_Hans"),
            prevailing=None,
            on_close=lambda: None,
        )
    ) as pilot:
        assert pilot.says(piaoqian.document("zh_Hans").title)
