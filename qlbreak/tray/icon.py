"""The tray icon, drawn with Pillow: a ring that fills with sitting, and a shape for each state."""

import math
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from qlbreak.tray.states import (
    FILE,
    PICTURES,
    SIZES,
    STATES,
    STEPS,
    Picture,
    Pixmap,
    packed,
    picture,
)

FILE_SIZE = 64
SHOWN_FRACTION = 2 / 3
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)

# A dark coin lies under every light sign, so the same picture reads on a light and on a dark
# panel, whose colour nobody can ask for.
COIN = "#1d2932"
TRACK = "#52636f"
INK = "#f5f8f9"
SOFT = "#c5ced5"
TEAL = "#2ec9ae"
AMBER = "#ffad26"
RED = "#e23d41"
# Between 0.17 and 0.26 of relative luminance a colour has 3:1 to white and to #2b2b2b alike
# (WCAG 1.4.11): what has no coin under it needs one of these.
GREY = "#7b8993"


_SWAY = 1.2  # sixteenths: a pixel of 16, two of 22


class Pen:
    """Draws on a grid of sixteenths from the centre, x to the right, y down; edges on pixels.
    `sway`: to which side whoever sits there leans."""

    def __init__(self, size: int, sway: int = 0) -> None:
        self.size, self.sway = size, sway
        self._aside = 0  # whole pixels, so that what is moved keeps its shape
        self.scale = 8 if size <= 32 else 4
        side = size * self.scale
        self.image = Image.new("RGBA", (side, side))
        self._draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        return self.image.reduce(self.scale)

    def snap(self, length: float) -> int:
        """Sixteenths to whole pixels, halves away from zero so that both sides stay equal."""
        return int(math.copysign(abs(length) * self.size / 16 + 0.5, length))

    def _xy(self, x: float, y: float) -> tuple[float, float]:
        half = self.size / 2
        along = half + self.snap(x) + self._aside
        return along * self.scale, (half + self.snap(y)) * self.scale

    def lean(self) -> None:
        """All that is drawn from now on."""
        self._aside = self.snap(_SWAY * self.sway)

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, ...]:
        right, bottom = self._xy(x1, y1)
        return (*self._xy(x0, y0), right - 1, bottom - 1)  # Pillow paints the last one too

    def disc(self, x: float, y: float, r: float, colour: str) -> None:
        (x0, y0), wide = self._xy(x, y), self.snap(r) * self.scale
        box = x0 - wide, y0 - wide, x0 + wide - 1, y0 + wide - 1
        if self.snap(r) > 1:
            self._draw.ellipse(box, colour)
        else:  # two pixels make a crisp square and a blurred circle
            self._draw.rectangle(box, colour)

    def bar(
        self, x0: float, y0: float, x1: float, y1: float, colour: str, corner: float = 0.5
    ) -> None:
        radius = math.floor(corner * self.size / 16) * self.scale
        self._draw.rounded_rectangle(self._box(x0, y0, x1, y1), radius, colour)

    def shape(self, colour: str, *points: tuple[float, float], grow: float = 0) -> None:
        """A polygon, swollen by `grow` so that its corners are round."""
        edges = [self._xy(x, y) for x, y in points]
        corners = [(x - 0.5, y - 0.5) for x, y in edges]  # Pillow counts from pixels' centres
        self._draw.polygon(corners, colour)
        r = self.snap(grow) * self.scale
        if r:
            self._draw.line([*corners, *corners[:2]], colour, 2 * r, "curve")

    def arc(self, y: float, r: float, width: float, start: float, end: float, colour: str) -> None:
        """Clockwise from start to end, in degrees from twelve o'clock; r is the outer radius."""
        box, wide = self._box(-r, y - r, r, y + r), self.snap(width) * self.scale
        self._draw.arc(box, start - 90, end - 90, colour, wide)


def _coin(pen: Pen) -> None:
    pen.disc(0, 0, 8, COIN)


def _ring(pen: Pen, steps: int, colour: str) -> None:
    _coin(pen)
    pen.arc(0, 7, 2, 0, 360, TRACK)
    if steps:
        pen.arc(0, 7, 2, 0, 360 * steps / STEPS, colour)


def _sitting(pen: Pen, steps: int) -> None:
    _ring(pen, steps, TEAL)
    pen.lean()
    pen.disc(-1.75, -3, 1.2, INK)
    pen.bar(-3, -1, -1, 2.75, INK)
    pen.bar(-3, 0.75, 3, 2.75, INK)
    pen.bar(1, 0.75, 3, 3.75, INK)


def _due(pen: Pen, _: int) -> None:
    _coin(pen)
    pen.disc(0, 0, 7, AMBER)
    pen.shape(COIN, (0, -5), (5, 0), (-5, 0))
    pen.bar(-2, -1, 2, 5, COIN)


