"""Which routine comes next, and for which side."""

from typing import NamedTuple

from qlbreak.core.events import Fact, Shown
from qlbreak.core.movements import Catalogue, Routine
from qlbreak.core.terms import (
    Side,
)

# What every workplace has. What needs more waits until the person says that it is there.
EVERYWHERE = frozenset({"chair", "desk", "wall"})


class Choice(NamedTuple):
    routine: str
    side: Side


class Rotation:
    """Goes round the routines of a length, never the last one again, the sides in turn."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._routines: dict[int, list[Routine]] = {}  # by length; asked for with every tick
        for routine in catalogue.routines.values():
            if catalogue.equipment(routine) <= EVERYWHERE:
                self._routines.setdefault(routine.length_s, []).append(routine)
        self._last: dict[int, str] = {}
        self._side = Side.RIGHT

    def apply(self, fact: Fact) -> None:
        if not isinstance(fact, Shown):
            return
        routine = self._catalogue.routines.get(fact.routine)
        if routine is not None:
            self._last[routine.length_s] = routine.id
        if fact.side is not Side.BOTH:
            self._side = fact.side

    def length(self, name: str) -> int:
        """Seconds of a routine, 0 for one that is not known any more."""
        routine = self._catalogue.routines.get(name)
        return routine.length_s if routine is not None else 0

    def choose(self, length_s: int) -> Choice:
        """The next routine of *length_s* seconds."""
        candidates = self._routines[length_s]
        ids = [routine.id for routine in candidates]
        last = self._last.get(length_s)
        routine = candidates[(ids.index(last) + 1) % len(ids) if last in ids else 0]
        return Choice(routine.id, self._turn() if self._catalogue.one_sided(routine) else Side.BOTH)

    def _turn(self) -> Side:
        return Side.LEFT if self._side is Side.RIGHT else Side.RIGHT
