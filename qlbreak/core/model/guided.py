"""A routine under guidance: where the person is in its score, and what was really done of it."""

from collections.abc import Sequence, Set
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from qlbreak.core.model.movements import Exercise, Movement
from qlbreak.core.model.score import Moment, ScorePhase, Stretch, score
from qlbreak.core.model.terms import Side

# Longer between two looks than any window takes to redraw: the machine slept, nobody exercised.
_LONGEST_LOOK = 5.0
# Going back means the leg before only for who has just begun this one, as on a music player.
_JUST_BEGUN = 3.0
_BIT = 1e-9


class Work(Struct, frozen=True):
    """So many seconds of a movement were done for this side; `extra`: in an extra set."""

    movement: str
    side: Side
    seconds: Annotated[float, Meta(ge=0, le=3600)]
    extra: bool = False


class Session:
    """Plays a score. Time is an argument; nothing is ever forced.

    Its stretches come in pairs, a leg: getting ready or changing sides, then the work for a side.
    `phase` is the present one, `passed` its seconds so far; `jumps` counts how often the person
    has moved to another place, so that a phase that begins anew is known from one that goes on.
    `new`: movements that wait until the person is ready for them.
    """

    def __init__(self, blocks: Sequence[Exercise], side: Side, new: Set[str] = frozenset()) -> None:
        self.score = score(blocks, side, new)
        self._first = [  # of the phases of each stretch, and the end
            next(i for i, phase in enumerate(self.score.phases) if phase.stretch == number)
            for number in range(len(self.score.stretches))
        ] + [len(self.score.phases)]
        self._at = 0
        self.passed = 0.0  # seconds of the present phase
        self.paused = False
        self.jumps = 0
        self._ready: set[int] = set()  # the phases that the person was ready for
        self._done = [0.0] * len(self.stretches)  # the most that a stretch was ever done
        self._taken = [0.0] * len(self.stretches)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        return self.score.stretches

    @property
    def over(self) -> bool:
        return self._at >= len(self.score.phases)

    @property
    def phase(self) -> ScorePhase:
        """The present one; the last one where all is over."""
        return self.score.phases[min(self._at, len(self.score.phases) - 1)]

    @property
    def position(self) -> float:
        """Seconds of the score that lie behind."""
        return self.score.seconds if self.over else self.phase.begin + self.passed

    @property
    def waiting(self) -> bool:
        """Is it the person who says when it goes on?"""
        return not self.over and self.phase.waits and self._at not in self._ready

    @property
    def stretch(self) -> Stretch:
        """The present one; the last one where all is over."""
        return self.stretches[self.phase.stretch]

    @property
    def elapsed(self) -> float:
        """Seconds of the present stretch."""
        return 0.0 if self.over else self.position - self._begin(self.phase.stretch)

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
        return max(self.score.seconds - self.position, 0.0)

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1."""
        return sum(self._done) / self.planned

    def done(self, side: Side, before: int | None = None) -> float:
        """Seconds that were done for this side; *before*: in the blocks before that one."""
        pairs = zip(self.stretches, self._done, strict=True)
        counted = ((s, n) for s, n in pairs if before is None or s.block < before)
        return sum(seconds for stretch, seconds in counted if stretch.side is side)

    @property
    def planned(self) -> int:
        """Seconds of work in all."""
        return sum(s.seconds for s in self.stretches if s.moment is Moment.WORK)

    def movement_of(self, stretch: Stretch) -> Movement:
        return self.score.blocks[stretch.block].movement

    def work_s(self, stretch: Stretch) -> int:
        """The seconds of the work that the stretch is of, or leads to."""
        return self.score.blocks[stretch.block].seconds

    def extra(self, stretch: Stretch) -> bool:
        """Is it the extra set?"""
        return self.score.blocks[stretch.block].extra_side

    def advance(self, seconds: float) -> None:
        """So much time has passed since the last call."""
        if self.paused or not 0 < seconds <= _LONGEST_LOOK:
            return
        while seconds > 0 and not self.over and not self.waiting:
            phase = self.phase
            step = min(seconds, phase.seconds - self.passed)
            self.passed += step
            seconds -= step
            ends = phase.seconds - self.passed <= _BIT
            if phase.moment is Moment.WORK:
                self._count(phase.end if ends else self.position)
            if ends:
                self._at, self.passed = self._at + 1, 0.0

    def _count(self, position: float) -> None:
        stretch = self.phase.stretch
        last = self._at + 1 == self._first[stretch + 1] and position >= self.phase.end
        whole = float(self.stretches[stretch].seconds)
        done = whole if last else min(position - self._begin(stretch), whole)
        self._done[stretch] = max(self._done[stretch], done)

    def ready(self) -> None:
        """The person is ready: time goes on."""
        if self.waiting:
            self._ready.add(self._at)

    def toggle(self) -> None:
        """Pause, or go on."""
        self.paused = not self.paused

    def next(self) -> None:
        """On to the next leg, whatever is left of this one."""
        self._go(self._leg + 2)

    def back(self) -> None:
        """To the start of this leg, or of the one before."""
        leg = self._leg
        begun = self.elapsed if self._number == leg else _JUST_BEGUN
        fresh = self.over or begun < _JUST_BEGUN
        self._go(max(leg - 2 if fresh else leg, 0))

    def again(self) -> None:
        """Once more: this leg's work; for who gets ready for the next, the work just done."""
        number = self._number
        at_work = not self.over and self.stretch.moment is Moment.WORK
        self._go(number if at_work else max(number - 1, 0))

    def finish(self) -> None:
        """Enough: to the end."""
        self._go(len(self.stretches))

    def take(self) -> list[Work]:
        """What was done since the last call, leg by leg; what was done twice counts once."""
        works = []
        for index, stretch in enumerate(self.stretches):
            more = self._done[index] - self._taken[index]
            running = index == self._number and not self.paused
            if more > 0 and not running:
                self._taken[index] = self._done[index]
                name, extra = self.movement_of(stretch).id, self.extra(stretch)
                works.append(Work(name, stretch.side, round(more, 1), extra))
        return works

    def resume(self, before: "Session") -> bool:
        """From where *before* is, if its present block is what this one begins with."""
        if before.over or self.score.blocks[0] != before.score.blocks[before.stretch.block]:
            return False
        own = [n for n, s in enumerate(self.stretches) if s.block == 0]
        old = [n for n, s in enumerate(before.stretches) if s.block == before.stretch.block]
        sides = [[of.stretches[n].side for n in ns] for of, ns in ((self, own), (before, old))]
        if sides[0] != sides[1]:
            return False
        for here, there in zip(own, old, strict=True):
            self._done[here], self._taken[here] = before._done[there], before._taken[there]
        here, there = own[old.index(before._number)], before._number
        self._at = self._first[here]
        if self.stretch == replace(before.stretch, block=0):  # one may get ready for less long
            self._at += before._at - before._first[there]
            self.passed = before.passed
        self._ready = {self._at} if before._at in before._ready else set()
        self.paused = before.paused
        return True

    @property
    def _number(self) -> int:
        """Of the present stretch; that of none where all is over."""
        return len(self.stretches) if self.over else self.phase.stretch

    @property
    def _leg(self) -> int:
        return self._number - self._number % 2

    def _begin(self, stretch: int) -> float:
        return self.score.phases[self._first[stretch]].begin

    def _go(self, stretch: int) -> None:
        self._at, self.passed = self._first[min(stretch, len(self.stretches))], 0.0
        self.jumps += 1
