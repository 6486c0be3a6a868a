"""The process that serves a page is killed while a question is open: nothing is granted by it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from components.consent.ledger import Ledger

ROOT = Path(__file__).parents[2]
QUESTIONS = (
    "notice",
    "guardian",
    "notice",
    "prompt",
    "separate",
    "purpose",
    "prompt",
    "update",
    "prompt",
    "separate",
)
"""Ten lives, before the notice is accepted and after."""


@pytest.mark.timeout(300)
def test_ten_kills_with_a_question_open_grant_nothing(tmp_path: Path) -> None:
    for question in QUESTIONS:
        # A birth date stays where it was declared: the child has a device of their own.
        store = tmp_path / ("child.sqlite" if question == "guardian" else "record.sqlite")
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.killed", str(store), question],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        told = process.stdout.readline()
        process.kill()
        assert process.wait() == -9
        process.stdout.close()
        assert told, f"{question} was not asked"
        with closing(Ledger(store)) as ledger:
            events = list(ledger.events())
        assert len(events) == int(told), question
        agreed = [str(it.target) for it in events if it.status.permits]
        # The one tap on "agree" there was: on the notice, before the first prompt.
        before_notice = question in ("notice", "guardian")
        assert agreed == ([] if before_notice else ["notice:base"]), question
