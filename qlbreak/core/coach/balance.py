"""What a routine is made of, and what is behind: parts of the work, sides, shapes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qlbreak.core.coach.constraints import Context, Past, Situation
from qlbreak.core.model.movements import Kind, Stage
from qlbreak.core.model.terms import Side, Why

# Parts of the work that settling in, working, and from then on are meant to have: our judgement,
# no study gives ratios (docs/coach.md).
_TARGETS = {
    Stage.SETTLE: (0.50, 0.30, 0.20),
    Stage.WORK: (0.35, 0.25, 0.40),
    Stage.BUILD: (0.25, 0.25, 0.50),
    Stage.KEEP: (0.25, 0.25, 0.50),
}
_FLEXIBLE = (0.25, 0.10, 0.65)
NEIGHBOURS = 0.30
# A difference of less than the shortest hold is none.
_BALANCED = 10.0


Shape = tuple[Kind, ...]


class FirstSide(NamedTuple):
    side: Side
    why: Why


def start(now: Context, past: Past) -> FirstSide:
    """The side that is behind gets the fresh minute, else the one that was named, else in turn."""
    if abs(past.balance) >= _BALANCED:
        return FirstSide(Side.RIGHT if past.balance > 0 else Side.LEFT, Why.SIDE_BEHIND)
    if now.tighter and now.weaker and now.tighter is not now.weaker:
        if past.done % 2:
            return FirstSide(now.weaker, Why.SIDE_WEAKER)
        return FirstSide(now.tighter, Why.SIDE_TIGHTER)
    if now.tighter:
        return FirstSide(now.tighter, Why.SIDE_TIGHTER)
    if now.weaker:
        return FirstSide(now.weaker, Why.SIDE_WEAKER)
    if past.last_side is None:
        return FirstSide(Side.LEFT, Why.SIDE_ANY)
    return FirstSide(Side.RIGHT if past.last_side is Side.LEFT else Side.LEFT, Why.SIDE_TURN)


def order(now: Context, past: Past) -> tuple[Kind, ...]:
    """Loosening, lengthening, strengthening: what is furthest behind its share comes first.

    But who has twice said no to it is asked something else in between. A fresh start begins with
    what the program is for: the side of the low back gets longer.
    """
    shares = _FLEXIBLE if now.flexible else _TARGETS[now.stage]
    kinds = (Kind.RELEASE, Kind.LENGTHEN, Kind.STRENGTHEN)
    have = {kind: past.by_role.get(kind, 0.0) for kind in kinds}
    have[Kind.RELEASE] += past.by_role.get(Kind.RESET, 0.0)
    if not any(have.values()) and not past.declined:
        return Kind.LENGTHEN, Kind.RELEASE, Kind.STRENGTHEN
    whole = sum(have.values()) + now.length
    behind = {kind: share * whole - have[kind] for kind, share in zip(kinds, shares, strict=True)}
    return tuple(sorted(kinds, key=lambda kind: (kind in past.declined, -behind[kind])))


def shapes(now: Context, past: Past, first: Sequence[Kind], *, short: bool) -> Iterator[Shape]:
    """What a routine of this length is made of, the best first, down to what always fits.

    Every other release is the whole break, as with a ball it must be; not if that would be `short`.
    """
    reset, release, lengthen, strengthen = Kind.RESET, Kind.RELEASE, Kind.LENGTHEN, Kind.STRENGTHEN
    if now.length >= 90 and now.situation is Situation.TRAVEL:
        yield reset, release, lengthen
        yield reset, lengthen
        yield reset, release
    if now.length >= 180:
        yield reset, release, lengthen, strengthen
        yield reset, lengthen, strengthen
        yield release, lengthen, strengthen
    if now.length >= 90:
        yield reset, lengthen, strengthen
        yield reset, release, strengthen
        yield lengthen, strengthen
        yield reset, strengthen
        yield (strengthen,)
        yield reset, release, lengthen
        yield reset, lengthen
    for kind in first:
        if kind is release and past.done % 2 and not short:
            yield (release,)
        if kind is release and now.length < 60:
            yield (reset,)
        if now.length >= 60:
            yield reset, kind
        yield (kind,)
    yield (reset,)
