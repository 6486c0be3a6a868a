"""A new version of the policy: only what it touches is asked again."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from components.consent.clock import ManualClock
from components.consent.event import BASE_NOTICE, Cause, IndicatedBy
from components.consent.gate import Initiative, NoticeState, Verdict, purpose_target
from components.consent.sdks import SdkRegistry
from components.consent.status import ConsentStatus
from components.policy.diff import diff_packs
from components.policy.diff.packs import purposes_to_ask_again
from components.policy.pack import ChangeKind, Pack

from .someone import Someone

TOUCHED = ("share-link", "marketing-push")
GIVEN, RENEWED = ConsentStatus.GIVEN, ConsentStatus.RENEWED


def updated(pack: Pack, change: ChangeKind = ChangeKind.MATERIAL) -> Pack:
    """The pack with its example of an update in effect."""
    old, example = pack.versions
    newest = replace(example, example=False, change=change)
    return replace(replace(pack, versions=(old, newest)).at(newest.id), version=newest)


def reissued(pack: Pack, change: ChangeKind) -> Pack:
    """The pack with a newer version that says the same."""
    newest = replace(pack.version, id="2027-01-01", change=change)
    return replace(
        pack,
        versions=(*pack.versions, newest),
        version=newest,
        declared={**pack.declared, newest.id: pack.declared[pack.version.id]},
        texts={
            **pack.texts,
            **{(newest.id, it): pack.texts[pack.version.id, it] for it in pack.locales},
        },
    )


@pytest.fixture
def before(someone: Someone) -> Someone:
    """Somebody who agreed to much while the old version was in effect."""
    someone.accept_notice()
    for purpose_id in (*TOUCHED, "usage-analytics", "push-delivery"):
        someone.give(purpose_id)
    someone.refuse("nearby-cinema")
    return someone


def reopened(someone: Someone, pack: Pack) -> Someone:
    someone.close()
    return Someone(someone.record.ledger.path, pack, someone.clock)


def test_r007_only_the_purposes_that_a_material_version_touches_are_suspended(
    before: Someone, pack: Pack
) -> None:
    was = {it for it in pack.purposes if before.gate.permits(it)}
    after = reopened(before, updated(pack))
    assert after.gate.notice is NoticeState.UPDATED
    assert after.gate.update_due and not after.gate.notice_due
    assert after.gate.notice_accepted
    assert {it for it in pack.purposes if after.gate.permits(it)} == was - set(TOUCHED)
    assert after.gate.touched == TOUCHED
    asked = after.gate.judge_purpose("marketing-push", initiative=Initiative.APP)
    assert asked is Verdict.EXPLAIN
    events = after.choices.settle()
    assert {(it.target.id, it.status, it.cause) for it in events} == {
        (it, ConsentStatus.REQUESTED, Cause.RULE) for it in TOUCHED
    }
    assert {after.gate.standing(it).id for it in TOUCHED} == {"changed"}
    assert after.gate.touched == TOUCHED
    assert after.choices.settle() == ()
    after.close()


def test_r007_agreeing_to_the_update_gives_nothing_that_it_touched(
    before: Someone, pack: Pack
) -> None:
    after = reopened(before, updated(pack))
    event = after.accept_notice()
    assert (event.target, event.status) == (BASE_NOTICE, RENEWED)
    assert after.gate.notice is NoticeState.ACCEPTED
    assert not any(after.gate.permits(it) for it in TOUCHED)
    # Each is asked for itself, and was not given before it is: it is renewed.
    assert after.give("marketing-push").status is RENEWED
    assert after.gate.permits("marketing-push")
    still_touched = [after.gate.touched]
    after.refuse("share-link")
    still_touched.append(after.gate.touched)
    assert still_touched == [("share-link",), ()]
    after.close()


def test_not_agreeing_to_the_update_leaves_browsing_only(before: Someone, pack: Pack) -> None:
    after = reopened(before, updated(pack))
    after.refuse_notice()
    free = {it.id for it in pack.purposes.values() if not it.notice_required}
    assert {it for it in pack.purposes if after.gate.permits(it)} == free
    assert after.gate.notice is NoticeState.DECLINED
    after.close()


def test_a_refusal_is_no_matter_of_versions(before: Someone, pack: Pack) -> None:
    after = reopened(before, updated(pack))
    after.choices.settle()
    assert after.record.status(purpose_target("nearby-cinema")) is ConsentStatus.REFUSED
    assert after.gate.last_no("nearby-cinema") is not None
    after.close()


def test_sdks_stop_with_what_was_touched(before: Someone, pack: Pack) -> None:
    after = reopened(before, updated(pack))
    running: list[str] = []
    registry = SdkRegistry(after.pack, after.gate)
    for sdk_id in ("example-share", "jpush"):
        registry.register(sdk_id, partial(running.append, sdk_id), partial(running.remove, sdk_id))
    assert running == ["jpush"]
    after.close()


@pytest.mark.parametrize("change", ChangeKind)
def test_a_version_that_touches_nothing_suspends_nothing(
    before: Someone, pack: Pack, change: ChangeKind
) -> None:
    was = {it for it in pack.purposes if before.gate.permits(it)}
    after = reopened(before, reissued(pack, change))
    material = change is ChangeKind.MATERIAL
    assert after.gate.notice is (NoticeState.UPDATED if material else NoticeState.ACCEPTED)
    assert {it for it in pack.purposes if after.gate.permits(it)} == was
    assert after.choices.settle() == ()
    after.close()


def test_what_is_called_editorial_and_touches_a_purpose_suspends_it_all_the_same(
    before: Someone, pack: Pack
) -> None:
    after = reopened(before, updated(pack, ChangeKind.EDITORIAL))
    assert after.gate.update_due
    assert not any(after.gate.permits(it) for it in TOUCHED)
    after.close()


def test_changes_of_several_versions_are_seen_as_one(before: Someone, pack: Pack) -> None:
    newest = reissued(updated(pack), ChangeKind.EDITORIAL)
    after = reopened(before, newest)
    assert after.gate.update_due
    assert after.gate.touched == TOUCHED
    after.close()


def test_only_the_versions_between_the_choice_and_the_one_in_effect_are_on_the_way(
    someone: Someone, pack: Pack
) -> None:
    oldest = replace(pack.version, id="2020-01-01", change=ChangeKind.MATERIAL)
    agreed_to = pack.version
    edited = replace(pack.version, id="2027-01-01", change=ChangeKind.EDITORIAL)
    to_come = replace(pack.version, id="2028-01-01", change=ChangeKind.MATERIAL)
    someone.accept_notice()
    several = replace(
        reissued(pack, ChangeKind.EDITORIAL), versions=(oldest, agreed_to, edited, to_come)
    )
    after = reopened(someone, several)
    assert after.gate.notice is NoticeState.ACCEPTED
    after.close()


def test_what_was_touched_of_a_childs_consents_is_the_guardians_to_give_again(
    someone: Someone, pack: Pack
) -> None:
    someone.record.declare_birth_date(someone.clock.now().date().replace(year=2015))
    someone.accept_notice(IndicatedBy.GUARDIAN)
    someone.give("share-link", IndicatedBy.GUARDIAN)
    after = reopened(someone, updated(pack))
    assert after.gate.touched == ("share-link",)
    after.close()


def test_an_older_pack_does_not_count_what_it_cannot_know(before: Someone, pack: Pack) -> None:
    newer = reopened(before, updated(pack))
    newer.accept_notice()
    newer.give("marketing-push")
    older = reopened(newer, pack)
    assert older.gate.notice is NoticeState.OPEN
    free = {it.id for it in pack.purposes.values() if not it.notice_required}
    assert {it for it in pack.purposes if older.gate.permits(it)} == free
    # And writes nothing down about it: a newer kit may be at work beside it.
    assert older.choices.settle() == ()
    # Also where the notice itself is agreed to on the older words.
    older.accept_notice()
    assert older.gate.permits("usage-analytics")
    assert not older.gate.permits("marketing-push")
    assert older.choices.settle() == ()
    again = reopened(older, updated(pack))
    assert again.gate.permits("marketing-push")
    again.close()


def test_a_version_that_comes_after_the_one_in_effect_counts_for_nothing(
    before: Someone, pack: Pack
) -> None:
    newer = reopened(before, updated(pack))
    newer.accept_notice()
    rolled_back = newer.pack.at(pack.version.id)
    older = reopened(newer, rolled_back)
    assert older.gate.notice is NoticeState.OPEN
    assert older.choices.settle() == ()
    older.close()


def test_words_that_this_pack_does_not_have_count_for_nothing(before: Someone, pack: Pack) -> None:
    gone = replace(pack, declared={"2026-01-01": pack.declared["2026-01-01"]})
    for other in (updated(gone), replace(pack, id="piaoqian")):
        after = reopened(before, other)
        assert after.gate.notice is NoticeState.OPEN
        assert not after.gate.permits("usage-analytics")
        before = after
    before.close()


def test_the_quick_comparison_finds_what_the_whole_one_does(pack: Pack) -> None:
    newer = updated(pack)
    assert purposes_to_ask_again(pack, newer) == diff_packs(pack, newer).purposes_to_ask_again
    assert set(purposes_to_ask_again(pack, newer)) == set(TOUCHED)
    assert purposes_to_ask_again(pack, pack) == ()


def test_the_comparison_is_not_loaded_before_there_is_something_to_compare(
    before: Someone, clock: ManualClock
) -> None:
    path = before.record.ledger.path
    before.close()
    code = f"""
import sys
from pathlib import Path
from components.consent.clock import SystemClock
from components.places import data_folder
from components.policy import load_pack
from tests.consent.someone import Someone
pack = load_pack(data_folder("policy_content") / "epiao")
someone = Someone(Path({str(path)!r}), pack, SystemClock())
assert someone.gate.permits("usage-analytics")
someone.choices.settle()
assert not [name for name in sys.modules if name.startswith("components.policy.diff")]
"""
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
