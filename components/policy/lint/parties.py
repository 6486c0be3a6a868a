"""Rules on who decides and how a person reaches them."""

from __future__ import annotations

from collections.abc import Iterator

from ..pack import Contact
from .model import CHINA, Level, Problem, rule
from .subject import Subject
from .thresholds import COMPLAINT_CHANNELS_LEAST
from .words import Words

_COMPLAINT = Words("投诉|举报", r"complain|report")
_OFFICER = Words(
    "个人信息保护(负责人|专员)|数据保护官|保护负责人", r"protection officer|privacy officer|\bDPO\b"
)


def _contacts(subject: Subject) -> tuple[Contact, ...]:
    controller = subject.pack.controller
    return () if controller is None else controller.contacts


def _complaints(subject: Subject) -> list[Contact]:
    contacts = _contacts(subject)
    return [
        contact for contact in contacts if subject.finds(_COMPLAINT, subject.words(contact.use))
    ]


@rule(
    "controller-missing",
    Level.ERROR,
    source="PIPL art. 17(1)(1); 网络数据安全管理条例 art. 21(1)(1); GDPR art. 13(1)(a)",
    requirements=("R-020", "R-030"),
)
def controller_missing(subject: Subject) -> Iterator[Problem]:
    """The pack names who decides on the processing, with name and address."""
    if subject.pack.controller is None:
        yield Problem(
            subject.entry("controller"),
            "nobody is named who decides on the processing",
            "add [controller] with the legal name and the address",
        )


@rule(
    "contact-missing",
    Level.ERROR,
    source="PIPL art. 17(1)(1); GDPR art. 13(1)(a)",
    requirements=("R-020", "R-056"),
)
def contact_missing(subject: Subject) -> Iterator[Problem]:
    """The controller can be reached."""
    if not _contacts(subject):
        yield Problem(
            subject.entry("controller", "contacts"),
            "there is no way to reach the controller",
            "add [[controller.contacts]] with a phone number, an address, an e-mail or a form",
        )


@rule(
    "complaint-channel-missing",
    Level.ERROR,
    source="网络数据安全管理条例 art. 20",
    requirements=("R-056",),
    profiles=CHINA,
)
def complaint_channel_missing(subject: Subject) -> Iterator[Problem]:
    """A contact is there for complaints."""
    if not _complaints(subject):
        yield Problem(
            subject.entry("controller", "contacts"),
            "no contact is there for complaints",
            "say 投诉 (complaints) in the `use` of the contacts that take them",
        )


@rule(
    "complaint-channels-few",
    Level.WARNING,
    source="网络数据安全管理条例 art. 20; the number is a choice of this project",
    requirements=("R-056",),
    profiles=CHINA,
)
def complaint_channels_few(subject: Subject) -> Iterator[Problem]:
    """There are at least two ways to complain."""
    count = len(_complaints(subject))
    if 0 < count < COMPLAINT_CHANNELS_LEAST:
        yield Problem(
            subject.entry("controller", "contacts"),
            f"there is {count} way to complain, and {COMPLAINT_CHANNELS_LEAST} are wanted",
            "open another channel for complaints",
        )


@rule(
    "complaint-by-phone-only",
    Level.ERROR,
    source="PIPL art. 50(1); 网络数据安全管理条例 art. 20",
    requirements=("R-056", "R-053"),
    profiles=CHINA,
)
def complaint_by_phone_only(subject: Subject) -> Iterator[Problem]:
    """A complaint can be made without a phone call."""
    complaints = _complaints(subject)
    if complaints and all(contact.kind == "phone" for contact in complaints):
        yield Problem(
            subject.entry("controller", "contacts"),
            "complaints are taken by phone only",
            "add an e-mail address, a form or a postal address for complaints",
        )


@rule(
    "electronic-channel-missing",
    Level.WARNING,
    source="PIPL art. 50(1), which asks for a convenient way; industry custom names e-mail or form",
    requirements=("R-053", "R-056"),
)
def electronic_channel_missing(subject: Subject) -> Iterator[Problem]:
    """A person can write to the controller electronically."""
    contacts = _contacts(subject)
    if contacts and not any(contact.kind in ("email", "form") for contact in contacts):
        yield Problem(
            subject.entry("controller", "contacts"),
            "there is neither an e-mail address nor a form",
            'add a contact with kind = "email" or kind = "form"',
        )


@rule(
    "protection-officer-unnamed",
    Level.NOTE,
    source="PIPL art. 52, above the volume that the authority sets; GDPR arts. 13(1)(b), 37",
    requirements=("R-020",),
)
def protection_officer_unnamed(subject: Subject) -> Iterator[Problem]:
    """The person responsible for protection can be reached, where the law wants one."""
    uses = " ".join(subject.words(contact.use) for contact in _contacts(subject))
    if not subject.finds(_OFFICER, uses) and not subject.says(_OFFICER):
        yield Problem(
            subject.entry("controller"),
            "no person responsible for personal information protection is named",
            "name one, or make sure that the law does not ask you to",
        )
