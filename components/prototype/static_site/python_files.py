"""Which Python files the app in the browser needs: those that its first module reaches.

Found in the sources: what is imported anywhere in a module, at its top or inside a function, is
reached; what only types need is not. So no list of rooms has to be kept up to date, and a room that
the app does not use is sent to nobody.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from importlib.util import find_spec, resolve_name
from pathlib import Path


def reached_from(module: str, packages: Collection[str]) -> dict[str, Path]:
    """The modules that a module reaches, itself included, each with its file.

    Args:
        module: Full name of the first module.
        packages: Names at the top of the packages to look into; others are passed over.
    """
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found or name.partition(".")[0] not in packages:
            continue
        path = _source(name)
        if path is None:  # a name inside the module before it, and no module
            continue
        found[name] = path
        parent = name.rpartition(".")[0]
        waiting.append(parent)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        waiting.extend(_imported([tree], name if path.name == "__init__.py" else parent))
    return found


def _source(name: str) -> Path | None:
    try:
        spec = find_spec(name) if name else None
    except ModuleNotFoundError:
        return None
    origin = None if spec is None else spec.origin
    return Path(origin) if origin is not None and origin.endswith(".py") else None


def _imported(nodes: Iterable[ast.AST], package: str) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package)
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and _is_for_types(node.test):
            yield from _imported(node.orelse, package)
        else:
            yield from _imported(ast.iter_child_nodes(node), package)


def _is_for_types(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"
