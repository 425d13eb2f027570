"""The lock of the Windows session, and whether it is in front: WTSQuerySessionInformation."""

import ctypes
from collections.abc import Callable
from typing import Any, Final

_CURRENT: Final = 0xFFFFFFFF  # WTS_CURRENT_SESSION
_WHAT: Final = 25  # WTSSessionInfoEx
_ACTIVE: Final = 0  # WTSActive: neither disconnected nor another user's turn
# Windows 7 had it the other way round; Python left that one behind.
_LOCKED: Final = 0


class SessionInfo(ctypes.Structure):
    """The beginning of WTSINFOEXW; its union holds 64-bit numbers, and so begins at 8."""

    _fields_ = (
        ("level", ctypes.c_uint32),
        ("padding", ctypes.c_uint32),
        ("number", ctypes.c_uint32),
        ("state", ctypes.c_int32),
        ("flags", ctypes.c_uint32),
    )


def locked(wtsapi32: Any) -> bool:
    """Raises OSError."""
    place, size = ctypes.POINTER(SessionInfo)(), ctypes.c_uint32()
    if not wtsapi32.WTSQuerySessionInformationW(
        None, _CURRENT, _WHAT, ctypes.byref(place), ctypes.byref(size)
    ):
        raise OSError("WTSQuerySessionInformation failed")
    try:
        found = place.contents
        if size.value < ctypes.sizeof(SessionInfo) or found.level != 1:
            raise OSError("WTSQuerySessionInformation knows nothing of this session")
        return bool(found.state != _ACTIVE or found.flags == _LOCKED)
    finally:
        wtsapi32.WTSFreeMemory(place)


def open_sign() -> Callable[[], bool]:
    wtsapi32 = ctypes.WinDLL("wtsapi32")  # type: ignore[attr-defined,unused-ignore]
    wtsapi32.WTSQuerySessionInformationW.argtypes = [
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    wtsapi32.WTSQuerySessionInformationW.restype = ctypes.c_int
    wtsapi32.WTSFreeMemory.argtypes = [ctypes.c_void_p]
    wtsapi32.WTSFreeMemory.restype = None
    return lambda: locked(wtsapi32)
