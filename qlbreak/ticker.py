"""The only clock: APScheduler puts a Tick into the owner's queue every 15 seconds."""

import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from qlbreak.core.events import (
    Tick,
)

TICK = 15.0  # seconds: 0.45 ms of CPU each time, and no prompt needs to be more punctual
_FASTEST = 0.2  # of real time, for --speed


def steady() -> float:
    """Seconds of real time that count suspend and do not follow a changed wall clock."""
    if sys.platform == "win32":
        import ctypes

        uptime = ctypes.windll.kernel32.GetTickCount64
        uptime.restype = ctypes.c_ulonglong
        return float(uptime()) / 1000
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def wall_seconds() -> float:
    """Seconds since 1970 by the wall clock: for comparing with the times of files."""
    return time.time()


class Clock:
    """Wall clock and steady clock; with a speed, one real second counts as many."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._steady = steady()
        self._at = datetime.now(UTC)

    def now(self) -> tuple[datetime, float]:
        """Aware local time with a fixed offset, safe to subtract, and the steady seconds."""
        if self.speed == 1.0:
            return datetime.now(UTC).astimezone(), steady()
        passed = (steady() - self._steady) * self.speed
        at = self._at + timedelta(seconds=passed)
        return at.astimezone(), self._steady + passed

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


class _Every(BaseTrigger):  # type: ignore[misc]
    """So long after the last time. The "interval" that comes with APScheduler makes up for every
    tick that was missed: for hours, when a clock without a battery is set forward by years.
    """

    def __init__(self, seconds: float) -> None:
        self._pause = timedelta(seconds=seconds)

    def get_next_fire_time(self, _: datetime | None, now: datetime) -> datetime:
        return now + self._pause


class Ticker:
    """Looks at the clocks and the idleness, and puts what it saw into the queue."""

    def __init__(
        self, clock: Clock, idle: Callable[[], float | None], put: Callable[[Tick], None]
    ) -> None:
        self._clock = clock
        self._idle = idle
        self._put = put
        self._looking = False
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        # UTC: local rules are ours. In the scheduler's own thread: each further one would have to
        # be woken, too, and idle sources that keep a connection are asked by one thread only.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": DebugExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        self._scheduler.add_job(self._tick, _Every(self._clock.tick), id="tick")
        self._scheduler.start()

    def rearm(self) -> None:
        """Tick now. With a wall clock set back by an hour the job would wait for an hour.

        A look that hangs, at a display perhaps, keeps the scheduler's lock: it is not waited for.
        """
        if not self._looking:
            self._scheduler.modify_job("tick", next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    def look(self) -> float | None:
        """Seconds since the last input, as they count; None if unknown."""
        idle = self._idle()
        return None if idle is None else idle * self._clock.speed

    def _tick(self) -> None:
        self._looking = True
        try:
            idle = self.look()
        finally:
            self._looking = False
        at, now = self._clock.now()
        self._put(Tick(at, now, idle))
