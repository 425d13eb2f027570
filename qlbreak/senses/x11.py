"""The X server, by one connection: idle time, and whether the window that is worked in fills it.

Also Xwayland, where the compositor tells of no windows itself: GNOME's, KDE's. Of the programs that
fill a screen, many come by it: games, presentations, players, calls.
"""

import socket
import struct
import sys
from pathlib import Path
from typing import Final

from qlbreak.language import _
from qlbreak.senses.x11_wire import XServer

_QUERY_INFO = 1  # of the screen saver extension; it sees every key and pointer

# Our own windows, by their class: a guided routine is no reason to hold one back.
_OWN = b"qlbreak"
_CLASS = 67  # WM_CLASS, the same number on every server

_PROC: Final = Path("/proc")
_XWAYLAND: Final = "Xwayland"
# KDE's starts in a wrapper, which has made the socket.
_INNER: Final = "kwin_wayland"
_EVERY = 4  # looks; whether Xwayland runs by now takes a third of a millisecond to find out
_CREDENTIALS = struct.Struct("=iII")
_PATIENCE_S = 1.0


class Display:
    """*name*: as in DISPLAY. The connection is made by the first who asks, shared by the next, and
    goes with the last. Raises OSError where there is no server, here and wherever it is asked.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._server: XServer | None = None
        self._users = 0

    def open_idle(self) -> "Counting":
        """Raises OSError where the server lacks the extension, as Xwayland does."""
        return Counting(self)

    def open_full_screen(self, *, alone: bool = True) -> "Active":
        """`alone`: no other server's windows are on that screen."""
        return Active(self, alone)

    def join(self) -> XServer:
        if self._server is None or self._server.closed:
            self._server, self._users = XServer(self._name), 0
        self._users += 1
        return self._server

    def leave(self, server: XServer) -> None:
        """One that is not there any more is closed already."""
        if server is self._server:
            self._users -= 1
            if not self._users:
                server.close()


class Counting:
    """Seconds since the last input at this server."""

    def __init__(self, display: Display) -> None:
        self._display, self._server = display, display.join()
        try:
            extension = self._server.extension(b"MIT-SCREEN-SAVER")
            if not extension:
                raise OSError(_("the X server has no MIT-SCREEN-SAVER extension"))
        except OSError:
            self.close()
            raise
        self._question = struct.pack("=BBHI", extension, _QUERY_INFO, 2, self._server.root)

    def __call__(self) -> float:
        (answer,) = self._server.ask(self._question)
        if not answer:
            raise OSError(_("the X server does not tell"))
        (milliseconds,) = struct.unpack_from("=I", answer, 16)
        return float(milliseconds) / 1000

    def close(self) -> None:
        self._display.leave(self._server)


class Active:
    """Whether the window that has the focus fills the screen: a film on a second one is no reason.

    Asks which window that is, and in the same breath the state of the one that had it: mostly it
    still has, and a look costs one way to the server and back. None where no window manager tells.
    That no window has the focus is no; but not where the X server is not *alone*, since windows
    that it does not know may have it.
    """

    def __init__(self, display: Display, alone: bool) -> None:
        self._display, self._server, self._alone = display, display.join(), alone
        try:
            self._active, self._state, self._full, self._manager = [
                self._server.atom(f"_NET_{name}".encode())
                for name in (
                    "ACTIVE_WINDOW",
                    "WM_STATE",
                    "WM_STATE_FULLSCREEN",
                    "SUPPORTING_WM_CHECK",
                )
            ]
        except OSError:
            self.close()
            raise
        self._last = 0  # none

    def __call__(self) -> bool | None:
        ask, root = self._server.properties, self._server.root
        active, state = ask((root, self._active), (self._last, self._state))
        # Some take it away while no window has the focus; xfwm4 tells a second number beside it.
        window, *_ = _numbers(active) or (0,)
        if not window:
            (manager,) = ask((root, self._manager))
            return False if manager and self._alone else None
        if window != self._last:
            self._last = window
            (state,) = ask((window, self._state))
        if self._full not in _numbers(state):
            return False
        (told,) = ask((window, _CLASS))
        return _OWN not in told.split(b"\0")

    def close(self) -> None:
        self._display.leave(self._server)


def _numbers(value: bytes) -> tuple[int, ...]:
    return struct.unpack(f"={len(value) // 4}I", value[: len(value) // 4 * 4])


class Beside:
    """Whether an X program fills the screen of the compositor at *path*. Raises OSError without
    one. To ask an Xwayland that does not run would start it, so that is looked at first.
    """

    def __init__(self, name: str, path: Path) -> None:
        self._display, self._compositor = Display(name), _owner(path)
        self._looks = 0
        self._ask: Active | None = None

    def __call__(self) -> bool | None:
        """None while no window of X has the focus."""
        if self._ask is None:
            self._looks += 1
            if self._looks % _EVERY != 1 or not _runs(self._compositor):
                return None
            self._ask = self._display.open_full_screen(alone=False)
        try:
            return self._ask()
        except OSError:  # it may end with the last of its programs
            self.close()
            return None

    def close(self) -> None:
        if self._ask is not None:
            self._ask.close()
            self._ask = None


def _owner(path: Path) -> int:
    """The process that listens there."""
    if sys.platform != "linux":
        raise OSError("only Linux tells who listens")
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_PATIENCE_S)
        line.connect(str(path))
        told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return int(_CREDENTIALS.unpack(told)[0])


def _runs(compositor: int) -> bool:
    """Whether it has an Xwayland."""
    for child in _children(compositor):
        name = _read(_PROC / child / "comm")
        if name == _XWAYLAND or (name == _INNER and _runs(int(child))):
            return True
    return False


def _children(process: int) -> list[str]:
    return _read(_PROC / f"{process}/task/{process}/children").split()


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:  # it has ended
        return ""
