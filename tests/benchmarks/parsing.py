"""Reading a policy: our document against the bare parse, and a pack against its documents."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt

from components.places import data_folder
from components.policy import load_pack
from components.policy.markdown import parse_document

from .figures import Figure, Size
from .timing import in_turn

_PACK = data_folder("policy_content") / "epiao"
_POLICY = _PACK / "2026-01-01" / "zh_Hans" / "policy.md"


def measure(size: Size) -> list[Figure]:
    """The delivered policy, and its whole pack."""
    rounds = 30 if size is Size.FULL else 1
    return [_document(_POLICY.read_text(encoding="utf-8"), rounds), _again(_PACK, rounds)]


def _document(text: str, rounds: int) -> Figure:
    ours, theirs, ratio = in_turn(
        lambda: parse_document(text), lambda: MarkdownIt("commonmark").parse(text), rounds
    )
    return Figure(
        "document of the delivered policy / its bare markdown-it-py parse",
        ratio,
        at_most=1.5,
        behind={
            "bytes": len(text.encode()),
            "document, ms": ours * 1e3,
            "bare parse, ms": theirs * 1e3,
        },
    )


def _again(folder: Path, rounds: int) -> Figure:
    """A pack that was loaded before, against reading all its documents."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("policy.md"))]
    load_pack(folder)
    again, first, ratio = in_turn(
        lambda: load_pack(folder), lambda: [parse_document(it) for it in texts], max(1, rounds // 5)
    )
    return Figure(
        "loading a pack already seen / reading its policies",
        ratio,
        at_most=0.2,
        behind={"load, ms": again * 1e3, "policies, ms": first * 1e3},
    )
