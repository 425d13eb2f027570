"""All facts of a record as one: what they amount to, told without days and the code under test."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from desk import CATALOGUE
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
    Stood,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.routine import legs
from qlbreak.core.model.terms import Answer, Ending, Evidence, Feeling, Posture, Reason, Side


class Whole:
    def __init__(self, journal: Iterable[AnyFact]) -> None:
        self.ends: dict[int, tuple[Ending | None, Evidence]] = {}
        self.shown: dict[int, Shown] = {}
        self.held: dict[int, Reason] = {}
        self.snoozes: dict[int, int] = {}
        self.feelings: dict[int, Feeling] = {}
        self.works: list[Worked] = []
        self.breaks = 0
        self.unknown = self.stood = 0.0
        self.course: list[float | int | None] = []  # seconds, ends of prompts, breaks
        self.last: int | None = None
        self.check_ins: list[CheckedIn] = []
        for fact in journal:
            self.take(fact)
        self.spells = self._spells()

    def take(self, fact: AnyFact) -> None:
        match fact:
            case Sat() | Arrived():
                self.unknown += 0.0 if getattr(fact, "known", True) else fact.seconds
                self.course.append(float(fact.seconds))
            case Break():
                self.breaks += 1
                self.last = len(self.course)
                self.course.append(None)
            case Stayed(seconds=seconds):
                self._stay(seconds)
            case Stood(seconds=seconds):
                self.stood += seconds
            case Elsewhere(kept=kept, posture=posture):
                self._part(kept if posture is Posture.SITTING else 0.0)
            case CheckedIn():
                self.check_ins.append(fact)
            case Worked(prompt=number):
                known = number in self.ends
                self.works.append(fact if known else replace(fact, prompt=-1))
            case _:
                self._prompt(fact)

    def _stay(self, seconds: float) -> None:
        later: list[float | int | None] = []
        if self.last is not None:
            later = self.course[self.last + 1 :]
            del self.course[self.last :]
            self.breaks -= 1
            self.last = None
        self.course += [float(seconds), *later]

    def _part(self, kept: float) -> None:
        place, left = len(self.course), kept
        while place and left > 0 and isinstance(sat := self.course[place - 1], float):
            if sat > left:
                self.course[place - 1 : place] = [sat - left, left]
                break
            place, left = place - 1, left - sat
        self.course.insert(place, None)
        self.last = None

    def _prompt(self, fact: Any) -> None:
        """What comes before a prompt is known belongs to nothing."""
        number = getattr(fact, "prompt", None)
        if isinstance(fact, Held | Shown):
            self.ends.setdefault(fact.prompt, (None, Evidence.CLAIMED))
        if number in self.ends:
            self._told(fact, fact.prompt)
            self._ending(fact, fact.prompt)

    def _told(self, fact: AnyFact, number: int) -> None:
        match fact:
            case Held(reason=reason):
                self.held[number] = reason
            case Shown(snoozes=snoozes):
                self.shown[number], self.snoozes[number] = fact, snoozes
            case Felt(feeling=feeling):
                self.feelings[number] = feeling
            case Confirmed(evidence=evidence):
                self.ends[number] = self.ends[number][0], evidence
            case Answered(answer=Answer.SNOOZED):
                self.snoozes[number] = self.snoozes.get(number, 0) + 1
            case _:
                pass

    def _ending(self, fact: AnyFact, number: int) -> None:
        match fact:
            case Answered(answer=answer, evidence=evidence) if answer is not Answer.SNOOZED:
                self._end(number, Ending(answer), evidence or Evidence.CLAIMED)
            case Corrected(ending=ending):
                self._end(number, ending, Evidence.CORRECTED)
                if ending is not Ending.DONE:
                    self.works = [work for work in self.works if work.prompt != number]
            case Expired():
                self._end(number, Ending.EXPIRED, Evidence.CLAIMED)
            case Withdrawn():
                self._end(number, Ending.WITHDRAWN, Evidence.CLAIMED)
            case Reopened():
                self._reopen(number)
            case _:
                pass

    def _reopen(self, number: int) -> None:
        """As if it had not ended: no stop there, and nothing done or felt."""
        self.ends[number] = None, Evidence.CLAIMED
        self.works = [work for work in self.works if work.prompt != number]
        self.feelings.pop(number, None)
        stops = [n for n, step in enumerate(self.course) if type(step) is int and step == number]
        if stops:
            del self.course[stops[-1]]
            if self.last is not None and self.last > stops[-1]:
                self.last -= 1

    def _end(self, number: int, ending: Ending, evidence: Evidence) -> None:
        if self.ends[number][0] is None:
            self.course.append(number)
        self.ends[number] = ending, evidence

    def of(self, ending: Ending) -> list[int]:
        return [n for n in self.shown if self.ends[n][0] is ending]

    def _spells(self) -> list[float]:
        spells = [0.0]
        for step in self.course:
            if isinstance(step, float):
                spells[-1] += step
            elif step is None or self.ends[step][0] is Ending.DONE:
                spells.append(0.0)
        return [spell for spell in spells if spell > 0]

    @property
    def sides(self) -> dict[Side, float]:
        """Of the work that was guided, else, of a prompt that was done, as planned."""
        sides = dict.fromkeys(Side, 0.0)
        for work in self.works:
            sides[work.side] += work.seconds
        for number in self.of(Ending.DONE):
            shown = self.shown[number]
            routine = CATALOGUE.routines.get(shown.routine)
            blocks = shown.blocks or (routine.blocks if routine else ())
            guided = any(work.prompt == number for work in self.works)
            if not guided and blocks and all(b.movement in CATALOGUE.movements for b in blocks):
                for _, side, seconds in legs(CATALOGUE.exercises(blocks), shown.side):
                    sides[side] += seconds
        return sides
