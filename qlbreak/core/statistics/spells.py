"""What was sat, cut into spells and days, and what may end a spell; and what was stood, by day."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from qlbreak.core.model.facts import Sat, Stood
from qlbreak.core.model.rules import day_of

_NONE = timedelta(0)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class _Piece:
    """What was sat without a stop between, on one day; grows."""

    __slots__ = ("day", "seconds")

    def __init__(self, day: date, seconds: float) -> None:
        self.day = day
        self.seconds = seconds


class _Stop(NamedTuple):
    """Where a spell ends: at a break, or at a prompt's end if that turns out as done."""

    prompt: int | None


_Step = _Piece | _Stop


class Sitting:
    """A day's: seconds, by the hour of the day as well, how many natural breaks there were, and the
    seconds stood."""

    __slots__ = ("breaks", "hours", "longest", "over", "seconds", "spells", "stood", "unknown")

    def __init__(self) -> None:
        self.seconds = self.unknown = self.over = self.longest = self.stood = 0.0
        self.spells = self.breaks = 0
        self.hours: dict[int, float] = {}


class Spells:
    """See `Tally` for *turn* and *limit*."""

    def __init__(self, turn: time, limit: float) -> None:
        self._turn = turn
        self._opens = turn.hour
        self._parted = turn.hour if turn.minute else None  # the hour that belongs to two days
        self._limit = limit
        self._course: list[_Step] = []
        # What need not wait for how the prompts end: by day, how long, and of that unknown.
        self._hours: dict[date, dict[int, float]] = {}
        self._unknown: dict[date, float] = {}
        self._breaks: dict[date, int] = {}
        self._stood: dict[date, float] = {}
        self._last: tuple[int, date] | None = None  # the last natural break: where in the course

    def sat(self, fact: Sat) -> None:
        self.sit(fact.at, fact.seconds)
        if not fact.known:
            for day, _, part in self._cut(fact.at, fact.seconds):
                self._unknown[day] = self._unknown.get(day, 0.0) + part

    def stood(self, fact: Stood) -> None:
        for day, _, part in self._cut(fact.at, fact.seconds):
            self._stood[day] = self._stood.get(day, 0.0) + part

    def sit(self, end: datetime, seconds: float) -> None:
        """So many seconds, up to *end*."""
        hour = end.hour
        # Nearly all of it lies within an hour of one day: years of it must go through here.
        if 0 < seconds < end.minute * 60 + end.second and hour != self._parted:
            day = end.date()
            self._sit(day if hour >= self._opens else day - _DAY, hour, seconds)
        else:
            for day, hour, part in self._cut(end, seconds):
                self._sit(day, hour, part)

    def _sit(self, day: date, hour: int, seconds: float) -> None:
        try:
            self._hours[day][hour] += seconds
        except KeyError:
            self._hours.setdefault(day, {})[hour] = seconds
        _lay(self._course, day, seconds)

    def stop(self, prompt: int) -> None:
        """Where the prompt ended, whatever that will turn out to be."""
        self._course.append(_Stop(prompt))

    def reopen(self, prompt: int) -> None:
        """It did not end there after all."""
        found = (n for n, step in enumerate(self._course) if step == _Stop(prompt))
        index = max(found, default=None)
        if index is None:
            return
        del self._course[index]
        if self._last is not None and self._last[0] > index:
            self._last = self._last[0] - 1, self._last[1]

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
            if isinstance(step, _Piece):
                _lay(self._course, step.day, step.seconds)
            else:
                self._course.append(step)

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
        self, done: Callable[[int], bool], more: Sat | Stood | None = None
    ) -> dict[date, Sitting]:
        """By day; *done* tells whether a prompt turned out as done, *more* what was besides."""
        days: defaultdict[date, Sitting] = defaultdict(Sitting)
        for day, hours in self._hours.items():
            days[day].hours, days[day].unknown = dict(hours), self._unknown.get(day, 0.0)
        for day, breaks in self._breaks.items():
            days[day].breaks = breaks
        rest: list[_Step] = []
        for day, stood in self._stood.items():
            days[day].stood = stood
        for day, hour, part in self._cut(more.at, more.seconds) if more else ():
            if isinstance(more, Stood):
                days[day].stood += part
                continue
            days[day].hours[hour] = days[day].hours.get(hour, 0.0) + part
            days[day].unknown += part * (more is not None and not more.known)
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

    def _cut(self, end: datetime, seconds: float) -> list[tuple[date, int, float]]:
        """The days, the hours of them and the seconds there in which those up to *end* lie, in
        their order."""
        turn = self._turn
        left = timedelta(seconds=seconds)  # exact: no rest of a float makes a spell of its own
        parts: list[tuple[date, int, float]] = []
        while left > _NONE:
            begin = end.replace(minute=0, second=0, microsecond=0)
            if begin == end:
                begin -= _HOUR
            if turn.minute and begin.hour == turn.hour:
                turned = begin.replace(minute=turn.minute)
                begin = turned if turned < end else begin
            part = min(end - begin, left)
            day = begin.date() if begin.time() >= turn else begin.date() - _DAY
            parts.append((day, begin.hour, part.total_seconds()))
            left -= part
            end = begin
        parts.reverse()
        return parts


def _lay(course: list[_Step], day: date, seconds: float) -> None:
    last = course[-1] if course else None
    if isinstance(last, _Piece) and last.day == day:
        last.seconds += seconds
    else:
        course.append(_Piece(day, seconds))
