"""Whether a program has a camera open: Linux' /dev/video*, by inotify (ctypes)."""

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from qlbreak.system.clock import steady

# To ask every process for its open files costs some 10 ms of CPU: not at each tick, whatever a
# program does that opens a camera again and again.
_SCAN_S = 30.0

# Devices of the same kind that are no cameras: a browser opens them to show a film.
_NO_CAMERA = re.compile(r"codec|vpu|jpeg|-(dec|enc|isp)\b|vdec|venc", re.IGNORECASE)


_CLOSE_WRITE, _CLOSE_NOWRITE, _OPEN = 0x8, 0x10, 0x20  # of inotify


class KernelFolders(NamedTuple):
    devices: Path = Path("/dev")
    names: Path = Path("/sys/class/video4linux")
    processes: Path = Path("/proc")


LINUX = KernelFolders()


def open_source(folders: KernelFolders = LINUX) -> Callable[[], bool | None]:
    """The kernel tells when a device was opened or closed; only then all processes are asked, as
    far as they are the user's own. None where there is no camera."""
    return _Cameras(folders)


class _Cameras:
    def __init__(self, folders: KernelFolders) -> None:
        self._folders = folders
        self._names: list[str] = []
        self._stirred: Stirred | None = None
        self._stale = False
        self._scanned_at = float("-inf")
        self._used = False

    def __call__(self) -> bool | None:
        self._follow()
        if self._stirred is None:
            return None
        self._stale |= self._stirred()
        now = steady()
        if self._stale and now - self._scanned_at >= _SCAN_S:
            self._stale, self._scanned_at = False, now
            self._used = bool(_users(self._folders.processes, self._stirred.paths))
        return self._used

    def close(self) -> None:
        if self._stirred is not None:
            self._stirred.close()

    def _follow(self) -> None:
        """Cameras come and go with their plugs."""
        try:
            names = os.listdir(self._folders.names)  # noqa: PTH208  half the cost of a Path's
        except FileNotFoundError:
            names = []
        if names == self._names:
            return
        self.close()
        cameras = [self._folders.devices / name for name in names if self._camera(name)]
        self._stirred = Stirred(cameras) if cameras else None
        self._names, self._stale, self._used = names, True, False

    def _camera(self, name: str) -> bool:
        with suppress(OSError):
            told = (self._folders.names / name / "name").read_text("utf-8", "replace")
            return not _NO_CAMERA.search(told)
        return True


def _users(processes: Path, devices: frozenset[str]) -> set[str]:
    """The names of those who have one open. WirePlumber with libcamera keeps all of them open, and
    then PipeWire's doing so tells nothing."""
    found = set()
    for folder in processes.glob("[0-9]*"):
        with suppress(OSError):  # gone, or somebody else's
            if devices.intersection(_open_files(folder / "fd")):
                found.add((folder / "comm").read_text("utf-8", "replace").strip())
    return found - {"wireplumber", "pipewire"} if "wireplumber" in found else found


def _open_files(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                yield os.readlink(entry)  # noqa: PTH115  thousands of them


class Stirred:
    """Tells whether anything has happened since it was asked last. The kernel collects it: to ask
    costs one look. Raises OSError."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = frozenset(map(str, paths))
        libc, self._fd = _opened()
        try:
            for path in self.paths:
                kinds = _OPEN | _CLOSE_WRITE | _CLOSE_NOWRITE
                _check(libc.inotify_add_watch(self._fd, os.fsencode(path), kinds))
        except OSError:
            self.close()
            raise

    def __call__(self) -> bool:
        stirred = False
        try:
            while os.read(self._fd, 65536):
                stirred = True
        except BlockingIOError:
            pass
        return stirred

    def close(self) -> None:
        os.close(self._fd)


def _opened() -> tuple[ctypes.CDLL, int]:
    if sys.platform != "linux":
        raise OSError("only Linux has inotify")
    libc = ctypes.CDLL(None, use_errno=True)
    fd: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    _check(fd)
    return libc, fd


def _check(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
