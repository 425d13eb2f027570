"""A moment of a figure as flat shapes in the order of drawing, in centimetres; and its frame."""

from functools import lru_cache
from typing import NamedTuple

from qlbreak.figures.body import Between, Skeleton, solve
from qlbreak.figures.description import SIDES, Figure
from qlbreak.figures.flesh import body, landmarks, mark, seams
from qlbreak.figures.solids import Camera, Group, Polygon, board, camera, grown
from qlbreak.figures.space import Frame, add, times
from qlbreak.figures.things import thing
from qlbreak.figures.timing import telling

CONTOUR = 0.8  # centimetres
LOW = {"glute", "hip", "hip-front"}  # they go on over the root of the leg
GLOW = (2.6, 1.3)
MARGIN = 0.035
HEAD = 0.05  # of the width, around an arrow
DEPTH = 66  # centimetres of floor, towards us and away
STEEP = 30  # degrees from above at which a mat is floor enough


class Shape(NamedTuple):
    """`kind`: line (a contour), solid, clear (one sees through it), glow or mark."""

    kind: str
    tone: str
    far: bool
    polygon: Polygon


class View(NamedTuple):
    """The square of the picture's plane that is shown: its left, its top and its width."""

    left: float
    top: float
    width: float


def scene(figure: Figure, now: Between) -> list[Shape]:
    """Return what is seen, from the farthest to the nearest."""
    bones, eye = solve(now), camera(figure.yaw, figure.pitch)
    order, far = _order(figure)
    groups = _groups(figure, bones, eye)
    groups = [groups[index] for index in order]
    layers = [_flat(group, eye, group.name in far) for group in groups]
    depth = {group.name: index for index, group in enumerate(groups)}
    for limb, seam, always in seams(bones):
        if limb not in far and (always or depth[limb] > depth["trunk"]):
            layer = layers[max(depth[limb], depth["trunk"])]
            layer.append(Shape("solid", seam.tone, False, eye.outline(seam)))
    layers[depth["trunk"]] += [
        Shape("solid", part.tone, False, eye.outline(part)) for part in landmarks(bones, eye)
    ]
    low = max(depth["trunk"], depth["leg_left"], depth["leg_right"])
    for spot in figure.marks:
        name, part = mark(bones, spot)
        layer = layers[low if spot.muscle in LOW else depth[name]]
        core = eye.outline(part)
        layer += [Shape("glow", "mark", False, grown(core, size)) for size in GLOW]
        layer.append(Shape("mark", "mark", False, core))
    return [shape for layer in layers for shape in layer]


def _groups(figure: Figure, bones: Skeleton, eye: Camera) -> list[Group]:
    return body(bones, eye) + [group for prop in figure.props for group in thing(prop, bones)]


@lru_cache(maxsize=64)
def _order(figure: Figure) -> tuple[list[int], set[str]]:
    """Return the order of the groups and the far limbs: those of the telling pose, for all
    poses, since an arm that jumps behind the trunk and back is worse than one a little off.
    """
    bones, eye = solve(telling(figure)), camera(figure.yaw, figure.pitch)
    groups = _groups(figure, bones, eye)
    order = sorted(range(len(groups)), key=lambda i: _layer(figure, groups[i], eye), reverse=True)
    return order, _far(bones, eye)


def _far(bones: Skeleton, eye: Camera) -> set[str]:
    """Return the limbs of the side that is clearly farther away, if there is one."""
    left, right = (eye.depth(bones.legs[side].root) for side in SIDES)
    if abs(left - right) < 10:
        return set()
    return {f"{limb}_{'left' if left > right else 'right'}" for limb in ("arm", "leg")}


def _layer(figure: Figure, group: Group, eye: Camera) -> tuple[int, float]:
    layer = 2 if group.first else 1 if group.name in figure.behind else 0
    return (-1 if group.name in figure.front else layer), eye.depth(group.anchor)


def _flat(group: Group, eye: Camera, far: bool) -> list[Shape]:
    outlines = [(part.tone, eye.outline(part)) for part in group.parts]
    if group.clear:
        return [Shape("clear", tone, far, outline) for tone, outline in outlines]
    lines = [Shape("line", tone, far, grown(outline, CONTOUR)) for tone, outline in outlines]
    return lines + [Shape("solid", tone, far, outline) for tone, outline in outlines]


@lru_cache(maxsize=64)
def window(figure: Figure) -> View:
    """Return the smallest square that holds the figure in all that it does."""
    points = _strip(figure, 0, DEPTH)
    moments = [Between(pose, pose, breath=1.0) for pose in figure.poses]
    for before, after in ((figure.poses[a], figure.poses[b]) for a, b in figure.turns):
        moments += [Between(before, after, part) for part in (0.35, 0.7)]
    for now in moments:
        points += [point for shape in scene(figure, now) for point in shape.polygon]
    room = _square(points).width * HEAD
    for arrow in figure.arrows:
        points += [(x + d, y + d) for x, y in arrow.path for d in (-room, room)]
    return _square(points)


def _square(points: Polygon) -> View:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    size = max(right - left, high - low) / (1 - 2 * MARGIN)
    return View((left + right - size) / 2, (low + high + size) / 2, size)


def floor(figure: Figure) -> Polygon:
    """Return the strip of floor under everything; none where one looks down on a mat."""
    shown = window(figure)
    return _strip(figure, shown.left + shown.width / 2, shown.width * (1 - 2 * MARGIN))


def _strip(figure: Figure, middle: float, width: float) -> Polygon:
    if figure.pitch > STEEP:
        return []
    eye = camera(figure.yaw, figure.pitch)
    frame = Frame(add(times(eye.right, middle), (0, -1, 0))).turned((0, 0, figure.yaw))
    return eye.outline(board("floor", frame, (width, 2, DEPTH), 1))
