"""Run the rules against an endpoint, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .checking import NotConforming, NotOffered, Outcome, Result, Rule
from .probe import Probe

if TYPE_CHECKING:
    import httpx


class Unreachable(Exception):
    """There is no endpoint at that address, or it stopped answering; the message says which."""


async def run_rules(client: httpx.AsyncClient, rules: Sequence[Rule]) -> list[Result]:
    """Run rules; one result for each, in their order.

    Args:
        client: With the endpoint's address as its base URL, and a timeout.
        rules: What to run; :data:`~.catalogue.RULES` for all.

    Raises:
        Unreachable: A request got no answer.
    """
    import httpx

    probe = Probe(client)
    results = []
    for rule in rules:
        try:
            results.append(await _run(rule, probe))
        except httpx.HTTPError as error:
            raise Unreachable(f"during {rule.id}: {type(error).__name__}: {error}") from error
    return results


async def _run(rule: Rule, probe: Probe) -> Result:
    try:
        await rule.check(probe)
    except NotConforming as fault:
        return Result(rule, Outcome.FAILED, str(fault))
    except NotOffered as reason:
        return Result(rule, Outcome.NOT_OFFERED, str(reason))
    return Result(rule, Outcome.PASSED)
