"""What can be done in a break: movements, routines and what they are made of, as values."""

from collections.abc import Mapping, Set
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

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
