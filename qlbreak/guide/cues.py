"""What a guided routine says at a moment, for all front ends; pure, as the session it looks at."""

from math import ceil

from msgspec import Struct

from qlbreak.core.model.guided import Session
from qlbreak.core.model.score import Moment, ScorePhase, Stretch, said
from qlbreak.core.model.terms import Side
from qlbreak.texts import guidance

# Time to come out of one side before the other begins.
_CALL_S = 3.0


class Cue(Struct, frozen=True):
    """All that is said. `now` is what must be understood at a glance; `urgent`: act on it.

    `side` is the side that `now` speaks of: it may be the coming one. `meaning` says what the
    present side means in this movement. `step` is the index of the present one, `count` which
    repetition it is of how many, or nothing. `waits`: until the person is ready.
    """

    stretch: Stretch
    name: str
    now: str
    side: Side
    urgent: bool
    meaning: str
    steps: tuple[str, ...]
    step: int
    count: str
    caution: str
    next: str
    paused: bool
    waits: bool


def cue(session: Session) -> Cue:
    stretch, movement, phase = session.stretch, session.movement, session.phase
    now, side, urgent = _now(session)
    name = movement.name
    return Cue(
        stretch=stretch,
        name=guidance.extra_set(name) if session.extra(stretch) else name,
        now=now,
        side=side,
        urgent=urgent,
        meaning=movement.meaning(stretch.side),
        steps=said(movement, session.work_s(stretch)),
        step=phase.step,
        count=_count(phase),
        caution=movement.caution,
        next=_next(session),
        paused=session.paused,
        waits=session.waiting,
    )


def _count(phase: ScorePhase) -> str:
    return guidance.count(phase.rep, phase.of) if phase.of > 1 else ""


def seconds(session: Session) -> int:
    """Whole seconds left of the present stretch: the last one that is shown is 1."""
    return ceil(session.left - 1e-9)


def minutes(session: Session) -> str:
    """How long it still takes in all."""
    return guidance.minutes(ceil(session.left_in_all))


def _now(session: Session) -> tuple[str, Side, bool]:
    stretch = session.stretch
    if session.waiting:
        return guidance.WAIT[stretch.side], stretch.side, False
    if stretch.moment is Moment.CHANGE:
        return guidance.CHANGE[stretch.side], stretch.side, True
    if stretch.moment is Moment.READY:
        return guidance.READY[stretch.side], stretch.side, False
    coming = session.coming
    if coming and coming.block == stretch.block and session.left <= _CALL_S:
        return guidance.SOON[coming.side], coming.side, True
    return guidance.WORK[stretch.side], stretch.side, False


def _next(session: Session) -> str:
    coming = session.coming
    if coming is None:
        return guidance.LAST
    if coming.block == session.stretch.block:
        return guidance.OTHER_SIDE[coming.side]
    name = session.movement_of(coming).plain_name
    return guidance.following(name, coming.side, extra=session.extra(coming))
