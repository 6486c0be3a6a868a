"""Reports of bots' studies: what was planted is in them, and they are fit to be handed over."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Request

from components.fairness.adapters.launching import chromium
from components.fairness.reporting import sarif
from components.study.exporting.files import Tier
from components.study.folder import StudyFolder
from components.study.measures.proportions import holm
from components.study.reporting.analysis import Analysis, analyse
from components.study.reporting.fairness_digest import read_digest
from components.study.reporting.figures_json import figures
from components.study.reporting.findings import Kind, findings_of
from components.study.reporting.making import Wanted, make_report, written
from components.study.reporting.people import Note
from components.study.reporting.source import read_source
from components.study.reporting.writer import LOCALES, texts

from ..browser.axe import violations
from ..fairness.test_reports import report as fairness_report
from .reported import few, many

PEOPLE = 120
PLANTED = 0.3


def planted(condition: Any) -> float:
    return 0.5 + (PLANTED if condition["opening"] == "full" else 0.0)


@pytest.fixture(scope="module")
def fairness(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``mingshi fairness`` writes of a bad screen."""
    path = tmp_path_factory.mktemp("fairness") / "fairness.sarif"
    path.write_text(json.dumps(sarif(fairness_report())), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of eight people watched."""
    return few(tmp_path_factory.mktemp("few")).path


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of many people in two conditions."""
    return many(tmp_path_factory.mktemp("many"), PEOPLE, planted, seed=2).path


@pytest.fixture(scope="module")
def analysed(compared: Path, fairness: Path) -> Analysis:
    """What is found in it."""
    return analyse(read_source(compared), read_digest(fairness))


@pytest.fixture(scope="module")
def reports(watched: Path, analysed: Analysis, fairness: Path) -> dict[tuple[str, str], str]:
    """Both forms in both languages."""
    made = {
        ("few", locale): make_report(Wanted(watched, fairness=fairness, locale=locale)).read_text(
            encoding="utf-8"
        )
        for locale in LOCALES
    }
    return made | {("many", locale): written(analysed, locale, sharing=False) for locale in LOCALES}


def plain(analysis: Analysis) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(figures(analysis, sharing=False)))
    return found


def kept(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (folder / "derived" / "full" / "report.json").read_text(encoding="utf-8")
    )
    return found


