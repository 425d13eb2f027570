"""The things used in a movement, as solids: seats, desk, walls, mat, balls, bag, cushion."""

from collections.abc import Callable
from math import cos, pi, sin

from qlbreak.figures.body import Skeleton
from qlbreak.figures.description import Prop
from qlbreak.figures.solids import Blob, Group, Part, ball, board, capsule
from qlbreak.figures.space import Frame, Vec, add

SEAT = 46.0  # centimetres above the floor


def thing(prop: Prop, bones: Skeleton) -> list[Group]:
    return THINGS[prop.kind](prop, bones)


def _stool(prop: Prop, _bones: Skeleton) -> list[Group]:
    frame = Frame(prop.at).turned((0, 0, prop.turn))
    feet = [
        capsule(
            "metal",
            (frame.point((0, 9, 0)), 1.8),
            (frame.point((24 * sin(a), 2.2, 24 * cos(a))), 2.0),
        )
        for a in (2 * pi * i / 5 for i in range(5))
    ]
    post = capsule("metal", (frame.point((0, 8, 0)), 2.3), (frame.point((0, SEAT - 4, 0)), 2.3))
    seat = Part(
        "seat",
        [Blob(frame.moved((0, SEAT - y, 0)), (r + 1.0, 2.4, r)) for y, r in ((2.4, 20.5), (5, 19))],
    )
    return [
        Group("foot", frame.point((0, 4, 3)), [*feet, post]),
        Group("seat", frame.point((0, SEAT, 0)), [seat]),
    ]


def _chair(prop: Prop, bones: Skeleton) -> list[Group]:
    """With a back that one can see through, since the back of the person is what matters."""
    frame = Frame(prop.at).turned((0, 0, prop.turn))
    back = board("pane", frame.moved((0, SEAT + 31, -20)), (38, 32, 4), 2.0)
    stem = capsule(
        "metal", (frame.point((0, SEAT - 3, -16)), 1.6), (frame.point((0, SEAT + 20, -21)), 1.6)
    )
    groups = _stool(prop, bones)
    groups.append(Group("stem", frame.point((0, SEAT, -20)), [stem], clear=True))
    groups.append(Group("back", frame.point((0, SEAT + 30, -24)), [back], clear=True))
    return groups


def _armrests(prop: Prop, _bones: Skeleton) -> list[Group]:
    frame = Frame(prop.at).turned((0, 0, prop.turn))
    groups = []
    for s in (-1.0, 1.0):
        post = capsule(
            "metal",
            (frame.point((20 * s, SEAT - 4, 0)), 1.6),
            (frame.point((27 * s, SEAT + 2, 0)), 1.6),
        )
        stem = capsule(
            "metal",
            (frame.point((27 * s, SEAT + 2, 0)), 1.6),
            (frame.point((27 * s, SEAT + 21, 0)), 1.6),
        )
        pad = capsule(
            "seat",
            (frame.point((27 * s, SEAT + 22, -8)), 2.4),
            (frame.point((27 * s, SEAT + 22, 16)), 2.4),
        )
        groups.append(Group("armrest", frame.point((27 * s, SEAT + 10, 6)), [post, stem, pad]))
    return groups


def _desk(prop: Prop, _bones: Skeleton) -> list[Group]:
    w, h, d = prop.size
    frame = Frame(prop.at).turned((0, 0, prop.turn))
    edge = board("edge", frame.moved((0, h - 2, 0)), (w, 4, d), 1.6)
    top = board("wood", frame.moved((0, h - 0.5, 0)), (w, 1, d), 0.5)
    legs = []
    for x in (8 - w / 2, w / 2 - 8):
        foot, column = frame.moved((x, 2.2, 0)), frame.moved((x, h / 2, 0))
        legs.append(board("metal", foot, (5, 4, d - 8), 2.0))
        legs.append(board("metal", column, (6, h - 4, 6), 2.4))
    return [Group("desk", frame.point((0, h / 2, d / 4)), [*legs, edge, top])]


def _wall(prop: Prop, _bones: Skeleton) -> list[Group]:
    w, h, d = prop.size
    slab = board("wall", Frame(prop.at).moved((0, h / 2, 0)), (w, h, d), 0.8)
    return [Group("wall", prop.at, [slab], first=True)]


def _wall_behind(prop: Prop, _bones: Skeleton) -> list[Group]:
    """A wall between the person and us: drawn as if it were glass, with a gleam in a corner."""
    w, h, d = prop.size
    x, y, z = prop.at
    slab = board("pane", Frame((x, y + h / 2, z)), (w, h, d), 0.8)
    left, top = x - w / 2, y + h
    gleams = [
        capsule("pane", ((left + 6, top - far, z), 0.8), ((left + far, top - 6, z), 0.8))
        for far in (18, 26)
    ]
    return [Group("pane", add(prop.at, (0, 0, -60)), [slab, *gleams], clear=True)]


def _mat(prop: Prop, _bones: Skeleton) -> list[Group]:
    w, _, d = prop.size
    slab = board("mat", Frame(prop.at).moved((0, -0.8, 0)), (w, 1.6, d), 0.8)
    return [Group("mat", prop.at, [slab], first=True)]


def _ball(prop: Prop, bones: Skeleton) -> list[Group]:
    """A rolling ball is where the pose says, one with a place of its own stays there."""
    at = bones.pelvis.point(prop.at if prop.at != (0, 0, 0) else bones.ball)
    return [Group("ball", at, [Part("ball", [ball(at, prop.size[0])])])]


def _bag(prop: Prop, bones: Skeleton) -> list[Group]:
    palm = bones.arms[prop.hand].end
    grip: Vec = palm.point((0, 6, 0))
    body = board("bag", Frame(add(grip, (0, -23, 0))), (16, 24, 30), 3.5)
    straps = [
        capsule("metal", (add(grip, (0, 0, z)), 1.3), (add(grip, (0, -13, 2.2 * z)), 1.3))
        for z in (-4, 4)
    ]
    bar = capsule("metal", (add(grip, (0, 0, -4)), 1.5), (add(grip, (0, 0, 4)), 1.5))
    return [Group("bag", add(grip, (0, 0, 4)), [*straps, bar, body])]


def _cushion(prop: Prop, _bones: Skeleton) -> list[Group]:
    frame = Frame(prop.at)
    return [Group("cushion", frame.at, [Part("ball", [Blob(frame, prop.size)])])]


THINGS: dict[str, Callable[[Prop, Skeleton], list[Group]]] = {
    "stool": _stool,
    "chair": _chair,
    "armrests": _armrests,
    "desk": _desk,
    "wall": _wall,
    "wall-behind": _wall_behind,
    "mat": _mat,
    "ball": _ball,
    "bag": _bag,
    "cushion": _cushion,
}
