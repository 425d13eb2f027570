"""What Qt does not tell a window manager: that the person has just asked for a window in front."""

from contextlib import suppress

from Xlib import X
from Xlib.display import Display
from Xlib.error import DisplayError, XError
from Xlib.protocol.event import ClientMessage

_TROUBLE = (OSError, DisplayError, XError, AttributeError, ValueError)  # Xlib's, of all kinds
_PAGER = 2  # who asks: not a program that wants attention, but somebody who handles windows


def activate(window: int) -> None:
    """As if a pager had asked; a program of its own accord would only get a mark in the panel."""
    with suppress(*_TROUBLE):
        display = Display()
        try:
            frame = display.create_resource_object("window", window)
            atom = display.intern_atom("_NET_ACTIVE_WINDOW")
            told = ClientMessage(window=frame, client_type=atom, data=(32, [_PAGER, 0, 0, 0, 0]))
            mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
            display.screen().root.send_event(told, event_mask=mask)
            display.sync()
        finally:
            display.close()
