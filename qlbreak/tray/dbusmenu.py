"""The menu of a pystray icon as com.canonical.dbusmenu: ids that last, changes in place."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.dbus import Body, Bus, BusError, Method, Variant
from qlbreak.language import right_to_left
from qlbreak.tray.shown import pystray

SEPARATOR: Final = pystray("base").Menu.SEPARATOR
MENU: Final = "com.canonical.dbusmenu"
MENU_PATH: Final = "/StatusNotifierItem/Menu"
NODE: Final = "(ia{sv}av)"
INVALID: Final = "org.freedesktop.DBus.Error.InvalidArgs"

Token = tuple[str, str, int]  # kind, key, and which of those in its menu


class Node(Struct, frozen=True):
    """A line of the menu as hosts know it; the root has id 0."""

    id: int
    token: Token
    properties: Mapping[str, Variant] = {}
    item: Any = None
    nodes: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        yield self
        for node in self.nodes:
            yield from node.walk()

    @property
    def pressable(self) -> bool:
        """A host may have missed that it is not any more."""
        return all(self.properties.get(name) == ("b", True) for name in ("enabled", "visible"))

    @property
    def shape(self) -> list[tuple[int, int]]:
        return [(node.id, len(node.nodes)) for node in self.walk()]

    def chosen(self, names: Sequence[str]) -> dict[str, Variant]:
        return {name: v for name, v in self.properties.items() if not names or name in names}

    def layout(self, depth: int, names: Sequence[str]) -> Body:
        """`depth` levels below this one, all when negative."""
        nodes = self.nodes if depth else ()
        below = [(NODE, node.layout(depth - 1, names)) for node in nodes]
        return (self.id, self.chosen(names), below)


def _grown(items: Any, before: tuple[Node, ...], fresh: Iterator[int]) -> tuple[Node, ...]:
    """The nodes of a menu. Who was there `before` keeps its id, separators and text as well: hosts
    take what has changed by id, and some mix up the order of lines when ids come and go.
    """
    known = {node.token: node for node in before}
    met: Counter[tuple[str, str]] = Counter()
    nodes = []
    for item in items.items if items is not None else ():  # the hidden ones too
        kind, key = _kind(item), getattr(item, "key", "")
        token = kind, key, met[kind, key]
        met[kind, key] += 1
        nodes.append(_node(item, token, known.get(token), fresh))
    return tuple(nodes)


def _node(item: Any, token: Token, old: Node | None, fresh: Iterator[int]) -> Node:
    """An item that `stays` as it is says so; others may tell anew what they are each time."""
    if old and old.item is item and getattr(item, "stays", False):
        return old
    nodes = _grown(item.submenu, old.nodes if old else (), fresh)
    return Node(old.id if old else next(fresh), token, _properties(item), item, nodes)


def _kind(item: Any) -> str:
    return "separator" if item is SEPARATOR else "item" if item.submenu is None else "menu"


def _properties(item: Any) -> dict[str, Variant]:
    if item is SEPARATOR:
        return {"type": ("s", "separator")}
    found = {
        "label": ("s", item.text.replace("_", "__")),  # a single one would mark the access key
        "enabled": ("b", bool(item.enabled)),
        "visible": ("b", bool(item.visible)),
    }
    if item.checked is not None:
        found["toggle-type"] = ("s", "radio" if item.radio else "checkmark")
        found["toggle-state"] = ("i", int(item.checked))
    if item.submenu is not None:
        found["children-display"] = ("s", "submenu")
    return found


class DbusMenu:
    """The menu as an object on the bus."""

    def __init__(self, bus: Bus, press: Callable[[Any], None]) -> None:
        """`press` gets the pystray item that was clicked."""
        self._bus, self._press = bus, press
        self._fresh = count(1)
        self._updating = threading.Lock()
        # Revision and tree change together, and are read on the bus's thread.
        self._state = 1, Node(0, ("menu", "", 0), {"children-display": ("s", "submenu")})

    def serve(self) -> Callable[[], None]:
        methods = {
            "GetLayout": Method(self._get_layout, ("i", "i", "as"), ("u", NODE)),
            "GetGroupProperties": Method(self._get_group, ("ai", "as"), ("a(ia{sv})",)),
            "GetProperty": Method(self._get_property, ("i", "s"), ("v",)),
            "Event": Method(self._event, ("i", "s", "v", "u")),
            "EventGroup": Method(self._event_group, ("a(isvu)",), ("ai",)),
            "AboutToShow": Method(self._about_to_show, ("i",), ("b",)),
            "AboutToShowGroup": Method(self._about_to_show_group, ("ai",), ("ai", "ai")),
        }
        properties: dict[str, Variant] = {
            "Version": ("u", 3),
            "TextDirection": ("s", "rtl" if right_to_left() else "ltr"),
            "Status": ("s", "normal"),
            "IconThemePath": ("as", []),
        }
        return self._bus.serve(MENU_PATH, MENU, methods, lambda: properties)

    def update(self, menu: Any) -> None:
        """Tells hosts only what changed, and all of it at once: a new layout would close a menu
        that is open. GNOME's takes the state of a line that it knows from nothing else.
        """
        with self._updating:
            revision, old = self._state
            new = replace(old, nodes=_grown(menu, old.nodes, self._fresh))
            changed = new.shape != old.shape
            self._state = revision + changed, new
            changes = _changes(old, new)
            if any(changes):
                self._emit("ItemsPropertiesUpdated", "a(ia{sv})a(ias)", changes)
            if changed:
                self._emit("LayoutUpdated", "ui", (revision + 1, 0))

    def _emit(self, member: str, signature: str, body: Body) -> None:
        self._bus.emit(MENU_PATH, MENU, member, signature, body)

    def _node(self, number: int) -> Node:
        for node in self._state[1].walk():
            if node.id == number:
                return node
        raise BusError(INVALID, f"The ID supplied {number} does not refer to a menu item we have")

    def _unknown(self, numbers: Sequence[int]) -> list[int]:
        known = {node.id for node in self._state[1].walk()}
        return [number for number in numbers if number not in known]

    def _get_layout(self, parent: int, depth: int, names: list[str]) -> Body:
        return self._state[0], self._node(parent).layout(depth, names)

    def _get_group(self, numbers: list[int], names: list[str]) -> Body:
        nodes = self._state[1].walk()
        found = [(n.id, n.chosen(names)) for n in nodes if not numbers or n.id in numbers]
        return (found,)

    def _get_property(self, number: int, name: str) -> Body:
        try:
            return (self._node(number).properties[name],)
        except KeyError:
            raise BusError(INVALID, f"The menu item {number} has no property {name}") from None

    def _event(self, number: int, event: str, _data: Variant, _time: int) -> Body:
        node = self._node(number)
        if event == "clicked" and node.pressable:
            self._press(node.item)
        return ()

    def _event_group(self, events: list[tuple[int, str, Variant, int]]) -> Body:
        unknown = self._unknown([event[0] for event in events])
        for event in events:
            if event[0] not in unknown:
                self._event(*event)
        return (unknown,)

    def _about_to_show(self, number: int) -> Body:
        self._node(number)
        return (False,)

    def _about_to_show_group(self, numbers: list[int]) -> Body:
        return [], self._unknown(numbers)


def _changes(old: Node, new: Node) -> tuple[list[Body], list[Body]]:
    """What is new and what is gone in the properties of the lines that were there before."""
    before = {node.id: node.properties for node in old.walk()}
    updated: list[Body] = []
    removed: list[Body] = []
    for node in new.walk():
        was, now = before.get(node.id, node.properties), node.properties
        if news := {name: value for name, value in now.items() if was.get(name) != value}:
            updated.append((node.id, news))
        if gone := [name for name in was if name not in now]:
            removed.append((node.id, gone))
    return updated, removed
