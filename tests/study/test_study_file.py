"""What a study file may say, and how clearly it is told what is wrong with it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from components.policy import PackError
from components.study.model import Study
from components.study.reading import load_study as read_study
from components.study.schema import items_schema, study_schema, write_schemas
from components.study.words import DesignKind, Form, StepKind

from .writing import PACKS, READY, ROOT, ready, written

STUDIES = ("first-look", "layers")
Values = dict[str, Any]


def load_study(path: Path) -> Study:
    return read_study(path, PACKS)


def faults(path: Path) -> str:
    with pytest.raises(PackError) as error:
        load_study(path)
    return str(error.value)


@pytest.mark.parametrize("name", STUDIES)
def test_the_ready_studies(name: str) -> None:
    study = read_study(READY / f"{name}.toml")
    assert study.locales == ("zh_Hans", "en")
    assert study.steps[1].kind is StepKind.RESEARCH_CONSENT
    assert study.steps[-1].kind is StepKind.DEBRIEF
    assert len(study.digest) == 64


def test_the_ready_studies_use_every_kind_of_step() -> None:
    used = {step.kind for name in STUDIES for step in load_study(READY / f"{name}.toml").steps}
    assert used == set(StepKind)


def test_the_digest_notices_a_change_of_the_items(tmp_path: Path) -> None:
    path = written(tmp_path, ready("layers"))
    before = load_study(path).digest
    items = tmp_path / "items.toml"
    items.write_text(items.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    assert load_study(path).digest != before


def test_tasks_in_an_order_of_ones_own() -> None:
    study = load_study(READY / "layers.toml")
    own = ("see_nearby", "find_retention", "find_partners")
    steps = study.steps_in_order(own)
    assert [it.subject for it in steps if it.kind is StepKind.TASK] == list(own)
    assert [it for it in steps if it.kind is not StepKind.TASK] == [
        it for it in study.steps if it.kind is not StepKind.TASK
    ]
    with pytest.raises(ValueError, match="every task"):
        study.steps_in_order(("see_nearby",))


def _set(*path: Any) -> Callable[[Values], None]:
    *way, key, value = path

    def change(values: Values) -> None:
        inside: Any = values
        for part in way:
            inside = inside[part]
        if value is None:
            del inside[key]
        else:
            inside[key] = value

    return change


def _steps(*steps: str) -> Callable[[Values], None]:
    return _set("flow", "steps", list(steps))


STORY = {"zh_Hans": "我们在测试影院列表。", "en": "We are testing the list of cinemas."}
TASKS = ("task:find_retention", "task:find_partners", "task:see_nearby")

WRONG: list[tuple[str, list[Callable[[Values], None]], str]] = [
    ("a step that is none", [_steps("welcome", "tsk:buy")], "'tsk:buy' is no step"),
    ("a form that is none", [_steps("comprehension:C")], "'comprehension:C' is no step"),
    ("no research consent", [_steps("welcome", *TASKS)], "nobody is asked"),
    (
        "tasks before consent",
        [_steps(*TASKS, "research_consent")],
        "`task:find_retention` comes before the participant has agreed to anything",
    ),
    (
        "questions before tasks",
        [_steps("research_consent", "sus", *TASKS)],
        "`sus` comes before a task, and would tell what the study is about",
    ),
    (
        "calibration after a task",
        [_steps("research_consent", *TASKS, "calibrate_reading")],
        "the reading calibration comes after a task",
    ),
    ("a step twice", [_steps("research_consent", "sus", "sus")], "the step `sus` is there twice"),
    (
        "debrief in the middle",
        [_steps("research_consent", "debrief", "sus")],
        "`debrief` is not the last step",
    ),
    (
        "a cover story without debrief",
        [
            _set("study", "cover_story", STORY),
            _set("debrief", None),
            _set("flow", "steps", ["research_consent", *TASKS]),
        ],
        "a cover story is told and never taken back",
    ),
    ("words without a step", [_steps("research_consent", *TASKS)], "[calibration] is never shown"),
    ("a step without words", [_set("calibration", None)], "add a table [calibration]"),
    ("a task that is not there", [_steps("research_consent", "task:fly")], "no task `fly`"),
    ("a task never given", [_steps("research_consent", TASKS[0])], "`see_nearby` is never given"),
    (
        "a book neither open nor closed",
        [_set("comprehension", {"B": "open"})],
        "whether the policy may be looked at in form A",
    ),
    ("no purposes to recall", [_set("study", "purposes", None)], "which choices recall and regret"),
    (
        "an uneven block",
        [_set("design", "block", 7)],
        "a block of 7 does not hold each of 2 conditions equally often. Remedy: write 4, 6 or 8",
    ),
    (
        "within, with questions about one app",
        [_set("design", "kind", "within")],
        "`recall_choice` asks about one app, and each participant sees several",
    ),
    (
        "within, named beforehand what is asked once",
        [_set("design", "kind", "within"), _set("study", "primary", "comprehension.total")],
        "`comprehension.total` is not measured in each condition",
    ),
    (
        "within, and something between the tasks",
        [
            _set("design", "kind", "within"),
            _steps("research_consent", TASKS[0], "probe:neutral", *TASKS[1:]),
        ],
        "`probe:neutral` stands between tasks that are done once in each condition",
    ),
    (
        "within, and nothing to do",
        [_set("design", "kind", "within"), _steps("research_consent", "sus")],
        "there is nothing to do in each condition",
    ),
    (
        "a level that is no word",
        [_set("design", "factors", {"opening": ["摘要", "full"]})],
        "`opening` has the levels 摘要, full",
    ),
    ("a stratum that is none", [_set("design", "strata", {"age": ["a", "b"]})], "is no stratum"),
    ("no consent to answers", [_set("consent", "scopes", ["behaviour"])], "`answers` is not among"),
    ("a whole day of it", [_set("study", "minutes", 1440)], "for 1440 minutes in a row. Remedy"),
    ("no time at all", [_set("study", "minutes", 0)], "`minutes` is 0"),
    ("kept for ever", [_set("consent", "retention_days", 99999)], "99999 days are too long"),
    ("an unknown pack", [_set("study", "pack", "nobody")], "there is no pack 'nobody'"),
    ("an unknown version", [_set("study", "policy_version", "1999")], "no version '1999'"),
    ("a language of nobody", [_set("study", "locales", ["zh_Hans", "fr"])], "no language 'fr'"),
    ("an unknown purpose", [_set("study", "purposes", ["x"])], "no purpose `x`"),
    ("an unknown clause", [_set("tasks", 0, "success", "clause", "x")], "no clause `x`"),
    (
        "done at a place and by a decision",
        [_set("tasks", 0, "success", "purpose", "nearby-cinema")],
        "a task is done at a place or by a decision",
    ),
    ("the same task twice", [_set("tasks", 1, "id", "find_retention")], "is taken"),
    ("a future format", [_set("format", 2)], "the format is not one that is read"),
    ("too many people", [_set("design", "participants", 20001)], "more than there are codes for"),
]


@pytest.mark.parametrize(("changes", "told"), [it[1:] for it in WRONG], ids=[it[0] for it in WRONG])
def test_what_is_wrong_is_told_with_place_and_remedy(
    changes: list[Callable[[Values], None]], told: str, tmp_path: Path
) -> None:
    study = ready("layers")
    for change in changes:
        change(study)
    found = faults(written(tmp_path, study))
    assert told in found
    assert all(line.startswith("study.toml:") for line in found.splitlines())
    assert all(" Remedy: " in line for line in found.splitlines())


def test_a_line_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, ready("layers"))
    text = path.read_text(encoding="utf-8").replace('"summative"', '"sumative"')
    path.write_text(text, encoding="utf-8")
    line = next(at for at, it in enumerate(text.splitlines(), start=1) if "sumative" in it)
    assert faults(path) == (
        f"study.toml:{line}: `kind` is 'sumative', which is unknown. "
        "Remedy: allowed are: formative, summative."
    )


def test_no_toml_and_no_file(tmp_path: Path) -> None:
    assert "the file is missing" in faults(tmp_path / "study.toml")
    (tmp_path / "study.toml").write_text("[study\n", encoding="utf-8")
    assert faults(tmp_path / "study.toml").startswith("study.toml:1: this is no TOML")


# The schemas


def test_the_schemas_held_are_those_of_the_code(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    for name in ("study", "items"):
        held = ROOT / "components" / "study" / f"{name}.schema.json"
        made = (tmp_path / f"{name}.schema.json").read_text(encoding="utf-8")
        assert held.read_text(encoding="utf-8") == made
        jsonschema.Draft202012Validator.check_schema(json.loads(made))


def test_the_ready_files_are_valid() -> None:
    for name in STUDIES:
        jsonschema.validate(ready(name), study_schema())
    jsonschema.validate(ready("items"), items_schema())


def _broken(values: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str, Any]]:
    """Each table with a key too few, and with one too many; languages are another matter."""
    if isinstance(values, dict) and not {"zh_Hans", "en"} <= values.keys():
        for key in values:
            yield (way, "without", key)
            yield from _broken(values[key], (*way, key))
        if way[-1:] not in (("factors",), ("strata",)):
            yield (way, "with", "surplus")
    elif isinstance(values, list):
        for position, value in enumerate(values[:1]):
            yield from _broken(value, (*way, position))


@pytest.mark.parametrize("name", [*STUDIES, "items"])
def test_loader_and_schema_know_the_same_keys(name: str, tmp_path: Path) -> None:
    whole = ready(name)
    schema = items_schema() if name == "items" else study_schema()
    structural = (
        *("is missing", "is unknown here", "there are no words here"),
        "a task is done at a place or by a decision",
    )
    tried = 0
    for way, how, key in _broken(whole):
        values = copy.deepcopy(whole)
        inside: Any = values
        for part in way:
            inside = inside[part]
        if how == "without":
            del inside[key]
        else:
            inside[key] = "x"
        path = (
            written(tmp_path, ready("layers"), values)
            if name == "items"
            else written(tmp_path, values)
        )
        try:
            load_study(path)
            found = ""
        except PackError as error:
            found = str(error)
        refused = any(it in found for it in structural)
        valid = jsonschema.Draft202012Validator(schema).is_valid(values)
        assert valid is not refused, (way, how, key, found)
        tried += 1
    assert tried > 10


def _keys(schema: Values) -> set[str]:
    found: set[str] = set()
    for inside in (schema, *schema.get("oneOf", [])):
        for key, value in inside.get("properties", {}).items():
            found |= {key, *_keys(value), *_keys(value.get("items", {}))}
    return found


def test_every_key_is_described() -> None:
    text = (ROOT / "docs" / "study.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`(?:\[+)?([\w:]+)(?:\]+)?`", text))
    asked = _keys(study_schema()) | _keys(items_schema())
    assert len(asked) > 50
    assert asked - described == set()
    steps = {it for it in described if it.partition(":")[0] in set(StepKind)}
    assert {it.partition(":")[0] for it in steps} | {"task"} == {it.value for it in StepKind}


# The items


@pytest.mark.parametrize("form", Form)
def test_the_forms_are_alike(form: Form) -> None:
    bank = load_study(READY / "first-look.toml").bank
    kinds = sorted((it.layer, it.fact, it.answer == "not_stated") for it in bank.form(form))
    other = sorted((it.layer, it.fact, it.answer == "not_stated") for it in bank.form(Form.A))
    assert kinds == other
    assert len(kinds) == 15
    items = bank.form(form)
    # Answering everything alike is not rewarded.
    for answer, least in (("true", 5), ("false", 5), ("not_stated", 2)):
        assert sum(it.answer == answer for it in items) >= least
    assert {it.fact for it in items} == {
        *("data", "purpose", "recipient", "retention", "refusal", "right", "withdrawal")
    }
    assert {it.layer for it in items} == {"summary", "full", "jit", "centre"}
    assert {it.expectedness for it in items} == {"expected", "unexpected"}
    assert {it.risk for it in items} == {"low", "high"}
    assert len([it for it in bank.attention if it.form is form]) == 1


def _item(items: Values, id_: str) -> Values:
    found: Values = next(it for it in items["items"] if it["id"] == id_)
    return found


@pytest.mark.parametrize(
    ("id_", "change", "told"),
    [
        ("copy-of-data", {"clause": "no-such"}, "the policy has no clause `no-such`"),
        ("order-needs-phone", {"place": "no-such"}, "the layer `summary` has no `no-such`"),
        ("copy-of-data", {"place": "only-needed"}, "the layer `full` has no `only-needed`"),
        (
            "copy-of-data",
            {"evidence": {"zh_Hans": "您可以要一份自己的个人信息", "en": "You may have a copy"}},
            "the words that decide `copy-of-data` are not where it says, in en",
        ),
        (
            "outside-audit",
            {"absent": [{"zh_Hans": "订单", "en": "audit"}]},
            "the policy does speak of '订单', so `outside-audit` may be stated",
        ),
        ("outside-audit", {"absent": []}, "is not stated, so no words of the policy decide it"),
        ("copy-of-data", {"evidence": None}, "is true, but not by which words"),
        ("copy-of-data", {"id": "outside-audit"}, "the id `outside-audit` is taken"),
        ("copy-of-data", {"fact": "facts"}, "`fact` is 'facts', which is unknown"),
    ],
)
def test_an_item_is_held_against_the_policy(
    id_: str, change: Values, told: str, tmp_path: Path
) -> None:
    items = ready("items")
    item = _item(items, id_)
    item.update(change)
    for key in [key for key, value in change.items() if value is None]:
        del item[key]
    found = faults(written(tmp_path, ready("layers"), items))
    assert told in found
    assert found.splitlines()[0].startswith("items.toml:")


def test_a_design_with_one_condition() -> None:
    design = load_study(READY / "first-look.toml").design
    assert design.kind is DesignKind.SINGLE
    assert design.conditions == ({},)
