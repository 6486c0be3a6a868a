"""What a policy pack declares: who, why, what, to whom, and since when.

These are the contents of ``pack.toml``, and of each version's ``changes.toml``, after checking.
Terms are those of ISO/IEC 29184 and the W3C Data Privacy Vocabulary 2.3; ids are kebab-case and
stable across versions. Texts that a person reads are :data:`Localised`: one string for each of the
pack's locales.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from .document import Clause, Document
from .texts import LocaleTexts

Localised = Mapping[str, str]
"""A text in each of the pack's locales, keyed by Babel locale id (``zh_Hans``, ``en``)."""


class Necessity(StrEnum):
    """Whether a purpose is part of what the person came for (必要信息规定 art. 3)."""

    BASIC = "basic"
    ADDITIONAL = "additional"


class ConsentKind(StrEnum):
    """Which act of consent a purpose needs.

    ``NONE``: it rests on another legal basis (PIPL art. 13(1)(2)-(7)) and is never dressed as a
    choice. ``ORDINARY``: express consent. ``SEPARATE``: its own act of consent (PIPL arts. 23,
    25, 29, 39), never covered by accepting the base notice.
    """

    NONE = "none"
    ORDINARY = "ordinary"
    SEPARATE = "separate"


class RequestMode(StrEnum):
    """When an operating-system permission may be requested.

    ``JUST_IN_TIME``: after a gesture and its explanation. ``INSTALL_TIME``: granted by the
    system without a dialog. ``PICKER``: a system picker serves instead, no permission is held.
    ``NEVER``: listed for honesty, never requested.
    """

    JUST_IN_TIME = "just-in-time"
    INSTALL_TIME = "install-time"
    PICKER = "picker"
    NEVER = "never"


class PermissionUse(StrEnum):
    """How often a permission may be used once it is granted.

    ``WHILE_GRANTED``: as long as it is granted. ``ONCE_PER_GESTURE``: each act of the person that
    calls for it allows one use, so that a position is taken when somebody asks for it and not
    again behind their back (PIPL art. 6: the smallest scope).
    """

    WHILE_GRANTED = "while-granted"
    ONCE_PER_GESTURE = "once-per-gesture"


class MinorsRule(StrEnum):
    """Whether a purpose may be agreed to for a minor: ``ALLOWED`` as for anybody, or ``NEVER``.

    ``NEVER`` is for marketing and recommendation chosen by what is known of the person
    (未成年人网络保护条例 arts. 24, 32).
    """

    ALLOWED = "allowed"
    NEVER = "never"


class ChangeKind(StrEnum):
    """What a new version of the policy is: ``MATERIAL`` asks again, ``EDITORIAL`` does not."""

    MATERIAL = "material"
    EDITORIAL = "editorial"


class RecipientRole(StrEnum):
    """The recipient's role (PIPL arts. 20, 21, 23)."""

    PROCESSOR = "processor"
    HANDLER = "handler"
    JOINT = "joint"


@dataclass(frozen=True)
class Contact:
    """A way to reach the controller. ``kind`` is ``phone``, ``post``, ``email`` or ``form``."""

    kind: str
    value: Localised
    use: Localised


@dataclass(frozen=True)
class Controller:
    """The personal information handler (PIPL art. 17(1)(1))."""

    name: Localised
    address: Localised
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class PolicyVersion:
    """One version of the policy.

    Attributes:
        id: Also the name of its folder, for example ``2021-11-01``.
        published: When it was published; None where the policy does not say.
        effective: Since when it is in effect; None where the policy does not say.
        change: What it is to the version before it.
        example: It only shows what an update looks like. It is never the one in effect, and what
            it changes holds for no other version.
    """

    id: str
    published: date | None
    effective: date | None
    change: ChangeKind
    example: bool = False


