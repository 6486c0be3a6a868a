"""``mingshi fairness``: measure a screen, for a person or for continuous integration."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .adapters.chromium import ANDROID, DESKTOP, NothingShown, measure, settled
from .adapters.launching import chromium
from .adapters.missing import ExtraMissing
from .judging import judge
from .model import Level, Report
from .reporting import html_report, sarif, text_report
from .serving import NoSuchApp, app_named, served
from .subject import Form, Part, Screen, Subject
from .waivers import WaiverFault, read_waivers

if TYPE_CHECKING:
    from playwright.async_api import Browser

FAIR = 0
UNFAIR = 1
UNUSABLE = 2
_SCALES = (1.0, 1.3, 2.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument(
        "subject",
        metavar="URL|module:example",
        help="address of a running Flet app, or a function or example to serve and look at",
    )
    parser.add_argument("--route", default="/", help="where in the app (default: %(default)s)")
    parser.add_argument("--locale", default="zh_Hans", help="its language (default: %(default)s)")
    parser.add_argument(
        "--part",
        action="append",
        default=[],
        metavar="PART=LABEL",
        help="say what a control is, by label or identifier, where it cannot be known: "
        + ", ".join(part.value for part in Part),
    )
    parser.add_argument(
        "--question", action="store_true", help="the screen asks at a feature, just in time"
    )
    parser.add_argument(
        "--change", action="store_true", help="the screen asks about a new version of the policy"
    )
    parser.add_argument(
        "--form",
        choices=[form.value for form in Form],
        help="whether it is a page, a dialog or part of a page, or a window into something longer"
        " (default: found out)",
    )
    parser.add_argument("--format", choices=("text", "sarif", "html"), default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report to a file")
    parser.add_argument("--waivers", type=Path, metavar="FILE", help="a TOML file of waivers")
    parser.add_argument(
        "--fail-on",
        choices=[level.value for level in reversed(Level)],
        default=Level.ERROR.value,
        help="the exit status is 1 from this level on (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Measure, judge and write the report.

    Returns:
        0 if nothing is left at or above ``--fail-on``, 1 if something is, 2 if the screen or the
        command line cannot be used; what is wrong then stands on standard error.
    """
    try:
        parts = dict(_part(it) for it in arguments.part)
        waivers = () if arguments.waivers is None else read_waivers(arguments.waivers)
        screens = asyncio.run(_screens(arguments, parts))
    except (ExtraMissing, NoSuchApp, NothingShown, WaiverFault, ValueError) as error:
        print(f"mingshi fairness: {error}", file=sys.stderr)
        return UNUSABLE
    report = judge(Subject(arguments.subject, screens), waivers=waivers)
    written = _written(report, arguments.format)
    if arguments.output is None:
        sys.stdout.write(written)
    else:
        try:
            arguments.output.write_text(written, encoding="utf-8")
        except OSError as error:
            print(f"mingshi fairness: cannot write: {error}", file=sys.stderr)
            return UNUSABLE
    return UNFAIR if report.at_least(Level(arguments.fail_on)) else FAIR


def _part(told: str) -> tuple[str, Part]:
    part, _, label = told.partition("=")
    if not label:
        raise ValueError(f"write --part PART=LABEL, not {told!r}")
    return label, Part(part)


def _written(report: Report, form: str) -> str:
    if form == "sarif":
        return json.dumps(sarif(report), ensure_ascii=False, indent=2) + "\n"
    return html_report(report) if form == "html" else text_report(report)


async def _screens(arguments: argparse.Namespace, parts: dict[str, Part]) -> tuple[Screen, ...]:
    subject: str = arguments.subject
    if subject.startswith(("http://", "https://")):
        async with chromium() as browser:
            return await _looked(browser, subject, [], arguments, parts)
    # As an installed command Python does not look for modules where it was called.
    sys.path.insert(0, str(Path.cwd()))
    main = app_named(subject, arguments.locale)
    async with served(main, arguments.locale) as (url, pages), chromium() as browser:
        address = f"{url}{arguments.route}"
        return await _looked(browser, address, pages, arguments, parts)


async def _looked(
    browser: Browser,
    url: str,
    pages: list[Any],
    arguments: argparse.Namespace,
    parts: dict[str, Part],
) -> tuple[Screen, ...]:
    """A small phone at three text sizes, and a desktop window."""
    from playwright.async_api import Error

    found: list[Screen] = []
    for options, scales in ((ANDROID, _SCALES), (DESKTOP, (1.0,))):
        context = await browser.new_context(locale=arguments.locale.replace("_", "-"), **options)
        page = await context.new_page()
        try:
            await page.goto(url)
        except Error as error:
            raise NothingShown(f"{url} cannot be opened: {error.message}") from None
        for scale in scales:
            await settled(page)
            found.append(
                await measure(
                    page,
                    name=_short(arguments.subject),
                    locale=arguments.locale,
                    app=pages[-1] if pages else None,
                    parts=parts,
                    question=arguments.question,
                    change=arguments.change,
                    form=None if arguments.form is None else Form(arguments.form),
                    text_scale=scale,
                )
            )
        await context.close()
    return tuple(found)


def _short(subject: str) -> str:
    return subject.rpartition(":")[2] if "://" not in subject else subject
