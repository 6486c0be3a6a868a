"""The walls between the rooms of ``components/``: which import is not allowed, and where it is."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

from .imports import Import, Module, Moment, read_module, read_package

NETWORK = (
    "aiohttp",
    "anyio",
    "asyncio",
    "ftplib",
    "http",
    "httpcore",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "starlette",
    "urllib.request",
    "urllib3",
    "uvicorn",
    "websockets",
    "xmlrpc",
)
"""Modules by which a program opens a socket; asyncio as a whole, since its streams are in it."""

FLET = (
    "flet",
    "flet_desktop",
    "flet_geolocator",
    "flet_permission_handler",
    "flet_web",
)

REACH: Mapping[str, tuple[str, ...]] = {
    "policy": (*FLET, *NETWORK),
    "consent": (*FLET, *NETWORK),
    "i18n": (*FLET, *NETWORK),
    "sync": FLET,
    "endpoint": FLET,
    "verifying": (*FLET, *NETWORK),
    "conformance": FLET,
    "phone": (*FLET, *NETWORK),
    "study": (*FLET, *NETWORK),
}
"""What a room may not import, neither itself nor through other modules of the kit."""

OWN: Mapping[str, tuple[str, ...]] = {
    room: ("sqlite3", "sqlalchemy", *(name for name in NETWORK if name != "asyncio"))
    for room in ("notices", "centre")
}
"""What a room may not import itself; it calls the kit, which may."""

NEIGHBOURS: Mapping[str, frozenset[str]] = {
    "policy": frozenset({"places"}),
    "consent": frozenset({"policy", "listeners"}),
    "i18n": frozenset({"places"}),
    "sync": frozenset({"consent", "policy", "listeners"}),
    "endpoint": frozenset({"consent", "policy"}),
    "verifying": frozenset({"consent", "policy"}),
    # Any endpoint's, so it knows nothing of ours.
    "conformance": frozenset({"consent", "policy"}),
    "phone": frozenset({"policy", "i18n"}),
    # Agreeing to be studied and the consent under test have no code in common.
    "study": frozenset({"places", "policy", "listeners"}),
    # Screens of a study know nothing of what is studied; only their examples load a study.
    "study_room": frozenset({"study", "surface", "i18n", "places"}),
}
"""The only other rooms (or modules beside them) that a room may import, even for its types."""

CLOSED_TO: Mapping[str, frozenset[str]] = {
    "notices": frozenset({"endpoint"}),
    "centre": frozenset({"endpoint"}),
}
"""Rooms that a room may not import."""

ROOMS_THAT_IMPORT_STUDY = frozenset({"study", "study_room", "prototype"})
OF_A_STUDY = frozenset({"study", "study_room"})
"""Rooms that a shipped app has no use for."""
MODULES_THAT_IMPORT_THE_PROTOTYPE = frozenset({"__main__"})
SEAM_TO_FLET = "surface.runtime"
"""The one module that may use names which Flet does not make public."""

_FLETS_OWN = frozenset({"flet", "ft", "page"})


def faults(folder: Path) -> list[str]:
    """Every breach of a wall in a package, each with file, line and reason.

    Args:
        folder: The package's folder; ``app.py`` beside it is looked at too, if it is there.
    """
    modules = read_package(folder)
    package = folder.name
    found: list[str] = []
    for module in modules.values():
        found += _absolute_imports(module, package)
        found += _direct(module, modules, package)
        found += _reached(module, modules, package)
        found += _private_names(module, package)
    front_door = folder.parent / "app.py"
    if front_door.exists():
        found += _front_door(read_module(front_door, "app"), package)
    return found


def _fault(module: Module, line: int, reason: str) -> str:
    return f"{module.path.name} ({module.name}), line {line}: {reason}"


def _place(name: str, package: str) -> str:
    """A dotted name from the package's root on; empty for what is elsewhere, or the root."""
    return name.removeprefix(f"{package}.") if name.startswith(f"{package}.") else ""


def _room(name: str, package: str) -> str:
    return _place(name, package).partition(".")[0]


