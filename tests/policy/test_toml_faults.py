"""Faults in ``pack.toml`` itself: syntax, keys, kinds of values, languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from .faults import TOML, Fault, assert_found

TOML_FAULTS = [
    Fault(TOML, 'id = "kino"', "id = kino", "id = kino", "no TOML", "mend"),
    Fault(TOML, 'id = "kino"', 'id = "k\nino"', 'id = "k', "no TOML", "mend"),
    Fault(TOML, "working_days = 15\n", 'x = """15\n', "x = ", "no TOML", "mend"),
    Fault(TOML, "format = 1", "format = 2", "format = 2", "format is not one", "format = 1"),
    Fault(TOML, "max_asks = 3", "max_aks = 3", "max_aks", "`max_aks` is unknown", "`max_asks`"),
    Fault(TOML, "max_asks = 3", "max_aks = 3", "[rules]", "`max_asks` is missing", "whole number"),
    Fault(TOML, "max_asks = 3", "max_asks = 3\nzzz = 1", "zzz", "`zzz` is unknown", "known are: "),
    Fault(TOML, "max_asks = 3", 'max_asks = "3"', "max_asks", "not a whole number", "whole"),
    Fault(TOML, "max_asks = 3", "max_asks = true", "max_asks", "not a whole number", "whole"),
    Fault(TOML, "max_asks = 3", "max_asks = -1", "max_asks", "`max_asks` is -1", "from 0"),
    Fault(TOML, "PT48H", "48h", "cool_down", "no ISO 8601 duration", "PT48H"),
    Fault(TOML, "PT48H", "P", "cool_down", "no ISO 8601 duration", "PT48H"),
    Fault(TOML, "PT48H", "PT", "cool_down", "no ISO 8601 duration", "PT48H"),
    Fault(TOML, "PT48H", "P1M", "cool_down", "no ISO 8601 duration", "no fixed length"),
    Fault(TOML, "PT48H", "", "cool_down", "no ISO 8601 duration", "PT48H"),
    Fault(TOML, "PT48H", "P9999999999W", "cool_down", "longer than can be counted", "PT48H"),
    Fault(TOML, '"PT48H"', "48", "cool_down", "not a duration", "PT48H"),
    Fault(
        TOML,
        "effective = 2021-11-01",
        'effective = "2021-11-01"',
        "effective",
        "is not a day",
        "without quotes",
    ),
    Fault(
        TOML,
        "effective = 2021-11-01",
        "effective = 2021-11-01T00:00:00",
        "effective",
        "is not a day",
        "without quotes",
    ),
    Fault(
        TOML,
        'change = "material"',
        'change = "big"',
        'change = "big"',
        "'big', which is unknown",
        "allowed are: editorial, material",
    ),
    Fault(
        TOML,
        'consent = "none"',
        'consent = "implied"',
        'consent = "implied"',
        "'implied', which is unknown",
        "allowed are: none, ordinary, separate",
    ),
    Fault(TOML, 'consent = "none"', "consent = 1", "consent = 1", "not a text", "in quotes"),
    Fault(
        TOML,
        'request = "install-time"',
        'request = "always"',
        'request = "always"',
        "unknown",
        "install-time, just-in-time, never, picker",
    ),
    Fault(
        TOML, 'kind = "sdk"', 'kind = "app"', 'kind = "app"', "unknown", "merchant, sdk, service"
    ),
    Fault(TOML, 'kind = "phone"', 'kind = "fax"', 'kind = "fax"', "unknown", "email, form, phone"),
    Fault(
        TOML,
        "notice_required = false",
        'notice_required = "no"',
        'notice_required = "no"',
        "not true or false",
        "true or false",
    ),
    Fault(
        TOML,
        "sensitive = true",
        "",
        '[[data_categories]]\nid = "place"',
        "`sensitive` is missing",
        "true or false",
    ),
    Fault(TOML, '\nid = "access"', '\nid = ""', 'id = ""', "`id` is empty", "write its words"),
    Fault(
        TOML,
        '\nid = "access"',
        '\nid = "Access_1"',
        'id = "Access_1"',
        "not in kebab-case",
        "hyphens",
    ),
    Fault(
        TOML,
        '\nid = "host"',
        '\nid = "maps"',
        'id = "maps"\nname = { zh_Hans = "机房"',
        "'maps' is already taken in `recipients`",
        "its own",
    ),
    Fault(
        TOML,
        '"小影院", en = "Little Cinema"',
        '"小影院"',
        "name =",
        "lacks the language en",
        "en =",
    ),
    Fault(
        TOML,
        'en = "Little Cinema"',
        'en = "Little Cinema", fr = "Petit"',
        "name =",
        "the language fr, which the pack lacks",
        "zh_Hans =",
    ),
    Fault(TOML, 'en = "Little Cinema"', "en = 1", "name =", "`name` in en is not a text", "en ="),
    Fault(TOML, 'en = "Little Cinema"', 'en = " "', "name =", "`name` is empty", "words"),
    Fault(
        TOML,
        'name = { zh_Hans = "小影院", en = "Little Cinema" }',
        'name = "小影院"',
        'name = "小影院"',
        "`name` is not { zh_Hans =",
        "write {",
    ),
    Fault(
        TOML,
        'refusing = { zh_Hans = "手动选城市。", en = "Choose a city by hand." }',
        'refusing = { zh_Hans = "手动选城市。" }',
        "refusing =",
        "`refusing` lacks the language en",
        "en =",
    ),
    Fault(
        TOML,
        '{ zh_Hans = "应用", en = "App" }',
        '{ zh_Hans = "应用" }',
        "surfaces",
        "`surfaces` lacks the language en",
        "en =",
    ),
    Fault(
        TOML,
        '"小影院公司"',
        '"小影\\u200b院公司"',
        'name = { zh_Hans = "小影\\u200b院公司"',
        "ZERO WIDTH SPACE",
        "delete",
    ),
    Fault(TOML, '["zh_Hans", "en"]', '["zh-Hans", "en"]', "locales", "'zh-Hans' is no Babel", "_"),
    Fault(TOML, '["zh_Hans", "en"]', '["en", "en"]', "locales", "twice", "once"),
    Fault(TOML, '["zh_Hans", "en"]', "[]", "locales", "empty", "once"),
    Fault(TOML, 'locales = ["zh_Hans", "en"]\n', "", "format", "`locales` is missing", "list"),
    Fault(TOML, '["zh_Hans", "en"]', '"en"', "locales", "not a list of texts", "list"),
    Fault(TOML, '["zh_Hans", "en"]', '["en", 1]', "locales", "not a list of texts", "list"),
    Fault(
        TOML,
        'default_locale = "zh_Hans"',
        'default_locale = "fr"',
        "default_locale",
        "'fr', which is unknown",
        "allowed are: en, zh_Hans",
    ),
    Fault(TOML, '"CN"', '"China"', "storage_location", "'China'", "ISO 3166-1"),
    Fault(TOML, "[rules]", "[ruels]", "[ruels]", "`ruels` is unknown", "`rules`"),
    Fault(TOML, "[rules]", "[ruels]", "format", "`rules` is missing", "[rules]"),
    Fault(
        TOML,
        "[[rights]]",
        "[rights]",
        "[rights]",
        "`rights` is not a list of tables",
        "[[rights]]",
    ),
    Fault(
        TOML, "https://maps.example/privacy", "http://maps.example", "links", "no https:", "https"
    ),
    Fault(
        TOML,
        'id = "2021-11-01"',
        'id = "../secret"',
        'id = "../secret"',
        "cannot name a folder",
        "letters",
    ),
    Fault(
        TOML,
        'change = "material"\n',
        'change = "material"\n[[versions]]\nid = "1"\npublished = 2020-01-01\n'
        'effective = 2020-02-01\nchange = "editorial"\n',
        "effective = 2020-02-01",
        "before the one above",
        "oldest to the newest",
    ),
]


@pytest.mark.parametrize("fault", TOML_FAULTS)
def test_a_fault_in_pack_toml_is_found_where_it_is(tmp_path: Path, fault: Fault) -> None:
    assert_found(tmp_path, fault)
