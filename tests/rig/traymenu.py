"""Reading and pressing tray menus over D-Bus, as a panel does (StatusNotifierItem, dbusmenu)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rig.buscall import BusError
from rig.session import Session
from rig.waiting import wait_for

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of a menu; the root of a tree has no label."""

    id: int
    label: str
    properties: dict[str, Any]
    children: tuple["MenuItem", ...]

    @property
    def pressable(self) -> bool:
        return bool(self.properties.get("enabled", True) and self.properties.get("visible", True))

    @property
    def separator(self) -> bool:
        return self.properties.get("type") == "separator"

    @property
    def checked(self) -> bool:
        return self.properties.get("toggle-state") == 1

    @property
    def labels(self) -> list[str]:
        """The labels of the lines that show, without those of sub-menus."""
        return [
            child.label
            for child in self.children
            if not child.separator and child.properties.get("visible", True)
        ]

    def child(self, label: str) -> "MenuItem":
        """The line with this label, or the only one that starts with it; else LookupError."""
        shown = [c for c in self.children if c.properties.get("visible", True)]
        exact = [child for child in shown if child.label == label]
        found = exact or [child for child in shown if child.label.startswith(label)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} lines {label!r} in {self.labels}")
        return found[0]

    def way_to(self, label: str) -> list[str]:
        """The labels to go through: here if it can be, else in the only sub-menu that has it."""
        menus = [child for child in self.children if label in child.labels]
        if any(text.startswith(label) for text in self.labels) or len(menus) != 1:
            return [label]
        return [menus[0].label, label]

    def walk(self) -> Iterator["MenuItem"]:
        """This line and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse(node: tuple[int, dict[str, tuple[str, Any]], list[tuple[str, Any]]]) -> MenuItem:
    """A dbusmenu layout as a tree."""
    number, wrapped, children = node
    properties = {name: value for name, (_, value) in wrapped.items()}
    # An underscore marks the access key; a real one is doubled.
    label = str(properties.get("label", "")).replace("__", "\0").replace("_", "")
    return MenuItem(
        number,
        label.replace("\0", "_"),
        properties,
        tuple(parse(child) for _, child in children),
    )


class TrayReader(Session):
    """The part of a desktop that looks at its tray."""

    def tray_items(self) -> list[tuple[str, str]]:
        """(bus name, object path) of every registered item; none when there is no panel."""
        if not self.bus.owned(WATCHER):
            return []
        entries = self.bus.property(
            WATCHER, "/StatusNotifierWatcher", WATCHER, "RegisteredStatusNotifierItems"
        )
        split = [entry.replace("@/", "/").partition("/") for entry in entries]  # GNOME's has the @
        return [(name, f"/{path}" if path else "/StatusNotifierItem") for name, _, path in split]

    def tray_host(self) -> bool:
        """Whether somebody shows tray items."""
        return self.bus.owned(WATCHER) and bool(
            self.bus.property(
                WATCHER, "/StatusNotifierWatcher", WATCHER, "IsStatusNotifierHostRegistered"
            )
        )

    def find_tray_item(self, id_substring: str = "qlbreak") -> tuple[str, str] | None:
        """The item whose Id has this text."""
        for item in self.tray_items():
            try:
                if id_substring in self.bus.property(*item, ITEM, "Id"):
                    return item
            except BusError:  # it left between the two questions
                continue
        return None

    def wait_tray_item(
        self, id_substring: str = "qlbreak", seconds: float = 5.0
    ) -> tuple[str, str]:
        """The same, with patience."""
        item = wait_for(
            lambda: self.find_tray_item(id_substring), seconds, f"tray icon {id_substring!r}"
        )
        assert item is not None
        return item

    def tray_properties(self, id_substring: str = "qlbreak") -> dict[str, Any]:
        """Everything that the item tells about itself: Title, Status, ToolTip, IconPixmap ..."""
        return self.bus.properties(*self.wait_tray_item(id_substring), ITEM)

    def tray_menu(self, id_substring: str = "qlbreak") -> MenuItem:
        """The whole menu as it is now, from its root."""
        return self._layout(*self._menu_address(id_substring), 0)

    def press_menu(self, label_path: str | Sequence[str], id_substring: str = "qlbreak") -> None:
        """Opens the menu and presses a line, in whichever sub-menu it is; a sequence of labels
        goes through them one by one.
        """
        name, path = self._menu_address(id_substring)
        line = self._layout(name, path, 0)
        labels = line.way_to(label_path) if isinstance(label_path, str) else label_path
        for label in labels:
            if line.id:
                line = self._layout(name, path, line.id)
            line = line.child(label)
            if not line.pressable:
                raise LookupError(f"{label!r} cannot be pressed: {line.properties}")
        self.bus.call(name, path, MENU, "Event", "isvu", line.id, "clicked", ("s", ""), 0)

    def activate_tray(self, id_substring: str = "qlbreak") -> None:
        """What a panel calls for a left click."""
        self.bus.call(*self.wait_tray_item(id_substring), ITEM, "Activate", "ii", 0, 0)

    def tray_icon_pixmap(self, size: int | None = None, id_substring: str = "qlbreak") -> bytes:
        """The icon's ARGB32 bytes (network order) in this size, or the largest one."""
        pictures = {
            width: bytes(data)
            for width, _, data in self.tray_properties(id_substring)["IconPixmap"]
        }
        return pictures[max(pictures) if size is None else size]

    def tooltip(self, id_substring: str = "qlbreak") -> str:
        """Title and text of the tooltip, a line each."""
        _, _, title, text = self.tray_properties(id_substring)["ToolTip"]
        return "\n".join(part for part in (title, text) if part)

    def _menu_address(self, id_substring: str) -> tuple[str, str]:
        item = self.wait_tray_item(id_substring)
        return item[0], self.bus.property(*item, ITEM, "Menu")

    def _layout(self, name: str, path: str, parent: int) -> MenuItem:
        self.bus.call(name, path, MENU, "AboutToShow", "i", parent)
        _, layout = self.bus.call(name, path, MENU, "GetLayout", "iias", parent, -1, [])
        return parse(layout)
