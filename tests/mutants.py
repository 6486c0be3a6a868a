"""Mutants of the gate and the merge rule: is there a change of them that no test notices?

``python -m tests.mutants``, from the project's root, with the extra ``mutation``. What is changed,
and which tests are to notice, stands in ``[tool.mutmut]`` of pyproject.toml.

It works in a copy of the checkout. There every property is first taken apart into a method and the
property of it, because mutmut passes over what is decorated. It prints how many mutants of each
module were made, noticed, and found to be the same by docs/mutants.md, and the others. Exit status
1 if there are others.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "mutants.md"
COPIED = ("components", "tests", "assets", "docs", "locales", "policy_content", "pyproject.toml")
NOTICED = ("killed", "timeout", "segfault")

_PROPERTY = re.compile(
    r"^    @property\n    def (?P<name>\w+)(?P<rest>\(self\) -> .+:\n(?:        .*\n|\n)+)", re.M
)


def without_decorators(source: str) -> str:
    """The same classes, with each property made from a method that mutmut sees."""
    return _PROPERTY.sub(
        lambda found: (
            f"    def read_{found['name']}{found['rest'].rstrip()}\n\n"
            f"    {found['name']} = property(read_{found['name']})\n\n"
        ),
        source,
    )


def mutmut(folder: Path, *arguments: str) -> str:
    """What a command of mutmut prints."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutants"}
    return subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout


def changed_lines(folder: Path, mutant: str) -> list[str]:
    """What stands in a mutant instead, line by line."""
    difference = mutmut(folder, "show", mutant).splitlines()
    return [line[1:].strip() for line in difference if re.match(r"[-+](?![-+])", line)]


def run(folder: Path) -> None:
    """Make all mutants in a folder, and try them."""
    left_out = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        else:
            shutil.copy(ROOT / name, folder / name)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name in settings["tool"]["mutmut"]["only_mutate"]:
        # Members of an enumeration are none of this: there a property stays one.
        source = (folder / name).read_text(encoding="utf-8")
        if "StrEnum)" not in source:
            (folder / name).write_text(without_decorators(source), encoding="utf-8")

    mutmut(folder, "run", "--max-children", "1")


def tell(folder: Path) -> bool:
    """Say what came of the mutants in a folder; whether all is well."""
    page = PAGE.read_text(encoding="utf-8")
    counts: defaultdict[str, dict[str, int]] = defaultdict(
        lambda: {"made": 0, "noticed": 0, "same": 0}
    )
    others = []
    for line in mutmut(folder, "results", "--all", "true").splitlines():
        mutant, _, outcome = line.strip().partition(": ")
        if not outcome:
            continue
        module = counts[mutant.split(".x", 1)[0]]
        module["made"] += 1
        if outcome in NOTICED:
            module["noticed"] += 1
        elif all(f"`{changed}`" in page for changed in changed_lines(folder, mutant)):
            module["same"] += 1
        else:
            others.append(f"{mutant}: {outcome}\n" + mutmut(folder, "show", mutant))
    print("| module | made | noticed | same |\n| --- | ---: | ---: | ---: |")
    for name, module in sorted(counts.items()):
        print(f"| `{name}` | {module['made']} | {module['noticed']} | {module['same']} |")
    sums = [sum(module[column] for module in counts.values()) for column in module]
    print(f"| all | {sums[0]} | {sums[1]} | {sums[2]} |", *others, sep="\n")
    return not others


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        run(Path(place))
        sys.exit(0 if tell(Path(place)) else 1)
