"""What goes into the charts: days, weeks and check-ins of a record, as plain values."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from qlbreak.core.coach import check_ins
from qlbreak.core.coach.check_ins import median
from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.statistics.figures import LATELY, Figures, between, monday, total

# Weeks before this one.
YEAR = 52
HALF_YEAR = 25
QUARTER = 12  # shown day by day; also the span of the check-ins
_ENOUGH = 4  # entries: fewer say nothing about what is usual

Days = Mapping[date, Figures]


class Week(Struct, frozen=True):
    """From Monday to Sunday. `days`: on how many of them something was."""

    monday: date
    days: int
    figures: Figures

    def mean(self, seconds: float) -> float:
        """Of a sum over the week, what comes to a day on which something was."""
        return seconds / self.days if self.days else 0.0


class Checked(Struct, frozen=True):
    """An answered check-in."""

    day: date
    levels: CheckedIn


class Point(Struct, frozen=True):
    """Of one side; `usual`: the median of the four weeks up to this day, None before there are
    enough entries."""

    day: date
    level: int
    usual: float | None


def start(today: date, back: int) -> date:
    """The Monday of so many weeks before this one."""
    return monday(today) - timedelta(weeks=back)


def lately(days: Days, today: date) -> dict[date, Figures]:
    return between(days, today - timedelta(days=LATELY - 1), today)


def weeks(days: Days, first: date, last: date) -> list[Week]:
    """Without a gap, from the first one on in which something was."""
    found: dict[date, list[Figures]] = {}
    for day, figures in between(days, first, last).items():
        found.setdefault(monday(day), []).append(figures)
    if not found:
        return []
    number = (monday(last) - min(found)).days // 7 + 1
    mondays = [min(found) + timedelta(weeks=week) for week in range(number)]
    return [Week(day, len(found.get(day, ())), total(found.get(day, ()))) for day in mondays]


def entries(days: Days, first: date, last: date) -> list[Checked]:
    """The check-ins that were answered, in order; of one that was said again soon the last word."""
    told = [(fact, day) for day in between(days, first, last) for fact in days[day].check_ins]
    when = {fact.at: day for fact, day in told}
    return [Checked(when[fact.at], fact) for fact in check_ins.entries(fact for fact, _ in told)]


def points(found: Sequence[Checked], first: date) -> dict[str, list[Point]]:
    """From *first* on, by side: left, right and middle, without those that no entry has. What is
    usual takes the entries before that day into account."""
    sides: dict[str, list[Point]] = {}
    for side in ("left", "right", "middle"):
        every = [(entry.day, getattr(entry.levels, side)) for entry in found]
        levels = [(day, level) for day, level in every if level is not None]
        marks = [Point(*last, _usual(levels[:number])) for number, last in enumerate(levels, 1)]
        if shown := [point for point in marks if point.day >= first]:
            sides[side] = shown
    return sides


def _usual(levels: Sequence[tuple[date, int]]) -> float | None:
    if len(levels) < _ENOUGH:
        return None
    last = levels[-1][0]
    return median([level for day, level in levels if last - day < check_ins.USUAL])
