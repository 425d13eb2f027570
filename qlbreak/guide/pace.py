"""A guided routine in real time: moves its session on, and tells the listener what was done.

QLBREAK_GUIDE_SPEED=20 makes a second count as twenty: for tests, and for trying it out.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from math import isfinite

from qlbreak.core.model.routine import Stretch
from qlbreak.guide.lesson import Lesson, Listener
from qlbreak.system.clock import steady

# A session takes a longer step for a sleep of the machine.
_SLICE_S = 4.0
_ASLEEP_S = 5.0
_FASTEST = 100.0


class Pace:
    """Its `session` is moved here only, so that nothing that was done remains untold."""

    def __init__(self, lesson: Lesson, listener: Listener) -> None:
        self.session = lesson.session()
        self._listener = listener
        self.speed = _speed()
        self._looked = steady()
        self._at: Stretch | None = None

    def tick(self) -> None:
        """To be called several times a second."""
        now = steady()
        passed, self._looked = now - self._looked, now
        if passed > _ASLEEP_S:
            return
        passed *= self.speed
        while passed > 0:
            self.session.advance(min(passed, _SLICE_S))
            passed -= _SLICE_S
        at = None if self.session.over else self.session.stretch
        if at is not self._at:
            self._at = at
            self._tell()

    def toggle(self) -> None:
        self._do(self.session.toggle)

    def next(self) -> None:
        self._do(self.session.next)

    def back(self) -> None:
        self._do(self.session.back)

    def finish(self) -> None:
        """Also when the front end goes away: what was under way is told."""
        self._do(self.session.finish)

    def _do(self, move: Callable[[], None]) -> None:
        self.tick()
        move()
        self._tell()

    def _tell(self) -> None:
        if works := self.session.take():
            self._listener.worked(works)


def _speed() -> float:
    with suppress(ValueError):
        speed = float(os.environ.get("QLBREAK_GUIDE_SPEED", "1"))
        return min(max(speed, 0.1), _FASTEST) if isfinite(speed) else 1.0
    return 1.0
