"""The pictures of the set-up: what a break is, and the icon in its states."""

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from qlbreak.core.model.movements import Position
from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from qlbreak.tray.states import picture

if TYPE_CHECKING:
    from qlbreak.tray.states import Picture

_BREAK = "len-boomerang-wall"
_FINER = 4


def a_break(size: int, *, dark: bool, ink: str) -> Image.Image:
    """Somebody who sits, an arrow, and the same person at a wall; `size` is the height."""
    sits, stretches = moving.generic(Position.SEATED), moving.load()[_BREAK]
    left = moving.draw(sits, Side.LEFT, moving.start(sits), size, dark=dark, still=True)
    told = moving.telling(stretches)
    right = moving.draw(stretches, Side.LEFT, told, size, dark=dark, still=True)
    gap = size // 2
    made = Image.new("RGBA", (2 * size + gap, size), (0, 0, 0, 0))
    made.paste(left, (0, 0))
    made.paste(right, (size + gap, 0))
    arrow = _arrow(gap, size // 4, ink)
    made.alpha_composite(arrow, (size, (size - arrow.height) // 2))
    return made


def _arrow(width: int, height: int, ink: str) -> Image.Image:
    wide, high = width * _FINER, height * _FINER
    made = Image.new("RGBA", (wide, high), (0, 0, 0, 0))
    pen = ImageDraw.Draw(made)
    middle, head, thick = high / 2, high * 0.5, high * 0.14
    begin, end = wide * 0.12, wide * 0.88
    pen.rectangle((begin, middle - thick / 2, end - head * 0.7, middle + thick / 2), fill=ink)
    tip = [(end, middle), (end - head, middle - head / 2), (end - head, middle + head / 2)]
    pen.polygon(tip, fill=ink)
    return made.reduce(_FINER)


def icon(state: str, fraction: float, size: int) -> Image.Image:
    """As the tray shows it."""
    from qlbreak.tray.icon import draw

    shown: Picture = picture(state, fraction)
    return draw(shown, size)
