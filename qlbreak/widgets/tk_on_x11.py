"""What Tk does not ask or tell an X server itself: scale and room, and who wanted a window."""

import tkinter as tk
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.error import DisplayError, XError
from Xlib.ext import randr
from Xlib.protocol.event import ClientMessage

Area = tuple[int, int, int, int]  # left, top, width, height

_TROUBLE = (OSError, DisplayError, XError, AttributeError, ValueError)  # Xlib's, of all kinds


def dpi() -> float:
    """What the desktop has set for all programs, else what the screen says; 0 where none does.
    Tk 8.6 does not look; Xft, which draws its texts, does."""
    with suppress(*_TROUBLE), _display() as display:
        screen = display.screen()
        measured = screen.height_in_pixels * 25.4 / (screen.height_in_mms or 1)
        found = screen.root.get_full_property(Xatom.RESOURCE_MANAGER, Xatom.STRING)
        text = found.value.decode("latin-1") if found else ""
        lines = (line.partition(":") for line in text.splitlines())
        return next((float(value) for name, _, value in lines if name == "Xft.dpi"), measured)
    return 0.0


def room() -> Area | None:
    """Left, top, width and height of what panels leave of the monitor with the pointer."""
    with suppress(*_TROUBLE), _display() as display:
        root = display.screen().root
        area = root.get_full_property(display.intern_atom("_NET_WORKAREA"), Xatom.CARDINAL)
        monitor = _monitor(root)
        if area is None or len(area.value) < 4:
            return monitor
        return _common(monitor, tuple(area.value[:4])) or monitor
    return None


def _monitor(root: Any) -> Area:
    """The one with the pointer, all of the screen where there is no such thing."""
    pointer, whole = root.query_pointer(), root.get_geometry()
    with suppress(*_TROUBLE):
        for crtc in randr.get_screen_resources(root).crtcs:
            found = randr.get_crtc_info(root, crtc, X.CurrentTime)
            area = found.x, found.y, found.width, found.height
            if found.width and _common(area, (pointer.root_x, pointer.root_y, 1, 1)):
                return area
    return 0, 0, whole.width, whole.height


def _common(one: Area, other: Area) -> Area | None:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right = min(one[0] + one[2], other[0] + other[2])
    bottom = min(one[1] + one[3], other[1] + other[3])
    return (left, top, right - left, bottom - top) if left < right and top < bottom else None


def came_unasked(root: tk.Tk) -> None:
    """Tells the window manager that no key and no click led to this window: it stays without the
    keyboard. To be told before it is shown, of the frame that Tk puts around its window.
    """
    with suppress(*_TROUBLE), _display() as display:
        inner = display.create_resource_object("window", root.winfo_id())
        user_time = display.intern_atom("_NET_WM_USER_TIME")
        inner.query_tree().parent.change_property(user_time, Xatom.CARDINAL, 32, [0])
        display.sync()


def activate(root: tk.Tk) -> None:
    """In front, with the keyboard, as if a pager had asked: the person has just asked for it."""
    with suppress(*_TROUBLE), _display() as display:
        frame = int(root.wm_frame(), 16)
        atom, pager = display.intern_atom("_NET_ACTIVE_WINDOW"), 2
        top = display.screen().root
        told = ClientMessage(window=frame, client_type=atom, data=(32, [pager, 0, 0, 0, 0]))
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        top.send_event(told, event_mask=mask)
        display.sync()


@contextmanager
def _display() -> Iterator[Display]:
    display = Display()
    try:
        yield display
    finally:
        display.close()
