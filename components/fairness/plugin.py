"""The pytest plugin: ``fair`` looks at a page and asserts that no error is left.

    async def test_our_notice(fair, page):
        await fair(page, name="notice", locale="zh_Hans")

``--fairness-waivers FILE`` names a file of waivers for the whole run, ``--fairness-report FILE``
an HTML file that every judged surface goes into.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from .judging import judge
from .model import Level, Report, Waiver
from .reporting import html_report, text_report
from .subject import Screen, Subject
from .waivers import read_waivers

_MEASURED: pytest.StashKey[list[Screen]] = pytest.StashKey()


def assert_fair(
    subject: Subject | Screen,
    *,
    waivers: Sequence[Waiver] = (),
    level: Level = Level.ERROR,
) -> Report:
    """Judge something and fail if anything is left at a level or above.

    Args:
        subject: Everything that is known, or one screen.
        waivers: Decisions to leave findings as they are.
        level: From which level on a finding fails.

    Raises:
        AssertionError: something is left; the message is the report.
    """
    whole = subject if isinstance(subject, Subject) else Subject(subject.name, (subject,))
    report = judge(whole, waivers=waivers)
    if report.at_least(level):
        raise AssertionError(text_report(report))
    return report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's options."""
    group = parser.getgroup("mingshi fairness")
    group.addoption(
        "--fairness-waivers", type=Path, metavar="FILE", help="waivers for the fixture `fair`"
    )
    group.addoption(
        "--fairness-report", type=Path, metavar="FILE", help="write what `fair` saw as HTML"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make room for what is measured."""
    config.stash[_MEASURED] = []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the HTML report, if one was asked for."""
    path: Path | None = session.config.getoption("--fairness-report")
    measured = session.config.stash[_MEASURED]
    if path is not None and measured:
        report = judge(Subject("this run", tuple(measured)), waivers=_waivers(session.config))
        # Of several processes (pytest-xdist) each saw its own part, and writes that.
        worker = getattr(session.config, "workerinput", {}).get("workerid")
        if worker is not None:
            path = path.with_stem(f"{path.stem}-{worker}")
        path.write_text(html_report(report), encoding="utf-8")


def _waivers(config: pytest.Config) -> tuple[Waiver, ...]:
    path: Path | None = config.getoption("--fairness-waivers")
    return () if path is None else read_waivers(path)


@pytest.fixture
def fair(request: pytest.FixtureRequest) -> Callable[..., Awaitable[Report]]:
    """Measure what a Playwright page shows, and assert that it is fair.

    The arguments are those of ``adapters.chromium.measure``, and ``level`` as for `assert_fair`.
    """

    async def measured(page: Any, *, level: Level = Level.ERROR, **options: Any) -> Report:
        from .adapters.chromium import measure

        screen = await measure(page, **options)
        request.config.stash[_MEASURED].append(screen)
        return assert_fair(screen, waivers=_waivers(request.config), level=level)

    return measured
