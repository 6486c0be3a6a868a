"""The lists that regulators ask for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from components.policy import Pack, load_pack
from components.policy.exporting import export_list
from components.policy.exporting.lists import (
    ListFormat,
    PackList,
    collected_rows,
    harmless_cell,
    sdk_rows,
    shared_rows,
)

from ..small_pack import FILES, PACK, write


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return load_pack(write(tmp_path))


def test_collected(pack: Pack) -> None:
    first, second = collected_rows(pack, "en")
    assert (first.type, first.sensitive, first.scene) == ("Location", "yes", "Cinemas near you")
    assert first.purpose == "Finds cinemas by location."
    assert first.retention == "Deleted after use."
    assert (first.purpose_id, first.data_id) == ("nearby", "place")
    assert (second.type, second.sensitive) == ("Phone number", "no")


def test_shared(pack: Pack) -> None:
    maps, host = shared_rows(pack, "zh_Hans")
    assert (maps.recipient, maps.entity, maps.type) == ("地图", "地图公司", "位置")
    assert (maps.purpose, maps.scene, maps.manner) == ("算距离", "定位时", "接口")
    assert (host.recipient, host.entity, host.type, host.purpose) == ("机房", "", "", "")


def test_sdks(pack: Pack) -> None:
    (row,) = sdk_rows(pack, "en")
    assert (row.sdk, row.role, row.permissions) == ("Maps", "processor", "Location")
    assert row.links == "https://maps.example/privacy"


def test_csv(pack: Pack) -> None:
    written = export_list(pack, PackList.SHARED, ListFormat.CSV, "zh_Hans")
    head, maps, _ = csv.reader(io.StringIO(written, newline=""))
    assert head == [
        *("接收方", "第三方主体", "个人信息类型", "使用目的", "使用场景", "处理方式", "接收方编号")
    ]
    assert maps == ["地图", "地图公司", "位置", "算距离", "定位时", "接口", "maps"]
    assert written.count("\r\n") == 3


def test_json(pack: Pack) -> None:
    for which, keys in (
        (PackList.COLLECTED, {"type", "purpose", "scene"}),
        (PackList.SHARED, {"recipient", "type", "purpose", "scene", "manner"}),
        (PackList.SDKS, {"sdk", "entity", "links"}),
    ):
        rows = json.loads(export_list(pack, which, ListFormat.JSON, "en"))
        assert rows and all(keys <= row.keys() for row in rows)


def test_a_language_that_the_pack_lacks_is_the_prevailing_one(pack: Pack) -> None:
    assert export_list(pack, PackList.SDKS, ListFormat.CSV, "ar").startswith("SDK名称,")


def test_no_retention_is_an_empty_cell(tmp_path: Path) -> None:
    line = 'retention = { zh_Hans = "用完即删。", en = "Deleted after use." }\n'
    assert line in PACK
    pack = load_pack(write(tmp_path, {**FILES, "pack.toml": PACK.replace(line, "")}))
    assert collected_rows(pack, "en")[0].retention == ""


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    text = PACK.replace('en = "Maps" }', "en = '=HYPERLINK(\"https://evil.example\")' }")
    assert text != PACK
    pack = load_pack(write(tmp_path, {**FILES, "pack.toml": text}))
    written = export_list(pack, PackList.SDKS, ListFormat.CSV, "en")
    _, row = csv.reader(io.StringIO(written, newline=""))
    assert row[0].startswith("'=HYPERLINK")
    assert json.loads(export_list(pack, PackList.SDKS, ListFormat.JSON, "en"))[0]["sdk"][0] == "="


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "  =1", "＝1", "＠a"])
def test_formulas(cell: str) -> None:
    assert harmless_cell(cell) == f"'{cell}"
    assert harmless_cell(f"a{cell}") == f"a{cell}"
