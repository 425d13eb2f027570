"""Folds facts into the figures of each day: there are no counters that could get out of step."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from msgspec.structs import replace

from qlbreak.core.course import legs
from qlbreak.core.events import (
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
    Sat,
    Shown,
    Stayed,
    Withdrawn,
    Worked,
)
from qlbreak.core.guide import Work
from qlbreak.core.movements import Block, Catalogue, Kind
from qlbreak.core.policy import day_of
from qlbreak.core.spells import Sitting, Spells
from qlbreak.core.stats import Figures, Hour, PromptCourse, PromptLine
from qlbreak.core.terms import Answer, Ending, Evidence, Feeling, Reason, Side

_T = TypeVar("_T")


class _Prompt:
    """Belongs to the day on which it first came up, with all that becomes of it."""

    __slots__ = (
        "at", "day", "ended", "ending", "evidence", "feeling", "held", "shown", "sitting",
        "snoozes", "via", "works",
    )  # fmt: skip

    def __init__(self, day: date) -> None:
        self.day = day
        self.at: datetime | None = None  # when it was first shown
        self.sitting = 0.0  # the seconds sat by then
        self.shown: Shown | None = None  # how it was last shown
        self.held: Reason | None = None
        self.snoozes = 0
        self.ending: Ending | None = None
        self.ended: datetime | None = None
        self.evidence = Evidence.CLAIMED
        self.via = ""
        self.feeling: Feeling | None = None
        self.works: list[Work] = []

    def course(self) -> PromptCourse:
        shown, done = self.shown, self.ending is Ending.DONE
        course = PromptCourse(
            self.day, self.at, snoozes=self.snoozes, ending=self.ending, ended=self.ended,
            evidence=self.evidence if done else None, via=self.via, feeling=self.feeling,
            held=self.held, sitting=self.sitting,
        )  # fmt: skip
        if shown is None:
            return course
        return replace(
            course, asked=shown.asked, routine=shown.routine, side=shown.side, length=shown.length
        )


class Tally:
    """Takes the facts of one record in its order.

    A day lasts until *turn* of the next morning, by the local time that each fact was labelled
    with. *limit*: seconds of a spell after which sitting counts as over it.
    """

    def __init__(self, turn: time, limit: float, catalogue: Catalogue) -> None:
        self._turn = turn
        self._catalogue = catalogue
        self._prompts: dict[int, _Prompt] = {}
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
        sums: defaultdict[date, _Sum] = defaultdict(_Sum)
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

    def _figures(self, day: "_Sum") -> Figures:
        works = [work for prompt in day.prompts for work in self._works(prompt)]
        return day.figures([*works, *day.works], self._catalogue)

    def prompts(self, day: date) -> list[PromptLine]:
        """Those that were shown, in their order."""
        return [
            PromptLine(prompt.at, prompt.shown.routine, prompt.shown.side, prompt.ending)
            for prompt in self._prompts.values()
            if prompt.day == day and prompt.shown is not None and prompt.at is not None
        ]

    def courses(self) -> Iterator[PromptCourse]:
        """Of all prompts, also of those that were never shown; in the order they came up."""
        return (prompt.course() for prompt in self._prompts.values())

    def check_ins(self) -> Iterator[tuple[date, CheckedIn]]:
        """With the day of each."""
        return ((day, fact) for day, facts in self._check_ins.items() for fact in facts)

    # What became of the prompts

    def _prompt(self, fact: Shown | Held) -> _Prompt:
        if fact.prompt not in self._prompts:
            self._prompts[fact.prompt] = _Prompt(day_of(fact.at, self._turn))
        return self._prompts[fact.prompt]

    def _held(self, fact: Held) -> None:
        self._prompt(fact).held = fact.reason

    def _shown(self, fact: Shown) -> None:
        prompt = self._prompt(fact)
        if prompt.at is None:
            prompt.at, prompt.sitting = fact.at, fact.sitting
        prompt.shown = fact
        prompt.snoozes = fact.snoozes  # one less where a snooze was taken back

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

    def _works(self, prompt: _Prompt) -> Iterable[Work]:
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

    def __init__(self, sums: dict[date, "_Sum"], figures: Callable[["_Sum"], Figures]) -> None:
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


class _Sum:
    """The figures of a day in the making."""

    def __init__(self) -> None:
        self.sitting = Sitting()
        self.prompts: list[_Prompt] = []
        self.works: list[Work] = []  # of no prompt
        self.check_ins: tuple[CheckedIn, ...] = ()

    def figures(self, works: Iterable[Work], catalogue: Catalogue) -> Figures:
        shown = [prompt for prompt in self.prompts if prompt.shown is not None]
        ends = _numbers(prompt.ending for prompt in shown)  # what nobody saw, nobody answered
        put_off = [prompt for prompt in shown if prompt.snoozes]
        done = [prompt for prompt in shown if prompt.ending is Ending.DONE]
        sides, kinds = _work(works, catalogue)
        return Figures(
            prompts=len(shown),
            done=len(done),
            snoozed=sum([prompt.snoozes for prompt in put_off]),
            put_off=len(put_off),
            put_off_done=sum(prompt.ending is Ending.DONE for prompt in put_off),
            skipped=ends.get(Ending.SKIPPED, 0),
            expired=ends.get(Ending.EXPIRED, 0),
            withdrawn=ends.get(Ending.WITHDRAWN, 0),
            natural_breaks=self.sitting.breaks,
            spells=self.sitting.spells,
            sitting_s=self.sitting.seconds,
            unknown_s=self.sitting.unknown,
            over_s=self.sitting.over,
            longest_spell_s=self.sitting.longest,
            left_s=sides[Side.LEFT],
            right_s=sides[Side.RIGHT],
            kinds={kind: kinds[kind] for kind in Kind if kind in kinds},
            held=_counted(Reason, (prompt.held for prompt in self.prompts)),
            evidence=_counted(Evidence, (prompt.evidence for prompt in done)),
            feelings=_counted(Feeling, (prompt.feeling for prompt in shown)),
            hours=self._hours(shown),
            check_ins=self.check_ins,
        )

    def _hours(self, shown: list[_Prompt]) -> dict[int, Hour]:
        sat = self.sitting.hours
        came = _numbers(prompt.at.hour for prompt in shown if prompt.at)
        done = _numbers(p.at.hour for p in shown if p.at and p.ending is Ending.DONE)
        return {
            hour: Hour(sat.get(hour, 0.0), came.get(hour, 0), done.get(hour, 0))
            for hour in sorted(sat.keys() | came.keys())
        }


def _work(
    works: Iterable[Work], catalogue: Catalogue
) -> tuple[dict[Side, float], dict[Kind, float]]:
    sides: dict[Side, float] = dict.fromkeys(Side, 0.0)
    kinds: dict[Kind, float] = {}
    for work in works:
        sides[work.side] += work.seconds
        movement = catalogue.movements.get(work.movement)
        if movement is not None:
            kinds[movement.role] = kinds.get(movement.role, 0.0) + work.seconds
    return sides, kinds


def _numbers(found: Iterable[_T | None]) -> dict[_T, int]:
    """How often each comes up. A Counter takes longer to make, and thousands of days have some."""
    numbers: dict[_T, int] = {}
    for item in found:
        if item is not None:
            numbers[item] = numbers.get(item, 0) + 1
    return numbers


def _counted(kinds: Iterable[_T], found: Iterable[_T | None]) -> dict[_T, int]:
    """In the order of the kinds, without those that do not come up."""
    numbers = _numbers(found)
    return {kind: numbers[kind] for kind in kinds if kind in numbers}
