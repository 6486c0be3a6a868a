"""What the client holds: a tree of nodes that is changed by patches alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import Any


class Node(dict[str, Any]):
    """One control as the client knows it: its sent properties, by name."""

    @property
    def type(self) -> str:
        """Flet's name for the kind of control, such as `FilledButton`."""
        return str(self.get("_c", "?"))

    @property
    def id(self) -> int:
        """The control's number within its session."""
        return int(self["_i"])

    @property
    def key(self) -> str | int | float | bool | None:
        """The control's key, unwrapped from `ValueKey` or `ScrollKey`."""
        key = self.get("key")
        return key.get("value") if isinstance(key, dict) else key

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self.get("_i"))

    def __eq__(self, other: object) -> bool:
        return self is other

    def __repr__(self) -> str:
        shown = {
            name: value
            for name, value in self.items()
            if isinstance(value, str | int | float | bool) and not name.startswith("_")
        }
        return f"{self.type}#{self.get('_i')}({shown})"


class PatchError(Exception):
    """A patch does not fit the tree."""


class UnknownControl(PatchError):
    """A patch is meant for a control that the tree does not hold."""


class Operation(IntEnum):
    """Flet's patch operations, by their number on the wire."""

    REPLACE = 0
    ADD = 1
    REMOVE = 2
    MOVE = 3


ControlSet = Callable[[Node, str], None]
"""Told of a patch that puts a control (or a list with one) into a property of an existing node."""


class ShadowTree:
    """Applies patches the way the client does, strictly: what does not fit is an error.

    The client ignores a patch for a control that it does not know; here it raises
    `UnknownControl`, because a person would look at a stale screen.
    """

    def __init__(self, on_control_set: ControlSet) -> None:
        self.root = Node()
        self._on_control_set = on_control_set

    def reset(self, page: dict[str, Any]) -> None:
        """Start anew from a page as sent at registration."""
        root = _as_nodes(page)
        if not isinstance(root, Node):
            raise PatchError(f"a page was expected, not {page!r}")
        self.root = root

    def find(self, control_id: int) -> Node | None:
        """The node with this control number, whether visible or not."""
        for path in self.paths():
            if path[-1].get("_i") == control_id:
                return path[-1]
        return None

    def path_to(self, node: Node) -> tuple[Node, ...]:
        """The nodes from the page down to this one, or nothing if it has left the tree."""
        for path in self.paths():
            if path[-1] is node:
                return path
        return ()

    def paths(self) -> Iterator[tuple[Node, ...]]:
        """Every node with its ancestors, page first."""
        yield from _paths(self.root, ())

    def apply(self, control_id: int, patch: list[Any]) -> None:
        """Apply one patch message.

        The first item of a patch is a tree of the places it touches, each with a number; the
        operations after it name their place by that number.

        Raises:
            UnknownControl: the control is not in the tree.
            PatchError: an operation names a place or an index that does not exist.
        """
        target = self.find(control_id)
        if target is None:
            raise UnknownControl(f"patch for control {control_id}, which this client never got")
        places = _places(patch[0])
        for operation in patch[1:]:
            self._operate(operation, target, places)

    def _operate(
        self, operation: list[Any], target: Node, places: dict[int, tuple[Any, ...]]
    ) -> None:
        # As the client does: a place is looked up when its operation is, so that it is the one
        # that the operations before have left there.
        container = _at(target, places[operation[1]])
        step = operation[2]
        match Operation(operation[0]):
            case Operation.REPLACE:
                self._set(container, step, _as_nodes(operation[3]))
            case Operation.ADD if isinstance(container, list):
                _insert(container, step, _as_nodes(operation[3]))
            case Operation.ADD:
                self._set(container, step, _as_nodes(operation[3]))
            case Operation.REMOVE:
                _take(container, step)
            case Operation.MOVE:
                destination = _at(target, places[operation[3]])
                value = _take(container, step)
                if isinstance(destination, list):
                    _insert(destination, operation[4], value)
                else:
                    destination[operation[4]] = value

    def _set(self, container: Any, step: Any, value: Any) -> None:
        if isinstance(container, list) and not 0 <= step < len(container):
            raise PatchError(f"index {step} is outside a list of {len(container)}")
        container[step] = value
        if isinstance(container, Node) and "_c" in container and holds_control(value):
            self._on_control_set(container, str(step))


def holds_control(value: Any) -> bool:
    """Whether a sent value is a control or a list with one."""
    if isinstance(value, list):
        return any(holds_control(item) for item in value)
    return isinstance(value, dict) and "_c" in value


def nodes_below(value: Any) -> Iterator[Node]:
    """Every control in a sent value, itself first."""
    for path in _paths(value, ()):
        yield path[-1]


def _paths(value: Any, above: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    if isinstance(value, Node):
        if "_c" in value:
            above = (*above, value)
            yield above
        for inner in list(value.values()):
            yield from _paths(inner, above)
    elif isinstance(value, list):
        for inner in list(value):
            yield from _paths(inner, above)


def _places(tree: list[Any], above: tuple[Any, ...] = ()) -> dict[int, tuple[Any, ...]]:
    """The steps to each numbered place of a patch's tree."""
    number, *branches = tree
    places = {number: above}
    for step, branch in branches[0].items() if branches else ():
        places |= _places(branch, (*above, step))
    return places


def _at(target: Node, steps: tuple[Any, ...]) -> Any:
    container: Any = target
    for step in steps:
        try:
            container = container[step]
        except (LookupError, TypeError) as error:
            raise PatchError(f"no {step!r} in {container!r}: {error}") from error
    return container


def _as_nodes(value: Any) -> Any:
    if isinstance(value, dict):
        return Node({name: _as_nodes(inner) for name, inner in value.items()})
    if isinstance(value, list):
        return [_as_nodes(inner) for inner in value]
    return value


def _insert(items: list[Any], index: int, value: Any) -> None:
    if not 0 <= index <= len(items):
        raise PatchError(f"cannot insert at {index} into a list of {len(items)}")
    items.insert(index, value)


def _take(container: Any, step: Any) -> Any:
    try:
        return container.pop(step)
    except LookupError as error:
        raise PatchError(f"nothing at {step!r} to take away") from error
