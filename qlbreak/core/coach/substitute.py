"""Going on without a movement: what is left of a routine, and what may come in its place."""

from collections.abc import Iterator

from msgspec.structs import replace

from qlbreak.core.coach.composer import Composer, Plan
from qlbreak.core.coach.constraints import Context, Past, least_seconds, most_seconds, too_much
from qlbreak.core.model.movements import Catalogue, Exercise, Kind
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.terms import Side, Why


def going_on(
    catalogue: Catalogue,
    plan: Plan,
    block: int,
    without: str,
    passed_over: frozenset[str],
    now: Context,
    past: Past,
) -> Plan | None:
    """The rest of *plan* from that block on, in the time that it takes; None where nothing is
    left. What was *passed_over* comes only where nothing else fits."""
    rest = plan.blocks[block:]
    index = next((n for n, one in enumerate(rest) if one.movement.id == without), None)
    kept = tuple(one for one in rest if one.movement.id != without)
    blocks = kept
    if index is not None:
        room = replace(now, length=total_seconds(rest), never=now.never | {without})
        role = rest[index].movement.role
        for gone in (plan.movements | passed_over, plan.movements):
            composer = Composer(catalogue, room, past, gone)
            if found := _instead(composer, role, kept, index, plan.side, room, past):
                blocks = found
                break
    return _told(plan, blocks) if blocks else None


def _instead(
    composer: Composer,
    role: Kind,
    kept: tuple[Exercise, ...],
    index: int,
    side: Side,
    room: Context,
    past: Past,
) -> tuple[Exercise, ...]:
    """With another one there, of the same kind where there is one; nothing where none fits."""
    for one in _candidates(composer, role, room, past):
        blocks = _with(kept, index, one)
        if total_seconds(blocks) <= room.length and not any(too_much(blocks, side, room)):
            return _lasting(kept, index, one, room)
    return ()


def _candidates(composer: Composer, role: Kind, room: Context, past: Past) -> Iterator[Exercise]:
    """Rather a new one for a shorter time than is usual than one of another kind."""
    for kind in (role, *(kind for kind in Kind if kind is not role)):
        for few in (False, True):
            found = composer.candidates(kind, few)
            yield from (Exercise(one, least_seconds(one, room, past)) for one in found)
            yield from (Exercise(one, one.min_s) for one in found)


def _with(kept: tuple[Exercise, ...], index: int, one: Exercise) -> tuple[Exercise, ...]:
    return (*kept[:index], one, *kept[index:])


def _lasting(
    kept: tuple[Exercise, ...], index: int, one: Exercise, room: Context
) -> tuple[Exercise, ...]:
    """As long as there is time for it, up to the usual."""
    movement, blocks = one.movement, _with(kept, index, one)
    most = min(movement.default_s, most_seconds(movement, room))
    seconds = movement.dose.longer(one.seconds)
    while one.seconds < seconds <= most:
        longer = _with(kept, index, Exercise(movement, seconds))
        if total_seconds(longer) > room.length:
            break
        one, blocks = longer[index], longer
        seconds = movement.dose.longer(seconds)
    return blocks


def _told(plan: Plan, blocks: tuple[Exercise, ...]) -> Plan:
    """It goes on with the side that it began with."""
    named = "+".join(one.movement.id for one in blocks if not one.extra_side)
    sided = any(one.movement.sided and one.only is None for one in blocks)
    side = (Side.LEFT if plan.side is Side.BOTH else plan.side) if sided else Side.BOTH
    why = tuple(
        why for why in plan.why if why is not Why.EXTRA and not why.value.startswith("side-")
    )
    return Plan(named, blocks, side, why, plan.length, prescriber=plan.prescriber)
