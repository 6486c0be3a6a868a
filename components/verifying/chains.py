"""Whether events follow one another: each names the hash of the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..consent.event import GENESIS, Event
from .checks import Check, failed, passed, unchecked
from .entries import Entries, Entry

_TOLD = 5
"""Most faults that are told of one by one."""


def check_chains(entries: Entries) -> tuple[Check, Check]:
    """Check that every event is genuine, and that each follows the one before it."""
    return _check_events(entries), _check_links(entries)


def _check_events(entries: Entries) -> Check:
    name = "events"
    faults = [
        f"event {entry.sequence}: {entry.fault}" for entry in entries.all if entry.fault is not None
    ]
    if faults:
        return failed(name, _told("Not genuine", faults))
    erased = sum(entry.event is None for entry in entries.all)
    kept = len(entries.all) - erased
    gone = f" {erased} more were erased; only their hashes are left." if erased else ""
    return passed(name, f"The hash of each of {kept} events is that of what stands in it.{gone}")


def _check_links(entries: Entries) -> Check:
    name = "chain"
    faults: list[str] = []
    missing: list[str] = []
    chains = _by_subject(entries.all)
    for subject, chain in chains.items():
        of = "" if len(chains) == 1 else f" of {subject[:6]}…"
        first = chain[0]
        if first.sequence == 1 and first.previous_hash != GENESIS:
            faults.append(f"event 1{of} is not the beginning of a record")
        elif first.sequence > 1:
            missing.append(f"1 to {first.sequence - 1}{of}")
        for before, entry in pairwise(chain):
            if entry.sequence == before.sequence + 1:
                if entry.previous_hash != before.hash:
                    faults.append(f"event {entry.sequence}{of} does not follow {before.sequence}")
            elif entry.sequence == before.sequence:
                faults.append(f"event {entry.sequence}{of} is there twice")
            else:
                missing.append(f"{before.sequence + 1} to {entry.sequence - 1}{of}")
    if entries.whole:
        known = {f"{first} to {last}" for first, last in entries.gaps}
        faults += [f"{gap} are missing" for gap in missing if gap not in known]
        missing = [gap for gap in missing if gap in known]
    if faults:
        return failed(name, _told("The chain is broken", faults))
    if missing:
        return unchecked(name, _told("What there is follows; these numbers are missing", missing))
    many = f" in {len(chains)} records" if len(chains) > 1 else ""
    return passed(name, f"Each of {len(entries.all)} events follows the one before it{many}.")


def _by_subject(entries: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    """The readable entries of each subject, by number."""
    chains: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.fault is None:
            chains.setdefault(entry.subject, []).append(entry)
    for chain in chains.values():
        chain.sort(key=lambda entry: entry.sequence)
    return chains


def _told(what: str, faults: Sequence[str]) -> str:
    more = f"; and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
    return f"{what}: {'; '.join(faults[:_TOLD])}{more}."


def check_place(event: Event, entries: Entries) -> Check:
    """Whether an event stands in a record, between the neighbours it should have there."""
    name = "place"
    chain = _by_subject(entries.all).get(event.subject, [])
    mine = next((entry for entry in chain if entry.sequence == event.sequence), None)
    if mine is None:
        return failed(name, f"The record has no event {event.sequence} of this installation.")
    if (mine.hash, mine.event_id) != (event.hash, event.event_id):
        return failed(name, f"Event {event.sequence} of the record is another one.")
    numbered = {entry.sequence: entry for entry in chain}
    before, after = numbered.get(event.sequence - 1), numbered.get(event.sequence + 1)
    if before is not None and before.hash != event.previous_hash:
        return failed(name, f"Event {event.sequence - 1} of the record is not the one before it.")
    if after is not None and after.previous_hash != event.hash:
        return failed(name, f"Event {event.sequence + 1} of the record does not follow it.")
    if before is None and event.sequence > 1:
        return unchecked(
            name, f"It stands in the record, which has no event {event.sequence - 1} before it."
        )
    return passed(
        name,
        f"It is event {event.sequence} of the record, and its neighbours there follow and "
        "precede it.",
    )