def _absolute_imports(module: Module, package: str) -> Iterator[str]:
    for it in module.imports:
        if not it.relative and it.is_within(package, "mingshi"):
            yield _fault(module, it.line, f"imports {it.name} by its full name; use dots")


def _direct(module: Module, modules: Mapping[str, Module], package: str) -> Iterator[str]:
    room = _room(module.name, package)
    for it in module.imports:
        target = _module_of(it, modules)
        if it.is_within(*OWN.get(room, ())):
            yield _fault(module, it.line, f"{room} imports {it.name}; it calls the kit instead")
        if target is None:
            continue
        other = _room(target, package)
        if other == room and target != package:
            continue
        if room in NEIGHBOURS and other not in NEIGHBOURS[room]:
            yield _fault(module, it.line, f"{room} imports {other or 'the whole kit'}")
        if other in CLOSED_TO.get(room, ()):
            yield _fault(module, it.line, f"{room} imports {other}; it calls the kit instead")
        if other in OF_A_STUDY and room not in ROOMS_THAT_IMPORT_STUDY:
            yield _fault(module, it.line, f"imports {other}; a shipped app studies nobody")
        if other == "prototype" and _place(module.name, package) not in (
            MODULES_THAT_IMPORT_THE_PROTOTYPE
        ):
            yield _fault(module, it.line, "imports prototype, which is a host and not the kit")


def _reached(module: Module, modules: Mapping[str, Module], package: str) -> Iterator[str]:
    """What a module of a walled room imports that it may not, with the way it takes."""
    forbidden = REACH.get(_room(module.name, package), ())
    if not forbidden:
        return
    ways: dict[str, tuple[str, ...]] = {module.name: (module.name,)}
    queue = deque([module])
    while queue:
        current = queue.popleft()
        for it in _run(current, asked=current is module):
            if it.is_within(*forbidden):
                way = " -> ".join([*ways[current.name], it.name])
                yield _fault(module, it.line if current is module else 1, f"reaches {way}")
            target = _module_of(it, modules)
            # A package's own __init__ runs before what is inside it.
            names = [] if target is None else [*_packages_of(target), target]
            for name in names:
                if name in modules and name not in ways:
                    ways[name] = (*ways[current.name], name)
                    queue.append(modules[name])
        for name in _packages_of(current.name):
            if name in modules and name not in ways:
                ways[name] = (*ways[current.name], name)
                queue.append(modules[name])


def _run(module: Module, *, asked: bool) -> Iterator[Import]:
    """The imports that happen; of a package on the way, those that happen at its start.

    What a package imports later, it does for those who ask it for a name.
    """
    for it in module.imports:
        if it.moment is Moment.START or (
            it.moment is Moment.LATER and (asked or not module.is_package)
        ):
            yield it


def _module_of(it: Import, modules: Mapping[str, Module]) -> str | None:
    """The module of the package that an import names or takes a name from; None if elsewhere."""
    name = it.name
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


def _packages_of(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def _private_names(module: Module, package: str) -> Iterator[str]:
    if _place(module.name, package) == SEAM_TO_FLET:
        return
    for it in module.imports:
        below = it.name.removeprefix("flet.")
        inner = it.name.startswith("flet.") and ("." in below or below.startswith("_"))
        if inner or it.name in ("flet.components", "flet.controls"):
            yield _fault(module, it.line, f"imports {it.name}, which Flet does not make public")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and _is_private(node.attr) and _is_flets(node.value):
            yield _fault(module, node.lineno, f"uses {ast.unparse(node)}, which Flet keeps private")


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _is_flets(node: ast.expr) -> bool:
    """Whether an expression goes through Flet's module or through a page."""
    while isinstance(node, ast.Attribute):
        if node.attr in _FLETS_OWN:
            return True
        node = node.value
    return isinstance(node, ast.Name) and node.id in _FLETS_OWN


def _front_door(module: Module, package: str) -> Iterator[str]:
    for it in module.imports:
        if it.is_within(package) and _room(it.name, package) not in ("prototype", "__main__"):
            yield _fault(module, it.line, f"imports {it.name}; the front door knows the prototype")
