"""iOS: a draft of ``PrivacyInfo.xcprivacy``, what an app collects and which interfaces it touches.

Apple's list of kinds is shorter than a policy, so this is a translation, to be read by whoever
answers for the app. In doubt it declares more: a category that no kind fits is "other data", and
all of it counts as linked to the person.
"""

from __future__ import annotations

import plistlib
from collections.abc import Iterable, Mapping

from ..policy.pack import Pack, Purpose

_TYPE = "NSPrivacyCollectedDataType"
_PURPOSE = "NSPrivacyCollectedDataTypePurpose"
_OTHER = "OtherDataTypes"
_WORKING = "AppFunctionality"

KINDS: Mapping[str, tuple[str, ...]] = {
    "dpv:SensitivePersonalData": ("SensitiveInfo",),
    "pd:AuthenticationHistory": ("OtherUsageData",),
    "pd:Biometric": ("SensitiveInfo",),
    "pd:BrowsingBehaviour": ("BrowsingHistory", "SearchHistory"),
    "pd:Communication": ("CustomerSupport",),
    "pd:CommunicationsMetadata": ("OtherUsageData",),
    "pd:Contact": ("OtherUserContactInfo",),
    "pd:CurrentLocation": ("PreciseLocation",),
    "pd:DeviceOperatingSystem": ("OtherDiagnosticData",),
    "pd:DeviceSoftware": ("OtherDiagnosticData",),
    "pd:DigitalFingerprint": ("DeviceID",),
    "pd:GPSCoordinate": ("PreciseLocation",),
    "pd:Health": ("Health",),
    "pd:Interest": ("OtherUsageData",),
    "pd:LinkClicked": ("ProductInteraction",),
    "pd:Location": ("CoarseLocation",),
    "pd:MACAddress": ("DeviceID",),
    "pd:MedicalHealth": ("Health",),
    "pd:Name": ("Name",),
    "pd:Opinion": ("OtherUserContent",),
    "pd:PhysicalAddress": ("PhysicalAddress",),
    "pd:Picture": ("PhotosorVideos",),
    "pd:Purchase": ("PurchaseHistory",),
    "pd:Race": ("SensitiveInfo",),
    "pd:Religion": ("SensitiveInfo",),
    "pd:ServiceConsumptionBehaviour": ("ProductInteraction",),
    "pd:TelephoneNumber": ("PhoneNumber",),
    "pd:Transaction": ("PurchaseHistory",),
    "pd:Transactional": ("PaymentInfo",),
    # The term does not say whose identifier it is: an account's, or a device's.
    "pd:UID": ("DeviceID", "UserID"),
    "pd:Username": ("UserID",),
    "pd:VoiceCommunicationRecording": ("AudioData",),
}
"""Apple's kinds of data by DPV term; a term that is not here is "other data"."""

AIMS: Mapping[str, str] = {
    "dpv:Advertising": "ThirdPartyAdvertising",
    "dpv:CommercialResearch": "Analytics",
    "dpv:DirectMarketing": "DeveloperAdvertising",
    "dpv:ImproveExistingProductsAndServices": "Analytics",
    "dpv:InternalResourceOptimisation": "Analytics",
    "dpv:Marketing": "DeveloperAdvertising",
    "dpv:PersonalisedAdvertising": "ThirdPartyAdvertising",
    "dpv:ProvidePersonalisedRecommendations": "ProductPersonalization",
    "dpv:ServiceMonitoring": "Analytics",
    "dpv:ServiceOptimisation": "Analytics",
    "dpv:ServicePersonalisation": "ProductPersonalization",
    "dpv:ServiceUsageAnalytics": "Analytics",
    "dpv:TargetedAdvertising": "ThirdPartyAdvertising",
    "dpv:UserInterfacePersonalisation": "ProductPersonalization",
}
"""Apple's purposes by DPV term; a term that is not here makes the app work."""

TOUCHED: Mapping[str, str] = {
    # SQLite and Python's file functions, on files inside the app's own container.
    "NSPrivacyAccessedAPICategoryFileTimestamp": "C617.1",
    # SQLite and Python's statvfs, before writing.
    "NSPrivacyAccessedAPICategoryDiskSpace": "E174.1",
    # Python's monotonic clock and Flutter's frame timing measure time within the app.
    "NSPrivacyAccessedAPICategorySystemBootTime": "35F9.1",
    # The plugin shared_preferences, for what this app alone reads.
    "NSPrivacyAccessedAPICategoryUserDefaults": "CA92.1",
}
"""Interfaces that Apple wants a reason for, with the reason's code, as Flutter, Python, SQLite and
Flet's plugins use them."""


def privacy_manifest(pack: Pack) -> bytes:
    """The draft as a property list. It says that nobody is tracked: see :func:`advertising`."""
    aims: dict[str, set[str]] = {}
    for purpose in pack.purposes.values():
        for category in purpose.data:
            for kind in _kinds(pack.data_categories[category].dpv):
                aims.setdefault(kind, set()).update(_aims(purpose))
    return plistlib.dumps(
        {
            "NSPrivacyTracking": False,
            "NSPrivacyTrackingDomains": [],
            "NSPrivacyCollectedDataTypes": [
                {
                    _TYPE: _TYPE + kind,
                    f"{_TYPE}Linked": True,
                    f"{_TYPE}Tracking": False,
                    f"{_TYPE}Purposes": [_PURPOSE + aim for aim in sorted(aims[kind])],
                }
                for kind in sorted(aims)
            ],
            "NSPrivacyAccessedAPITypes": [
                {
                    "NSPrivacyAccessedAPIType": interface,
                    "NSPrivacyAccessedAPITypeReasons": [reason],
                }
                for interface, reason in TOUCHED.items()
            ],
        }
    )


def advertising(pack: Pack) -> list[str]:
    """Ids of the purposes that are advertising by others.

    Whether any of them is tracking as Apple means it (data of several companies' apps combined)
    stands in no pack; where this is not empty, somebody has to decide.
    """
    return [it.id for it in pack.purposes.values() if "ThirdPartyAdvertising" in _aims(it)]


def _kinds(terms: Iterable[str]) -> set[str]:
    return {kind for term in terms for kind in KINDS.get(term, (_OTHER,))}


def _aims(purpose: Purpose) -> set[str]:
    return {AIMS.get(term, _WORKING) for term in purpose.dpv}
