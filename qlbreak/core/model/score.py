"""What happens when in a routine, to the second: the one clock that figure, texts and sound go by.

whole = score(blocks, Side.LEFT, new={"str-brace"})
for phase in whole.phases:      # end to end, from getting ready for the first to the last
    phase.begin, phase.seconds, phase.moment, phase.part, phase.rep, phase.of, phase.step
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from enum import StrEnum
from functools import cache
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.core.model.dose import Dose, Part
from qlbreak.core.model.movements import Exercise, Movement, Position
from qlbreak.core.model.terms import Side
from qlbreak.language import N_, _

FAR = frozenset({Position.WALL, Position.FLOOR})
_WAYS = (Part.IN, Part.OUT)
# A breath at rest, some thirteen a minute.
BREATH_S = 4.5
_SHORTEST_S = 3.0  # in less nobody breathes as at rest
_BIT = 1e-9  # what is lost in sums of tenths
# The guide itself says when; and on the second side it would be wrong.
# Translators: with one of these, and a full stop, the last step of a movement ends; where only one
# side is done, it is left out. Use the very same words in the step, behind a comma or a semicolon
# or as a sentence of their own.
CHANGES = (N_("change sides"), N_("change legs"), N_("change hands"), N_("turn round"))


class Moment(StrEnum):
    READY = "ready"
    WORK = "work"
    CHANGE = "change sides"


class Stretch(Struct, frozen=True):
    """A stretch of a routine's block. `side`: the side targeted, or about to be."""

    block: int
    moment: Moment
    seconds: int
    side: Side


class ScorePhase(Struct, frozen=True):
    """`begin`: seconds since the routine began. `stretch`: the index of the one that it is of; two
    in a row are a leg.

    `part`: of the dose; None while one gets ready or changes sides. `rep`: which repetition, from
    1, `of` how many; both 0 where nothing is repeated. `step`: the index of the step that is said;
    where several share a part, it is the `nth` of `among`. `breath`: the seconds of one while one
    keeps still; 0 where one moves, or has no time for it. `waits`: until the person is ready.
    """

    begin: float
    seconds: float
    stretch: int
    block: int
    moment: Moment
    side: Side
    step: int = 0
    part: Part | None = None
    rep: int = 0
    of: int = 0
    nth: int = 0
    among: int = 1
    breath: float = 0.0
    waits: bool = False

    @property
    def end(self) -> float:
        return self.begin + self.seconds


class Score(Struct, frozen=True):
    """A routine from begin to end. The phases of a stretch fill its seconds."""

    blocks: tuple[Exercise, ...]
    stretches: tuple[Stretch, ...]
    phases: tuple[ScorePhase, ...]

    @property
    def seconds(self) -> float:
        return float(sum(stretch.seconds for stretch in self.stretches))

    def at(self, seconds: float) -> ScorePhase:
        """The phase of that second; before the first and after the last, these."""
        found = bisect_right(self.phases, seconds, key=lambda phase: phase.begin) - 1
        return self.phases[max(found, 0)]

    def of(self, stretch: int) -> tuple[ScorePhase, ...]:
        return tuple(phase for phase in self.phases if phase.stretch == stretch)


def score(blocks: Sequence[Exercise], side: Side, new: Set[str] = frozenset()) -> Score:
    """`new`: the movements that wait for the person the first time that they come."""
    stretches = tuple(timeline(blocks, side))
    phases: list[ScorePhase] = []
    awaited = set(new)
    begin = 0.0
    for index, stretch in enumerate(stretches):
        movement = blocks[stretch.block].movement
        if stretch.moment is Moment.WORK:
            found = _pieces(movement, stretch.seconds)
        else:
            first = stretch.moment is Moment.READY and movement.id in awaited
            awaited -= {movement.id}
            found = (_Share(float(stretch.seconds), waits=first),)
        phases += _laid(found, begin, index, stretch)
        begin += stretch.seconds
    return Score(tuple(blocks), stretches, tuple(phases))


def work(movement: Movement, seconds: int, side: Side = Side.BOTH) -> tuple[ScorePhase, ...]:
    """One side's work alone, from second 0 on."""
    stretch = Stretch(0, Moment.WORK, seconds, side)
    return _laid(_pieces(movement, seconds), 0.0, 0, stretch)


def timeline(blocks: Sequence[Exercise], side: Side) -> Iterator[Stretch]:
    """What happens when; starts one-sided blocks on `side`, and on the left for both.

    Getting ready takes 4 s, or 8 s when going to a wall or the floor; changing sides 3 s, or 6 s
    there (estimates by which the worked routines were composed).
    """
    first, other = order(side)
    here: Position | None = None
    for index, block in enumerate(blocks):
        movement = block.movement
        far = movement.position in FAR
        sides = (first, other) if movement.sided else (Side.BOTH,)
        if block.extra_side:
            sides = (first,)
        if block.only is not None:
            sides = (block.only,)
        yield Stretch(index, Moment.READY, 8 if far and movement.position != here else 4, sides[0])
        yield Stretch(index, Moment.WORK, block.seconds, sides[0])
        for later in sides[1:]:
            yield Stretch(index, Moment.CHANGE, 6 if far else 3, later)
            yield Stretch(index, Moment.WORK, block.seconds, later)
        here = movement.position


def order(side: Side) -> tuple[Side, Side]:
    """Which side comes first, and which then."""
    return (Side.RIGHT, Side.LEFT) if side == Side.RIGHT else (Side.LEFT, Side.RIGHT)


