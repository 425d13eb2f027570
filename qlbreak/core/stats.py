"""Figures of a day, folded from the facts: there are no counters that could get out of step."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import msgspec
from msgspec import Struct

from qlbreak.core.course import held_seconds
from qlbreak.core.events import (
    Answered,
    AnyFact,
    Arrived,
    Break,
    Confirmed,
    Corrected,
    Expired,
    Held,
    Sat,
    Shown,
    Stayed,
    Withdrawn,
    Worked,
)
from qlbreak.core.movements import Catalogue
from qlbreak.core.policy import day_of
from qlbreak.core.terms import (
    Answer,
    Ending,
    Evidence,
    Reason,
    Side,
)


class DayFigures(Struct, frozen=True):
    """Durations in seconds. `unknown_s`: of the sitting, what was assumed, since nothing could tell
    it. `held`: prompts kept back, by reason. `compliance`: done / (done +
    skipped + expired), None before there is any of them. `evidence`: of the done ones."""

    day: date
    prompts: int
    done: int
    snoozed: int
    skipped: int
    expired: int
    withdrawn: int
    natural_breaks: int
    sitting_s: float
    unknown_s: float
    longest_spell_s: float
    left_s: int
    right_s: int
    compliance: float | None
    held: Mapping[Reason, int]
    evidence: Mapping[Evidence, int]


class PromptLine(Struct, frozen=True):
    """A prompt of the day. `ending`: None while it is open."""

    at: datetime
    routine: str
    side: Side
    ending: Ending | None


class _Stop(NamedTuple):
    """Where a spell ends: at a natural break, or at a prompt's end if that turns out as done."""

    prompt: int | None


