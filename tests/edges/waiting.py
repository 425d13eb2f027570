"""The tests' only clock: waiting for a condition, with a deadline and a message."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Unmet(AssertionError):
    """A condition that did not come true in time."""


def now() -> float:
    """Seconds on a clock that only goes forward."""
    return time.monotonic()  # noqa: TID251


def wait_for(
    condition: Callable[[], T], seconds: float, what: str, seen: Callable[[], object] | None = None
) -> T:
    """The first true value of `condition`; raises Unmet, naming `what`, when none came.

    `seen` tells at the end what there was instead.
    """
    deadline = now() + seconds
    while not (value := condition()):
        if now() >= deadline:
            raise Unmet(f"not within {seconds:g} s: {what}; seen: {seen() if seen else value}")
        threading.Event().wait(0.02)
    return value
