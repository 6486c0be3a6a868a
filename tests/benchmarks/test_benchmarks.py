"""Every benchmark runs and says its figures; how fast anything is, no test asks."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from .__main__ import BENCHMARKS, main
from .figures import Figure, Size, Verdict, plain, table
from .growth import exponent


@pytest.mark.parametrize("name", BENCHMARKS)
def test_it_runs(name: str) -> None:
    figures = BENCHMARKS[name](Size.QUICK)
    assert figures
    for it in figures:
        assert math.isfinite(it.value), it
        assert it.value >= 0, it


def test_the_command_writes_what_it_measured_and_on_what(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    assert main(["parsing", "--quick", "--json", str(written)]) == 0
    content = json.loads(written.read_text(encoding="utf-8"))
    assert content["size"] == "quick"
    assert content["machine"]["python"]
    assert list(content["figures"]) == ["parsing"]


def test_an_unknown_name_is_refused_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["speed"])
    assert "device-ledger" in capsys.readouterr().err


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
