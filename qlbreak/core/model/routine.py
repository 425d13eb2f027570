"""What a routine amounts to: its work, its seconds a side, its text."""

from collections.abc import Iterator, Sequence

from qlbreak.core.model.movements import Exercise, Movement
from qlbreak.core.model.score import Moment, order, said, timeline
from qlbreak.core.model.terms import Side


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


def held_seconds(blocks: Sequence[Exercise], side: Side) -> tuple[int, int]:
    """Return the seconds of one-sided work, left and right; the extra set counts for `side`."""
    held = {Side.LEFT: 0, Side.RIGHT: 0, Side.BOTH: 0}
    for _, on, seconds in legs(blocks, side):
        held[on] += seconds
    return held[Side.LEFT], held[Side.RIGHT]


def instruction(blocks: Sequence[Exercise], side: Side) -> str:
    """Return one line for a notification: what to do in order, how long, and which side first."""
    first, _ = order(side)
    parts: list[str] = []
    for block in blocks:
        movement = block.movement
        name = _inline(movement.plain_name) if parts else movement.plain_name
        meaning = f" ({movement.side_short})" if movement.sided and not block.extra_side else ""
        parts.append(f"{name} {_dose(block, first)}{meaning}")
    *rest, last = parts
    return (f"{'; '.join(rest)}, then {last}" if rest else last) + "."


def steps(blocks: Sequence[Exercise], side: Side) -> list[str]:
    """Return the full steps as lines: numbered blocks, their numbered steps, the cautions."""
    first, _ = order(side)
    lines = []
    taught: dict[str, int] = {}
    for number, block in enumerate(blocks, 1):
        movement = block.movement
        meaning = f" {movement.meaning(block.only or first)}." if movement.sided else ""
        lines.append(f"{number}. {movement.name}: {_dose(block, first)}.{meaning}")
        if block.extra_side:  # its own steps end with the change of sides
            lines.append(f"{number}.1 As in {taught[movement.id]}, without changing sides.")
        else:
            told = steps_of(block)
            lines += [f"{number}.{i} {step}" for i, step in enumerate(told, 1)]
        lines.append(f"Take care: {movement.caution}")
        taught.setdefault(movement.id, number)
    return lines


def steps_of(block: Exercise) -> tuple[str, ...]:
    """For one side alone nobody is told to change."""
    movement, seconds = block.movement, block.seconds
    return movement.steps_for(seconds) if block.only is None else said(movement, seconds)


def _dose(block: Exercise, first: Side) -> str:
    if block.extra_side:
        return f"{block.seconds} s more on the {first}"
    if block.only is not None:
        return f"{block.seconds} s on the {block.only}"
    sided = block.movement.sided
    return f"{block.seconds} s each side, {first} first" if sided else f"{block.seconds} s"


def _inline(name: str) -> str:
    """Lower the first letter, but not that of a proper name or a sign ("T-shape")."""
    head, *tail = name.split()
    plain = head[1:].islower() and not any(word.istitle() for word in tail)
    return name[0].lower() + name[1:] if plain else name
