"""Signals that end a program: only noted, so that it can end in its own time."""

import signal
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # the last is not known everywhere


@contextmanager
def noted() -> Iterator[Callable[[], bool]]:
    """Whether there was one is to be asked again and again; on the main thread only."""
    seen: list[int] = []

    def note(number: int, _: types.FrameType | None) -> None:
        seen.append(number)

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.signal(number, note) for number in numbers}
    try:
        yield lambda: bool(seen)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
