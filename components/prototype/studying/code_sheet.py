"""The participants' codes as a page to print and cut up, each with a picture to scan."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from io import BytesIO
from urllib.parse import quote

from ...i18n import Language
from ...study.allocation import Place
from ...study.model import Study

_STYLE = """
body { font: 14px/1.4 system-ui, sans-serif; margin: 12mm; color: #111; background: #fff; }
ul { list-style: none; padding: 0; display: grid; gap: 6mm;
  grid-template-columns: repeat(auto-fill, minmax(52mm, 1fr)); }
li { border: 1px dashed #777; padding: 4mm; break-inside: avoid; text-align: center; }
b { display: block; font: 600 22px ui-monospace, monospace; letter-spacing: .12em; }
svg { width: 34mm; height: 34mm; }
small { display: block; color: #444; }
"""


class NoPictures(ValueError):
    """The library that draws QR pictures is not installed; the message says how to get it."""


def code_sheet(study: Study, places: Sequence[Place], locale: str, address: str) -> str:
    """The sheet as HTML that needs nothing from elsewhere.

    Args:
        study: The study.
        places: The participants' places; one without a code is left out.
        locale: The language of the sheet, one of the study's.
        address: The study's page; a picture leads there with its code. Without one it holds the
            code alone.

    Raises:
        NoPictures: There is no library to draw them.
    """
    say = Language.of(locale).gettext
    slips = "\n".join(
        f"<li>{_picture(_link(address, place.code))}<b>{place.code}</b>"
        f"<small>{escape(' · '.join(place.stratum.values()))} {place.position}</small></li>"
        for place in places
        if place.code
    )
    title = escape(study.title[locale])
    lead = escape(say("One slip for each participant. The code stands for a person: keep it safe."))
    return (
        f'<!DOCTYPE html>\n<html lang="{locale.replace("_", "-")}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{title}</h1><p>{lead}</p>\n<ul>\n{slips}\n</ul></body></html>\n"
    )


def _link(address: str, code: str) -> str:
    return f"{address.rstrip('/')}/?code={quote(code)}" if address else code


def _picture(content: str) -> str:
    try:
        import segno
    except ImportError as error:
        raise NoPictures("QR pictures need the package segno; install the extra `study`") from error
    written = BytesIO()
    segno.make(content, error="m").save(
        written, kind="svg", xmldecl=False, svgns=False, border=2, scale=4, nl=False
    )
    return written.getvalue().decode()
