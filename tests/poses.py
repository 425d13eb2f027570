"""Which poses of its figure belong to a step of a movement: those of its phases."""

from collections.abc import Iterator
from itertools import groupby

from qlbreak import data
from qlbreak.core.model.score import work
from qlbreak.figures import moving

MOVEMENTS = data.load().movements
FIGURES = moving.load()


def in_step(name: str, step: int) -> list[int]:
    """In their order, as the score comes to them; counted from 0."""
    return [pose for pose, _ in groupby(_come_to(name, step))]


def _come_to(name: str, step: int) -> Iterator[int]:
    phases, last = work(MOVEMENTS[name], MOVEMENTS[name].default_s), 0
    for phase, path in zip(phases, moving.poses(FIGURES[name], phases), strict=True):
        if phase.step == step:
            yield from path or (last,)
        last = path[-1] if path else last


def held(name: str) -> int:
    """The one pose that is held."""
    movement = MOVEMENTS[name]
    phases, last = work(movement, movement.default_s), 0
    found = set()
    for phase, path in zip(phases, moving.poses(FIGURES[name], phases), strict=True):
        last = path[-1] if path else last
        if phase.part == "hold":
            found.add(last)
    (one,) = found
    return one
