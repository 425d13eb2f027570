"""What somebody who knows the person asks for: a programme of weeks, movement by movement."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from qlbreak.core.model.movements import Exercise, Movement
from qlbreak.core.model.terms import Side

WEEK = 7
WEEKS, A_WEEK, TIMES = 26, 20, 8  # the most of each
# A dose may be so many times the largest usual one; of balls, and of what is strong, it may not.
BEYOND = 2
_LEAST_HELD = 5
_MOST = 600

Name = Annotated[str, Meta(min_length=1, max_length=120)]
Note = Annotated[str, Meta(max_length=400)]
Id = Annotated[str, Meta(min_length=1, max_length=80)]
WeekNumber = Annotated[int, Meta(ge=1, le=WEEKS)]


class Prescription(Struct, frozen=True, omit_defaults=True):
    """A movement as it is asked for. Either `repetitions` or `seconds` of holding; `takes`: the
    seconds of its set, for each side, with the ways in and out. `side`: LEFT or RIGHT alone; BOTH
    means each in turn where there are sides. `times` a day.
    """

    movement: Id
    takes: Annotated[int, Meta(ge=1, le=86_400)]
    repetitions: Annotated[int, Meta(ge=1, le=_MOST)] | None = None
    seconds: Annotated[int, Meta(ge=1, le=_MOST)] | None = None
    side: Side = Side.BOTH
    times: Annotated[int, Meta(ge=1, le=TIMES)] = 1

    def sides(self, *, sided: bool) -> tuple[Side, ...]:
        """Those that it is for."""
        return (Side.LEFT, Side.RIGHT) if sided and self.side is Side.BOTH else (self.side,)

    def exercise(self, movement: Movement) -> Exercise:
        only = self.side if movement.sided and self.side is not Side.BOTH else None
        return Exercise(movement, self.takes, only=only)


class WeekSpan(Struct, frozen=True, omit_defaults=True):
    """The weeks from `first` to `last`, both included. `leave_out`: movements by their ids."""

    first: WeekNumber
    last: WeekNumber
    asked: Annotated[tuple[Prescription, ...], Meta(max_length=A_WEEK)] = ()
    leave_out: Annotated[tuple[Id, ...], Meta(max_length=_MOST)] = ()

    @property
    def movements(self) -> frozenset[str]:
        """The ids of those that are asked for."""
        return frozenset(one.movement for one in self.asked)


class Programme(Struct, frozen=True, omit_defaults=True):
    """`by`: from whom it is. Its first week begins on the day `start`; weeks of which no span tells
    ask for nothing."""

    name: Name
    by: Name
    start: date
    spans: Annotated[tuple[WeekSpan, ...], Meta(min_length=1, max_length=WEEKS)]
    note: Note = ""

    @property
    def weeks(self) -> int:
        return max(span.last for span in self.spans)

    def week(self, day: date) -> int:
        """Which one that is, from 1; 0 before the first, and one more than there are after the
        last."""
        days = (day - self.start).days
        return 0 if days < 0 else min(days // WEEK, self.weeks) + 1

    def over(self, day: date) -> bool:
        return self.week(day) > self.weeks

    def span(self, week: int) -> WeekSpan | None:
        return next((span for span in self.spans if span.first <= week <= span.last), None)

    def on(self, day: date) -> WeekSpan | None:
        """What holds on that day."""
        return self.span(self.week(day))

    def days(self, week: int) -> Iterator[date]:
        for number in range(WEEK):
            yield self.start + timedelta(days=WEEK * (week - 1) + number)

    @property
    def last_day(self) -> date:
        return self.start + timedelta(days=WEEK * self.weeks - 1)


def bounds(movement: Movement) -> tuple[int, int]:
    """The fewest and the most repetitions, or seconds of holding, that a programme may ask for."""
    dose = movement.dose
    least, _, most = dose.range
    reach = 1 if movement.ball or movement.level == "strong" else BEYOND
    return 1 if dose.reps else min(least, _LEAST_HELD), min(most * reach, _MOST)
