"""What a routine must respect, whoever composes it: the person's cautions, the ball, the dose.

The numbers are those of docs/coach.md, with their reasons.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from qlbreak.core.model.movements import (
    Exercise,
    Flag,
    Kind,
    Movement,
    Position,
    Stage,
    Thing,
)
from qlbreak.core.model.routine import alone, legs, total_seconds
from qlbreak.core.model.terms import Refusal, Side

APART = 3  # breaks in which a movement does not come again
A_DAY = 3  # times that a movement may come in a day
BALLS_A_DAY = 2
STRONG_A_DAY = 2
NEW_TIMES = 3  # so often a movement is done for at least as long as is usual
EXTRA_SHARE = 0.5  # of a side's other work of the day
PAINFUL = 4  # of 10: no deep stretch after a ball
SORE = 6  # of 10: gentle only
_NO_ROOM = (Position.SEATED, Position.WALL)  # where somebody has no room, there still is


class Situation(StrEnum):
    DESK = "desk"
    MEETING = "meeting"
    AFTER_MEETING = "after-meeting"
    TRAVEL = "travel"
    EVENING = "evening"


class Context(Struct, frozen=True):
    """What is here and how the person is. `pain`: 0 to 10, 0 where nothing was told. `risen`: the
    sides on which it was 2 or more higher at the last check-in than before. `refused`: the reasons
    for a no that still hold. `resting`: what hurt, and so is left out as what is `never` wanted.
    `eased`: nothing needs to strengthen, since nothing is left that does. `upright`: for
    somebody who stands, and is to stay on their feet.

    `by_plan`: what a programme leaves out, or asks for, which comes as it says and no more.
    `number` and `seed` settle what nothing else does.
    """

    at: datetime
    day: date
    length: int
    things: frozenset[Thing] = frozenset[Thing](("chair", "steady chair", "desk", "wall"))
    cautions: frozenset[Flag] = frozenset()
    stage: Stage = Stage.SETTLE
    strong: bool = False
    flexible: bool = False
    discreet: bool = False
    upright: bool = False
    never: frozenset[str] = frozenset()
    resting: frozenset[str] = frozenset()
    by_plan: frozenset[str] = frozenset()
    refused: frozenset[Refusal] = frozenset()
    eased: bool = False
    situation: Situation = Situation.DESK
    sore: Side | None = None
    pain: int = 0
    risen: frozenset[Side] = frozenset()
    tighter: Side | None = None
    weaker: Side | None = None
    number: int = 0
    seed: int = 0

    @property
    def is_sore(self) -> bool:
        return self.sore is not None or self.pain >= SORE

    @property
    def quiet(self) -> bool:
        """Nothing that others would notice."""
        return self.discreet or Refusal.SEEN in self.refused

    @property
    def unwanted(self) -> frozenset[str]:
        return self.never | self.resting | self.by_plan


class Past(Struct, frozen=True):
    """What was offered and done, as far as it decides what comes next. Seconds of work.

    `recent`: the movements of the last three offers. `age`: how many offers ago a movement came
    last. `times`: how often it was done. `today`: the same, today. `by_role`: seconds in the last
    three days. `balance`: left minus right, without extra sets. `regular`, `extra`: today, by side.
    `declined`: what was in both of the last two offers, of which nothing was done.
    """

    recent: frozenset[str] = frozenset()
    age: Mapping[str, int] = {}
    times: Mapping[str, int] = {}
    today: Mapping[str, int] = {}
    worse: frozenset[str] = frozenset()
    by_role: Mapping[Kind, float] = {}
    neighbours: float = 0.0
    balls_today: int = 0
    ball_last: bool = False
    strong_today: int = 0
    balance: float = 0.0
    regular: Mapping[Side, float] = {}
    extra: Mapping[Side, float] = {}
    declined: frozenset[Kind] = frozenset()
    last_side: Side | None = None
    composed_last: bool = True
    done: int = 0


def allowed(movement: Movement, now: Context, past: Past) -> bool:
    """Safe, possible, wanted and fitting here and now: what nothing may override."""
    return (
        movement.id not in now.unwanted
        and movement.possible_with(now.things)
        and movement.allowed_with(now.cautions)
        and movement.from_stage.rank <= now.stage.rank
        and _fits_level(movement, now, past)
        and _fits_place(movement, now)
        and not (movement.ball and (past.ball_last or past.balls_today >= BALLS_A_DAY))
    )


def _fits_level(movement: Movement, now: Context, past: Past) -> bool:
    if now.is_sore:
        return movement.level == "gentle" and not movement.ball
    if now.risen:
        return movement.level == "gentle"
    if movement.level == "strong":
        ready = now.strong and now.stage.rank >= Stage.BUILD.rank
        return ready and now.situation is not Situation.TRAVEL and past.strong_today < STRONG_A_DAY
    heavy = movement.role is Kind.STRENGTHEN and movement.level != "gentle"
    return not (heavy and now.situation is Situation.TRAVEL)


def _fits_place(movement: Movement, now: Context) -> bool:
    if now.upright and movement.position not in (Position.STANDING, Position.WALL):
        return False
    if now.situation is Situation.MEETING:
        return movement.discreet and movement.position is Position.SEATED
    return has_room(movement, now) and (movement.discreet or not now.quiet)


def has_room(movement: Movement, now: Context) -> bool:
    return Refusal.NO_ROOM not in now.refused or movement.position in _NO_ROOM


def fresh(movement: Movement, past: Past) -> bool:
    """Not lately, and not too often today."""
    often = past.today.get(movement.id, 0) >= A_DAY
    return movement.repeats or not (
        often or movement.id in past.recent or movement.id in past.worse
    )


def least_seconds(movement: Movement, now: Context, past: Past) -> int:
    """How long it must be: its usual dose while it is new, as far as that has room, since learning
    takes time; the smallest later on, where somebody is sore, and of a reset, which only opens."""
    new = past.times.get(movement.id, 0) < NEW_TIMES and movement.role is not Kind.RESET
    has_room = alone(movement, movement.default_s) <= now.length
    return movement.default_s if new and has_room and not now.is_sore else movement.min_s


def most_seconds(movement: Movement, now: Context) -> int:
    """How long it may be: half where somebody is sore."""
    if now.is_sore:
        return max(movement.min_s, movement.default_s // 2)
    settling = now.stage is Stage.SETTLE and movement.role is Kind.STRENGTHEN
    return movement.default_s if settling else movement.max_s


def faults(blocks: Sequence[Exercise], side: Side, now: Context, past: Past) -> Iterator[str]:
    """Which rules the routine as a whole would break."""
    movements = [block.movement for block in blocks]
    regular = [m for m, block in zip(movements, blocks, strict=True) if not block.extra_side]
    if total_seconds(blocks) > now.length:
        yield "too long"
    if len({movement.id for movement in regular}) < len(regular):
        yield "a movement twice"
    if sum(movement.level == "strong" for movement in movements) > 1:
        yield "more than one strong movement"
    yield from too_much(blocks, side, now)
    if _needs_strength(now) and not any(m.role is Kind.STRENGTHEN for m in movements):
        yield "nothing that strengthens"
    if len(regular) < len(movements) and not extra_fits(blocks, side, past):
        yield "an extra set beyond the day's measure"


def too_much(blocks: Sequence[Exercise], side: Side, now: Context) -> Iterator[str]:
    """What each movement for itself may do, but not all of them together where it hurts."""
    movements = [block.movement for block in blocks]
    if any(harsh(a, b, now) for a, b in pairwise(movements)):
        yield "a deep stretch after a ball"
    extra = [m for m, block in zip(movements, blocks, strict=True) if block.extra_side]
    if spared(now, side) and any(movement.role is Kind.STRENGTHEN for movement in extra):
        yield "extra strength for a side that hurts"


def spared(now: Context, side: Side) -> bool:
    """Whether that side gets no extra strength."""
    return now.is_sore or side in now.risen


def harsh(first: Movement, then: Movement, now: Context) -> bool:
    """One right after the other, where it hurts."""
    deep = then.role is Kind.LENGTHEN and then.level != "gentle"
    return now.pain >= PAINFUL and first.ball and deep


def _needs_strength(now: Context) -> bool:
    """From 90 s on; after travel the wall hand of the boomerang is work enough."""
    spared = now.is_sore or now.eased
    return now.length >= 90 and not spared and now.situation is not Situation.TRAVEL


def extra_fits(blocks: Sequence[Exercise], side: Side, past: Past) -> bool:
    regular, extra = past.regular.get(side, 0.0), past.extra.get(side, 0.0)
    for block, on, seconds in legs(blocks, side):
        if block.extra_side:
            extra += seconds
        elif on is side:
            regular += seconds
    return extra <= EXTRA_SHARE * regular