@dataclass(frozen=True)
class GateRules:
    """How often a person may be asked.

    Attributes:
        cool_down: After a refusal the app does not ask again on its own for this long. The
            48-hour default is industry custom, not law (网络数据安全管理条例 art. 22(5) gives no
            number).
        max_asks: The app asks on its own at most this many times in all.
        guardian_below: A person younger than this many years needs a guardian's consent (PIPL
            art. 31: 14; a policy may promise more).
        minor_below: A person younger than this many years is a minor (民法典 art. 17: 18).
    """

    cool_down: timedelta
    max_asks: int
    guardian_below: int
    minor_below: int = 18


@dataclass(frozen=True)
class DataCategory:
    """A category of personal data, its DPV terms, and whether PIPL art. 28 calls it sensitive."""

    id: str
    name: Localised
    dpv: tuple[str, ...]
    sensitive: bool


@dataclass(frozen=True)
class Purpose:
    """Why data is processed.

    Attributes:
        id: For example ``nearby-cinema``.
        name: What a person would call it.
        description: One plain sentence: what is done, with which data.
        necessity: Basic or additional.
        consent: Which act of consent it needs.
        notice_required: False only for what uses no personal data and so works before the base
            notice is accepted (browsing).
        legal_basis: DPV term.
        dpv: DPV purpose terms.
        data: Ids of data categories.
        permissions: Ids of permissions it may use.
        recipients: Ids of recipients.
        clauses: Ids of the clauses it stands on, the main one first.
        retention: How long, or how it is determined; None where the policy does not say.
        refusing: What refusing costs, for purposes that may be refused.
        minors: Whether it may be agreed to for a minor.
        valid_for: How long a consent holds before it is asked anew; None for as long as it is
            not withdrawn.
        prompt: Id of the prompt in whose words it is asked for, where it takes no permission that
            has one; None if what is declared of it says enough.
    """

    id: str
    name: Localised
    description: Localised
    necessity: Necessity
    consent: ConsentKind
    notice_required: bool
    legal_basis: str
    dpv: tuple[str, ...]
    data: tuple[str, ...]
    permissions: tuple[str, ...]
    recipients: tuple[str, ...]
    clauses: tuple[str, ...]
    retention: Localised | None
    refusing: Localised | None
    minors: MinorsRule = MinorsRule.ALLOWED
    valid_for: timedelta | None = None
    prompt: str | None = None

    @property
    def asks_consent(self) -> bool:
        """Whether it rests on consent and so can be refused and withdrawn."""
        return self.consent is not ConsentKind.NONE


@dataclass(frozen=True)
class Permission:
    """An operating-system permission or capability.

    Attributes:
        id: For example ``location``.
        name: What a person would call it.
        description: One plain sentence.
        request: When it may be requested.
        purpose: Id of the purpose it serves; None when it is never requested.
        prompt: Id of its just-in-time prompt; required when ``request`` is ``just-in-time``.
        android: Manifest names.
        ios: Info.plist key, or None.
        clauses: Ids of the clauses it stands on.
        use: How often it may be used once it is granted.
    """

    id: str
    name: Localised
    description: Localised
    request: RequestMode
    purpose: str | None
    prompt: str | None
    android: tuple[str, ...]
    ios: str | None
    clauses: tuple[str, ...]
    use: PermissionUse = PermissionUse.WHILE_GRANTED


@dataclass(frozen=True)
class RecipientData:
    """What one recipient gets, for what, and how (信管函〔2021〕292号: type, purpose, manner)."""

    fields: Localised
    purpose: Localised


@dataclass(frozen=True)
class Recipient:
    """A third party that gets personal data; ``kind`` is ``sdk``, ``merchant`` or ``service``.

    ``entity`` is the legal name, None where the source policy does not give one. ``links`` are
    ``https:`` addresses, possibly none. ``data`` lists what it gets.
    """

    id: str
    name: Localised
    kind: str
    role: RecipientRole
    entity: Localised | None
    scene: Localised
    manner: Localised
    data: tuple[RecipientData, ...]
    permissions: tuple[str, ...]
    purposes: tuple[str, ...]
    links: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Right:
    """A right of the person, its clause, and the answer's deadline in Chinese working days."""

    id: str
    name: Localised
    description: Localised
    clause: str
    working_days: int


