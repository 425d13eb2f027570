"""To wait for the next item of a queue, but not for ever."""

import queue
from typing import TypeVar

_T = TypeVar("_T")


def next_of(items: "queue.SimpleQueue[_T]", seconds: float | None) -> _T:
    """None: for ever. Raises queue.Empty after the *seconds*.

    CPython 3.11's own timeout never comes where a busy machine lets it pass between its two looks
    at the lock: the rest of it is below nought then, which means for ever. Having looked once
    without waiting, there is only the second.
    """
    try:
        return items.get_nowait()
    except queue.Empty:
        return items.get(timeout=None if seconds is None else max(seconds, 0.0))
