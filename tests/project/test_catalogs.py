"""The catalogs say everything the interface says, in every language, and the same thing."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from .wording import hard_coded, not_extractable, python_files

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ("ar", "en", "zh_Hans", "zh_Hant")
SCREENS = ("notices", "centre", "prototype")
SPOKEN_BY_THE_DATA = {
    "prototype/listings.py",  # invented films, cities and cinemas, each in both languages
    "prototype/session.py",  # the window's title is the product's name
    "prototype/web_assets.py",  # the page before the app is there, in both languages
    "centre/lists/examples.py",  # a language by its own name
    "centre/rights/examples.py",  # what an officer wrote, in the officer's language
    "notices/reader/examples.py",  # a language by its own name
    "notices/summary/examples.py",  # a language by its own name
    "prototype/phone_number.py",  # signs that people type in a number
}
"""Files whose texts are no interface texts, or stand where there is no catalog yet."""

WITHOUT_THE_NUMBER = {"zero", "one", "two"}
"""Plural forms that a language may put into words: Arabic has a dual, and says none as none."""
THE_SAME_IN_ENGLISH: dict[str, set[str]] = {}
"""Texts of a locale that are rightly those of the source, such as a name."""
CODECS = {"zh_Hans": "gb2312", "zh_Hant": "big5"}
"""For each way of writing Chinese a character set that has none of the other's own characters."""
BESIDE_THE_CODECS = set("“”‘’…—·")
"""Marks that are part of both ways of writing."""
ARABIC = re.compile(r"[\u0620-\u064a]")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")

Identity = tuple[str | None, str | tuple[str, ...]]


def identity(message: Message) -> Identity:
    """What tells a message from others: its context, and its text or texts."""
    text = message.id
    return message.context, tuple(text) if isinstance(text, list | tuple) else text


def read(path: Path, locale: str | None = None) -> Catalog:
    """A catalog from its source."""
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def messages(catalog: Catalog) -> dict[Identity, Message]:
    """A catalog's messages, without its header."""
    return {identity(message): message for message in catalog if message.id}


def extracted(folder: Path) -> set[Identity]:
    """What the code has translated, by the rules of the command in docs/contributing.md."""
    keywords = {**DEFAULT_KEYWORDS, "say": None}
    catalog = Catalog()
    for _file, _line, text, comments, context in extract_from_dir(folder, keywords=keywords):
        catalog.add(text, None, auto_comments=comments, context=context)
    return set(messages(catalog))


def slots(text: str) -> set[str]:
    """The names in a text's ``{slots}``."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def texts(value: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """One text, an empty one where there is none, or all plural forms."""
    return list(value) if isinstance(value, list | tuple) else [value or ""]


def po(locale: str) -> Path:
    """A catalog's source file."""
    return ROOT / "locales" / locale / "LC_MESSAGES" / "mingshi.po"


def test_the_languages_are_those_that_are_promised() -> None:
    found = {path.parent.parent.name for path in (ROOT / "locales").glob("*/LC_MESSAGES/*.mo")}
    assert found == set(LOCALES)
    assert found == {path.parent.parent.name for path in (ROOT / "locales").rglob("*.po")}


def test_the_template_has_what_the_code_says_and_no_more() -> None:
    template = set(messages(read(ROOT / "locales" / "mingshi.pot")))
    said = extracted(ROOT / "components")
    assert said - template == set(), "run the commands in docs/contributing.md"
    assert template - said == set(), "run the commands in docs/contributing.md"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalog_is_complete(locale: str) -> None:
    catalog = read(po(locale), locale)
    found = messages(catalog)
    assert set(found) == set(messages(read(ROOT / "locales" / "mingshi.pot")))
    empty = [key for key, message in found.items() if not all(texts(message.string))]
    assert empty == []
    assert [key for key, message in found.items() if message.fuzzy] == []
    assert not catalog.fuzzy
    assert not catalog.obsolete
    plurals = [message for message in found.values() if message.pluralizable]
    assert plurals
    assert {len(texts(message.string)) for message in plurals} == {catalog.num_plurals}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_fills_the_same_slots(locale: str) -> None:
    forms = plural_forms(locale)
    for key, message in messages(read(po(locale), locale)).items():
        wanted = set[str]().union(*map(slots, texts(message.id)))
        for form, translation in zip(forms, texts(message.string), strict=False):
            in_words = {"number"} if message.pluralizable and form in WITHOUT_THE_NUMBER else set()
            assert wanted - in_words <= slots(translation) <= wanted, key


def test_only_a_form_for_one_number_may_leave_the_number_out() -> None:
    """A form that serves several numbers, as English's does for 0 and 2, has to name it."""
    assert WITHOUT_THE_NUMBER & set(plural_forms("zh_Hant")) == set()
    assert plural_forms("ar") == ["zero", "one", "two", "few", "many", "other"]
    for locale in LOCALES:
        rule = Locale.parse(locale).plural_form
        for form in WITHOUT_THE_NUMBER & set(plural_forms(locale)):
            assert [n for n in range(1000) if rule(n) == form] == [
                {"zero": 0, "one": 1, "two": 2}[form]
            ]


