"""What an import or ``mingshi new`` writes: the files of a pack that loads and is not finished."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..characters import one_line, without_unseen
from ..clause_ids import slug
from ..document import Document
from ..exporting.markdown import export_markdown
from ..inline import is_web_address
from .facts import Fact
from .placeholders import placeholder
from .sdks import FoundRecipient

UNKNOWN_COUNTRY = "ZZ"
"""CLDR's unknown region: the text does not say where data is kept."""

_MOST_POINTS = 6
_FEWEST_POINTS = 3


@dataclass(frozen=True)
class Skeleton:
    """What is known of a pack before its author has written anything.

    Attributes:
        id: The pack's id.
        documents: The full text in each locale; the first locale prevails.
        name: What the product is called.
        published, effective: Days, as far as the text says.
        recipients: Recipients, as far as the text names them.
        facts: What may belong into the controller's table; put there as a comment.
    """

    id: str
    documents: Mapping[str, Document]
    name: str
    published: date | None = None
    effective: date | None = None
    recipients: Sequence[FoundRecipient] = ()
    facts: Sequence[Fact] = ()

    @property
    def version(self) -> str:
        """The version's id: the day it takes effect, or is published, or ``undated``."""
        day = self.effective or self.published
        return "undated" if day is None else day.isoformat()


def skeleton_files(skeleton: Skeleton) -> dict[str, str]:
    """The files of the pack, by path inside its folder."""
    files = {"pack.toml": _pack_toml(skeleton)}
    for locale, document in skeleton.documents.items():
        folder = f"{skeleton.version}/{locale}"
        files[f"{folder}/policy.md"] = export_markdown(document)
        files[f"{folder}/summary.md"] = _summary(document, locale)
        files[f"{folder}/prompts.md"] = _prompts(document, locale)
    return files


def toml_text(text: str) -> str:
    """A text as a TOML string on one line; what cannot be seen is left out."""
    return json.dumps(one_line(without_unseen(text)), ensure_ascii=False)


def _pack_toml(skeleton: Skeleton) -> str:
    locales = list(skeleton.documents)
    version = ["[[versions]]", f"id = {toml_text(skeleton.version)}"]
    for key, day in (("published", skeleton.published), ("effective", skeleton.effective)):
        if day is None:
            version.append(f"# {key}: the text does not say; add the day, such as 2021-11-01")
        else:
            version.append(f"{key} = {day.isoformat()}")
    parts = [
        "# What the policy declares. Go through it from top to bottom; `mingshi lint` names what\n"
        "# is missing.",
        "\n".join(
            [
                "format = 1",
                f"id = {toml_text(skeleton.id)}",
                f"name = {_same(skeleton.name, locales)}",
                f"default_locale = {toml_text(locales[0])} # prevails where translations differ",
                f"locales = [{', '.join(map(toml_text, locales))}]",
                f'storage_location = "{UNKNOWN_COUNTRY}" '
                "# unknown; write the ISO 3166-1 code of where data is kept",
                "surfaces = []",
            ]
        ),
        _controller_comment(skeleton),
        "\n".join([*version, 'change = "material"']),
        "\n".join(
            [
                "[rules]",
                'cool_down = "PT48H" # industry custom; the law gives no number of hours',
                "max_asks = 3",
                "guardian_below = 14 # PIPL arts. 28, 31; more if the policy promises more",
            ]
        ),
        "# Then [[data_categories]], [[purposes]], [[permissions]] and [[rights]].",
    ]
    taken: set[str] = set()
    parts += (_recipient(found, locales, taken) for found in skeleton.recipients)
    return "\n\n".join(parts) + "\n"


def _same(text: str, locales: Sequence[str]) -> str:
    return "{ " + ", ".join(f"{locale} = {toml_text(text)}" for locale in locales) + " }"


def _instruction(locales: Sequence[str], chinese: str, english: str) -> str:
    inside = (f"{name} = {toml_text(placeholder(name, chinese, english))}" for name in locales)
    return "{ " + ", ".join(inside) + " }"


