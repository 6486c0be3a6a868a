"""Several versions in one pack: what each declares, and which one is in effect."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from components.policy import Pack, load_pack, notice_for, purpose_notice, withdrawal_notice

from .faults import TOML, changed, findings_of
from .small_pack import FILES, write

FIRST, SECOND, THIRD = "2021-11-01", "2022-01-01", "2023-01-01"
CHANGES = f"{SECOND}/changes.toml"

NEARBY = """\
[[purposes]]
id = "nearby"
name = { zh_Hans = "附近影院", en = "Cinemas near you" }
description = { zh_Hans = "用位置找影院和活动。", en = "Finds cinemas and events by location." }
necessity = "additional"
consent = "separate"
legal_basis = "dpv:Consent"
data = ["place", "phone", "diary"]
permissions = ["location"]
clauses = ["location"]
"""

DIARY = """\
[[data_categories]]
id = "diary"
name = { zh_Hans = "观影日记", en = "Film diary" }
sensitive = false
"""

GONE = '[removed]\nrecipients = ["maps"]\n'

EVERYTHING = f"{NEARBY}\n{DIARY}\n{GONE}"


def version(id_: str, example: bool = False) -> str:
    """A ``[[versions]]`` table that takes effect on the day it is named after."""
    table = f'[[versions]]\nid = "{id_}"\neffective = {id_}\nchange = "material"\n'
    return f"{table}example = true\n\n" if example else f"{table}\n"


def versions(*ids: str, changes: str | None = EVERYTHING, example: bool = False) -> dict[str, str]:
    """The small pack with further versions, of which the second has changes."""
    tables = "".join(version(id_, example and id_ == SECOND) for id_ in ids)
    files = {**FILES, TOML: FILES[TOML].replace("[rules]", f"{tables}[rules]")}
    for id_ in ids:
        texts = [name for name in FILES if name.startswith(FIRST)]
        files |= {name.replace(FIRST, id_): FILES[name] for name in texts}
    return files if changes is None else {**files, CHANGES: changes}


def loaded(folder: Path, files: Mapping[str, str]) -> Pack:
    return load_pack(write(folder, files))


def test_changes_hold_for_their_version_and_all_later_ones(tmp_path: Path) -> None:
    pack = loaded(tmp_path, versions(SECOND, THIRD))
    assert pack.version.id == THIRD
    first, second = pack.at(FIRST), pack.at(SECOND)
    assert (first.version.id, second.version.id) == (FIRST, SECOND)
    assert first.purposes["nearby"].recipients == ("maps",)
    assert list(first.recipients) == ["maps", "host"]
    assert "diary" not in first.data_categories
    for later in (second, pack):
        assert later.purposes["nearby"].data == ("place", "phone", "diary")
        assert later.purposes["nearby"].retention is None
        assert list(later.purposes) == ["browsing", "nearby"]
        assert list(later.data_categories) == ["phone", "place", "diary"]
        assert list(later.recipients) == ["host"]
    assert pack.at(THIRD) == pack
    assert second.at(FIRST) == first


def test_a_pack_at_a_version_speaks_with_its_words(tmp_path: Path) -> None:
    name = f"{SECOND}/en/policy.md"
    files = versions(SECOND)
    pack = loaded(tmp_path, {**files, name: files[name].replace("Once only", "Often")})
    assert "Often" in pack.document("en").clause("location").text
    assert "Once only" in pack.at(FIRST).document("en").clause("location").text
    with pytest.raises(KeyError):
        pack.at("1999-01-01")


def test_an_example_is_never_in_effect_and_changes_nothing_else(tmp_path: Path) -> None:
    pack = loaded(tmp_path / "a", versions(SECOND, THIRD, example=True))
    assert pack.version.id == THIRD
    assert "diary" not in pack.data_categories
    assert "diary" in pack.at(SECOND).data_categories
    assert loaded(tmp_path / "b", versions(SECOND, example=True)).version.id == FIRST
    assert [it.example for it in pack.versions] == [False, True, False]


def test_a_notice_is_made_from_the_version_that_it_names(tmp_path: Path) -> None:
    pack = loaded(tmp_path, versions(SECOND, changes=f"{NEARBY}\n{DIARY}\n{GONE}"))
    old = purpose_notice(pack, "nearby", "en", FIRST)
    new = purpose_notice(pack, "nearby", "en")
    assert old.lines[1:] == (
        "Finds cinemas by location.",
        "Location, Phone number",
        "Deleted after use.",
        "Choose a city by hand.",
    )
    assert new.lines[1:] == (
        "Finds cinemas and events by location.",
        "Location, Phone number, Film diary",
    )
    assert (old.version, new.version) == (FIRST, SECOND)
    assert withdrawal_notice(pack, "nearby", "en", FIRST).lines[1] == old.lines[1]
    assert notice_for(pack, "kino/purpose-nearby", "en", FIRST) == old


@pytest.mark.parametrize(
    ("changes", "line", "problem"),
    [
        (NEARBY, 8, "no data category 'diary' in version 2022-01-01"),
        ("x = ", 1, "no TOML"),
        ("extra = 1", 1, "`extra` is unknown"),
        ("[removed]\nclauses = []", 2, "`clauses` is unknown"),
        ('[removed]\nrights = ["acess"]', 2, "'acess' is removed, and was never declared"),
        (
            f'{DIARY}[removed]\ndata_categories = ["diary"]',
            6,
            "'diary' is removed, and declared in the same file",
        ),
    ],
)
def test_a_fault_in_changes_is_found_where_it_is(
    tmp_path: Path, changes: str, line: int, problem: str
) -> None:
    findings = findings_of(write(tmp_path, versions(SECOND, changes=changes)))
    assert any(
        (finding.file, finding.line) == (CHANGES, line) and problem in finding.problem
        for finding in findings
    ), "\n".join(map(str, findings))


def test_every_version_is_checked_against_what_it_declares(tmp_path: Path) -> None:
    gone = '[removed]\npurposes = ["nearby"]\n'
    findings = findings_of(write(tmp_path / "a", versions(SECOND, THIRD, changes=gone)))
    assert {(it.file, it.problem) for it in findings} == {
        (TOML, "there is no purpose 'nearby' in version 2022-01-01")
    }
    files = versions(SECOND, changes=None)
    for name in (f"{FIRST}/zh_Hans/policy.md", f"{FIRST}/en/policy.md"):
        files[name] = files[name].replace("(#rights)", "(#collect)").replace("#rights}", "#laws}")
    problems = {it.problem for it in findings_of(write(tmp_path / "b", files))}
    assert "there is no clause 'rights' in version 2021-11-01" in problems
    assert not [it for it in problems if it.endswith(SECOND)]


def test_a_fault_of_every_version_is_told_once(tmp_path: Path) -> None:
    files = versions(SECOND, changes=None)
    files[TOML] = files[TOML].replace('clause = "rights"', 'clause = "right"')
    (finding,) = findings_of(write(tmp_path, files))
    assert finding.problem == "there is no clause 'right' in version 2021-11-01"


def test_versions_that_cannot_be(tmp_path: Path) -> None:
    only = changed(TOML, 'change = "material"', 'change = "material"\nexample = true')
    (finding,) = findings_of(write(tmp_path / "a", only))
    assert "every version is an example" in finding.problem
    twice = versions(FIRST, changes=None)
    (finding,) = findings_of(write(tmp_path / "b", twice))
    assert "'2021-11-01' is already taken in `versions`" in finding.problem


def test_what_a_policy_does_not_say_is_not_there(tmp_path: Path) -> None:
    text = FILES[TOML]
    start, end = text.index("[controller]"), text.index("[[versions]]")
    text = text[:start] + text[end:]
    for line in (
        "published = 2021-10-20\n",
        "effective = 2021-11-01\n",
        'retention = { zh_Hans = "用完即删。", en = "Deleted after use." }\n',
    ):
        assert line in text
        text = text.replace(line, "")
    pack = loaded(tmp_path, {**FILES, TOML: text})
    assert pack.controller is None
    assert (pack.version.published, pack.version.effective) == (None, None)
    assert pack.purposes["nearby"].retention is None
    assert purpose_notice(pack, "nearby", "en").lines == (
        "Cinemas near you",
        "Finds cinemas by location.",
        "Location, Phone number",
        "Choose a city by hand.",
    )


def test_the_order_of_versions_is_held_over_one_without_a_day(tmp_path: Path) -> None:
    undated = version(SECOND).replace(f"effective = {SECOND}\n", "")
    files = versions(SECOND, "2020-01-01", changes=None)
    files[TOML] = files[TOML].replace(version(SECOND), undated)
    (finding,) = findings_of(write(tmp_path, files))
    assert "before the one above it" in finding.problem
