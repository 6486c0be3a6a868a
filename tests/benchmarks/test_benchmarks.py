"""Every benchmark runs and says its figures; how fast anything is, no test asks."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from . import npm
from .__main__ import BENCHMARKS, main
from .c15t import choices
from .exponents import exponent
from .figures import Figure, Size, Verdict, plain, table
from .growth import Grown
from .npm import C15T, WEB_NOTICES, NpmMissing, install
from .page import draw_page, write_page
from .taps import Taps, our_taps

FROM_NPM = {"c15t": C15T, "web-notices": WEB_NOTICES}
"""What installs packages first: too long for a test, and the registry's affair."""

PEERS = Path(__file__).parent / "peers"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", [name for name in BENCHMARKS if name not in FROM_NPM])
def test_it_runs(name: str) -> None:
    figures = BENCHMARKS[name](Size.QUICK)
    assert figures
    for it in figures:
        assert math.isfinite(it.value), it
        assert it.value >= 0, it


@pytest.mark.parametrize("name", FROM_NPM)
def test_what_needs_npm_says_so_where_there_is_none(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(npm.INSTALLED, "npm", False)
    assert main([name, "--quick"]) == 0
    said = capsys.readouterr().out
    assert f"## {name}: not measured" in said
    assert "install Node" in said


def test_peers_have_one_version_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for packages in FROM_NPM.values():
        for it in packages:
            assert it.rpartition("@")[2].replace(".", "").isdigit(), it
    monkeypatch.setitem(npm.INSTALLED, "node", False)
    with pytest.raises(NpmMissing, match="klaro"):
        install(WEB_NOTICES, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("page", ["cookieconsent.html", "klaro.html"])
def test_a_peers_page_loads_only_what_is_installed(page: str) -> None:
    text = (PEERS / page).read_text(encoding="utf-8")
    names = {it.rpartition("@")[0] for it in WEB_NOTICES}
    loaded = [part.split("/")[0] for part in text.split("/packages/")[1:]]
    assert loaded
    assert set(loaded) <= names
    assert "://" not in text


def test_c15t_is_asked_what_its_client_asks() -> None:
    [[first, second]] = choices(1, 2)
    head, _, body = first.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /subjects HTTP/1.1\r\n")
    assert f"content-length: {len(body)}".encode() in head
    asked = msgspec.json.decode(body)
    assert asked["type"] == "cookie_banner"
    assert asked["subjectId"].startswith("sub_")
    assert asked["subjectId"].encode() not in second


def test_the_server_around_c15t_is_a_program() -> None:
    node = shutil.which("node")
    if node is None:
        assert not npm.INSTALLED["node"]
        return
    subprocess.run([node, "--check", str(PEERS / "c15t.mjs")], check=True)


@pytest.mark.anyio
async def test_our_own_taps_are_pressed_and_counted() -> None:
    assert await our_taps() == Taps(accept=1, refuse=1, withdraw=2)


def test_the_exponent_is_the_slope_of_the_largest_sizes() -> None:
    sizes = [10**power for power in range(1, 6)]
    assert Grown("a", {it: 3.0 * it for it in sizes}).exponent == pytest.approx(1)
    assert Grown("a", {it: 0.1 * it**2 for it in sizes}).figure().verdict is Verdict.MISSED
    grown = {it: it * math.log(it) for it in sizes}
    assert Grown("n log n", grown).figure().verdict is Verdict.REACHED
    assert Grown("level", dict.fromkeys(sizes, 5.0)).figure().value == 0


def test_the_command_writes_what_it_measured_and_on_what(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    assert main(["parsing", "--quick", "--json", str(written)]) == 0
    content = json.loads(written.read_text(encoding="utf-8"))
    assert content["size"] == "quick"
    assert content["machine"]["python"]
    assert list(content["benchmarks"]) == ["parsing"]
    assert len(content["benchmarks"]["parsing"]["figures"]) == 2


@pytest.mark.parametrize("arguments", [["speed"], ["parsing", "--quick", "--page"]])
def test_what_makes_no_sense_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    said = capsys.readouterr().err
    assert "device-ledger" in said or "mean nothing" in said


MACHINE = {
    **{"at": "now", "load": [0.1], "processor": "a processor", "cores": 2, "memory_gib": 4},
    **{"system": "a system", "python": "3", "sqlite": "3", "packages": {"flet": "1"}},
}


def test_the_page_holds_what_was_measured_last_and_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    page = tmp_path / "performance.md"
    page.write_text(
        "".join(
            f"<!-- figures: {name} -->\nold\n<!-- end -->\nwords\n"
            for name in ("machine", "parsing", "growth", "others")
        ),
        encoding="utf-8",
    )

    def result(name: str, value: float, **behind: float) -> dict[str, object]:
        figure = Figure(name, value, at_most=2, behind=behind)
        return {"at": "then", "load": [1.5], "figures": [figure.to_json()]}

    write_page({"parsing": result("a ratio", 1.5), "new": result("another", 3)}, MACHINE, tmp_path)
    grown = result(
        "exponent of opening over the subjects (ms at each)", 1, **{"10": 1.0, "1,000": 100.0}
    )
    write_page({"parsing": result("a ratio", 1.25), "growth": grown}, MACHINE, tmp_path)
    text = page.read_text(encoding="utf-8")
    assert "old" not in text
    assert text.count("words") == 4
    assert "| a ratio | 1.25 | at most 2 | reached |" in text
    assert "1.5 |" not in text
    assert text.index("### new") < text.index("| another | 3 | at most 2 | missed |")
    assert "a processor, 2 cores" in text
    assert sorted(it.name for it in (tmp_path / "pictures").iterdir()) == [
        *("growth.svg", "performance.svg"),
    ]
    assert "on machine" not in text
    draw_page(tmp_path)
    assert page.read_text(encoding="utf-8") == text


def test_what_was_measured_elsewhere_says_so(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    page = tmp_path / "performance.md"
    page.write_text(
        "<!-- figures: machine --><!-- end --><!-- figures: others --><!-- end -->".replace(
            "><", ">\n<"
        ),
        encoding="utf-8",
    )
    one = {"at": "then", "load": [1.5], "figures": [Figure("a", 1.0, at_most=2).to_json()]}
    write_page({"first": one, "second": one}, MACHINE, tmp_path)
    write_page({"third": one}, {**MACHINE, "processor": "a faster one"}, tmp_path)
    text = page.read_text(encoding="utf-8")
    assert "1. a processor, 2 cores" in text and "2. a faster one, 2 cores" in text
    assert text.count("Measured on machine 1 at then") == 2
    assert text.index("### third") < text.index("Measured on machine 2 at then")


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        (Figure("a", 1.2, at_most=1.3), Verdict.REACHED),
        (Figure("a", 1.4, at_most=1.3), Verdict.MISSED),
        (Figure("a", 0.4, at_least=0.5), Verdict.MISSED),
        (Figure("a", 0.5, at_least=0.5), Verdict.REACHED),
        (Figure("a", 9.0), Verdict.TOLD),
    ],
)
def test_a_figure_knows_whether_it_keeps_its_limit(figure: Figure, verdict: Verdict) -> None:
    assert figure.verdict is verdict
    assert f"| {verdict} |" in table([figure])


@pytest.mark.parametrize(
    ("cost", "grows_with"),
    [
        (lambda size: 3.0 * size, 1),
        (lambda size: 0.5 * size**2, 2),
        (lambda _: 7.0, 0),
        (lambda size: 7.0 / size, 0),
    ],
)
def test_the_exponent_of_a_cost_is_found(cost: Callable[[int], float], grows_with: float) -> None:
    assert exponent({it: cost(it) for it in (10, 100, 1_000, 10_000)}) == pytest.approx(grows_with)


def test_figures_are_said_plainly() -> None:
    assert [plain(it) for it in (0, 0.12345, 1.5, 12.345, 12_345.6)] == [
        *("0", "0.123", "1.5", "12.35", "12,346"),
    ]
