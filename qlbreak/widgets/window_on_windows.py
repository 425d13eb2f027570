"""What Qt does not ask of Windows: to see a window that the person has just asked for.

Whoever presses a button of a toast presses it in the shell, so that Windows lets none of our
processes take the keyboard: ours would come behind the one in use, with a mark in the taskbar.
"""

import ctypes
from typing import Any, Final

# As WinUser.h has them.
_ABOVE_ALL, _AMONG_OTHERS = -1, -2  # HWND_TOPMOST, HWND_NOTOPMOST
_ORDER_ALONE: Final = 0x0001 | 0x0002 | 0x0010  # neither size nor place, and no keyboard


def lift(window: int, user32: Any = None) -> None:
    """In front of the others, as a program may do with its own, and then one of them again."""
    put = (user32 or _user32()).SetWindowPos
    number = ctypes.c_int
    put.argtypes = [ctypes.c_void_p, ctypes.c_void_p, *[number] * 4, ctypes.c_uint]
    put.restype = number
    for order in (_ABOVE_ALL, _AMONG_OTHERS):
        put(window, order, 0, 0, 0, 0, _ORDER_ALONE)


def _user32() -> Any:
    return ctypes.WinDLL("user32")  # type: ignore[attr-defined,unused-ignore]
