"""Looking at the screen: what is there, by key, by words, by role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .shadow import Node, ShadowTree, nodes_below
from .words import MODAL_DIALOGS, TOGGLES, names, role, words

_TAPPED_THROUGH_PARENT = {
    "Radio",
    "NavigationBarDestination",
    "NavigationRailDestination",
    "NavigationDrawerDestination",
    "Segment",
    "Tab",
}


class Queries:
    """What a test may ask about the screen.

    Queries for one node raise `LookupError` unless there is exactly one, and say what there is.
    Nodes that are not visible, and dialogs that are closed, are not on the screen.
    """

    tree: ShadowTree

    @property
    def page(self) -> Node:
        """The page as the client knows it."""
        return self.tree.root

    def walk(self, within: Node | None = None) -> Iterator[Node]:
        """Every node on the screen, parents first."""
        for path in self.tree.paths():
            if _shown(path) and (within is None or any(node is within for node in path)):
                yield path[-1]

    def walk_enabled(self, within: Node | None = None) -> Iterator[Node]:
        """As :meth:`walk`, without what is :meth:`enabled` not; one pass over the tree."""
        for path in self.tree.paths():
            if (
                not any(step.get("disabled") for step in path)
                and _shown(path)
                and (within is None or any(node is within for node in path))
            ):
                yield path[-1]

    def all(self, type: str | None = None, /, **props: Any) -> list[Node]:
        """Every node of this type with these properties."""
        return [
            node
            for node in self.walk()
            if type in {None, node.type} and all(node.get(k) == v for k, v in props.items())
        ]

    def one(self, type: str | None = None, /, **props: Any) -> Node:
        """The only node of this type with these properties."""
        return self._only(self.all(type, **props), f"{type or 'node'} with {props}")

    def by_key(self, key: str | int | float | bool) -> Node:
        """The only node with this key, or the one that is announced under this identifier.

        A control that keeps its place and focus keeps its key while what it does changes; its
        identifier says what it does now.
        """
        return self._only(self._known_as(key), f"key {key!r}")

    def has_key(self, key: str | int | float | bool) -> bool:
        """Whether there is a node that :meth:`by_key` would find."""
        return bool(self._known_as(key))

    def _known_as(self, key: str | int | float | bool) -> list[Node]:
        nodes = list(self.walk())
        keyed = [node for node in nodes if node.key == key]
        named = [
            content
            for node in nodes
            if node.type == "Semantics" and node.get("identifier") == key
            if isinstance(content := node.get("content"), Node)
        ]
        return keyed or named

    def by_identifier(self, identifier: str) -> Node:
        """The only `Semantics` node with this identifier, as browser tests look for it."""
        return self.one("Semantics", identifier=identifier)

    def all_by_role(self, wanted: str, name: str | None = None) -> list[Node]:
        """Every node with this role (`button`, `heading`, `switch`, ...) and, if given, name."""
        return [
            node
            for node in self.walk()
            if role(node) == wanted and (name is None or name in _names_by_role(node))
        ]

    def by_role(self, wanted: str, name: str | None = None) -> Node:
        """The only node with this role and, if given, this name."""
        found = self.all_by_role(wanted, name)
        return self._only(found, f"{wanted} named {name!r}" if name else wanted)

    def by_text(self, text: str) -> Node:
        """The only control that a person could tap under this name, in front of all others."""
        reachable = [node for node in self.walk(self.front) if tappable(node)]
        found = [node for node in reachable if text in names(node)]
        # A tap on what lies inside a tappable container belongs to the innermost one.
        inner = [
            node
            for node in found
            if not any(other in list(nodes_below(node))[1:] for other in found)
        ]
        if len(inner) == 1:
            return inner[0]
        on_offer = sorted({name for node in reachable for name in names(node)})
        where = f" in {self.front!r}" if self.front else ""
        raise LookupError(f"{len(inner)} controls to tap named {text!r}{where}; there: {on_offer}")

    def texts(self, within: Node | None = None) -> list[str]:
        """Every string that a person can read, in the order in which it was sent."""
        return words(within if within is not None else self.page)

    def says(self, text: str, within: Node | None = None) -> bool:
        """Whether this is part of something that a person can read."""
        return any(text in shown for shown in self.texts(within))

    @property
    def dialogs(self) -> list[Node]:
        """Open dialogs, sheets, banners and snack bars, the first opened first."""
        controls = self.page.get("_dialogs", {}).get("controls") or []
        return [dialog for dialog in controls if dialog.get("open")]

    @property
    def front(self) -> Node | None:
        """The dialog that keeps a person from everything behind it, if there is one."""
        modal = [dialog for dialog in self.dialogs if dialog.type in MODAL_DIALOGS]
        return modal[-1] if modal else None

    def enabled(self, node: Node) -> bool:
        """Whether neither the node nor anything around it is disabled."""
        return not any(step.get("disabled") for step in self.tree.path_to(node))

    def parent(self, node: Node, *types: str) -> Node:
        """The nearest node of one of these types around a node."""
        for step in reversed(self.tree.path_to(node)[:-1]):
            if step.type in types:
                return step
        raise LookupError(f"{node!r} is not inside of {' or '.join(types)}")

    def _only(self, found: list[Node], wanted: str) -> Node:
        if len(found) == 1:
            return found[0]
        raise LookupError(f"{len(found)} of {wanted} on the screen: {found or self.texts()}")


def _shown(path: tuple[Node, ...]) -> bool:
    holders = ("", *(node.type for node in path))
    return all(
        node.get("visible") is not False and (holder != "Dialogs" or bool(node.get("open")))
        for holder, node in zip(holders, path, strict=False)
    )


def tappable(node: Node) -> bool:
    """Whether a tap on a node does something."""
    return bool(
        node.get("on_click")
        or node.get("action")
        or node.get("on_select")
        or node.get("url")
        or node.type in TOGGLES
        or node.type in _TAPPED_THROUGH_PARENT
        or node.type == "ExpansionTile"
    )


def _names_by_role(node: Node) -> set[str]:
    found = names(node)
    if role(node) == "dialog":
        found |= set(words(node.get("title")))
    return found
