"""What a routine amounts to: its work, its seconds a side, its text."""

from collections.abc import Iterator, Sequence

from qlbreak.core.model.movements import Exercise, Movement
from qlbreak.core.model.score import Moment, order, said, timeline
from qlbreak.core.model.terms import Side
from qlbreak.language import _, formats


def legs(blocks: Sequence[Exercise], side: Side) -> Iterator[tuple[Exercise, Side, int]]:
    """The work of it: which block, for which side, how many seconds."""
    for stretch in timeline(blocks, side):
        if stretch.moment is Moment.WORK:
            yield blocks[stretch.block], stretch.side, stretch.seconds


def total_seconds(blocks: Sequence[Exercise]) -> int:
    return sum(stretch.seconds for stretch in timeline(blocks, Side.BOTH))


def alone(movement: Movement, seconds: int) -> int:
    """How long a routine of nothing else takes."""
    return total_seconds([Exercise(movement, seconds)])


def instruction(blocks: Sequence[Exercise], side: Side) -> str:
    """Return one line for a notification: what to do in order, how long, and which side first."""
    first, _other = order(side)
    *rest, last = (_part(block, first, within=index > 0) for index, block in enumerate(blocks))
    if not rest:
        return formats.sentence(last)
    # Translators: one movement after another, the last of them at the end
    return _("{before}, then {last}.", before=formats.semicolons(rest), last=last)


def _part(block: Exercise, first: Side, *, within: bool) -> str:
    movement = block.movement
    name = _inline(movement.plain_name) if within else movement.plain_name
    # Translators: a movement, and how long: "Pelvic rock 24 s"
    told = _("{name} {dose}", name=name, dose=_dose(block, first))
    if not movement.sided or block.extra_side:
        return told
    # Translators: {meaning} is which side is meant: "stretched side"
    return _("{task} ({meaning})", task=told, meaning=movement.side_short)


def steps(blocks: Sequence[Exercise], side: Side) -> list[str]:
    """Return the full steps as lines: numbered blocks, their numbered steps, the cautions."""
    first, _other = order(side)
    lines = []
    taught: dict[str, int] = {}
    for number, block in enumerate(blocks, 1):
        movement = block.movement
        meaning = movement.meaning(block.only or first)
        task = _("{n}. {name}: {dose}.", n=number, name=movement.name, dose=_dose(block, first))
        lines.append(formats.sentences(task, formats.sentence(meaning) if meaning else ""))
        if block.extra_side:  # its own steps end with the change of sides
            again = taught[movement.id]
            # Translators: {n} and {again} are numbers of movements in a list.
            lines.append(_("{n}.1 As in {again}, without changing sides.", n=number, again=again))
        else:
            told = steps_of(block)
            lines += [f"{number}.{i} {step}" for i, step in enumerate(told, 1)]
        lines.append(_("Take care: {caution}", caution=movement.caution))
        taught.setdefault(movement.id, number)
    return lines


def steps_of(block: Exercise) -> tuple[str, ...]:
    """For one side alone nobody is told to change."""
    movement, seconds = block.movement, block.seconds
    return movement.steps_for(seconds) if block.only is None else said(movement, seconds)


_A_SIDE = {
    Side.LEFT: _("{seconds} s each side, left first"),
    Side.RIGHT: _("{seconds} s each side, right first"),
}
_ON_ONE = {Side.LEFT: _("{seconds} s on the left"), Side.RIGHT: _("{seconds} s on the right")}
_MORE = {
    Side.LEFT: _("{seconds} s more on the left"),
    Side.RIGHT: _("{seconds} s more on the right"),
}


def _dose(block: Exercise, first: Side) -> str:
    if block.extra_side:
        return _MORE[first].format(seconds=block.seconds)
    if block.only is not None:
        return _ON_ONE[block.only].format(seconds=block.seconds)
    if block.movement.sided:
        return _A_SIDE[first].format(seconds=block.seconds)
    return _("{n} s", n=block.seconds)


def _inline(name: str) -> str:
    """Within a sentence; but a proper name or a sign stays as it is ("T-shape")."""
    head, *tail = name.split()
    plain = head[1:].islower() and not any(word.istitle() for word in tail)
    return formats.within(name) if plain else name