@dataclass(frozen=True)
class Declared:
    """What one version declares: each kind by id, in the file's order."""

    data_categories: Mapping[str, DataCategory]
    purposes: Mapping[str, Purpose]
    permissions: Mapping[str, Permission]
    recipients: Mapping[str, Recipient]
    rights: Mapping[str, Right]


@dataclass(frozen=True)
class Pack:
    """A whole policy pack, checked and resolved, as it is in one of its versions.

    Attributes:
        id: For example ``epiao``.
        name: What a person calls the product.
        default_locale: The language that prevails where translations differ.
        locales: Every language the texts exist in.
        storage_location: ISO 3166-1 code of where data is kept.
        controller: Who decides; None where the policy names nobody.
        surfaces: Where the policy applies, one text a surface.
        versions: All of them, oldest first.
        version: The one this is: the newest that is not an example, unless :meth:`at` was asked.
        rules: How often a person may be asked.
        data_categories, purposes, permissions, recipients, rights: What ``version`` declares, by
            id, in the file's order.
        declared: What each version declares, by version id.
        texts: For each version id and locale, its document, summary and prompts.
    """

    id: str
    name: Localised
    default_locale: str
    locales: tuple[str, ...]
    storage_location: str
    controller: Controller | None
    surfaces: tuple[Localised, ...]
    versions: tuple[PolicyVersion, ...]
    version: PolicyVersion
    rules: GateRules
    data_categories: Mapping[str, DataCategory]
    purposes: Mapping[str, Purpose]
    permissions: Mapping[str, Permission]
    recipients: Mapping[str, Recipient]
    rights: Mapping[str, Right]
    declared: Mapping[str, Declared]
    texts: Mapping[tuple[str, str], LocaleTexts]

    def at(self, version_id: str) -> Pack:
        """The same pack as it is in one of its versions.

        Raises:
            KeyError: The pack has no such version.
        """
        declared = self.declared[version_id]
        return replace(
            self,
            version=next(version for version in self.versions if version.id == version_id),
            data_categories=declared.data_categories,
            purposes=declared.purposes,
            permissions=declared.permissions,
            recipients=declared.recipients,
            rights=declared.rights,
        )

    def prompt_of(self, purpose_id: str) -> str | None:
        """The prompt in whose words a purpose is asked for: its own, or that of a permission.

        Raises:
            KeyError: There is no such purpose.
        """
        purpose = self.purposes[purpose_id]
        if purpose.prompt is not None:
            return purpose.prompt
        prompts = (self.permissions[it].prompt for it in purpose.permissions)
        return next((it for it in prompts if it is not None), None)

    def locale_for(self, locale: str) -> str:
        """The pack's own locale that best serves ``locale``: itself, or the prevailing one."""
        return locale if locale in self.locales else self.default_locale

    def text(self, localised: Localised, locale: str) -> str:
        """A localised string in the language that :meth:`locale_for` gives."""
        return localised[self.locale_for(locale)]

    def texts_for(self, locale: str, version: str | None = None) -> LocaleTexts:
        """Document, summary and prompts of a version (``version`` if None) in a language.

        Raises:
            KeyError: The pack has no such version.
        """
        return self.texts[(version or self.version.id, self.locale_for(locale))]

    def document(self, locale: str, version: str | None = None) -> Document:
        """The full text of a version (``version`` if None) in a language."""
        return self.texts_for(locale, version).document

    def main_clause(self, clauses: Sequence[str], locale: str) -> Clause | None:
        """The first of the clauses that an entry names; None where it names none."""
        return self.document(locale).clause(clauses[0]) if clauses else None
