"""Writes pictures/moving.gif: a movement as the guide shows it, one side and then the other."""

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from qlbreak import data
from qlbreak.core.model import score
from qlbreak.core.model.terms import Side
from qlbreak.figures import moving

TARGET = Path(__file__).parent / "pictures" / "moving.gif"
MOVEMENT = "len-seat-reach"
SECONDS = 6  # in the guide it is longer
A_SECOND = 10  # frames; GIF counts in hundredths, and browsers show none for less than two
SIZE = (560, 320)
FIGURE, RING = 304, 132
PAPER, INK, MUTED, GREEN, TRACK = "#fdfcf8", "#20302b", "#55645e", "#1b6b5c", "#d5d4c8"
LABELS = {Side.LEFT: "Left side", Side.RIGHT: "Right side"}


def frames() -> Iterator[Image.Image]:
    """In their order, at the same pace; the last goes over into the first."""
    for side, number in itertools.product((Side.LEFT, Side.RIGHT), range(SECONDS * A_SECOND)):
        yield frame(side, number)


def frame(side: Side, number: int) -> Image.Image:
    """One of those of a side."""
    seconds = number / A_SECOND
    page = Image.new("RGB", SIZE, PAPER)
    figure = _figure(side, seconds)
    page.paste(figure, (8, 8), figure)
    pen = ImageDraw.Draw(page)
    pen.text((330, 40), LABELS[side], INK, _font(40))
    pen.text((332, 96), data.load().movements[MOVEMENT].plain_name, MUTED, _font(20))
    _ring(page, (332, 146), SECONDS - int(seconds))
    return page


def _figure(side: Side, seconds: float) -> Image.Image:
    drawn = moving.load()[MOVEMENT]
    phases = score.work(data.load().movements[MOVEMENT], SECONDS)
    return moving.draw(drawn, side, moving.motion(drawn, phases).at(seconds), FIGURE)


def _ring(page: Image.Image, corner: tuple[int, int], left: int) -> None:
    """The seconds that are left, as a number and an arc; drawn larger, so that its edges are even.

    Once a second, as in the guide: with each frame the file would be half as large again.
    """
    fine = Image.new("RGB", (RING * 3, RING * 3), PAPER)
    pen = ImageDraw.Draw(fine)
    box = (3, 3, RING * 3 - 3, RING * 3 - 3)
    pen.arc(box, 0, 360, TRACK, 30)
    pen.arc(box, -90, -90 + 360 * left / SECONDS, GREEN, 30)
    page.paste(fine.reduce(3), corner)
    middle = (corner[0] + RING / 2, corner[1] + RING / 2)
    ImageDraw.Draw(page).text(middle, str(left), INK, _font(52), "mm")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The one that Pillow brings along: it is the same everywhere."""
    return ImageFont.load_default(size)


def main() -> None:
    """In one palette, so that from frame to frame only what moves is written."""
    drawn = list(frames())
    both = Image.new("RGB", (SIZE[0], SIZE[1] * 2))
    for row, number in enumerate((0, len(drawn) // 4)):
        both.paste(drawn[number], (0, row * SIZE[1]))
    palette = both.quantize(40, Image.Quantize.MAXCOVERAGE)
    first, *rest = (one.quantize(palette=palette, dither=Image.Dither.NONE) for one in drawn)
    first.save(
        TARGET, save_all=True, append_images=rest, duration=1000 // A_SECOND, loop=0, optimize=True
    )


if __name__ == "__main__":
    main()
