"""A working day through the real core in a few seconds: what happens, what is said and kept."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from qlbreak.core.model.facts import (
    AnyFact,
    Break,
    Expired,
    Held,
    Launched,
    Quit,
    Reminded,
    Sat,
    Shown,
    Withdrawn,
)
from qlbreak.core.model.inputs import AnyInput, Launch, Leave, Meet, Respond, Tick
from qlbreak.core.model.rules import Rules, day_of
from qlbreak.core.model.terms import Answer
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.core.reminder.status import status
from qlbreak.core.statistics.tally import Tally
from qlbreak.data import load
from qlbreak.language import cells
from qlbreak.texts import moments, outcomes, played

_TICK = 15.0
_PAUSE_S = 0.25  # between two lines, so that one can follow: about ten seconds in all
_MORNING = datetime(2026, 3, 2, 8, 55, tzinfo=UTC)
_WIDTH = 66  # of a text: with the time before it a line of a terminal


def play(write: Callable[[str], object], *, fast: bool) -> None:
    """Nothing is left of it."""
    Performance(write, fast=fast).play()


class Performance:
    def __init__(self, write: Callable[[str], object], *, fast: bool) -> None:
        self._write = write
        self._pause = threading.Event()
        self._fast = fast
        self._at, self._steady, self._idle = _MORNING, 0.0, 0.0
        self._catalogue, self._rules = load(), Rules(notice=0.0)  # nobody types here
        self._reminder = Reminder(self._catalogue, self._rules, self._at, self._steady)
        self._tally = Tally(self._rules.day_turn, self._rules.sitting, self._catalogue)

    def play(self) -> None:
        self._say(played.OPENING)
        self._give(Launch("demo", Tick(0.0)))
        self._morning()
        self._afternoon()
        self._give(Leave())
        self._record()

    def _morning(self) -> None:
        self._work(30)
        self._tell(played.DOES_IT_NOW, Answer.DONE)
        self._work(30)
        self._tell(played.NOT_NOW, Answer.SNOOZED, 600.0)
        self._work(10)
        self._tell(played.DOES_IT, Answer.DONE)
        self._work(20)
        self._away(12, played.COFFEE)
        self._work(20)
        self._say(played.MEETING)
        self._give(Meet(45 * 60))
        self._away(45)
        self._say(played.MEETING_OVER)
        self._work(1)
        self._tell(played.HAS_DONE_IT, Answer.DONE)

    def _afternoon(self) -> None:
        self._work(10)
        self._sleep(50, played.LUNCH)
        self._say(played.DEEP_IN_WORK)
        self._work(41)
        self._work(29)
        self._tell(played.NOT_THIS_ONE, Answer.SKIPPED)
        self._work(20)
        self._away(10, played.GOING_HOME)

    # How time passes

    def _work(self, minutes: float) -> None:
        self._pass(minutes, typing=True)

    def _away(self, minutes: float, text: str = "") -> None:
        if text:
            self._say(text)
        self._pass(minutes, typing=False)

    def _pass(self, minutes: float, *, typing: bool) -> None:
        for _ in range(round(minutes * 60 / _TICK)):
            self._advance(_TICK)
            self._idle = 0.0 if typing else self._idle + _TICK
            self._give(Tick(self._idle))

    def _sleep(self, minutes: float, text: str) -> None:
        self._say(text)
        self._advance(minutes * 60)
        self._idle = 0.0
        self._give(Tick(self._idle))

    def _advance(self, seconds: float) -> None:
        self._at += timedelta(seconds=seconds)
        self._steady += seconds

    def _tell(self, text: str, answer: Answer, snooze: float | None = None) -> None:
        self._say(text)
        self._give(Respond(answer, "tray", snooze=snooze))

    # What comes of it

    def _give(self, event: AnyInput) -> None:
        for fact in self._reminder.handle(event, self._at, self._steady):
            self._tally.add(fact)
            if not isinstance(fact, Sat | Launched | Quit | Reminded):
                lines = [cells.cut(line, _WIDTH) for line in self._told(fact).split("\n")]
                self._line("    ", f"\n{'':11}".join(lines))

    def _told(self, fact: AnyFact) -> str:
        now = status(self._reminder.turn)
        match fact:
            case Shown() if now.prompt is not None:
                title = moments.prompt_title(now, now.prompt)
                body = moments.prompt_body(now.prompt).splitlines()[0]
                return f"{title}\n{body}"
            case Held():
                return moments.why(now)
            case Break():
                return played.natural_break(fact.at)
            case Expired():
                return played.MISSED
            case Withdrawn():
                return played.GOT_UP_FIRST
            case _:
                return outcomes.outcome([fact], now)

    def _say(self, text: str) -> None:
        self._line("", text)

    def _line(self, indent: str, text: str) -> None:
        self._write(f"{self._at:%H:%M}  {indent}{text}")
        if not self._fast:
            self._pause.wait(_PAUSE_S)

    def _record(self) -> None:
        figures = self._tally.days()[day_of(_MORNING, self._rules.day_turn)]
        lines = "\n".join(moments.today(figures))
        self._write(f"\n{lines}\n{played.CLOSING}")
