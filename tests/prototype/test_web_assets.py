"""The committed web assets are what the generator makes, and the font holds every character."""

from __future__ import annotations

import asyncio
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import flet as ft
import pytest
from flet_web import get_package_web_dir
from fontTools.ttLib import TTFont
from PIL import Image, ImageStat

from components.fairness.adapters.chromium import CLIENT_WAITS
from components.prototype import web_assets, web_font
from components.prototype.empty_font import EMPTY_FONT_FILE, write_empty_font
from components.prototype.server import serve, web_app
from components.prototype.web_assets import FONT_MANIFEST, INDEX, font_manifest, index_html

from ..browser.harness import browser, open_app
from ..browser.settled import settled_picture

COMPONENTS = Path(web_assets.__file__).parents[1]
_ARRIVED = """\
() => performance.getEntriesByType('resource').map((it) => (
  {path: new URL(it.name).pathname, began: it.startTime, ended: it.responseEnd}))"""
_AT_THE_MIDDLE = """\
() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  done(document.elementFromPoint(innerWidth / 2, innerHeight / 2).textContent))))"""
REMEDY = "run `python -m components.prototype.web_assets` and commit what it writes"


@pytest.fixture
def font() -> Any:
    return TTFont(web_font.FONT_FILE)


def original_index() -> str:
    return (Path(get_package_web_dir()) / "index.html").read_text(encoding="utf-8")


def test_the_index_page_is_what_the_generator_makes_of_the_installed_one() -> None:
    assert INDEX.read_text(encoding="utf-8") == index_html(original_index()), REMEDY


def test_the_list_of_fonts_is_what_the_generator_makes() -> None:
    assert FONT_MANIFEST.read_text(encoding="utf-8") == font_manifest(), REMEDY


def test_the_command_writes_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_assets, "INDEX", tmp_path / "index.html")
    monkeypatch.setattr(web_assets, "FONT_MANIFEST", tmp_path / "FontManifest.json")
    web_assets.main([])
    assert (tmp_path / "index.html").read_bytes() == INDEX.read_bytes()
    assert (tmp_path / "FontManifest.json").read_bytes() == FONT_MANIFEST.read_bytes()


def test_the_index_page_asks_nobody_else_and_keeps_flets_mark() -> None:
    page = INDEX.read_text(encoding="utf-8")
    assert page.count("<!-- fletAppConfig -->") == 1
    assert '<html lang="zh-Hans">' in page and "flt-semantics-placeholder" in page
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    guard, mark = page.index("isForeign"), page.index("<!-- fletAppConfig -->")
    assert page.index("Content-Security-Policy") < guard < mark
    assert "loading-animation" not in page and "正在载入" in page
    assert f"'{CLIENT_WAITS}'" in page


def test_a_changed_original_is_refused_rather_than_half_changed() -> None:
    with pytest.raises(ValueError, match="fits 0 places"):
        index_html(original_index().replace('<meta charset="UTF-8">', ""))


def test_no_code_names_an_icon_of_a_font_that_is_left_out() -> None:
    named = [
        path for path in COMPONENTS.rglob("*.py") if "CupertinoIcons" in path.read_text("utf-8")
    ]
    assert "CupertinoIcons" not in FONT_MANIFEST.read_text("utf-8")
    assert not named


@pytest.mark.anyio
async def test_all_fonts_are_on_their_way_before_the_program_runs_and_come_once() -> None:
    async with browser() as chromium, serve(web_app(lambda page: page.add(ft.Text("明示")))) as url:
        context = await chromium.new_context()
        async with open_app(context, url) as app:
            arrived = await app.page.evaluate(_ARRIVED)
        await context.close()
    early = re.findall(r'<link rel="preload" as="fetch".* href="([^"]+)"', INDEX.read_text("utf-8"))
    [program] = [it for it in arrived if it["path"] == "/main.dart.wasm"]
    fonts = [it for it in arrived if it["path"].endswith((".woff2", ".otf", ".ttf"))]
    assert sorted(it["path"] for it in fonts) == sorted(
        f"/{name}" for name in early if not name.endswith(".json")
    )
    assert all(it["began"] < program["ended"] for it in fonts)


