"""plyer: Windows' balloons, and on Linux and macOS what remains when the better channels fail."""

import sys
import warnings
from importlib.util import find_spec
from shutil import which
from typing import Any

from qlbreak.notify import Note
from qlbreak.resources import icon_file

# The fields of Windows' structure, less the closing zero; longer texts raise in plyer's thread.
TITLE_UNITS, BODY_UNITS = 63, 255


class Plyer:
    """Has no buttons, no replacement and no withdrawal, and cannot tell whether it worked."""

    name = "plyer"

    def __init__(self, facade: Any = None) -> None:
        self._facade = facade

    def show(self, note: Note) -> bool:
        """Raises NotImplementedError where plyer has no way to notify."""
        if self._facade is None:
            self._facade = _facade()
        windows = sys.platform == "win32"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it advises to install things, on standard error
            self._facade.notify(
                title=clipped(note.title.lstrip("-") or "qlbreak", TITLE_UNITS),
                message=clipped(note.body, BODY_UNITS),
                app_name="qlbreak",
                app_icon=str(icon_file("qlbreak.ico" if windows else "qlbreak.png")),
                timeout=round(min(note.seconds, 30.0)),
            )
        return windows

    def close(self, slot: str) -> None:
        pass


def _facade() -> Any:
    # plyer prints a traceback where it finds neither of its two ways on Linux.
    if sys.platform == "linux" and not (which("notify-send") or find_spec("dbus")):
        raise NotImplementedError("needs notify-send or the Python package dbus")
    from plyer import notification

    return notification


def clipped(text: str, units: int) -> str:
    """At most so many UTF-16 units: Windows counts an emoji as two."""
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * units:
        return text
    return encoded[: 2 * (units - 1)].decode("utf-16-le", "ignore").rstrip() + "…"
