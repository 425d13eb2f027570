"""Idle time of the Mac's keyboard and pointer: CGEventSourceSecondsSinceLastEventType."""

import ctypes
from collections.abc import Callable
from typing import Any

_LIBRARY = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
_HARDWARE = 1  # kCGEventSourceStateHIDSystemState: not what programs pretend to type
_ANY_INPUT = 0xFFFFFFFF  # kCGAnyInputEventType


def idle_seconds(services: Any) -> float:
    return float(services.CGEventSourceSecondsSinceLastEventType(_HARDWARE, _ANY_INPUT))


def open_source() -> Callable[[], float]:
    services = ctypes.CDLL(_LIBRARY)
    services.CGEventSourceSecondsSinceLastEventType.argtypes = [ctypes.c_int32, ctypes.c_uint32]
    services.CGEventSourceSecondsSinceLastEventType.restype = ctypes.c_double
    return lambda: idle_seconds(services)
