"""A day as it went: what was sat and stood, when one was away, and the reminders between."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.core.model.facts import (
    AnyFact,
    Arrived,
    Break,
    Declared,
    Held,
    Launched,
    Meeting,
    Paused,
    Quit,
    Resumed,
    Sat,
    Stayed,
    Stood,
)
from qlbreak.core.model.life import Life, LifeFact, after
from qlbreak.core.model.rules import day_of
from qlbreak.core.model.terms import By, Cause, Ending, Posture, Reason

# Two parts of the record that lie so close are one stretch.
_CLOSE = timedelta(seconds=90)
# What is labelled with another time than this says nothing of the day: a clock was not set.
_NEAR = timedelta(days=4)
_NONE, _MINUTE = timedelta(0), timedelta(minutes=1)


class Doing(StrEnum):
    SAT = "sat"
    ASSUMED = "assumed"  # sat, as far as is known
    STOOD = "stood"
    AWAY = "away"
    MEETING = "meeting"
    PAUSED = "paused"
    HELD = "held"  # a reminder was due, and was kept back
    OFF = "off"  # the program did not run


class DayPart(Struct, frozen=True):
    """`lasting`: it goes on, and `end` is now. `held`: by what."""

    doing: Doing
    begin: datetime
    end: datetime
    lasting: bool = False
    held: Reason | None = None

    @property
    def seconds(self) -> float:
        return (self.end - self.begin) / timedelta(seconds=1)


class Timeline(Struct, frozen=True):
    """`parts` in the order they began in, where those of a declared meeting may lie over what
    was sat; `prompts`: the lives of those that were shown."""

    parts: tuple[DayPart, ...]
    prompts: tuple[Life, ...]


def timeline(
    facts: Iterable[AnyFact], turn: time, now: datetime, *, running: bool = True
) -> Timeline:
    """The day that *now* belongs to. *facts*: of this day and the one before, in their order.
    *running*: whether the program is, and so what was sat until now goes on."""
    course = _DayFold(now, running)
    for fact in facts:
        if abs(fact.at - now) < _NEAR:
            course.add(fact)
    today = day_of(now, turn)
    begin = datetime.combine(today, turn, now.tzinfo)
    lives = [life for life in course.lives.values() if day_of(life.began, turn) == today]
    found = sorted(_cut(course.parts(), lives), key=lambda one: (one.begin, one.doing))
    seen = list(_within(found, begin, now, today, turn))
    seen = sorted([*seen, *_gaps(seen)], key=lambda one: (one.begin, one.doing))
    return Timeline(tuple(seen), tuple(life for life in lives if life.counts))


class _DayFold:
    """Takes facts in their order. What has begun and has no end yet is open."""

    def __init__(self, now: datetime, running: bool) -> None:
        self._now, self._running = now, running
        self.lives: dict[int, Life] = {}
        self._done: list[DayPart] = []
        self._stands = False
        self._sat: DayPart | None = None
        self._open: dict[Doing, DayPart] = {}
        self._held: dict[int, DayPart] = {}
        self._takers: dict[type, Callable[[Any], None]] = {
            Sat: lambda fact: self._sit(fact.at, fact.seconds, known=fact.known),
            Stood: self._stood,
            Arrived: lambda fact: self._sit(fact.at, fact.seconds),
            Break: self._broke,
            Stayed: self._stayed,
            Declared: self._declared,
            Meeting: self._met,
            Paused: self._paused,
            Resumed: self._resumed,
            Launched: self._launched,
            Quit: self._quit,
            **dict.fromkeys(get_args(LifeFact), self._lived),
        }

    def add(self, fact: AnyFact) -> None:
        take = self._takers.get(type(fact))
        if take is not None:
            take(fact)

    def parts(self) -> Iterator[DayPart]:
        yield from self._done
        if self._sat is not None:
            late = self._now - self._sat.end > _CLOSE or Doing.STOOD in self._open
            lasting = self._running and not late
            yield replace(self._sat, end=self._now, lasting=True) if lasting else self._sat
        for one in (*self._open.values(), *self._held.values()):
            over = one.end if one.end > one.begin else self._now
            yield replace(one, end=min(over, self._now), lasting=over >= self._now)

    def _sit(self, end: datetime, seconds: float, *, known: bool = True) -> None:
        begin = end - timedelta(seconds=seconds)
        doing = Doing.SAT if known else Doing.ASSUMED
        away = self._open.get(Doing.AWAY)
        if away is not None and end > away.begin:
            self._close(Doing.AWAY, max(begin, away.begin))
        last = self._sat
        if last is not None and last.doing is doing and -_CLOSE < begin - last.end < _CLOSE:
            self._sat = replace(last, end=max(end, last.end))
            return
        if last is not None:
            self._done.append(last)
        self._sat = DayPart(doing, begin, end)

    def _broke(self, fact: Break) -> None:
        """Away since then, until somebody sits again; who stands has said so."""
        if self._sat is not None:
            self._done.append(self._sat)
        self._sat = None
        if fact.cause is not Cause.STOOD:
            self._close(Doing.STOOD, fact.at)
            self._begin(Doing.AWAY, fact.at)

    def _stayed(self, fact: Stayed) -> None:
        """The last absence was none."""
        self._open.pop(Doing.AWAY, None)
        last = next((one for one in reversed(self._done) if one.doing is Doing.AWAY), None)
        if last is not None:
            self._done.remove(last)
            self._done.append(
                DayPart(Doing.SAT, last.begin, last.begin + timedelta(seconds=fact.seconds))
            )
        else:
            self._sit(fact.at, fact.seconds)

    def _declared(self, fact: Declared) -> None:
        if fact.by is By.USER:  # else it has ended, whether somebody is there or not
            self._close(Doing.AWAY, fact.at)
        self._stands = fact.posture is Posture.STANDING
        if self._stands:
            self._begin(Doing.STOOD, fact.at)
        else:
            self._close(Doing.STOOD, fact.at)

    def _stood(self, fact: Stood) -> None:
        """Only after an absence does it say more than what was declared."""
        begin = fact.at - timedelta(seconds=fact.seconds)
        away = self._open.get(Doing.AWAY)
        if away is not None and fact.at > away.begin:
            begin = max(begin, away.begin)
            self._close(Doing.AWAY, begin)
        if self._stands:
            self._begin(Doing.STOOD, begin)

    def _launched(self, fact: Launched) -> None:
        self._close(Doing.OFF, fact.at)
        if self._stands:
            self._begin(Doing.STOOD, fact.at)

    def _met(self, fact: Meeting) -> None:
        self._close(Doing.MEETING, fact.at)
        if fact.seconds:
            over = fact.at + timedelta(seconds=fact.seconds)
            self._open[Doing.MEETING] = DayPart(Doing.MEETING, fact.at, over)

    def _paused(self, fact: Paused) -> None:
        self._close(Doing.PAUSED, fact.at)
        over = fact.at
        if fact.seconds is not None:
            over += timedelta(seconds=fact.seconds)
        elif fact.until is not None:
            over = max(fact.until.replace(tzinfo=fact.at.tzinfo), over)
        self._open[Doing.PAUSED] = DayPart(Doing.PAUSED, fact.at, over)

    def _resumed(self, fact: Resumed) -> None:
        self._close(Doing.PAUSED, fact.at)
        self._close(Doing.MEETING, fact.at)

    def _quit(self, fact: Quit) -> None:
        """A pause and a meeting go on meanwhile."""
        if self._sat is not None:
            self._done.append(self._sat)
        self._sat = None
        for doing in (Doing.AWAY, Doing.STOOD):
            self._close(doing, fact.at)
        for kept in self._held.values():
            if fact.at > kept.begin:
                self._done.append(replace(kept, end=fact.at))
        self._held.clear()
        self._begin(Doing.OFF, fact.at)

    def _lived(self, fact: LifeFact) -> None:
        number = fact.prompt
        kept = self._held.pop(number, None)
        if isinstance(fact, Held):
            if kept is not None and kept.held is fact.reason:
                self._held[number] = kept
                return
            self._held[number] = DayPart(Doing.HELD, fact.at, fact.at, held=fact.reason)
        if kept is not None and fact.at > kept.begin:
            self._done.append(replace(kept, end=fact.at))
        life = after(self.lives.get(number), fact)
        if life is not None:
            self.lives[number] = life

    def _begin(self, doing: Doing, at: datetime) -> None:
        if doing not in self._open:
            self._open[doing] = DayPart(doing, at, at)

    def _close(self, doing: Doing, at: datetime) -> None:
        """Or it has been over since an end that was told before."""
        one = self._open.pop(doing, None)
        if one is not None:
            over = min(one.end, at) if one.end > one.begin else at
            if over > one.begin:
                self._done.append(replace(one, end=over))


def _cut(parts: Iterable[DayPart], lives: Iterable[Life]) -> Iterator[DayPart]:
    """A routine that was done ends what was sat until then."""
    ends = sorted(
        life.ended for life in lives if life.ending is Ending.DONE and life.ended is not None
    )
    for one in parts:
        rest = one
        for end in ends if one.doing in (Doing.SAT, Doing.ASSUMED) else ():
            if rest.begin < end < rest.end:
                yield replace(rest, end=end, lasting=False)
                rest = replace(rest, begin=end)
        yield rest


def _within(
    found: Iterable[DayPart], begin: datetime, now: datetime, today: date, turn: time
) -> Iterator[DayPart]:
    """What lies on the day, or reaches into it; nobody wants to read of half a minute."""
    for one in found:
        if day_of(one.end, turn) < today:
            continue
        cut = one if day_of(one.begin, turn) >= today else replace(one, begin=begin)
        least = _NONE if cut.lasting else _MINUTE
        if cut.end - cut.begin > least and cut.begin < now:
            yield cut


def _gaps(found: Iterable[DayPart]) -> Iterator[DayPart]:
    """Between what was sat nobody was there, also where the clock had begun anew before."""
    last: datetime | None = None
    for one in found:
        if one.doing in (Doing.MEETING, Doing.PAUSED, Doing.HELD):
            continue
        if last is not None and one.begin - last > _CLOSE:
            yield DayPart(Doing.AWAY, last, one.begin)
        last = one.end if last is None else max(last, one.end)
