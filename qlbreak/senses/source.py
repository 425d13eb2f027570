"""What a source is, of whatever it tells: how it is opened, asked, and asked again."""

import logging
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import Any, NamedTuple

from qlbreak.core.model.terms import Reason

_log = logging.getLogger(__name__)

# A source that failed is asked again after a minute, then after twice as long, up to 16 minutes: a
# sound server that is restarted is soon heard again, one that is not there costs little. One that
# has answered for four minutes is as good as new.
FIRST_REST_S, LAST_REST_S = 60.0, 960.0
SOUND_AFTER = 16
# One that is slow, as desktops are at login, has only failed when it is slow so often in a row.
SLOW = 3
# What rounding (8 s in the terminal, 5 s on Wayland) may add to an answer.
_SLACK_S = 10.0


class Sense(StrEnum):
    """What may be asked, beside the reasons for which somebody is busy."""

    IDLE = "idle time"  # seconds since the last input
    LOCKED = "lock"  # whether nobody can be at the screen


Stir = Callable[[float], None]
"""Told, by any thread, that the answer is another one, and since when: in steady seconds."""

Ask = Callable[[], Any]
"""Seconds, or whether it holds now; None where nobody is there to tell. What it raises, anything,
is its end, but for a TimeoutError, which is to come back. May have a `close`."""


class Source(NamedTuple):
    """`open` gives the function to ask, or raises OSError where the source is not there; neither
    may take longer than a second. One thread asks.

    `grain`: how many seconds too many it may tell. `main`: the one that such a session should have.
    `tells`: it tells of each change by itself, and `open` takes whom.
    """

    about: Sense | Reason
    name: str
    open: Callable[..., Ask]
    grain: float = 0.0
    main: bool = False
    tells: bool = False


class Finding(NamedTuple):
    """Of a source: its answer, None where it has none; then `trouble` says why, if it failed."""

    name: str
    answer: Any
    trouble: str


class InUse:
    """A source that is asked at each look: open, late, or at rest after a failure."""

    def __init__(self, source: Source, stir: Stir = lambda _: None) -> None:
        self.name, self.main = source.name, source.main
        self.about = source.about
        self._source = source
        self.trouble = ""  # since it failed last
        self._stir = stir
        self._ask: Ask | None = None
        self._answer: Any = None
        self._last: tuple[float, float] | None = None  # seconds of idleness that it said, and when
        self._answers = 0  # since it was opened
        self._slow = 0  # questions in a row that were not answered in time
        self._rests_until, self._rest = float("-inf"), FIRST_REST_S
        self._told = self._owed = False  # by the log: that this one fails, that it is back

    @property
    def late(self) -> bool:
        """It has answered before, and is no more than slow."""
        return bool(self._answers and self._slow)

    @property
    def finding(self) -> Finding:
        """By the last look."""
        return Finding(self.name, self._answer, self.trouble)

    def open(self, steady: float) -> None:
        """Before each look, unless it is open or at rest. Where several are asked, first all are
        opened: who has to ask others has asked them by then, and their answers take no longer than
        that of one.
        """
        if self._ask is None and steady >= self._rests_until:
            try:
                self._ask = self._source.open(*[self._stir] * self._source.tells)
            except Exception as error:  # noqa: BLE001  as below
                self._miss(error, steady)

    def look(self, steady: float) -> Any:
        """Its answer, when it is open; None while there is none to be had from it."""
        if self._ask is None:
            return None
        try:
            answer = self._ask()
            self._answer = self._sound(answer, steady) if self.about is Sense.IDLE else answer
        except Exception as error:  # noqa: BLE001  a broken connection's reader raises anything
            self._miss(error, steady)
            return None
        if self._answers < SOUND_AFTER or self.trouble:
            self._has_answered()
        return self._answer

    def close(self) -> None:
        ask, self._ask, self._last, self._answers = self._ask, None, None, 0
        if close := getattr(ask, "close", None):
            with suppress(OSError):
                close()

    def _sound(self, seconds: float, steady: float) -> float:
        """Nobody was away for longer than the machine is up, or for longer than since last time."""
        longest = steady
        if self._last is not None:
            said, then = self._last
            longest = said + steady - then
        if not -1.0 <= seconds <= longest + _SLACK_S:
            raise ValueError(f"{seconds:g} s without input cannot be")
        self._last = seconds, steady
        return max(seconds, 0.0)

    def _has_answered(self) -> None:
        if self._owed:
            _log.info("%s: %s can be read again", self.about, self.name)
        self._answers, self._slow, self.trouble, self._owed = self._answers + 1, 0, "", False
        if self._answers == SOUND_AFTER:
            self._rest, self._told = FIRST_REST_S, False

    def _miss(self, error: Exception, steady: float) -> None:
        """Slow, it is asked again at the next look."""
        self._answer, self.trouble = None, str(error) or repr(error)
        if isinstance(error, TimeoutError):
            self._slow += 1
            if self._slow < SLOW:
                return
        self._say()
        self.close()
        self._rests_until = steady + self._rest
        self._rest = min(2 * self._rest, LAST_REST_S)

    def _say(self) -> None:
        """Once, until it has been sound for a while."""
        level = logging.WARNING if self._answers else logging.INFO
        level = logging.DEBUG if self._told else level
        _log.log(level, "%s: %s cannot be read: %s", self.about, self.name, self.trouble)
        self._owed, self._told = self._owed or not self._told, True
