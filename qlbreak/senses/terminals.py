"""Idle time of the person's terminals: when the last of them was read."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from qlbreak.language import _
from qlbreak.system.clock import steady, wall_seconds

_STDIN = 0
_TERMINALS = Path("/dev/pts")


def open_idle(fd: int = _STDIN, others: Path = _TERMINALS) -> Callable[[], float]:
    """Of the terminal the program was started from, and of the others of the same user: another
    pane or window is as good. Raises OSError where the first is none. The kernel rounds to 8 s.
    """
    if sys.platform == "win32":
        raise OSError(_("a console tells nothing of the kind"))
    if not os.isatty(fd):
        # Translators: of terminals: why nothing can be known from them.
        raise OSError(_("there is none"))
    return _Terminals(Path(os.ttyname(fd)), others)


class _Terminals:
    """Counts on the steady clock: a wall clock that is changed is neither input nor absence."""

    def __init__(self, own: Path, others: Path) -> None:
        self._own, self._others = own, others
        self._user = own.stat().st_uid
        self._read_at = 0.0
        self._asked = self._since = float("-inf")

    def __call__(self) -> float:
        now, read_at = steady(), max(self._times())
        if read_at != self._read_at:
            passed = max(wall_seconds() - read_at, 0.0)
            self._read_at, self._since = read_at, max(now - passed, self._asked)
        self._asked = now
        return now - self._since

    def _times(self) -> Iterator[float]:
        yield self._own.stat().st_atime
        for path in self._others.glob("[0-9]*"):
            with suppress(OSError):  # closed meanwhile
                found = path.stat()
                if found.st_uid == self._user:
                    yield found.st_atime
