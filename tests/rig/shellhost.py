"""A host that keeps the menu as GNOME's AppIndicator extension does: what it knows, it never asks
for again.

It asks for the shape, then once for each new line for its properties. From then on it takes them
from ItemsPropertiesUpdated alone; a new layout only tells it which lines there are. It puts lines
that come, go or move in the wrong place, so it complains of each.
"""

import queue
from functools import partial
from typing import Any, Self

from qlbreak.dbus import Body, Bus
from rig.buscall import Bus as Caller
from rig.traymenu import MENU

SHAPE = ["type", "children-display"]


class ShellHost:
    """`address`: of the bus; `item`: bus name of the icon and path of its menu."""

    def __init__(self, address: str, item: tuple[str, str]) -> None:
        self.complaints: list[str] = []
        self._item = item
        self._properties: dict[int, dict[str, Any]] = {}
        self._children: dict[int, list[int]] = {}
        self._told: queue.SimpleQueue[tuple[str, Body]] = queue.SimpleQueue()
        self._caller = Caller(address)
        self._ear = Bus(address)
        self._ear.connect()
        for name in ("LayoutUpdated", "ItemsPropertiesUpdated"):
            self._ear.on_signal(item[0], MENU, name, None, partial(self._note, name))
        self._ear.name_has_owner(item[0])  # from here on it hears
        self._take_layout()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ear.close()
        self._caller.close()

    def seen(self, parent: int = 0) -> dict[str, bool]:
        """The lines that it shows in this menu, and whether each can be pressed."""
        self._catch_up()
        lines = [self._properties[number] for number in self._children[parent]]
        return {
            line["label"]: line["enabled"]
            for line in lines
            if line.get("visible", True) and line.get("type") != "separator"
        }

    def number(self, label: str) -> int:
        """The id of the only line with this label that it shows."""
        self._catch_up()
        (found,) = (
            number
            for number, line in self._properties.items()
            if line.get("label") == label and line.get("visible", True)
        )
        return found

    def press(self, label: str) -> None:
        """A greyed one cannot be pressed."""
        number = self.number(label)
        assert self._properties[number]["enabled"], label
        self._ask("Event", "isvu", number, "clicked", ("i", 0), 0)

    def _note(self, name: str, body: Body) -> None:
        self._told.put((name, body))

    def _catch_up(self) -> None:
        """With all that was told before now."""
        self._ask("AboutToShow", "i", 0)  # answered by the icon: what it told before is under way
        self._ear.name_has_owner(self._item[0])  # and here, before this answer
        while not self._told.empty():
            name, body = self._told.get()
            if name == "LayoutUpdated":
                self._take_layout()
            else:
                self._take_properties(*body)

    def _take_properties(self, updated: list[Any], removed: list[Any]) -> None:
        for number, new in updated:
            if number in self._properties:
                self._properties[number] |= {name: value for name, (_, value) in new.items()}
                if set(new) & set(SHAPE):
                    self.complaints.append(f"line {number} became another kind")
        for number, names in removed:
            for name in names:
                self._properties.get(number, {}).pop(name, None)

    def _take_layout(self) -> None:
        _, root = self._ask("GetLayout", "iias", 0, -1, SHAPE)
        first = not self._children
        before, self._children = self._children, {}
        fresh = self._place(root)
        for number in fresh if not first else []:
            self.complaints.append(f"line {number} is new")
        for parent, children in before.items():
            if self._children.get(parent, children) != children:
                self.complaints.append(f"the lines of {parent} are other ones")
        (found,) = self._ask("GetGroupProperties", "aias", fresh, [])
        for number, properties in found:
            self._properties[number] |= {name: value for name, (_, value) in properties.items()}

    def _place(self, node: Any) -> list[int]:
        """Which of these lines, and of those below, it did not know."""
        number, _, children = node
        self._children[number] = [child[0] for _, child in children]
        fresh = [] if number in self._properties else [number]
        self._properties.setdefault(number, {})
        return fresh + [new for _, child in children for new in self._place(child)]

    def _ask(self, member: str, signature: str, *body: Any) -> Body:
        return self._caller.call(*self._item, MENU, member, signature, *body)