class Day:
    """Takes facts in the order of the journal; those of other days are passed over.

    A prompt belongs to the day on which it first came up, with all that becomes of it.
    """

    def __init__(self, day: date, turn: time, catalogue: Catalogue) -> None:
        self.day = day
        self._turn = turn
        self._catalogue = catalogue
        self._shown: dict[int, Shown] = {}
        self._endings: dict[int, Ending] = {}
        self._evidence: dict[int, Evidence] = {}
        self._held: dict[int, Reason] = {}
        self._mine: dict[int, bool] = {}  # of every prompt, whether it belongs to this day
        self._worked: dict[int, list[Worked]] = {}
        self._snoozed = 0
        self._unknown = 0.0
        self._breaks = 0
        self._broke_here = False  # whether the last natural break was on this day
        self._course: list[float | _Stop] = []

    def add(self, fact: AnyFact) -> None:
        match fact:
            case Break() | Stayed():
                self._broke(fact)
            case Sat(seconds=seconds) | Arrived(seconds=seconds):
                part = self._part(fact.at, seconds)
                self._course.append(part)
                if isinstance(fact, Sat) and not fact.known:
                    self._unknown += part
            case Shown() | Held():
                if self._mine.setdefault(fact.prompt, self._is_today(fact.at)):
                    self._came_up(fact)
            case (
                Answered(prompt=prompt)
                | Expired(prompt=prompt)
                | Withdrawn(prompt=prompt)
                | Corrected(prompt=prompt)
                | Confirmed(prompt=prompt)
                | Worked(prompt=prompt)
            ) if self._mine.get(prompt):
                self._became(fact)
            case _:
                pass

    def _broke(self, fact: Break | Stayed) -> None:
        match fact:
            case Break():
                self._broke_here = self._is_today(fact.at)
                if self._broke_here:
                    self._breaks += 1
                    self._course.append(_Stop(None))
            case Stayed(at=at, seconds=seconds):  # it was none: what it parted belongs together
                part = self._part(at, seconds)
                if self._broke_here:
                    stops = [i for i, step in enumerate(self._course) if step == _Stop(None)]
                    self._course[stops[-1]] = part
                    self._breaks -= 1
                    self._broke_here = False
                else:
                    self._course.append(part)

    def _came_up(self, fact: Shown | Held) -> None:
        if isinstance(fact, Shown):
            first = self._shown.get(fact.prompt, fact).at
            self._shown[fact.prompt] = msgspec.structs.replace(fact, at=first)
        else:
            self._held[fact.prompt] = fact.reason

    def _became(self, fact: AnyFact) -> None:
        match fact:
            case Answered(answer=Answer.SNOOZED):
                self._snoozed += 1
            case Confirmed(prompt=prompt, evidence=evidence):
                self._evidence[prompt] = evidence
            case Worked(prompt=prompt):
                self._worked.setdefault(prompt, []).append(fact)
            case Corrected(prompt=prompt, ending=ending):
                self._end(prompt, ending, Evidence.CORRECTED)
            case Answered(prompt=prompt, answer=answer, evidence=evidence):
                self._end(prompt, Ending(answer), evidence)
            case Expired(prompt=prompt):
                self._end(prompt, Ending.EXPIRED, None)
            case Withdrawn(prompt=prompt):
                self._end(prompt, Ending.WITHDRAWN, None)
            case _:
                pass

    def figures(self, pending: float = 0.0) -> DayFigures:
        """`pending`: seconds of the running spell that are not in the journal yet."""
        ends = list(self._endings.values())
        done, skipped = ends.count(Ending.DONE), ends.count(Ending.SKIPPED)
        expired = ends.count(Ending.EXPIRED)
        asked = done + skipped + expired
        left, right = self._sides()
        spells = self._spells(pending)
        reasons = list(self._held.values())
        known = [self._evidence[p] for p, end in self._endings.items() if end is Ending.DONE]
        return DayFigures(
            day=self.day,
            prompts=len(self._shown),
            done=done,
            snoozed=self._snoozed,
            skipped=skipped,
            expired=expired,
            withdrawn=sum(self._endings.get(p) is Ending.WITHDRAWN for p in self._shown),
            natural_breaks=self._breaks,
            sitting_s=sum(spells),
            unknown_s=self._unknown,
            longest_spell_s=max(spells),
            left_s=left,
            right_s=right,
            compliance=done / asked if asked else None,
            held={reason: reasons.count(reason) for reason in Reason if reason in reasons},
            evidence={kind: known.count(kind) for kind in Evidence if kind in known},
        )

    def prompts(self) -> list[PromptLine]:
        return [
            PromptLine(fact.at, fact.routine, fact.side, self._endings.get(number))
            for number, fact in self._shown.items()
        ]

    def _is_today(self, at: datetime) -> bool:
        return day_of(at, self._turn) == self.day

    def _part(self, end: datetime, seconds: float) -> float:
        """How many of the *seconds* up to *end* lie in this day."""
        if end.date() < self.day:  # nearly all of a long record, without the arithmetic
            return 0.0
        start = end - timedelta(seconds=seconds)
        opens = datetime.combine(self.day, self._turn, end.tzinfo)
        closes = opens + timedelta(days=1)
        return max((min(end, closes) - max(start, opens)).total_seconds(), 0.0)

    def _spells(self, pending: float) -> list[float]:
        """What was sat without a break between; a corrected answer joins or parts spells."""
        spells = [0.0]
        for step in [*self._course, pending]:
            if isinstance(step, float):
                spells[-1] += step
            elif step.prompt is None or self._endings.get(step.prompt) is Ending.DONE:
                spells.append(0.0)
        return spells

    def _end(self, prompt: int, ending: Ending, evidence: Evidence | None) -> None:
        if prompt not in self._endings:
            self._course.append(_Stop(prompt))
        self._endings[prompt] = ending
        if evidence is Evidence.CORRECTED and ending is not Ending.DONE:
            self._worked.pop(prompt, None)
        if ending is Ending.DONE:
            self._evidence[prompt] = evidence or Evidence.CLAIMED

    def _sides(self) -> tuple[int, int]:
        left = right = 0.0
        for prompt, shown in self._shown.items():
            for side, seconds in self._held_sides(prompt, shown):
                left += seconds if side is Side.LEFT else 0.0
                right += seconds if side is Side.RIGHT else 0.0
        return round(left), round(right)

    def _held_sides(self, prompt: int, shown: Shown) -> Iterator[tuple[Side, float]]:
        """As it was guided, else as it was planned."""
        if prompt in self._worked:
            yield from ((fact.side, fact.seconds) for fact in self._worked[prompt])
        elif self._endings.get(prompt) is Ending.DONE:
            routine = self._catalogue.routines.get(shown.routine)
            blocks = shown.blocks or (routine.blocks if routine is not None else ())
            if self._catalogue.has(blocks):
                left, right = held_seconds(self._catalogue, blocks, shown.side)
                yield from ((Side.LEFT, left), (Side.RIGHT, right))
