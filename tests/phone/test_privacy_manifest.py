"""The draft of the privacy manifest leaves nothing out that the pack declares."""

from __future__ import annotations

import argparse
import plistlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from components.phone import command, privacy_manifest
from components.phone.privacy_manifest import AIMS, KINDS, TOUCHED
from components.policy import Pack, load_pack

from ..policy.small_pack import FILES, PACK, write

PACKS = Path(__file__).resolve().parents[2] / "policy_content"
TYPE = "NSPrivacyCollectedDataType"

APPLES_KINDS = [
    "AdvertisingData",
    "AudioData",
    "BrowsingHistory",
    "CoarseLocation",
    "Contacts",
    "CrashData",
    "CreditInfo",
    "CustomerSupport",
    "DeviceID",
    "EmailAddress",
    "EmailsOrTextMessages",
    "EnvironmentScanning",
    "Fitness",
    "GameplayContent",
    "Hands",
    "Head",
    "Health",
    "Name",
    "OtherDataTypes",
    "OtherDiagnosticData",
    "OtherFinancialInfo",
    "OtherUsageData",
    "OtherUserContactInfo",
    "OtherUserContent",
    "PaymentInfo",
    "PerformanceData",
    "PhoneNumber",
    "PhotosorVideos",
    "PhysicalAddress",
    "PreciseLocation",
    "ProductInteraction",
    "PurchaseHistory",
    "SearchHistory",
    "SensitiveInfo",
    "UserID",
]
"""developer.apple.com, "Describing data use in privacy manifests"."""
APPLES_AIMS = [
    "Analytics",
    "AppFunctionality",
    "DeveloperAdvertising",
    "Other",
    "ProductPersonalization",
    "ThirdPartyAdvertising",
]


@cache
def delivered(name: str) -> Pack:
    return load_pack(PACKS / name)


def draft(pack: Pack) -> dict[str, Any]:
    read: dict[str, Any] = plistlib.loads(privacy_manifest(pack))
    return read


@pytest.mark.parametrize("name", ["epiao", "piaoqian"])
def test_every_category_that_a_purpose_uses_is_declared(name: str) -> None:
    pack = delivered(name)
    kinds = {it[TYPE].removeprefix(TYPE): it for it in draft(pack)[f"{TYPE}s"]}
    assert kinds.keys() <= set(APPLES_KINDS)
    used = {category for it in pack.purposes.values() for category in it.data}
    assert len(used) > 10
    for category in used:
        terms = pack.data_categories[category].dpv
        assert all({*KINDS.get(term, ["OtherDataTypes"])} <= kinds.keys() for term in terms), terms
    for kind in kinds.values():
        assert kind[f"{TYPE}Linked"] is True and kind[f"{TYPE}Tracking"] is False
        aims = [it.removeprefix(f"{TYPE}Purpose") for it in kind[f"{TYPE}Purposes"]]
        assert aims and aims == sorted(set(aims) & set(APPLES_AIMS))


def test_what_the_location_is_for() -> None:
    kinds = {it[TYPE].removeprefix(TYPE): it for it in draft(delivered("epiao"))[f"{TYPE}s"]}
    assert kinds["PreciseLocation"][f"{TYPE}Purposes"] == [
        f"{TYPE}PurposeAppFunctionality",
        f"{TYPE}PurposeProductPersonalization",  # push by region
    ]


def test_nobody_is_tracked_and_each_interface_has_its_reason() -> None:
    read = draft(delivered("epiao"))
    assert read["NSPrivacyTracking"] is False and read["NSPrivacyTrackingDomains"] == []
    reasons = {
        it["NSPrivacyAccessedAPIType"]: it["NSPrivacyAccessedAPITypeReasons"]
        for it in read["NSPrivacyAccessedAPITypes"]
    }
    assert reasons == {interface: [reason] for interface, reason in TOUCHED.items()}
    assert "NSPrivacyAccessedAPICategoryFileTimestamp" in reasons


def test_a_term_that_nobody_knows_is_other_data(tmp_path: Path) -> None:
    text = PACK.replace('dpv = ["pd:TelephoneNumber"]', 'dpv = ["pd:Handwriting"]')
    read = draft(load_pack(write(tmp_path / "pack", {**FILES, "pack.toml": text})))
    assert f"{TYPE}OtherDataTypes" in {it[TYPE] for it in read[f"{TYPE}s"]}


def test_the_tables_speak_apple_s_language() -> None:
    assert {kind for kinds in KINDS.values() for kind in kinds} <= set(APPLES_KINDS)
    assert set(AIMS.values()) <= set(APPLES_AIMS)


def test_advertising_by_others_is_for_somebody_to_decide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args(["piaoqian", "--ios", str(tmp_path)])) == 0
    assert "'personalised-ads' is advertising by others" in capsys.readouterr().err
    assert (tmp_path / "PrivacyInfo.xcprivacy").is_file()
    harmless = write(tmp_path / "pack")
    assert command.run(parser.parse_args([str(harmless), "--ios", str(tmp_path)])) == 0
    assert capsys.readouterr().err == ""
