"""A report made: read, worked out, written, with its data beside it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from ..exporting.files import Tier, export
from ..exporting.sharing import LEAST, TooFew
from .analysis import Analysis, Shape, analyse
from .fairness_digest import read_digest
from .fault import ReportFault
from .figures.drawing import Pen
from .figures.font import font_file
from .figures_json import figures
from .formative import formative
from .html import page
from .parts import Sheet
from .source import read_source
from .summative import summative
from .writer import LOCALES, Writer

REPORT_FILE = "report.html"
FIGURES_FILE = "report.json"


@dataclass(frozen=True)
class Wanted:
    """What somebody wants of a report.

    Attributes:
        folder: The study's folder.
        study_file: The study file; None for the copy in the folder.
        output: Where the page goes besides; None for nowhere.
        fairness: A file of ``mingshi fairness``; None without one.
        locale: The language; None for the study's first that a report can be written in.
        tier: For whom.
        byte_order_mark: Whether CSV begins with one.
    """

    folder: Path
    study_file: Path | None = None
    output: Path | None = None
    fairness: Path | None = None
    locale: str | None = None
    tier: Tier = Tier.FULL
    byte_order_mark: bool = False


def make_report(wanted: Wanted) -> Path:
    """Make a report, with CSV, JSON and codebook beside it; where the page is.

    It is in the study's folder, under ``derived``, where a withdrawal deletes it. With ``output``
    a copy goes there, and the data into a folder beside it; no withdrawal reaches these.

    Raises:
        ReportFault: Something is missing, damaged, or does not go together.
        TooFew: There are too few participants to share anything.
        PackError: The study file has faults.
        OSError: Something could not be read or written.
    """
    digest = None if wanted.fairness is None else read_digest(wanted.fairness)
    source = read_source(wanted.folder, wanted.study_file)
    sharing = wanted.tier is Tier.SHARE
    analysis = analyse(source, digest)
    if sharing and len(analysis.everybody) < LEAST:
        raise TooFew(
            f"{len(analysis.everybody)} participants are fewer than the {LEAST} that must be alike"
        )
    locale = wanted.locale or next((it for it in source.study.locales if it in LOCALES), LOCALES[0])
    files = {
        REPORT_FILE: written(analysis, locale, sharing=sharing),
        FIGURES_FILE: json.dumps(figures(analysis, sharing=sharing), ensure_ascii=False, indent=1)
        + "\n",
    }
    out = export(
        source.study,
        source.folder,
        wanted.tier,
        byte_order_mark=wanted.byte_order_mark,
        more=files,
        sessions=source.sessions,
    )
    if wanted.output is None:
        return out / REPORT_FILE
    return _copied(out, wanted.output)


def written(analysis: Analysis, locale: str, *, sharing: bool) -> str:
    """The page; the same for the same data."""
    writer = Writer(locale, analysis.study, analysis.source.pack)
    body = formative if analysis.shape is Shape.FORMATIVE else summative
    with font_file() as font:
        content = body(Sheet(analysis, writer, Pen(font), sharing))
    title = writer("title", title=writer.localised(analysis.study.title))
    return page(writer.tag, title, content)


def _copied(out: Path, output: Path) -> Path:
    if not output.parent.is_dir():
        raise ReportFault(output.parent, "there is no such folder", "make it first")
    beside = output.with_name(f"{output.stem}-data")
    if beside.exists() and not (beside / "manifest.json").is_file():
        raise ReportFault(
            beside, "the data would go there, and something else is there", "name another FILE"
        )
    if beside.exists():
        shutil.rmtree(beside)
    shutil.copytree(out, beside)
    (beside / REPORT_FILE).replace(output)
    return output
