"""What Windows tells: full screen and quiet hours from the shell, who records from the registry."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

# QUERY_USER_NOTIFICATION_STATE: a program in full screen or the presentation settings, a game in
# full screen, presentation mode; and the quiet time.
FULL_SCREEN = frozenset({2, 3, 4})
QUIET = frozenset({6})

_USES = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
_STORE_APPS_ASIDE = "NonPackaged"  # the folder of the programs that come from no store


def notification_state(shell32: Any) -> int:
    """Raises OSError."""
    state = ctypes.c_int()
    if shell32.SHQueryUserNotificationState(ctypes.byref(state)):
        raise OSError("SHQueryUserNotificationState failed")
    return state.value


def in_use(registry: Any, capability: str) -> bool:
    """Whether a program uses the "microphone" or the "webcam" now: it has begun and not stopped.
    Raises OSError where this Windows does not keep book of it."""
    root = rf"{_USES}\{capability}"
    return any(stop == 0 for stop in _stops(registry, root)) or any(
        stop == 0 for stop in _stops(registry, rf"{root}\{_STORE_APPS_ASIDE}")
    )


def _stops(registry: Any, path: str) -> Iterator[int]:
    """When each program stopped using it last; 0 while it does."""
    with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as uses:
        for number in range(registry.QueryInfoKey(uses)[0]):
            with (
                suppress(OSError),  # gone meanwhile, or never used
                registry.OpenKey(uses, registry.EnumKey(uses, number)) as one,
            ):
                yield registry.QueryValueEx(one, "LastUsedTimeStop")[0]


def full_screen(shell32: Any) -> bool:
    return notification_state(shell32) in FULL_SCREEN


def quiet(shell32: Any) -> bool | None:
    """True in the quiet time; else None, since no call tells of "Do not disturb"."""
    return notification_state(shell32) in QUIET or None


def open_shell(question: Callable[[Any], bool | None]) -> Callable[[], bool | None]:
    shell32 = ctypes.WinDLL("shell32")  # type: ignore[attr-defined,unused-ignore]
    shell32.SHQueryUserNotificationState.argtypes = [ctypes.POINTER(ctypes.c_int)]
    shell32.SHQueryUserNotificationState.restype = ctypes.c_long
    return lambda: question(shell32)


def open_uses(capability: str) -> Callable[[], bool]:
    registry = import_module("winreg")
    return lambda: in_use(registry, capability)
