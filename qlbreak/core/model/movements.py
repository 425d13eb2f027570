"""What can be done in a break: movements, routines and what they are made of, as values."""

import re
from collections.abc import Mapping, Sequence, Set
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from qlbreak.core.model.dose import Dose, filled
from qlbreak.core.model.terms import Side
from qlbreak.language import _

Text = Annotated[str, Meta(min_length=1)]
Seconds = Annotated[int, Meta(ge=1, le=86_400)]

# What the code speaks of by name is an enum; what only the data names is a list of words.
Level = Literal["gentle", "standard", "strong"]
# From trials of the movement itself (A, none so far) to a report or our own idea (D).
Grade = Literal["A", "B", "C", "D"]
Neighbour = Literal["psoas", "oblique", "glute", "calf"]
Length = Literal[30, 60, 90, 180]
Thing = Literal[
    "chair", "steady chair", "desk", "wall", "mat", "soft ball", "second soft ball",
    "large soft ball", "bag", "towel", "cushion", "low step",
]  # fmt: skip
# What people may have told about themselves; data/cautions.toml says what each of them forbids.
Flag = Literal[
    "osteo", "bleed", "recent", "kidney", "abdomen", "leg", "disc", "scoliosis", "ext", "eye-bp",
    "preg", "preg-late", "balance", "shoulder", "wrist", "hip-replacement",
]  # fmt: skip
# What a movement asks of the body, as far as a caution may forbid it. The words are the text:
# "leave out twisting and lying on the back".
Ask = Literal[
    "rounding the back", "hollowing the low back", "leaning back", "twisting",
    "side bends to the end of the range", "loaded side bends", "hitching one hip up",
    "bringing the head as low as the heart", "bringing the head below the heart",
    "lying on the back", "lifting the arms overhead", "weight on a shoulder", "weight on a wrist",
    "standing on one leg", "leaning off balance", "moves that need steady feet",
    "bending a hip past a right angle", "taking a leg across the middle",
    "a pull on the back of the leg",
    "a pull on the front of the hip", "squeezing the belly",
    "lifting a weight", "planks on the floor", "full planks",
    "balls on the low back", "balls at the waist", "balls on the buttock", "pressing with a thumb",
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


class Stage(StrEnum):
    """How far somebody has come; decides what is offered (docs/coach.md)."""

    SETTLE = "settle"
    WORK = "work"
    BUILD = "build"
    KEEP = "keep"

    @property
    def rank(self) -> int:
        return list(Stage).index(self)


class Position(StrEnum):
    SEATED = "seated"
    STANDING = "standing"
    WALL = "at a wall"
    FLOOR = "floor"


_BRACKETS = re.compile(r" \(|（")  # before the trade's name; the second as in Japanese
_BALLS = frozenset[Thing](("soft ball", "second soft ball", "large soft ball"))


class Caution(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody has to be careful with: the words of its box, and all that follows from it.

    `needs`: the caution that it is a stricter form of; what that forbids, this one does, too.
    `even`: no side gets more than the other. `safer`: movements that stay, and are named for it.
    `because`: where that comes from, for docs/cautions.md.
    """

    id: Flag
    label: Text
    because: Text
    forbids: frozenset[Ask] = frozenset()
    needs: Flag | None = None
    even: bool = False
    safer: tuple[Text, ...] = ()


class Movement(Struct, frozen=True, forbid_unknown_fields=True):
    """`dose`: how it is done, per side where `sided`. `name`: in plain words, with the trade's name
    in brackets behind it where there is one. `side_label` is a sentence that says what "left" or
    "right" means, with {side} for the word; in a person's own it may be the name of the side alone.

    `asks`: of the body; what is there decides which cautions hide it (`avoid_if`, worked out when
    it is read). `equipment` is needed, with one of `equipment_one_of` where there are any. `short`
    is its name in the name of a routine. `acts_as`: the kind that a neighbour stands in for.
    `repeats`: may come as often as it fits. `figure`: whose figure to show, where it has none.
    """

    id: Text
    name: Text
    short: Text
    kind: Kind
    position: Position
    equipment: frozenset[Thing]
    discreet: bool
    sided: bool
    dose: Dose
    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    caution: Text
    level: Level
    targets: Text
    asks: frozenset[Ask]
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
    acts_as: Kind | None = None
    from_stage: Stage = Stage.SETTLE
    repeats: bool = False
    figure: str = ""
    avoid_if: frozenset[Flag] = frozenset()

    @property
    def min_s(self) -> int:
        """What its smallest dose takes."""
        return self.dose.least_s

    @property
    def default_s(self) -> int:
        return self.dose.usual_s

    @property
    def max_s(self) -> int:
        return self.dose.most_s

    @property
    def plain_name(self) -> str:
        """Without the trade's name: as it is called within a sentence."""
        return _BRACKETS.split(self.name, maxsplit=1)[0]

    @property
    def trade_name(self) -> str:
        """The one in brackets, if there is one."""
        _plain, *named = _BRACKETS.split(self.name, maxsplit=1)
        return "".join(named).rstrip(")）")

    def meaning(self, side: Side) -> str:
        """What this side means here, as a sentence without its full stop; nothing for both."""
        if not self.sided or side is Side.BOTH:
            return ""
        if "{side}" in self.side_label:  # a sentence for each side, and translated as such
            return _(self.side_label.replace("{side}", side.value))
        named = _("Left: {meaning}") if side is Side.LEFT else _("Right: {meaning}")
        return named.format(meaning=self.side_label)

    def steps_for(self, seconds: int) -> tuple[str, ...]:
        """The steps, with the numbers that these seconds have room for."""
        return tuple(filled(step, self.dose, seconds) for step in self.steps)

    @property
    def role(self) -> Kind:
        """What it does in a routine: any kind but neighbour."""
        return self.acts_as or self.kind

    @property
    def ball(self) -> bool:
        return not _BALLS.isdisjoint(self.equipment)

    def possible_with(self, things: Set[Thing]) -> bool:
        one_of = self.equipment_one_of
        return self.equipment <= things and (not one_of or not one_of.isdisjoint(things))

    @property
    def suits_everybody(self) -> bool:
        """It needs nothing and no caution hides it: there is always one of these to offer."""
        needs = self.equipment or self.equipment_one_of
        return not needs and not self.avoid_if and self.level == "gentle"

    def allowed_with(self, cautions: Set[Flag]) -> bool:
        return self.avoid_if.isdisjoint(cautions)


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """A movement in a routine; `extra_side`: one more set, on the side chosen at the start. `only`:
    for this side alone, as a programme may want it; else it is not written."""

    movement: Text
    seconds: Seconds
    extra_side: bool = False
    only: Side | UnsetType = UNSET


class Exercise(Struct, frozen=True):
    """A block with its movement: facts and files name it, all that is done with it has it."""

    movement: Movement
    seconds: int
    extra_side: bool = False
    only: Side | None = None

    @property
    def block(self) -> Block:
        return Block(self.movement.id, self.seconds, self.extra_side, self.only or UNSET)

    @property
    def in_turn(self) -> bool:
        """One side after the other."""
        return self.movement.sided and self.only is None and not self.extra_side


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
    cautions: Mapping[Flag, Caution] = {}

    def even(self, cautions: Set[Flag]) -> bool:
        """Must both sides do the same, whatever else speaks for more on one?"""
        return any(self.cautions[flag].even for flag in cautions if flag in self.cautions)

    def blocks(self, routine: str, told: tuple[Block, ...]) -> tuple[Block, ...]:
        """What a routine consists of: as it was *told*; an old journal gives its name alone."""
        known = self.routines.get(routine)
        return told or (known.blocks if known is not None else ())

    def exercises(self, blocks: Sequence[Block]) -> tuple[Exercise, ...]:
        """Those that are known: a journal may tell of what is gone."""
        known = self.movements
        return tuple(
            Exercise(known[block.movement], block.seconds, block.extra_side, block.only or None)
            for block in blocks
            if block.movement in known
        )

    def available(self, cautions: Set[Flag]) -> list[Movement]:
        """Return the movements that none of the *cautions* hides."""
        return [m for m in self.movements.values() if m.allowed_with(cautions)]
