"""An XEMBED tray of the tests' own, which can be as trying as those that there are."""

import queue
import select
import socket
import threading
from typing import Any, Self

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol import event

from rig.waiting import PATIENCE

SIZE = 24


class XembedTray:
    """`strict`: an icon that asks a second time is put out, as by trayer. `refuses`: so many times
    an icon is put out as soon as it is in. `clear`: it wants windows that can be seen through.
    """

    def __init__(
        self, display: str, *, strict: bool = False, refuses: int = 0, clear: bool = False
    ) -> None:
        self.asked: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.depths: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._strict, self._refuses = strict, refuses
        self._inside: set[int] = set()
        self._display = Display(display)
        screen = self._display.screen()
        self._root = screen.root
        self._own = self._root.create_window(0, 0, 200, SIZE, 0, screen.root_depth)
        self._own.map()
        self._opcode = self._atom("_NET_SYSTEM_TRAY_OPCODE")
        if clear:
            self._wish(screen)
        selection = self._atom(f"_NET_SYSTEM_TRAY_S{self._display.get_default_screen()}")
        self._own.set_selection_owner(selection, X.CurrentTime)
        self._display.sync()
        self._hearing, self._ending = socket.socketpair()
        self._thread = threading.Thread(target=self._live, name="xembed tray")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()
        self._thread.join(PATIENCE)
        self._display.close()
        self._hearing.close()

    def _atom(self, name: str) -> int:
        return int(self._display.intern_atom(name))

    def _wish(self, screen: Any) -> None:
        (deep,) = (depth for depth in screen.allowed_depths if depth.depth == 32)
        wanted = [deep.visuals[0].visual_id]
        self._own.change_property(self._atom("_NET_SYSTEM_TRAY_VISUAL"), Xatom.VISUALID, 32, wanted)

    def _live(self) -> None:
        while True:
            while self._display.pending_events():
                told = self._display.next_event()
                if isinstance(told, event.ClientMessage) and told.client_type == self._opcode:
                    self._take(told.data[1][2])
            self._display.flush()
            ready, _, _ = select.select([self._display, self._hearing], [], [])
            if self._hearing in ready:
                return

    def _take(self, number: int) -> None:
        icon = self._display.create_resource_object("window", number)
        again = number in self._inside
        self._inside.add(number)
        icon.reparent(self._own, 0, 0)
        if (again and self._strict) or self._refuses:
            self._refuses = max(self._refuses - 1, 0)
            self._inside.discard(number)
            icon.reparent(self._root, 0, 0)
        else:
            self.depths.put(icon.get_geometry().depth)
            icon.configure(width=SIZE, height=SIZE)
            icon.map()
        self._display.flush()
        self.asked.put(number)

    @property
    def icons(self) -> int:
        """How many are in it, as the X server knows."""
        return len(self._own.query_tree().children)