def _snoozed(pen: Pen, _: int) -> None:
    _coin(pen)
    pen.bar(-4, -5, 4, -3, AMBER, 0)
    pen.shape(AMBER, (1.1, -3), (4, -3), (-1.1, 3), (-4, 3))
    pen.bar(-4, 3, 4, 5, AMBER, 0)


def _held(pen: Pen, _: int) -> None:
    _ring(pen, STEPS, AMBER)
    for x in (-3, 0, 3):
        pen.disc(x, 0, 1, INK)


def _paused(pen: Pen, _: int) -> None:
    _coin(pen)
    pen.bar(-4, -5, -1.1, 5, SOFT)
    pen.bar(1.1, -5, 4, 5, SOFT)


def _quiet(pen: Pen, _: int) -> None:
    _coin(pen)
    pen.disc(0, 0, 6, SOFT)
    pen.disc(2.25, -2, 4.5, COIN)


def _person(pen: Pen, colour: str, k: float) -> None:
    pen.disc(0, -4.75 * k, 2 * k, colour)
    pen.bar(-3 * k, -2 * k, 3 * k, 2 * k, colour, k)
    pen.bar(-2 * k, 0, 2 * k, 6.25 * k, colour, k / 2)
    if pen.snap(0.3 * k):  # small people stand on one leg: a gap would split them in half
        pen.bar(-0.3 * k, 2 * k, 0.3 * k, 6.25 * k, COIN, 0)


def _meeting(pen: Pen, _: int) -> None:
    _coin(pen)
    pen.bar(-5, -5, 5, 2, TEAL, 1.5)
    pen.shape(TEAL, (-3, 1), (1, 1), (-3, 5))
    for x in (-2.75, 0, 2.75):
        pen.disc(x, -1.5, 0.8, COIN)


def _standing(pen: Pen, _: int) -> None:
    _coin(pen)
    _person(pen, TEAL, 1)


def _away(pen: Pen, _: int) -> None:
    for start in range(0, 360, 45):
        pen.arc(0, 7, 2, start - 15, start + 15, GREY)


def _unknown(pen: Pen, _: int) -> None:
    _coin(pen)
    pen.arc(-2, 4, 2, -90, 180, SOFT)
    pen.bar(-1.1, 0, 1.1, 3, SOFT, 0)
    pen.bar(-1.1, 4, 1.1, 6, SOFT)


def _error(pen: Pen, _: int) -> None:
    corners = (0, -5.5), (6, 6), (-6, 6)
    pen.shape(COIN, *corners, grow=2)
    pen.shape(RED, *corners, grow=1.1)
    pen.bar(-1.1, -3, 1.1, 3, INK)
    pen.bar(-1.1, 4, 1.1, 6, INK)


SHAPES: dict[str, Callable[[Pen, int], None]] = {
    "sitting": _sitting,
    "due": _due,
    "snoozed": _snoozed,
    "held": _held,
    "meeting": _meeting,
    "paused": _paused,
    "quiet": _quiet,
    "standing": _standing,
    "away": _away,
    "unknown": _unknown,
    "error": _error,
}


def draw(shown: Picture, size: int) -> Image.Image:
    """RGBA; the size is even, so that the centre lies between two pixels."""
    pen = Pen(size, shown.sway)
    SHAPES[shown.state](pen, shown.steps)
    return pen.finished()


def pixmap(image: Image.Image) -> Pixmap:
    """As hosts take it over the bus."""
    red, green, blue, alpha = image.convert("RGBA").split()
    return image.width, image.height, Image.merge("RGBA", (alpha, red, green, blue)).tobytes()


def emblem(size: int) -> Image.Image:
    """The program's own sign: long sitting, a short break, somebody on their feet."""
    pen = Pen(size)
    _coin(pen)
    pen.arc(0, 7, 2, 0, 285, TEAL)
    pen.arc(0, 7, 2, 300, 345, AMBER)
    _person(pen, INK, 0.62)
    return pen.finished()


def write(folder: Path) -> None:
    """The files of `icons/`: a picture for each state, and the program's own; and all of the tray's
    pixels."""
    for state in STATES:
        shown = picture(state, SHOWN_FRACTION)
        draw(shown, FILE_SIZE).save(folder / f"{state}.png", optimize=True)
    drawn = [[pixmap(draw(shown, size)) for size in SIZES] for shown in PICTURES]
    (folder / FILE).write_bytes(packed(drawn))
    own = [emblem(size) for size in ICO_SIZES]
    own[-1].save(folder / "qlbreak.png", optimize=True)
    own[-1].save(
        folder / "qlbreak.ico", sizes=[(size, size) for size in ICO_SIZES], append_images=own[:-1]
    )


def main() -> int:
    """`python -m qlbreak.tray.icon DIR`"""
    if len(sys.argv) != 2 or not (folder := Path(sys.argv[1])).is_dir():
        sys.stderr.write("usage: python -m qlbreak.tray.icon DIR (an existing folder)\n")
        return 2
    write(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
