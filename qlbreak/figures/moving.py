"""The moving figures: what stands in data/figures.toml, for a side and a moment, or on a sheet."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from qlbreak.core.model.movements import Movement, Position
from qlbreak.core.model.terms import Side
from qlbreak.figures.body import Between
from qlbreak.figures.description import FILE, Book, Figure, FigureError, parse
from qlbreak.figures.picture import draw
from qlbreak.figures.timing import Motion, motion, of_step, poses, start, telling

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = [
    "Between", "Figure", "FigureError", "Motion",
    "draw", "generic", "load", "motion", "of_step", "poses", "sheet", "start", "telling",
]  # fmt: skip

_LIGHT = ((255, 255, 255), (38, 50, 66))  # paper, ink
_DARK = ((30, 33, 38), (236, 234, 228))


def load() -> Mapping[str, Figure]:
    """Return the figures by the ids of their movements; raises FigureError."""
    return _book().figures


def generic(position: Position) -> Figure:
    """Return a person who does nothing, for a movement that has no figure."""
    return _book().neutral[position]


@cache
def _book() -> Book:
    return parse(files("qlbreak.data").joinpath(FILE).read_text("utf-8"))


def sheet(
    movements: Iterable[Movement],
    figures: Mapping[str, Figure],
    *,
    columns: int = 6,
    cell: int = 220,
    dark: bool = False,
) -> "Image":
    """Draw the telling poses for the left side, on an opaque background, with the names below."""
    from PIL import Image, ImageDraw, ImageFont

    shown = [movement for movement in movements if movement.id in figures]
    paper, ink = _DARK if dark else _LIGHT
    text, gap = max(cell // 16, 8), cell // 20
    height = cell + 3 * text + gap
    rows = -(-len(shown) // columns)
    page = Image.new("RGB", (columns * cell, max(rows, 1) * height + gap), paper)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(text)
    for index, movement in enumerate(shown):
        x, y = index % columns * cell, index // columns * height + gap
        picture = _telling(figures[movement.id], cell - gap, dark)
        page.paste(picture, (x + gap // 2, y), picture)
        lines = _lines(movement.plain_name, 24)
        pen.multiline_text(
            (x + cell / 2, y + cell), lines, fill=ink, font=font, anchor="ma", align="center"
        )
    return page


def _telling(figure: Figure, size: int, dark: bool) -> "Image":
    return draw(figure, Side.LEFT, telling(figure), size, dark=dark, still=True)


def _lines(name: str, width: int) -> str:
    """Break a name that is too long for one line."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
