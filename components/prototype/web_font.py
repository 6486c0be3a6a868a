"""Makes the web font: Chinese, Latin and Arabic in one family, in the place of Flet's Roboto.

The browser client loads that one family before its first frame, so that no text is ever shown as
boxes and nothing is fetched from a font server. Its characters are all of GB2312 (what people
type), Latin, Arabic, and every character that stands in this project.

There is one weight. A second would be another megabyte before the first words are seen, and the
client thickens this one for what is to be bold.

A few marks, such as the curly quotes, are as wide as an ideograph in Chinese and narrow in other
languages. The font has both forms: narrow, and wide where the text is marked as Chinese, as the
page's `locale_configuration` does. (A family of its own for the wide marks does not do: the client
with CanvasKit does not look in Roboto for what a named family lacks, but asks a font server.)

A development tool: it needs fontTools and brotli.
"""

from __future__ import annotations

import copy
import logging
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.otlLib import builder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables import otTables

__all__ = [
    "CHINESE",
    "FONT_FILE",
    "WIDE_IN_CHINESE",
    "characters_needed",
    "characters_written",
    "write_font",
]

_PROJECT = Path(__file__).resolve().parents[2]
FONT_FILE = _PROJECT / "assets" / "assets" / "fonts" / "roboto.woff2"
"""Where the font lies; the client knows it by its name."""
WIDE_IN_CHINESE = "‘’“”…·"
"""Marks with a wide form in Chinese. The dash is not among them: one form does everywhere."""
CHINESE = ("ZHH ", "ZHS ", "ZHT ")
"""OpenType's tags of the languages with the wide forms: Hong Kong, simplified, traditional."""

_SOURCES = {
    "NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
    "NotoSans-Regular.ttf": "fonts-noto-core",
    "NotoSansArabic-Regular.ttf": "fonts-noto-core",
}
_FACE = "Noto Sans CJK SC"
_FAMILY = "Mingshi Sans"
_TEXT_FILES = {".csv", ".html", ".json", ".md", ".po", ".pot", ".py", ".toml", ".txt"}
_PUNCTUATION = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    # Marks of direction, which are not seen: around a name in the other direction, and in ar_XB.
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "‐‑‒–—―‖‘’‚“”„†‡•‥…‧‰′″‹›※⁂€₤₩™©®№℃℉←↑→↓↔↕↗↘⇒⇔∞≈≠≤≥−×÷±√✓■□▲△▶▷▼▽◆◇○◎●★☆"
)
# Nothing is set vertically, and the shapes of a character in other regions would double the size.
_FEATURES_LEFT_OUT = {"locl", "vert", "vrt2", "vkna", "vkrn", "valt", "vhal", "vpal"}
_MAX_CURVE_ERROR = 1.0  # thousandths of an em: far below a pixel
_UNITS_PER_EM = 500  # half of the sources': numbers that take an eighth less room, as fine as that
_MAX_BYTES = 5_000_000


