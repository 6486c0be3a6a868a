"""The lists on the screen: the same as what is exported, searched, narrowed, and saved."""

from __future__ import annotations

import csv
import io
import json

import pytest

from components.centre.lists.view import ListFilter, Missing, list_view
from components.i18n import available_locales
from components.policy import Pack
from components.policy.exporting.lists import ListFormat, PackList, export_list
from components.prototype.gallery import gallery
from tests.pilot import Device, running

from .conftest import MakeVisit

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("which", PackList)
@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_everything_that_is_exported_is_on_the_screen(
    pack: Pack, which: PackList, locale: str
) -> None:
    view = list_view(pack, which, locale)
    words = "\n".join(entry.words for entry in view.entries)
    for row in json.loads(export_list(pack, which, ListFormat.JSON, locale)):
        for name, value in row.items():
            if name.endswith("_id") or name in ("sensitive", "role"):
                continue
            for line in value.splitlines():
                assert line.casefold() in words, (name, line)


def test_what_the_policy_does_not_say_is_marked(pack: Pack) -> None:
    view = list_view(pack, PackList.SDKS, "zh_Hans")
    by_id = {entry.id: entry for entry in view.entries}
    assert Missing.LINK in by_id["wechat-login"].missing
    assert Missing.LINK not in by_id["jpush"].missing
    assert all(
        (Missing.ENTITY in it.missing) is (pack.recipients[it.id].entity is None)
        for it in view.entries
    )


def test_every_filter_leaves_something_and_leaves_something_out(pack: Pack) -> None:
    for which in PackList:
        view = list_view(pack, which, "zh_Hans")
        for filter_ in view.filters:
            found = view.found("", filter_)
            assert found
            assert (len(found) == len(view.entries)) is (filter_ is ListFilter.EVERYTHING)


def test_every_entry_leads_to_a_clause(pack: Pack) -> None:
    for which in PackList:
        for entry in list_view(pack, which, "en").entries:
            clauses = [entry.clause, *(use.clause for use in entry.uses)]
            for clause in clauses:
                assert clause is None or pack.document("en").clause(clause.id) == clause
            assert any(clauses)


@pytest.mark.parametrize("width", [360, 1280])
async def test_searching_narrowing_and_finding_nothing(pack: Pack, width: float) -> None:
    async with running(gallery(pack), route="/lists/sdks?locale=zh_Hans", width=width) as pilot:
        total = len(list_view(pack, PackList.SDKS, "zh_Hans").entries)
        assert pilot.says(f"共{total}条")
        await pilot.type("搜索这份清单", "极光 应用列表")
        assert pilot.says(f"{total}条里有2条")
        assert not pilot.says("微信登录SDK")
        await pilot.type("搜索这份清单", "没有这样的词")
        assert pilot.says("没有找到")
        await pilot.tap(pilot.by_key("list.everything"))
        assert pilot.says(f"共{total}条")
        await pilot.tap(pilot.by_key("list.filter.handler"))
        assert pilot.says("微信登录SDK")
        assert not pilot.says("极光推送SDK")


async def test_an_entry_lies_side_by_side_where_there_is_room(pack: Pack) -> None:
    async def shape(width: float) -> str:
        async with running(gallery(pack), route="/lists/sdks?locale=en", width=width) as pilot:
            return str(pilot.by_key("entry-jpush")["content"].type)

    assert (await shape(360), await shape(1280)) == ("Column", "Row")


@pytest.mark.parametrize("locale", available_locales())
async def test_the_list_is_saved_as_it_is_exported(
    visit: MakeVisit, pack: Pack, locale: str
) -> None:
    device = Device()
    it = await visit(device=device)
    it.kit.speak(locale)
    it.pilot.start(it.kit.screens.collected)
    await it.pilot.settle()
    for form in ListFormat:
        await it.press(f"list.save.{form.value}")
    name = f"epiao-collected-{pack.version.id}"
    table = device.saved_files[f"{name}.csv"].decode("utf-8-sig")
    assert table == export_list(pack, PackList.COLLECTED, ListFormat.CSV, locale)
    assert len(list(csv.reader(io.StringIO(table)))) > 40
    data = device.saved_files[f"{name}.json"].decode()
    assert data == export_list(pack, PackList.COLLECTED, ListFormat.JSON, locale)


async def test_from_an_entry_to_its_clause_and_to_the_sdks_own_policy(visit: MakeVisit) -> None:
    device = Device()
    it = await visit(device=device)
    it.pilot.start(it.kit.screens.sdks)
    await it.pilot.settle()
    await it.press("visit.jpush.0")
    assert device.launched_urls == ["https://www.jiguang.cn/push"]
    await it.press("clause.jpush")
    assert len(it.pilot.dialogs) == 2
