"""Folds facts into the figures of each day: there are no counters that could get out of step."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, get_args

from qlbreak.core.model.facts import (
    AnyFact,
    Arrived,
    Break,
    CheckedIn,
    Discontinued,
    Elsewhere,
    Prescribed,
    Sat,
    Stayed,
    Stood,
    Worked,
)
from qlbreak.core.model.guided import Work
from qlbreak.core.model.life import Life, LifeFact, Works, after, work
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.rules import day_of
from qlbreak.core.model.terms import Ending, Evidence, Posture
from qlbreak.core.statistics.figures import Figures, PromptCourse, PromptLine
from qlbreak.core.statistics.programmes import AskedRow, Deed, ProgrammeCourse, Programmes, deeds
from qlbreak.core.statistics.spells import Spells
from qlbreak.core.statistics.sums import DaySum, course


class Tally:
    """Takes the facts of one record in its order.

    A day lasts until *turn* of the next morning, by the local time that each fact was labelled
    with. *limit*: seconds of a spell after which sitting counts as over it.
    """

    def __init__(self, turn: time, limit: float, catalogue: Catalogue) -> None:
        self._turn = turn
        self._lives: dict[int, Life] = {}
        self._works = Works(catalogue)
        self._loose: dict[date, list[Work]] = {}  # work for prompts that the record does not know
        self._loose_at: list[tuple[datetime, Work]] = []
        self._programmes = Programmes(turn, catalogue)
        self._check_ins: dict[date, list[CheckedIn]] = {}
        # By type, since years of facts go through here.
        self._spells = spells = Spells(turn, limit)
        self._takers: dict[type, Callable[[Any], None]] = {
            Sat: spells.sat,
            Stood: spells.stood,
            Arrived: lambda fact: spells.sit(fact.at, fact.seconds),
            Break: lambda fact: spells.broke(fact.at),
            Stayed: lambda fact: spells.stayed(fact.at, fact.seconds),
            Elsewhere: self._elsewhere,
            **dict.fromkeys(get_args(LifeFact), self._lived),
            Worked: self._worked,
            CheckedIn: self._checked_in,
            Prescribed: self._programmes.prescribed,
            Discontinued: self._programmes.discontinued,
        }

    def add(self, fact: AnyFact) -> None:
        take = self._takers.get(type(fact))
        if take is not None:
            take(fact)

    def days(self, pending: Sat | Stood | None = None) -> Mapping[date, Figures]:
        """The figures of every day on which something was, in order. *pending*: the end of the
        running spell, which the record does not know yet."""
        sums: defaultdict[date, DaySum] = defaultdict(DaySum)
        for life in self._lives.values():
            sums[self._day(life)].prompts.append(life)
        for day, works in self._loose.items():
            sums[day].works += works
        for day, check_ins in self._check_ins.items():
            sums[day].check_ins = tuple(check_ins)
        for day, sitting in self._spells.days(self._is_done, pending).items():
            sums[day].sitting = sitting
        return _Days({day: sums[day] for day in sorted(sums)}, self._figures)

    def _figures(self, day: DaySum) -> Figures:
        works = [done for life in day.prompts for done in self._works.of(life)]
        return day.figures([*works, *day.works], self._works.roles)

    def prompts(self, day: date) -> list[PromptLine]:
        """Those that were shown, in their order."""
        return [
            PromptLine(
                life.first.at, shown.routine, shown.side, life.ending, shown.standing is not None
            )
            for life in self._lives.values()
            if life.counts and life.first and (shown := life.shown) and self._day(life) == day
        ]

    def courses(self) -> Iterator[PromptCourse]:
        """Of all prompts, also of those that were never shown; in the order they came up."""
        known = self._lives.values()
        return (course(life, self._day(life)) for life in known if not life.dropped)

    def check_ins(self) -> Iterator[tuple[date, CheckedIn]]:
        """With the day of each."""
        return ((day, fact) for day, facts in self._check_ins.items() for fact in facts)

    def _elsewhere(self, fact: Elsewhere) -> None:
        """What was kept of standing is nothing of what was sat."""
        self._spells.begin_anew(fact.kept if fact.posture is Posture.SITTING else 0.0)

    def programmes(self, now: datetime) -> list[ProgrammeCourse]:
        """What was asked for by others, and done, up to now."""
        return self._programmes.told(self._deeds(), now)

    def asked(self, now: datetime) -> tuple[AskedRow, ...]:
        """The same of the day, as far as a programme holds."""
        return self._programmes.on(self._deeds(), now)

    def _deeds(self) -> Iterator[Deed]:
        yield from deeds(self._lives.values(), self._works)
        for at, one in self._loose_at:
            yield at, (one,), Evidence.GUIDED

    # What became of the prompts

    def _lived(self, fact: LifeFact) -> None:
        number = fact.prompt
        before = self._lives.get(number)
        life = after(before, fact)
        if life is None:
            return
        self._lives[number] = life
        was_over = before is not None and before.ending is not None
        if was_over is not (life.ending is not None):
            (self._spells.reopen if was_over else self._spells.stop)(number)

    def _worked(self, fact: Worked) -> None:
        if fact.prompt in self._lives:
            self._lived(fact)
        else:
            self._loose.setdefault(day_of(fact.at, self._turn), []).append(work(fact))
            self._loose_at.append((fact.at, work(fact)))

    def _day(self, life: Life) -> date:
        """On which it first came up: it belongs to this one, with all that becomes of it."""
        return day_of(life.began, self._turn)

    def _is_done(self, number: int) -> bool:
        return self._lives[number].ending is Ending.DONE

    def _checked_in(self, fact: CheckedIn) -> None:
        self._check_ins.setdefault(day_of(fact.at, self._turn), []).append(fact)


class _Days(Mapping[date, Figures]):
    """Worked out when they are asked for: there are thousands, and most often one is wanted."""

    def __init__(self, sums: dict[date, DaySum], figures: Callable[[DaySum], Figures]) -> None:
        self._sums = sums
        self._figures = figures
        self._found: dict[date, Figures] = {}

    def __getitem__(self, day: date) -> Figures:
        if day not in self._found:
            self._found[day] = self._figures(self._sums[day])
        return self._found[day]

    def __iter__(self) -> Iterator[date]:
        return iter(self._sums)

    def __len__(self) -> int:
        return len(self._sums)
