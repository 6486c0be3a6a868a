"""A copy of a pack with its gaps filled: what the controller of E票电影 would still have to write.

The names are made up; only the linter reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from components.policy import (
    Clause,
    Contact,
    Document,
    LocaleTexts,
    Pack,
    Paragraph,
    Purpose,
    Recipient,
    Run,
    Section,
)

_CHILD_RULES = {"zh_Hans": "儿童个人信息处理规则", "en": "Rules on children’s personal information"}
_SAFEGUARDS = {"zh_Hans": "安全措施同成年人。", "en": "Safeguards are those for adults."}
_EXPLAINED = {
    "zh_Hans": "为什么需要：没有它，这项功能做不到。对您的影响：泄露可能影响您。",
    "en": "Why it is necessary: the function cannot work without it. A leak could affect you.",
}


def repaired(pack: Pack) -> Pack:
    """The pack with contacts, names, links, rules for children and explanations filled in."""
    assert pack.controller is not None
    email = Contact(
        "email",
        {"zh_Hans": "a@epiao.example", "en": "a@epiao.example"},
        {"zh_Hans": "个人信息保护负责人：投诉", "en": "Protection officer: complaints"},
    )
    controller = replace(pack.controller, contacts=(*pack.controller.contacts, email))
    # Consent to what is not known yet is asked when it is known: these two come off the list.
    purposes = {
        id_: purpose
        for id_, purpose in pack.purposes.items()
        if not purpose.asks_consent or purpose.data or purpose.permissions
    }
    return replace(
        pack,
        controller=controller,
        purposes=MappingProxyType(purposes),
        recipients=MappingProxyType(
            {id_: _named(recipient, purposes) for id_, recipient in pack.recipients.items()}
        ),
        texts=MappingProxyType(
            {
                (version, locale): _texts(texts, locale, purposes, pack)
                for (version, locale), texts in pack.texts.items()
            }
        ),
    )


def _named(recipient: Recipient, purposes: Mapping[str, Purpose]) -> Recipient:
    return replace(
        recipient,
        entity=recipient.entity or {"zh_Hans": "某某公司", "en": "Some Ltd."},
        links=recipient.links or ("https://some.example/privacy",),
        purposes=tuple(id_ for id_ in recipient.purposes if id_ in purposes),
    )


def _texts(
    texts: LocaleTexts, locale: str, purposes: Mapping[str, Purpose], pack: Pack
) -> LocaleTexts:
    document = texts.document
    for purpose in purposes.values():
        if any(pack.data_categories[id_].sensitive for id_ in purpose.data):
            document = _with(document, purpose.clauses[0], _EXPLAINED[locale])
    document = _with(document, "minors", _SAFEGUARDS[locale])
    rules = Clause("child-rules", 2, (Run(_CHILD_RULES[locale]),), (), 1)
    document = replace(document, sections=(*document.sections, Section((rules,))))
    # A promise about location stands, once its card says what else location is used for.
    others = "；".join(purposes[id_].name[locale] for id_ in ("push-region", "offline-positioning"))
    cards = tuple(
        replace(card, body=f"{card.body} {others}") if card.clauses[0] == "location" else card
        for card in texts.summary
    )
    return replace(texts, document=document, summary=cards)


def _with(document: Document, clause_id: str, words: str) -> Document:
    """A document with a paragraph more in one clause."""
    sections = tuple(
        Section(
            tuple(
                replace(clause, blocks=(*clause.blocks, Paragraph((Run(words),))))
                if clause.id == clause_id
                else clause
                for clause in section.clauses
            )
        )
        for section in document.sections
    )
    return replace(document, sections=sections)
