"""Sees that the owner takes its ticks; ends the program loudly where it cannot go on."""

import logging
import math
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from qlbreak.core.model.inputs import Tick
from qlbreak.system.exits import BROKEN

_log = logging.getLogger(__name__)

# A disk under load may keep a write for many seconds; nothing that ends by itself takes a minute.
BOUND_S = 60.0
# The log may be what hangs.
_LAST_WORDS_S = 3.0


class Owner(Protocol):
    """`tick`: the last one that was dealt with."""

    tick: Tick | None

    def put(self, item: Tick) -> None: ...


class Watchdog:
    """On the ticks' thread: each goes through here to the owner. The owner in turn sees to it that
    ticks come, so each of the two is watched, and nobody has to be woken for that.

    The ticks that lie untaken are counted, not the seconds: none come while the machine sleeps.
    After a minute of them `warn` is called, on a thread of its own, after two `end`.
    """

    def __init__(
        self,
        owner: Owner,
        tick_s: float,
        warn: Callable[[], None],
        end: Callable[[str], None],
        bound: float = BOUND_S,
    ) -> None:
        self._owner = owner
        self._patience = math.ceil(bound / tick_s)
        self._warn, self._end = warn, end
        self._taken: Tick | None = None
        self._waiting = 0  # ticks since it took one

    def put(self, tick: Tick) -> None:
        self._owner.put(tick)
        taken = self._owner.tick
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