@pytest.mark.anyio
async def test_nobody_sees_in_what_language_the_client_waits() -> None:
    may_begin = asyncio.Event()

    async def before_main(_page: ft.Page) -> None:
        await may_begin.wait()

    app = web_app(lambda page: page.add(ft.Text("明示")), before_main=before_main)
    async with browser() as chromium, serve(app) as url:
        page = await chromium.new_page()
        await page.goto(url)
        await page.get_by_text(CLIENT_WAITS).wait_for(state="attached")
        assert await page.evaluate(_AT_THE_MIDDLE) == "正在载入… Loading…"
        may_begin.set()
        await page.locator("#starting").wait_for(state="detached")
        await page.get_by_text("明示").wait_for(state="attached")
        await page.close()


@pytest.mark.anyio
async def test_an_app_without_a_word_is_seen() -> None:
    app = web_app(lambda page: page.add(ft.Container(width=50, height=50, bgcolor="#ff0000")))
    async with browser() as chromium, serve(app) as url:
        page = await chromium.new_page()
        await page.goto(url)
        await page.locator("#starting").wait_for(state="detached")
        await page.close()


def test_every_character_of_this_project_has_a_glyph(font: Any) -> None:
    missing = {
        character
        for character in web_font.characters_written()
        if ord(character) not in font.getBestCmap()
    }
    assert not missing, f"{sorted(missing)}: {REMEDY}, with --fonts"


def test_people_can_type_chinese_and_latin_and_arabic(font: Any) -> None:
    held = {chr(code) for code in font.getBestCmap()}
    simplified = {bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8)
                  for cell in range(0xA1, 0xFF)}  # fmt: skip
    assert len(simplified) > 6700 and simplified - {""} <= held
    assert set("繁體中文測試歡迎資訊權限與隱私") <= held
    assert {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))} <= held
    assert set("“”‘’—…·•→←↑↓✓×°‰′″€¥£©®™、。《》（）") <= held
    assert set("مرحبا بكم سياسة الخصوصية؟") <= held
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina"} <= features


