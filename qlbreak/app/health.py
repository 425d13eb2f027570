"""How the running program is: what it tells of itself, what it cannot do, and its loud end."""

import logging
import math
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from qlbreak import __version__
from qlbreak.app.inbox import Ticked
from qlbreak.core.model.inputs import Tick
from qlbreak.language import _
from qlbreak.notify import Notifier, notes
from qlbreak.senses.idle import Idle
from qlbreak.system.clock import awake
from qlbreak.system.exits import BROKEN
from qlbreak.texts import updates

_log = logging.getLogger(__name__)

# A disk under load may keep a write for many seconds; nothing that ends by itself takes a minute.
BOUND_S = 60.0
# Three minutes: at login a desktop's parts come up one after the other, and some are slow then.
_BLIND_TICKS = 12
# The log may be what hangs.
_LAST_WORDS_S = 3.0


class Vitals:
    """What the owner lets be read of it, by whoever asks: it may be what hangs. `tick`: the last
    one that was dealt with, `ticked`: when, in awake seconds. `deserted`: nobody is there, and has
    not been for as long as a natural break takes; as far as known.
    """

    def __init__(self) -> None:
        self.tick: Tick | None = None
        self.ticked: float | None = None
        self.deserted = False
        self.trouble = self.mistake = ""

    def beat(self, tick: Tick, away: float) -> None:
        """It has dealt with this one; *away*: the seconds of a natural break."""
        self.deserted = tick.locked is not None or (tick.idle is not None and tick.idle >= away)
        self.tick, self.ticked = tick, awake()

    def tell(self, trouble: str, mistake: str) -> None:
        """Of the record and of the settings."""
        self.trouble, self.mistake = trouble, mistake


class Health(Struct, frozen=True):
    """Seconds are real ones. `tick_s`: since a tick was dealt with, None before the first; more
    than `late_s` is too long. `waiting`: what lies in the owner's queue. `hangs`: the present look
    at the desk does not end. `idle`: where idle time comes from. `session`: the graphical one that
    it shows itself in, empty for none; `over`: that has ended, or nobody has been there for long.
    `tray`: how the icon is shown, "" where it is not. `replaced`: other files lie where it was
    started from. Older versions say less, and newer ones more.
    """

    pid: int
    version: str
    tick_s: float | None
    late_s: float
    waiting: int
    hangs: bool
    idle: str
    trouble: str
    mistake: str
    session: str = ""
    over: bool = False
    tray: str = ""
    replaced: bool = False

    @property
    def another(self) -> str:
        """Where it is another program than the one that asks: what to do. Else empty."""
        other = self.replaced or self.version not in ("", __version__)
        return updates.another_runs(self.version, __version__) if other else ""

    def faults(self) -> list[str]:
        """What is wrong, each with what mends it."""
        late = self.tick_s is not None and self.tick_s > self.late_s
        told = [
            (
                late,
                _(
                    "it has not responded for {n} s: end it (kill {pid}), then start it again "
                    "with: qlbreak",
                    n=f"{self.tick_s or 0:.0f}",
                    pid=self.pid,
                ),
            ),
            (
                self.hangs and not late,
                _("checking for input hangs, so idle time counts as unknown"),
            ),
            (bool(self.trouble), _("{trouble}; it keeps trying", trouble=self.trouble)),
            (
                bool(self.mistake),
                _("settings: {mistake}; your previous settings stay in use", mistake=self.mistake),
            ),
        ]
        return [*(text for wrong, text in told if wrong), *filter(None, [self.another])]

    def text(self) -> str:
        """For a report."""
        tick = "none yet" if self.tick_s is None else f"{self.tick_s:.0f} s ago"
        source = self.idle or "nowhere"
        return (
            f"last tick {tick}, {self.waiting} waiting, idle time from {source}, "
            f"icon shown by {self.tray or 'nobody'}"
        )


class Blindness:
    """That idle time cannot be read is said once; from then on, whoever asks is told. The file
    `said` remembers it for as long as it is true: a desktop that cannot tell will not
    tell tomorrow either. What has come back may go again; that is said once in a run."""

    def __init__(self, idle: Idle, notifier: Notifier, said: Path) -> None:
        self._idle, self._notifier, self._said = idle, notifier, said
        self._ticks = 0  # without an answer
        self._sees = self._told = False

    def look(self) -> None:
        """With each tick; raises OSError where it cannot be remembered."""
        if self._idle.name:
            if not self._sees:
                self._come_back()
            return
        self._sees = False
        self._ticks += 1
        if self._ticks == _BLIND_TICKS and not self._told and not self._said.exists():
            _log.warning("idle time cannot be read here: %s", self._idle.trouble or "no source")
            self._told = True
            self._notifier.show(notes.no_idle())
            self._said.touch(mode=0o600)

    def _come_back(self) -> None:
        self._sees, self._ticks = True, 0
        self._notifier.close(notes.IDLE)
        self._said.unlink(missing_ok=True)


class Watchdog:
    """On the ticks' thread: each goes through here to the owner. The owner in turn sees to it that
    ticks come, so each of the two is watched, and nobody has to be woken for that.

    The ticks that lie untaken are counted, not the seconds: none come while the machine sleeps.
    After a minute of them `warn` is called, on a thread of its own, after two `end`.
    """

    def __init__(
        self,
        put: Callable[[Ticked], None],
        vitals: Vitals,
        tick_s: float,
        warn: Callable[[], None],
        end: Callable[[str], None],
        bound: float = BOUND_S,
    ) -> None:
        self._put, self._vitals = put, vitals
        self._patience = math.ceil(bound / tick_s)
        self._warn, self._end = warn, end
        self._taken: Tick | None = None
        self._waiting = 0  # ticks since it took one

    def put(self, tick: Ticked) -> None:
        self._put(tick)
        taken = self._vitals.tick
        self._waiting = self._waiting + 1 if taken is self._taken else 0
        self._taken = taken
        if self._waiting == self._patience:
            with suppress(RuntimeError):  # no more threads are to be had
                threading.Thread(target=self._say, name="warning", daemon=True).start()
        elif self._waiting == 2 * self._patience:
            self._end(f"the owner hangs, {where('owner')}")

    def _say(self) -> None:
        """This may hang as well."""
        _log.error("the owner has taken nothing for a minute, %s", where("owner"))
        self._warn()


def where(name: str) -> str:
    """What the thread of this name is doing."""
    found = next((t.ident for t in threading.enumerate() if t.name == name), None)
    frame = sys._current_frames().get(found) if found is not None else None
    return "".join(["in\n", *traceback.format_stack(frame)]) if frame else "and is gone"


def end(what: str, problem: BaseException | None = None) -> None:
    """A dead program behind a living icon would be the worst of all states. It needs nothing that
    may have run out: neither a thread nor a file."""
    try:
        _bound_last_words()
        _log.critical("%s; the program ends, the record is whole", what, exc_info=problem)
        logging.shutdown()
    finally:
        os._exit(BROKEN)


def _bound_last_words() -> None:
    last = threading.Timer(_LAST_WORDS_S, os._exit, (BROKEN,))
    last.daemon = True
    try:
        last.start()
    except RuntimeError:  # no more threads are to be had; the system's alarm takes none
        if hasattr(signal, "alarm"):
            signal.alarm(math.ceil(_LAST_WORDS_S))


def end_for(problem: threading.ExceptHookArgs) -> None:
    """For `threading.excepthook`."""
    thread = problem.thread.name if problem.thread else "a thread"
    end(f"{thread} died", problem.exc_value or problem.exc_type())