def said(movement: Movement, seconds: int) -> tuple[str, ...]:
    """The steps as they are said for one side, with the numbers of these seconds."""
    told = movement.steps_for(seconds)
    if not movement.sided:
        return told
    changes = [_(change) for change in CHANGES]
    return tuple(filter(None, (without_change(step, changes) for step in told)))


def without_change(step: str, changes: Sequence[str]) -> str:
    """The step, where it ends with one of these in the same language, up to that."""
    return _change(tuple(changes)).sub(
        lambda found: found["stop"] if found["before"].strip() else "", step
    )


@cache
def _change(changes: tuple[str, ...]) -> re.Pattern[str]:
    """Behind a comma or a semicolon of any script, or as a sentence of its own."""
    words = "|".join(map(re.escape, changes))
    return re.compile(
        rf"(?P<before>^|\s?[;,؛،；，、] ?|(?<=[.。]) ?)(?:{words})(?P<stop>[.。])$", re.IGNORECASE
    )


def breath(seconds: float) -> float:
    """How long a breath takes for who keeps still for so long: whole ones; 0 where it has none."""
    return seconds / max(round(seconds / BREATH_S), 1) if seconds >= _SHORTEST_S else 0.0


# One side's work


class _Share(Struct, frozen=True):
    seconds: float
    part: Part | None = None
    rep: int = 0
    of: int = 0
    step: int = 0
    nth: int = 0
    among: int = 1
    waits: bool = False


def _laid(
    pieces: Sequence[_Share], begin: float, index: int, stretch: Stretch
) -> tuple[ScorePhase, ...]:
    """End to end."""
    begins = accumulate((piece.seconds for piece in pieces), initial=begin)
    return tuple(_placed(*both, index, stretch) for both in zip(pieces, begins, strict=False))


def _placed(piece: _Share, begin: float, index: int, stretch: Stretch) -> ScorePhase:
    still = piece.part in (Part.HOLD, Part.REST)
    return ScorePhase(
        begin, piece.seconds, index, stretch.block, stretch.moment, stretch.side, piece.step,
        piece.part, piece.rep, piece.of, piece.nth, piece.among,
        breath(piece.seconds) if still else 0.0, piece.waits,
    )  # fmt: skip


def _pieces(movement: Movement, seconds: float) -> tuple[_Share, ...]:
    """What is done in these seconds for one side, each part with the step that tells it."""
    dose, texts = movement.dose, len(said(movement, int(seconds)))
    parts = list(_parts(dose, seconds))
    if dose.tells and len(dose.ways) + len(dose.tells) == texts:
        return tuple(_told(dose, parts))
    return tuple(_shared(parts, texts))


def _parts(dose: Dose, seconds: float) -> Iterator[_Share]:
    """What is over is rest after the last one, where there is rest between them; else all is
    slower, but for the ways in and out."""
    found = list(_at_its_pace(dose, dose.number(seconds)))
    over = seconds - sum(piece.seconds for piece in found)
    if over > _BIT and dose.rest:
        count = dose.number(seconds)
        out = len(found) - bool(dose.way_out)
        found.insert(out, _Share(over, Part.REST, count, count))
        over = 0.0
    body = sum(piece.seconds for piece in found if piece.part not in _WAYS)
    whole = sum(piece.seconds for piece in found)
    if body + over <= 0:  # no room for the ways in and out: everything is quicker
        yield from (replace(piece, seconds=piece.seconds * seconds / whole) for piece in found)
        return
    slower = (body + over) / body
    for piece in found:
        ways = piece.part in _WAYS
        yield piece if ways else replace(piece, seconds=piece.seconds * slower)


def _at_its_pace(dose: Dose, number: int) -> Iterator[_Share]:
    for index, way in enumerate(dose.ways):
        yield _Share(way, Part.IN, step=index)
    if dose.reps:
        yield from _repeated(dose, number)
    else:
        yield _Share(float(number), Part.HOLD)
    if dose.way_out:
        yield _Share(dose.way_out, Part.OUT)


def _repeated(dose: Dose, number: int) -> Iterator[_Share]:
    for rep in range(1, number + 1):
        if rep > 1 and dose.rest:
            yield _Share(dose.rest, Part.REST, rep - 1, number)
        for part in (Part.THERE, Part.HOLD, Part.BACK):
            length: float = getattr(dose, part.value)
            if length:
                yield _Share(length, part, rep, number)
    if dose.stay:
        yield _Share(dose.stay, Part.HOLD)


def _told(dose: Dose, parts: Sequence[_Share]) -> Iterator[_Share]:
    """What no step tells belongs to the step before; several that tell the same share it."""
    leading = len(dose.ways)
    here = max(leading - 1, 0)
    for piece in parts:
        if piece.part is Part.IN:
            yield piece
            continue
        part = Part.AGAIN if piece.rep > 1 and Part.AGAIN in dose.tells else piece.part
        steps = [leading + i for i, told in enumerate(dose.tells) if told is part] or [here]
        for nth, here in enumerate(steps):
            share = piece.seconds / len(steps)
            yield replace(piece, seconds=share, step=here, nth=nth, among=len(steps))


def _shared(parts: Sequence[_Share], texts: int) -> Iterator[_Share]:
    """Where the dose does not say which step tells what, each has as many of the parts."""
    pieces = list(parts)
    while len(pieces) < texts:  # the longest is shared by two
        longest = max(range(len(pieces)), key=lambda i: pieces[i].seconds)
        half = replace(pieces[longest], seconds=pieces[longest].seconds / 2)
        pieces[longest : longest + 1] = [half, half]
    for index, piece in enumerate(pieces):
        yield replace(piece, step=index * texts // len(pieces))