def test_marks_of_direction_have_glyphs(font: Any) -> None:
    """Shaping hides them, but without a glyph the browser asks for another font first."""
    marks = {*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    assert marks <= font.getBestCmap().keys()


def wide_forms(font: Any) -> dict[str, set[str]]:
    """What becomes of the glyphs in each script's Chinese: their wide forms."""
    table = font["GSUB"].table
    found: dict[str, set[str]] = {}
    for script in table.ScriptList.ScriptRecord:
        assert _local_forms(table, script.Script.DefaultLangSys) == {}
        for language in script.Script.LangSysRecord:
            if language.LangSysTag in web_font.CHINESE:
                for narrow, wide in _local_forms(table, language.LangSys).items():
                    found.setdefault(f"{script.ScriptTag} {language.LangSysTag}", set()).add(narrow)
                    assert font["hmtx"][wide][0] == font["head"].unitsPerEm
                    assert font["glyf"][wide].numberOfContours > 0
    return found


def _local_forms(table: Any, language: Any) -> dict[str, str]:
    records = [table.FeatureList.FeatureRecord[index] for index in language.FeatureIndex]
    forms: dict[str, str] = {}
    for record in records:
        if record.FeatureTag == "locl":
            for index in record.Feature.LookupListIndex:
                for subtable in table.LookupList.Lookup[index].SubTable:
                    forms.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    return forms


def test_quotes_are_narrow_and_wide_in_chinese(font: Any) -> None:
    glyphs, em = font.getBestCmap(), font["head"].unitsPerEm
    narrow = {glyphs[ord(mark)] for mark in "‘’“”…·"}
    widths = {mark: font["hmtx"][glyphs[ord(mark)]][0] for mark in "‘’“”…·"}
    assert max(widths.values()) < 0.9 * em
    assert max(widths[mark] for mark in "‘’“”·") < 0.6 * em
    assert {font["hmtx"][glyphs[ord(mark)]][0] for mark in "，。《》"} == {em}
    in_chinese = wide_forms(font)
    scripts = {record.ScriptTag for record in font["GSUB"].table.ScriptList.ScriptRecord}
    assert {"DFLT", "hani", "latn"} <= scripts
    assert set(in_chinese) == {
        f"{script} {language}" for script in scripts for language in ("ZHH ", "ZHS ", "ZHT ")
    }
    assert all(forms == narrow for forms in in_chinese.values())


@pytest.mark.anyio
async def test_the_browser_draws_quotes_as_the_pages_language_has_them() -> None:
    quotes = ft.Text("“”‘’", size=20)
    widths: dict[str, float] = {}

    def before_main(page: ft.Page) -> None:
        locale = ft.Locale("en")
        page.locale_configuration = ft.LocaleConfiguration([locale], locale)

    def main(page: ft.Page) -> None:
        def speak_chinese() -> None:
            locale = ft.Locale("zh", script_code="Hans")
            page.locale_configuration = ft.LocaleConfiguration([locale], locale)

        page.add(
            ft.Row([ft.Semantics(content=quotes, identifier="quotes", container=True)]),
            ft.Text("Don’t “agree” · 不同意“位置”权限……"),
            ft.FilledButton("中文", on_click=speak_chinese),
        )

    async with browser() as chromium, serve(web_app(main, before_main=before_main)) as url:
        context = await chromium.new_context()
        async with open_app(context, url) as app:
            for language in ("en", "zh"):
                if language == "zh":
                    await app.click("中文")
                    await app.page.wait_for_selector('html[lang^="zh"]', state="attached")
                await app.page.wait_for_timeout(1000)  # What is drawn comes after what is said.
                await app.screenshot(f"quotes-{language}")
                box = await app.find(identifier="quotes").bounding_box()
                assert box is not None
                widths[language] = box["width"]
    assert 15 < widths["en"] < 40
    assert 79 < widths["zh"] < 85


@pytest.mark.parametrize("renderer", [ft.WebRenderer.SKWASM, ft.WebRenderer.CANVAS_KIT])
@pytest.mark.anyio
async def test_what_is_to_be_bold_is_drawn_thicker(renderer: ft.WebRenderer) -> None:
    """There is one weight to load: the client makes the other one of it."""
    words = {"plain": ft.FontWeight.NORMAL, "bold": ft.FontWeight.W_600}

    def main(page: ft.Page) -> None:
        for name, weight in words.items():
            text = ft.Text("隐私政策 Privacy سياسة", size=40, weight=weight)
            page.add(ft.Row([ft.Semantics(content=text, identifier=name, container=True)]))

    ink: dict[str, float] = {}
    widths: dict[str, float] = {}
    async with browser() as chromium, serve(web_app(main, web_renderer=renderer)) as url:
        context = await chromium.new_context()
        async with open_app(context, url) as app:
            picture = Image.open(BytesIO(await settled_picture(app.page))).convert("L")
            for name in words:
                box = await app.find(identifier=name).bounding_box()
                assert box is not None
                left, top, width, height = box["x"], box["y"], box["width"], box["height"]
                cut = picture.crop((int(left), int(top), int(left + width), int(top + height)))
                widths[name], ink[name] = width, 255 - ImageStat.Stat(cut).mean[0]
        await context.close()
    assert widths["bold"] == widths["plain"]
    assert 1.1 < ink["bold"] / ink["plain"] < 2


def test_the_font_is_a_family_of_its_own_with_its_licence(font: Any) -> None:
    assert font["name"].getDebugName(1) == "Mingshi Sans"
    assert font["name"].getDebugName(14) == "http://scripts.sil.org/OFL"
    assert font["OS/2"].usWeightClass == 400
    em = font["head"].unitsPerEm
    assert (font["hhea"].ascent / em, font["hhea"].descent / em) == (1.16, -0.288)
    licence = (INDEX.parent / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence and "Noto Sans Arabic" in licence


def test_the_font_is_small_enough_to_wait_for() -> None:
    assert web_font.FONT_FILE.stat().st_size < 1_250_000


def test_the_empty_font_is_what_the_generator_makes(tmp_path: Path) -> None:
    write_empty_font(tmp_path / "empty.woff2")
    assert (tmp_path / "empty.woff2").read_bytes() == EMPTY_FONT_FILE.read_bytes(), REMEDY
    assert not TTFont(EMPTY_FONT_FILE).getBestCmap()
    assert f'"assets/fonts/{EMPTY_FONT_FILE.name}#"' in INDEX.read_text(encoding="utf-8")


def test_missing_source_fonts_are_named_with_their_package(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"NotoSansCJK-Regular\.ttc .* fonts-noto-cjk"):
        web_font.write_font(tmp_path)
