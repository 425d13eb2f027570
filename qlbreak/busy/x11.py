"""Whether the window that is worked in fills an X11 screen."""

from collections.abc import Callable
from typing import Any

# Our own windows, by their class: a guided routine is no reason to hold one back.
_OWN = b"qlbreak"
_CLASS = 67  # WM_CLASS, the same number on every server
_ANY, _WINDOW, _ATOMS = 0, 1, 64  # of any type; so many 32-bit words of an answer are enough


def open_source(name: str) -> Callable[[], bool | None]:
    """*name*: as in DISPLAY. Raises what python-xlib raises where there is no server. None where no
    window manager tells.

    Only the window that has the focus counts: a film on a second screen is no reason.
    """
    from Xlib import display

    server = display.Display(name)
    window = _Active(server)

    def ask() -> bool | None:
        try:
            full = window.fills_the_screen()
            # Every client is told of each change of the keyboard; unread, that piles up.
            for _ in range(server.pending_events()):
                server.next_event()
        except Exception:
            # After a failure in the midst of a reply, another question would never end, and spin.
            server.display.close_internal("client")
            raise
        return full

    return ask


class _Active:
    """Asks which window has the focus, and in the same breath the state of the one that had it:
    mostly it still has, and the look costs one way to the server and back.
    """

    def __init__(self, server: Any) -> None:
        self._server = server
        self._root = server.screen().root.id
        self._active = server.intern_atom("_NET_ACTIVE_WINDOW")
        self._state = server.intern_atom("_NET_WM_STATE")
        self._full = server.intern_atom("_NET_WM_STATE_FULLSCREEN")
        self._last = 0  # none

    def fills_the_screen(self) -> bool | None:
        asked = self._property(self._root, self._active, _WINDOW)
        state = self._property(self._last or self._root, self._state, _ATOMS)
        found, full = _value(asked), _value(state)
        if not found:
            return None
        window = found[0]
        if window != self._last:
            self._last = window
            full = _value(self._property(window, self._state, _ATOMS)) if window else ()
        return self._full in full and not self._own(window)

    def _property(self, window: int, name: int, length: int) -> Any:
        """Of which the value is read later."""
        from Xlib.protocol.request import GetProperty

        return GetProperty(
            display=self._server.display, defer=1, delete=0, window=window, property=name,
            type=_ANY, long_offset=0, long_length=length,
        )  # fmt: skip

    def _own(self, window: int) -> bool:
        told = bytes(_value(self._property(window, _CLASS, _ATOMS)))
        return _OWN in told.split(b"\0")


def _value(asked: Any) -> Any:
    """Nothing for a window that was closed meanwhile."""
    from Xlib.error import BadWindow

    try:
        asked.reply()
    except BadWindow:
        return ()
    return asked.value[1] if asked.property_type else ()
