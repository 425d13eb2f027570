"""Whether files have been opened or closed: Linux' inotify (ctypes)."""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_CLOSE_WRITE, _CLOSE_NOWRITE, _OPEN = 0x8, 0x10, 0x20


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
