"""Single keys from the terminal that the program runs in; on Windows read and never run."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

if sys.platform == "win32":
    # Its console has nothing to wait for both a key and a wake-up.
    FOREVER: Final[float | None] = 0.2
    _LOOK_S: Final = 0.05

    @contextmanager
    def single() -> Iterator[None]:
        yield

    def typed(seconds: float | None, wake: int | None = None) -> str | None:
        import msvcrt
        import threading

        for _ in range(max(round((seconds or FOREVER or 0) / _LOOK_S), 1)):
            keys = ""
            while msvcrt.kbhit():
                keys += msvcrt.getwch()
            if keys:
                return keys
            threading.Event().wait(_LOOK_S)
        return ""

else:
    FOREVER: Final[float | None] = None

    @contextmanager
    def single() -> Iterator[None]:
        """No echo and no waiting for a line; Ctrl+C still interrupts."""
        import termios
        import tty

        fd = sys.stdin.fileno()
        try:
            before = termios.tcgetattr(fd)
            tty.setcbreak(fd)
        except termios.error:  # the terminal is gone already
            yield
            return
        try:
            yield
        finally:
            with suppress(termios.error):
                termios.tcsetattr(fd, termios.TCSADRAIN, before)

    def typed(seconds: float | None, wake: int | None = None) -> str | None:
        """What was typed, "" if nothing within so many seconds or before `wake` could be read.

        None when the terminal is gone.
        """
        import select

        fd = sys.stdin.fileno()
        ready, _, _ = select.select([fd] if wake is None else [fd, wake], [], [], seconds)
        if fd not in ready:
            return ""
        keys = b""
        with suppress(OSError):
            keys = os.read(fd, 64)
        return keys.decode(errors="ignore") if keys else None
