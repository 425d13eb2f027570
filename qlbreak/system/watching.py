"""Those who watch the running program: each is told the newest, nothing twice, at its own pace."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from qlbreak.system.connections import Connection

_log = logging.getLogger(__name__)
_MOST = 16  # each has two threads, which wait
_PARTING_S = 1.0

Put = Callable[[bytes], None]
"""Takes news for one who watches; from any thread, and never waits."""


class Watchers:
    """`greet` is asked for the news of the moment, for one who has just come."""

    def __init__(self, greet: Callable[[Put], None]) -> None:
        self._greet = greet
        self._all: tuple[_Watcher, ...] = ()
        self._changing = threading.Lock()
        self._closed = False

    def tell(self, news: Callable[[], bytes]) -> None:
        """*news* is made only where somebody is to hear it. Waits for nobody."""
        if told := self._all:
            made = news()
            for watcher in told:
                watcher.put(made)

    def attend(self, line: Connection) -> bool:
        """Until one of us goes; False at once where there are too many already."""
        watcher = _Watcher(line)
        with self._changing:
            if self._closed or len(self._all) >= _MOST:
                return False
            self._all = (*self._all, watcher)
        try:
            self._greet(watcher.put)
            watcher.attend()
        finally:
            with self._changing:
                self._all = tuple(other for other in self._all if other is not watcher)
        return True

    def close(self) -> None:
        """All are hung up on, and nobody comes any more."""
        with self._changing:
            self._closed = True
        for watcher in self._all:
            watcher.end()


class _Watcher:
    """One thread tells it what is new, the other waits for its end: nothing looks now and then."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._next, self._told = b"", b""
        self._ended = False
        self._changed = threading.Condition()

    def put(self, news: bytes) -> None:
        """What it has not been told by now it will not be told any more."""
        with self._changed:
            self._next = news
            self._changed.notify()

    def end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify()
        self._line.hang_up()

    def attend(self) -> None:
        """Until it goes, or `end`."""
        listening = threading.Thread(target=self._await_end, name="watched", daemon=True)
        try:
            listening.start()
        except RuntimeError:
            _log.info("no more threads are to be had for one who watches")
            return
        with suppress(OSError):
            while news := self._newer():
                self._line.tell(news)
        self.end()
        listening.join(_PARTING_S)

    def _await_end(self) -> None:
        """It has said what it wanted: whatever comes from it now is the end."""
        with suppress(OSError, EOFError):
            self._line.follow()
        self.end()

    def _newer(self) -> bytes:
        """Nothing at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._next != self._told)
            self._told = self._next
            return b"" if self._ended else self._told
