"""What a programme asks for today: how often it was done, what stands in its way, what comes next.

What overrides a programme, and what it overrides, is told in docs/coach.md.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from qlbreak.core.coach.balance import FirstSide
from qlbreak.core.coach.composer import Plan
from qlbreak.core.coach.constraints import (
    BALLS_A_DAY,
    STRONG_A_DAY,
    Context,
    Past,
    Situation,
    harsh,
    has_room,
)
from qlbreak.core.coach.history import History, Offer
from qlbreak.core.model.movements import Catalogue, Exercise, Flag, Movement, Position, Thing
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.programme import Prescription, Programme, WeekSpan
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.rules import HALF
from qlbreak.core.model.terms import Side, Why

_BETWEEN = timedelta(hours=1)  # two sets of the same: a day's times are spread over it
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class Obstacle(StrEnum):
    """Why something that was asked for does not come, the weightiest first."""

    UNKNOWN = "unknown"
    CAUTION = "caution"
    NEVER = "never"
    THINGS = "things"
    WORSE = "worse"
    SORE = "sore"
    RISEN = "risen"
    DISCREET = "discreet"
    ROOM = "room"
    MEETING = "meeting"
    TRAVEL = "travel"
    BALLS = "balls"
    STRONG = "strong"


class PlanItem(Struct, frozen=True):
    """`done`: how many of the times today; `last`: when one of them was. `movement`: None where
    nobody knows it any more. `obstacle`: why it does not come now; the `cautions` that forbid it,
    and the things that are `missing`."""

    prescription: Prescription
    movement: Movement | None
    done: int
    last: datetime | None
    obstacle: Obstacle | None = None
    cautions: frozenset[Flag] = frozenset()
    missing: frozenset[Thing] = frozenset()

    @property
    def due(self) -> bool:
        return self.obstacle is None and self.done < self.prescription.times

    def rests(self, at: datetime) -> bool:
        """It was done within the last hour."""
        return self.last is not None and at - self.last < _BETWEEN


class Crossing(Struct, frozen=True):
    """Where a programme asks for what the person's own settings rule out: it is left out.
    `movement`: None where nobody knows it any more."""

    span: WeekSpan
    prescription: Prescription
    movement: Movement | None
    obstacle: Obstacle
    cautions: frozenset[Flag] = frozenset()
    missing: frozenset[Thing] = frozenset()


class PlanDay(Struct, frozen=True):
    """`week`: of the programme, from 1; 0 before the first, and beyond the last where it is
    over."""

    programme: Programme
    week: int
    items: tuple[PlanItem, ...] = ()


def items(
    programme: Programme,
    day: date,
    history: History,
    catalogue: Catalogue,
    now: Context,
    past: Past,
) -> Iterator[PlanItem]:
    span = programme.on(day)
    today = [offer for offer in history.offers if offer.day == day and offer.done]
    for one in span.asked if span is not None else ():
        movement = catalogue.movements.get(one.movement)
        sided = movement is not None and movement.sided
        times = [offer.at for offer in today if _counts(one, offer, history, sided=sided)]
        found = obstacle(one, movement, now, past)
        yield PlanItem(
            one, movement, len(times), max(times, default=None), found,
            *_details(movement, now.cautions, now.things),
        )  # fmt: skip


def crossings(programme: Programme, catalogue: Catalogue, profile: Profile) -> list[Crossing]:
    """What would be left out for as long as the settings are as they are, at the usual place."""
    things = profile.things(profile.here)
    now = Context(
        _ANY_TIME, _ANY_TIME.date(), 0, things, profile.cautions, never=profile.never,
        discreet=profile.discreet,
    )  # fmt: skip
    found = []
    for span in sorted(programme.spans, key=lambda span: span.first):
        for one in span.asked:
            movement = catalogue.movements.get(one.movement)
            what = obstacle(one, movement, now, Past())
            if what is not None:
                details = _details(movement, now.cautions, things)
                found.append(Crossing(span, one, movement, what, *details))
    return found


def _details(
    movement: Movement | None, cautions: frozenset[Flag], things: frozenset[Thing]
) -> tuple[frozenset[Flag], frozenset[Thing]]:
    """The cautions that forbid it, and what it needs that is not there."""
    if movement is None:
        return frozenset(), frozenset()
    missing = movement.equipment - things
    one_of = movement.equipment_one_of
    return movement.avoid_if & cautions, missing or (
        one_of if one_of.isdisjoint(things) else missing
    )


def _counts(one: Prescription, offer: Offer, history: History, *, sided: bool) -> bool:
    """From half of what was asked for on, and on each of its sides."""
    done: dict[Side, float] = {}
    for work in history.done(offer):
        if work.movement == one.movement:
            done[work.side] = done.get(work.side, 0.0) + work.seconds
    return all(done.get(side, 0.0) >= HALF * one.takes for side in one.sides(sided=sided))


def obstacle(
    one: Prescription, movement: Movement | None, now: Context, past: Past
) -> Obstacle | None:
    """What keeps it from being done here and now, whoever has asked for it."""
    if movement is None:
        return Obstacle.UNKNOWN
    found = [what for what, holds in _hindering(one, movement, now, past) if holds]
    return found[0] if found else None


def _hindering(
    one: Prescription, movement: Movement, now: Context, past: Past
) -> Iterator[tuple[Obstacle, bool]]:
    gentle, strong = movement.level == "gentle", movement.level == "strong"
    too_long = one.takes > movement.max_s  # on a sore day even what was asked for may be too much
    meeting = now.situation is Situation.MEETING
    balls = past.ball_last or past.balls_today >= BALLS_A_DAY
    yield Obstacle.CAUTION, not movement.allowed_with(now.cautions)
    yield Obstacle.NEVER, movement.id in now.never
    yield Obstacle.THINGS, not movement.possible_with(now.things)
    yield Obstacle.WORSE, movement.id in past.worse | now.resting
    yield Obstacle.SORE, now.is_sore and (not gentle or movement.ball or too_long)
    yield Obstacle.RISEN, bool(now.risen) and not gentle
    yield Obstacle.DISCREET, now.quiet and not movement.discreet
    yield Obstacle.ROOM, not has_room(movement, now)
    yield (
        Obstacle.MEETING,
        meeting and not (movement.discreet and movement.position is Position.SEATED),
    )
    yield Obstacle.TRAVEL, strong and now.situation is Situation.TRAVEL
    yield Obstacle.BALLS, movement.ball and balls
    yield Obstacle.STRONG, strong and past.strong_today >= STRONG_A_DAY


def chosen(
    found: Sequence[PlanItem],
    now: Context,
    past: Past,
    without: frozenset[str],
    *,
    tight: bool,
) -> tuple[Exercise, ...]:
    """What comes next, in the order of the programme: what is furthest behind, as much as there is
    time for. Not *tight*: the first of them may take longer, since its dose is kept."""
    blocks: dict[int, Exercise] = {}
    for index, exercise in _next(found, now, past, without):
        more = {**blocks, index: exercise}
        order = tuple(more[one] for one in sorted(more))
        late = total_seconds(order) > now.length and (tight or bool(blocks))
        if not late and fits(order, now):
            blocks = more
    return tuple(blocks[index] for index in sorted(blocks))


def fits(blocks: Sequence[Exercise], now: Context) -> bool:
    """What each for itself may do, but not all of them together."""
    movements = [block.movement for block in blocks]
    twice = len({m.id for m in movements}) < len(movements)
    strong = sum(movement.level == "strong" for movement in movements)
    balls = sum(movement.ball for movement in movements)
    tender = any(harsh(a, b, now) for a, b in pairwise(movements))
    return not (twice or strong > 1 or balls > 1 or tender)


def _next(
    found: Sequence[PlanItem], now: Context, past: Past, without: frozenset[str]
) -> list[tuple[int, Exercise]]:
    """With their places in the programme; an hour apart, and what has waited longest first."""
    due = [
        (index, item, item.prescription.exercise(item.movement))
        for index, item in enumerate(found)
        if item.due and item.movement is not None and item.movement.id not in without
        if not item.rests(now.at)
    ]

    def waits(one: tuple[int, PlanItem, Exercise]) -> tuple[float, int, int]:
        index, item, exercise = one
        share = item.done / item.prescription.times
        return share, -past.age.get(exercise.movement.id, 1 << 20), index

    return [(index, exercise) for index, _, exercise in sorted(due, key=waits)]


def prescribed(
    own: Sequence[Exercise], by: str, more: Sequence[Exercise], first: FirstSide, length: int
) -> Plan:
    """The routine of what is asked for, and of *more* that fills the time."""
    blocks = (*own, *more)
    side, why = Side.BOTH, [Why.PLAN]
    if any(block.in_turn for block in blocks):
        side = first.side
        why.append(first.why)
    name = "+".join(block.movement.id for block in blocks)
    whole = max(length, total_seconds(blocks))
    return Plan(name, blocks, side, tuple(why), whole, prescriber=by)