class Reader(HTMLParser):
    """What a page is made of, and whether its elements are closed as they were opened."""

    void = frozenset({"meta", "img"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        self.ids += [value for key, value in attrs if key == "id" and value]
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title", "desc"} & set(self.open):
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(self.text)


KINDS = [(name, locale) for name in ("few", "many") for locale in LOCALES]


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_a_page_needs_nothing_else_and_says_what_it_is_made_of(
    reports: dict[tuple[str, str], str], kind: tuple[str, str]
) -> None:
    page = reports[kind]
    read = Reader(page)
    tags = Counter(tag for tag, _ in read.seen)
    assert not {"script", "img", "link", "iframe", "object"} & tags.keys()
    assert not re.search(r"https?://|url\((?!#)|@import", page)
    assert dict(read.seen)["html"]["lang"] == {"zh_Hans": "zh-Hans", "en": "en"}[kind[1]]
    assert len(read.ids) == len(set(read.ids))
    targets = [attrs["href"] for tag, attrs in read.seen if tag in ("a", "use")]
    assert {str(it).removeprefix("#") for it in targets} <= set(read.ids)
    # Headings in order, one of the first level; a caption for each table, words for each figure.
    assert tags["h1"] == 1 and tags["h2"] >= 10
    assert tags["table"] == tags["caption"] and tags["svg"] == tags["desc"] == tags["figure"]
    heads = [attrs.get("scope") for tag, attrs in read.seen if tag == "th"]
    assert heads and set(heads) == {"col", "row"}
    assert "{" not in read.words and "None" not in read.words and "nan" not in read.words


@pytest.mark.parametrize("locale", LOCALES)
def test_few_people_are_rows_and_nothing_is_tested(
    reports: dict[tuple[str, str], str], watched: Path, locale: str
) -> None:
    words = Reader(reports["few", locale]).words
    assert all(f"P{number}" in words for number in range(1, 9))
    assert not re.search(r"\bp\b\s*[=<:]|Holm|p值", words)
    # 0 of 8 still allows 37 %; a problem of one in ten shows up in 57 %.
    assert "37%" in words and "57%" in words
    # The worst that was noted comes first, and is quoted only where that was agreed to.
    first = words.index("cannot-find-withdrawal")
    assert first < words.index("slow")
    assert "praise" not in words
    assert "在哪里撤回？<找不到>" in words and "卸载" not in words
    found = kept(watched)
    assert found["shape"] == "formative" and found["comparisons"] == []
    worst = found["findings"][0]
    assert (worst["subject"], worst["severity"], worst["people"]) == (
        "cannot-find-withdrawal",
        4,
        2,
    )
    assert worst["share"]["n"] == 8
    # How each note put it, and a task with help as an outcome of its own.
    assert "4 × 1" in words and "3 × 1" in words
    went = {"zh_Hans": "有人帮忙", "en": "helped"}[locale]
    assert words.count(went) >= 2, "neither the person's row nor the task's tells of the help"


@pytest.mark.parametrize("locale", LOCALES)
def test_many_people_are_compared_and_the_outcome_named_beforehand_is_first(
    reports: dict[tuple[str, str], str], analysed: Analysis, locale: str
) -> None:
    read = Reader(reports["many", locale])
    found = plain(analysed)
    assert found["shape"] == "summative" and found["primary"] == "comprehension.total"
    assert [it["primary"] for it in found["comparisons"]][:2] == [True, False]
    sections = [
        it for it in read.ids if f"#{it}" in {a.get("href") for t, a in read.seen if t == "a"}
    ]
    assert sections[0] == "primary"
    # The planted difference is in the tasks, and in nothing else.
    of = {it["outcome"]: it for it in found["comparisons"]}
    tasks = of["tasks.success"]["difference"]
    assert tasks["low"] < PLANTED < tasks["high"] and tasks["low"] > 0
    assert of["tasks.success"]["method"] == "gee"
    exploratory = [it for it in found["comparisons"] if not it["primary"] and it["p"] is not None]
    adjusted = holm([it["p"] for it in exploratory])
    assert [it["p_holm"] for it in exploratory] == pytest.approx(adjusted, abs=1e-5)
    assert found["comparisons"][0]["p_holm"] is None
    models = found["models"][0]
    main = found["comparisons"][0]["difference"]["estimate"]
    assert models["gee"]["difference"]["estimate"] == pytest.approx(main, abs=1e-5)
    assert not models["not_fitted"] and models["mixed_odds_ratio"]["low"] > 0
    # Everybody who came is counted, or left out by one rule.
    flow = found["flow"]
    assert flow["people"] == PEOPLE == flow["counted"] + sum(flow["excluded"].values())
    assert flow["excluded"]["unfinished"] == PEOPLE // 20 and flow["excluded"]["inattentive"] > 0


def test_no_row_is_green_whose_interval_crosses_its_benchmark(
    reports: dict[tuple[str, str], str], watched: Path, analysed: Analysis
) -> None:
    for found in (kept(watched), plain(analysed)):
        card = found["scorecard"]
        assert len({it["aspect"] for it in card}) == 7
        for line in card:
            value, least, most = line["value"], line["at_least"], line["at_most"]
            if value is None or (least is None and most is None):
                assert line["verdict"] in ("missing", "told")
                continue
            inside = (least is None or value["low"] >= least) and (
                most is None or value["high"] <= most
            )
            assert (line["verdict"] == "meets") is (inside and value["n"] >= 5)
        assert not any("accept" in it["measure"] for it in card)


def requests_of(page: Page) -> list[str]:
    """The addresses that a page asks for, from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    return asked


def test_pages_in_the_browser(reports: dict[tuple[str, str], str], tmp_path: Path) -> None:
    """axe-core finds nothing, light or dark; nothing is asked for; a narrow window cuts nothing."""

    async def look() -> None:
        async with chromium() as browser:
            for (name, locale), dark in ((("few", "zh_Hans"), True), (("many", "en"), False)):
                file = tmp_path / f"{name}.html"
                file.write_text(reports[name, locale], encoding="utf-8")
                page = await browser.new_page(color_scheme="dark" if dark else "light")
                asked = requests_of(page)
                await page.goto(file.as_uri())
                assert asked == [file.as_uri()]
                assert await violations(page, excuses={}) == []
                # 1280 at 400 %, which is more than 200 % asks for; a phone; a desktop.
                for width in (320, 360, 1280):
                    await page.set_viewport_size({"width": width, "height": 640})
                    reach = await page.evaluate("document.documentElement.scrollWidth")
                    assert reach <= width, (name, width)
                assert (await page.pdf()).startswith(b"%PDF")

    asyncio.run(look())


def test_the_fairness_of_the_build_is_attached(
    reports: dict[tuple[str, str], str], analysed: Analysis, fairness: Path
) -> None:
    digest = plain(analysed)["fairness"]
    log = json.loads(fairness.read_text(encoding="utf-8"))["runs"][0]
    assert digest["rules_digest"] == log["tool"]["driver"]["properties"]["digest"]
    rules = {(it["rule"], it["level"]) for it in digest["findings"]}
    assert rules == {(it["ruleId"], it["level"]) for it in log["results"]}
    page = reports["many", "en"]
    assert digest["rules_digest"] in page and "a &amp; b" in page and "CS-01" in page


def test_the_same_data_give_the_same_bytes(
    reports: dict[tuple[str, str], str], watched: Path, fairness: Path, tmp_path: Path
) -> None:
    before = files(watched / "derived" / "full")
    page = make_report(
        Wanted(watched, fairness=fairness, locale=LOCALES[-1], output=tmp_path / "r.html")
    )
    assert files(watched / "derived" / "full") == before
    # Beside the page, the data; each file as the manifest has it.
    assert page.read_text(encoding="utf-8") == reports["few", LOCALES[-1]]
    beside = files(tmp_path / "r-data")
    assert {"sessions.csv", "data.json", "report.json", "codebook.json"} <= beside.keys()
    manifest = json.loads(beside.pop("manifest.json"))["files"]
    assert manifest.pop("report.html") == hashlib.sha256(page.read_bytes()).hexdigest()
    assert manifest == {name: hashlib.sha256(it).hexdigest() for name, it in beside.items()}


def files(folder: Path) -> dict[str, bytes]:
    return {it.name: it.read_bytes() for it in folder.iterdir()}


def test_the_tier_for_sharing_shows_nobody_alone(watched: Path, tmp_path: Path) -> None:
    out = make_report(Wanted(watched, tier=Tier.SHARE, locale="en"))
    page = out.read_text(encoding="utf-8")
    words = Reader(page).words
    assert out.parent.name == "share"
    assert not re.search(r"\bP[1-8]\b", words) and "撤回？" not in words
    assert "2026-03-0" not in page
    # Three spoke English: fewer than must be alike.
    assert "Chinese 5, English < 5" in words
    codes = [it.name for it in (watched / "sessions").iterdir()]
    shared = b"".join(files(out.parent).values()).decode()
    assert not any(code in shared for code in codes)
    with (out.parent / "sessions.csv").open(encoding="utf-8") as table:
        assert not any(cell.startswith("=") for row in csv.reader(table) for cell in row)
    found = json.loads((out.parent / "report.json").read_text(encoding="utf-8"))
    assert all(it["places"] == [] for it in found["findings"])
    # What was noted of two people is not told to others, in no file.
    assert "cannot-find-withdrawal" not in shared and "说不清" not in shared
    assert "What was noted of fewer than 5 people is not shown here." in words


def test_what_observers_noted_of_many(
    reports: dict[tuple[str, str], str], analysed: Analysis
) -> None:
    noted = {it["subject"]: it for it in plain(analysed)["findings"] if it["kind"] == "noted"}
    counted = len(analysed.people)
    assert noted["unsure"]["share"]["n"] == counted and noted["unsure"]["people"] >= 8
    assert noted["feels-pushed"]["severity"] == 4
    for locale, unsure in (("zh_Hans", "拿不准会怎样"), ("en", "Unsure what will happen")):
        words = Reader(reports["many", locale]).words
        assert unsure in words and "说不清" in words
    # Shares are of those who agreed to be observed.
    alone = [replace(it, observed=at > 0, notes=()) for at, it in enumerate(analysed.people[:3])]
    alone[1] = replace(alone[1], notes=(Note("unsure", 2, 3, 1.0, "", ""),))
    (found,) = [it for it in findings_of(analysed.study, alone) if it.kind is Kind.NOTED]
    assert (found.people, found.share.n) == (1, 2)
    others = written(analysed, "en", sharing=True)
    assert "Unsure what will happen" in others and "Feels pushed" not in others
    assert "说不清" not in others and "只有她" not in others
    told = json.dumps(figures(analysed, sharing=True))
    assert "unsure" in told and "feels-pushed" not in told


def test_a_withdrawal_deletes_the_report(tmp_path: Path) -> None:
    folder = few(tmp_path, people=2)
    page = make_report(Wanted(tmp_path, locale="en"))
    assert page.exists()
    code = next((tmp_path / "sessions").iterdir()).name
    assert StudyFolder(tmp_path).withdraw(code).left == ()
    assert not page.exists() and (tmp_path / "study.toml").exists()
    words = Reader(make_report(Wanted(folder.path, locale="en")).read_text(encoding="utf-8")).words
    assert "1 took part" in words and "1 more withdrew" in words


def test_every_text_is_there_in_both_languages_and_every_one_is_used() -> None:
    folder = Path(__file__).resolve().parents[2] / "components" / "study" / "reporting"
    code = "".join(it.read_text(encoding="utf-8") for it in folder.rglob("*.py"))
    families = {
        "[a-zA-Z0-9_]+".join(map(re.escape, re.split(r"\{[^{}]*\}", it)))
        for it in re.findall(r'w\(f"([^"]+)"', code)
    }
    for key, both in texts().items():
        fields = [set(re.findall(r"\{(\w+)\}", both[locale])) for locale in LOCALES]
        assert fields[0] == fields[1], key
        assert f'"{key}"' in code or any(re.fullmatch(it, key) for it in families), key
