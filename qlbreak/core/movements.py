"""What can be done in a break: movements and routines as values, their timing, checks and texts."""

from collections.abc import Iterator, Mapping, Set
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from qlbreak.core.terms import (
    Side,
)

Text = Annotated[str, Meta(min_length=1)]
Seconds = Annotated[int, Meta(ge=1)]

# What the code speaks of by name is an enum; what only the data names is a list of words.
Level = Literal["gentle", "standard", "strong"]
# From trials of the movement itself (A, none so far) to a report or our own idea (D).
Grade = Literal["A", "B", "C", "D"]
Neighbour = Literal["psoas", "oblique", "glute", "calf"]
Length = Literal[30, 60, 90, 180]
Thing = Literal[
    "chair", "desk", "wall", "mat", "soft ball", "second soft ball", "large soft ball",
    "bag", "towel", "cushion", "low step",
]  # fmt: skip
# What people may have told about themselves; hides the movements that name it.
Flag = Literal[
    "osteo", "osteo-range", "osteo-load", "bleed", "recent", "kidney", "abdomen", "leg", "ext",
    "eye-bp", "preg", "preg-late", "balance", "shoulder", "wrist", "hip-replacement",
]  # fmt: skip
Context = Literal[
    "desk", "standing at the desk", "call", "meeting", "long meeting", "balls already in the chair",
    "any wall", "no wall", "ball", "nothing at all", "gentler", "just parked", "just landed",
    "after a drive", "after a flight", "end of day", "floor",
]  # fmt: skip


class Kind(StrEnum):
    RESET = "posture-reset"
    RELEASE = "release"
    LENGTHEN = "lengthen"
    STRENGTHEN = "strengthen"
    NEIGHBOUR = "neighbour"


class Position(StrEnum):
    SEATED = "seated"
    STANDING = "standing"
    WALL = "at a wall"
    FLOOR = "floor"


class Moment(StrEnum):
    READY = "ready"
    WORK = "work"
    CHANGE = "change sides"


PREFIX = {
    Kind.RESET: "reset-",
    Kind.RELEASE: "rel-",
    Kind.LENGTHEN: "len-",
    Kind.STRENGTHEN: "str-",
    Kind.NEIGHBOUR: "nb-",
}
FAR = frozenset({Position.WALL, Position.FLOOR})


