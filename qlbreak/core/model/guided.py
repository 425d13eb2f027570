"""A routine under guidance: where the person is in it, and what was really done of it."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from qlbreak.core.model.movements import Exercise, Movement
from qlbreak.core.model.routine import Moment, Stretch, timeline
from qlbreak.core.model.terms import Side

# Longer between two looks than any window takes to redraw: the machine slept, nobody exercised.
_LONGEST_LOOK = 5.0
# Going back means the leg before only for who has just begun this one, as on a music player.
_JUST_BEGUN = 3.0


class Work(Struct, frozen=True):
    """So many seconds of a movement were done for this side; `extra`: in an extra set."""

    movement: str
    side: Side
    seconds: Annotated[float, Meta(ge=0, le=3600)]
    extra: bool = False


class Session:
    """Runs through the stretches of a routine. Time is an argument; nothing is ever forced.

    Stretches come in pairs, a leg: getting ready or changing sides, then the work for one side.
    """

    def __init__(self, blocks: Sequence[Exercise], side: Side) -> None:
        self._blocks = tuple(blocks)
        self.stretches: tuple[Stretch, ...] = tuple(timeline(blocks, side))
        self._index = 0
        self.elapsed = 0.0  # seconds of the present stretch
        self.paused = False
        self._done = [0.0] * len(self.stretches)  # the most that a stretch was ever done
        self._taken = [0.0] * len(self.stretches)

    @property
    def over(self) -> bool:
        return self._index >= len(self.stretches)

    @property
    def stretch(self) -> Stretch:
        """The present one; the last one where all is over."""
        return self.stretches[min(self._index, len(self.stretches) - 1)]

    @property
    def movement(self) -> Movement:
        return self.movement_of(self.stretch)

    @property
    def coming(self) -> Stretch | None:
        """The work after the present leg, None in the last one."""
        later = self.stretches[self._leg + 3 :: 2]
        return later[0] if later else None

    @property
    def left(self) -> float:
        """Seconds until the present stretch is over."""
        return 0.0 if self.over else max(self.stretch.seconds - self.elapsed, 0.0)

    @property
    def left_in_all(self) -> float:
        return self.left + sum(stretch.seconds for stretch in self.stretches[self._index + 1 :])

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1."""
        planned = sum(s.seconds for s in self.stretches if s.moment is Moment.WORK)
        return sum(self._done) / planned

    def done(self, side: Side) -> float:
        """Seconds that were done for this side."""
        pairs = zip(self.stretches, self._done, strict=True)
        return sum(seconds for stretch, seconds in pairs if stretch.side is side)

    def movement_of(self, stretch: Stretch) -> Movement:
        return self._blocks[stretch.block].movement

    def work_s(self, stretch: Stretch) -> int:
        """The seconds of the work that the stretch is of, or leads to."""
        return self._blocks[stretch.block].seconds

    def extra(self, stretch: Stretch) -> bool:
        """Is it the extra set?"""
        return self._blocks[stretch.block].extra_side

    def advance(self, seconds: float) -> None:
        """So much time has passed since the last call."""
        if self.paused or not 0 < seconds <= _LONGEST_LOOK:
            return
        while seconds > 0 and not self.over:
            step = min(seconds, self.left)
            self.elapsed += step
            seconds -= step
            if self.stretch.moment is Moment.WORK:
                self._done[self._index] = max(self._done[self._index], self.elapsed)
            if self.left <= 1e-9:
                self._go(self._index + 1)

    def toggle(self) -> None:
        """Pause, or go on."""
        self.paused = not self.paused

    def next(self) -> None:
        """On to the next leg, whatever is left of this one."""
        self._go(self._leg + 2)

    def back(self) -> None:
        """To the start of this leg, or of the one before."""
        begun = self.elapsed if self._index == self._leg else _JUST_BEGUN
        fresh = self.over or begun < _JUST_BEGUN
        self._go(max(self._leg - 2 if fresh else self._leg, 0))

    def finish(self) -> None:
        """Enough: to the end."""
        self._go(len(self.stretches))

    def take(self) -> list[Work]:
        """What was done since the last call, leg by leg; what was done twice counts once."""
        works = []
        for index, stretch in enumerate(self.stretches):
            more = self._done[index] - self._taken[index]
            running = index == self._index and not self.paused
            if more > 0 and not running:
                self._taken[index] = self._done[index]
                name, extra = self.movement_of(stretch).id, self.extra(stretch)
                works.append(Work(name, stretch.side, round(more, 1), extra))
        return works

    @property
    def _leg(self) -> int:
        return self._index - self._index % 2

    def _go(self, index: int) -> None:
        self._index, self.elapsed = min(index, len(self.stretches)), 0.0
