"""A figure as a picture, with Pillow: colours, translucent things, arrows; nothing of bodies."""

from math import atan2, cos, pi, sin
from typing import TYPE_CHECKING

from qlbreak.core.model.terms import Side
from qlbreak.figures.body import Between
from qlbreak.figures.description import Arrow, Figure
from qlbreak.figures.scene import View, floor, scene, window
from qlbreak.figures.solids import Point, Polygon

if TYPE_CHECKING:
    from PIL.Image import Image

THIN = {"clear": 46, "glow": 70, "mark": 120}  # how much the things hide that one sees through
LARGE = 300  # pixels from which a moving picture is only doubled, to be in time

Colour = tuple[int, int, int]

LIGHT: dict[str, Colour] = {
    "shirt": (142, 196, 201), "trousers": (84, 110, 146), "skin": (222, 169, 134),
    "hair": (92, 70, 60), "shoe": (70, 76, 90), "metal": (128, 136, 146), "seat": (164, 172, 182),
    "wood": (206, 172, 130), "edge": (176, 140, 100), "wall": (190, 194, 200),
    "sock": (226, 222, 212), "mat": (176, 190, 158), "ball": (244, 190, 72), "bag": (150, 110, 84),
    "mark": (226, 74, 51), "eye": (66, 52, 48), "bone": (104, 160, 168), "arrow": (38, 50, 66),
    "halo": (255, 255, 255), "floor": (190, 194, 200),
}  # fmt: skip
DARK: dict[str, Colour] = LIGHT | {
    "trousers": (104, 132, 172), "hair": (132, 102, 84), "shoe": (122, 130, 148),
    "metal": (126, 134, 146), "seat": (104, 112, 124), "wall": (96, 102, 112),
    "mat": (96, 112, 88), "arrow": (244, 242, 236), "halo": (24, 28, 34),
    "floor": (84, 90, 100),
}  # fmt: skip


def draw(
    figure: Figure, side: Side, now: Between, size: int, *, dark: bool = False, still: bool = False
) -> "Image":
    """`still`: a picture to be looked at for longer: finer, its arrows strong."""
    from PIL import Image, ImageDraw

    palette = DARK if dark else LIGHT
    shown = window(figure)
    finer = 3 if still or size < LARGE else 2
    image = Image.new("RGBA", (size * finer, size * finer), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    if ground := floor(figure):
        pen.polygon(_pixels(ground, shown, image.width), fill=(*palette["floor"], 90))
    for shape in scene(figure, now):
        polygon = _pixels(shape.polygon, shown, image.width)
        colour = _shade(palette[shape.tone], 0.84 if shape.far else 1.0)
        if shape.kind in THIN:
            _glaze(image, polygon, colour, THIN[shape.kind], edged=shape.kind != "glow")
        else:
            pen.polygon(polygon, fill=_shade(colour, 0.7) if shape.kind == "line" else colour)
    for arrow in figure.arrows:
        _arrow(image, arrow, shown, palette, 1.0 if still else 0.45)
    small = image.reduce(finer)
    return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if side is Side.RIGHT else small


def _shade(colour: Colour, part: float) -> Colour:
    r, g, b = (round(channel * part) for channel in colour)
    return r, g, b


def _pixels(points: Polygon, shown: View, size: int) -> Polygon:
    scale = size / shown.width
    return [((x - shown.left) * scale, (shown.top - y) * scale) for x, y in points]


def _glaze(image: "Image", polygon: Polygon, colour: Colour, alpha: int, *, edged: bool) -> None:
    """Lay a colour over the picture that one sees through."""
    from PIL import Image, ImageDraw

    left, top, size = _box(polygon, 2)
    layer = Image.new("RGBA", size, (*colour, 0))
    pen = ImageDraw.Draw(layer)
    moved = [(x - left, y - top) for x, y in polygon]
    pen.polygon(moved, fill=(*colour, alpha))
    if edged:
        line = max(image.width // 400, 1)
        pen.line([*moved, moved[0]], fill=(*colour, 190), width=line, joint="curve")
    image.alpha_composite(layer, (left, top))


def _box(points: Polygon, room: float) -> tuple[int, int, tuple[int, int]]:
    """Return the left, the top and the size of the box around the points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = max(int(min(xs) - room), 0), max(int(min(ys) - room), 0)
    return left, top, (int(max(xs) + room) + 1 - left, int(max(ys) + room) + 1 - top)


def _arrow(
    image: "Image", arrow: Arrow, shown: View, palette: dict[str, Colour], strength: float
) -> None:
    """Draw a line with a head at its end, or at both, and a halo that parts it from the body."""
    from PIL import Image, ImageDraw

    path = _pixels(_smooth(arrow.path), shown, image.width)
    width = image.width * max(0.012, min(0.021, 4 / image.width))
    heads = [_head(path, width)] + ([_head(path[::-1], width)] if arrow.both else [])
    left, top, size = _box(path, 4 * width)
    layer = Image.new("RGBA", size)
    pen = ImageDraw.Draw(layer)
    for extra, name in ((width * 0.6, "halo"), (0.0, "arrow")):
        colour = (*palette[name], 255)
        moved = [(x - left, y - top) for x, y in path]
        pen.line(moved, fill=colour, width=round(width + 2 * extra), joint="curve")
        r = width / 2 + extra
        pen.ellipse((moved[0][0] - r, moved[0][1] - r, moved[0][0] + r, moved[0][1] + r), colour)
        for head in heads:
            corners = [(x - left, y - top) for x, y in (*head, head[0])]
            pen.polygon(corners, fill=colour)
            pen.line(corners, fill=colour, width=round(2 * extra) + 1, joint="curve")
    if strength < 1:
        layer.putalpha(layer.getchannel("A").point([round(i * strength) for i in range(256)]))
    image.alpha_composite(layer, (left, top))


def _head(path: Polygon, width: float) -> Polygon:
    (x, y), (px, py) = path[-1], path[-3]
    way = atan2(y - py, x - px)
    return [
        (x + cos(way + turn) * width * far, y + sin(way + turn) * width * far)
        for turn, far in ((0.0, 2.8), (2 * pi / 3, 2.4), (-2 * pi / 3, 2.4))
    ]


def _smooth(points: tuple[Point, ...]) -> Polygon:
    """Return a curve through the points (Catmull and Rom's)."""
    ends = [points[0], *points, points[-1]]
    curve = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for i in range(10):
            t = i / 10
            curve.append((_blend(a[0], b[0], c[0], d[0], t), _blend(a[1], b[1], c[1], d[1], t)))
    return [*curve, points[-1]]


def _blend(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
    )
