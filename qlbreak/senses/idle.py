"""Seconds since the last input: the first source that answers, in the order of `idle_sources`."""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from qlbreak.system.clock import steady

_log = logging.getLogger(__name__)

# A source that failed is asked again after a minute of ticks, then after twice as many, up to 16
# minutes; one that has answered for four minutes is as good as new.
FIRST_REST, LONGEST_REST = 4, 64
_SOUND_AFTER = 16
# One that is slow, as desktops are at login, has only failed when it is slow so often in a row.
_SLOW = 3
# What rounding (8 s in the terminal, 5 s on Wayland) may add to an answer.
_SLACK_S = 10.0

Ask = Callable[[], float]
"""Seconds since the last input; may have a `close`. What it raises, anything, is its end."""


class Source(NamedTuple):
    """`open` gives the function to ask, or raises OSError where the source is not there. `grain`:
    how many seconds too many it may tell. `main`: the one that such a session should have.
    """

    name: str
    open: Callable[[], Ask]
    grain: float = 0.0
    main: bool = False


class Idle:
    """Asks the best source that works; without one idleness is unknown, never zero."""

    def __init__(self, candidates: Iterable[Source], now: Callable[[], float] = steady) -> None:
        self._taps = [_Tap(source, now) for source in candidates]
        self._last = ""  # that had an answer
        self.name = ""

    def __call__(self) -> float | None:
        """Seconds since the last input, None if nothing can tell."""
        for number, tap in enumerate(self._taps):
            seconds = tap.look()
            if seconds is not None:
                self._use(tap.source.name)
                for spare in self._taps[number + 1 :]:
                    spare.close()
                return seconds
            if tap.late:
                break
        self.name = ""
        return None

    @property
    def trouble(self) -> str:
        """Why nothing can tell: what became of the source that told last, or of the main one."""
        failed = [tap for tap in self._taps if tap.trouble]
        failed.sort(key=lambda tap: (tap.source.name != self._last, not tap.source.main))
        return f"{failed[0].source.name}: {failed[0].trouble}" if failed else ""

    def _use(self, name: str) -> None:
        if name != self.name:
            _log.info("idle time from %s", name)
        self.name = self._last = name


class _Tap:
    """A source, open or resting after a failure."""

    def __init__(self, source: Source, now: Callable[[], float]) -> None:
        self.source = source
        self._now = now
        self._ask: Ask | None = None
        self._last: tuple[float, float] | None = None  # what it said, and when
        self._answers = self._rest = 0
        self._slow = 0  # questions in a row that were not answered in time
        self._next_rest = FIRST_REST
        self._told = False  # whether the log has it that this one fails
        self.trouble = ""  # since it failed last

    @property
    def late(self) -> bool:
        """It has answered before, and is no more than slow: nobody worse is asked in its place."""
        return bool(self._answers and self._slow)

    def look(self) -> float | None:
        """None while there is nothing to be had from it."""
        if self._rest:
            self._rest -= 1
            return None
        try:
            seconds = self.ask()
        except TimeoutError as error:
            self._wait(error)
            return None
        except Exception as error:  # noqa: BLE001  a broken connection's reader raises anything
            self._fail(error)
            return None
        self._answers, self._slow, self.trouble = self._answers + 1, 0, ""
        if self._answers == _SOUND_AFTER:
            self._next_rest, self._told = FIRST_REST, False
        return seconds

    def ask(self) -> float:
        """Raises anything."""
        if self._ask is None:
            self._ask = self.source.open()
        return self._sound(self._ask())

    def close(self) -> None:
        ask, self._ask, self._last, self._answers = self._ask, None, None, 0
        if close := getattr(ask, "close", None):
            with suppress(OSError):
                close()

    def _sound(self, seconds: float) -> float:
        """Nobody was away for longer than the machine is up, or for longer than since last time."""
        now = self._now()
        longest = now
        if self._last is not None:
            said, then = self._last
            longest = said + now - then
        if not -1.0 <= seconds <= longest + _SLACK_S:
            raise ValueError(f"{seconds:g} s without input cannot be")
        self._last = seconds, now
        return max(seconds, 0.0)

    def _wait(self, error: TimeoutError) -> None:
        """It is asked again at the next look."""
        self._slow += 1
        self.trouble = str(error)
        if self._slow >= _SLOW:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        level = logging.WARNING if self._answers else logging.INFO
        level = logging.DEBUG if self._told else level
        _log.log(level, "no idle time from %s: %s", self.source.name, error or repr(error))
        self._told, self.trouble = True, str(error) or repr(error)
        self.close()
        self._rest, self._next_rest = self._next_rest, min(2 * self._next_rest, LONGEST_REST)


def survey(candidates: Iterable[Source]) -> list[str]:
    """A line for each in their order: the first that answers is used."""
    lines, used = [], False
    for source in candidates:
        tap = _Tap(source, steady)
        try:
            seconds = tap.ask()
        except Exception as error:  # noqa: BLE001  as above
            lines.append(f"not from {source.name}: {error or repr(error)}")
            continue
        finally:
            tap.close()
        lines.append(f"{'spare: ' if used else 'from '}{source.name}: {seconds:.0f} s")
        used = True
    return lines
