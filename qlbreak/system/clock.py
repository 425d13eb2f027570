"""The only module that reads a clock: steady seconds, the wall clock, and both at a speed."""

import sys
import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

TICK = 15.0  # seconds: 0.45 ms of CPU each time, and no prompt needs to be more punctual
# This program is not older: a clock that shows less has not been set, as on a board without a
# battery before the network is there; nor will it be in use after that.
EARLIEST, LATEST = datetime(2026, 1, 1, tzinfo=UTC), datetime(8000, 1, 1, tzinfo=UTC)
_FASTEST = 0.2  # of real time, for --speed


def steady() -> float:
    """Seconds of real time that count suspend and do not follow a changed wall clock."""
    if sys.platform == "win32":
        import ctypes

        uptime = ctypes.windll.kernel32.GetTickCount64
        uptime.argtypes, uptime.restype = [], ctypes.c_ulonglong
        return float(uptime()) / 1000
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def awake() -> float:
    """Seconds of real time in which the machine did not sleep, as far as the system tells that; on
    Linux the clock of the times that services give."""
    return time.monotonic()


def wall_seconds() -> float:
    """Seconds since 1970 by the wall clock: for comparing with the times of files."""
    return time.time()


class _Mark(NamedTuple):
    """Real steady seconds, what they count as, and how many one counts as from then on."""

    real: float
    counted: float
    pace: float


class Clock:
    """Wall clock and steady clock; with a speed, in a trial, one real second counts as many."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._at, now = self._wall() if self.set else EARLIEST, steady()
        self._marks = [_Mark(now, now, speed)]

    @property
    def set(self) -> bool:
        """Whether the wall clock shows what can be."""
        return EARLIEST <= self._wall() < LATEST

    def now(self) -> tuple[datetime, float]:
        """Aware local time with a fixed offset, safe to subtract, and the steady seconds. Labels
        are such as can be read back, whatever the wall clock shows."""
        counted = self._counted(steady())
        if self.speed == 1.0 and self.set:
            return self._wall().astimezone(), counted
        at = EARLIEST if self.speed == 1.0 else self._at
        passed = timedelta(seconds=counted - self._marks[0].counted)
        return (at + passed).astimezone(), counted

    def live(self, really: bool) -> None:
        """For the owner: whether a second counts as one for now, because somebody does something
        that takes as long as it takes."""
        pace = 1.0 if really else self.speed
        if pace != self._marks[-1].pace:
            now = steady()
            self._marks.append(_Mark(now, self._counted(now), pace))

    def lasted(self, seconds: float) -> float:
        """What the last so many real seconds count as."""
        if self.speed == 1.0:
            return seconds
        now = steady()
        return self._counted(now) - self._counted(now - seconds)

    def _counted(self, real: float) -> float:
        mark = next((m for m in reversed(self._marks) if m.real <= real), self._marks[0])
        return mark.counted + (real - mark.real) * mark.pace

    def _wall(self) -> datetime:
        return datetime.now(UTC)

    @property
    def tick(self) -> float:
        """Real seconds from tick to tick."""
        return max(TICK / self.speed, _FASTEST)

    @property
    def late(self) -> float:
        """Real seconds without a tick after which it is overdue: there is time to mend that, before
        it would count as an absence.
        """
        return 3 * self.tick

    @property
    def max_gap(self) -> float:
        """Seconds between ticks, as they count, beyond which nobody knows who was there."""
        return 4 * self.tick * self.speed
