"""What a guided routine says at a moment, for all front ends; pure, as the session it looks at."""

import re
from math import ceil

from msgspec import Struct

from qlbreak.core.model.dose import shares
from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Movement
from qlbreak.core.model.routine import Moment, Stretch
from qlbreak.core.model.terms import Side
from qlbreak.texts import guidance

# Time to come out of one side before the other begins.
_CALL_S = 3.0
# Where the dose does not tell which step is what: those that go on for a while take twice as long.
_LASTS = re.compile(r"breath|times|twice|hold \d", re.IGNORECASE)
# The guide itself says when; and on the second side it would be wrong.
_CHANGE = re.compile(r"(?:^|[;,] )(?:change (?:sides|legs|hands)|turn round)\.$", re.IGNORECASE)


class Cue(Struct, frozen=True):
    """All that is said. `now` is what must be understood at a glance; `urgent`: act on it.

    `side` is the side that `now` speaks of: it may be the coming one. `meaning` says what the
    present side means in this movement. `step` is the index of the present one.
    """

    stretch: Stretch
    name: str
    now: str
    side: Side
    urgent: bool
    meaning: str
    steps: tuple[str, ...]
    step: int
    caution: str
    next: str
    paused: bool


def cue(session: Session) -> Cue:
    stretch, movement = session.stretch, session.movement
    now, side, urgent = _now(session)
    name, told = movement.name, steps(movement, session.work_s(stretch))
    return Cue(
        stretch=stretch,
        name=guidance.extra_set(name) if session.extra(stretch) else name,
        now=now,
        side=side,
        urgent=urgent,
        meaning=movement.meaning(stretch.side),
        steps=told,
        step=_step(lengths(movement, stretch.seconds), session.elapsed)
        if stretch.moment is Moment.WORK
        else 0,
        caution=movement.caution,
        next=_next(session),
        paused=session.paused,
    )


def seconds(session: Session) -> int:
    """Whole seconds left of the present stretch: the last one that is shown is 1."""
    return ceil(session.left - 1e-9)


def minutes(session: Session) -> str:
    """How long it still takes in all."""
    left = ceil(session.left_in_all)
    parts = [f"{left // 60} min"] if left >= 60 else []
    return " ".join(parts + ([f"{left % 60} s"] if left % 60 or not parts else []))


def steps(movement: Movement, seconds: int) -> tuple[str, ...]:
    """The steps for one side, as far as these seconds go."""
    told = movement.steps_for(seconds)
    if not movement.sided:
        return told
    kept = (_CHANGE.sub(lambda found: "." if found.start() else "", step) for step in told)
    return tuple(step for step in kept if step)


def lengths(movement: Movement, seconds: float) -> tuple[float, ...]:
    """How long each of the steps is the present one, when the work takes so many seconds."""
    dose, texts = movement.dose, steps(movement, int(seconds))
    if dose.tells and len(dose.ways) + len(dose.tells) == len(texts):
        return shares(dose, seconds)
    weights = [2 if _LASTS.search(step) else 1 for step in texts]
    return tuple(seconds * weight / sum(weights) for weight in weights)


def _now(session: Session) -> tuple[str, Side, bool]:
    stretch = session.stretch
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


def _step(seconds: tuple[float, ...], passed: float) -> int:
    """The index of the step that it is time for, when so much of the work has passed."""
    for index, lasts in enumerate(seconds):
        passed -= lasts
        if passed < 0:
            return index
    return len(seconds) - 1
