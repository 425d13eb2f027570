"""Whether an X program fills the screen of a compositor that tells nothing itself: GNOME's, KDE's.

Of the programs that do, many come by Xwayland: games, presentations, players, calls.
"""

import socket
import struct
import sys
from pathlib import Path
from typing import Final

from qlbreak.senses import busy_x11
from qlbreak.senses.busy import Ask

_PROC: Final = Path("/proc")
_NAME: Final = "Xwayland"
# KDE's starts in a wrapper, which has made the socket.
_INNER: Final = "kwin_wayland"
_EVERY = 4  # looks; whether Xwayland runs by now takes a third of a millisecond to find out
_CREDENTIALS = struct.Struct("=iII")
_PATIENCE_S = 1.0


def open_source(name: str, place: Path) -> Ask:
    """*name*: as in DISPLAY. *place*: of the compositor's socket. Raises OSError without one."""
    return _Beside(name, _owner(place))


class _Beside:
    """To ask an Xwayland that does not run would start it, so that is looked at first."""

    def __init__(self, name: str, compositor: int) -> None:
        self._name, self._compositor = name, compositor
        self._looks = 0
        self._ask: Ask | None = None

    def __call__(self) -> bool | None:
        """None while no window of X has the focus. Raises OSError."""
        if self._ask is None:
            self._looks += 1
            if self._looks % _EVERY != 1 or not runs(self._compositor):
                return None
            self._ask = busy_x11.open_source(self._name, alone=False)
        try:
            return self._ask()
        except OSError:  # it may end with the last of its programs
            self._ask = None
            return None


def _owner(place: Path) -> int:
    """The process that listens there."""
    if sys.platform != "linux":
        raise OSError("only Linux tells who listens")
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_PATIENCE_S)
        line.connect(str(place))
        told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return int(_CREDENTIALS.unpack(told)[0])


def runs(compositor: int) -> bool:
    """Whether it has an Xwayland."""
    for child in _children(compositor):
        name = _read(_PROC / child / "comm")
        if name == _NAME or (name == _INNER and runs(int(child))):
            return True
    return False


def _children(process: int) -> list[str]:
    return _read(_PROC / f"{process}/task/{process}/children").split()


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:  # it has ended
        return ""
