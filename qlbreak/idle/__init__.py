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
    """`open` gives the function to ask, or raises OSError where the source is not there. `grain`:
    by how many seconds it may be wrong.
    """

    name: str
    open: Callable[[], Callable[[], float]]
    grain: float = 0.0


def sources(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Iterator[Source]:
    """What this session might offer, the best first. Imports nothing."""
    if platform == "win32":
        yield Source("Windows", _opener("windows"))
    elif platform == "darwin":
        yield Source("macOS", _opener("macos"))
    elif environment.get("WAYLAND_DISPLAY"):
        return  # Xwayland sees only what goes to its own windows
    elif environment.get("DISPLAY"):
        yield Source("X11", _opener("x11", environment["DISPLAY"]))
    else:
        yield Source("the terminal", _opener("terminal"), grain=8.0)


class Idle:
    """Asks the first source that works. A source that fails makes it unknown, never zero."""

    def __init__(self, candidates: list[Source]) -> None:
        self._candidates = candidates
        self._ask: Callable[[], float] | None = None
        self._wait = 0
        self._failing: set[str] = set()
        self.name = ""

    def __call__(self) -> float | None:
        """Seconds since the last input, None if nothing can tell."""
        if self._ask is None:
            return self._first()
        try:
            return max(self._ask(), 0.0)
        except Exception as error:  # noqa: BLE001  a broken connection's reader raises anything
            _log.warning("idle time from %s cannot be read any more: %r", self.name, error)
            self._failing.add(self.name)
            self._ask, self._wait, self.name = None, RETRY_AFTER, ""
            return None

    def _first(self) -> float | None:
        """Take the first source that answers."""
        if self._wait:
            self._wait -= 1
            return None
        for source in self._candidates:
            try:
                ask = source.open()
                seconds = ask()
            except Exception as error:  # noqa: BLE001  as above: the next source may do
                level = logging.DEBUG if source.name in self._failing else logging.INFO
                self._failing.add(source.name)
                _log.log(level, "no idle time from %s: %s", source.name, error)
                continue
            _log.info("idle time from %s", source.name)
            self._failing.discard(source.name)
            self._ask, self.name = ask, source.name
            return max(seconds, 0.0)
        self._wait = RETRY_AFTER
        return None


def _opener(module: str, *place: str) -> Callable[[], Callable[[], float]]:
    def open_source() -> Callable[[], float]:
        opened: Callable[[], float] = import_module(f"{__name__}.{module}").open_source(*place)
        return opened

    return open_source
