"""What the program that opened a window of ours says to it, line by line on its standard input.

The end of that pipe is the end of the program, however it came. A window that a person opened from
a terminal has no such parent, and its standard input is theirs.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum

MARK = "QLBREAK_PARENT"  # in the environment of a child that is to listen
# What a desktop gives with a click, so that the window that comes of it may take the keyboard: by
# the protocol of Wayland and by that of X11. It is good for one window.
ACTIVATIONS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
_STDIN, _STDOUT = 0, 1


class Order(StrEnum):
    FRONT = "front"  # come to the front
    CLOSE = "close"  # end as if you were closed
    GONE = "gone"  # nobody is there any more


def hear(told: Callable[[Order, str], None]) -> None:
    """*told* is called with all that is said from now on, on a thread of its own; what of it was
    followed is then to be `taken`. Of a window with pages, with the one that was asked for; ""."""
    if os.environ.pop(MARK, "") == "stdin":  # popped: what we start ourselves has no such parent
        threading.Thread(target=_read, args=(told,), name="parent", daemon=True).start()


def taken(word: Order) -> None:
    """Says back that it was heard: a window that is just ending hears nothing any more."""
    with suppress(OSError):
        os.write(_STDOUT, f"{word}\n".encode())


def line(word: Order, page: str = "", activation: str = "") -> str:
    """As it is said to a window. `activation`: the leave to take the keyboard."""
    return f"{word} {page} {activation}".rstrip()


def activation() -> str:
    """The leave that the desktop gave us, if it did."""
    found = next(filter(None, map(os.environ.get, ACTIVATIONS)), "")
    return "" if any(sign.isspace() for sign in found) else found  # it goes within a line


def _read(told: Callable[[Order, str], None]) -> None:
    # Past the buffer of sys.stdin, whose lock a thread of this kind would hold for ever at the end.
    text = b""
    while data := os.read(_STDIN, 256):
        *lines, text = (text + data).split(b"\n")
        for told_line in lines:
            word, page, leave = (*told_line.decode().split(" "), "", "")[:3]
            if leave:  # where toolkits look for it
                os.environ.update(dict.fromkeys(ACTIVATIONS, leave))
            told(Order(word), page)
    told(Order.GONE, "")
