"""Folds facts into the figures of each day: there are no counters that could get out of step."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Arrived,
    Break,
    CheckedIn,
    Confirmed,
    Corrected,
    Elsewhere,
    Expired,
    Felt,
    Held,
    Reopened,
    Sat,
    Shown,
    Stayed,
    Stopped,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.guided import Work
from qlbreak.core.model.movements import Block, Catalogue
from qlbreak.core.model.routine import legs
from qlbreak.core.model.rules import day_of
from qlbreak.core.model.terms import Answer, Ending, Evidence, Side
from qlbreak.core.statistics.figures import Figures, PromptCourse, PromptLine
from qlbreak.core.statistics.spells import Spells
from qlbreak.core.statistics.sums import DaySum, PromptSum


class Tally:
    """Takes the facts of one record in its order.

    A day lasts until *turn* of the next morning, by the local time that each fact was labelled
    with. *limit*: seconds of a spell after which sitting counts as over it.
    """

    def __init__(self, turn: time, limit: float, catalogue: Catalogue) -> None:
        self._turn = turn
        self._catalogue = catalogue
        self._prompts: dict[int, PromptSum] = {}
        # The same routine comes again and again.
        self._planned: dict[tuple[tuple[Block, ...], Side], list[Work]] = {}
        self._loose: dict[date, list[Work]] = {}  # work for prompts that the record does not know
        self._check_ins: dict[date, list[CheckedIn]] = {}
        # By type, since years of facts go through here.
        self._spells = spells = Spells(turn, limit)
        self._takers: dict[type, Callable[[Any], None]] = {
            Sat: spells.sat,
            Arrived: lambda fact: spells.sit(fact.at, fact.seconds),
            Break: lambda fact: spells.broke(fact.at),
            Stayed: lambda fact: spells.stayed(fact.at, fact.seconds),
            Elsewhere: lambda fact: spells.begin_anew(fact.kept),
            Held: self._held,
            Shown: self._shown,
            Answered: self._answered,
            Confirmed: self._confirmed,
            Corrected: self._corrected,
            Stopped: self._stopped,
            Reopened: self._reopened,
            Expired: lambda fact: self._end(fact, Ending.EXPIRED),
            Withdrawn: lambda fact: self._end(fact, Ending.WITHDRAWN),
            Worked: self._worked,
            Felt: self._felt,
            CheckedIn: self._checked_in,
        }

    def add(self, fact: AnyFact) -> None:
        take = self._takers.get(type(fact))
        if take is not None:
            take(fact)

    def days(self, pending: Sat | None = None) -> Mapping[date, Figures]:
        """The figures of every day on which something was, in order. *pending*: the end of the
        running spell, which the record does not know yet."""
        sums: defaultdict[date, DaySum] = defaultdict(DaySum)
        for prompt in self._prompts.values():
            sums[prompt.day].prompts.append(prompt)
        for day, works in self._loose.items():
            sums[day].works += works
        for day, check_ins in self._check_ins.items():
            sums[day].check_ins = tuple(check_ins)
        more = (pending.at, pending.seconds, pending.known) if pending is not None else None
        for day, sitting in self._spells.days(self._is_done, more).items():
            sums[day].sitting = sitting
        return _Days({day: sums[day] for day in sorted(sums)}, self._figures)

    def _figures(self, day: DaySum) -> Figures:
        works = [work for prompt in day.prompts for work in self._works(prompt)]
        return day.figures([*works, *day.works], self._catalogue)

    def prompts(self, day: date) -> list[PromptLine]:
        """Those that were shown, in their order."""
        return [
            PromptLine(prompt.at, prompt.shown.routine, prompt.shown.side, prompt.ending)
            for prompt in self._prompts.values()
            if prompt.day == day and prompt.counts and prompt.shown and prompt.at
        ]

    def courses(self) -> Iterator[PromptCourse]:
        """Of all prompts, also of those that were never shown; in the order they came up."""
        known = self._prompts.values()
        return (prompt.course() for prompt in known if prompt.counts or prompt.shown is None)

    def check_ins(self) -> Iterator[tuple[date, CheckedIn]]:
        """With the day of each."""
        return ((day, fact) for day, facts in self._check_ins.items() for fact in facts)

    # What became of the prompts

    def _prompt(self, fact: Shown | Held) -> PromptSum:
        if fact.prompt not in self._prompts:
            self._prompts[fact.prompt] = PromptSum(day_of(fact.at, self._turn))
        return self._prompts[fact.prompt]

    def _held(self, fact: Held) -> None:
        self._prompt(fact).held = fact.reason

    def _shown(self, fact: Shown) -> None:
        prompt = self._prompt(fact)
        if prompt.at is None:
            prompt.at, prompt.sitting = fact.at, fact.sitting
        prompt.shown, prompt.left = fact, False
        prompt.snoozes = fact.snoozes  # one less where a snooze was taken back

    def _stopped(self, fact: Stopped) -> None:
        if fact.prompt in self._prompts:
            self._prompts[fact.prompt].left = True

    def _answered(self, fact: Answered) -> None:
        if fact.answer is not Answer.SNOOZED:
            self._end(fact, Ending(fact.answer), fact.evidence, fact.via)
        elif fact.prompt in self._prompts:
            self._prompts[fact.prompt].snoozes += 1

    def _end(
        self,
        fact: Answered | Expired | Withdrawn | Corrected,
        ending: Ending,
        evidence: Evidence | None = None,
        via: str = "",
    ) -> None:
        prompt = self._prompts.get(fact.prompt)
        if prompt is None:
            return
        if prompt.ending is None:
            self._spells.stop(fact.prompt)
        prompt.ending, prompt.ended, prompt.via = ending, fact.at, via
        prompt.evidence = evidence or Evidence.CLAIMED

    def _corrected(self, fact: Corrected) -> None:
        self._end(fact, fact.ending, Evidence.CORRECTED)
        if fact.prompt in self._prompts and fact.ending is not Ending.DONE:
            self._prompts[fact.prompt].works.clear()

    def _reopened(self, fact: Reopened) -> None:
        prompt = self._prompts.get(fact.prompt)
        if prompt is not None:
            self._spells.reopen(fact.prompt)
            prompt.take_back()

    def _confirmed(self, fact: Confirmed) -> None:
        if fact.prompt in self._prompts:
            self._prompts[fact.prompt].evidence = fact.evidence

    def _felt(self, fact: Felt) -> None:
        if fact.prompt in self._prompts:
            self._prompts[fact.prompt].feeling = fact.feeling

    def _worked(self, fact: Worked) -> None:
        prompt = self._prompts.get(fact.prompt)
        if prompt is None:
            works = self._loose.setdefault(day_of(fact.at, self._turn), [])
        else:
            works = prompt.works
        works.append(Work(fact.movement, fact.side, fact.seconds, fact.extra))

    def _works(self, prompt: PromptSum) -> Iterable[Work]:
        """As it was guided, else as it was planned."""
        shown = prompt.shown
        if prompt.works or shown is None or prompt.ending is not Ending.DONE:
            return prompt.works
        routine = self._catalogue.routines.get(shown.routine)
        blocks = shown.blocks or (routine.blocks if routine is not None else ())
        if (blocks, shown.side) not in self._planned:
            self._planned[blocks, shown.side] = self._plan(blocks, shown.side)
        return self._planned[blocks, shown.side]

    def _plan(self, blocks: tuple[Block, ...], side: Side) -> list[Work]:
        if not self._catalogue.has(blocks):
            return []
        return [
            Work(block.movement, on, seconds)
            for block, on, seconds in legs(self._catalogue, blocks, side)
        ]

    def _is_done(self, number: int) -> bool:
        return self._prompts[number].ending is Ending.DONE

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
