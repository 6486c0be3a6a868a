"""Names in ``pack.toml`` that lead nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from .faults import TOML, Fault, assert_found

REFERENCE_FAULTS = [
    Fault(
        TOML,
        'data = ["place", "phone"]',
        'data = ["plce"]',
        "data =",
        "no data category 'plce'",
        "'place'",
    ),
    Fault(
        TOML,
        'permissions = ["location"]\nrecipients',
        'permissions = ["location", "gps"]\nrecipients',
        "permissions =",
        "no permission 'gps'",
        "declare",
    ),
    Fault(
        TOML,
        'recipients = ["maps"]',
        'recipients = ["map"]',
        "recipients =",
        "no recipient 'map'",
        "'maps'",
    ),
    Fault(
        TOML,
        'clauses = ["location", "collect"]',
        'clauses = ["locations"]',
        "clauses =",
        "no clause 'locations'",
        "'location'",
    ),
    Fault(
        TOML,
        'purpose = "nearby"',
        'purpose = "near"',
        'purpose = "near"',
        "no purpose 'near'",
        "'nearby'",
    ),
    Fault(
        TOML,
        'prompt = "location"',
        'prompt = "locate"',
        'prompt = "locate"',
        "no prompt 'locate'",
        "'location'",
    ),
    Fault(
        TOML,
        'purpose = "nearby"\n',
        "",
        '[[permissions]]\nid = "location"',
        "just in time and has no purpose",
        "add `purpose`",
    ),
    Fault(
        TOML,
        'prompt = "location"\n',
        "",
        '[[permissions]]\nid = "location"',
        "just in time and has no prompt",
        "add `prompt`",
    ),
    Fault(
        TOML,
        'clauses = ["location"]\n',
        'clauses = ["gps"]\n',
        'clauses = ["gps"]',
        "no clause 'gps'",
        "declare",
    ),
    Fault(
        TOML,
        'purpose = "nearby"',
        'purpose = "browsing"',
        'purpose = "browsing"',
        "'browsing' does not list 'location'",
        "add it",
    ),
    Fault(
        TOML,
        'permissions = ["location"]\npurposes',
        'permissions = ["gps"]\npurposes',
        'permissions = ["gps"]',
        "no permission 'gps'",
        "declare",
    ),
    Fault(
        TOML,
        'purposes = ["nearby"]',
        'purposes = ["far"]',
        'purposes = ["far"]',
        "no purpose 'far'",
        "declare",
    ),
    Fault(
        TOML,
        'clauses = ["collect"]',
        'clauses = ["colect"]',
        'clauses = ["colect"]',
        "no clause 'colect'",
        "'collect'",
    ),
    Fault(
        TOML,
        'clause = "rights"',
        'clause = "right"',
        'clause = "right"',
        "no clause 'right'",
        "'rights'",
    ),
]


@pytest.mark.parametrize("fault", REFERENCE_FAULTS)
def test_a_broken_reference_is_found_where_it_is(tmp_path: Path, fault: Fault) -> None:
    assert_found(tmp_path, fault)
