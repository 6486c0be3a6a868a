"""Blocks of data: parsed, and read by what of the kit reads such data."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
from bs4 import BeautifulSoup

from components.consent.receipts.schemas import Shape, schema
from components.endpoint.links.issuers import _read
from components.fairness.waivers import read_waivers as read_fairness_waivers
from components.policy import PackError, load_pack
from components.policy.lint import RULES
from components.policy.lint.waivers import WAIVER_FILE
from components.policy.lint.waivers import read_waivers as read_lint_waivers
from components.study.reading import load_study
from tests.consent.decisions import EPIAO_FOLDER
from tests.study.writing import PACKS, READY

from .mentions import problem_of
from .reading import Block, Document, Fault
from .shell import LANGUAGES as SHELLS

RUN = {*SHELLS, "bat", "python"}
"""Kinds of block that are run; the others are read here."""

_PROMPTS = "prompts.md"
_ENTRY = re.compile(r"^\{#([\w-]+)", re.MULTILINE)


def faults_of(document: Document) -> list[Fault]:
    """Blocks of data that are not what they should be, and blocks of no known kind."""
    faults = []
    for block in document.blocks:
        if block.language in RUN:
            continue
        reader = READERS.get(block.language)
        if reader is None:
            kind = block.language or "no kind"
            known = ", ".join(sorted({*RUN, *READERS}))
            problem: str | None = f"nothing runs or reads a block of {kind}; known are {known}"
        else:
            try:
                problem = reader(block, document)
            except Exception as error:  # every reader has errors of its own
                problem = f"{type(error).__name__}: {error}"
        if problem:
            faults.append(block.fault(problem))
    return faults


def _toml(block: Block, document: Document) -> str | None:
    values = tomllib.loads(block.text)
    with TemporaryDirectory() as name:
        folder = Path(name)
        if "waivers" in values and "format" in values:
            (folder / WAIVER_FILE).write_text(block.text, encoding="utf-8")
            waived = {it.rule for it in read_lint_waivers(folder)}
            return _unknown("rule", waived - set(RULES))
        if "waivers" in values:
            path = folder / "waivers.toml"
            path.write_text(block.text, encoding="utf-8")
            read_fairness_waivers(path)
        elif "issuers" in values:
            path = folder / "issuers.toml"
            path.write_text(block.text, encoding="utf-8")
            _read(path)
        elif {"study", "flow"} <= values.keys():
            shutil.copytree(READY, folder / "study")
            path = folder / "study" / "study.toml"
            path.write_text(block.text, encoding="utf-8")
            load_study(path, PACKS)
        elif {"controller", "versions"} <= values.keys():
            pack = shutil.copytree(EPIAO_FOLDER, folder / "pack")
            (pack / "pack.toml").write_text(block.text, encoding="utf-8")
            load_pack(pack)
        elif values.keys() & _OF_A_VERSION:
            pack = shutil.copytree(EPIAO_FOLDER, folder / "pack")
            path = next(pack.glob("*/changes.toml"))
            there = path.read_text("utf-8")
            if "removed" in values:
                there = re.sub(r"^\[removed\]\n(?:[^\[].*\n?)*", "", there, flags=re.MULTILINE)
            path.write_text(f"{there}\n{block.text}", encoding="utf-8")
            load_pack(pack)
    return None


_OF_A_VERSION = {"removed", "data_categories", "purposes", "permissions", "recipients", "rights"}


def _unknown(what: str, names: set[str]) -> str | None:
    return f"there is no {what} {', '.join(sorted(names))}" if names else None


def _json(block: Block, document: Document) -> str | None:
    values = json.loads(block.text)
    if not isinstance(values, dict):
        return None
    if "$schema" in values:
        jsonschema.validators.validator_for(values).check_schema(values)
    elif "@context" in values:
        shape = Shape.RECEIPT if "dpv:hasRecordOfActivity" in values else Shape.RECORD
        jsonschema.validate(values, schema(shape))
    elif values.get("logger") == "mingshi.endpoint":
        return _log_line(values)
    return None


def _log_line(values: dict[str, Any]) -> str | None:
    """A line of the endpoint's log has the fields that it writes."""
    source = (Path(__file__).parents[2] / "components" / "endpoint" / "logs.py").read_text("utf-8")
    return _unknown("field of the log", {name for name in values if f'"{name}"' not in source})


def _http(block: Block, document: Document) -> str | None:
    first, *rest = block.text.splitlines()
    head, _, body = "\n".join(rest).partition("\n\n")
    for line in head.splitlines():
        if not re.match(r"^[\w-]+: ", line):
            return f"{line!r} is no header"
    if body.strip() and "json" in head.lower():
        json.loads(body)
    if re.match(r"^HTTP/[\d.]+ \d{3}\b", first):
        return None
    call = re.sub(r" HTTP/[\d.]+$", "", first)
    if not re.match(r"^[A-Z]+ /", call):
        return f"{first!r} is neither a request nor an answer"
    return problem_of(re.sub(r"\?\S*", "", call), document)


def _html(block: Block, document: Document) -> str | None:
    """Every tag that is opened is closed: what is read and written again is as long as before."""
    written = str(BeautifulSoup(block.text, "html.parser"))
    tags = [re.findall(r"</?\w+", text) for text in (block.text, written)]
    return None if tags[0] == tags[1] else "a tag is not closed, or closed without being open"


def _text(block: Block, document: Document) -> str | None:
    """Output is held where its command is run; anything else is only to be there."""
    return None if block.text.strip() else "it is empty"


def _markdown(block: Block, document: Document) -> str | None:
    """A part of a pack takes the place of the part with its id in the pack that comes along."""
    found = _ENTRY.search(block.text)
    if found is None:
        return None
    with TemporaryDirectory() as name:
        pack = Path(shutil.copytree(EPIAO_FOLDER, Path(name) / "pack"))
        for path in sorted(pack.glob(f"*/zh_Hans/{block.section}")):
            entry = re.compile(rf"^\{{#{found[1]}\b.*?(?=^\{{#|\Z)", re.MULTILINE | re.DOTALL)
            own = block.text[found.start() :].rstrip() + "\n\n"
            there = path.read_text("utf-8")
            text, count = entry.subn(own.replace("\\", r"\\"), there)
            if count != 1:
                return f"{block.section} of the pack epiao has no {found[1]}"
            path.write_text(text, encoding="utf-8")
            try:
                load_pack(pack)
            except PackError as error:
                return str(error)
            return None
    return f"a pack has no file {block.section!r}; the heading above names the file"


def _mermaid(block: Block, document: Document) -> str | None:
    """Each line of a flow chart is a node, or an arrow between two."""
    kind, *lines = block.text.strip().splitlines()
    if not re.match(r"^(?:flowchart|graph) (?:TB|TD|BT|LR|RL)$", kind):
        return f"{kind!r} is no chart that this knows; it knows flowchart and graph"
    node = r'\w+(?:[\[({]+"[^"]*"[\])}]+)?'
    arrow = r'(?: -->| --- | -- "[^"]*" -->| -\.->| ==>)'
    line_of = re.compile(rf"^\s*(?:{node}(?:{arrow} {node})*|subgraph .+|end|%%.*)$")
    wrong = [line for line in lines if line.strip() and not line_of.match(line)]
    return f"{wrong[0].strip()!r} is neither a node nor an arrow" if wrong else None


READERS: dict[str, Callable[[Block, Document], str | None]] = {
    "toml": _toml,
    "json": _json,
    "http": _http,
    "html": _html,
    "text": _text,
    "markdown": _markdown,
    "mermaid": _mermaid,
}
"""Each kind of data, and how it is read."""
