"""``mingshi new``: a pack that loads and tells its author what to write where."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..document import Clause, Document, Paragraph, Run, Section
from ..identifiers import is_kebab, is_locale
from .files import DONE, UNUSABLE, FolderTaken, write_new_folder
from .placeholders import placeholder
from .skeleton import Skeleton, skeleton_files

_PARTS = (
    ("collected", "我们收集哪些信息", "What we collect",
     "每项功能收集哪些个人信息，为了什么", "which data each function collects, and what for"),
    ("shared", "我们与谁共享", "Whom we share with",
     "接收方、信息、目的和方式", "recipients, data, purposes and manner"),
    ("kept", "保存多久，存在哪里", "How long and where we keep it",
     "每类信息的保存期限和存储地点", "how long each kind is kept, and where"),
    ("rights", "您的权利", "Your rights",
     "如何查阅、更正、删除、撤回同意和注销", "how to see, correct, delete, withdraw and close"),
    ("children", "儿童", "Children",
     "不满十四周岁的人怎么办", "what holds for children under 14"),
    ("contact", "联系我们", "Contact",
     "处理者的名称、地址、电话和答复期限", "name, address, telephone and time to answer"),
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options, to a parser of its own or of a larger command."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder")
    parser.add_argument("--id", required=True, metavar="ID", help="the new pack's id: my-app")
    parser.add_argument(
        "--locales",
        nargs="+",
        default=["zh_Hans", "en"],
        metavar="LOCALE",
        help="its languages, the prevailing one first (default: zh_Hans en)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the folder.

    Returns:
        0 if it was written, 2 if the command line cannot be used; what is wrong then stands on
        standard error.
    """
    try:
        write_new_folder(arguments.folder, new_pack(arguments.id, arguments.locales))
    except (FolderTaken, OSError, ValueError) as error:
        print(f"mingshi new: {error}", file=sys.stderr)
        return UNUSABLE
    print(f"{arguments.folder}: a new pack; next: mingshi lint {arguments.folder}")
    return DONE


def new_pack(pack_id: str, locales: Sequence[str]) -> Mapping[str, str]:
    """The files of a new pack, by path inside its folder.

    Args:
        pack_id: Its id, in kebab-case.
        locales: Its Babel locale ids, the prevailing one first, each once.

    Raises:
        ValueError: The id or a locale is none.
    """
    if not is_kebab(pack_id):
        raise ValueError(f"the id {pack_id!r} is not in kebab-case: use a-z, 0-9 and hyphens")
    wrong = [locale for locale in locales if not is_locale(locale)]
    if wrong or not locales or len(set(locales)) < len(locales):
        raise ValueError("name each language once, as a Babel locale id: zh_Hans, en")
    documents = {locale: _document(locale) for locale in locales}
    return skeleton_files(Skeleton(pack_id, documents, pack_id))


def _document(locale: str) -> Document:
    chinese = locale.startswith("zh")
    sections = tuple(
        Section(
            (
                Clause(
                    id=id_,
                    level=2,
                    heading=(Run(zh_title if chinese else en_title),),
                    blocks=(Paragraph((Run(placeholder(locale, zh_what, en_what)),)),),
                    line=1,
                ),
            )
        )
        for id_, zh_title, en_title, zh_what, en_what in _PARTS
    )
    title = placeholder(locale, "隐私政策的标题", "the title of the privacy policy")
    lead = placeholder(locale, "谁、哪个产品、从哪天起", "who, which product, and since which day")
    return Document(title, (Paragraph((Run(lead),)),), sections)
