"""The semantics tree of what is on the screen without its words."""

from __future__ import annotations

from playwright.async_api import Page

from .layout import OWN


async def shape(page: Page) -> str:
    """Every element with its role, states and structure; of words only whether there are any.

    What belongs to the stage and not to what is shown on it is left out.
    """
    return str(await page.evaluate(_SHAPE, OWN))


# Where something lies, and the number that the engine gave it, make no difference to anybody.
_SHAPE = """\
(own) => {
  const host = document.querySelector('flt-semantics-host');
  const numbers = new Map();
  const number = (id) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size);
    return numbers.get(id);
  };
  const words = new Set(['aria-label', 'aria-description', 'aria-valuetext', 'placeholder',
    'title', 'value']);
  const indifferent = new Set(['style', 'id', 'class', 'dir', 'lang', 'flt-semantics-identifier']);
  const said = (name, value) => {
    if (words.has(name)) return value.trim() ? 'words' : '';
    if (['aria-owns', 'aria-controls', 'aria-labelledby', 'aria-describedby'].includes(name)) {
      return value.split(' ').map(number).join(' ');
    }
    return value;
  };
  const out = [`title ${document.title.trim() ? 'words' : ''}`,
    `lang ${document.documentElement.lang ? 'words' : ''}`];
  const walk = (node, depth) => {
    if (node.getAttribute('flt-semantics-identifier')?.startsWith(own)) return;
    const attributes = [...node.attributes]
      .filter(({name}) => !indifferent.has(name))
      .map(({name, value}) => `${name}=${said(name, value)}`).sort();
    if (node.id) attributes.push(`#${number(node.id)}`);
    const text = [...node.childNodes].some((it) => it.nodeType === Node.TEXT_NODE
      && it.textContent.trim());
    out.push(`${depth} ${node.tagName} ${attributes.join(' ')} ${text ? 'words' : ''}`);
    for (const child of node.children) walk(child, depth + 1);
  };
  walk(host, 0);
  return out.join('\\n');
}"""
