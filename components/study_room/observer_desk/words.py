"""What happens, in plain words; and nothing of what a participant writes or answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...i18n import Language
from ...study.model import Success
from ...study.record import Event
from ...study.words import Layer


@dataclass(frozen=True)
class Names:
    """What the policy calls things, in the observer's language.

    Attributes:
        purposes: By id.
        clauses: The headings of the full text, by id.
        permissions: What the system can be asked about, by id.
    """

    purposes: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)
    permissions: Mapping[str, str] = field(default_factory=dict)

    def subject(self, name: str) -> str:
        """What a question or a decision is about."""
        return self.permissions.get(name) or self.purposes.get(name) or name


def told(language: Language, names: Names, event: Event) -> str:
    """An event in words; empty for one that says nothing to somebody who looks on."""
    say, data = language.gettext, event.data
    family, _, what = event.name.rpartition(".")
    match family, what:
        case "study.session", _:
            return {
                "started": say("The session begins"),
                "resumed": say("The session goes on after a break"),
                "ended": say("The session is over"),
            }[what]
        case "study.task", _:
            return _task(language, event)
        case "study.item", "answered":
            return say("Answers a question")
        case "stim.layer", _:
            return _layer(language, what, data.get("opened") or data.get("closed") or "")
        case "stim.notice", "shown" if event.notice is not None:
            notice = event.notice.partition("@")[0]
            return say("Is asked: {what}", what=_subject(language, names, notice))
        case "stim.notice", "dismissed":
            return say("Closes the question without an answer")
        case "stim.section", "entered":
            section = data["section"]
            return say("Comes to “{section}”", section=names.clauses.get(section, section))
        case "stim.decision", _ if event.target is not None:
            target = _subject(language, names, event.target.rpartition(":")[2])
            return _decision(language, what, data.get("choice"), target)
        case "stim.os_prompt", "requested":
            permission = data["permission"]
            what_for = names.permissions.get(permission, permission)
            return say("The system asks: {what}", what=what_for)
        case "stim.os_prompt", "returned":
            return say("Allows it") if data["state"] == "granted" else say("Does not allow it")
        case "stim.feature", _:
            return say("Cannot use “{feature}” now", feature=data["feature"])
        case "stim", "tap":
            return say("Presses “{control}”", control=data["control"])
        case "stim.find", "used":
            return say("Searches in the text")
        case "sys", "lifecycle":
            return (
                say("Leaves the app") if data["state"] == "hidden" else say("Comes back to the app")
            )
        case _:
            return ""


def _subject(language: Language, names: Names, name: str) -> str:
    """What a question or a decision is about; the kit's own two have no name in the policy."""
    match name:
        case "base" | "first-notice":
            return language.gettext("the first notice")
        case "probe":
            return language.gettext("the banner")
        case _:
            return names.subject(name)


def _task(language: Language, event: Event) -> str:
    say = language.gettext
    if event.name == "study.task.completed":
        return {
            "direct": say("Is done: reached it straight away"),
            "indirect": say("Is done: reached it by a detour"),
            "fail": say("Says it is done, and has not reached it"),
        }[event.data["outcome"]]
    return {
        "study.task.shown": say("Reads the task"),
        "study.task.started": say("Begins the task"),
        "study.task.gave_up": say("Gives up"),
    }.get(event.name, "")


def layer_name(language: Language, layer: str) -> str:
    """A layer of the notice, in words."""
    say = language.gettext
    return {
        Layer.SUMMARY.value: say("the summary"),
        Layer.FULL.value: say("the full policy"),
        Layer.JIT.value: say("a question"),
        Layer.CENTRE.value: say("the consent centre"),
    }.get(layer, layer)


def _layer(language: Language, what: str, layer: str) -> str:
    name = layer_name(language, layer)
    if what == "opened":
        return language.gettext("Opens {layer}", layer=name)
    return language.gettext("Closes {layer}", layer=name)


def _decision(language: Language, what: str, choice: str | None, target: str) -> str:
    say = language.gettext
    if what == "withdrawn":
        return say("Takes back: {what}", what=target)
    return {
        "grant": say("Agrees: {what}", what=target),
        "decline": say("Refuses: {what}", what=target),
        "partial": say("Agrees to a part: {what}", what=target),
    }.get(choice or "", say("Leaves open: {what}", what=target))


def done_when(language: Language, names: Names, success: Success) -> str:
    """What a task is done by, in words."""
    say = language.gettext
    if success.purpose:
        purpose = names.purposes.get(success.purpose, success.purpose)
        return {
            "grant": say("Done when “{purpose}” is agreed to", purpose=purpose),
            "decline": say("Done when “{purpose}” is refused or taken back", purpose=purpose),
        }.get(
            success.choice,
            say("Done when “{purpose}” is decided, either way", purpose=purpose),
        )
    layer = layer_name(language, success.layer or "")
    if success.clause:
        section = names.clauses.get(success.clause, success.clause)
        return say("Done when “{section}” is in view in {layer}", section=section, layer=layer)
    return say("Done when this is open: {layer}", layer=layer)
