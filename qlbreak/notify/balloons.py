"""Balloons of Windows, without buttons: on our own icon, or where there is none plyer's."""

import atexit
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from qlbreak.language import N_, _
from qlbreak.notify import Balloon, Note
from qlbreak.system.printable import clipped
from qlbreak.system.resources import icon_file

# The fields of Windows' structure, less the closing zero; with a longer text nothing is shown.
TITLE_UNITS, BODY_UNITS = 63, 255
_TIMEOUT = 3.0


def _make(**texts: Any) -> Any:
    from plyer.platforms.win.libs.balloontip import WindowsBalloonTip

    return WindowsBalloonTip(**texts)


class OnIcon:
    """One at a time, as Windows has it."""

    name = N_("balloons of the icon")

    def __init__(self, balloon: Balloon) -> None:
        self._balloon = balloon
        self._slot = ""  # of the one that was shown last

    def show(self, note: Note) -> bool:
        """Raises OSError where there is no icon."""
        # A balloon without a text would be none.
        texts = clipped(note.title, TITLE_UNITS), clipped(note.body or " ", BODY_UNITS)
        if not self._balloon(*texts):
            raise OSError(_("there is no icon"))
        self._slot = note.slot
        return True

    def close(self, slot: str) -> None:
        if slot == self._slot:
            self._slot = ""
            self._balloon("", "")


class Balloons:
    """One a slot, gone when it is over. Beneath plyer's facade, which starts a thread that nobody
    can hear failing, and leaves an icon in the tray for each balloon.
    """

    name = N_("plyer's balloons")

    def __init__(self, make: Callable[..., Any] = _make, stay: float = 10.0) -> None:
        self._make = make
        self._stay = stay  # seconds; Windows itself shows one for 5
        self._over: dict[str, threading.Event] = {}  # by slot

    def show(self, note: Note) -> bool:
        """Raises whatever plyer does."""
        self.close(note.slot)
        over = self._over[note.slot] = threading.Event()
        # One thread each: only the one that made a window can destroy it.
        thread = ThreadPoolExecutor(1, "balloon")
        try:
            balloon = thread.submit(
                self._make,
                title=clipped(note.title, TITLE_UNITS),
                message=clipped(note.body, BODY_UNITS),
                app_name="qlbreak",
                app_icon=str(icon_file("qlbreak.ico")),
                timeout=0,
            ).result(_TIMEOUT)
            thread.submit(_take_down, balloon, over, self._stay)
        finally:
            thread.shutdown(wait=False)
        return True

    def close(self, slot: str) -> None:
        over = self._over.pop(slot, None)
        if over is not None:
            over.set()


def _take_down(balloon: Any, over: threading.Event, stay: float) -> None:
    over.wait(stay)
    # Its end is what takes window and icon away; plyer would put it off to the end of the program.
    atexit.unregister(balloon.__del__)
