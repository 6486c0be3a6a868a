"""The states of consent and what they permit."""

from __future__ import annotations

import pytest

from components.consent.status import ConsentStatus

# Of the DPV 2.3 vocabulary, "Consent Status".
DPV = {
    "unknown": "dpv:ConsentUnknown",
    "requested": "dpv:ConsentRequested",
    "deferred": "dpv:ConsentRequestDeferred",
    "given": "dpv:ConsentGiven",
    "renewed": "dpv:RenewedConsentGiven",
    "refused": "dpv:ConsentRefused",
    "withdrawn": "dpv:ConsentWithdrawn",
    "revoked": "dpv:ConsentRevoked",
    "expired": "dpv:ConsentExpired",
    "invalidated": "dpv:ConsentInvalidated",
}


def test_every_state_has_its_term_in_dpv() -> None:
    assert {status.value: status.dpv for status in ConsentStatus} == DPV


@pytest.mark.parametrize("status", ConsentStatus)
def test_only_given_and_renewed_permit(status: ConsentStatus) -> None:
    assert status.permits == (status.value in {"given", "renewed"})
