"""``mingshi conformance URL``: does this endpoint keep the protocol?"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence

from .catalogue import RULES
from .checking import Outcome, Result, Rule
from .running import Unreachable, run_rules

_TIMEOUT_SECONDS = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("url", help="where the endpoint is, for example https://consent.example")
    parser.add_argument(
        "--rule",
        action="append",
        metavar="ID",
        choices=[rule.id for rule in RULES],
        help="run this rule alone; may be given several times",
    )
    parser.add_argument("--json", action="store_true", help="print the results as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the rules and print a table; 0 if none failed, 1 if one did, 2 without an endpoint.

    It writes records of made-up subjects, so run it against an endpoint made for trying.
    """
    chosen = [rule for rule in RULES if not arguments.rule or rule.id in arguments.rule]
    try:
        results = asyncio.run(_results(arguments.url, chosen))
    except Unreachable as error:
        print(f"mingshi conformance: {arguments.url}: {error}", file=sys.stderr)
        return 2
    print(_as_json(results) if arguments.json else table(results))
    return 1 if any(result.outcome is Outcome.FAILED for result in results) else 0


def table(results: Sequence[Result]) -> str:
    """The results as lines for a terminal: rule, outcome, claim, and what went wrong."""
    width = max(len(result.rule.id) for result in results)
    lines = []
    for result in results:
        lines.append(f"{result.rule.id:{width}}  {result.outcome:11}  {result.rule.claim}")
        if result.detail:
            lines.append(f"{'':{width}}  {'':11}  -> {result.detail}")
    counts = {outcome: sum(result.outcome is outcome for result in results) for outcome in Outcome}
    told = ", ".join(f"{count} {outcome.replace('-', ' ')}" for outcome, count in counts.items())
    return "\n".join([*lines, "", f"{len(results)} rules: {told}"])


def _as_json(results: Sequence[Result]) -> str:
    return json.dumps(
        [
            {
                "rule": result.rule.id,
                "claim": result.rule.claim,
                "outcome": result.outcome.value,
                "detail": result.detail,
            }
            for result in results
        ],
        ensure_ascii=False,
        indent=2,
    )


async def _results(url: str, rules: Sequence[Rule]) -> list[Result]:
    import httpx

    try:
        client = httpx.AsyncClient(base_url=url, timeout=_TIMEOUT_SECONDS)
    except httpx.InvalidURL as error:
        raise Unreachable(str(error)) from error
    async with client:
        return await run_rules(client, rules)
