"""Somebody at the keyboard: Windows knows by itself how long nobody was there."""

import ctypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_MOVE = 1  # MOUSEEVENTF_MOVE


@contextmanager
def busy() -> Iterator[None]:
    """They nudge the mouse fifty times a second, by nothing; where idle time is unknown, nobody."""
    ended = threading.Event()
    thread = threading.Thread(target=_nudge, args=(ended,), name="hands")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _nudge(ended: threading.Event) -> None:
    if sys.platform == "win32":
        while not ended.wait(0.02):
            ctypes.windll.user32.mouse_event(_MOVE, 0, 0, 0, 0)
