"""The lists that regulators ask for, generated from what a pack declares.

信管函〔2021〕292号 wants two lists in every app: what is collected (type, purpose, scene) and what
is shared with third parties (recipient, type, purpose, scene, manner). The SDK directory is the
second one by SDK, with who stands behind it and where its own policy is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from ..pack import Pack, Recipient


class PackList(StrEnum):
    """Which list."""

    COLLECTED = "collected"
    SHARED = "shared"
    SDKS = "sdks"


class ListFormat(StrEnum):
    """In which form: CSV for spreadsheets, JSON for programs."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True)
class CollectedRow:
    """One category of data under one purpose.

    Attributes:
        type: The category's name.
        sensitive: ``yes`` if it is sensitive personal information (PIPL art. 28), else ``no``.
        purpose: What is done with it.
        scene: The function in which it is collected.
        retention: How long it is kept; empty where the policy does not say.
        purpose_id: The purpose's id.
        data_id: The category's id.
    """

    type: str
    sensitive: str
    purpose: str
    scene: str
    retention: str
    purpose_id: str
    data_id: str


@dataclass(frozen=True)
class SharedRow:
    """What one recipient gets for one purpose; ``entity`` is empty where it is not named."""

    recipient: str
    entity: str
    type: str
    purpose: str
    scene: str
    manner: str
    recipient_id: str


@dataclass(frozen=True)
class SdkRow:
    """One SDK; several entries in one field are divided by line breaks.

    ``entity`` and ``links`` are empty where the policy does not give them.
    """

    sdk: str
    entity: str
    role: str
    type: str
    purpose: str
    scene: str
    manner: str
    permissions: str
    links: str
    recipient_id: str


Row = CollectedRow | SharedRow | SdkRow

_COLUMNS = {
    "type": ("个人信息类型", "Type of personal data"),
    "sensitive": ("敏感个人信息", "Sensitive"),
    "purpose": ("使用目的", "Purpose"),
    "scene": ("使用场景", "Scene"),
    "retention": ("保存期限", "Retention"),
    "recipient": ("接收方", "Recipient"),
    "entity": ("第三方主体", "Legal entity"),
    "manner": ("处理方式", "Manner"),
    "sdk": ("SDK名称", "SDK"),
    "role": ("角色", "Role"),
    "permissions": ("系统权限", "Permissions"),
    "links": ("链接", "Links"),
    "purpose_id": ("目的编号", "Purpose id"),
    "data_id": ("信息编号", "Data id"),
    "recipient_id": ("接收方编号", "Recipient id"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def collected_rows(pack: Pack, locale: str) -> tuple[CollectedRow, ...]:
    """A row for each category of each purpose, in the pack's order."""
    return tuple(
        CollectedRow(
            type=pack.text(category.name, locale),
            sensitive="yes" if category.sensitive else "no",
            purpose=pack.text(purpose.description, locale),
            scene=pack.text(purpose.name, locale),
            retention="" if purpose.retention is None else pack.text(purpose.retention, locale),
            purpose_id=purpose.id,
            data_id=category.id,
        )
        for purpose in pack.purposes.values()
        for category in (pack.data_categories[id_] for id_ in purpose.data)
    )


def shared_rows(pack: Pack, locale: str) -> tuple[SharedRow, ...]:
    """A row for each thing that each recipient gets; one without details if it names none."""
    rows: list[SharedRow] = []
    for recipient in pack.recipients.values():
        got = [
            (pack.text(data.fields, locale), pack.text(data.purpose, locale))
            for data in recipient.data
        ]
        rows += (
            SharedRow(
                recipient=pack.text(recipient.name, locale),
                entity=_entity(pack, recipient, locale),
                type=type_,
                purpose=purpose,
                scene=pack.text(recipient.scene, locale),
                manner=pack.text(recipient.manner, locale),
                recipient_id=recipient.id,
            )
            for type_, purpose in got or [("", "")]
        )
    return tuple(rows)


def sdk_rows(pack: Pack, locale: str) -> tuple[SdkRow, ...]:
    """A row for each SDK, in the pack's order."""
    return tuple(
        SdkRow(
            sdk=pack.text(recipient.name, locale),
            entity=_entity(pack, recipient, locale),
            role=recipient.role.value,
            type="\n".join(pack.text(data.fields, locale) for data in recipient.data),
            purpose="\n".join(pack.text(data.purpose, locale) for data in recipient.data),
            scene=pack.text(recipient.scene, locale),
            manner=pack.text(recipient.manner, locale),
            permissions="\n".join(
                pack.text(pack.permissions[id_].name, locale) for id_ in recipient.permissions
            ),
            links="\n".join(recipient.links),
            recipient_id=recipient.id,
        )
        for recipient in pack.recipients.values()
        if recipient.kind == "sdk"
    )


def _entity(pack: Pack, recipient: Recipient, locale: str) -> str:
    return "" if recipient.entity is None else pack.text(recipient.entity, locale)


def export_list(pack: Pack, which: PackList, form: ListFormat, locale: str) -> str:
    """A list as text.

    CSV follows RFC 4180 with a head row in Chinese or English; a cell that a spreadsheet would
    take for a formula begins with an apostrophe. JSON is an array of objects with the rows'
    field names, and holds the words as they are.

    Args:
        pack: The pack, in the version that is wanted (see :meth:`~..pack.Pack.at`).
        which: The list.
        form: The form.
        locale: The language; the pack's prevailing one where it lacks it.
    """
    kind: type[Row]
    rows: Sequence[Row]
    match which:
        case PackList.COLLECTED:
            kind, rows = CollectedRow, collected_rows(pack, locale)
        case PackList.SHARED:
            kind, rows = SharedRow, shared_rows(pack, locale)
        case PackList.SDKS:
            kind, rows = SdkRow, sdk_rows(pack, locale)
    if form is ListFormat.JSON:
        return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    names = [field.name for field in fields(kind)]
    language = 0 if pack.locale_for(locale).startswith("zh") else 1
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_COLUMNS[name][language] for name in names])
    for row in rows:
        writer.writerow([harmless_cell(str(getattr(row, name))) for name in names])
    return written.getvalue()


def harmless_cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
