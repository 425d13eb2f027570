"""How a figure is described in figures.toml: poses, props, marks; and the reading of that file."""

import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, ValidationError, convert

from qlbreak.data import plain
from qlbreak.figures.space import ZERO, Vec

FILE = "figures.toml"

Seconds = Annotated[float, Meta(ge=0, le=10)]
SomeSeconds = Annotated[float, Meta(gt=0, le=10)]
Place = Literal["shoulder", "hang", "world", "pelvis", "chest", "thigh_left", "thigh_right"]
Hand = Literal["left", "right"]
Contact = Literal["sole", "ball", "heel", "ankle"]
Muscle = Literal["ql", "back", "waist", "ribs", "glute", "hip", "hip-front", "calf", "thigh"]
Thing = Literal[
    "stool",
    "chair",
    "armrests",
    "desk",
    "wall",
    "mat",
    "ball",
    "sock",
    "bag",
    "cushion",
]

SIDES: tuple[Hand, Hand] = ("left", "right")


class FigureError(Exception):
    """One line: file, entry, key, what is wrong."""


class Arm(Struct, frozen=True, forbid_unknown_fields=True):
    """`at`: where the wrist is, from the place `on`.

    `shoulder` goes with the chest, `hang` starts at the shoulder but keeps the world's directions;
    a thigh's place is its middle: up to the hip, forward to its front.
    `elbow`: where the elbow points to, seen from the chest. `hand`: where the fingers point to,
    seen from the place; without it they go on along the forearm. `prop`: where in the world the
    elbow is propped up; `at` then only says where the forearm points to.
    """

    at: Vec
    on: Place = "hang"
    elbow: Vec = (0, -0.2, -1)
    hand: Vec | None = None
    prop: Vec | None = None


class Leg(Struct, frozen=True, forbid_unknown_fields=True):
    """`at`: where the `contact` of the foot is; `foot`: bend, lean and turn of the foot.

    With the contact `ankle` the foot is in the air and goes with the shin. `knee`: the way that the
    knee points, seen from the pelvis.
    """

    at: Vec
    contact: Contact = "sole"
    foot: Vec = ZERO
    knee: Vec = (0, 0.2, 1)


class Pose(Struct, frozen=True, forbid_unknown_fields=True):
    """Angles are bend (forward), lean (to the right), turn (to the right).

    `move`: seconds from the pose before, `hold`: seconds that it is kept before the next of the
    same phase; the score says how long that is. `ribs` and `waist`: how wide they are. `ball`:
    where the thing is that is moved about (ball, sock, cushion), seen from the pelvis.
    """

    hips: Vec
    arm_left: Arm
    arm_right: Arm
    leg_left: Leg
    leg_right: Leg
    pelvis: Vec = ZERO
    lumbar: Vec = ZERO
    chest: Vec = ZERO
    neck: Vec = ZERO
    ribs: float = 1.0
    waist: float = 1.0
    ball: Vec = ZERO
    move: SomeSeconds = 1.2
    hold: Seconds = 0.4

    def leg(self, side: Hand) -> Leg:
        return self.leg_left if side == "left" else self.leg_right

    def arm(self, side: Hand) -> Arm:
        return self.arm_left if side == "left" else self.arm_right


class Prop(Struct, frozen=True, forbid_unknown_fields=True):
    """`at`: on the floor; without it, ball, sock and cushion are where the pose has the ball."""

    kind: Thing
    at: Vec = ZERO
    size: Vec = ZERO
    turn: float = 0.0
    hand: Hand = "right"


class Mark(Struct, frozen=True, forbid_unknown_fields=True):
    """The part of the body that the movement is for."""

    muscle: Muscle
    side: Hand


class Arrow(Struct, frozen=True, forbid_unknown_fields=True):
    """The way of the movement: points in the picture, right and up of the floor's middle, in cm."""

    path: Annotated[tuple[tuple[float, float], ...], Meta(min_length=2)]
    both: bool = False


# Poses that one goes through; where several steps share a part of the dose, an item for each.
Path = tuple[int | tuple[int, ...], ...]


