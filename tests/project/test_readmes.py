"""README.md and README.zh.md say the same, as far as that can be counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
OTHER = {ENGLISH: CHINESE, CHINESE: ENGLISH}

IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Section:
    """What can be counted between one heading and the next.

    Attributes:
        level: Of its heading.
        code: Its code blocks, each with its language.
        links: Where its links lead, in any order: languages order a sentence differently.
        pictures: In their order.
        items: Entries of lists.
        paragraphs: Of text.
        quoted: Names and commands in running text, in any order.
    """

    level: int
    code: tuple[str, ...]
    links: tuple[str, ...]
    pictures: tuple[str, ...]
    items: int
    paragraphs: int
    quoted: tuple[str, ...]


def sections(text: str) -> list[Section]:
    """The sections of a Markdown text."""
    code: list[str] = []

    def keep(block: re.Match[str]) -> str:
        code.append(block[0])
        return f"\0{len(code) - 1}"

    text = re.sub(r"^```.*?^```$", keep, text, flags=re.DOTALL | re.MULTILINE)
    parts = re.split(r"^(#+) .*$", text, flags=re.MULTILINE)[1:]
    return [
        section(len(hashes), body, code)
        for hashes, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def section(level: int, body: str, code: list[str]) -> Section:
    """One section; ``code`` holds the blocks that numbers in it stand for."""
    blocks = [block for block in re.split(r"\n\s*\n", body.strip()) if block]
    return Section(
        level,
        tuple(code[int(number)] for number in re.findall(r"\0(\d+)", body)),
        tuple(sorted(re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", body))),
        tuple(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", body)),
        len(re.findall(r"^- ", body, flags=re.MULTILINE)),
        sum(not block.startswith(("- ", "![", "\0")) for block in blocks),
        tuple(sorted(re.findall(r"`([^`]+)`", body))),
    )


def without_each_other(path: Path) -> str:
    """A README without the line at its top that leads to the other one."""
    text = path.read_text(encoding="utf-8")
    link = re.compile(rf"\A(# .*\n\n)\[[^\]]+\]\({re.escape(OTHER[path].name)}\)\n\n")
    assert link.match(text), f"{path.name} has no link to {OTHER[path].name} below its title"
    return link.sub(r"\1", text)


def test_they_are_equal_section_by_section() -> None:
    english, chinese = (sections(without_each_other(path)) for path in (ENGLISH, CHINESE))
    assert len(english) > 7
    assert english == chinese


def test_chinese_is_written_in_chinese() -> None:
    text = without_each_other(CHINESE)
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    silent = [line for line in prose.splitlines() if line.strip() and not IDEOGRAPH.search(line)]
    assert silent == []
    pictures = re.findall(r"!\[([^\]]*)\]", prose)
    assert pictures and all(IDEOGRAPH.search(words) for words in pictures)


def test_a_chinese_paragraph_is_one_line() -> None:
    """A browser draws a line break between two characters as a space."""
    text = re.sub(r"^```.*?^```$", "", CHINESE.read_text(encoding="utf-8"), flags=re.S | re.M)
    broken = [
        second
        for first, second in zip(text.splitlines(), text.splitlines()[1:], strict=False)
        if first.strip() and second.strip() and not second.startswith(("- ", "![", "#"))
    ]
    assert broken == []


def test_chinese_punctuation_is_wide() -> None:
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", CHINESE.read_text("utf-8"), flags=re.S)
    wrong = Counter(re.findall(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!(][\u4e00-\u9fff]", prose))
    assert wrong == {}


@pytest.mark.parametrize(
    "change",
    [
        ("## 先试一试", "### 先试一试"),
        ("venv .venv", "venv .env"),
        ("(docs/gate.md)", "(docs/lint.md)"),
        ("- 手机应用的打包", "手机应用的打包"),
        ("pictures/centre-zh.png", "pictures/nearby-zh.png"),
        ("`mingshi.consent.permissions`", "`mingshi.permissions`"),
        ("Windows 上的这两条命令还没有人试过。\n", ""),
    ],
)
def test_what_differs_is_seen(change: tuple[str, str]) -> None:
    text = without_each_other(CHINESE)
    assert change[0] in text
    assert sections(text.replace(*change, 1)) != sections(text)
