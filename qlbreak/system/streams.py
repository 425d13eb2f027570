"""The program's own streams: what a person looks at, and what goes to a file or another program.

A module of its own, since whoever asks or tells a person something wants to know which it is.
"""

import os
import sys
from io import TextIOWrapper
from typing import Final, TextIO

# How a program is started that is to share no console with us, nor to open one that flashes up;
# CREATE_NO_WINDOW of Windows. What closes our console does not reach it then.
APART: Final = 0x08000000 if sys.platform == "win32" else 0


def settle() -> None:
    """At the start of a command. A file or a pipe gets UTF-8, whatever the code page of Windows or
    the locale; on a terminal that lacks a sign another one stands for it. Names of files that are
    no text go out as they are.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):  # None without a console
            continue
        if not terminal(stream):
            stream.reconfigure(encoding="utf-8")
        whole = stream.encoding == "utf-8"
        stream.reconfigure(errors="surrogateescape" if whole else "replace")


def terminal(stream: TextIO | None) -> bool:
    """Whether a person is at it."""
    return stream is not None and stream.isatty() and _has_console(stream)


def plain() -> bool:
    """Whether a terminal is to get lines alone: no colour, no bar, nothing drawn in place. So wants
    a screen reader, and a terminal that can do no more."""
    wish = os.environ.get("QLBREAK_PLAIN", "")
    return wish not in ("", "0") or os.environ.get("TERM") == "dumb"


if sys.platform == "win32":

    def _has_console(stream: TextIO) -> bool:
        """NUL calls itself a terminal there, as every device does."""
        import ctypes
        import msvcrt

        ask, mode = ctypes.windll.kernel32.GetConsoleMode, ctypes.c_uint32()
        ask.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32)]
        ask.restype = ctypes.c_int
        return bool(ask(msvcrt.get_osfhandle(stream.fileno()), ctypes.byref(mode)))

else:

    def _has_console(_: TextIO) -> bool:
        return True
