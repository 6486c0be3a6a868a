"""Recipients named in blocks of keys, in tables and in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given

from components.policy.anymarkdown import arranged, read_any_markdown
from components.policy.document import Run
from components.policy.importing.sdks import FoundRecipient, addresses_in, find_recipients
from components.policy.importing.structure import Line, structured

from .hostile import ANY_TEXT, UNTIMED


def in_text(text: str) -> tuple[tuple[FoundRecipient, ...], tuple[str, ...]]:
    lines = [Line((Run(line),), number) for number, line in enumerate(text.split("\n"), 1) if line]
    return find_recipients(arranged(structured(lines), "Name"))


def test_blocks_of_keys() -> None:
    found, loose = in_text(
        "一、SDK列表\n以下是SDK。\n"
        "小推送 SDK\n涉及的个人信息类型:OAID、型号\n使用目的:推送消息\n使用场景:推送时\n"
        "第三方主体:小推送公司\n数据处理方式:加密传输\n官网链接:https://a.example/p\n"
        "隐私政策:https://a.example/q。\n"
        "SDK名称：地图SDK\n使用目的：显示地图\nSDK名称：统计插件\n公司名称：统计公司\n"
        "二、其他\n称呼:您好\n官网链接:https://b.example\n完。\n"
    )
    assert found == (
        FoundRecipient(
            name="小推送 SDK",
            clause="clause-47ed0f5a",
            entity="小推送公司",
            scene="推送时",
            manner="加密传输",
            data=(("OAID、型号", "推送消息"),),
            links=("https://a.example/p", "https://a.example/q"),
        ),
        FoundRecipient(name="地图SDK", clause="clause-47ed0f5a", data=(("", "显示地图"),)),
        FoundRecipient(name="统计插件", clause="clause-47ed0f5a", entity="统计公司"),
    )
    assert loose == ("https://b.example",)


def test_sentences() -> None:
    found, _ = in_text(
        "一、SDK的使用\n详情如下。\n"
        "(1)甲登录SDK用于登录本应用,甲支付SDK用于支付。\n"
        "(2)乙SDK用于生成链接。此SDK可能会收集您设备的IMEI。\n"
        "(3)丙推送SDK为应用推送消息。丙推送SDK收集的信息包括: "
        "①设备参数(型号:版本):用于识别设备; ②列表信息。\n"
        "(4)丁统计SDK用于统计,因此可能会收集设备信息(IMEI/MAC):用于识别用户,准确统计;完。\n"
        "(5)戊定位SDK是在定位时处理的个人信息类型:OAID、基站 实现SDK产品功能所需的权限:位置。"
        "链接:https://e.example/x\n"
        "(6)我们的SDK用于测试。第三方SDK用于别处。\n"
        "甲登录 SDK\n使用目的:登录\n第三方主体:甲公司\n"
    )
    rows = {one.name: one for one in found}
    assert list(rows) == ["甲登录SDK", "甲支付SDK", "乙SDK", "丙推送SDK", "丁统计SDK", "戊定位SDK"]
    assert rows["甲登录SDK"].data == (("", "登录本应用"), ("", "登录"))
    assert rows["甲登录SDK"].entity == "甲公司"
    assert rows["甲支付SDK"].data == (("", "支付"),)
    assert rows["乙SDK"].data == (("IMEI", "生成链接"),)
    assert rows["丙推送SDK"].data == (
        ("设备参数(型号:版本)", "用于识别设备"),
        ("列表信息", "为应用推送消息"),
    )
    assert rows["丁统计SDK"].data == (("设备信息(IMEI/MAC)", "识别用户,准确统计"),)
    assert [kinds for kinds, _ in rows["戊定位SDK"].data] == ["OAID、基站"]
    assert rows["戊定位SDK"].links == ("https://e.example/x",)


def test_tables() -> None:
    document = read_any_markdown(
        "# 清单\n\n## 一、共享\n\n"
        "| SDK名称 | 公司 | 使用目的 | 个人信息 | 链接 |\n|---|---|---|---|---|\n"
        "| 推送 | 推送公司 | 推送消息 | OAID | [政策](https://a.example) |\n"
        "| 地图 | | 定位 | 位置 | https://b.example. |\n| | x | y | z | |\n\n"
        "| 信息 | 用途 |\n|---|---|\n| 手机号 | 登录 |\n\n| 名称 |\n|---|\n| 甲 |\n",
        name="n",
    )
    found, _ = find_recipients(document)
    assert found == (
        FoundRecipient(
            "推送", "clause-1", "推送公司", data=(("OAID", "推送消息"),),
            links=("https://a.example",),
        ),
        FoundRecipient("地图", "clause-1", data=(("位置", "定位"),), links=("https://b.example",)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("见https://a.example/x?y=1#z。", ("https://a.example/x?y=1#z",)),
        ("https://a.example, https://a.example", ("https://a.example",)),
        ("http://b.example)", ("http://b.example",)),
        ("ftp://c", ()),
    ],
)
def test_addresses(text: str, links: tuple[str, ...]) -> None:
    assert addresses_in(text) == links


@UNTIMED
@given(ANY_TEXT)
def test_any_document_can_be_searched(text: str) -> None:
    document = read_any_markdown(text, name="n")
    found, _ = find_recipients(document)
    names = [one.name for one in found]
    assert len(names) == len(set(names)) and all(names)
    assert all(one.clause in document for one in found)
