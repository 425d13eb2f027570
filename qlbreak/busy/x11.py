"""Whether the window that is worked in fills an X11 screen."""

from collections.abc import Callable
from typing import Any

# Our own windows, by their class: a guided routine is no reason to hold one back.
_OWN = "qlbreak"
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
    def __init__(self, server: Any) -> None:
        self._server = server
        self._root = server.screen().root
        self._active = server.intern_atom("_NET_ACTIVE_WINDOW")
        self._state = server.intern_atom("_NET_WM_STATE")
        self._full = server.intern_atom("_NET_WM_STATE_FULLSCREEN")

    def fills_the_screen(self) -> bool | None:
        from Xlib.error import BadWindow

        found = self._root.get_property(self._active, _ANY, 0, _WINDOW)
        if not found or not found.value:
            return None
        if not found.value[0]:  # nobody has the focus
            return False
        window = self._server.create_resource_object("window", found.value[0])
        try:
            state = window.get_property(self._state, _ANY, 0, _ATOMS)
            return bool(state) and self._full in state.value and not self._own(window)
        except BadWindow:  # closed meanwhile
            return False

    @staticmethod
    def _own(window: Any) -> bool:
        return _OWN in (window.get_wm_class() or ())
