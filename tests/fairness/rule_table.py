"""The rules as the documentation lists them."""

from __future__ import annotations

from components.fairness import rule_set


def rule_table() -> str:
    """A line for each rule: id, level, what it asks, its limits, what it looks at."""
    lines = ["| Rule | Level | What it asks | Limits | Looks at |", "|---|---|---|---|---|"]
    for rule in rule_set().rules:
        limits = [f"{name} {value:g}" for name, value in rule.limits.items()]
        limits += [
            f"{name} {', '.join(f'{it:g}' for it in values)}" for name, values in rule.lists.items()
        ]
        needs = "; ".join(it.replace("|", " or ") for it in rule.needs)
        told = "; ".join(limits).replace("_", " ") or "none"
        lines.append(f"| {rule.id} | {rule.level} | {rule.title} | {told} | {needs} |")
    return "\n".join(lines) + "\n"
