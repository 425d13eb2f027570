"""What a chance history amounts to, told from its facts without the code under test."""

from functools import cache

from core.coach.lives import Moment, day
from desk import CATALOGUE
from qlbreak.core.model.facts import Answered, Felt, Shown, Worked
from qlbreak.core.model.movements import Block, Kind, Movement, Position
from qlbreak.core.model.routine import legs, total_seconds
from qlbreak.core.model.terms import Answer, Feeling, Refusal, Side, Why

MOVEMENTS = CATALOGUE.movements
Work = tuple[str, Side, float, bool]  # movement, side, seconds, and whether of an extra set
ORDER = [Kind.RESET, Kind.RELEASE, Kind.LENGTHEN, Kind.STRENGTHEN]


def of(moment: Moment) -> list[Movement]:
    return [block.movement for block in moment.plan.blocks]


@cache
def offers(moment: Moment) -> list[Shown]:
    return [fact for fact in moment.facts if isinstance(fact, Shown)]


@cache
def works(moment: Moment) -> dict[int, list[Work]]:
    """What was done of each offer, by its number; told without the code under test."""
    guided: dict[int, list[Work]] = {}
    said: set[int] = set()
    for fact in moment.facts:
        if isinstance(fact, Worked):
            guided.setdefault(fact.prompt, []).append(
                (fact.movement, fact.side, fact.seconds, fact.extra)
            )
        elif isinstance(fact, Answered) and fact.answer is Answer.DONE:
            said.add(fact.prompt)
    return {
        shown.prompt: planned(shown) for shown in offers(moment) if shown.prompt in said
    } | guided


@cache
def planned(shown: Shown) -> list[Work]:
    course = legs(CATALOGUE.exercises(shown.blocks), shown.side)
    return [(block.movement.id, side, s, block.extra_side) for block, side, s in course]


@cache
def done(moment: Moment) -> list[tuple[Shown, list[Work]]]:
    """Those offers of which something was done."""
    found = works(moment)
    return [(shown, found[shown.prompt]) for shown in offers(moment) if found.get(shown.prompt)]


@cache
def today(moment: Moment) -> list[tuple[Shown, list[Work]]]:
    return [pair for pair in done(moment) if day(pair[0].at) == day(moment.at)]


def travelling(moment: Moment) -> bool:
    return Why.TRAVEL in moment.plan.why


def implied(moment: Moment) -> set[str]:
    flags = set[str](moment.profile.cautions)
    return flags | {"preg"} if "preg-late" in flags else flags


def repeatable(name: str) -> bool:
    return MOVEMENTS[name].kind is Kind.RESET or name == "rel-breath"


@cache
def stale(moment: Moment) -> set[str]:
    """What came within three offers, or three times today."""
    last = {block.movement for shown in offers(moment)[-3:] for block in shown.blocks}
    counts: dict[str, int] = {}
    for _, found in today(moment):
        for name in {name for name, *_ in found}:
            counts[name] = counts.get(name, 0) + 1
    often = {name for name, number in counts.items() if number >= 3}
    return {name for name in last | often if not repeatable(name)}


def alone_at_least(movement: Movement) -> int:
    return total_seconds(CATALOGUE.exercises([Block(movement.id, movement.min_s)]))


@cache
def felt_worse(moment: Moment) -> set[str]:
    """They rest for a week."""
    last: dict[int, Feeling] = {}
    for fact in moment.facts:
        if isinstance(fact, Felt) and (moment.at - fact.at).days < 8:
            last[fact.prompt] = fact.feeling
    bad = {number for number, feeling in last.items() if feeling is Feeling.WORSE}
    return {b.movement for f in offers(moment) if f.prompt in bad for b in f.blocks}


@cache
def permitted(moment: Moment) -> list[Movement]:
    """Safe and possible here and now, told without the code under test."""
    balls = [any(MOVEMENTS[n].ball for n, *_ in found) for _, found in today(moment)]
    last = done(moment)[-1:]
    ball_last = any(MOVEMENTS[name].ball for _, found in last for name, *_ in found)
    no_ball = moment.hurts or ball_last or sum(balls) >= 2
    gentle = moment.hurts or moment.risen
    forbidden = implied(moment)

    def fits(m: Movement) -> bool:
        choice = m.equipment_one_of
        here = m.equipment <= moment.things and (not choice or choice & moment.things)
        hidden = moment.profile.discreet or Refusal.SEEN in moment.refused
        quiet = m.discreet or not (hidden or moment.meeting)
        seated = m.position is Position.SEATED or not moment.meeting
        small = m.position in (Position.SEATED, Position.WALL)
        seated = seated and (small or Refusal.NO_ROOM not in moment.refused)
        early = m.from_stage.rank > moment.stage.rank
        ball = m.ball and no_ball
        strong = m.level == "strong" or (m.level != "gentle" and gentle)
        heavy = travelling(moment) and m.role is Kind.STRENGTHEN and m.level != "gentle"
        safe = not (set(m.avoid_if) & forbidden)
        rests = m.id in moment.resting or early
        return bool(here) and quiet and seated and safe and not (rests or ball or strong or heavy)

    return [m for m in MOVEMENTS.values() if fits(m)]


def refused(moment: Moment, kind: Kind) -> bool:
    """Of both of the last two offers nothing was done, and both had it; but for reasons that say
    nothing of the work."""
    last = offers(moment)[-2:]
    of_the_moment = {
        fact.prompt
        for fact in moment.facts
        if isinstance(fact, Answered) and fact.reason not in (None, Refusal.HURTS)
    }
    if any(shown.prompt in of_the_moment for shown in last):
        return False
    return len(last) == 2 and all(
        not works(moment).get(shown.prompt)
        and any(MOVEMENTS[block.movement].role is kind for block in shown.blocks)
        for shown in last
    )


def balance(moment: Moment) -> float:
    found = [work for _, works_ in done(moment) for work in works_ if not work[3]]
    return sum(
        s if side is Side.LEFT else -s if side is Side.RIGHT else 0 for _, side, s, _ in found
    )


def extra(moment: Moment) -> list[Block]:
    return [block for block in moment.plan.told if block.extra_side]
