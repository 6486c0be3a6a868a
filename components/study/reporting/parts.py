"""The parts that both forms of a report have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from ..exporting.sharing import LEAST
from ..exporting.tables import DEMOGRAPHICS
from ..instruments import instruments
from ..measures.intervals import Interval
from ..measures.proportions import wilson
from ..words import StepKind
from .analysis import Analysis, Shape
from .fairness_digest import LEVELS, FairnessFinding
from .figures.charts import Scale as Axis
from .figures.drawing import Pen
from .flow import Reason
from .html import EVERY, Html, bullets, element, joined, paragraph, section, table
from .outcomes import Scale
from .people import Person, counted
from .scorecard import Form, Measure
from .writer import Writer


@dataclass(frozen=True)
class Sheet:
    """What every part is written with.

    Attributes:
        a: What is to be said.
        w: In which words.
        pen: With which font.
        sharing: Whether the report goes to others: then nobody is shown alone.
    """

    a: Analysis
    w: Writer
    pen: Pen
    sharing: bool

    def asks(self, kind: StepKind) -> bool:
        """Whether the study has such a step."""
        return any(it.kind is kind for it in self.a.study.steps)

    @property
    def axis_of_text(self) -> Axis:
        """The axis of a text from its beginning to its end."""
        return replace(self.share_axis, title=self.w("axis_text"))

    def arms(self, *, once: bool = False) -> list[tuple[str, tuple[Person, ...]]]:
        """Each condition with its people; one group without a name where there is one condition.

        One group too where each person saw all of them, for what is asked ``once``, after the last.
        """
        a = self.a
        if len(a.conditions) < 2 or (once and a.within):
            return [("", a.people)]
        return [(name, a.arm(name)) for name in a.conditions if a.arm(name)]

    @property
    def share_axis(self) -> Axis:
        """The axis of shares from none to all."""
        places = (0.0, 0.25, 0.5, 0.75, 1.0)
        return Axis(0, 1, places, tuple(map(self.w.share, places)), self.w("axis_share"))


def head(sheet: Sheet) -> Html:
    """The title, and on which study and which people the report rests."""
    a, w = sheet.a, sheet.w
    study = a.study
    finished = sum(it.finished for it in a.everybody)
    days = sorted({it.day for it in a.everybody})
    when = days[0] if len(days) == 1 else w("from_to", first=days[0], last=days[-1])
    facts = [
        ("fact_study", w("study_version", id=study.id, version=study.version)),
        ("fact_about", f"{study.pack} {study.policy_version}"),
        ("fact_people", w("people_counted", people=a.flow.people, finished=finished,
                          counted=len(a.people))),
        ("fact_design", _design(sheet)),
        ("fact_primary", w.outcome(study.primary)),
        ("fact_digest", study.digest[:16]),
    ]  # fmt: skip
    if not sheet.sharing:
        facts.insert(3, ("fact_days", when))
    return joined(
        [
            element("h1", w("title", title=w.localised(study.title))),
            paragraph(w(f"shape_{a.shape}"), class_="quiet"),
            element(
                "dl",
                *(
                    it
                    for key, value in facts
                    for it in (element("dt", w(key)), element("dd", value))
                ),
            ),
        ]
    )


def _design(sheet: Sheet) -> str:
    design = sheet.a.study.design
    if not design.factors:
        return sheet.w("one_condition")
    return sheet.w(f"design_{design.kind}", conditions=", ".join(sheet.a.conditions))


def contents(sheet: Sheet, names: list[tuple[str, str]]) -> Html:
    """Links to the parts."""
    links = [element("a", title, href=f"#{name}") for name, title in names]
    return element("nav", bullets(links), aria_label=sheet.w("contents"))


def flow(sheet: Sheet) -> Html:
    """Who came and who is counted, step by step."""
    a, w = sheet.a, sheet.w
    steps = [(w("flow_sessions"), str(a.flow.sessions))]
    if a.flow.further:
        steps.append((w("flow_further"), f"−{a.flow.further}"))
    steps.append((w("flow_people"), str(a.flow.people)))
    if a.shape is Shape.SUMMATIVE:
        steps += [
            (w(f"flow_{reason}"), f"−{count}" if count else "0")
            for reason, count in a.flow.excluded.items()
        ]
        steps.append((w("flow_counted"), str(len(a.people))))
        if len(a.conditions) > 1 and not a.within:
            steps += [
                (w("flow_arm", name=name), w("counted_of_begun", counted=a.flow.counted[name],
                                              begun=a.flow.begun[name]))
                for name in a.conditions
            ]  # fmt: skip
    else:
        unfinished = a.flow.excluded[Reason.UNFINISHED]
        steps.append((w("flow_finished"), w.of(a.flow.people - unfinished, a.flow.people)))
    parts = [table(w("flow_caption"), [w("flow_step"), w("people")], steps, figures=EVERY)]
    notes = [w("flow_rules")] if a.shape is Shape.SUMMATIVE else [w("flow_nobody_left_out")]
    if a.flow.withdrawn:
        notes.append(w("flow_withdrawn", n=a.flow.withdrawn))
    planned = a.study.design.participants
    notes.append(w("flow_planned", planned=planned, people=a.flow.people))
    return section("flow", w("head_flow"), *parts, *map(paragraph, notes))


def who(sheet: Sheet) -> Html:
    """Who took part, by device, language and what they said of themselves."""
    a, w = sheet.a, sheet.w
    rows = []
    for key in ("device", "language", *DEMOGRAPHICS):
        counts = counted(_about(it, key) for it in a.people)
        counts.pop("", None)
        told = [f"{_answer(w, key, value)} {cell(sheet, n)}" for value, n in counts.items()]
        if told:
            rows.append((w(f"who_{key}"), w.listed(told)))
    note = [paragraph(w("who_suppressed", least=LEAST), class_="quiet")] if sheet.sharing else []
    return section(
        "who", w("head_who"), table(w("who_caption"), [w("who_what"), w("who_how")], rows), *note
    )


def _about(person: Person, key: str) -> str:
    if key == "device":
        return person.device
    return person.locale if key == "language" else person.about.get(key, "")


def _answer(w: Writer, key: str, value: str) -> str:
    for instrument in instruments().values():
        if any(it.id == key for it in instrument.questions):
            for option in instrument.options:
                if option.value == value:
                    return w.localised(option.text)
    return w(f"{key}_{value.partition('_')[0]}") if key in ("device", "language") else value


def cell(sheet: Sheet, n: int) -> str:
    """How many; to others, no closer than that they are fewer than five."""
    return f"< {LEAST}" if sheet.sharing and n < LEAST else str(n)


def card(sheet: Sheet) -> Html:
    """The scorecard."""
    w = sheet.w
    rows = []
    for aspect, lines in groupby(sheet.a.card, key=lambda it: it.aspect):
        for at, line in enumerate(lines):
            # The name is there in each row, for who hears the table; who sees it reads it once.
            name = element("span", w(f"aspect_{aspect}"), class_="heard" if at else "")
            verdict = f"verdict {line.verdict}"
            rows.append(
                (
                    name,
                    w(f"card_{line.key}"),
                    w("card_none") if line.value is None else _figure(w, line, line.value),
                    "–" if line.value is None else str(line.value.n),
                    _benchmark(w, line),
                    element("span", w(f"verdict_{line.verdict}"), class_=verdict),
                )
            )
    columns = ("aspect", "measure", "value", "people", "benchmark", "verdict")
    heads = [w(f"card_head_{it}") for it in columns]
    return section(
        "scorecard",
        w("head_card"),
        paragraph(w("card_lead")),
        table(w("card_caption"), heads, rows, figures=(2, 3)),
        paragraph(w("card_sources"), class_="quiet"),
        *_acceptance(sheet),
    )


def _figure(w: Writer, line: Measure, value: Interval) -> str:
    match line.form:
        case Form.SHARE:
            return w.interval(value, Scale.SHARE)
        case Form.POINTS:
            return w.interval(value, Scale.POINTS)
        case Form.RATIO:
            return w.ratio(value)
        case Form.NUMBER:
            return f"{value.estimate:.2g}"


def _benchmark(w: Writer, line: Measure) -> str:
    if line.least is None and line.most is None:
        return w("card_no_benchmark")
    limit = line.least if line.least is not None else line.most or 0.0
    told = w.share(limit) if line.form is Form.SHARE else f"{limit:g}"
    sign = w("at_least" if line.least is not None else "at_most", value=told)
    return f"{sign} {w(f'source_{line.key}')}"


def _acceptance(sheet: Sheet) -> Iterator[Html]:
    """What was agreed to. It is told, in grey, and no target stands beside it."""
    a, w = sheet.a, sheet.w
    targets: dict[str, list[str]] = {}
    for person in a.people:
        first: dict[str, str] = {}
        for decision in person.decisions:
            first.setdefault(decision.target, decision.choice)
        for target, choice in first.items():
            targets.setdefault(target, []).append(choice)
    if not targets:
        return
    rows = [
        (
            w.target(target),
            w.of(choices.count("grant"), len(choices)),
            w.interval(wilson(choices.count("grant"), len(choices)), Scale.SHARE),
        )
        for target, choices in sorted(targets.items())
    ]
    yield element("h3", w("head_acceptance"))
    yield paragraph(w("acceptance_lead"), class_="quiet")
    heads = [w("acceptance_what"), w("acceptance_agreed"), w("acceptance_share")]
    yield element("div", table(w("acceptance_caption"), heads, rows, figures=EVERY), class_="quiet")


def fairness(sheet: Sheet) -> Html:
    """What the rules for fair design found on the build that was studied."""
    w, digest = sheet.w, sheet.a.fairness
    if digest is None:
        return section("fairness", w("head_fairness"), paragraph(w("fairness_none")))
    counts = {level: digest.count(level) for level in LEVELS}
    parts = [paragraph(w("fairness_lead", subject=digest.subject, rules=digest.rules, **counts))]
    if digest.findings:
        rows = [
            (
                it.rule,
                it.title,
                _level(w, it),
                str(it.places),
            )
            for it in digest.findings
        ]
        heads = [w(f"fairness_head_{it}") for it in ("rule", "title", "level", "places")]
        parts.append(table(w("fairness_caption"), heads, rows, figures=(3,)))
    version = w("fairness_digest", version=digest.rules_version)
    parts.append(paragraph(version, " ", element("code", digest.rules_digest), class_="quiet"))
    parts.append(paragraph(w("fairness_limits"), class_="quiet"))
    return section("fairness", w("head_fairness"), *parts)


def _level(w: Writer, finding: FairnessFinding) -> str:
    level = w(f"fairness_{finding.level}")
    return w("fairness_waived", level=level) if finding.waived else level


def data(sheet: Sheet) -> Html:
    """Where the figures come from, and what lies beside the report."""
    w = sheet.w
    rows = [
        (name, w(f"data_{name.partition('.')[0]}"))
        for name in (
            "sessions.csv", "decisions.csv", "sections.csv", "tasks.csv", "answers.csv",
            "notes.csv", "wide.csv", "data.json", "report.json", "codebook.json", "manifest.json",
        )
    ]  # fmt: skip
    method = [w(f"method_{it}") for it in ("intervals", "times", "reading", "people")]
    tier = paragraph(w("data_share" if sheet.sharing else "data_full"))
    return section(
        "data",
        w("head_data"),
        bullets(method),
        tier,
        table(w("data_caption"), [w("data_file"), w("data_holds")], rows),
        paragraph(w("fact_digest"), " ", element("code", sheet.a.study.digest), class_="quiet"),
    )


def limits(sheet: Sheet, *points: str) -> Html:
    """What so many people cannot tell."""
    w, n = sheet.w, len(sheet.a.people)
    return section(
        "limits",
        w("head_limits", n=n),
        element("div", bullets([*points, w("limits_read"), w("limits_instead")]), class_="box"),
    )
