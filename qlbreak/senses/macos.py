"""macOS: idle time and lock (ApplicationServices), microphone, cameras, Focus (a file of its)."""

import ctypes
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from qlbreak.language import _

_HARDWARE = 1  # kCGEventSourceStateHIDSystemState; not what programs pretend to type
_ANY_INPUT = 0xFFFFFFFF  # kCGAnyInputEventType

_UTF_8: Final = 0x08000100  # kCFStringEncodingUTF8
_LOCKED: Final = b"CGSSessionScreenIsLocked"  # in no header; there only while it is
_IN_FRONT: Final = b"kCGSSessionOnConsoleKey"  # kCGSessionOnConsoleKey; not while another has it

_SYSTEM_OBJECT = 1  # kAudioObjectSystemObject, kCMIOObjectSystemObject
# kAudioDevicePropertyDeviceIsRunningSomewhere, kCMIODevicePropertyDeviceIsRunningSomewhere
_RUNNING = "gone"
_GLOBAL = "glob"  # kAudioObjectPropertyScopeGlobal, kCMIOObjectPropertyScopeGlobal
_DEFAULT_INPUT = "dIn "  # kAudioHardwarePropertyDefaultInputDevice
_CAMERAS = "dev#"  # kCMIOHardwarePropertyDevices
_NUMBER = ctypes.sizeof(ctypes.c_uint32)

FOCUS = Path("Library/DoNotDisturb/DB/Assertions.json")


def _framework(name: str) -> Any:
    return ctypes.CDLL(f"/System/Library/Frameworks/{name}.framework/{name}")


def _declare(function: Any, takes: list[Any], gives: Any) -> None:
    """Else ctypes cuts pointers down to 32 bits."""
    function.argtypes, function.restype = takes, gives


# Idle time and lock


def idle_seconds(services: Any) -> float:
    return float(services.CGEventSourceSecondsSinceLastEventType(_HARDWARE, _ANY_INPUT))


def open_idle() -> Callable[[], float]:
    services = _framework("ApplicationServices")
    number = ctypes.c_uint32
    _declare(
        services.CGEventSourceSecondsSinceLastEventType, [ctypes.c_int32, number], ctypes.c_double
    )
    return lambda: idle_seconds(services)


def locked(services: Any, foundation: Any) -> bool:
    """Raises OSError for a process without a session of the window server."""
    session = services.CGSessionCopyCurrentDictionary()
    if not session:
        raise OSError(_("no session of the window server"))
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


def open_locked() -> Callable[[], bool]:
    services, foundation = _framework("ApplicationServices"), _framework("CoreFoundation")
    pointer = ctypes.c_void_p
    string = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    _declare(services.CGSessionCopyCurrentDictionary, [], pointer)
    _declare(foundation.CFStringCreateWithCString, string, pointer)
    _declare(foundation.CFDictionaryGetValue, [pointer, pointer], pointer)
    _declare(foundation.CFBooleanGetValue, [pointer], ctypes.c_ubyte)
    _declare(foundation.CFRelease, [pointer], None)
    return lambda: locked(services, foundation)


# Microphone, cameras, Focus


class Address(ctypes.Structure):
    """Of a property: which, in which scope, of which element; the first two are four letters."""

    _fields_ = (("which", ctypes.c_uint32), ("scope", ctypes.c_uint32), ("of", ctypes.c_uint32))


def _address(which: str) -> Address:
    return Address(int.from_bytes(which.encode()), int.from_bytes(_GLOBAL.encode()), 0)


def microphone_runs(audio: Any) -> bool:
    """Whether somebody uses the default input. Raises OSError."""

    def property_of(thing: int, which: str) -> int:
        size, value = ctypes.c_uint32(_NUMBER), ctypes.c_uint32()
        address = ctypes.byref(_address(which))
        if audio.AudioObjectGetPropertyData(
            thing, address, 0, None, ctypes.byref(size), ctypes.byref(value)
        ):
            raise OSError(f"CoreAudio does not tell {which!r}")
        return value.value

    device = property_of(_SYSTEM_OBJECT, _DEFAULT_INPUT)
    return bool(device) and bool(property_of(device, _RUNNING))


def cameras_run(media: Any) -> bool | None:
    """Whether somebody uses a camera, None where there is none. Raises OSError."""
    size, used = ctypes.c_uint32(), ctypes.c_uint32()
    address = ctypes.byref(_address(_CAMERAS))
    if media.CMIOObjectGetPropertyDataSize(_SYSTEM_OBJECT, address, 0, None, ctypes.byref(size)):
        raise OSError(_("CoreMediaIO does not tell its devices"))
    devices = (ctypes.c_uint32 * (size.value // _NUMBER))()
    if not devices:
        return None
    if media.CMIOObjectGetPropertyData(
        _SYSTEM_OBJECT, address, 0, None, size, ctypes.byref(used), devices
    ):
        raise OSError(_("CoreMediaIO does not list its devices"))
    return any(_runs(media, device) for device in devices)


def _runs(media: Any, device: int) -> bool:
    """A device that refuses has just been unplugged."""
    used, value = ctypes.c_uint32(), ctypes.c_uint32()
    address = ctypes.byref(_address(_RUNNING))
    refused = media.CMIOObjectGetPropertyData(
        device, address, 0, None, _NUMBER, ctypes.byref(used), ctypes.byref(value)
    )
    return not refused and bool(value.value)


class _Focus:
    """Reads the file when it has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changed_at = 0
        self._on = False

    def __call__(self) -> bool:
        changed_at = self._path.stat().st_mtime_ns
        if changed_at != self._changed_at:
            told = json.loads(self._path.read_bytes())
            self._on = any(store.get("storeAssertionRecords") for store in told["data"])
            self._changed_at = changed_at
        return self._on


def open_focus(home: Path | None = None) -> Callable[[], bool]:
    """Raises OSError: without the right "Full Disk Access" nobody may read it."""
    focus = _Focus((home or Path.home()) / FOCUS)
    try:
        focus()
    except PermissionError:
        raise PermissionError(_("Focus is told only to programs with Full Disk Access")) from None
    return focus


def open_microphone() -> Callable[[], bool]:
    audio = _framework("CoreAudio")
    number, pointer = ctypes.c_uint32, ctypes.c_void_p
    takes = [number, pointer, number, *[pointer] * 3]
    _declare(audio.AudioObjectGetPropertyData, takes, ctypes.c_int32)
    return lambda: microphone_runs(audio)


def open_camera() -> Callable[[], bool | None]:
    media = _framework("CoreMediaIO")
    number, pointer = ctypes.c_uint32, ctypes.c_void_p
    asks = [number, pointer, number, *[pointer] * 2]
    takes = [number, pointer, number, pointer, number, *[pointer] * 2]
    _declare(media.CMIOObjectGetPropertyDataSize, asks, ctypes.c_int32)
    _declare(media.CMIOObjectGetPropertyData, takes, ctypes.c_int32)
    return lambda: cameras_run(media)
