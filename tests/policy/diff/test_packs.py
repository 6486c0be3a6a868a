"""Material or editorial, and who is asked again: one change of a small pack at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from components.policy import ChangeKind, Pack, load_pack
from components.policy.diff import (
    CHINESE,
    ENGLISH,
    EntryKind,
    EntryMark,
    MaterialKind,
    PackDiff,
    Touch,
    as_json,
    as_markdown,
    as_text,
    diff_packs,
    new_words,
    old_words,
)

from ..faults import TOML
from ..small_pack import EN, FILES, ZH, write
from ..test_versions import NEARBY, SECOND, versions


class Edit(NamedTuple):
    """A change of the small pack, what it makes of the pack, and what of ``nearby`` it touches."""

    file: str
    old: str
    new: str
    kinds: frozenset[MaterialKind]
    touches: frozenset[Touch]


def edit(
    old: str, new: str, kinds: set[MaterialKind], touches: set[Touch], file: str = TOML
) -> Edit:
    return Edit(file, old, new, frozenset(kinds), frozenset(touches))


SERVICE, CONTROL, RECIPIENTS = MaterialKind.SERVICE, MaterialKind.CONTROL, MaterialKind.RECIPIENTS
RIGHTS, CONTACT, RISK = MaterialKind.RIGHTS, MaterialKind.CONTACT, MaterialKind.RISK
PURPOSE, METHOD, DATA, RECIPIENT = Touch.PURPOSE, Touch.METHOD, Touch.DATA_TYPE, Touch.RECIPIENT

MATERIAL = [
    edit('"附近影院"', '"附近优惠"', {SERVICE}, {PURPOSE}),
    edit('"用位置找影院。"', '"用位置找影院和活动。"', {SERVICE}, {PURPOSE}),
    edit('["dpv:ServiceProvision"]', '["dpv:Marketing"]', {SERVICE}, {PURPOSE}),
    edit('data = ["place", "phone"]', 'data = ["place"]', {SERVICE}, {DATA}),
    edit('data = ["place", "phone"]', 'data = ["phone"]', {SERVICE}, {DATA}),
    edit('"dpv:Consent"', '"dpv:ExplicitConsent"', {SERVICE}, set()),
    edit('"用完即删。"', '"保存一年。"', {SERVICE}, set()),
    edit('"手动选城市。"', '"不能选城市。"', {SERVICE}, set()),
    edit('consent = "separate"', 'consent = "ordinary"', {SERVICE}, set()),
    edit('recipients = ["maps"]\n', 'recipients = ["maps", "host"]\n', {RECIPIENTS}, {RECIPIENT}),
    edit('"pd:TelephoneNumber"', '"pd:Contact"', {SERVICE}, {DATA}),
    edit('"手机号"', '"手机号和邮箱"', {SERVICE}, {DATA}),
    edit('"地图公司"', '"新地图公司"', {RECIPIENTS}, {RECIPIENT}),
    edit('zh_Hans = "接口"', 'zh_Hans = "文件"', {RECIPIENTS}, {METHOD}),
    edit('fields = { zh_Hans = "位置"', 'fields = { zh_Hans = "位置和时间"', {RECIPIENTS}, {DATA}),
    edit('purposes = ["nearby"]', "purposes = []", {RECIPIENTS}, {RECIPIENT}),
    edit('"存储"', '"存储和备份"', {RECIPIENTS}, set()),
    edit('role = "processor"\nentity', 'role = "handler"\nentity', {RECIPIENTS, RISK}, {RECIPIENT}),
    edit("ACCESS_COARSE_LOCATION", "ACCESS_FINE_LOCATION", {SERVICE}, {METHOD}),
    edit('"取一次位置。"', '"取位置。"', {SERVICE}, set()),
    edit('name = "小影院公司"', 'name = "大影院公司"', {CONTROL}, set()),
    edit('address = { zh_Hans = "北京"', 'address = { zh_Hans = "上海"', {CONTROL}, set()),
    edit('value = { zh_Hans = "400"', 'value = { zh_Hans = "401"', {CONTACT}, set()),
    edit("working_days = 15", "working_days = 10", {RIGHTS}, set()),
    edit('"看您的信息。"', '"看您的订单。"', {RIGHTS}, set()),
    edit("guardian_below = 14", "guardian_below = 15", {RIGHTS}, set()),
    edit('storage_location = "CN"', 'storage_location = "SG"', {RISK}, {METHOD}),
    edit('zh_Hans = "应用"', 'zh_Hans = "手机应用"', {SERVICE}, set()),
    edit("请拨打[400](tel:400)", "请拨打[401](tel:401)", {RIGHTS}, set(), f"{ZH}/policy.md"),
    edit("(tel:400)", "(tel:401)", {RIGHTS}, set(), f"{ZH}/policy.md"),
]

EDITORIAL = [
    edit('en = "Finds cinemas by location."', 'en = "Find cinemas by place."', set(), set()),
    edit('"用位置找影院。"', '"用位置，找影院"', set(), set()),
    edit('clauses = ["location", "collect"]', 'clauses = ["collect"]', set(), set()),
    edit("https://maps.example/privacy", "https://maps.example/policy", set(), set()),
    edit('cool_down = "PT48H"', 'cool_down = "PT72H"', set(), set()),
    edit('name = { zh_Hans = "小影院", en', 'name = { zh_Hans = "小影院App", en', set(), set()),
    edit(
        "不同意也能浏览。\n\n{#ask", "不同意也可以浏览。\n\n{#ask", set(), set(), f"{ZH}/summary.md"
    ),
    edit(":benefit: 由近到远", ":benefit: 近的在前", set(), set(), f"{ZH}/prompts.md"),
    edit("- 只取一次", "- 只取这一次", set(), set(), f"{ZH}/policy.md"),
    edit("Call [400]", "Ring [400]", set(), set(), f"{EN}/policy.md"),
]


def files_after(change: Edit) -> dict[str, str | bytes]:
    text = FILES[change.file]
    old, new = change.old, change.new
    if old.startswith('name = "'):  # the controller's, beside the pack's
        old, new = old.replace("name = ", "zh_Hans = "), new.replace("name = ", "zh_Hans = ")
    assert old in text, old
    return {**FILES, change.file: text.replace(old, new, 1)}


def compared(folder: Path, files: Mapping[str, str | bytes]) -> PackDiff:
    old = load_pack(write(folder / "old"))
    return diff_packs(old, load_pack(write(folder / "new", files)))


@pytest.mark.parametrize("change", MATERIAL, ids=lambda change: change.new)
def test_what_is_material_whatever_the_pack_declares(change: Edit, tmp_path: Path) -> None:
    diff = compared(tmp_path, files_after(change))
    assert diff.verdict.declared is ChangeKind.EDITORIAL
    assert diff.verdict.kind is ChangeKind.MATERIAL
    assert {reason.kind for reason in diff.verdict.reasons} == change.kinds
    assert all(reason.source for reason in diff.verdict.reasons)
    asked = {asked.purpose: frozenset(asked.touches) for asked in diff.ask_again}
    assert asked == ({"nearby": change.touches} if change.touches else {})
    assert diff.purposes_to_ask_again == tuple(asked)
    told = as_text(diff)
    assert "This change is material." in told
    assert "The pack declares it editorial; its content says otherwise." in told


@pytest.mark.parametrize("change", EDITORIAL, ids=lambda change: change.new)
def test_what_is_editorial(change: Edit, tmp_path: Path) -> None:
    diff = compared(tmp_path, files_after(change))
    assert diff.verdict.kind is ChangeKind.EDITORIAL
    assert diff.verdict.reasons == ()
    assert diff.ask_again == ()
    assert "No purpose is asked again." in as_text(diff)
    assert diff.entries or any(
        run for document in diff.documents.values() for it in document.clauses for run in it.marks
    )


def test_a_category_that_becomes_sensitive_is_a_risk(tmp_path: Path) -> None:
    files = {
        name: text.replace(
            'dpv = ["pd:TelephoneNumber"]\nsensitive = false',
            'dpv = ["pd:TelephoneNumber"]\nsensitive = true',
        )
        for name, text in FILES.items()
    }
    diff = compared(tmp_path, files)
    assert {reason.kind for reason in diff.verdict.reasons} == {SERVICE, RISK}
    back = diff_packs(load_pack(tmp_path / "new"), load_pack(tmp_path / "old"))
    assert {reason.kind for reason in back.verdict.reasons} == {SERVICE}
    assert back.purposes_to_ask_again == ("nearby",)


def test_a_stricter_consent_is_asked_for_anew(tmp_path: Path) -> None:
    ordinary = {**FILES, TOML: FILES[TOML].replace('"separate"', '"ordinary"')}
    diff = diff_packs(
        load_pack(write(tmp_path / "old", ordinary)), load_pack(write(tmp_path / "new"))
    )
    assert [(it.purpose, it.touches) for it in diff.ask_again] == [("nearby", (METHOD,))]


def test_a_reworded_clause_on_which_nothing_changed_is_to_be_read(tmp_path: Path) -> None:
    change = edit("- 只取一次", "- 只取这一次", set(), set(), f"{ZH}/policy.md")
    (standing,) = compared(tmp_path, files_after(change)).verdict.to_check
    assert standing.clause == "location"
    assert standing.entries == ((EntryKind.PURPOSE, "nearby"), (EntryKind.PERMISSION, "location"))


VERSIONED = versions(SECOND)


def two_versions(folder: Path, **replacements: str) -> tuple[Pack, Pack]:
    files = dict(VERSIONED)
    for old, new in replacements.items():
        files[TOML] = files[TOML].replace(old, new)
    pack = load_pack(write(folder, files))
    return pack.at("2021-11-01"), pack.at(SECOND)


def test_two_versions_of_one_pack(tmp_path: Path) -> None:
    old, new = two_versions(tmp_path)
    diff = diff_packs(old, new)
    assert (diff.old_version.id, diff.new_version.id) == ("2021-11-01", SECOND)
    assert diff.verdict.declared is ChangeKind.MATERIAL
    assert [(it.kind, it.id, it.mark) for it in diff.entries] == [
        (EntryKind.PURPOSE, "nearby", EntryMark.CHANGED),
        (EntryKind.DATA_CATEGORY, "diary", EntryMark.ADDED),
        (EntryKind.RECIPIENT, "maps", EntryMark.REMOVED),
    ]
    assert [(it.purpose, it.touches) for it in diff.ask_again] == [
        ("nearby", (PURPOSE, DATA, RECIPIENT))
    ]
    fields = {(it.field, it.locale): it for it in diff.entries[0].fields}
    described = fields["description", "zh_Hans"]
    assert old_words(described.words) == "用位置找影院。"
    assert new_words(described.words) == "用位置找影院和活动。"
    assert (fields["data", None].removed, fields["data", None].added) == ((), ("diary",))
    assert fields["retention", "en"].added == ()


def test_the_way_back_through_versions_is_judged_by_the_version_it_leads_to(
    tmp_path: Path,
) -> None:
    old, new = two_versions(tmp_path, **{'change = "material"': 'change = "editorial"'})
    assert diff_packs(old, new).verdict.declared is ChangeKind.EDITORIAL
    assert diff_packs(new, old).verdict.declared is ChangeKind.EDITORIAL
    assert diff_packs(new, old).verdict.kind is ChangeKind.MATERIAL


def test_what_came_and_went(tmp_path: Path) -> None:
    first = diff_packs(*two_versions(tmp_path))
    assert {it.field for it in first.verdict.reasons if it.entry is EntryKind.RECIPIENT} == {None}
    told = as_text(first, CHINESE, "zh_Hans")
    assert "接收方“地图”：删除（提供给谁；PIPL art. 23）" in told
    assert "“附近影院”  (目的、信息种类、接收方)" in told
    assert "全文（zh_Hans）" in told and "全文（en）" not in told
    assert "data category “Film diary”: new" in as_text(first, ENGLISH, "en")
    assert "## Purposes to ask again" in as_markdown(first)
    content = json.loads(as_json(first))
    assert content["ask_again"] == [
        {"purpose": "nearby", "touches": ["purpose", "data-type", "recipient"]}
    ]
    assert content["verdict"]["kind"] == "material"
    assert set(content["documents"]) == {"zh_Hans", "en"}


ALARM = NEARBY.replace('"nearby"', '"alarm"').replace(
    'data = ["place", "phone", "diary"]\n', 'data = ["place"]\n'
)


@pytest.mark.parametrize("sensitive", [True, False])
def test_a_new_purpose_is_not_asked_again_and_may_be_a_risk(
    sensitive: bool, tmp_path: Path
) -> None:
    own = ALARM if sensitive else ALARM.replace('["place"]', "[]")
    own = own.replace('"separate"', '"ordinary"').replace('permissions = ["location"]\n', "")
    changes = f"{SECOND}/changes.toml"
    pack = load_pack(write(tmp_path, {**versions(SECOND), changes: own}))
    diff = diff_packs(pack.at("2021-11-01"), pack)
    assert {reason.kind for reason in diff.verdict.reasons} == (
        {SERVICE, RISK} if sensitive else {SERVICE}
    )
    assert diff.ask_again == ()
    back = diff_packs(pack, pack.at("2021-11-01"))
    assert {reason.kind for reason in back.verdict.reasons} == {SERVICE}


def test_a_controller_that_appears(tmp_path: Path) -> None:
    text = FILES[TOML]
    start, end = text.index("[controller]"), text.index("[[versions]]")
    nobody = {**FILES, TOML: text[:start] + text[end:]}
    diff = diff_packs(
        load_pack(write(tmp_path / "old", nobody)), load_pack(write(tmp_path / "new"))
    )
    assert [(it.kind, it.mark) for it in diff.entries] == [(EntryKind.CONTROLLER, EntryMark.ADDED)]
    assert {reason.kind for reason in diff.verdict.reasons} == {CONTROL}
    assert "controller: new (who is in control; PIPL art. 22)" in as_text(diff)


def test_a_pack_does_not_differ_from_itself(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path))
    diff = diff_packs(pack, pack)
    assert (diff.entries, diff.ask_again, diff.verdict.reasons) == ((), (), ())
    assert as_text(diff).count("No difference.") == 2


def test_the_order_of_a_list_is_told(tmp_path: Path) -> None:
    change = edit('["location", "collect"]', '["collect", "location"]', set(), set())
    (entry,) = compared(tmp_path, files_after(change)).entries
    (field,) = entry.fields
    assert (field.removed, field.added) == (("location", "collect"), ("collect", "location"))


def test_every_word_of_the_model_can_be_said_in_chinese() -> None:
    assert set(ENGLISH.fields) <= set(CHINESE.fields)
    assert set(CHINESE.marks) == set(ENGLISH.marks)
    assert set(CHINESE.entry_kinds) == set(ENGLISH.entry_kinds) == set(EntryKind)
