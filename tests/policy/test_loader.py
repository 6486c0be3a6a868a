"""The loader: a good pack as it is, and every fault with its file, line and remedy."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from components.policy import (
    ChangeKind,
    ConsentKind,
    Pack,
    PackError,
    RequestMode,
    load_pack,
    plain_text,
)

from .faults import TOML, changed, findings_of
from .small_pack import EN, FILES, ZH, write


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return load_pack(write(tmp_path))


def test_a_good_pack_is_read_as_written(pack: Pack) -> None:
    assert (pack.id, pack.locales, pack.default_locale) == ("kino", ("zh_Hans", "en"), "zh_Hans")
    assert pack.name == {"zh_Hans": "小影院", "en": "Little Cinema"}
    assert [surface["en"] for surface in pack.surfaces] == ["Website", "App"]
    assert pack.controller is not None
    assert pack.controller.contacts[0].use["en"] == "Complaints"
    version = pack.version
    assert (version.id, version.published) == ("2021-11-01", date(2021, 10, 20))
    assert (version.effective, version.change) == (date(2021, 11, 1), ChangeKind.MATERIAL)
    assert pack.rules.cool_down == timedelta(hours=48)
    assert (pack.rules.max_asks, pack.rules.guardian_below) == (3, 14)
    assert list(pack.data_categories) == ["phone", "place"]
    assert pack.data_categories["place"].dpv == ()
    assert not pack.purposes["browsing"].notice_required
    assert pack.purposes["browsing"].refusing is None
    nearby = pack.purposes["nearby"]
    assert nearby.notice_required
    assert nearby.consent is ConsentKind.SEPARATE
    assert nearby.asks_consent
    assert not pack.purposes["browsing"].asks_consent
    assert nearby.clauses == ("location", "collect")
    assert pack.permissions["location"].request is RequestMode.JUST_IN_TIME
    assert pack.permissions["network"].purpose is None
    assert pack.permissions["network"].ios is None
    assert pack.recipients["maps"].data[0].fields["en"] == "Location"
    assert pack.recipients["host"].entity is None
    assert pack.rights["access"].working_days == 15


def test_a_pack_is_read_again_when_a_file_of_it_says_something_else(tmp_path: Path) -> None:
    folder = write(tmp_path)
    first = load_pack(folder)
    assert load_pack(folder) is first
    policy = folder / ZH / "policy.md"
    written = policy.read_text(encoding="utf-8")
    other = written.replace("小影院", "大影院")
    assert other != written
    policy.write_text(other, encoding="utf-8")
    changed_pack = load_pack(folder)
    assert changed_pack.texts != first.texts
    policy.write_text(written, encoding="utf-8")
    assert load_pack(folder) == first
    (folder / "pack.toml").unlink()
    with pytest.raises(PackError):
        load_pack(folder)


def test_the_texts_of_a_good_pack(pack: Pack) -> None:
    assert set(pack.texts) == {("2021-11-01", "zh_Hans"), ("2021-11-01", "en")}
    texts = pack.texts_for("zh_Hans")
    assert texts.document.title == "小影院隐私政策"
    assert texts.summary_title == "要点"
    assert texts.summary[0].body == "用完即删。"
    assert texts.summary[0].clauses == ("location", "collect")
    assert [card.id for card in texts.first_notice.cards] == ["once", "choice", "ask"]
    assert texts.first_notice.refuse == "不同意，仅浏览"
    assert texts.withdrawal.label == "撤回同意"
    assert texts.prompts["location"].impact == "位置是敏感信息"
    assert plain_text(texts.document.clause("collect").heading) == "收集"
    assert pack.texts_for("ar") is texts


def test_a_pack_cannot_be_changed(pack: Pack) -> None:
    mappings: tuple[Any, ...] = (
        pack.purposes,
        pack.texts,
        pack.name,
        pack.purposes["nearby"].refusing,
        pack.texts_for("en").prompts,
    )
    for mapping in mappings:
        with pytest.raises(TypeError):
            mapping["x"] = None
    holders: tuple[Any, ...] = (pack, pack.purposes["nearby"], pack.document("en"))
    for holder in holders:
        with pytest.raises(FrozenInstanceError):
            holder.id = "x"
    assert isinstance(pack.document("en").sections, tuple)


def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path, pack: Pack) -> None:
    files = {
        name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in FILES.items()
    }
    other = load_pack(write(tmp_path / "windows", files))
    assert other.document("en").digest == pack.document("en").digest
    assert other.purposes == pack.purposes


def test_a_text_over_several_lines_is_joined_as_its_script_wants(tmp_path: Path) -> None:
    files = changed(
        TOML,
        'description = { zh_Hans = "用位置找影院。", en = "Finds cinemas by location." }',
        'description.zh_Hans = """\n用位置\n  找影院。"""\n'
        'description.en = """Finds\n  cinemas."""',
    )
    purpose = load_pack(write(tmp_path, files)).purposes["nearby"]
    assert purpose.description == {"zh_Hans": "用位置找影院。", "en": "Finds cinemas."}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PT48H", timedelta(hours=48)),
        ("P2D", timedelta(days=2)),
        ("P1W", timedelta(weeks=1)),
        ("P1DT2H3M4S", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("PT0S", timedelta()),
    ],
)
def test_durations(tmp_path: Path, written: str, meant: timedelta) -> None:
    assert load_pack(write(tmp_path, changed(TOML, "PT48H", written))).rules.cool_down == meant


@pytest.mark.parametrize("missing", list(FILES))
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    (finding, *others) = findings_of(
        write(tmp_path, {k: v for k, v in FILES.items() if k != missing})
    )
    assert not others
    assert (finding.file, finding.line) == (missing, 1)
    assert "missing" in finding.problem
    assert "add it" in finding.remedy


@pytest.mark.parametrize("broken", list(FILES))
def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path, broken: str) -> None:
    content = FILES[broken].encode() + "\n中".encode("gbk")
    (finding, *others) = findings_of(write(tmp_path, {**FILES, broken: content}))
    assert not others
    assert (finding.file, finding.line) == (broken, content.count(b"\n") + 1)
    assert "UTF-8" in finding.problem
    assert "UTF-8" in finding.remedy


def test_a_folder_without_a_pack(tmp_path: Path) -> None:
    (finding,) = findings_of(tmp_path / "nowhere")
    assert finding.file == TOML


def test_a_pack_without_versions(tmp_path: Path) -> None:
    start, end = FILES[TOML].index("[[versions]]"), FILES[TOML].index("[rules]")
    files = {**FILES, TOML: FILES[TOML][:start] + FILES[TOML][end:]}
    (finding,) = findings_of(write(tmp_path, files))
    assert "no version" in finding.problem


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    files = {
        **changed(TOML, "max_asks = 3", "max_asks = -1"),
        f"{ZH}/policy.md": FILES[f"{ZH}/policy.md"].replace("(tel:400)", "(x:400)"),
        f"{EN}/prompts.md": FILES[f"{EN}/prompts.md"].replace(":label: Withdraw consent\n", ""),
    }
    with pytest.raises(PackError) as caught:
        load_pack(write(tmp_path, files))
    assert [finding.file for finding in caught.value.findings] == [
        f"{EN}/prompts.md",
        f"{ZH}/policy.md",
        TOML,
    ]
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert all(": " in line and "Remedy: " in line and line.endswith(".") for line in lines)


def test_older_versions_keep_their_own_texts(tmp_path: Path) -> None:
    older = (
        '[[versions]]\nid = "2020-01-01"\npublished = 2020-01-01\n'
        'effective = 2020-01-01\nchange = "material"\n\n'
    )
    files = {
        **changed(TOML, "[[versions]]\n", f"{older}[[versions]]\n"),
        **{
            name.replace("2021-11-01", "2020-01-01"): text
            for name, text in FILES.items()
            if "/" in name
        },
    }
    name = "2020-01-01/en/policy.md"
    files[name] = str(files[name]).replace("Once only", "Often")
    pack = load_pack(write(tmp_path, files))
    assert pack.version.id == "2021-11-01"
    assert "Often" in pack.document("en", "2020-01-01").clause("location").text
    assert "Often" not in pack.document("en").clause("location").text
    with pytest.raises(KeyError):
        pack.texts_for("en", "1999-01-01")
