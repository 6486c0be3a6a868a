"""The shapes of links as they travel."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from ..messages import Digest, Moment, Subject
from .proof import LONGEST_TOKEN

Account = Annotated[Digest, Meta(description="SHA-256 over issuer and login")]


class Login(Struct, frozen=True, forbid_unknown_fields=True):
    """Proof that the person is logged in on this installation."""

    login_token: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=LONGEST_TOKEN,
            description="A JWT of a configured issuer whose claim mingshi_subject is the subject",
        ),
    ]


class Linked(Struct, frozen=True):
    """This installation belongs to an account."""

    account: Account
    linked_at: Moment


class Installation(Struct, frozen=True):
    """Another installation of the account."""

    subject: Subject
    linked_at: Moment
    highest_sequence: Annotated[int, Meta(ge=0, description="Of its events; 0 without any")]


class Links(Struct, frozen=True):
    """Which account this installation belongs to, and which others do."""

    account: Account | None
    linked_at: Moment | None
    installations: Annotated[list[Installation], Meta(description="The others, not this one")]
