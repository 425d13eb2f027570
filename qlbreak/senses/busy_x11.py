"""Whether the window that is worked in fills an X11 screen."""

import struct
from collections.abc import Callable

from qlbreak.senses.x11 import Server

# Our own windows, by their class: a guided routine is no reason to hold one back.
_OWN = b"qlbreak"
_CLASS = 67  # WM_CLASS, the same number on every server


def open_source(name: str, *, alone: bool = True) -> Callable[[], bool | None]:
    """*name*: as in DISPLAY. Raises OSError where there is no server. None where no window manager
    tells. That no window has the focus is no; but not where the X server is not *alone*, since
    windows that it does not know may have it.

    Only the window that has the focus counts: a film on a second screen is no reason.
    """
    return _Active(Server(name), alone)


class _Active:
    """Asks which window has the focus, and in the same breath the state of the one that had it:
    mostly it still has, and a look costs one way to the server and back.
    """

    def __init__(self, server: Server, alone: bool) -> None:
        self._server, self._alone = server, alone
        self._active = server.atom(b"_NET_ACTIVE_WINDOW")
        self._state = server.atom(b"_NET_WM_STATE")
        self._full = server.atom(b"_NET_WM_STATE_FULLSCREEN")
        self._manager = server.atom(b"_NET_SUPPORTING_WM_CHECK")
        self._last = 0  # none

    def __call__(self) -> bool | None:
        """Raises OSError."""
        ask, root = self._server.properties, self._server.root
        active, state = ask((root, self._active), (self._last, self._state))
        (window,) = _numbers(active) or (0,)  # some take it away while no window has the focus
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


def _numbers(value: bytes) -> tuple[int, ...]:
    return struct.unpack(f"={len(value) // 4}I", value[: len(value) // 4 * 4])
