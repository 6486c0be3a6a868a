"""One fault for each rule: an endpoint that has it does not keep that rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .wrong import Asked, Fault, Memory, Right, Told, query_token, refused, taken


def _acknowledgements(change: Mapping[str, Any]) -> Fault:
    """Every acknowledgement says something else."""

    async def fault(asked: Asked, right: Right, _memory: Memory) -> Told:
        told = await right(asked)
        if not asked.sends or told.status != 200:
            return told
        return replace(
            told, body={"acknowledged": [{**one, **change} for one in told.acknowledged]}
        )

    return fault


def _takes_all(*statuses: int) -> Fault:
    """What should be refused with one of these statuses is said to be taken."""

    async def fault(asked: Asked, right: Right, _memory: Memory) -> Told:
        told = await right(asked)
        return taken(asked) if asked.sends and told.status in statuses else told

    return fault


async def _one_by_one(asked: Asked, right: Right, _memory: Memory) -> Told:
    """A refused batch is stored as far as it goes."""
    told = await right(asked)
    if asked.sends and told.status in (409, 422):
        for event in asked.events:
            await right(asked.with_events([event]))
    return told


async def _refuses_copies(asked: Asked, right: Right, _memory: Memory) -> Told:
    ids = [event.get("event_id") for event in asked.events]
    return refused(409, "conflict") if len(set(ids)) < len(ids) else await right(asked)


async def _one_at_a_time(asked: Asked, right: Right, memory: Memory) -> Told:
    """While one request is under way every other one is turned away."""
    if asked.sends and memory.under_way:
        return refused(503, "unavailable")
    memory.under_way += 1
    try:
        return await right(asked)
    finally:
        memory.under_way -= 1


async def _forgets_refusals(asked: Asked, right: Right, _memory: Memory) -> Told:
    grants = [event for event in asked.events if event.get("status") == "given"]
    if asked.sends and len(grants) < len(asked.events):
        return taken(asked) if not grants else await right(asked.with_events(grants))
    return await right(asked)


def _without_header(name: str) -> Fault:
    async def fault(asked: Asked, right: Right, _memory: Memory) -> Told:
        headers = {key: value for key, value in asked.headers.items() if key != name}
        return await right(replace(asked, headers=headers))

    return fault


def _state(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Fault:
    async def fault(asked: Asked, right: Right, _memory: Memory) -> Told:
        told = await right(asked)
        if not asked.path.endswith("/state") or told.status != 200:
            return told
        return replace(told, body={"state": change(told.body["state"])})

    return fault


async def _pages_backwards(asked: Asked, right: Right, _memory: Memory) -> Told:
    told = await right(asked)
    if asked.method == "GET" and asked.path.endswith("/events") and told.status == 200:
        return replace(told, body={**told.body, "events": told.body["events"][::-1]})
    return told


def _lets_in(when: Callable[[str], bool]) -> Fault:
    """Who was here before is let in although the token is not right."""

    async def fault(asked: Asked, right: Right, memory: Memory) -> Told:
        secret = memory.secrets.get(asked.subject)
        if secret is not None and when(asked.headers.get("authorization", "")):
            asked = replace(asked, headers={**asked.headers, "authorization": f"Bearer {secret}"})
        return await right(asked)

    return fault


async def _tells_of_records(asked: Asked, right: Right, memory: Memory) -> Told:
    told = await right(asked)
    if told.status == 404 and asked.subject in memory.secrets:
        return replace(told, body={**told.body, "detail": "This record is another's."})
    return told


async def _token_in_url(asked: Asked, right: Right, _memory: Memory) -> Told:
    token = query_token(asked)
    if token:
        asked = replace(
            asked, headers={**asked.headers, "authorization": f"Bearer {token}"}, query=""
        )
    return await right(asked)


async def _open_to_officers(asked: Asked, right: Right, _memory: Memory) -> Told:
    return Told(200, {"events": []}) if "/officer/" in asked.path else await right(asked)


async def _echoes(asked: Asked, right: Right, _memory: Memory) -> Told:
    told = await right(asked)
    if told.status in (401, 404) and isinstance(told.body, dict):
        return replace(told, body={**told.body, "detail": asked.headers.get("authorization", "")})
    return told


async def _kept_by_caches(asked: Asked, right: Right, _memory: Memory) -> Told:
    told = await right(asked)
    headers = {name: value for name, value in told.headers.items() if name != "cache-control"}
    return replace(told, headers=headers)


def _answers(path_ends: str, told: Told) -> Fault:
    async def fault(asked: Asked, right: Right, _memory: Memory) -> Told:
        return told if asked.path.endswith(path_ends) else await right(asked)

    return fault


async def _few_events(asked: Asked, right: Right, _memory: Memory) -> Told:
    return refused(413, "too-large") if len(asked.events) > 100 else await right(asked)


async def _takes_too_much(asked: Asked, right: Right, _memory: Memory) -> Told:
    return taken(asked) if len(asked.content) > 5_000_000 else await right(asked)


async def _fails_on_no_json(asked: Asked, right: Right, _memory: Memory) -> Told:
    told = await right(asked)
    if told.status in (400, 415) or (told.status == 422 and not asked.events):
        return Told(500, b"Internal Server Error", {"content-type": "text/plain"})
    return told


async def _ignores_queries(asked: Asked, right: Right, _memory: Memory) -> Told:
    return await right(replace(asked, query=""))


async def _plain_refusals(asked: Asked, right: Right, _memory: Memory) -> Told:
    told = await right(asked)
    return replace(told, headers={"content-type": "text/plain"}) if told.status == 404 else told


async def _erases_in_word_only(asked: Asked, right: Right, _memory: Memory) -> Told:
    if asked.method == "DELETE":
        return Told(200, {"erased_at": "2021-11-01T08:00:00.000Z", "events": 3})
    return await right(asked)


async def _erases_once(asked: Asked, right: Right, memory: Memory) -> Told:
    if asked.method == "DELETE" and asked.subject in memory.erased:
        return refused(404, "not-found")
    told = await right(asked)
    if asked.method == "DELETE":
        memory.erased.add(asked.subject)
    return told


async def _erases_the_neighbours(asked: Asked, right: Right, memory: Memory) -> Told:
    told = await right(asked)
    if asked.method == "DELETE":
        for subject, secret in memory.secrets.items():
            headers = {"authorization": f"Bearer {secret}"}
            await right(replace(asked, path=f"/v1/subjects/{subject}", headers=headers))
    return told


FAULTS: Mapping[str, Fault] = {
    "replay-same-answer": _acknowledgements(
        {"received_at": "2021-11-01T08:00:00.001Z", "outcome": "stored"}
    ),
    "replay-some-new": _acknowledgements({"outcome": "stored"}),
    "replay-twice-in-one": _refuses_copies,
    "replay-at-once": _acknowledgements({"outcome": "stored"}),
    "replay-overlapping-at-once": _one_at_a_time,
    "mismatch-other-body": _takes_all(409),
    "mismatch-forked": _takes_all(409),
    "mismatch-forks-at-once": _takes_all(409),
    "mismatch-broken-chain": _takes_all(409),
    "mismatch-second-beginning": _takes_all(409, 422),
    "mismatch-all-or-none": _one_by_one,
    "truth-malformed": _takes_all(422),
    "truth-one-lie": _one_by_one,
    "truth-refusals": _forgets_refusals,
    "late-accepted": _acknowledgements({"late": False}),
    "skew-measured": _acknowledgements({"clock_skew_ms": 0}),
    "skew-unreadable": _without_header("mingshi-sent-at"),
    "state-last-number": _state(
        lambda state: {target: {**one, "status": "given"} for target, one in state.items()}
    ),
    "state-nothing": _state(lambda state: {**state, "purpose:marketing": {"status": "given"}}),
    "order-pages": _pages_backwards,
    "auth-no-token": _lets_in(lambda header: not header),
    "auth-no-secret": _lets_in(lambda header: "nonsense" in header),
    "auth-anothers-token": _tells_of_records,
    "auth-token-in-url": _token_in_url,
    "auth-officers": _open_to_officers,
    "auth-no-echo": _echoes,
    "auth-no-store": _kept_by_caches,
    "limit-most-events": _few_events,
    "limit-too-many-events": _takes_all(422),
    "limit-no-events": _takes_all(422),
    "limit-too-large": _takes_too_much,
    "limit-no-json": _fails_on_no_json,
    "limit-pages": _ignores_queries,
    "limit-unknown-path": _plain_refusals,
    "operations-alive": _answers("/readyz", refused(503, "unavailable")),
    "erase-gone": _erases_in_word_only,
    "erase-again": _erases_once,
    "erase-stays-gone": _takes_all(410),
    "erase-only-this": _erases_the_neighbours,
}
"""By rule id."""