class Figure(
    Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True, rename={"ways": "in"}
):
    """A movement, drawn for the left side.

    `ways`: the poses of each step that leads in; `there`, `back`, `out`: those of these parts of
    the dose. What is held stays as it is, but for who walks: `steady`, without rest at a pose,
    through those of `hold` again and again. `yaw` and `pitch`: from where it is seen: 0 from
    behind, 90 from the person's left; from above. `telling`: the pose that shows the movement in
    one picture. `front`, `behind`: what is drawn over or under everything else.
    """

    poses: Annotated[tuple[Pose, ...], Meta(min_length=1)]
    ways: Path = ()
    there: Path = ()
    hold: Path = ()
    back: Path = ()
    out: Path = ()
    yaw: float = 0.0
    pitch: float = 8.0
    telling: int = 1
    marks: tuple[Mark, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    props: tuple[Prop, ...] = ()
    front: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    steady: bool = False

    @property
    def start(self) -> Pose:
        """The pose that one gets ready in."""
        return self.poses[0]

    @property
    def course(self) -> tuple[int, ...]:
        """All the poses that it goes through, once."""
        paths = (self.ways, self.there, self.hold, self.back, self.out)
        return tuple(pose for path in paths for pose in passed(path)) or (0,)

    @property
    def turns(self) -> set[tuple[int, int]]:
        """From which pose to which it ever goes: back and forth again and again, and out."""
        again = passed(self.there) + passed(self.hold) + passed(self.back)
        whole = (0, *passed(self.ways), *again, *again, *passed(self.out))
        return {(a, b) for a, b in pairwise(whole) if a != b}


def passed(path: Path) -> tuple[int, ...]:
    """The poses of a path, in their order."""
    return tuple(pose for item in path for pose in ((item,) if isinstance(item, int) else item))


class Book(Struct, frozen=True):
    """All that stands in the file; `neutral` is for movements that have no figure of their own."""

    figures: Mapping[str, Figure]
    neutral: Mapping[str, Figure]


def parse(text: str) -> Book:
    """Read the file's text; raises FigureError for the first mistake."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FigureError(f"{FILE}: {error}") from error
    for key in tables.keys() - {"stance", "figure", "neutral"}:
        raise FigureError(f"{FILE}: {key}: unknown key; use stance, figure or neutral")
    stances = tables.get("stance", {})
    read = {
        kind: {name: _figure(name, table, stances) for name, table in tables.get(kind, {}).items()}
        for kind in ("figure", "neutral")
    }
    return Book(read["figure"], read["neutral"])


def _figure(name: str, table: dict[str, Any], stances: dict[str, Any]) -> Figure:
    """A pose says only where it differs from the figure's `base`, that from its `stance`."""
    where = f"{FILE}: {name}"
    rest = {key: value for key, value in table.items() if key not in ("stance", "base")}
    stance = table.get("stance", "")
    if stance not in stances:
        raise FigureError(f"{where}: stance: there is no stance {stance!r}")
    base = _over(stances[stance], table.get("base", {}))
    poses = rest.get("poses", [{}])
    if not isinstance(poses, list) or not all(isinstance(pose, dict) for pose in poses):
        raise FigureError(f"{where}: poses: expected tables, one for each pose")
    try:
        figure = convert({**rest, "poses": [_over(base, pose) for pose in poses]}, Figure)
    except ValidationError as error:
        raise FigureError(f"{where}: {plain(str(error))}") from error
    for fault in _faults(figure):
        raise FigureError(f"{where}: {fault}")
    return figure


def _faults(figure: Figure) -> Iterator[str]:
    if not 0 <= figure.telling < len(figure.poses):
        yield f"telling: there is no pose {figure.telling}"
    used = {0, *figure.course}
    for strange in sorted(used - set(range(len(figure.poses)))):
        yield f"there is no pose {strange}"
    for idle in sorted(set(range(len(figure.poses))) - used):
        yield f"poses[{idle}]: belongs to no part"
    if figure.hold and not figure.steady:
        yield "hold: what is held stays as it is; only who walks (steady) goes on"
    yield from _limbs(figure)


def _limbs(figure: Figure) -> Iterator[str]:
    """What cannot change from pose to pose."""
    for index, pose in enumerate(figure.poses):
        for side in SIDES:
            first = figure.poses[0]
            if (first.leg(side).contact == "ankle") != (pose.leg(side).contact == "ankle"):
                yield f"poses[{index}].leg_{side}.contact: ankle must stand in all poses or none"
            if (first.arm(side).prop is None) != (pose.arm(side).prop is None):
                yield f"poses[{index}].arm_{side}.prop: must stand in all poses or none"


def _over(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return *base* with the *changes*; limbs are changed key by key."""
    merged = dict(base)
    for key, value in changes.items():
        old = merged.get(key)
        both = isinstance(value, dict) and isinstance(old, dict)
        merged[key] = {**old, **value} if both and old is not None else value
    return merged
