"""The things used in a movement, as solids: seats, desk, walls, mat, balls, bag, cushion."""

from collections.abc import Callable
from math import cos, pi, sin

from qlbreak.figures.body import Skeleton
from qlbreak.figures.description import Prop
from qlbreak.figures.solids import Blob, Group, Solid, ball, board, capsule
from qlbreak.figures.space import ZERO, Frame, Vec, add

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
    seat = Solid(
        "seat",
        [Blob(frame.moved((0, SEAT - y, 0)), (r + 1.0, 2.4, r)) for y, r in ((2.4, 20.5), (5, 19))],
    )
    return [
        Group("foot", frame.point((0, 4, 3)), [*feet, post]),
        Group("seat", frame.point((0, SEAT, 0)), [seat]),
    ]


def _chair(prop: Prop, _bones: Skeleton) -> list[Group]:
    """On four legs: it neither rolls nor turns. Its back is one that one can see through, since the
    back of the person is what matters.
    """
    frame = Frame(prop.at).turned((0, 0, prop.turn))
    groups = []
    for x in (-18.5, 18.5):
        for z, lean in ((18.0, 1.0), (-18.0, -2.0)):
            top, foot = frame.point((x, SEAT - 4, z)), frame.point((x * 1.06, 1.4, z + lean))
            groups.append(Group("leg of a chair", foot, [capsule("edge", (top, 2.0), (foot, 1.5))]))
    seat = board("wood", frame.moved((0, SEAT - 2.6, 0)), (43, 4.6, 42), 1.8)
    posts = [
        capsule(
            "edge",
            (frame.point((x, SEAT - 2, -19)), 1.7),
            (frame.point((x, SEAT + 44, -25)), 1.7),
        )
        for x in (-18.0, 18.0)
    ]
    rails = [
        board("wood", frame.moved((0, SEAT + y, z)).turned((-8, 0, 0)), (36, high, 2.4), 1.2)
        for y, z, high in ((39, -24.5, 10), (23, -22.2, 6))
    ]
    groups.append(Group("seat", frame.point((0, SEAT, 0)), [seat]))
    back = frame.point((0, SEAT + 20, -26))
    groups.append(Group("back of a chair", back, [*posts, *rails], clear=True))
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


def _mat(prop: Prop, _bones: Skeleton) -> list[Group]:
    w, _, d = prop.size
    slab = board("mat", Frame(prop.at).moved((0, -0.8, 0)), (w, 1.6, d), 0.8)
    return [Group("mat", prop.at, [slab], first=True)]


def _ball(prop: Prop, bones: Skeleton) -> list[Group]:
    at = _moved_about(prop, bones).at
    return [Group("ball", at, [Solid("ball", [ball(at, prop.size[0])])])]


def _sock(prop: Prop, bones: Skeleton) -> list[Group]:
    """Two balls with a knot between them, so that they lie on both sides of a spine."""
    frame = _moved_about(prop, bones)
    ends = [frame.point((x, 0, 0)) for x in (-6.8, 6.8)]
    sock = capsule("sock", *((end, prop.size[0] * 0.45) for end in ends))
    balls = [Solid("ball", [ball(end, prop.size[0])]) for end in ends]
    return [Group("ball", frame.at, [sock, *balls])]


def _moved_about(prop: Prop, bones: Skeleton) -> Frame:
    return bones.pelvis.moved(bones.ball) if prop.at == ZERO else Frame(prop.at)


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


def _cushion(prop: Prop, bones: Skeleton) -> list[Group]:
    frame = _moved_about(prop, bones)
    return [Group("cushion", frame.at, [Solid("ball", [Blob(frame, prop.size)])])]


THINGS: dict[str, Callable[[Prop, Skeleton], list[Group]]] = {
    "stool": _stool,
    "chair": _chair,
    "armrests": _armrests,
    "desk": _desk,
    "wall": _wall,
    "mat": _mat,
    "ball": _ball,
    "sock": _sock,
    "bag": _bag,
    "cushion": _cushion,
}
