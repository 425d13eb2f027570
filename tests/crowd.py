"""Made-up people and their journals, by the thousand: drawn by chance, and counted meanwhile.

The core would play them truer, at eleven seconds a person's year (benchmarks/days.py).
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from random import Random

from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Break,
    CheckedIn,
    Confirmed,
    Corrected,
    Expired,
    Felt,
    Held,
    Launched,
    Quit,
    Sat,
    Shown,
    Started,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.routine import legs
from qlbreak.core.model.terms import (
    Answer,
    Cause,
    Ending,
    Evidence,
    Feeling,
    Hindrance,
    Reason,
    Side,
    Why,
)
from qlbreak.data import load

START = date(2026, 1, 5)  # a Monday
CATALOGUE = load()
_ROUTINES = [routine for routine in CATALOGUE.routines.values() if routine.length_s <= 60]
_ZONES = [(1, True), (1, True), (0, True), (9, False), (-5, False)]  # hours, and summer time
_SETTLED = 600.0
_MINUTE = timedelta(minutes=1)


class Person:
    """The same seed and number give the same life.

    `ends`: what became of the prompts that were shown, by the day they came up on, which is what
    any reader of the journal has to find; `snoozes`: those that were not taken back.
    """

    def __init__(self, number: int, seed: int = 1, *, sitting: bool = True) -> None:
        dice = self._dice = Random(f"{seed}-{number}")
        self._sitting = sitting  # without it: only what is about prompts
        self.name = f"p{number:05}"
        self.ends: Counter[tuple[date, Ending]] = Counter()
        self.snoozes = 0
        self._hours, self._summer = dice.choice(_ZONES)
        self._willing = dice.betavariate(5, 3)
        self._tiring = dice.uniform(0.0, 0.4)  # of the will, over a year
        self._late = dice.betavariate(2, 8)
        self._days = dice.choice([3, 4, 5, 5, 5, 5])  # a week
        self._begins = dice.choice([7, 8, 8, 9, 9, 10, 22])  # the last works at night
        self._away = {dice.randrange(52) for _ in range(dice.randint(2, 7))}  # weeks
        self._prompt = 0
        self._facts: list[AnyFact] = []

    def live(self, days: int) -> Iterator[AnyFact]:
        for number in range(days):
            day, dice = START + timedelta(days=number), self._dice
            week = number // 7 % 52
            if day.weekday() < self._days and week not in self._away and dice.random() < 0.95:
                self._will = self._willing * (1 - self._tiring * number / 365)
                self._work(day)
                yield from self._facts
                self._facts.clear()

    def _work(self, day: date) -> None:
        dice = self._dice
        zone = timezone(timedelta(hours=self._hours + (self._summer and _is_summer(day))))
        begin = datetime(day.year, day.month, day.day, self._begins, tzinfo=zone)
        self._at = begin + timedelta(milliseconds=dice.randrange(5_400_000))
        end = self._at + timedelta(minutes=dice.gauss(450, 60))
        self._say(Launched(self._at, "0.1.0", self._prompt))
        while self._at < end:
            self._sit(30)
            self._come_up()
            if dice.random() < 0.3:
                self._sit(dice.uniform(2, 25))
                self._rest()
        if day.weekday() == 0 and dice.random() < 0.6:
            left, right = dice.randrange(8), dice.randrange(8)
            self._say(CheckedIn(self._at, left, right, work=dice.choice(list(Hindrance))))
        self._say(Quit(self._at))

    def _say(self, fact: AnyFact) -> None:
        self._facts.append(fact)

    def _sit(self, minutes: float) -> None:
        left = round(minutes * 60, 3)
        if not self._sitting:
            self._at += timedelta(seconds=left)
            return
        while left > 0:
            part = min(left, _SETTLED)
            self._at += timedelta(seconds=part)
            self._facts.append(Sat(self._at, part))
            left = round(left - part, 3)

    def _rest(self) -> None:
        if self._sitting:
            self._say(Break(self._at, Cause.IDLE))
        self._at += self._dice.uniform(3, 20) * _MINUTE

    # What becomes of a prompt

    def _come_up(self) -> None:
        dice = self._dice
        self._prompt += 1
        day = (self._at - timedelta(hours=4)).date()
        if dice.random() < 0.06:
            reason = dice.choice([Reason.MEETING, Reason.PAUSED, Reason.WOKEN])
            self._say(Held(self._at, self._prompt, reason))
            self._sit(dice.uniform(2, 40))
            if dice.random() < 0.2:
                self._say(Withdrawn(self._at, self._prompt))
                self._rest()
                return
        self._side, self._routine = dice.choice(list(Side)), dice.choice(_ROUTINES)
        self._show(0)
        self._snooze()
        self.ends[day, self._end()] += 1

    def _show(self, snoozes: int) -> None:
        routine = self._routine
        self._say(
            Shown(
                self._at, self._prompt, routine.id, self._side, 1800.0, snoozes,
                length=routine.length_s, blocks=routine.blocks, why=(Why.LENGTHEN_BEHIND,),
            )
        )  # fmt: skip

    def _snooze(self) -> None:
        snoozes, dice = 0, self._dice
        while snoozes < 2 and dice.random() < self._late:
            self._answer(Answer.SNOOZED, snooze=300.0)
            if dice.random() < 0.05:
                self._sit(1)
                self._show(snoozes)  # taken back
                break
            snoozes += 1
            self._sit(5)
            self._show(snoozes)
        self.snoozes += snoozes

    def _answer(
        self, answer: Answer, evidence: Evidence | None = None, snooze: float | None = None
    ) -> None:
        via = (
            "guide" if evidence is Evidence.GUIDED else self._dice.choice(["notification", "tray"])
        )
        self._say(Answered(self._at, self._prompt, answer, via, evidence, snooze))

    def _end(self) -> Ending:
        luck = self._dice.random()
        if luck < 0.12:
            self._sit(self._dice.uniform(0, 6))
            self._say(Withdrawn(self._at + 3 * _MINUTE, self._prompt))
            self._rest()
            return Ending.WITHDRAWN
        if luck < 0.12 + 0.88 * self._will:
            return self._done()
        if self._dice.random() < 0.4:
            self._sit(self._dice.uniform(0.1, 3))
            self._answer(Answer.SKIPPED)
            return self._corrected(Ending.SKIPPED, Ending.DONE, 0.02)
        self._sit(10)
        self._say(Expired(self._at, self._prompt))
        return self._corrected(Ending.EXPIRED, Ending.DONE, 0.05)

    def _done(self) -> Ending:
        evidence = self._dice.choice([Evidence.GUIDED, Evidence.AWAY, Evidence.CLAIMED])
        self._sit(self._dice.uniform(0.1, 3))
        if evidence is Evidence.GUIDED:
            self._guided()
        self._answer(Answer.DONE, evidence)
        if evidence is Evidence.CLAIMED and self._dice.random() < 0.3:
            self._say(Confirmed(self._at + _MINUTE, self._prompt, Evidence.AWAY))
        elif evidence is Evidence.GUIDED and self._dice.random() < 0.2:
            self._say(Felt(self._at, self._prompt, self._dice.choice(list(Feeling))))
        return self._corrected(Ending.DONE, Ending.SKIPPED, 0.02)

    def _guided(self) -> None:
        self._say(Started(self._at, self._prompt, "notification"))
        for block, side, seconds in legs(CATALOGUE.exercises(self._routine.blocks), self._side):
            self._at += timedelta(seconds=seconds + 4)
            if self._sitting:
                self._say(Worked(self._at, self._prompt, block.movement.id, side, float(seconds)))

    def _corrected(self, ending: Ending, other: Ending, chance: float) -> Ending:
        if self._dice.random() >= chance:
            return ending
        self._sit(self._dice.uniform(1, 8))
        self._say(Corrected(self._at, self._prompt, other))
        return other


def _is_summer(day: date) -> bool:
    """As in Europe: from the last Sunday of March to that of October."""
    return _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
