"""Generates the web assets: the index page, the list of fonts, and the font.

    python -m components.prototype.web_assets [--fonts FOLDER]

A development tool: its results lie in `assets/` and are committed. Without `--fonts` the font
stays as it is. The folder holds, at any depth, Noto Sans CJK, Noto Sans and Noto Sans Arabic,
under the SIL Open Font License (Debian: fonts-noto-cjk, fonts-noto-core in /usr/share/fonts).
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from flet_web import get_package_web_dir

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "FONT_MANIFEST",
    "INDEX",
    "font_manifest",
    "index_html",
    "main",
]

_ASSETS = Path(__file__).resolve().parents[2] / "assets"
INDEX = _ASSETS / "index.html"
"""The generated index page."""
FONT_MANIFEST = _ASSETS / "assets" / "FontManifest.json"
"""The generated list of fonts."""

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        # The page's own configuration is an inline script that Flet fills in at run time.
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",
    ]
)
"""What the page may load: this origin, and what it makes itself."""

_TITLE = "明示 · Mingshi"
_DESCRIPTION = "Policies and consent, shown and kept."
_FONTS_LEFT_OUT = ("packages/flutter_math_fork/", "packages/cupertino_icons/")
"""Twenty files for LaTeX in Markdown, which no policy has, and icons that nothing here shows."""
_OURS = "fonts/roboto.woff2"
"""Our font, which Flet itself adds to the list when it serves or publishes."""
EMPTY_FONT = "fonts/empty.woff2"
"""The font without characters, below the assets."""
_STARTING = "正在载入… Loading…"

# The client appends a script of a third party at start, whatever it is told. The policy would
# refuse it too, but with an error in the console; this way it is never asked for.
_SCRIPT_GUARD = """\
  <script>
    (() => {
      const append = Element.prototype.append;
      const isForeign = (node) => node instanceof HTMLScriptElement && node.src &&
        !node.src.startsWith('blob:') && new URL(node.src).origin !== location.origin;
      Element.prototype.append = function (...nodes) {
        return append.apply(this, nodes.filter((node) => !isForeign(node)));
      };
    })();
  </script>
"""

# Flutter builds the accessibility tree only after a screen reader has pressed a hidden button.
# It is pressed here for everybody, so that nobody has to know about it. On a phone Flutter takes a
# press for a person's own only if it comes at the button's middle, and then waits a moment.
_SEMANTICS = """\
  <script>
    window.addEventListener('flutter-first-frame', () => {
      let pressed = false;
      const press = () => {
        const placeholder = document.querySelector('flt-semantics-placeholder');
        if (placeholder) {
          const at = placeholder.getBoundingClientRect();
          placeholder.dispatchEvent(new MouseEvent('click', {
            bubbles: true, clientX: at.x + at.width / 2, clientY: at.y + at.height / 2,
          }));
          pressed = true;
        }
        if (placeholder || !pressed) requestAnimationFrame(press);
      };
      press();
    }, { once: true });
  </script>
"""

_CLIENT_WAITS = "Working..."
# The client takes its own "loading" away at its first frame, and says this, in English, until the
# app has something to show; where Python runs in the browser that takes seconds. So ours has
# another name, and goes when somebody other than the client speaks. What never says a word is
# shown after a second.
_UNCOVERING = f"""\
  <script>
    window.addEventListener('flutter-first-frame', () => {{
      const starting = document.getElementById('starting');
      let silent = performance.now();
      const look = () => {{
        const host = document.querySelector('flt-semantics-host');
        const words = host?.textContent.trim()
          || host?.querySelector('[aria-label]')?.getAttribute('aria-label');
        const now = performance.now();
        if (words) silent = now;
        if (words ? words !== '{_CLIENT_WAITS}' : now - silent > 1000) starting.remove();
        else requestAnimationFrame(look);
      }};
      look();
    }}, {{ once: true }});
  </script>
"""

# The client puts the name of a font of Google's behind this address when ours lacks a character.
# Behind a "#" the name is not sent, so that one empty font is there for all, on any server: if
# there were none, CanvasKit would ask for it several times a second.
_NO_OTHER_FONTS = f"""
  <script>
    flet.fontFallbackBaseUrl = "assets/{EMPTY_FONT}#";
  </script>