@pytest.mark.parametrize("locale", [it for it in LOCALES if it != "en"])
def test_nothing_was_left_in_english(locale: str) -> None:
    same = {
        text
        for message in messages(read(po(locale), locale)).values()
        for text in texts(message.string)
        if text in texts(message.id) and re.search(r"[A-Za-z]{2}", without_slots(text))
    }
    assert same == THE_SAME_IN_ENGLISH.get(locale, set())


@pytest.mark.parametrize("locale", sorted(CODECS))
def test_chinese_is_written_in_one_script(locale: str) -> None:
    """Also in punctuation: what the character set lacks is of the other script, or a mistake."""
    wrong = {
        character: text
        for message in messages(read(po(locale), locale)).values()
        for text in texts(message.string)
        for character in text
        if character not in BESIDE_THE_CODECS and not in_codec(character, CODECS[locale])
    }
    assert wrong == {}


@pytest.mark.parametrize("locale", sorted(CODECS))
def test_every_translation_is_in_its_own_letters(locale: str) -> None:
    assert foreign(locale, IDEOGRAPH) == set()


def test_arabic_is_written_in_arabic() -> None:
    assert foreign("ar", ARABIC) == set()
    for message in messages(read(po("ar"), "ar")).values():
        for text in texts(message.string):
            assert not IDEOGRAPH.search(text), text
            # Its own comma, semicolon and question mark; its digits are Western everywhere.
            assert not re.search(r"[,;?٠-٩]", without_slots(text)), text


def test_a_character_of_the_other_script_is_found() -> None:
    assert in_codec("隐", "gb2312") and not in_codec("隐", "big5")
    assert in_codec("隱", "big5") and not in_codec("隱", "gb2312")


def in_codec(character: str, codec: str) -> bool:
    """Whether a character set has a character."""
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def without_slots(text: str) -> str:
    """What of a text was translated."""
    return re.sub(r"\{[^{}]*\}", "", text)


def foreign(locale: str, letters: re.Pattern[str]) -> set[str]:
    """The translations without a letter of their language, of sources that have words."""
    return {
        text
        for message in messages(read(po(locale), locale)).values()
        for text in texts(message.string)
        if re.search(r"[A-Za-z]{2}", without_slots(texts(message.id)[0]))
        and not letters.search(text)
    }


def plural_forms(locale: str) -> list[str]:
    """What CLDR calls the plural forms of a language, in the order of a catalog."""
    there = {*Locale.parse(locale).plural_form.rules, "other"}
    return [it for it in ("zero", "one", "two", "few", "many", "other") if it in there]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_compiled_catalog_is_made_from_its_source(locale: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, read(po(locale), locale))
    assert po(locale).with_suffix(".mo").read_bytes() == compiled.getvalue(), (
        "run `pybabel compile -d locales -D mingshi`"
    )


def test_every_text_that_is_translated_can_be_extracted() -> None:
    rooms = [path.name for path in (ROOT / "components").iterdir() if path.name != "i18n"]
    files = [*python_files(ROOT / "components", rooms), *(ROOT / "components").glob("*.py")]
    assert [fault for path in files for fault in not_extractable(path)] == []


def test_screens_have_no_words_of_their_own() -> None:
    kit = ROOT / "components"
    found = {
        path.relative_to(kit).as_posix(): list(hard_coded(path))
        for path in python_files(kit, [*SCREENS, "surface"])
    }
    speaking = {path: faults for path, faults in found.items() if faults}
    # It speaks when the screen, and perhaps the language, is what failed.
    allowed = SPOKEN_BY_THE_DATA | {"surface/runtime.py"}
    assert {path: it for path, it in speaking.items() if path not in allowed} == {}
    assert allowed - set(speaking) == set(), "no longer needs to be allowed"


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("x = '同意'", 1),
        ("x = f'{n}个'", 1),
        ("'''同意'''\n# 同意", 0),
        ("ft.Text('Agree')", 1),
        ("ft.Text('ok')", 1),
        ("ft.Text(f'{n} films')", 1),
        ("ft.Text(f'{n} · {m}')", 0),
        ("ft.Text(say('Agree'), key='agree')", 0),
        ("ft.Semantics(label='Your avatar')", 1),
        ("parts.action('Agree', act, identifier='notice.agree')", 1),
        ("parts.icon('chevron_right')", 0),
        ("parts.icon_action('close', 'Close it', act)", 1),
        ("parts.point('place', title, 'Where you are')", 1),
        ("logger.error('It failed badly')", 0),
    ],
)
def test_the_search_for_words_finds_them(tmp_path: Path, source: str, faults: int) -> None:
    path = tmp_path / "screen.py"
    path.write_text(source, encoding="utf-8")
    assert len(list(hard_coded(path))) == faults


def test_what_cannot_be_extracted_is_found(tmp_path: Path) -> None:
    path = tmp_path / "screen.py"
    path.write_text(
        "say('Agree')\nsay('{n} of', n=n)\nsay(title)\nlanguage.gettext(f'{n}')\n"
        "language.ngettext('{number} film', plural, n)\n",
        encoding="utf-8",
    )
    assert [fault.partition(":")[0] for fault in not_extractable(path)] == [
        "screen.py, line 3",
        "screen.py, line 4",
        "screen.py, line 5",
    ]
