"""What the documents name is there, their links lead somewhere, and their data can be read."""

from __future__ import annotations

from . import formats, mentions
from .elsewhere import NOT_RUN, unused
from .playing import every_command
from .reading import Document


def test_what_lines_name_is_there(pages: list[Document]) -> None:
    faults = [it for page in pages for it in mentions.faults_of(page)]
    assert not faults, "\n".join(map(str, faults))


def test_links_lead_somewhere(pages: list[Document]) -> None:
    faults = [it for page in pages for it in mentions.link_faults(page, pages)]
    assert not faults, "\n".join(map(str, faults))


def test_every_block_is_run_or_read(pages: list[Document]) -> None:
    faults = [it for page in pages for it in formats.faults_of(page)]
    assert not faults, "\n".join(map(str, faults))


def test_what_is_not_run_stands_in_the_documents(pages: list[Document]) -> None:
    assert unused(every_command(pages, lines=True)) == []
    assert len({it.command for it in NOT_RUN}) == len(NOT_RUN)


def test_nothing_is_overlooked(pages: list[Document]) -> None:
    blocks = [block for page in pages for block in page.blocks]
    assert {"README.md", "docs/adr/0002-one-transaction.md"} < {page.name for page in pages}
    assert len(blocks) > 40 and len(every_command(pages)) > 40
    assert sum(len(page.codes) for page in pages) > 1000
    assert sum(len(page.links) for page in pages) > 50
