"""The ticks: APScheduler puts one into the owner's queue every 15 seconds."""

import inspect
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any, Final

from qlbreak.app.inbox import Ticked, untouched
from qlbreak.core.model.inputs import Tick
from qlbreak.core.model.terms import Reason
from qlbreak.system.clock import Clock, wall_seconds


@contextmanager
def _spared() -> Iterator[None]:
    """What APScheduler 3 imports for one function each, and what that would bring for all day:
    asyncio, ssl and seven megabytes; the mail parser, by which packages tell their version, and
    three. Nobody here awaits, and no part of it is named by a text.
    """
    stand_ins: dict[str, dict[str, Any]] = {
        "asyncio": {"iscoroutinefunction": inspect.iscoroutinefunction},
        "importlib.metadata": {"version": lambda _: "3", "entry_points": lambda **_: ()},
    }
    added = [name for name in stand_ins if name not in sys.modules]
    for name in added:
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(stand_ins[name])
    try:
        yield
    finally:
        for name in added:
            del sys.modules[name]


with _spared():
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers import SchedulerNotRunningError
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.base import BaseTrigger


_log = logging.getLogger(__name__)

_JOB = "tick"

# While nothing is touched: what falls due then may come 15 s later, which is still before a tick is
# late. Half of what such hours cost is saved.
_SELDOM: Final = 2.0


def _scheduler() -> BackgroundScheduler:
    # UTC: local rules are ours. In the scheduler's own thread: each further one would have to be
    # woken, too, and idle sources that keep a connection are asked by one thread at a time only.
    return BackgroundScheduler(
        timezone=UTC,
        executors={"default": DebugExecutor()},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )


class _Every(BaseTrigger):  # type: ignore[misc]
    """So many seconds after the last time, asked anew each time. The "interval" that comes with
    APScheduler makes up for every tick that was missed: for hours, when a clock without a battery
    is set forward by years.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds

    def get_next_fire_time(self, _: datetime | None, now: datetime) -> datetime:
        return now + timedelta(seconds=self._seconds())


class Ticker:
    """Looks at the clocks and at what tells of the person; puts what it saw into the queue."""

    def __init__(
        self,
        clock: Clock,
        idle: Callable[[], float | None],
        put: Callable[[Ticked], None],
        locked: Callable[[], float | None],
        busy: Callable[[], frozenset[Reason]],
        hidden: Callable[[], bool],
    ) -> None:
        self._clock = clock
        self._idle = idle
        self._locked = locked
        self._busy, self._hidden = busy, hidden
        self._put = put
        self._looking = self._hangs = self._untouched = False
        self._scheduler = _scheduler()
        logging.getLogger("apscheduler").setLevel(logging.WARNING)

    @property
    def hangs(self) -> bool:
        """The present look does not end."""
        return self._hangs

    def start(self) -> None:
        self._begin()

    def rearm(self) -> None:
        """Tick now, and go on from there. With a wall clock set back by an hour the next tick would
        come in an hour; the job, the scheduler or its thread may be gone as well. One mend for all.

        A look that hangs, at a display perhaps, keeps the scheduler's lock, and is not waited for:
        there are ticks without it. Idle time is unknown then, which is no reason for silence.
        """
        if self._looking:
            if not self._hangs:
                _log.warning("looking for input hangs; idle time counts as unknown until it ends")
            self._hangs = True
            self._put(Ticked(*self._clock.now(), Tick()))
            return
        _log.warning("no tick came in time; the timer is set anew")
        old, self._scheduler = self._scheduler, _scheduler()
        with suppress(SchedulerNotRunningError):
            old.shutdown(wait=False)
        self._begin(next_run_time=datetime.fromtimestamp(wall_seconds(), UTC))

    def _begin(self, **options: datetime) -> None:
        self._scheduler.add_job(self._tick, _Every(self._pause), id=_JOB, **options)
        self._scheduler.start()

    def _pause(self) -> float:
        return self._clock.tick * (_SELDOM if self._untouched else 1.0)

    def soon(self, seconds: float = 0.0) -> None:
        """Tick after so many seconds that count, or right after the one that is going on; waits for
        neither, and so may be called by a thread that a look waits for, as the bus's."""
        threading.Thread(target=self._advance, args=(seconds,), name="soon", daemon=True).start()

    def _advance(self, seconds: float) -> None:
        pause = timedelta(seconds=seconds / self._clock.speed)
        due = datetime.fromtimestamp(wall_seconds(), UTC) + pause
        with suppress(LookupError):  # not started yet, or stopped
            job = self._scheduler.get_job(_JOB)
            if job is not None and due < job.next_run_time:
                self._scheduler.modify_job(_JOB, next_run_time=due)

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    def look(self) -> Tick:
        """In seconds as they count."""
        idle, locked = self._counted(self._idle()), self._counted(self._locked())
        return Tick(idle, locked, self._busy(), self._hidden())

    def _counted(self, seconds: float | None) -> float | None:
        return None if seconds is None else self._clock.lasted(seconds)

    def _tick(self) -> None:
        self._looking = True
        try:
            tick = self.look()
        finally:
            self._looking = self._hangs = False
        self._untouched = untouched(tick)
        self._put(Ticked(*self._clock.now(), tick))