def _controller_comment(skeleton: Skeleton) -> str:
    lines = [
        "# [controller]: who decides (PIPL art. 17). It is left out until a person has said who.",
    ]
    kinds = ("company", "address", "phone", "email")
    seen: dict[tuple[str, str], None] = {}
    for fact in skeleton.facts:
        if fact.kind in kinds:
            seen.setdefault((fact.kind, one_line(without_unseen(fact.text))))
    lines += [f"# found in the text: {kind}: {text}" for kind, text in list(seen)[:40]]
    locales = list(skeleton.documents)
    words = _instruction(locales, "处理者的名称", "the legal name")
    lines += [
        "#",
        "# [controller]",
        f"# name = {words}",
        f"# address = {_instruction(locales, '地址', 'the address')}",
        "#",
        "# [[controller.contacts]]",
        '# kind = "phone" # or post, email, form',
        f"# value = {_instruction(locales, '号码', 'the number')}",
        f"# use = {_instruction(locales, '用于什么', 'what for')}",
    ]
    return "\n".join(lines)


def _recipient(found: FoundRecipient, locales: Sequence[str], taken: set[str]) -> str:
    base = slug(found.name) or "recipient"
    id_, count = base, 1
    while id_ in taken:
        count += 1
        id_ = f"{base}-{count}"
    taken.add(id_)
    links = [link for link in found.links if is_web_address(link)]
    lines = [
        "[[recipients]]",
        f"id = {toml_text(id_)}",
        f"name = {_same(found.name, locales)}",
        f'kind = "{"sdk" if "SDK" in found.name.upper() else "service"}"',
        'role = "processor" # assumed: the text does not say; or handler, joint',
    ]
    if _visible(found.entity):
        lines.append(f"entity = {_same(found.entity, locales)}")
    for key, text, chinese, english in (
        ("scene", found.scene, "何时使用", "when it is used"),
        ("manner", found.manner, "如何处理或共享", "how data is processed or shared"),
    ):
        words = _same(text, locales) if _visible(text) else _instruction(locales, chinese, english)
        lines.append(f"{key} = {words}")
    lines += [f"links = [{', '.join(map(toml_text, links))}]", f'clauses = ["{found.clause}"]']
    for kinds, purpose in found.data:
        lines += [
            "",
            "[[recipients.data]]",
            "fields = "
            + (
                _same(kinds, locales)
                if _visible(kinds)
                else _instruction(locales, "哪些个人信息", "which personal data")
            ),
            "purpose = "
            + (
                _same(purpose, locales)
                if _visible(purpose)
                else _instruction(locales, "用于什么", "what for")
            ),
        ]
    return "\n".join(lines)


def _visible(text: str) -> bool:
    return one_line(without_unseen(text)) != ""


def _card_clauses(document: Document) -> list[str]:
    """The clause of each card: the heads of the first parts, repeated if there are too few."""
    heads = [section.head.id for section in document.sections][:_MOST_POINTS]
    return (heads * _FEWEST_POINTS)[: max(_FEWEST_POINTS, len(heads))]


def _summary(document: Document, locale: str) -> str:
    parts = [f"# {placeholder(locale, '要点的标题', 'the heading of the summary')}"]
    for number, clause in enumerate(_card_clauses(document), start=1):
        title = placeholder(locale, f"要点{number}，不超过25个字", f"point {number} in one line")
        body = placeholder(
            locale,
            "一两句话，说明条款的意思",
            "one or two sentences that say what the clause means",
        )
        parts.append(f'{{#point-{number} icon=description clauses="{clause}"}}\n## {title}')
        parts.append(body)
    return "\n\n".join(parts) + "\n"


def _prompts(document: Document, locale: str) -> str:
    def words(chinese: str, english: str) -> str:
        return placeholder(locale, chinese, english)

    points = " ".join(f"point-{number + 1}" for number in range(len(_card_clauses(document))))
    return "\n".join(
        [
            f"# {words('提示的标题', 'the heading of the prompts')}",
            "",
            "{#first-notice}",
            f"## {words('首次提示的标题，写出产品名称', 'the first notice, naming the product')}",
            "",
            f":lead: {words('一两句话，说明这是什么', 'one or two sentences: what this is about')}",
            f":points: {points}",
            f":refusing: {words('不同意会怎样', 'what not agreeing means')}",
            f":accept: {words('“同意”按钮', 'the label for agreeing')}",
            f":refuse: {words('“不同意”按钮', 'the label for not agreeing')}",
            "",
            "{#withdrawal}",
            f"## {words('撤回同意', 'withdrawing consent')}",
            "",
            f":statement: {words('撤回前的处理仍有效', 'earlier processing stays lawful')}",
            f":label: {words('“撤回”按钮', 'the label for withdrawing')}",
            "",
        ]
    )
