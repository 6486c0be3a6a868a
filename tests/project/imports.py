"""What each module of the kit imports, read from its source without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Moment(StrEnum):
    """When an import happens.

    ``START``: when the module is imported. ``LATER``: when a function runs. ``NEVER``: under
    ``if TYPE_CHECKING:``, for type checkers only.
    """

    START = "start"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True)
class Import:
    """One imported name.

    Attributes:
        name: Dotted and absolute, as far as the statement goes: ``urllib.request.urlopen``.
        line: Counted from 1.
        moment: When it happens.
        relative: Whether it is written with leading dots.
    """

    name: str
    line: int
    moment: Moment
    relative: bool

    def is_within(self, *names: str) -> bool:
        """Whether it is one of these modules or packages, or something inside one."""
        return any(self.name == name or self.name.startswith(f"{name}.") for name in names)


@dataclass(frozen=True)
class Module:
    """One source file.

    Attributes:
        name: Dotted, for example ``components.policy.pack``; of a package, the package's.
        path: The file.
        tree: Its syntax tree.
        imports: Everything it imports, in the file's order.
    """

    name: str
    path: Path
    tree: ast.Module
    imports: tuple[Import, ...]

    @property
    def is_package(self) -> bool:
        """Whether this is a package's ``__init__.py``."""
        return self.path.name == "__init__.py"


def read_module(path: Path, name: str) -> Module:
    """Read one file.

    Args:
        path: The file.
        name: Its dotted name; relative imports are resolved against it.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    return Module(name, path, tree, tuple(_imports(tree, package, Moment.START)))


def read_package(folder: Path) -> Mapping[str, Module]:
    """Every module of a package by its dotted name, which starts with the folder's own."""
    modules: dict[str, Module] = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = read_module(path, name)
    return modules


def _imports(node: ast.AST, package: str, moment: Moment) -> Iterator[Import]:
    match node:
        case ast.Import(names=names):
            for alias in names:
                yield Import(alias.name, node.lineno, moment, relative=False)
        case ast.ImportFrom(module=module, names=names, level=level):
            origin = _absolute(module or "", level, package)
            for alias in names:
                name = origin if alias.name == "*" else f"{origin}.{alias.name}"
                yield Import(name, node.lineno, moment, relative=level > 0)
        case ast.Call(
            func=ast.Name("__import__") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            yield Import(_absolute(name.lstrip("."), 0, package), node.lineno, moment, False)
        case ast.If(test=test, body=body, orelse=orelse) if _is_type_checking(test):
            for statement in body:
                yield from _imports(statement, package, Moment.NEVER)
            for statement in orelse:
                yield from _imports(statement, package, moment)
            return
    inside = moment
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        inside = Moment.LATER if moment is Moment.START else moment
    for child in ast.iter_child_nodes(node):
        yield from _imports(child, package, inside)


def _absolute(module: str, level: int, package: str) -> str:
    if level == 0:
        return module
    parents = package.split(".")
    base = parents[: len(parents) - level + 1]
    return ".".join([*base, module] if module else base)


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )
