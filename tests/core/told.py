"""What a chance history amounts to, told from its facts without the code under test."""

from collections.abc import Iterator

from core.lives import Moment, day

from desk import CATALOGUE
from qlbreak.core.course import legs, total_seconds
from qlbreak.core.events import Answered, AnyFact, Felt, Shown, Worked
from qlbreak.core.movements import Block, Kind, Movement, Position
from qlbreak.core.terms import Answer, Feeling, Side, Why

MOVEMENTS = CATALOGUE.movements
ORDER = [Kind.RESET, Kind.RELEASE, Kind.LENGTHEN, Kind.STRENGTHEN]


def of(moment: Moment) -> list[Movement]:
    return [MOVEMENTS[block.movement] for block in moment.plan.blocks]


def offers(facts: tuple[AnyFact, ...]) -> list[Shown]:
    return [fact for fact in facts if isinstance(fact, Shown)]


def works(facts: tuple[AnyFact, ...], shown: Shown) -> list[tuple[str, Side, float, bool]]:
    """What was done of it, told without the code under test."""
    guided = [f for f in facts if isinstance(f, Worked) and f.prompt == shown.prompt]
    if guided:
        return [(f.movement, f.side, f.seconds, f.extra) for f in guided]
    if any(
        isinstance(f, Answered) and f.prompt == shown.prompt and f.answer is Answer.DONE
        for f in facts
    ):
        course = legs(CATALOGUE, shown.blocks, shown.side)
        return [(block.movement, side, s, block.extra_side) for block, side, s in course]
    return []


def done(facts: tuple[AnyFact, ...]) -> list[tuple[Shown, list[tuple[str, Side, float, bool]]]]:
    pairs = [(shown, works(facts, shown)) for shown in offers(facts)]
    return [(shown, found) for shown, found in pairs if found]


def today(moment: Moment) -> list[tuple[Shown, list[tuple[str, Side, float, bool]]]]:
    return [pair for pair in done(moment.facts) if day(pair[0].at) == day(moment.at)]


def travelling(moment: Moment) -> bool:
    return Why.TRAVEL in moment.plan.why


def implied(moment: Moment) -> set[str]:
    flags = set[str](moment.profile.cautions)
    return flags | {"preg"} if "preg-late" in flags else flags


def repeatable(name: str) -> bool:
    return MOVEMENTS[name].kind is Kind.RESET or name == "rel-breath"


def stale(moment: Moment) -> set[str]:
    """What came within three offers, or three times today."""
    last = {block.movement for shown in offers(moment.facts)[-3:] for block in shown.blocks}
    counts: dict[str, int] = {}
    for _, found in today(moment):
        for name in {name for name, *_ in found}:
            counts[name] = counts.get(name, 0) + 1
    often = {name for name, number in counts.items() if number >= 3}
    return {name for name in last | often if not repeatable(name)}


def alone_at_least(movement: Movement) -> int:
    return total_seconds(CATALOGUE, [Block(movement.id, movement.min_s)])


def felt_worse(moment: Moment) -> set[str]:
    """They rest for a week."""
    last: dict[int, Feeling] = {}
    for fact in moment.facts:
        if isinstance(fact, Felt) and (moment.at - fact.at).days < 8:
            last[fact.prompt] = fact.feeling
    bad = {number for number, feeling in last.items() if feeling is Feeling.WORSE}
    return {b.movement for f in offers(moment.facts) if f.prompt in bad for b in f.blocks}


def permitted(moment: Moment) -> Iterator[Movement]:
    """Safe and possible here and now, told without the code under test."""
    balls = [any(MOVEMENTS[n].ball for n, *_ in found) for _, found in today(moment)]
    last = done(moment.facts)[-1:]
    ball_last = any(MOVEMENTS[name].ball for _, found in last for name, *_ in found)
    for m in MOVEMENTS.values():
        choice = m.equipment_one_of
        here = m.equipment <= moment.things and (not choice or choice & moment.things)
        quiet = m.discreet or not (moment.profile.discreet or moment.meeting)
        seated = m.position is Position.SEATED or not moment.meeting
        early = m.from_stage.rank > moment.stage.rank
        ball = m.ball and (moment.hurts or ball_last or sum(balls) >= 2)
        gentle = moment.hurts or moment.risen
        strong = m.level == "strong" or (m.level != "gentle" and gentle)
        heavy = travelling(moment) and m.role is Kind.STRENGTHEN and m.level != "gentle"
        safe = not (set(m.avoid_if) & implied(moment))
        if here and quiet and seated and safe and not (early or ball or strong or heavy):
            yield m


def refused(moment: Moment, kind: Kind) -> bool:
    """Of both of the last two offers nothing was done, and both had it."""
    last = offers(moment.facts)[-2:]
    return len(last) == 2 and all(
        not works(moment.facts, shown)
        and any(MOVEMENTS[block.movement].role is kind for block in shown.blocks)
        for shown in last
    )


def balance(moment: Moment) -> float:
    found = [work for _, works_ in done(moment.facts) for work in works_ if not work[3]]
    return sum(
        s if side is Side.LEFT else -s if side is Side.RIGHT else 0 for _, side, s, _ in found
    )


def extra(moment: Moment) -> list[Block]:
    return [block for block in moment.plan.blocks if block.extra_side]
