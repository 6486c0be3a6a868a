"""Every example of every component, headless, in every language."""

from __future__ import annotations

from typing import Any

import pytest

from components.i18n import available_locales
from components.policy import Pack
from components.policy.notice import first_notice, prompt_notice, purpose_notice
from components.prototype.gallery import COMPONENTS, addresses, gallery
from tests.pilot import running

pytestmark = pytest.mark.anyio

SIZES = [(320, 640), (412, 892), (1280, 800)]
# Every example in every language, and every example and every language at every size; not each
# example in each language at each size, which finds no more and takes three times as long.
CASES = [
    (address, locale, SIZES[(place + turn) % len(SIZES)])
    for place, address in enumerate(addresses())
    for turn, locale in enumerate(available_locales())
]


def in_order(wanted: tuple[str, ...], shown: list[str]) -> bool:
    """Whether the lines appear among what is shown, in their order."""
    left = iter(shown)
    return all(any(line == text for text in left) for line in wanted)


@pytest.mark.parametrize(("address", "locale", "size"), CASES)
async def test_it_shows_without_a_problem(
    pack: Pack, address: str, locale: str, size: tuple[int, int]
) -> None:
    async with running(
        gallery(pack), route=f"{address}?locale={locale}", width=size[0], height=size[1]
    ) as pilot:
        assert pilot.all_by_role("heading"), "a screen without a heading"
        assert pilot.all_by_role("button"), "a screen without anything to do"
        for text in pilot.texts():
            assert "{" not in text, f"a slot was not filled: {text}"
            assert "**" not in text, f"markup came through: {text}"


@pytest.mark.parametrize("locale", available_locales())
async def test_the_first_notice_shows_exactly_the_words_that_are_hashed(
    pack: Pack, locale: str
) -> None:
    async with running(gallery(pack), route=f"/first-notice/default?locale={locale}") as pilot:
        *words, accept, refuse = first_notice(pack, locale).lines
        assert in_order((*words, refuse, accept), pilot.texts())


@pytest.mark.parametrize("locale", available_locales())
@pytest.mark.parametrize("prompt", ["location", "album", "photo-picker"])
async def test_a_prompt_shows_exactly_the_words_that_are_hashed(
    pack: Pack, prompt: str, locale: str
) -> None:
    lines = prompt_notice(pack, prompt, locale).lines
    *words, accept, refuse = lines
    async with running(gallery(pack), route=f"/prompt/{prompt}?locale={locale}") as pilot:
        assert in_order((*words, refuse, accept), pilot.texts())


@pytest.mark.parametrize("locale", available_locales())
async def test_a_purpose_shows_exactly_the_words_that_are_hashed(pack: Pack, locale: str) -> None:
    async with running(gallery(pack), route=f"/purpose/analytics?locale={locale}") as pilot:
        assert in_order(purpose_notice(pack, "usage-analytics", locale).lines, pilot.texts())


@pytest.mark.parametrize(
    ("address", "key", "did"),
    [
        ("/first-notice/default", "first-notice.accept", "choose accept"),
        ("/first-notice/default", "first-notice.refuse", "choose refuse"),
        ("/first-notice/default", "first-notice.policy", "read"),
        ("/first-notice/default", "first-notice.language", "language"),
        ("/prompt/location", "prompt.accept", "choose accept"),
        ("/prompt/location", "prompt.refuse", "choose refuse"),
        ("/prompt/location", "prompt.clause", "read location"),
        ("/prompt/in-place", "in-place.accept", "choose accept"),
        ("/purpose/analytics", "purpose.refuse", "choose refuse"),
        ("/reader/beginning", "page.close", "close"),
        ("/centre/all-sent", "withdraw.nearby-cinema", "withdraw nearby-cinema"),
        ("/centre/all-sent", "give.avatar-upload", "give avatar-upload"),
        ("/centre/all-sent", "withdraw.notice", "withdraw-notice"),
        ("/centre/browse-only", "give.notice", "show-notice"),
    ],
)
async def test_pressing_does_what_it_says(pack: Pack, address: str, key: str, did: str) -> None:
    done: list[str] = []
    async with running(gallery(pack, done.append), route=address) as pilot:
        assert done == []
        await pilot.tap(pilot.by_key(key))
        assert done == [did]


@pytest.mark.parametrize("locale", available_locales())
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/first-notice/default", "first-notice"),
        ("/prompt/location", "prompt"),
        ("/prompt/in-place", "in-place"),
        ("/purpose/analytics", "purpose"),
    ],
)
async def test_saying_no_looks_like_saying_yes(
    pack: Pack, address: str, name: str, locale: str
) -> None:
    async with running(gallery(pack), route=f"{address}?locale={locale}") as pilot:
        yes, no = (pilot.by_key(f"{name}.{choice}") for choice in ("accept", "refuse"))
        assert drawn(yes) == drawn(no)
        assert not yes.get("autofocus")


def drawn(node: Any) -> Any:
    """What of a control is drawn, but for its words: no ids, names or texts."""
    if isinstance(node, dict):
        return {
            key: drawn(value) for key, value in node.items() if key not in ("_i", "key", "value")
        }
    return node


async def test_the_reader_draws_a_window_and_jumps(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/beginning?locale=zh_Hans") as pilot:
        clauses = list(pack.document("zh_Hans").clauses())
        assert not pilot.says(clauses[-1].title)
        with pilot.traffic() as traffic:
            await pilot.tap(pilot.by_key("reader.contents"))
            await pilot.tap(pilot.by_key(f"reader.to.{clauses[-1].id}"))
        assert pilot.says(clauses[-1].title)
        assert not pilot.says(clauses[0].title)
        assert traffic.size < 60_000
        await pilot.tap(pilot.by_key("reader.earlier"))
        assert pilot.says(clauses[-8].title)


async def test_the_reader_grows_by_button_to_the_last_clause(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/beginning?locale=en") as pilot:
        last = list(pack.document("en").clauses())[-1]
        for _ in range(20):
            if not pilot.has_key("reader.later"):
                break
            await pilot.tap(pilot.by_key("reader.later"))
        assert pilot.says(last.title)


async def test_sensitive_information_is_marked_by_sign_and_spoken_word(pack: Pack) -> None:
    async with running(gallery(pack), route="/reader/at-location?locale=zh_Hans") as pilot:
        spans = [
            span
            for node in pilot.all("Text")
            for span in node.get("spans") or []
            if "行踪轨迹" in str(span.get("text"))
        ]
        assert spans
        assert all(span["text"].startswith("◆") for span in spans)
        assert all(span["semantics_label"] == "敏感信息：行踪轨迹" for span in spans)


def test_every_component_has_examples_with_unique_names() -> None:
    for examples in COMPONENTS.values():
        names = [example.name for example in examples]
        assert names
        assert len(names) == len(set(names))


async def test_the_contents_list_every_example(pack: Pack) -> None:
    async with running(gallery(pack), route="/", web=True) as pilot:
        listed = " ".join(
            str(span.get("url")) for node in pilot.all("Text") for span in node.get("spans") or []
        )
        assert all(f"{address}?locale=" in listed for address in addresses())
