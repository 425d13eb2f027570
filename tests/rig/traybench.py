"""An icon of our pystray backend on a bus of its own, seen by a host and heard by a listener."""

import threading
from typing import Any, Self

from PIL import Image

from qlbreak.dbus import DAEMON, Body, Bus
from qlbreak.tray.dbusmenu import MENU_PATH
from qlbreak.tray.shown import pystray
from qlbreak.tray.sni import ITEM_PATH, Icon
from rig.traymenu import ITEM, MENU
from rig.waiting import PATIENCE, wait_for
from rig.watcher import ITEM_NAME, TrayBus, Watcher

_base = pystray("base")
Menu, Item = _base.Menu, _base.MenuItem
Signals = list[tuple[str, Body]]
RED = (255, 0, 0, 128)


def square(size: int, colour: tuple[int, ...] = RED) -> Image.Image:
    return Image.new("RGBA", (size, size), colour)


class Bench:
    """`bus` is the connection of the icon; it has a name that it takes again when it is back."""

    def __init__(self) -> None:
        self.trays = TrayBus()
        self._icons: list[Icon] = []
        self._heard: Signals = []

    def __enter__(self) -> Self:
        self.trays.__enter__()
        self.watcher = Watcher(self.trays.session_address)
        self.bus = Bus(self.trays.session_address, retry_s=0.02)
        self.bus.on_connect.append(self._take_name)
        self.bus.connect()
        self._take_name()
        self._ear = Bus(self.trays.session_address)
        self._ear.connect()
        for name in ("NewIcon", "NewTitle", "NewToolTip", "NewStatus"):
            self._listen(ITEM, name)
        for name in ("LayoutUpdated", "ItemsPropertiesUpdated"):
            self._listen(MENU, name)
        return self

    def __exit__(self, *_: Any) -> None:
        for icon in self._icons:
            icon.stop()
        for bus in (self._ear, self.bus, self.watcher):
            bus.close()
        self.trays.stop()

    def show(self, *items: Any, icon: Any = square, title: str = "Sitting for 5 min") -> Icon:
        """An icon with these menu items, until the end of the test."""
        made = Icon("qlbreak-test", icon, title, Menu(*items), bus=self.bus)
        self._icons.append(made)
        made.run_detached()
        assert self.watcher.registered.get(timeout=PATIENCE) == ITEM_PATH
        wait_for(lambda: made.visible, 3, "the icon knows that it shows")
        return made

    def press(self, number: int) -> None:
        """What a host does when the line with this id is clicked."""
        self.ask("Event", "isvu", number, "clicked", ("s", ""), 0)

    def ask(self, member: str, signature: str, *body: Any) -> Body:
        """A call to the menu."""
        return self.trays.bus.call(ITEM_NAME, MENU_PATH, MENU, member, signature, *body)

    def ids(self) -> dict[str, int]:
        """Of the lines that have a label."""
        return {line.label: line.id for line in self.trays.tray_menu().walk()}

    def signals(self) -> Signals:
        """What the icon told all hosts since the last time."""
        done = threading.Event()
        cancel = self._ear.on_signal(
            ITEM_NAME, "org.example.Test", "Done", None, lambda _: done.set()
        )
        self._ear.name_has_owner(ITEM_NAME)
        self.bus.emit("/", "org.example.Test", "Done")  # comes after all that was sent before
        assert done.wait(PATIENCE)
        cancel()
        taken = self._heard[:]
        self._heard.clear()
        return taken

    def _listen(self, interface: str, name: str) -> None:
        self._ear.on_signal(
            ITEM_NAME, interface, name, None, lambda body: self._heard.append((name, body))
        )

    def _take_name(self) -> None:
        self.bus.send(*DAEMON, "RequestName", "su", (ITEM_NAME, 0))
