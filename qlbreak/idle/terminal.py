"""Idle time of the terminal that the program was started from: when it was last read."""

import os
import sys
from collections.abc import Callable

from qlbreak.ticker import wall_seconds


def open_source() -> Callable[[], float]:
    """Raises OSError where standard input is no terminal. The kernel rounds to about 8 s."""
    name = os.ttyname(sys.stdin.fileno())

    def ask() -> float:
        return wall_seconds() - os.stat(name).st_atime  # noqa: PTH116

    return ask
