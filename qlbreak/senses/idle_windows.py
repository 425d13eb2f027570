"""Idle time of the Windows session: GetLastInputInfo."""

import ctypes
from collections.abc import Callable
from typing import Any

# SendInput brings a tick count of its own, which may be one that is still to come.
_TO_COME_MS = 60_000


class LastInputInfo(ctypes.Structure):
    _fields_ = (("cbSize", ctypes.c_uint), ("dwTime", ctypes.c_uint32))


def idle_seconds(user32: Any, kernel32: Any) -> float:
    """Raises OSError. The tick count is 32 bits of milliseconds and wraps every 49.7 days."""
    info = LastInputInfo()
    info.cbSize = ctypes.sizeof(info)
    if not user32.GetLastInputInfo(ctypes.byref(info)):
        raise OSError("GetLastInputInfo failed")
    passed: int = (kernel32.GetTickCount() - info.dwTime) % 2**32
    return 0.0 if passed > 2**32 - _TO_COME_MS else passed / 1000


def open_source() -> Callable[[], float]:
    loader = ctypes.WinDLL  # type: ignore[attr-defined,unused-ignore]
    user32, kernel32 = loader("user32"), loader("kernel32")
    user32.GetLastInputInfo.argtypes = [ctypes.POINTER(LastInputInfo)]
    user32.GetLastInputInfo.restype = ctypes.c_int
    kernel32.GetTickCount.argtypes = []
    # The default, a signed int, turns negative after 24.8 days.
    kernel32.GetTickCount.restype = ctypes.c_uint32
    return lambda: idle_seconds(user32, kernel32)
