"""Idle time of the terminal that the program was started from: when it was last read."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from qlbreak.ticker import steady, wall_seconds

_STDIN = 0


def open_source(fd: int = _STDIN) -> Callable[[], float]:
    """Raises OSError where that is no terminal. The kernel rounds to about 8 s."""
    if sys.platform == "win32":
        raise OSError("a console tells nothing of the kind")
    return _Terminal(Path(os.ttyname(fd)))


class _Terminal:
    """Counts on the steady clock: a wall clock that is changed is neither input nor absence."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at = 0.0
        self._asked = self._since = float("-inf")

    def __call__(self) -> float:
        now, read_at = steady(), self._path.stat().st_atime
        if read_at != self._read_at:
            passed = max(wall_seconds() - read_at, 0.0)
            self._read_at, self._since = read_at, max(now - passed, self._asked)
        self._asked = now
        return now - self._since
