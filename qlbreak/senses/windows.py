"""Windows: idle time, lock, full screen and quiet time by calls; who records from the registry."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from qlbreak.language import _

# SendInput brings a tick count of its own, which may be one that is still to come.
_TO_COME_MS = 60_000

_CURRENT: Final = 0xFFFFFFFF  # WTS_CURRENT_SESSION
_WHAT: Final = 25  # WTSSessionInfoEx
_ACTIVE: Final = 0  # WTSActive: neither disconnected nor another user's turn
# Windows 7 had it the other way round; Python left that one behind.
_LOCKED: Final = 0

# QUERY_USER_NOTIFICATION_STATE: a program in full screen or the presentation settings, a game in
# full screen, presentation mode; and the quiet time.
FULL_SCREEN = frozenset({2, 3, 4})
QUIET = frozenset({6})

# What the shell itself reads to know its "Do not disturb" (of Windows 10: Focus assist), by the
# numbers under which it publishes it. No call that is documented tells it; this one only reads, is
# the same since 2018, and where it is not there nothing is said.
_QUIET_HOURS: Final = (0xA3BF1C75, 0x0D83063E)  # WNF_SHEL_QUIETHOURS_ACTIVE_PROFILE_CHANGED
_OFF: Final = 0  # else 1: priority only, 2: alarms only

_USES = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
_STORE_APPS_ASIDE = "NonPackaged"  # the folder of the programs that come from no store


class LastInputInfo(ctypes.Structure):
    _fields_ = (("cbSize", ctypes.c_uint), ("dwTime", ctypes.c_uint32))


def idle_seconds(user32: Any, kernel32: Any) -> float:
    """Raises OSError. The tick count is 32 bits of milliseconds and wraps every 49.7 days."""
    info = LastInputInfo()
    info.cbSize = ctypes.sizeof(info)
    if not user32.GetLastInputInfo(ctypes.byref(info)):
        raise OSError(_("{name} failed", name="GetLastInputInfo"))
    passed: int = (kernel32.GetTickCount() - info.dwTime) % 2**32
    return 0.0 if passed > 2**32 - _TO_COME_MS else passed / 1000


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
    told, size = ctypes.POINTER(SessionInfo)(), ctypes.c_uint32()
    if not wtsapi32.WTSQuerySessionInformationW(
        None, _CURRENT, _WHAT, ctypes.byref(told), ctypes.byref(size)
    ):
        raise OSError(_("{name} failed", name="WTSQuerySessionInformation"))
    try:
        found = told.contents
        if size.value < ctypes.sizeof(SessionInfo) or found.level != 1:
            raise OSError(_("WTSQuerySessionInformation knows nothing of this session"))
        return bool(found.state != _ACTIVE or found.flags == _LOCKED)
    finally:
        wtsapi32.WTSFreeMemory(told)


def notification_state(shell32: Any) -> int:
    """Raises OSError."""
    state = ctypes.c_int()
    if shell32.SHQueryUserNotificationState(ctypes.byref(state)):
        raise OSError(_("{name} failed", name="SHQueryUserNotificationState"))
    return state.value


class WnfStateName(ctypes.Structure):
    _fields_ = (("data", ctypes.c_uint32 * 2),)


def do_not_disturb(ntdll: Any) -> bool:
    """Raises OSError where the shell has not said it."""
    name = WnfStateName(_QUIET_HOURS)
    stamp, told, size = ctypes.c_uint32(), ctypes.c_uint32(), ctypes.c_uint32(4)
    if ntdll.NtQueryWnfStateData(
        ctypes.byref(name), None, None,
        ctypes.byref(stamp), ctypes.byref(told), ctypes.byref(size),
    ):  # fmt: skip
        # Translators: whether "Do not disturb" is on.
        raise OSError(_("this Windows does not tell it"))
    if size.value != ctypes.sizeof(told):
        raise OSError(_("the shell has not told it yet"))
    return told.value != _OFF


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
    """True in the quiet time, the first hour of a new account; else None, since this call tells
    nothing of "Do not disturb"."""
    return notification_state(shell32) in QUIET or None


def _library(name: str) -> Any:
    return ctypes.WinDLL(name)  # type: ignore[attr-defined,unused-ignore]


def open_idle() -> Callable[[], float]:
    user32, kernel32 = _library("user32"), _library("kernel32")
    user32.GetLastInputInfo.argtypes = [ctypes.POINTER(LastInputInfo)]
    user32.GetLastInputInfo.restype = ctypes.c_int
    kernel32.GetTickCount.argtypes = []
    # The default, a signed int, turns negative after 24.8 days.
    kernel32.GetTickCount.restype = ctypes.c_uint32
    return lambda: idle_seconds(user32, kernel32)


def open_locked() -> Callable[[], bool]:
    wtsapi32, pointer = _library("wtsapi32"), ctypes.c_void_p
    wtsapi32.WTSQuerySessionInformationW.argtypes = [
        pointer, ctypes.c_uint32, ctypes.c_int, pointer, pointer,
    ]  # fmt: skip
    wtsapi32.WTSQuerySessionInformationW.restype = ctypes.c_int
    wtsapi32.WTSFreeMemory.argtypes = [pointer]
    wtsapi32.WTSFreeMemory.restype = None
    return lambda: locked(wtsapi32)


def open_full_screen() -> Callable[[], bool]:
    shell32 = _shell()
    return lambda: full_screen(shell32)


def open_quiet() -> Callable[[], bool | None]:
    shell32 = _shell()
    return lambda: quiet(shell32)


def open_do_not_disturb() -> Callable[[], bool]:
    """Raises OSError where there is no such call."""
    ntdll = _library("ntdll")
    try:
        query = ntdll.NtQueryWnfStateData
    except AttributeError:
        raise OSError(_("this Windows does not tell it")) from None
    pointer, number = ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32)
    query.argtypes = [ctypes.POINTER(WnfStateName), pointer, pointer, number, pointer, number]
    query.restype = ctypes.c_int32
    return lambda: do_not_disturb(ntdll)


def _shell() -> Any:
    shell32 = _library("shell32")
    shell32.SHQueryUserNotificationState.argtypes = [ctypes.POINTER(ctypes.c_int)]
    shell32.SHQueryUserNotificationState.restype = ctypes.c_long
    return shell32


def open_uses(capability: str) -> Callable[[], bool]:
    registry = import_module("winreg")
    return lambda: in_use(registry, capability)
