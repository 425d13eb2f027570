"""What is wrong with movements and routines, if anything: a line for each mistake."""

from collections.abc import Iterator, Sequence

from qlbreak.core.model.dose import faults
from qlbreak.core.model.movements import Catalogue, Exercise, Kind, Movement, Routine
from qlbreak.core.model.routine import total_seconds
from qlbreak.language import _

PREFIX = {
    Kind.RESET: "reset-",
    Kind.RELEASE: "rel-",
    Kind.LENGTHEN: "len-",
    Kind.STRENGTHEN: "str-",
    Kind.NEIGHBOUR: "nb-",
}


def check_movements(catalogue: Catalogue) -> list[str]:
    """Return a line for each mistake: entry, key, what is wrong."""
    return [f"{m.id}: {fault}" for m in catalogue.movements.values() for fault in _faults(m)]


def check_routines(catalogue: Catalogue) -> list[str]:
    """Return a line for each mistake: entry, key, what is wrong."""
    lines = []
    for routine in catalogue.routines.values():
        blocks = catalogue.exercises(routine.blocks)
        known = len(blocks) == len(routine.blocks)
        found = _misfits(routine, blocks) if known else _strangers(catalogue, routine)
        lines += [f"{routine.id}: {fault}" for fault in found]
    return lines


def _faults(movement: Movement) -> Iterator[str]:
    if not movement.id.startswith(PREFIX[movement.kind]):
        # Translators: from here on, what is wrong in a file of a person's own movements; the words
        # before a colon are keys in it, and stay.
        yield _(
            "id: the kind {kind} needs an id that begins with {prefix}",
            kind=movement.kind,
            prefix=PREFIX[movement.kind],
        )
    yield from _neighbour_faults(movement)
    yield from faults(movement.dose)
    for key in ("side_label", "side_short"):
        if movement.sided and not getattr(movement, key):
            yield _("{key}: missing; a one-sided movement must say which side is meant", key=key)
        if getattr(movement, key) and not movement.sided:
            yield _("{key}: only for a movement with sided = true", key=key)


def _neighbour_faults(movement: Movement) -> Iterator[str]:
    for key in ("neighbour", "acts_as"):
        if (movement.kind is Kind.NEIGHBOUR) != (getattr(movement, key) is not None):
            yield _("{key}: belongs to the kind neighbour, and to no other", key=key)
    if movement.acts_as is Kind.NEIGHBOUR:
        yield _("acts_as: one of the other kinds")


def _strangers(catalogue: Catalogue, routine: Routine) -> Iterator[str]:
    for i, block in enumerate(routine.blocks):
        if block.movement not in catalogue.movements:
            yield _("blocks[{i}].movement: there is no movement {name}", i=i, name=block.movement)


def _misfits(routine: Routine, blocks: Sequence[Exercise]) -> Iterator[str]:
    if not routine.id.startswith(f"r{routine.length_s}-"):
        yield _("id: length_s {s} needs an id that begins with r{s}-", s=routine.length_s)
    for i, block in enumerate(blocks):
        movement = block.movement
        low, high = movement.min_s, movement.max_s
        if not low <= block.seconds <= high:
            yield _(
                "blocks[{i}].seconds: {seconds} is outside {name}'s {low} to {high}",
                i=i, seconds=block.seconds, name=movement.id, low=low, high=high,
            )  # fmt: skip
        if block.extra_side:
            yield from (f"blocks[{i}].{fault}" for fault in _extra_faults(blocks, i))
    extras = sum(block.extra_side for block in blocks)
    if extras > (routine.length_s == 180):
        yield _("blocks: an extra set is for 180 s routines, and only one")
    total = total_seconds(blocks)
    if total > routine.length_s:
        yield _("blocks: {total} s in all, more than length_s {s}", total=total, s=routine.length_s)


def _extra_faults(blocks: Sequence[Exercise], index: int) -> Iterator[str]:
    """Check what makes an extra set modest, and quick to get ready for."""
    block, before = blocks[index], blocks[:index]
    movement = block.movement
    full = [b.seconds for b in before if b.movement is movement and not b.extra_side]
    if not movement.sided:
        yield _("extra_side: {name} is not one-sided", name=movement.id)
    elif not full:
        yield _("extra_side: no full set of {name} comes before", name=movement.id)
    elif block.seconds > max(full):
        yield _("seconds: {s} is more than the full set's {full}", s=block.seconds, full=max(full))
    elif movement.position != blocks[index - 1].movement.position:
        yield _("extra_side: the block before must be in the same position")
