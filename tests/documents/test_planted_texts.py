"""Texts, links and data with something wrong: each fault is found, with its file and line."""

from __future__ import annotations

import pytest

from . import formats, mentions
from .planting import planted, told
from .reading import Document, page


def test_what_stands_within_directives_has_its_line() -> None:
    document = planted(
        "```{note}",
        ":class: wide",
        "",
        "Try `--no-such-option`.",  # line 6
        "",
        "~~~{code-block} klingon",
        "nuqneH",  # 9
        "~~~",
        "```",
        "",
        "```{eval-rst}",
        ".. automodule:: mingshi.policy",
        "   :members:",
        ".. autoclass:: mingshi.policy.Pakc",  # 16
        "```",
        "",
        "1. A list with code in it:",
        "",
        "   ```json",
        "   {",  # 22
        "   ```",
        "",
        "       an indented block",  # 25
    )
    assert [it.line for it in mentions.faults_of(document)] == [6, 16]
    assert [it.line for it in formats.faults_of(document)] == [9, 22, 25]


NAMED_WRONG = (
    "mingshi lint --profle",
    "mingshi stdy check",
    "mingshi study chek",
    "--no-such-option",
    "components/kti.py",
    "docs/no-such-page.md",
    "surface/runtme.py",
    "tests/consent/gulden",
    "tests/fairness/test_*_screens_of_theirs.py",
    "mingshi.consent.permissins",
    "mingshi.policy:load_packet",
    "components.surface.speaking.speek",
    "python -m tests.bench",
    "python -m tests.visual --renewal",
    "python -m pytest tests/polcy",
    "GET /v1/oficer/events",
    "GET …/events/all",
    "kit.asks",
    "kit.speaking.begins(chosen)",
    'kit.ask("location", gestur="city.locate")',
)

NAMED_RIGHT = (
    "mingshi study check FILE",
    "--fairness-report FILE",
    "locales/<locale>/LC_MESSAGES/mingshi.po",
    "tests/fairness/test_our_screens_*.py",
    "lint.toml",
    "mingshi.policy.load_pack",
    "GET …/events?after=&limit=",
    'kit.ask("location", gesture="city.locate")',
    "await kit.speaking.begin(chosen)",
    "POST",
    "purpose:nearby-cinema",
)


@pytest.mark.parametrize("name", NAMED_WRONG)
def test_a_wrong_name_in_a_line(name: str) -> None:
    document = planted("Long ago", f"there was `{name}`.")
    assert told(mentions.faults_of(document)) == [("docs/planted.md", 4)], name


@pytest.mark.parametrize("name", NAMED_RIGHT)
def test_a_right_name_in_a_line(name: str) -> None:
    assert mentions.faults_of(planted(f"There is `{name}`.")) == []


def test_links_that_lead_nowhere() -> None:
    readme = page("README.md")
    document = planted(
        "[a](no-such-page.md), [b](gate.md),",
        "[c](../README.md#no-such-heading), [d](../README.md#try-it),",
        "[e](#planted), [f](#plnted), ![g](pictures/none.png),",
        '<img src="pictures/other.png"> and [h](https://flet.dev/none).',
        "",
        "```{toctree}",
        ":hidden:",
        "",
        "Mended <planted>",
        "no-such-page",
        "```",
    )
    faults = mentions.link_faults(document, [document, readme])
    assert [it.line for it in faults] == [3, 4, 5, 5, 6, 12]


DATA_WRONG = {
    "json": '{"a": 1,}',
    "toml": "a = ",
    "html": "<p><b></p>",
    "http": "GET /v1/nothing HTTP/1.1\nAccept: application/json",
    "mermaid": 'flowchart TD\n    a["one" --> b',
    "text": " ",
    "": "a block of no kind",
    "klingon": "nuqneH",
}

WAIVED = '[[waivers]]\nrule = "no-such-rule"\nplace = "pack.toml"\nreason = "x"\nuntil = 2026-06-30'
LOG_LINE = '{"logger": "mingshi.endpoint", "massage": "request"}'


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *DATA_WRONG.items(),
        ("toml", f"format = 1\n{WAIVED}"),
        ("toml", f"{WAIVED}\nby = 3"),
        ("toml", '[removed]\nrecipients = ["no-such-recipient"]'),
        ("toml", "[study]\nid = 1\n[flow]\nsteps = []"),
        ("json", LOG_LINE),
        ("json", '{"@context": []}'),
        ("json", '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": 3}'),
    ],
)
def test_data_that_cannot_be_read(kind: str, text: str) -> None:
    document = planted(f"```{kind}", text, "```")
    assert told(formats.faults_of(document)) == [("docs/planted.md", 4)]


def test_a_part_of_a_pack_that_cannot_be_read() -> None:
    lines = page("docs/policy-packs.md").source.replace(":retention: 保存到", ":retension: 保存到")
    (fault,) = formats.faults_of(Document("docs/policy-packs.md", lines))
    assert "retension" in fault.problem
    assert lines.splitlines()[fault.line - 1].startswith("{#album")
