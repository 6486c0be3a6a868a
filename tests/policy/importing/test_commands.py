"""``mingshi import`` and ``mingshi new`` as they are called."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from components.policy import Pack, load_pack
from components.policy.importing import command, is_placeholder, new_command
from components.policy.importing.decoding import LARGEST_FILE

TEXT = "小小剧场隐私政策\n一、收集\n不\uf967收集。\n二、共享\n深 处不共享。\n"


def run_import(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(argument) for argument in arguments]))


def run_new(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    new_command.add_arguments(parser)
    return new_command.run(parser.parse_args([str(argument) for argument in arguments]))


def test_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "policy.txt"
    source.write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "new" / "pack"
    options = ("--id", "theatre", "--alias", "小小剧场=小剧场", "--name", "剧场")
    assert run_import(source, "--into", folder, *options) == 0
    said = capsys.readouterr()
    assert "2 parts, 2 clauses, 0 recipients" in said.out and "3 repairs" in said.out
    assert f"reading {source}" in said.err
    pack: Pack = load_pack(folder)
    assert pack.id == "theatre" and pack.name == {"zh_Hans": "剧场"}
    assert pack.document("zh_Hans").clause("clause-2").text == "二、共享\n深处不共享。"
    report = (folder / command.REPORT_FILE).read_text(encoding="utf-8")
    assert "alias" in report and "stray-space" in report and "doubled-glyph" in report
    assert run_import(source, "--into", folder, "--id", "theatre") == 2
    assert "new or empty" in capsys.readouterr().err


def test_import_of_markdown_by_its_name(tmp_path: Path) -> None:
    source = tmp_path / "policy.MD"
    source.write_text("# T\n## A\n", encoding="utf-8")
    assert run_import(source, "--into", tmp_path / "a", "--id", "a", "--locale", "en") == 0
    assert load_pack(tmp_path / "a").document("en").title == "T"
    assert run_import(source, "--into", tmp_path / "b", "--id", "b", "--kind", "text") == 0
    assert load_pack(tmp_path / "b").document("zh_Hans").title == "b"


@pytest.mark.parametrize(
    ("name", "content", "options", "said"),
    [
        ("a.pdf", b"x", ("--id", "a"), "add --kind"),
        ("a.txt", b"x", ("--id", "A b"), "kebab-case"),
        ("a.txt", b"x", ("--id", "a", "--alias", "x"), "WRONG=RIGHT"),
        ("a.txt", b"x", ("--id", "a", "--alias", "=x"), "WRONG=RIGHT"),
        ("a.txt", b"\xff\xff", ("--id", "a"), "a.txt:1: the file is neither"),
        ("a.txt", b"x" * (LARGEST_FILE + 1), ("--id", "a"), "a.txt:1: the file has"),
        ("a.md", b"> " * 90 + b"a", ("--id", "a"), "a.md:1: blocks nest deeper"),
    ],
)
def test_import_says_what_is_wrong(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes,
    options: tuple[str, ...],
    said: str,
) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    assert run_import(source, "--into", tmp_path / "out", *options) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_import_of_a_file_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_import(tmp_path / "no.txt", "--into", tmp_path / "out", "--id", "a") == 2
    assert "no.txt" in capsys.readouterr().err


def test_without_the_extra_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.html"
    source.write_text("<p>x", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "markdownify", None)
    assert run_import(source, "--into", tmp_path / "out", "--id", "a") == 2
    assert "install mingshi[cli]" in capsys.readouterr().err


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "taken"
    taken.write_text("x", encoding="utf-8")
    assert run_new(taken, "--id", "a") == 2
    assert "new or empty" in capsys.readouterr().err


@pytest.mark.parametrize("locales", [(), ("en",), ("zh_Hant", "ar", "en")])
def test_new(tmp_path: Path, capsys: pytest.CaptureFixture[str], locales: tuple[str, ...]) -> None:
    options = ("--locales", *locales) if locales else ()
    assert run_new(tmp_path / "pack", "--id", "my-app", *options) == 0
    assert "mingshi lint" in capsys.readouterr().out
    pack = load_pack(tmp_path / "pack")
    assert pack.id == "my-app" and pack.locales == (locales or ("zh_Hans", "en"))
    for locale in pack.locales:
        texts = pack.texts_for(locale)
        assert is_placeholder(texts.document.title)
        assert len(texts.first_notice.cards) == 6
        assert all(
            is_placeholder(words)
            for card in texts.summary
            for words in (texts.summary_title, card.title, card.body)
        )


@pytest.mark.parametrize(
    "options",
    [
        ("--id", "My App"),
        ("--id", "a", "--locales", "x y"),
        ("--id", "a", "--locales", "en", "en"),
    ],
)
def test_new_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert run_new(tmp_path / "pack", *options) == 2
    assert capsys.readouterr().err.startswith("mingshi new: ")
    assert not (tmp_path / "pack").exists()