def characters_needed() -> set[str]:
    """Every character the web font has to hold, as far as the source fonts know it.

    That is GB2312 (6 763 simplified ideographs), the 5 401 traditional ones in daily use, Latin
    with its European letters, Arabic, punctuation, and what stands in this project.
    """
    needed = set(_PUNCTUATION)
    for first, last in ((0x20, 0x7E), (0xA0, 0x17F), (0x600, 0x6FF), (0x2460, 0x2473)):
        needed.update(map(chr, range(first, last + 1)))
    needed.update(_double_byte("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
    big5_cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    needed.update(_double_byte("big5", range(0xA4, 0xC7), big5_cells))
    return needed | characters_written()


def _double_byte(codec: str, rows: Iterable[int], cells: Iterable[int]) -> Iterable[str]:
    for row in rows:
        for cell in cells:
            try:
                yield bytes((row, cell)).decode(codec)
            except UnicodeDecodeError:
                continue


def characters_written() -> set[str]:
    """Every printable character that stands in this project's texts, catalogs and code."""
    folders = [_PROJECT / name for name in ("locales", "policy_content", "components")]
    files = [path for folder in folders for path in folder.rglob("*")] + [_PROJECT / "app.py"]
    written: set[str] = set()
    for path in files:
        if path.suffix in _TEXT_FILES and path.is_file():
            written.update(path.read_text(encoding="utf-8"))
    return {character for character in written if character.isprintable()}


def write_font(folder: Path) -> None:
    """Find the source fonts below a folder and write ours.

    Raises:
        FileNotFoundError: a source font is missing; the message names the Debian package.
        ValueError: the result is larger than a repository should hold.
    """
    sources = [_find(folder, name, package) for name, package in _SOURCES.items()]
    _build(sources, characters_needed()).save(FONT_FILE)
    if FONT_FILE.stat().st_size > _MAX_BYTES:
        raise ValueError(f"{FONT_FILE} is larger than {_MAX_BYTES} bytes")


def _find(folder: Path, name: str, package: str) -> Path:
    found = next(iter(sorted(folder.rglob(name))), None)
    if found is None:
        raise FileNotFoundError(f"no {name} below {folder}; on Debian it is in {package}")
    return found


def _build(sources: Iterable[Path], needed: set[str]) -> TTFont:
    left = {ord(character) for character in needed}
    marks = {ord(character) for character in WIDE_IN_CHINESE}
    wide: dict[int, int] = {}
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as scratch:
        parts: list[str] = []
        for number, source in enumerate(sources):
            font = _open(source)
            has = left & font.getBestCmap().keys()
            left -= has
            _subset(font, has)
            if not parts:
                # The Chinese font's marks stay, but a later font's take their characters.
                wide = _set_aside(font, marks)
                left |= marks
            if "CFF " in font:
                _to_quadratic(font)
            part = Path(scratch) / f"{number}.ttf"
            font.save(part)
            parts.append(str(part))
        merged = Merger().merge(parts)
        _add_wide_forms(merged, wide)
        # The first font decides how tall a line is, as if the others were not there.
        first = TTFont(parts[0])
        for table in ("hhea", "OS/2"):
            for field in (
                "ascent", "descent", "lineGap",
                "sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent",
            ):  # fmt: skip
                if hasattr(first[table], field):
                    setattr(merged[table], field, getattr(first[table], field))
        for record in list(merged["name"].names):
            if record.nameID in {1, 3, 4, 6, 16}:
                text = _FAMILY.replace(" ", "") if record.nameID == 6 else _FAMILY
                merged["name"].setName(
                    text if record.nameID in {1, 16} else f"{text}-Regular",
                    record.nameID, record.platformID, record.platEncID, record.langID,
                )  # fmt: skip
        scale_upem(merged, _UNITS_PER_EM)
        merged.recalcTimestamp = False
        merged.flavor = "woff2"
        return merged


def _set_aside(font: TTFont, characters: set[int]) -> dict[int, int]:
    """Take characters from their glyphs; gives each one's glyph by number, as names will change."""
    taken = {}
    for table in font["cmap"].tables:
        if table.isUnicode():
            for character in characters & table.cmap.keys():
                taken[character] = font.getGlyphID(table.cmap.pop(character))
    return taken


def _add_wide_forms(font: TTFont, wide: dict[int, int]) -> None:
    """Let the glyphs with these numbers stand for their characters in Chinese text."""
    order, narrow = font.getGlyphOrder(), font.getBestCmap()
    mapping = {narrow[character]: order[number] for character, number in wide.items()}
    table = font["GSUB"].table
    table.LookupList.Lookup.append(builder.buildLookup([builder.buildSingleSubstSubtable(mapping)]))
    record = otTables.FeatureRecord()
    record.FeatureTag = "locl"
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [len(table.LookupList.Lookup) - 1]
    table.FeatureList.FeatureRecord.append(record)
    for script in (found.Script for found in table.ScriptList.ScriptRecord):
        for tag in CHINESE:
            language = otTables.LangSysRecord()
            language.LangSysTag = tag
            language.LangSys = copy.deepcopy(script.DefaultLangSys)
            language.LangSys.FeatureIndex.append(len(table.FeatureList.FeatureRecord) - 1)
            script.LangSysRecord.append(language)
        script.LangSysRecord.sort(key=lambda found: found.LangSysTag)


def _open(source: Path) -> TTFont:
    if source.suffix != ".ttc":
        return TTFont(source)
    for font in TTCollection(source).fonts:
        if font["name"].getDebugName(1) == _FACE:
            return font
    raise FileNotFoundError(f"{source} does not hold {_FACE}")


def _subset(font: TTFont, characters: set[int]) -> None:
    options = subset.Options()
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.layout_features = [
        tag for tag in options.layout_features if tag not in _FEATURES_LEFT_OUT
    ]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def _to_quadratic(font: TTFont) -> None:
    """Turn PostScript outlines into TrueType ones: only those can be merged, and they pack well."""
    order, outlines = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, _MAX_CURVE_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder = order
    font["glyf"].glyphs = glyphs
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth",
        "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours",
    ):  # fmt: skip
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
