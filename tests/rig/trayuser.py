"""A program with a tray: what it shows, and what it was told."""

import queue
import threading
from typing import Self

from PIL import Image

from qlbreak.dbus import DAEMON, Bus
from qlbreak.tray import SEPARATOR, Draw, Face, MenuLine, Tray
from rig.waiting import PATIENCE
from rig.watcher import ITEM_NAME

TEAL, AMBER = (46, 201, 174), (255, 173, 38)
FACE = Face(
    TEAL,
    "Sitting for 5 min",
    (
        MenuLine("", "Sitting for 5 min"),
        MenuLine("break", "Take a break", default=True),
        SEPARATOR,
        MenuLine(
            "snooze",
            "Snooze",
            lines=(MenuLine("snooze:5", "5 min"), MenuLine("snooze:15", "15 min")),
        ),
        MenuLine("stand", "I am standing", checked=False),
        MenuLine("undo", "Undo", enabled=False),
        MenuLine("quit", "Quit"),
    ),
)


def draw(icon: tuple[int, int, int], size: int) -> Image.Image:
    return Image.new("RGBA", (size, size), (*icon, 255))


def named_bus(address: str) -> Bus:
    """A connection with the name under which the watcher lists the item."""
    bus = Bus(address, retry_s=0.02)
    bus.connect()
    bus.call(*DAEMON, "RequestName", "su", (ITEM_NAME, 0))
    return bus


class TrayUser:
    """Runs a tray in a thread until `stop`; without an address it has no bus."""

    def __init__(self, address: str = "", face: Face | None = FACE, drawn: Draw = draw) -> None:
        self.pressed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.kinds: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._bus = named_bus(address) if address else None
        self.tray = Tray(drawn, self.pressed.put, self.kinds.put, self._bus, look_s=0.1)
        if face:
            self.tray.show(face)
        self._thread = threading.Thread(target=self.tray.run, name="tray user")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        if self._bus:
            self._bus.close()

    def next_kind(self) -> str:
        return self.kinds.get(timeout=PATIENCE)

    def next_press(self) -> str:
        return self.pressed.get(timeout=PATIENCE)

    def stop(self) -> None:
        self.tray.stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
