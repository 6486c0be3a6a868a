"""Where in the app something went wrong: read from the record, shown from pictures of the build."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from components.study.measures.screens import Before, before_at
from components.study.pictures import NoPictures, folder_of, put_pictures, read_pictures
from components.study.record import Event
from components.study.reporting.analysis import analyse
from components.study.reporting.crops import cut
from components.study.reporting.fault import ReportFault
from components.study.reporting.findings import Kind
from components.study.reporting.making import written
from components.study.reporting.source import read_source
from components.study.reporting.writer import LOCALES

from .reported import FEW, few
from .test_report import Reader
from .test_ways import section

WIDTH, HEIGHT = 390, 844
BUTTON = (0.1, 0.8, 0.9, 0.9)
"""Where the control of the pictures lies: in their lower part."""
UPPER, LOWER = (20, 40, 200), (40, 160, 60)


def picture() -> bytes:
    """A screen that is blue above and green below, so that one sees which part of it is shown."""
    image = Image.new("RGB", (WIDTH, HEIGHT), UPPER)
    image.paste(LOWER, (0, HEIGHT // 2, WIDTH, HEIGHT))
    written = BytesIO()
    image.save(written, "WEBP", lossless=True)
    return written.getvalue()


def put(folder: Path, *screens: str) -> None:
    """Pictures in both languages, in which the button ``prompt.clause`` lies below."""
    for locale in FEW.locales:
        for condition in FEW.design.conditions:
            taken = {it: (picture(), {"prompt.clause": BUTTON}) for it in screens}
            put_pictures(folder_of(folder, locale, condition), taken)


def events(*happened: tuple[str, dict[str, Any]]) -> tuple[Event, ...]:
    found = []
    for seq, (name, data) in enumerate(happened, start=1):
        notice = data.pop("notice", None)
        found.append(Event(seq, float(seq), float(seq), name, data, notice=notice))
    return tuple(found)


def tap(control: str) -> tuple[str, dict[str, Any]]:
    return "stim.tap", {"control": control}


def opened(layer: str) -> tuple[str, dict[str, Any]]:
    return "stim.layer.opened", {"opened": layer, "how": "button"}


def closed(layer: str) -> tuple[str, dict[str, Any]]:
    return "stim.layer.closed", {"closed": layer, "how": "back"}


def asked(name: str) -> tuple[str, dict[str, Any]]:
    return "stim.notice.shown", {"notice": f"{name}@2021-11-01", "exposure": 1}


def answered(name: str) -> tuple[str, dict[str, Any]]:
    return "stim.decision.made", {"notice": f"{name}@1", "choice": "grant", "via": "button"}


BEGUN = ("study.task.started", {"task": "see_nearby"})


def test_a_screen_is_what_was_opened_last_and_not_left() -> None:
    happened = events(
        BEGUN,
        asked("first-notice"),
        answered("base"),
        tap("navigationbar"),
        tap("city.locate"),
        asked("location"),
        tap("prompt.clause"),
        opened("full"),
        ("stim.section.entered", {"section": "location"}),
        closed("full"),
        answered("location"),
        ("stim.os_prompt.requested", {"permission": "location"}),
        ("stim.os_prompt.returned", {"permission": "location", "state": "granted"}),
        tap("me.centre"),
        opened("centre"),
        tap("withdraw.nearby-cinema"),
    )
    assert [before_at(happened, it.seq) for it in happened] == [
        Before("home", None),
        Before("first-notice", None),
        Before("home", None),
        # Which of the main screens was chosen is not told until something is pressed there.
        None,
        Before("city", "city.locate"),
        Before("question:location", None),
        Before("question:location", "prompt.clause"),
        Before("policy", None),
        Before("policy:location", None),
        Before("question:location", None),
        Before("city", None),
        Before("system", None),
        Before("city", None),
        Before("me", "me.centre"),
        Before("centre", None),
        Before("centre", "withdraw.nearby-cinema"),
    ]


def test_outside_of_a_task_it_was_not_the_app() -> None:
    happened = events(
        ("study.item.answered", {}),
        BEGUN,
        tap("me.policy"),
        opened("full"),
        ("study.task.gave_up", {"task": "see_nearby"}),
        ("study.task.shown", {"task": "find_retention"}),
        ("study.task.started", {"task": "find_retention"}),
    )
    found = [before_at(happened, it.seq) for it in happened]
    assert found[0] is None and found[5] is None
    assert found[4] == Before("policy", None), "where somebody gave up is where they were"
    # The next task begins at the app's own screens.
    assert found[6] == Before("me", None)


def test_an_app_that_was_wiped_is_at_its_first_screen() -> None:
    happened = events(BEGUN, tap("me.centre"), opened("centre"), ("study.app.renewed", {}), BEGUN)
    assert before_at(happened, 5) == Before("home", None)


def test_pictures_are_read_as_they_were_put(tmp_path: Path) -> None:
    put(tmp_path, "home", "policy:retention")
    (condition,) = FEW.design.conditions
    found = read_pictures(folder_of(tmp_path, "en", condition))
    assert set(found) == {"home", "policy:retention"}
    assert found["home"].boxes == {"prompt.clause": BUTTON}
    assert found["policy:retention"].path.read_bytes() == picture()
    assert read_pictures(folder_of(tmp_path, "ar", condition)) == {}
    two = {"timing": "early", "opening": "full"}
    assert folder_of(tmp_path, "en", two).name == "opening=full,timing=early"


@pytest.mark.parametrize("spoil", ["format", "boxes", "file"])
def test_pictures_that_do_not_go_together_are_told_with_their_place(
    tmp_path: Path, spoil: str
) -> None:
    folder = few(tmp_path, 1)
    put(tmp_path, "home")
    own = folder_of(tmp_path, "en", FEW.design.conditions[0])
    path = own / "pictures.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    if spoil == "format":
        values["format"] = 2
    elif spoil == "boxes":
        values["screens"]["home"]["boxes"] = {"a": [1, 2, 3]}
    else:
        next(own.glob("*.webp")).unlink()
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(NoPictures, match=r"webp" if spoil == "file" else r"pictures\.json"):
        read_pictures(own)
    with pytest.raises(ReportFault, match=r"Remedy: .*study pictures"):
        read_source(folder.path)


def shown_in(page: str) -> list[tuple[str, Image.Image]]:
    """The pictures of a report, with what each is said to show."""
    found = re.findall(r'<img src="data:image/webp;base64,([^"]+)"[^>]* alt="([^"]+)">', page)
    return [(alt, Image.open(BytesIO(b64decode(data))).convert("RGB")) for data, alt in found]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_finding_shows_the_screen_at_which_it_was_noted(tmp_path: Path, locale: str) -> None:
    folder = few(tmp_path)
    put(tmp_path, "question:nearby-cinema", "me")
    analysis = analyse(read_source(folder.path))
    page = written(analysis, locale, sharing=False)
    Reader(page)
    shown = shown_in(page)
    question = {
        "zh_Hans": "应用界面：询问：附近影院",
        "en": "A screen of the app: The question: Nearby cinemas",
    }
    assert question[locale] in [alt for alt, _ in shown]
    # Bots note as soon as they are asked, having pressed nothing: the upper part of the screen.
    first = next(image for alt, image in shown if alt == question[locale])
    assert near(first.getpixel((140, 5)), UPPER) and near(
        first.getpixel((140, first.height - 5)), UPPER
    )
    noted = [it for it in analysis.findings if it.kind is Kind.NOTED]
    assert noted and "P3 #" in section(page, "findings")
    # Each picture is small, and no finding has more than two of them.
    assert len(page.encode()) < len(written(plain(tmp_path), locale, sharing=False)) + 200_000
    assert len(shown) <= 2 * len(analysis.findings)


def near(found: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 30 for one, other in zip(found, wanted, strict=True))


def plain(folder: Path) -> Any:
    """What is found in the same folder without pictures."""
    for path in (folder / "pictures").rglob("*.*"):
        path.unlink()
    return analyse(read_source(folder))


def test_what_was_pressed_last_is_framed_and_in_the_middle(tmp_path: Path) -> None:
    put(tmp_path, "home")
    (found,) = read_pictures(folder_of(tmp_path, "en", FEW.design.conditions[0])).values()
    content, width, height = cut(found, "prompt.clause")
    image = Image.open(BytesIO(content)).convert("RGB")
    assert image.size == (width, height) and width == 280
    # The button lies at 80 to 90 % of the screen, of which the last 42 % are shown.
    assert near(image.getpixel((140, 20)), LOWER)
    frame = round((BUTTON[1] - 0.58) / 0.42 * height)
    column = [image.getpixel((140, y)) for y in range(frame - 6, frame + 6)]
    # A picture so small is not sharp: the frame is redder than all around it.
    assert max(it[0] for it in column if isinstance(it, tuple)) > 3 * LOWER[0], column


def test_a_choices_button_is_framed_by_what_it_does(tmp_path: Path) -> None:
    taken = {"centre": (picture(), {"withdraw.nearby-cinema": BUTTON})}
    put_pictures(tmp_path, taken)
    (found,) = read_pictures(tmp_path).values()
    plain_cut = cut(found, "act.avatar-upload")[0]
    assert cut(found, "act.nearby-cinema")[0] != plain_cut == cut(found, None)[0]


@pytest.mark.parametrize("locale", LOCALES)
def test_without_pictures_the_report_has_none_and_says_so(tmp_path: Path, locale: str) -> None:
    page = written(analyse(read_source(few(tmp_path).path)), locale, sharing=False)
    assert shown_in(page) == [] and "mingshi study pictures" in section(page, "findings")


def test_others_see_no_screen_of_fewer_than_five(tmp_path: Path) -> None:
    folder = few(tmp_path)
    put(tmp_path, "question:nearby-cinema", "me", "home")
    analysis = analyse(read_source(folder.path))
    assert shown_in(written(analysis, "en", sharing=False))
    assert max(it.people for it in analysis.findings if it.kind is not Kind.ITEM) < 5
    assert shown_in(written(analysis, "en", sharing=True)) == []
