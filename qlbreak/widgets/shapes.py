"""Shapes with smooth edges, by Pillow: what Tk draws itself on X11 has steps.

TkColours are "#rrggbb". Pictures are opaque, on the colour that they will lie on: a picture with
transparent parts makes Tk read the screen back each time it is drawn.
"""

import tkinter as tk
from functools import cache
from math import cos, radians, sin

from PIL import Image, ImageDraw

_FINER = 4  # drawn so much larger, then reduced


def photo(master: tk.Misc, picture: Image.Image) -> tk.PhotoImage:
    """For Tk, by way of a format that costs nothing to write or to read."""
    rgb = picture.convert("RGB")
    data = b"P6 %d %d 255\n" % rgb.size + rgb.tobytes()
    return tk.PhotoImage(master=master, data=data, format="ppm")


@cache
def box(
    width: int, height: int, radius: int, ground: str, fill: str, edge: str = "", line: int = 1
) -> Image.Image:
    """A rectangle with round corners, with an edge of `line` pixels inside it."""
    picture = Image.new("RGB", (width, height), edge or fill)
    if edge:
        picture.paste(fill, (line, line, width - line, height - line))
    # Only the corners are drawn finer: a whole card of them would take as long as all the rest.
    side = min(max(radius, line) + 1, width, height)
    corner = _corner(side, radius, ground, fill, edge, line)
    for turn, corner_at in (
        (None, (0, 0)),
        (Image.Transpose.FLIP_LEFT_RIGHT, (width - side, 0)),
        (Image.Transpose.FLIP_TOP_BOTTOM, (0, height - side)),
        (Image.Transpose.ROTATE_180, (width - side, height - side)),
    ):
        picture.paste(corner if turn is None else corner.transpose(turn), corner_at)
    return picture


@cache
def ringed(
    width: int, height: int, radius: int, ground: str, fill: str, ring: str, line: int
) -> Image.Image:
    """The same with the keyboard: a ring around it, and the ground between, which tells the ring
    from a fill of any colour."""
    picture = box(width, height, radius, ground, ground, ring, line).copy()
    inner = 2 * line
    size = max(width - 2 * inner, 1), max(height - 2 * inner, 1)
    picture.paste(box(*size, max(radius - inner, 1), ground, fill), (inner, inner))
    return picture


def _corner(side: int, radius: int, ground: str, fill: str, edge: str, line: int) -> Image.Image:
    """The upper left one."""
    finer = side * _FINER
    picture = Image.new("RGB", (finer, finer), ground)
    ImageDraw.Draw(picture).rounded_rectangle(
        (0, 0, 3 * finer, 3 * finer),
        radius * _FINER,
        fill,
        edge or None,
        line * _FINER if edge else 0,
    )
    return picture.resize((side, side), Image.Resampling.BOX)


def ring(size: int, share: float, ground: str, track: str, colour: str) -> Image.Image:
    """A ring of which so much is left, from twelve o'clock, clockwise; with round ends."""
    full, width = size * _FINER, max(size // 11, 3) * _FINER
    picture = Image.new("RGB", (full, full), ground)
    pen = ImageDraw.Draw(picture)
    frame = (0, 0, full - 1, full - 1)
    pen.arc(frame, 0, 360, track, width)
    if share > 0:
        begin, end = -90 + 360 * (1 - min(share, 1.0)), 270.0
        pen.arc(frame, begin, end, colour, width)
        for degrees in (begin, end):
            x, y = _on_circle(full, (full - width) / 2, degrees)
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), colour)
    return picture.resize((size, size), Image.Resampling.BOX)


@cache
def arrow(size: int, to_the_left: bool, ground: str, colour: str) -> Image.Image:
    """A thick arrow in a square."""
    full = size * _FINER
    picture = Image.new("RGB", (full, full), ground)
    pen = ImageDraw.Draw(picture)
    head = [(0.98, 0.5), (0.52, 0.06), (0.52, 0.94)]
    pen.polygon([(x * full, y * full) for x, y in head], colour)
    pen.rounded_rectangle((0.03 * full, 0.35 * full, 0.6 * full, 0.65 * full), 0.06 * full, colour)
    if to_the_left:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return picture.resize((size, size), Image.Resampling.BOX)


def _on_circle(full: int, radius: float, degrees: float) -> tuple[float, float]:
    angle = radians(degrees)
    return full / 2 + radius * cos(angle), full / 2 + radius * sin(angle)
