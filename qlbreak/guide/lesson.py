"""A guided routine: what its front ends are given, its way through time, and who hears of it."""

import os
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from math import isfinite
from typing import Any, NamedTuple, Protocol

from msgspec import Struct, to_builtins

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.guided import Session, Work
from qlbreak.core.model.movements import Block, Exercise, Movement
from qlbreak.core.model.score import Stretch
from qlbreak.core.model.terms import Feeling, Side, Why
from qlbreak.system.clock import steady

# A session takes a longer step for a sleep of the machine.
_SLICE_S = 4.0
_ASLEEP_S = 5.0
_FASTEST = 100.0


class Lesson(Struct, frozen=True):
    """A routine as it is to be done now. `why`: a sentence why it was chosen, or nothing.
    `warning`: what speaks against it, where it was asked for by its name all the same.

    `figure_of`: for movements without a figure of their own, whose figure to show. `new`: those
    that wait until the person is ready, since they have never been guided through them.
    """

    title: str
    why: str
    blocks: tuple[Exercise, ...]
    side: Side
    figure_of: Mapping[str, str] = {}
    warning: str = ""
    new: frozenset[str] = frozenset()

    def session(self, *, waits: bool = True) -> Session:
        """`waits` for the person where something is new; else all of it goes by time."""
        return Session(self.blocks, self.side, self.new if waits else frozenset())


class ToldPlan(Struct, frozen=True):
    """A plan as it crosses the socket: movements by their ids."""

    routine: str
    blocks: tuple[Block, ...]
    side: Side
    why: tuple[Why, ...] = ()
    length: int = 0
    prescriber: str = ""


class Guided(Struct, frozen=True):
    """What the running program answers to "guide": the prompt, and what it consists of. `token`:
    which guide this is, so that of two for one prompt only one counts. `new`: the movements that
    the record knows nothing of."""

    prompt: int
    token: int
    plan: ToldPlan
    new: tuple[str, ...] = ()

    @staticmethod
    def by(prompt: int, token: int, plan: Plan, new: Set[str] = frozenset()) -> "Guided":
        told = ToldPlan(plan.routine, plan.told, plan.side, plan.why, plan.length, plan.prescriber)
        return Guided(prompt, token, told, tuple(sorted(new)))

    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = to_builtins(self)
        return data


class Listener(Protocol):
    """Hears what is done while it is done, so that a kill loses no more than a leg.

    Must not block for long; may be called from the front end's thread only.
    """

    def worked(self, works: list[Work]) -> None: ...

    def felt(self, feeling: Feeling) -> None: ...

    def close(self, share: float) -> None:
        """It is over, with so much of it done, 0 to 1; also while a last page is still shown."""
        ...


class NoLesson(Exception):
    """Nothing can be guided: one line for the person."""


class Chosen(NamedTuple):
    """What the guide goes on with, None where nothing is left; and what to say of it."""

    lesson: Lesson | None
    said: str


class Chooser(Protocol):
    """What else may be done than what is under way."""

    def another(self) -> Chosen:
        """Something else for the same place and time. Raises NoLesson."""
        ...

    def never(self, movement: Movement, block: int) -> Chosen:
        """The rest of it, from that block on, without this movement, which never comes again.
        Raises NoLesson."""
        ...

    def chosen(self) -> Lesson | None:
        """What has been chosen elsewhere meanwhile; asked all the time."""
        ...


class Hearer(Protocol):
    """Is told where a routine is whenever that was looked at or changed; must wait for nothing."""

    def look(self, session: Session, speed: float) -> None: ...


class Playback:
    """In real time: moves its session on, and tells the listener what was done, the hearer where it
    is. The `session` is moved here only, so that nothing that was done remains untold.

    QLBREAK_GUIDE_SPEED=20 makes a second count as twenty, for trying it out; it waits for nobody
    then. Nor does it where there is no `asking`: nobody could say that they are ready.
    """

    def __init__(
        self,
        lesson: Lesson,
        listener: Listener,
        hearer: Hearer | None = None,
        *,
        asking: bool = True,
    ) -> None:
        self.speed = _speed()
        self._waits = asking and self.speed == 1
        self.session = lesson.session(waits=self._waits)
        self._listener, self._hearer = listener, hearer
        self._looked = steady()
        self._at: Stretch | None = None
        self._before = dict.fromkeys(Side, 0.0)  # done of what another one has taken the place of

    def tick(self) -> None:
        """To be called several times a second."""
        self._advance()
        self._sounds()

    def _advance(self) -> None:
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

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1; what was done before something else came counts."""
        done = sum(map(self.done, Side))
        return min(done / self.session.planned, 1.0)

    def done(self, side: Side) -> float:
        """Seconds that were done for this side in all."""
        return self._before[side] + self.session.done(side)

    def go_on(self, lesson: Lesson) -> None:
        """With something else; where that begins with what is under way, from there."""
        self._advance()
        before, self.session = self.session, lesson.session(waits=self._waits)
        kept = before.stretch.block if self.session.resume(before) else None
        for side in Side:
            self._before[side] += before.done(side, kept)
        if kept is None:
            before.finish()
        if works := before.take():
            self._listener.worked(works)
        self._at = None if self.session.over else self.session.stretch

    def toggle(self) -> None:
        self._do(self.session.toggle)

    def ready(self) -> None:
        self._do(self.session.ready)

    def next(self) -> None:
        self._do(self.session.next)

    def back(self) -> None:
        self._do(self.session.back)

    def again(self) -> None:
        self._do(self.session.again)

    def finish(self) -> None:
        """Also when the front end goes away: what was under way is told."""
        self._do(self.session.finish)

    def _do(self, move: Callable[[], None]) -> None:
        self._advance()
        move()
        self._tell()
        self._sounds()

    def _sounds(self) -> None:
        if self._hearer is not None:
            self._hearer.look(self.session, self.speed)

    def _tell(self) -> None:
        if works := self.session.take():
            self._listener.worked(works)


def _speed() -> float:
    with suppress(ValueError):
        speed = float(os.environ.get("QLBREAK_GUIDE_SPEED", "1"))
        return min(max(speed, 0.1), _FASTEST) if isfinite(speed) else 1.0
    return 1.0
