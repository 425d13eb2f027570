"""Seconds since the last input: one file a source, chosen by what the session offers."""

import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import NamedTuple

_log = logging.getLogger(__name__)

# A source that failed is asked again after this many looks: four minutes of ticks.
RETRY_AFTER = 16


class Source(NamedTuple):
    """`open` gives the function to ask, or raises OSError where the source is not there."""

    name: str
    open: Callable[[], Callable[[], float]]


def sources(environment: Mapping[str, str] = os.environ) -> Iterator[Source]:
    """What this session might offer, the best first. Imports nothing."""
    if sys.platform == "win32":
        yield Source("Windows", _opener("windows"))
    elif sys.platform == "darwin":
        yield Source("macOS", _opener("macos"))
    elif environment.get("WAYLAND_DISPLAY"):
        return  # Xwayland sees only what goes to its own windows
    elif environment.get("DISPLAY"):
        yield Source("X11", _opener("x11"))
    elif sys.stdin is not None and sys.stdin.isatty():
        yield Source("terminal", _opener("terminal"))


class Idle:
    """Asks the first source that works. A source that fails makes it unknown, never zero."""

    def __init__(self, candidates: list[Source]) -> None:
        self._candidates = candidates
        self._ask: Callable[[], float] | None = None
        self._wait = 0
        self.name = ""

    def __call__(self) -> float | None:
        """Seconds since the last input, None if nothing can tell."""
        if self._ask is None:
            self._ask = self._open()
        if self._ask is None:
            return None
        try:
            return max(self._ask(), 0.0)
        except Exception:  # noqa: BLE001  a third-party reader of a broken connection raises anything
            _log.warning("idle time from %s cannot be read any more", self.name, exc_info=True)
            self._ask, self._wait = None, RETRY_AFTER
            return None

    def _open(self) -> Callable[[], float] | None:
        if self._wait:
            self._wait -= 1
            return None
        for source in self._candidates:
            try:
                ask = source.open()
                ask()
            except Exception as error:  # noqa: BLE001  as above: the next source may do
                _log.info("no idle time from %s: %s", source.name, error)
            else:
                self.name = source.name
                return ask
        self.name, self._wait = "", RETRY_AFTER
        return None


def _opener(module: str) -> Callable[[], Callable[[], float]]:
    def open_source() -> Callable[[], float]:
        opened: Callable[[], float] = import_module(f"{__name__}.{module}").open_source()
        return opened

    return open_source
