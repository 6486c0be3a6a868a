"""The preview of a pack or of any Markdown file."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from components.prototype import preview_command
from components.prototype.preview_command import add_arguments, preview, run
from tests.pilot import running

pytestmark = pytest.mark.anyio


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


async def test_a_pack_opens_at_a_clause() -> None:
    document, version = preview_command._read(arguments("epiao", "--locale", "en"))
    async with running(preview(document, version, "en", "location")) as pilot:
        assert pilot.says("Finding cinemas near you")


async def test_any_markdown_opens_without_dates(tmp_path: Path) -> None:
    file = tmp_path / "terms.md"
    file.write_text("Privacy\n=======\n\nHello *there*.\n\n## Data\n\n- one\n- two\n", "utf-8")
    document, version = preview_command._read(arguments(str(file)))
    async with running(preview(document, version, "zh_Hans", None)) as pilot:
        for words in ("Privacy", "Hello", "Data", "one", "two"):
            assert pilot.says(words)
        assert not pilot.says("发布")


@pytest.mark.parametrize(
    ("source", "told"), [("no-such-pack", "or one of: epiao, piaoqian"), ("broken", "pack.toml:1")]
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    source: str,
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.toml").write_text("id = ", "utf-8")
    assert run(arguments(source)) == 2
    assert told in capsys.readouterr().err
