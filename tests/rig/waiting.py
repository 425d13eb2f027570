"""The tests' only clock: waiting for a condition, with a deadline and a message."""

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
# How many times as long a machine may take that has more to do than these tests.
BUSY = 10
PATIENCE = 60.0  # in seconds: for what comes at once, on any machine


class Unmet(AssertionError):
    """A condition that did not come true in time."""


def now() -> float:
    """Seconds on a clock that only goes forward."""
    return time.monotonic()  # noqa: TID251


def wait_for(
    condition: Callable[[], T],
    seconds: float,
    what: str,
    seen: Callable[[], object] | None = None,
    *,
    busy: int = BUSY,
) -> T:
    """The first true value of `condition`; raises Unmet, naming `what`, when none came.

    `seconds`: on a machine that has nothing else to do; `busy` times as long on any. `seen` tells
    at the end what there was instead. Between two looks it rests for as long as one took: asking
    keeps no machine busy.
    """
    seconds *= busy
    deadline = now() + seconds
    while True:
        asked = now()
        if value := condition():
            return value
        if (answered := now()) >= deadline:
            raise Unmet(f"not within {seconds:g} s: {what}; seen: {seen() if seen else value}")
        threading.Event().wait(max(0.02, answered - asked))


def listens(path: Path) -> bool:
    """Whether somebody takes clients at that socket, which is there a moment before."""
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(path)) == 0


def in_time(attempt: Callable[[int], None], times: int = 3) -> None:
    """What a machine with other things to do comes to too late may be left out, as it should be:
    then once more, so many times at most."""
    for number in range(times):
        try:
            attempt(number)
        except AssertionError:
            if number == times - 1:
                raise
        else:
            return


def never(condition: Callable[[], object], seconds: float, what: str) -> None:
    """That it does not come true meanwhile. On a busy machine it finds less, but fails no more."""
    end = now() + seconds
    while now() < end:
        assert not condition(), what
        threading.Event().wait(0.02)
