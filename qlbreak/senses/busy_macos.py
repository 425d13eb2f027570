"""What macOS tells: microphone (CoreAudio), cameras (CoreMediaIO), Focus (a file of its own)."""

import ctypes
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

_FRAMEWORKS = "/System/Library/Frameworks"
_SYSTEM_OBJECT = 1
_RUNNING = "gone"  # ...DevicePropertyDeviceIsRunningSomewhere, of both frameworks
_DEFAULT_INPUT = "dIn "  # kAudioHardwarePropertyDefaultInputDevice
_CAMERAS = "dev#"  # kCMIOHardwarePropertyDevices
_NUMBER = ctypes.sizeof(ctypes.c_uint32)

FOCUS = Path("Library/DoNotDisturb/DB/Assertions.json")


class Address(ctypes.Structure):
    """Of a property: which, in which scope, of which element; the first two are four letters."""

    _fields_ = (("which", ctypes.c_uint32), ("scope", ctypes.c_uint32), ("of", ctypes.c_uint32))


def _address(which: str) -> Address:
    return Address(int.from_bytes(which.encode()), int.from_bytes(b"glob"), 0)


def microphone_runs(audio: Any) -> bool:
    """Whether somebody uses the default input. Raises OSError."""

    def property_of(thing: int, which: str) -> int:
        size, value = ctypes.c_uint32(_NUMBER), ctypes.c_uint32()
        place = ctypes.byref(_address(which))
        if audio.AudioObjectGetPropertyData(
            thing, place, 0, None, ctypes.byref(size), ctypes.byref(value)
        ):
            raise OSError(f"CoreAudio does not tell {which!r}")
        return value.value

    device = property_of(_SYSTEM_OBJECT, _DEFAULT_INPUT)
    return bool(device) and bool(property_of(device, _RUNNING))


def cameras_run(media: Any) -> bool | None:
    """Whether somebody uses a camera, None where there is none. Raises OSError."""
    size, used = ctypes.c_uint32(), ctypes.c_uint32()
    place = ctypes.byref(_address(_CAMERAS))
    if media.CMIOObjectGetPropertyDataSize(_SYSTEM_OBJECT, place, 0, None, ctypes.byref(size)):
        raise OSError("CoreMediaIO does not tell its devices")
    devices = (ctypes.c_uint32 * (size.value // _NUMBER))()
    if not devices:
        return None
    if media.CMIOObjectGetPropertyData(
        _SYSTEM_OBJECT, place, 0, None, size, ctypes.byref(used), devices
    ):
        raise OSError("CoreMediaIO does not list its devices")
    return any(_runs(media, device) for device in devices)


def _runs(media: Any, device: int) -> bool:
    """A device that refuses has just been unplugged."""
    used, value = ctypes.c_uint32(), ctypes.c_uint32()
    place = ctypes.byref(_address(_RUNNING))
    refused = media.CMIOObjectGetPropertyData(
        device, place, 0, None, _NUMBER, ctypes.byref(used), ctypes.byref(value)
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
        raise PermissionError("Focus is told only to programs with Full Disk Access") from None
    return focus


def open_microphone() -> Callable[[], bool]:
    audio = ctypes.CDLL(f"{_FRAMEWORKS}/CoreAudio.framework/CoreAudio")
    number, pointer = ctypes.c_uint32, ctypes.c_void_p
    audio.AudioObjectGetPropertyData.argtypes = [number, pointer, number, *[pointer] * 3]
    audio.AudioObjectGetPropertyData.restype = ctypes.c_int32
    return lambda: microphone_runs(audio)


def open_camera() -> Callable[[], bool | None]:
    media = ctypes.CDLL(f"{_FRAMEWORKS}/CoreMediaIO.framework/CoreMediaIO")
    number, pointer = ctypes.c_uint32, ctypes.c_void_p
    media.CMIOObjectGetPropertyDataSize.argtypes = [number, pointer, number, *[pointer] * 2]
    media.CMIOObjectGetPropertyDataSize.restype = ctypes.c_int32
    media.CMIOObjectGetPropertyData.argtypes = [
        number, pointer, number, pointer, number, *[pointer] * 2,
    ]  # fmt: skip
    media.CMIOObjectGetPropertyData.restype = ctypes.c_int32
    return lambda: cameras_run(media)
