"""One instance a data folder: a lock that ends with the process, however that ends."""

import os
import sys
from pathlib import Path


class AlreadyRunning(Exception):
    pass


class Lock:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = -1

    def take(self) -> None:
        """Raises AlreadyRunning, or OSError where the file cannot be made."""
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._fd)
        except OSError as error:
            self.release()
            if isinstance(error, (BlockingIOError, PermissionError)):  # the latter by Windows
                raise AlreadyRunning from None
            raise

    def __enter__(self) -> "Lock":
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """The file stays: whoever removes a lock file removes somebody else's lock."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


if sys.platform == "win32":

    def _lock(fd: int) -> None:
        import msvcrt

        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:

    def _lock(fd: int) -> None:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
