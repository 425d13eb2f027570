"""The moving figures: what stands in data/figures.toml, as pictures for a side and a moment."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from qlbreak.core.model.movements import Position
from qlbreak.figures.body import Between
from qlbreak.figures.description import FILE, Book, Figure, FigureError, parse
from qlbreak.figures.picture import draw
from qlbreak.figures.sheet import sheet
from qlbreak.figures.timing import Score, of_step, score, start, telling

__all__ = [
    "Between", "Figure", "FigureError", "Score",
    "draw", "generic", "load", "of_step", "score", "sheet", "start", "telling",
]  # fmt: skip


def load() -> Mapping[str, Figure]:
    """Return the figures by the ids of their movements; raises FigureError."""
    return _book().figures


def generic(position: Position) -> Figure:
    """Return a person who does nothing, for a movement that has no figure."""
    return _book().neutral[position]


@cache
def _book() -> Book:
    return parse(files("qlbreak.data").joinpath(FILE).read_text("utf-8"))
