"""One person has one program, which commands find: the locks, and in them where it listens."""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from qlbreak.system.control import Server
from qlbreak.system.lock import AlreadyRunning, Holder, Lock
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


class Reach:
    """That commands and a second start find it, for as long as it runs. Locks and socket are files,
    and may be removed. `lost` is called where another program has the locks by then: two must not
    write one record."""

    def __init__(self, claim: Claim, server: Server, lost: Callable[[], None]) -> None:
        self._claim, self._server, self._lost = claim, server, lost
        self._trouble = ""

    def look(self) -> None:
        """At the start, and with each tick."""
        try:
            self._claim.look_after()
            self._server.look_after()
            self._claim.listens(self._server.path)
            self._trouble = ""
        except AlreadyRunning:
            _log.error("the record's folder is another program's by now: this one ends")
            self._lost()
        except (PathError, OSError) as error:
            if str(error) != self._trouble:
                _log.warning("commands may not reach it for now: %s", error)
            self._trouble = str(error)

    def stop(self) -> None:
        """Whoever has asked still gets the answer."""
        self._server.stop()