"""

# System fonts: shown before any of ours has arrived, so it cannot show as boxes.
_STARTING_BLOCK = f"""\
  <div id="starting" role="status">
    <style>
      #starting {{
        position: fixed;
        inset: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        justify-content: center;
        background: #ffffff;
        color: #1b1b1f;
        font: 16px/1.5 system-ui, sans-serif;
      }}

      @media (prefers-color-scheme: dark) {{
        #starting {{
          background: #121316;
          color: #e3e2e6;
        }}
      }}
    </style>
    <p>{_STARTING}</p>
  </div>
"""


def index_html(original: str) -> str:
    """Make the index page from the one that comes with flet-web.

    Args:
        original: that page; its `<!-- fletAppConfig -->` mark stays, for Flet to fill in.

    Raises:
        ValueError: the page no longer has a part that this changes; look at what Flet changed.
    """
    page = original
    for pattern, replacement in (
        (r"<html>", '<html lang="zh-Hans">'),
        (r"<title>.*?</title>", f"<title>{_TITLE}</title>"),
        (r'(<meta name="description" content=")[^"]*', rf"\g<1>{_DESCRIPTION}"),
        (r'(<meta name="apple-mobile-web-app-title" content=")[^"]*', rf"\g<1>{_TITLE}"),
        (
            r'(  <meta charset="UTF-8">\n)',
            r"\g<1>"
            '  <meta http-equiv="Content-Security-Policy"\n'
            f'    content="{CONTENT_SECURITY_POLICY}">\n'
            # A browser does not look ahead in a page that has its policy inside.
            '  <link rel="preload" as="script" href="flutter_bootstrap.js">\n'
            f"{_early_fonts()}",
        ),
        (r"  (?=<!-- fletAppConfig -->)", f"{_SCRIPT_GUARD}\n{_SEMANTICS}\n{_UNCOVERING}\n  "),
        (r"(?<=<!-- fletAppConfig -->\n)", _NO_OTHER_FONTS),
        (r'  <div id="loading".*?</div>\n', _STARTING_BLOCK),
    ):
        page, count = re.subn(pattern, replacement, page, flags=re.DOTALL)
        if count != 1:
            raise ValueError(f"{pattern!r} fits {count} places of flet-web's index.html, not 1")
    return page


def installed_index_html() -> str:
    """The index page that comes with the installed flet-web."""
    return (Path(get_package_web_dir()) / "index.html").read_text(encoding="utf-8")


def font_manifest() -> str:
    """The client's list of fonts, without those that nobody sees.

    The client loads the whole list before its first frame.
    """
    return json.dumps(_font_families(), indent=1) + "\n"


def _font_families() -> list[dict[str, Any]]:
    original = Path(get_package_web_dir()) / "assets" / "FontManifest.json"
    return [
        font
        for font in json.loads(original.read_text(encoding="utf-8"))
        if not font["family"].startswith(_FONTS_LEFT_OUT)
    ]


def _early_fonts() -> str:
    """Links that have the fonts fetched while the client's program still is on its way.

    The client asks for them only once its program runs, and until then the line would lie idle.
    """
    assets = [one["asset"] for family in _font_families() for one in family["fonts"]]
    return "".join(
        f'  <link rel="preload" as="fetch" crossorigin fetchpriority="low" href="assets/{name}">\n'
        for name in ("FontManifest.json", *assets, _OURS)
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="web_assets", description=__doc__.split("\n")[0])
    parser.add_argument("--fonts", type=Path, help="folder of the Noto fonts, to make ours anew")
    options = parser.parse_args(arguments)
    INDEX.write_text(index_html(installed_index_html()), encoding="utf-8")
    FONT_MANIFEST.write_text(font_manifest(), encoding="utf-8")
    if options.fonts is not None:
        # Needs fontTools, which is not installed where the kit runs.
        from .empty_font import write_empty_font
        from .web_font import write_font

        write_font(options.fonts)
        write_empty_font()


if __name__ == "__main__":
    main()
