"""What was sat, cut into spells and days: the course of sitting and of what may end it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from qlbreak.core.policy import day_of

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class _Piece:
    """What was sat without a stop between, on one day."""

    __slots__ = ("day", "seconds")

    def __init__(self, day: date, seconds: float) -> None:
        self.day = day
        self.seconds = seconds


class _Stop(NamedTuple):
    """Where a spell ends: at a break, or at a prompt's end if that turns out as done."""

    prompt: int | None


_Step = _Piece | _Stop


class Sitting:
    """A day's: seconds, by the hour of the day as well, and how many natural breaks there were."""

    __slots__ = ("breaks", "hours", "longest", "over", "seconds", "spells", "unknown")

    def __init__(self) -> None:
        self.seconds = self.unknown = self.over = self.longest = 0.0
        self.spells = self.breaks = 0
        self.hours: dict[int, float] = {}


class Spells:
    """See `Tally` for *turn* and *limit*."""

    def __init__(self, turn: time, limit: float) -> None:
        self._turn = turn
        self._limit = limit
        self._course: list[_Step] = []
        # What need not wait for how the prompts end: by day, how long, and of that unknown.
        self._hours: dict[date, dict[int, float]] = {}
        self._unknown: dict[date, float] = {}
        self._breaks: dict[date, int] = {}
        self._last: tuple[int, date] | None = None  # the last natural break: where in the course

    def sit(self, end: datetime, seconds: float, *, known: bool = True) -> None:
        """So many seconds, up to *end*."""
        hour, turn = end.hour, self._turn
        into = end.minute * 60 + end.second + end.microsecond / 1e6
        if 0 < seconds <= into and not (turn.minute and hour == turn.hour):
            # Most lie within an hour, and years of them go through here.
            day = end.date()
            self._add(day if hour >= turn.hour else day - _DAY, hour, seconds, known=known)
        else:
            for day, hour, part in self._cut(end, seconds):
                self._add(day, hour, part, known=known)

    def _add(self, day: date, hour: int, seconds: float, *, known: bool) -> None:
        hours = self._hours.get(day)
        if hours is None:
            hours = self._hours[day] = {}
        hours[hour] = hours.get(hour, 0.0) + seconds
        if not known:
            self._unknown[day] = self._unknown.get(day, 0.0) + seconds
        course = self._course
        last = course[-1] if course else None
        if type(last) is _Piece and last.day == day:
            last.seconds += seconds
        else:
            course.append(_Piece(day, seconds))

    def stop(self, prompt: int) -> None:
        """Where the prompt ended, whatever that will turn out to be."""
        self._course.append(_Stop(prompt))

    def broke(self, at: datetime) -> None:
        day = day_of(at, self._turn)
        self._breaks[day] = self._breaks.get(day, 0) + 1
        self._last = len(self._course), day
        self._course.append(_Stop(None))

    def stayed(self, end: datetime, seconds: float) -> None:
        """The last natural break was none: what it parted belongs together, and it was sat."""
        later: list[_Step] = []
        if self._last is not None:
            where, day = self._last
            later = self._course[where + 1 :]
            del self._course[where:]
            self._breaks[day] -= 1
            self._last = None
        self.sit(end, seconds)
        for step in later:
            _lay(self._course, step)

    def begin_anew(self, kept: float) -> None:
        """What was sat in the last *kept* seconds is a spell of its own."""
        course = self._course
        later: list[_Step] = []
        while kept > 0 and course and isinstance(last := course[-1], _Piece):
            part = min(last.seconds, kept)
            later.insert(0, _Piece(last.day, part))
            kept -= part
            last.seconds -= part
            if last.seconds <= 0:
                course.pop()
        course += [_Stop(None), *later]
        self._last = None

    def days(
        self, done: Callable[[int], bool], more: tuple[datetime, float] | None = None
    ) -> dict[date, Sitting]:
        """By day; *done* tells whether a prompt turned out as done, *more* what was sat besides."""
        days: defaultdict[date, Sitting] = defaultdict(Sitting)
        for day, hours in self._hours.items():
            days[day].hours, days[day].unknown = dict(hours), self._unknown.get(day, 0.0)
        for day, breaks in self._breaks.items():
            days[day].breaks = breaks
        rest: list[_Step] = []
        for day, hour, part in self._cut(*more) if more else ():
            days[day].hours[hour] = days[day].hours.get(hour, 0.0) + part
            rest.append(_Piece(day, part))
        self._walk([*self._course, *rest], done, days)
        return days

    def _walk(
        self, course: list[_Step], done: Callable[[int], bool], days: Mapping[date, Sitting]
    ) -> None:
        sat, here, today, limit = 0.0, 0.0, date.min, self._limit
        for step in course:
            if isinstance(step, _Stop):
                if step.prompt is None or done(step.prompt):
                    sat = here = 0.0
                continue
            day, seconds = step.day, step.seconds
            # Where the day turns a spell is parted; what was sat before counts for the limit still.
            here = here + seconds if day == today else seconds
            sat, before, today = sat + seconds, sat, day
            found = days[day]
            found.spells += here == seconds
            found.seconds += seconds
            if sat > limit:
                found.over += sat - limit - max(before - limit, 0.0)
            if here > found.longest:
                found.longest = here

    def _cut(self, end: datetime, seconds: float) -> Iterator[tuple[date, int, float]]:
        """The days, the hours of them and the seconds there in which those up to *end* lie."""
        turn = self._turn
        while seconds > 0:
            begin = end.replace(minute=0, second=0, microsecond=0)
            if begin == end:
                begin -= _HOUR
            if turn.minute and begin.hour == turn.hour:
                turned = begin.replace(minute=turn.minute)
                begin = turned if turned < end else begin
            part = min((end - begin).total_seconds(), seconds)
            day = begin.date()
            yield (day if begin.time() >= turn else day - _DAY), begin.hour, part
            seconds -= part
            end = begin


def _lay(course: list[_Step], step: _Step) -> None:
    last = course[-1] if course else None
    if isinstance(last, _Piece) and isinstance(step, _Piece) and last.day == step.day:
        last.seconds += step.seconds
    else:
        course.append(step)
