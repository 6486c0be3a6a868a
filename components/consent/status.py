"""The states a consent can be in, as DPV 2.3 names them."""

from __future__ import annotations

from enum import StrEnum


class ConsentStatus(StrEnum):
    """A state of consent. Only :attr:`GIVEN` and :attr:`RENEWED` permit anything."""

    UNKNOWN = "unknown"
    REQUESTED = "requested"
    DEFERRED = "deferred"
    GIVEN = "given"
    RENEWED = "renewed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"

    @property
    def permits(self) -> bool:
        """Whether processing is permitted in this state."""
        return self in (ConsentStatus.GIVEN, ConsentStatus.RENEWED)

    @property
    def dpv(self) -> str:
        """The DPV 2.3 term, for example ``dpv:ConsentGiven``."""
        return _DPV[self]


_DPV = {
    ConsentStatus.UNKNOWN: "dpv:ConsentUnknown",
    ConsentStatus.REQUESTED: "dpv:ConsentRequested",
    ConsentStatus.DEFERRED: "dpv:ConsentRequestDeferred",
    ConsentStatus.GIVEN: "dpv:ConsentGiven",
    ConsentStatus.RENEWED: "dpv:RenewedConsentGiven",
    ConsentStatus.REFUSED: "dpv:ConsentRefused",
    ConsentStatus.WITHDRAWN: "dpv:ConsentWithdrawn",
    ConsentStatus.REVOKED: "dpv:ConsentRevoked",
    ConsentStatus.EXPIRED: "dpv:ConsentExpired",
    ConsentStatus.INVALIDATED: "dpv:ConsentInvalidated",
}
