"""What Tk does not ask or tell an X server itself: the desktop's scale, and who wanted a window."""

import tkinter as tk
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from Xlib import Xatom
from Xlib.display import Display
from Xlib.error import DisplayError, XError

_TROUBLE = (OSError, DisplayError, XError, AttributeError, ValueError)  # Xlib's, of all kinds


def dpi() -> float:
    """What the desktop has set for all programs, 0 if it has not. Tk 8.6 does not look."""
    with suppress(*_TROUBLE), _display() as display:
        found = display.screen().root.get_full_property(Xatom.RESOURCE_MANAGER, Xatom.STRING)
        text = found.value.decode("latin-1") if found else ""
        lines = (line.partition(":") for line in text.splitlines())
        return next((float(value) for name, _, value in lines if name == "Xft.dpi"), 0.0)
    return 0.0


def came_unasked(root: tk.Tk) -> None:
    """Tells the window manager that no key and no click led to this window: it stays without the
    keyboard. To be told before it is shown, of the frame that Tk puts around its window.
    """
    with suppress(*_TROUBLE), _display() as display:
        inner = display.create_resource_object("window", root.winfo_id())
        user_time = display.intern_atom("_NET_WM_USER_TIME")
        inner.query_tree().parent.change_property(user_time, Xatom.CARDINAL, 32, [0])
        display.sync()


@contextmanager
def _display() -> Iterator[Display]:
    display = Display()
    try:
        yield display
    finally:
        display.close()
