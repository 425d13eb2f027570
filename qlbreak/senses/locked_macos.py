"""The lock of the Mac's session, and whether it is in front: CGSessionCopyCurrentDictionary."""

import ctypes
from collections.abc import Callable
from typing import Any, Final

_FRAMEWORKS: Final = "/System/Library/Frameworks"
_SERVICES: Final = f"{_FRAMEWORKS}/ApplicationServices.framework/ApplicationServices"
_FOUNDATION: Final = f"{_FRAMEWORKS}/CoreFoundation.framework/CoreFoundation"
_UTF_8: Final = 0x08000100
_LOCKED: Final = b"CGSSessionScreenIsLocked"  # there only while it is
_IN_FRONT: Final = b"kCGSSessionOnConsoleKey"  # not while another user has the screen


def locked(services: Any, foundation: Any) -> bool:
    """Raises OSError for a process without a session of the window server."""
    session = services.CGSessionCopyCurrentDictionary()
    if not session:
        raise OSError("no session of the window server")
    try:
        if _value(foundation, session, _LOCKED, absent=False):
            return True
        return not _value(foundation, session, _IN_FRONT, absent=True)
    finally:
        foundation.CFRelease(session)


def _value(foundation: Any, session: Any, name: bytes, absent: bool) -> bool:
    key = foundation.CFStringCreateWithCString(None, name, _UTF_8)
    try:
        value = foundation.CFDictionaryGetValue(session, key)
        return bool(foundation.CFBooleanGetValue(value)) if value else absent
    finally:
        foundation.CFRelease(key)


def open_sign() -> Callable[[], bool]:
    services, foundation = ctypes.CDLL(_SERVICES), ctypes.CDLL(_FOUNDATION)
    pointer = ctypes.c_void_p
    string = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    _declare(services.CGSessionCopyCurrentDictionary, [], pointer)
    _declare(foundation.CFStringCreateWithCString, string, pointer)
    _declare(foundation.CFDictionaryGetValue, [pointer, pointer], pointer)
    _declare(foundation.CFBooleanGetValue, [pointer], ctypes.c_ubyte)
    _declare(foundation.CFRelease, [pointer], None)
    return lambda: locked(services, foundation)


def _declare(function: Any, takes: list[Any], gives: Any) -> None:
    """Else ctypes cuts pointers down to 32 bits."""
    function.argtypes, function.restype = takes, gives
