"""What became of programmes: week by week what was asked for, and what of it was done."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.core.model.facts import Discontinued, Prescribed
from qlbreak.core.model.guided import Work
from qlbreak.core.model.life import Life, Works
from qlbreak.core.model.movements import Catalogue, Movement
from qlbreak.core.model.programme import WEEK, Prescription, Programme
from qlbreak.core.model.rules import HALF, day_of
from qlbreak.core.model.terms import Ending, Evidence, Side

# A routine, or what was guided without one: when, what was done of it, how that is known.
Deed = tuple[datetime, tuple[Work, ...], Evidence]


class AskedRow(Struct, frozen=True):
    """A movement of a week, for one side, or for both at once; None where nobody knows it any more.
    `asked`: how often, over the days that the programme held and that have come. `done`: sets of
    which half or more was done; `seconds`: all that was. `days`: on how many days there was such a
    set."""

    prescription: Prescription
    movement: Movement | None
    side: Side
    asked: int
    done: int
    seconds: float
    days: int
    evidence: Mapping[Evidence, int] = {}


class AskedWeek(Struct, frozen=True):
    """`held`: the days of it on which the programme held, and that have come."""

    number: int
    first: date
    last: date
    held: int
    rows: tuple[AskedRow, ...]


class ProgrammeCourse(Struct, frozen=True):
    """`since`: when it was loaded. `until`: when it was ended, or replaced by another one; None
    where it was not, though its weeks may be over."""

    programme: Programme
    since: datetime
    until: datetime | None = None
    digest: str = ""
    weeks: tuple[AskedWeek, ...] = ()

    def holds(self, today: date) -> bool:
        return self.until is None and not self.programme.over(today)


class Programmes:
    """Takes the facts of one record in its order."""

    def __init__(self, turn: time, catalogue: Catalogue) -> None:
        self._turn, self._catalogue = turn, catalogue
        self._courses: list[ProgrammeCourse] = []

    def prescribed(self, fact: Prescribed) -> None:
        self._end(fact.at)
        self._courses.append(ProgrammeCourse(fact.programme, fact.at, digest=fact.digest))

    def discontinued(self, fact: Discontinued) -> None:
        self._end(fact.at)

    def _end(self, at: datetime) -> None:
        if self._courses and self._courses[-1].until is None:
            self._courses[-1] = replace(self._courses[-1], until=at)

    def told(self, deeds: Iterable[Deed], now: datetime) -> list[ProgrammeCourse]:
        """With what was done while each held, in the order in which they were loaded."""
        if not self._courses:
            return []
        known = list(deeds)
        return [replace(one, weeks=tuple(self._weeks(one, known, now))) for one in self._courses]

    def on(self, deeds: Iterable[Deed], now: datetime) -> tuple[AskedRow, ...]:
        """What the last one asks for on the day of *now*, and what of it was done then."""
        day = day_of(now, self._turn)
        course = self._courses[-1] if self._courses else None
        if course is None or not course.holds(day):
            return ()
        found = [
            (day, deed)
            for deed in deeds
            if course.since <= deed[0] and day_of(deed[0], self._turn) == day
        ]
        return tuple(self._rows(course.programme, course.programme.week(day), 1, found))

    def _weeks(
        self, course: ProgrammeCourse, deeds: list[Deed], now: datetime
    ) -> Iterator[AskedWeek]:
        programme, today = course.programme, day_of(now, self._turn)
        since = day_of(course.since, self._turn)
        until = today if course.until is None else min(today, day_of(course.until, self._turn))
        found: dict[int, list[tuple[date, Deed]]] = {}
        for deed in deeds:
            at, day = deed[0], day_of(deed[0], self._turn)
            if course.since <= at and (course.until is None or at < course.until):
                found.setdefault(programme.week(day), []).append((day, deed))
        for number in range(1, programme.weeks + 1):
            days = list(programme.days(number))
            held = [day for day in days if since <= day <= until]
            rows = tuple(self._rows(programme, number, len(held), found.get(number, [])))
            yield AskedWeek(number, days[0], days[WEEK - 1], len(held), rows)

    def _rows(
        self, programme: Programme, week: int, days: int, deeds: list[tuple[date, Deed]]
    ) -> Iterator[AskedRow]:
        span = programme.span(week)
        for one in span.asked if span is not None else ():
            movement = self._catalogue.movements.get(one.movement)
            sided = _sided(one, deeds) if movement is None else movement.sided
            for side in one.sides(sided=sided):
                yield _row(one, movement, side, days, deeds)


def _sided(one: Prescription, deeds: list[tuple[date, Deed]]) -> bool:
    """Of what nobody knows any more: as it was done."""
    works = (work for _, (_, works, _) in deeds for work in works)
    return any(w.movement == one.movement and w.side is not Side.BOTH for w in works)


def _row(
    one: Prescription,
    movement: Movement | None,
    side: Side,
    days: int,
    deeds: list[tuple[date, Deed]],
) -> AskedRow:
    done, seconds, on = 0, 0.0, set[date]()
    evidence: dict[Evidence, int] = {}
    for day, (_, works, known) in deeds:
        worked = sum(w.seconds for w in works if w.movement == one.movement and w.side is side)
        seconds += worked
        if worked >= HALF * one.takes:
            done += 1
            on.add(day)
            evidence[known] = evidence.get(known, 0) + 1
    return AskedRow(one, movement, side, days * one.times, done, seconds, len(on), evidence)


def deeds(lives: Iterable[Life], works: Works) -> Iterator[Deed]:
    """What was left before its half was guided all the same."""
    for life in lives:
        found = works.of(life)
        if found:
            ended = life.ending is Ending.DONE
            yield life.began, found, life.evidence if ended else Evidence.GUIDED
