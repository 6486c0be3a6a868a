"""What a case is: a change that breaks one rule, and where it matters a near one that does not."""

from __future__ import annotations

from dataclasses import dataclass

from components.policy.lint import Profile

from ..small_pack import EN, ZH
from .good_pack import GOOD

PACK = "pack.toml"
ZH_POLICY, EN_POLICY = f"{ZH}/policy.md", f"{EN}/policy.md"
ZH_SUMMARY, EN_SUMMARY = f"{ZH}/summary.md", f"{EN}/summary.md"
ZH_PROMPTS, EN_PROMPTS = f"{ZH}/prompts.md", f"{EN}/prompts.md"

Change = tuple[str, str, str]
"""A file, what stands in it once, and what replaces it. Nothing to replace: put at the end."""


@dataclass(frozen=True)
class Case:
    """One rule, the changes to the good pack that break it, and changes that nearly do.

    ``entry`` is where the finding must be, ``near`` may be empty: the good pack itself is then
    the one that does not break the rule.
    """

    rule: str
    entry: str
    broken: tuple[Change, ...]
    near: tuple[Change, ...] = ()
    profile: Profile = Profile.CHINA


def changed(changes: tuple[Change, ...]) -> dict[str, str | bytes]:
    """The good pack's files with some changes."""
    files = dict(GOOD)
    for file, old, new in changes:
        if not old:
            files[file] = files.get(file, "") + new
            continue
        assert files[file].count(old) == 1, f"{old!r}: {files[file].count(old)} times in {file}"
        files[file] = files[file].replace(old, new)
    return {**files}


def said(zh: str, en: str = "We say so.") -> tuple[Change, ...]:
    """A sentence more at the end of the policy, in both languages."""
    return ((ZH_POLICY, "", f"\n{zh}\n"), (EN_POLICY, "", f"\n{en}\n"))


def unsaid(*changes: tuple[str, str]) -> tuple[Change, ...]:
    """Words of the Chinese policy, which prevails, replaced."""
    return tuple((ZH_POLICY, old, new) for old, new in changes)
