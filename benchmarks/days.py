"""A person at a desk for as many days as wanted: looks at the desk go in, facts come out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from qlbreak.core.model.facts import AnyFact, Shown
from qlbreak.core.model.inputs import Launch, Leave, Respond, Tick
from qlbreak.core.model.terms import Answer
from qlbreak.core.reminder.reminder import Reminder

TICK = 15.0
TICKS_A_DAY = round(24 * 3600 / TICK)
_STEP = timedelta(seconds=TICK)
_AT_WORK = ((8.5, 12.5), (13.25, 17.25))  # hours
_ANSWERS = [Answer.DONE] * 6 + [Answer.SNOOZED, Answer.SKIPPED, None, None]


class Person:
    """Eight hours every day, some of them away from the desk; the machine is never off.

    The same seed gives the same days.
    """

    def __init__(self, reminder: Reminder, seed: int = 1) -> None:
        self._reminder = reminder
        self._random = Random(seed)
        self._at = reminder.at
        self._steady = reminder.turn.steady
        self._answer: Answer | None = None
        self._answers_in = 0  # ticks

    def live(self, days: int) -> Iterator[AnyFact]:
        """All facts of that many days."""
        yield from self._give(Launch("benchmark", Tick(0.0)))
        for _ in range(days):
            for idle in self._course(self._at):
                self._at += _STEP
                self._steady += TICK
                facts = self._reminder.handle(Tick(idle), self._at, self._steady)
                if facts or self._answers_in:
                    yield from self._react(facts)
        yield from self._give(Leave())

    def _course(self, start: datetime) -> list[float]:
        """How long nothing was touched, look by look, from *start* for a day."""
        idle, away, course = 0.0, 0, []
        for number in range(TICKS_A_DAY):
            at = start + number * _STEP
            hour = at.hour + at.minute / 60
            here = any(begin <= hour < end for begin, end in _AT_WORK)
            if here and away == 0 and self._random.random() < 0.004:
                away = self._random.randrange(4, 60)
            if away:
                away -= 1
            typing = here and not away and self._random.random() < 0.6
            idle = self._random.random() * TICK if typing else idle + TICK
            course.append(idle)
        return course

    def _react(self, facts: list[AnyFact]) -> Iterator[AnyFact]:
        yield from facts
        if any(isinstance(fact, Shown) for fact in facts):
            self._answer, self._answers_in = self._random.choice(_ANSWERS), 4
        elif self._answers_in:
            self._answers_in -= 1
            if not self._answers_in and self._answer is not None:
                yield from self._give(Respond(self._answer, "tray"))

    def _give(self, event: Launch | Respond | Leave) -> list[AnyFact]:
        return self._reminder.handle(event, self._at, self._steady)
