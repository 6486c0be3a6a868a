"""The keys of a pack that only the gate goes by: read, left out, and wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from components.places import data_folder
from components.policy import PackError, load_pack
from components.policy.pack import MinorsRule, Pack, PermissionUse

from .small_pack import FILES, write

PURPOSE = '[[purposes]]\nid = "nearby"\n'
PERMISSION = '[[permissions]]\nid = "location"\n'
RULES = "guardian_below = 14\n"


def with_line(folder: Path, after: str, line: str) -> Path:
    toml = FILES["pack.toml"]
    assert toml.count(after) == 1
    write(folder, {**FILES, "pack.toml": toml.replace(after, after + line)})
    return folder


def test_what_is_left_out_limits_nothing(tmp_path: Path) -> None:
    pack = load_pack(with_line(tmp_path, RULES, ""))
    purpose, permission = pack.purposes["nearby"], pack.permissions["location"]
    assert (purpose.minors, purpose.valid_for) == (MinorsRule.ALLOWED, None)
    assert permission.use is PermissionUse.WHILE_GRANTED
    assert pack.rules.minor_below == 18


def test_they_are_read(tmp_path: Path) -> None:
    pack = load_pack(with_line(tmp_path / "a", PURPOSE, 'minors = "never"\nvalid_for = "P180D"\n'))
    purpose = pack.purposes["nearby"]
    assert (purpose.minors, purpose.valid_for) == (MinorsRule.NEVER, timedelta(days=180))
    pack = load_pack(with_line(tmp_path / "b", PERMISSION, 'use = "once-per-gesture"\n'))
    assert pack.permissions["location"].use is PermissionUse.ONCE_PER_GESTURE
    pack = load_pack(with_line(tmp_path / "c", RULES, "minor_below = 21\n"))
    assert pack.rules.minor_below == 21


@pytest.mark.parametrize(
    ("after", "line", "problem"),
    [
        (PURPOSE, 'minors = "sometimes"\n', "`minors` is 'sometimes', which is unknown"),
        (PURPOSE, 'valid_for = "P6M"\n', "`valid_for` is 'P6M', which is no ISO 8601 duration"),
        (PURPOSE, 'valid_for = "PT0S"\n', "`valid_for` is no time at all"),
        (PERMISSION, 'use = "often"\n', "`use` is 'often', which is unknown"),
        (RULES, "minor_below = 13\n", "a person under 14 needs a guardian and is no minor"),
        (RULES, "minor_below = -1\n", "`minor_below` is -1"),
        (RULES, 'minor_below = "18"\n', "`minor_below` is not a whole number"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, after: str, line: str, problem: str) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(with_line(tmp_path, after, line))
    assert problem in str(caught.value)


def test_what_the_delivered_packs_say() -> None:
    """R-063: nothing is chosen for minors by what is known of them; R-077: one fix a gesture."""
    packs = data_folder("policy_content")
    epiao, piaoqian = load_pack(packs / "epiao"), load_pack(packs / "piaoqian")

    def never(pack: Pack) -> set[str]:

        return {it.id for it in pack.purposes.values() if it.minors is MinorsRule.NEVER}

    assert never(epiao) == {"personalised-display"}
    assert never(epiao.at("2026-01-01")) == {"personalised-display", "marketing-push"}
    assert never(piaoqian) == {"personalised-display", "personalised-ads", "cross-service-use"}
    assert epiao.permissions["location"].use is PermissionUse.ONCE_PER_GESTURE
    for pack in (epiao, piaoqian):
        chosen = {
            it.id
            for it in pack.purposes.values()
            if {"dpv:PersonalisedAdvertising", "dpv:ProvidePersonalisedRecommendations"}
            & set(it.dpv)
        }
        assert chosen <= never(pack)
