"""One instance a data folder: a lock that ends with the process, and says who holds it."""

import os
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from msgspec import Struct

# Whoever only looks has it for a moment, and must not keep a start away.
_TRIES, _PAUSE_S = 10, 0.02
_pause = threading.Event()
# On Windows the end of a line would else be two bytes.
_READ_WRITE = os.O_RDWR | getattr(os, "O_BINARY", 0)
_LINES = 1  # bytes before them: the first is what Windows locks, and then nobody may read it


class AlreadyRunning(Exception):
    pass


class Holder(Struct, frozen=True):
    """The running program as its lock says. `socket`: where it listens, None while it starts;
    `data`: where its record is."""

    pid: int
    socket: Path | None
    data: Path


class Lock:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd = -1

    def take(self) -> None:
        """Raises AlreadyRunning, or OSError where the file cannot be made."""
        for _ in range(_TRIES):
            if self._taken():
                with suppress(OSError):  # a full disk, perhaps
                    os.ftruncate(self._fd, 0)  # what one that was killed has said
                return
            _pause.wait(_PAUSE_S)
        raise AlreadyRunning

    def __enter__(self) -> "Lock":
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def say(self, holder: Holder) -> None:
        """To whoever asks `holder`. Raises OSError."""
        lines = (b"", str(holder.pid).encode(), _bytes(holder.socket), _bytes(holder.data))
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, b"\n".join(lines))

    @property
    def holds(self) -> bool:
        """Whether it is the file of that name that is held, and not one that was removed."""
        return self._fd >= 0 and _is_at(self._fd, self.path)

    def release(self) -> None:
        """The file stays: whoever removes a lock file removes somebody else's lock."""
        if self._fd >= 0:
            with suppress(OSError):
                os.ftruncate(self._fd, 0)
            os.close(self._fd)
            self._fd = -1

    def _taken(self) -> bool:
        """Raises OSError."""
        fd = os.open(self.path, _READ_WRITE | os.O_CREAT, 0o600)
        try:
            mine = _lock(fd) and _is_at(fd, self.path)
        except OSError:
            os.close(fd)
            raise
        if not mine:
            os.close(fd)
            return False
        self._fd = fd
        return True


def holder(path: Path) -> Holder | None:
    """Who holds the lock: None where nobody does, or only a command for its own short time."""
    try:
        fd = os.open(path, _READ_WRITE)
    except OSError:
        return None
    try:
        if _lock(fd, shared=True):
            return None
        os.lseek(fd, _LINES, os.SEEK_SET)
        pid, socket, data = os.read(fd, 1 << 14).split(b"\n")
        listens = Path(os.fsdecode(socket)) if socket else None
        return Holder(int(pid), listens, Path(os.fsdecode(data)))
    except (OSError, ValueError):
        return None
    finally:
        os.close(fd)


def _bytes(path: Path | None) -> bytes:
    return b"" if path is None else os.fsencode(path)


def _is_at(fd: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _lock(fd: int, *, shared: bool = False) -> bool:
        """Until the file is closed. False where another has it; a mere look unlocks at once."""
        import msvcrt

        os.lseek(fd, 0, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:  # Python tells no more of it
            return False
        if shared:
            msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
        return True

else:

    def _lock(fd: int, *, shared: bool = False) -> bool:
        """Until the file is closed. False where another has it."""
        import fcntl

        try:
            fcntl.flock(fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One of us at a time changes a person's file there; no file is left of that. Where a folder
    cannot be locked (on some network shares) it goes on all the same: whoever writes looks whether
    the file is still what was read."""
    release = _locked_folder(folder)
    try:
        yield
    finally:
        release()


if sys.platform == "win32":

    def _locked_folder(folder: Path) -> Callable[[], object]:
        """By a name that stands for it, since a folder has no lock there; it is this thread's."""
        import ctypes

        kernel32, number, pointer = ctypes.WinDLL("kernel32"), ctypes.c_int, ctypes.c_void_p
        kernel32.CreateMutexW.argtypes = [pointer, number, ctypes.c_wchar_p]
        kernel32.CreateMutexW.restype = pointer
        kernel32.WaitForSingleObject.argtypes = [pointer, ctypes.c_uint32]
        kernel32.WaitForSingleObject.restype = ctypes.c_uint32
        for free in (kernel32.ReleaseMutex, kernel32.CloseHandle):
            free.argtypes, free.restype = [pointer], number
        mark = zlib.crc32(os.path.normcase(folder).encode("utf-8", "surrogatepass"))
        handle = ctypes.c_void_p(kernel32.CreateMutexW(None, 0, f"Global\\qlbreak-{mark:08x}"))
        if not handle:  # somebody else's, perhaps
            return lambda: None
        kernel32.WaitForSingleObject(handle, _FOR_EVER)

        def release() -> None:
            kernel32.ReleaseMutex(handle)
            kernel32.CloseHandle(handle)

        return release

    _FOR_EVER = 0xFFFFFFFF

else:

    def _locked_folder(folder: Path) -> Callable[[], object]:
        """Waits for another one, who has it for a moment."""
        import fcntl

        fd = -1
        with suppress(OSError):
            fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(fd, fcntl.LOCK_EX)
        return partial(os.close, fd) if fd >= 0 else lambda: None
