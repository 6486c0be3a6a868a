"""Everything that whoever runs the endpoint decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..policy.delivered import delivered_packs

MAX_BODY_BYTES = 1024 * 1024
"""Longest request body by default; 500 events of usual length are about a third of it."""


@dataclass(frozen=True)
class RateLimits:
    """How many requests a minute one caller may make of one process.

    Attributes:
        subject: For each bearer token, so for each subject and each officer. A device sends a batch
            for every choice, so this is far above what a person can press.
        address: For each network address, whatever it asks for. Behind a carrier's shared address
            there may be thousands of people; behind a proxy that is not trusted there is one.
    """

    subject: int = 120
    address: int = 6000


@dataclass(frozen=True)
class Settings:
    """How one endpoint is set up.

    Attributes:
        database_url: SQLAlchemy URL: ``sqlite:///endpoint.sqlite3`` or
            ``postgresql+psycopg://user@host/name``.
        max_body_bytes: Longest request body that is taken.
        packs: Folders of the policy packs it tells about and issues receipts on.
        signing_keys: Folder of the keys that receipts are signed with, one Ed25519 key a file;
            made with a first key where it is missing. None issues no receipts.
        officers: TOML file of the officers and the hashes of their keys; None has no officers.
        login_issuers: TOML file of who may prove a login, with their public keys; None links no
            accounts.
        rate_limits: None for none: embedded, or behind a proxy that has its own.
        metrics_token: File with the token that opens ``/metrics``; None leaves it open to whoever
            reaches it.
        allowed_origins: Origins, such as ``https://app.example``, whose pages may call from a
            browser. By default none: a browser keeps answers from pages of other origins.
    """

    database_url: str
    max_body_bytes: int = MAX_BODY_BYTES
    packs: tuple[Path, ...] = field(default_factory=delivered_packs)
    signing_keys: Path | None = None
    officers: Path | None = None
    login_issuers: Path | None = None
    rate_limits: RateLimits | None = None
    metrics_token: Path | None = None
    allowed_origins: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings | str) -> Settings:
        """The settings, or the defaults with a database URL."""
        return cls(settings) if isinstance(settings, str) else settings
