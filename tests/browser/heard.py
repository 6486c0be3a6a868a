"""What a screen reader is told without being asked: what is put into the page's live regions."""

from __future__ import annotations

from playwright.async_api import Page

from .settled import wait_until


class Heard:
    """What was announced on a page since :meth:`listen`.

    Args:
        page: The page to listen to.
    """

    def __init__(self, page: Page) -> None:
        self._page = page

    async def listen(self) -> None:
        """Begin; what was said before is forgotten."""
        await self._page.evaluate(_LISTEN)

    async def so_far(self) -> list[str]:
        """Everything that was announced, in order."""
        return [str(it) for it in await self._page.evaluate("() => window.announced")]

    async def waits_for(self, words: str) -> None:
        """Wait until something with these words was announced.

        Raises:
            AssertionError: It was not; the message shows what was.
        """

        async def told() -> bool:
            return any(words in it for it in await self.so_far())

        try:
            await wait_until(told, f"an announcement of {words!r}")
        except AssertionError:
            raise AssertionError(f"{words!r} not in {await self.so_far()}") from None

    async def forget(self) -> None:
        """Forget what was announced."""
        await self._page.evaluate("() => { window.announced.length = 0; }")


_LISTEN = """\
() => {
  if (window.announced) { window.announced.length = 0; return; }
  window.announced = [];
  const listen = (root) => {
    for (const it of root.querySelectorAll('[aria-live]')) {
      new MutationObserver(() => it.textContent && window.announced.push(it.textContent))
        .observe(it, {childList: true, characterData: true, subtree: true});
    }
    for (const it of root.querySelectorAll('*')) if (it.shadowRoot) listen(it.shadowRoot);
  };
  listen(document);
}"""
