"""How Sphinx makes a site of these pages; docs/contributing.md has the command."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent

STANDS_IN = {
    "changelog": "CHANGELOG.md",
    "readme": "README.md",
    "security": "SECURITY.md",
    "zh": "README.zh.md",
}
"""Pages of the site whose text is a file of the project's root."""

ON_THE_SITE = {ROOT / source: DOCS / f"{page}.md" for page, source in STANDS_IN.items()}
"""Where a link to a file of the root leads on the site."""

LANGUAGES = {"zh": "zh-Hans"}
"""Pages that are not in English, so that letters and line breaks are those of their language."""


def _import_the_kit() -> None:
    """Make the folder beside this one the package ``mingshi``, whatever is installed."""
    folder = ROOT / "components"
    spec = spec_from_file_location(
        "mingshi", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder} holds no kit")
    module = module_from_spec(spec)
    sys.modules["mingshi"] = module
    spec.loader.exec_module(module)


_import_the_kit()

project = "Mingshi 明示"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "index"
exclude_patterns = ["_static", "contact-sheets/*.webp"]

myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_use_ivar = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

html_theme = "furo"
html_title = project
# The kit's own font, for readers whose system has no Chinese letters; others never fetch it.
html_static_path = ["_static", "../assets/assets/fonts", "../assets/fonts/OFL.txt"]
html_css_files = ["site.css"]
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
html_domain_indices = False


def _read(app: Sphinx, page: str, source: list[str]) -> None:
    """Put a file of the root in its page's place, and let links lead to pages of the site."""
    at = DOCS
    if page in STANDS_IN:
        original = ROOT / STANDS_IN[page]
        app.env.note_dependency(str(original))
        source[0], at = original.read_text(encoding="utf-8"), ROOT
    else:
        at = (DOCS / page).parent
    to = (DOCS / page).parent

    def lead(link: re.Match[str]) -> str:
        target = Path(os.path.normpath(at / link[1]))
        if not target.is_file():
            return link[0]
        target = ON_THE_SITE.get(target, target)
        anchor = link[2] or ""
        return f"]({Path(os.path.relpath(target, to)).as_posix()}{anchor})"

    source[0] = re.sub(r"\]\(([^)#:\s]+)(#[^)\s]*)?\)", lead, source[0])


def _speak(
    app: Sphinx, page: str, template: str, context: dict[str, Any], document: object
) -> None:
    """Say in which language a page is."""
    context["language"] = LANGUAGES.get(page, "en")


def setup(app: Sphinx) -> None:
    """Take part in the building."""
    app.connect("source-read", _read)
    app.connect("html-page-context", _speak)
