"""The pictures for a report, taken in Chromium: of the screen that is meant, with its controls."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from components.fairness.adapters.launching import chromium
from components.prototype.shell import Tab
from components.prototype.studying.picturing import HEIGHT, WIDTH, Taken, take_on_tour
from components.prototype.studying.walking import Walker

from .stations import FIRST_LOOK, PACK, READY
from .test_run_command import run

pytestmark = pytest.mark.anyio


async def to_the_policy(walker: Walker) -> None:
    await walker.begins("first-notice.accept")
    await walker.press("first-notice.accept", "home.search")
    await walker.go_to(Tab.ME, "me.policy")
    await walker.press("me.policy", "reader.contents")
    await walker.jump_to("retention")


async def test_each_screen_of_a_tour_is_a_picture_with_its_controls() -> None:
    taken: Taken = {}
    async with chromium() as browser:
        await take_on_tour(browser, FIRST_LOOK, (PACK, {}, "zh_Hans"), to_the_policy, taken, {})
    assert set(taken) == {"first-notice", "home", "me", "policy", "policy:retention"}
    pictures = {}
    for screen, (content, boxes) in taken.items():
        pictures[screen] = Image.open(BytesIO(content)).convert("RGB")
        assert pictures[screen].size == (WIDTH, HEIGHT) and len(content) < 80_000
        assert all(left < right and top < bottom for left, top, right, bottom in boxes.values())
    accept = taken["first-notice"][1]["first-notice.accept"]
    refuse = taken["first-notice"][1]["first-notice.refuse"]
    # The two answers lie beside each other at the foot.
    assert accept[1] == pytest.approx(refuse[1], abs=0.01) and accept[1] > 0.8
    assert "me.policy" in taken["me"][1] and "me.policy" not in taken["home"][1]
    # Something is painted, and a jump shows another part of the text.
    assert all(len(it.getcolors(1 << 20) or []) > 50 for it in pictures.values())
    assert pictures["policy"].tobytes() != pictures["policy:retention"].tobytes()
    assert "reader.actions.retention" in taken["policy:retention"][1]


def test_a_language_of_another_study_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("pictures", READY / "first-look.toml", tmp_path, "--locale", "ar") == 2
    assert "not held in ar" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
