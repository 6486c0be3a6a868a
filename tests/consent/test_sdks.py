"""SDKs run only while a purpose of theirs is permitted."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from components.consent.event import BASE_NOTICE
from components.consent.gate import Gate
from components.consent.sdks import SdkRegistry
from components.consent.status import ConsentStatus

from .someone import Someone


class Sdk:
    """Stands for a third party's code: counts what is done to it."""

    def __init__(self, *, fails: str = "") -> None:
        self.calls: list[str] = []
        self.fails = fails

    def start(self) -> None:
        self._called("start")

    def stop(self) -> None:
        self._called("stop")

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.fails == name:
            raise RuntimeError(f"this SDK does not {name}")


@pytest.fixture
def registry(someone: Someone) -> SdkRegistry:
    registry = SdkRegistry(someone.pack, someone.gate)
    someone.record.subscribe(registry.reconcile)
    return registry


def test_no_sdk_is_started_before_its_purpose_is_permitted(
    someone: Someone, registry: SdkRegistry
) -> None:
    sdk = Sdk()
    registry.register("jpush", sdk.start, sdk.stop)
    someone.accept_notice()
    someone.give("nearby-cinema")
    assert sdk.calls == []
    assert not registry.is_running("jpush")
    someone.give("push-delivery")
    assert sdk.calls == ["start"]
    assert registry.is_running("jpush")


def test_an_sdk_runs_until_the_last_of_its_purposes_is_withdrawn(
    someone: Someone, registry: SdkRegistry
) -> None:
    sdk = Sdk()
    registry.register("jpush", sdk.start, sdk.stop)
    someone.accept_notice()
    someone.give("push-delivery")
    someone.give("push-region")
    someone.withdraw("push-delivery")
    assert sdk.calls == ["start"]
    someone.withdraw("push-region")
    assert sdk.calls == ["start", "stop"]
    assert not registry.is_running("jpush")
    someone.give("push-delivery")
    assert sdk.calls == ["start", "stop", "start"]


def test_taking_back_the_base_notice_stops_every_sdk(
    someone: Someone, registry: SdkRegistry
) -> None:
    pay, push = Sdk(), Sdk()
    registry.register("alipay", pay.start, pay.stop)
    registry.register("jpush", push.start, push.stop)
    someone.accept_notice()
    someone.give("push-delivery")
    assert (pay.calls, push.calls) == (["start"], ["start"])
    someone.put(BASE_NOTICE, ConsentStatus.WITHDRAWN)
    assert (pay.calls, push.calls) == (["start", "stop"], ["start", "stop"])


def test_an_sdk_that_comes_late_is_started_at_once(someone: Someone, registry: SdkRegistry) -> None:
    someone.accept_notice()
    someone.give("nearby-cinema")
    sdk = Sdk()
    registry.register("tencent-location", sdk.start, sdk.stop)
    assert sdk.calls == ["start"]
    registry.reconcile()
    assert sdk.calls == ["start"]


def test_an_sdk_that_is_not_disclosed_is_never_started(
    someone: Someone, registry: SdkRegistry
) -> None:
    someone.accept_notice()
    sdk = Sdk()
    with pytest.raises(KeyError, match="unheard-of"):
        registry.register("unheard-of", sdk.start, sdk.stop)
    assert not registry.is_running("unheard-of")
    assert sdk.calls == []


def test_one_that_is_registered_stays_in_the_hands_it_is_in(
    someone: Someone, registry: SdkRegistry
) -> None:
    first, second = Sdk(), Sdk()
    registry.register("jpush", first.start, first.stop)
    with pytest.raises(ValueError, match="'jpush' is registered already"):
        registry.register("jpush", second.start, second.stop)
    someone.accept_notice()
    someone.give("push-delivery")
    assert (first.calls, second.calls) == (["start"], [])


def test_an_sdk_without_a_purpose_never_runs(someone: Someone) -> None:
    pack = someone.pack
    idle = replace(pack.recipients["jpush"], purposes=())
    pack = replace(pack, recipients={**pack.recipients, "jpush": idle})
    someone.accept_notice()
    sdk = Sdk()
    registry = SdkRegistry(pack, Gate(pack, someone.record, someone.clock))
    registry.register("jpush", sdk.start, sdk.stop)
    assert sdk.calls == []


def test_one_that_fails_to_start_is_not_running_and_hinders_no_other(
    someone: Someone, registry: SdkRegistry, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = Sdk(fails="start"), Sdk()
    registry.register("jpush", broken.start, broken.stop)
    registry.register("mi-push", sound.start, sound.stop)
    someone.accept_notice()
    with caplog.at_level(logging.ERROR):
        someone.give("push-delivery")
    assert "jpush could not be started" in caplog.text
    assert not registry.is_running("jpush")
    assert sound.calls == ["start"]
    broken.fails = ""
    registry.reconcile()
    assert registry.is_running("jpush")


def test_one_that_fails_to_stop_is_stopped_at_the_next_change(
    someone: Someone, registry: SdkRegistry, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Sdk(fails="stop")
    registry.register("jpush", broken.start, broken.stop)
    someone.accept_notice()
    someone.give("push-delivery")
    with caplog.at_level(logging.ERROR):
        someone.withdraw("push-delivery")
    assert "jpush could not be stopped" in caplog.text
    assert registry.is_running("jpush")
    assert not someone.gate.permits("push-delivery")
    broken.fails = ""
    someone.refuse("nearby-cinema")
    assert broken.calls == ["start", "stop", "stop"]
    assert not registry.is_running("jpush")
