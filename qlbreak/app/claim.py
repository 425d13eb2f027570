"""What the running program holds for its person: the locks, and in them where it listens."""

import logging
import os
from contextlib import suppress
from pathlib import Path

from qlbreak.system.lock import Holder, Lock
from qlbreak.system.paths import PathError, Paths, make_folder

_log = logging.getLogger(__name__)


class Claim:
    """On the data folder and, where the environment names another than usual, on the usual one:
    one person has one program."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._locks: list[Lock] = []
        self._socket: Path | None = None
        self._said = False  # all of it: the disk may be full

    def take(self) -> None:
        """Raises AlreadyRunning, PathError, OSError."""
        own, *others = self._paths.locks
        try:
            self._hold(own)
            for path in others:
                self._try(path)
        except BaseException:
            self.release()
            raise

    def listens(self, socket: Path) -> None:
        """From now on, there. Raises OSError."""
        if self._said and socket == self._socket:
            return
        self._socket, self._said = socket, False
        for lock in self._locks:
            lock.say(self._holder)
        self._said = True

    def look_after(self) -> None:
        """To be called now and then: a lock whose file was removed is taken anew. Raises
        AlreadyRunning where another has it by now; PathError, OSError."""
        for lock in list(self._locks):
            if not lock.holds:
                self._hold(lock.path)
                self._locks.remove(lock)
                lock.release()
                _log.warning("the lock was gone, and is there again")

    def release(self) -> None:
        for lock in self._locks:
            lock.release()
        self._locks.clear()

    def __enter__(self) -> "Claim":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    @property
    def _holder(self) -> Holder:
        return Holder(os.getpid(), self._socket, self._paths.data.absolute())

    def _hold(self, path: Path) -> None:
        make_folder(path.parent, parents=False)  # what it lies in may be a disk that is away
        lock = Lock(path)
        lock.take()
        self._said = False
        with suppress(OSError):
            lock.say(self._holder)
        self._locks.append(lock)

    def _try(self, path: Path) -> None:
        """A home that cannot be written is no reason not to start."""
        try:
            make_folder(path.parent)
            self._hold(path)
        except (PathError, OSError) as error:
            _log.info("no lock in %s: %s", path.parent, error)