class Movement(Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds are of work, per side where `sided`. `side_label` says what "left" means.

    `equipment` is needed, with one of `equipment_one_of` where there are any.
    """

    id: Text
    name: Text
    kind: Kind
    position: Position
    equipment: frozenset[Thing]
    discreet: bool
    sided: bool
    default_s: Seconds
    min_s: Seconds
    max_s: Seconds
    dose: Text
    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    caution: Text
    level: Level
    targets: Text
    avoid_if: frozenset[Flag]
    sources: tuple[Text, ...]
    grade: Grade
    support: Text
    neighbour: Neighbour | None = None
    equipment_one_of: frozenset[Thing] = frozenset()
    equipment_optional: frozenset[Thing] = frozenset()
    equipment_note: str = ""
    side_label: str = ""
    side_short: str = ""
    from_seed: bool = False


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """A movement in a routine; `extra_side`: one more set, on the side chosen at the start."""

    movement: Text
    seconds: Seconds
    extra_side: bool = False


class Routine(Struct, frozen=True, forbid_unknown_fields=True, rename={"contexts": "for"}):
    id: Text
    name: Text
    length_s: Length
    contexts: Annotated[tuple[Context, ...], Meta(min_length=1)]
    blocks: Annotated[tuple[Block, ...], Meta(min_length=1)]


class Catalogue(Struct, frozen=True):
    """Everything there is, by id and in the order of the files."""

    movements: Mapping[str, Movement]
    routines: Mapping[str, Routine]

    def of(self, routine: Routine) -> list[Movement]:
        return [self.movements[block.movement] for block in routine.blocks]

    def one_sided(self, routine: Routine) -> bool:
        """Has it a one-sided block, so that prompts should alternate the side it starts on?"""
        return any(movement.sided for movement in self.of(routine))

    def equipment(self, routine: Routine) -> frozenset[Thing]:
        """Return what is surely enough to do it: of things that replace each other, all."""
        return frozenset[Thing]().union(
            *(movement.equipment | movement.equipment_one_of for movement in self.of(routine))
        )

    def available(self, flags: Set[str]) -> list[Movement]:
        """Return the movements that none of the *flags* hides."""
        return [m for m in self.movements.values() if m.avoid_if.isdisjoint(flags)]


class Stretch(Struct, frozen=True):
    """A stretch of a routine's block. `side`: the side targeted, or about to be."""

    block: int
    moment: Moment
    seconds: int
    side: Side


def check_movements(catalogue: Catalogue) -> list[str]:
    """Return a line for each mistake: entry, key, what is wrong."""
    return [f"{m.id}: {fault}" for m in catalogue.movements.values() for fault in _faults(m)]


def check_routines(catalogue: Catalogue) -> list[str]:
    """Return a line for each mistake: entry, key, what is wrong."""
    lines = []
    for routine in catalogue.routines.values():
        known = all(block.movement in catalogue.movements for block in routine.blocks)
        faults = _misfits(catalogue, routine) if known else _strangers(catalogue, routine)
        lines += [f"{routine.id}: {fault}" for fault in faults]
    return lines


def timeline(catalogue: Catalogue, routine: Routine, side: Side) -> Iterator[Stretch]:
    """What happens when; starts one-sided blocks on `side`, and on the left for both.

    Getting ready takes 4 s, or 8 s when going to a wall or the floor; changing sides 3 s, or 6 s
    there (estimates by which the worked routines were composed).
    """
    first, other = _order(side)
    here: Position | None = None
    for index, block in enumerate(routine.blocks):
        movement = catalogue.movements[block.movement]
        far = movement.position in FAR
        sides = (first, other) if movement.sided else (Side.BOTH,)
        if block.extra_side:
            sides = (first,)
        yield Stretch(index, Moment.READY, 8 if far and movement.position != here else 4, sides[0])
        yield Stretch(index, Moment.WORK, block.seconds, sides[0])
        for later in sides[1:]:
            yield Stretch(index, Moment.CHANGE, 6 if far else 3, later)
            yield Stretch(index, Moment.WORK, block.seconds, later)
        here = movement.position


def total_seconds(catalogue: Catalogue, routine: Routine) -> int:
    return sum(phase.seconds for phase in timeline(catalogue, routine, Side.BOTH))


def held_seconds(catalogue: Catalogue, routine: Routine, side: Side) -> tuple[int, int]:
    """Return the seconds of one-sided work, left and right; the extra set counts for `side`."""
    held = {Side.LEFT: 0, Side.RIGHT: 0, Side.BOTH: 0}
    for phase in timeline(catalogue, routine, side):
        if phase.moment is Moment.WORK:
            held[phase.side] += phase.seconds
    return held[Side.LEFT], held[Side.RIGHT]


def instruction(catalogue: Catalogue, routine: Routine, side: Side) -> str:
    """Return one line for a notification: what to do in order, how long, and which side first."""
    first, _ = _order(side)
    parts: list[str] = []
    for block in routine.blocks:
        movement = catalogue.movements[block.movement]
        name = _inline(movement.name) if parts else movement.name
        meaning = f" ({movement.side_short})" if movement.sided and not block.extra_side else ""
        parts.append(f"{name} {_dose(movement, block, first)}{meaning}")
    *rest, last = parts
    return (f"{'; '.join(rest)}, then {last}" if rest else last) + "."


def steps(catalogue: Catalogue, routine: Routine, side: Side) -> list[str]:
    """Return the full steps as lines: numbered blocks, their numbered steps, the cautions."""
    first, _ = _order(side)
    lines = []
    taught: dict[str, int] = {}
    for number, block in enumerate(routine.blocks, 1):
        movement = catalogue.movements[block.movement]
        meaning = f" {first.capitalize()} = {movement.side_label}." if movement.sided else ""
        lines.append(f"{number}. {movement.name}: {_dose(movement, block, first)}.{meaning}")
        if block.extra_side:  # its own steps end with the change of sides
            lines.append(f"{number}.1 As in {taught[movement.id]}, without changing sides.")
        else:
            lines += [f"{number}.{i} {step}" for i, step in enumerate(movement.steps, 1)]
        lines.append(f"Take care: {movement.caution}")
        taught.setdefault(movement.id, number)
    return lines


def _order(side: Side) -> tuple[Side, Side]:
    return (Side.RIGHT, Side.LEFT) if side == Side.RIGHT else (Side.LEFT, Side.RIGHT)


def _dose(movement: Movement, block: Block, first: Side) -> str:
    if block.extra_side:
        return f"{block.seconds} s more on the {first}"
    return f"{block.seconds} s each side, {first} first" if movement.sided else f"{block.seconds} s"


def _inline(name: str) -> str:
    """Lower the first letter, but not that of a proper name or a sign ("C-to-S")."""
    head, *tail = name.split()
    plain = head[1:].islower() and not any(word.istitle() for word in tail)
    return name[0].lower() + name[1:] if plain else name


def _faults(movement: Movement) -> Iterator[str]:
    low, high = movement.min_s, movement.max_s
    if not movement.id.startswith(PREFIX[movement.kind]):
        yield f"id: the kind {movement.kind} needs an id that begins with {PREFIX[movement.kind]}"
    if (movement.kind is Kind.NEIGHBOUR) != (movement.neighbour is not None):
        yield "neighbour: belongs to the kind neighbour, and to no other"
    if not low <= movement.default_s <= high:
        yield f"default_s: {movement.default_s} is not within min_s {low} and max_s {high}"
    for key in ("side_label", "side_short"):
        if movement.sided and not getattr(movement, key):
            yield f"{key}: missing; a one-sided movement must say which side is meant"
        if getattr(movement, key) and not movement.sided:
            yield f"{key}: only for a movement with sided = true"


def _strangers(catalogue: Catalogue, routine: Routine) -> Iterator[str]:
    for i, block in enumerate(routine.blocks):
        if block.movement not in catalogue.movements:
            yield f"blocks[{i}].movement: there is no movement {block.movement}"


def _misfits(catalogue: Catalogue, routine: Routine) -> Iterator[str]:
    if not routine.id.startswith(f"r{routine.length_s}-"):
        yield f"id: length_s {routine.length_s} needs an id that begins with r{routine.length_s}-"
    for i, (block, movement) in enumerate(zip(routine.blocks, catalogue.of(routine), strict=True)):
        low, high = movement.min_s, movement.max_s
        if not low <= block.seconds <= high:
            yield f"blocks[{i}].seconds: {block.seconds} is outside {movement.id}'s {low} to {high}"
        if block.extra_side:
            yield from (f"blocks[{i}].{fault}" for fault in _extra_faults(catalogue, routine, i))
    extras = sum(block.extra_side for block in routine.blocks)
    if extras > (routine.length_s == 180):
        yield "blocks: an extra set is for 180 s routines, and only one"
    total = total_seconds(catalogue, routine)
    if total > routine.length_s:
        yield f"blocks: {total} s in all, more than length_s {routine.length_s}"


def _extra_faults(catalogue: Catalogue, routine: Routine, index: int) -> Iterator[str]:
    """Check what makes an extra set modest, and quick to get ready for."""
    block, before = routine.blocks[index], routine.blocks[:index]
    full = [b.seconds for b in before if b.movement == block.movement and not b.extra_side]
    places = [movement.position for movement in catalogue.of(routine)]
    if not catalogue.movements[block.movement].sided:
        yield f"extra_side: {block.movement} is not one-sided"
    elif not full:
        yield f"extra_side: no full set of {block.movement} comes before"
    elif block.seconds > max(full):
        yield f"seconds: {block.seconds} is more than the full set's {max(full)}"
    elif places[index] != places[index - 1]:
        yield "extra_side: the block before must be in the same position"
