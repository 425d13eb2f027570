"""Made-up people at their keys: days of bursts and pauses, calls, locks and full screens, and the
reminders that come to them. What is assumed, and from where: docs/moments.md."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import accumulate
from math import exp, log
from random import Random
from typing import NamedTuple

from desk import CATALOGUE, MORNING
from qlbreak.core.model.facts import AnyFact, Shown
from qlbreak.core.model.inputs import AnyInput, Launch, Respond, Tick
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Answer, Early, Reason
from qlbreak.core.reminder.prompting import may_come_early
from qlbreak.core.reminder.reminder import Reminder

# Seconds from look to look: usually, where nothing was touched for a minute, and where a reminder
# waits for a pause in typing; as the program takes them.
LOOK, SELDOM, HURRIED, UNTOUCHED = 15.0, 30.0, 2.0, 60.0
LENGTH = 8.5 * 3600  # of a day, in seconds

_EXPONENT = 1.3  # of the power law: so falls the share of the pauses that are longer


class Spread(NamedTuple):
    """Seconds, half of them below `median`: lognormal, but that share of them, the `tail`, by a
    power law from the median on."""

    median: float
    sigma: float = 1.0
    tail: float = 0.0

    def draw(self, dice: Random) -> float:
        if dice.random() < self.tail:
            return self.median * dice.paretovariate(_EXPONENT)
        return exp(dice.gauss(log(self.median), self.sigma))


class Even(NamedTuple):
    """Seconds without a memory: that a pause has lasted long says nothing about its end."""

    mean: float

    def draw(self, dice: Random) -> float:
        return dice.expovariate(1 / self.mean)


class Habits(NamedTuple):
    """How somebody works. A stretch is writing, of bursts and pauses, or reading, of scrolls and
    looks; `writes` is the share of the writing; a rest lies between two stretches. Of calls and
    the like a number a day, and how long each takes."""

    name: str
    burst: Spread | Even
    pause: Spread | Even
    scroll: Spread | Even
    view: Spread | Even
    rest: Spread | Even
    writes: float
    stretch: Spread | Even = Even(180.0)
    calls: tuple[float, Spread] = (2.5, Spread(1500.0, 0.6))
    screens: tuple[float, Spread] = (0.7, Spread(480.0, 0.7))
    locks: tuple[float, Spread] = (3.0, Spread(70.0, 0.6))
    breaks: tuple[float, Spread] = (5.0, Spread(420.0, 0.6))


HABITS = (
    Habits(
        "office", Spread(6.0, 1.1), Spread(2.5, 1.0, 0.12), Spread(1.5, 0.8),
        Spread(6.0, 1.0, 0.15), Spread(8.0), writes=0.55,
    ),
    Habits(
        "long bursts", Spread(20.0, 1.1), Spread(1.8, 0.8, 0.05), Spread(2.0, 0.8),
        Spread(5.0, 1.0, 0.1), Spread(5.0, 0.8), writes=0.85, calls=(1.0, Spread(1500.0, 0.6)),
    ),
    Habits(
        "no memory", Even(10.0), Even(6.0), Even(2.0), Even(10.0), Even(12.0), writes=0.55,
    ),
)  # fmt: skip

Span = tuple[float, float]


class Day:
    """In seconds from the morning on: when there was input, and what else a machine can tell. The
    same dice give the same day."""

    def __init__(self, habits: Habits, dice: Random) -> None:
        self._habits, self._dice = habits, dice
        self.bursts: list[Span] = []
        self.busy: list[tuple[float, float, Reason]] = []
        self.locks: list[Span] = []
        self._now = 0.0
        coming = sorted(self._events(), key=lambda event: event[0])
        for at, act in coming:
            self._work(at)
            act()
        self._work(LENGTH)
        self._starts = [start for start, _ in self.bursts]
        self._ends = list(accumulate((end for _, end in self.bursts), max))

    def _events(self) -> Iterator[tuple[float, Callable[[], None]]]:
        habits, dice = self._habits, self._dice
        yield 3.5 * 3600 + dice.gauss(0, 900), lambda: self._gone(dice.uniform(1800, 3600))
        for (a_day, lasts), act in (
            (habits.calls, self._call),
            (habits.screens, self._full_screen),
            (habits.locks, self._gone),
            (habits.breaks, self._gone),
        ):
            at = dice.expovariate(a_day / LENGTH)
            while at < LENGTH:
                yield at, lambda act=act, lasts=lasts: act(lasts.draw(dice))  # type: ignore[misc]
                at += dice.expovariate(a_day / LENGTH)

    def _work(self, until: float) -> None:
        habits, dice = self._habits, self._dice
        while self._now < until:
            writes = dice.random() < habits.writes
            burst = habits.burst if writes else habits.scroll
            pause = habits.pause if writes else habits.view
            end = min(self._now + habits.stretch.draw(dice), until)
            while self._now < end:
                self._touch(burst.draw(dice))
                self._now += pause.draw(dice)
            self._rest()

    def _rest(self) -> None:
        self._now += self._habits.rest.draw(self._dice)

    def _touch(self, seconds: float) -> None:
        self.bursts.append((self._now, self._now + seconds))
        self._now += seconds

    def _call(self, seconds: float) -> None:
        """With a key now and then, and one that hangs up."""
        start, end = self._now, self._now + seconds
        while self._now < end:
            self._touch(1.0)
            self._now += Spread(60.0).draw(self._dice)
        self._now = end
        self.busy.append((start, end, Reason.MICROPHONE))
        self._touch(1.0)
        self._rest()

    def _full_screen(self, seconds: float) -> None:
        start = self._now
        while self._now < start + seconds:
            self._touch(1.0)
            self._now += Spread(60.0, 0.5).draw(self._dice)
        self.busy.append((start, self._now, Reason.FULL_SCREEN))
        self._touch(1.0)
        self._rest()

    def _gone(self, seconds: float) -> None:
        """With the screen locked, and a password at the end."""
        self.locks.append((self._now, self._now + seconds))
        self._now += seconds
        self._touch(3.0)
        self._rest()

    # What a look at it tells

    def look(self, at: float, routine: Span) -> Tick:
        """*routine*: meanwhile the keys are left alone, whatever would have been typed."""
        busy = frozenset(reason for start, end, reason in self.busy if start <= at < end)
        locked = next((at - start for start, end in self.locks if start <= at < end), None)
        last = self._last(at)
        if routine[0] <= last < routine[1]:
            last = self._last(routine[0])
        return Tick(at - last, locked, busy)

    def _last(self, at: float) -> float:
        """The last input up to then."""
        number = bisect_right(self._starts, at) - 1
        return min(at, self._ends[number]) if number >= 0 else 0.0

    def ahead(self, at: float) -> float:
        """Seconds until the next input; 0 in a burst."""
        number = bisect_right(self._starts, at)
        if number and at < self._ends[number - 1]:
            return 0.0
        return self._starts[number] - at if number < len(self._starts) else LENGTH


class Came(NamedTuple):
    """A reminder, when it first came: how long after the last input, and how long before the next,
    had nobody seen it. `early`: before it was due, in seconds of sitting; negative: so much
    later."""

    since: float
    ahead: float
    early: float
    moment: Early | None
    busy: bool

    @property
    def in_a_burst(self) -> bool:
        """Of typing, with pauses of a few seconds in it."""
        return self.since < BURST and self.ahead < BURST


BURST = 5.0


class Played(NamedTuple):
    """A day. `over`: seconds sat beyond the interval; `longest`: of the spells."""

    came: list[Came]
    over: float
    longest: float
    looks: int


class Typist:
    """Sits through a day with the real reminder, which is given what the program would see; with
    *finer* looks where it is near."""

    def __init__(self, day: Day, rules: Rules, seed: int, *, finer: bool = False) -> None:
        self._day, self._rules, self._finer = day, rules, finer
        self._dice = Random(seed)
        self._now = 0.0
        self.reminder = Reminder(CATALOGUE, rules, MORNING, 0.0)
        self._routine: Span = (-1.0, -1.0)
        self._answers: list[tuple[float, Respond]] = []
        self.came: list[Came] = []

    def play(self) -> Played:
        over = longest = 0.0
        looks, day, clock = 0, self._day, self.reminder.state.clock
        self._give(Launch(first=day.look(0.0, self._routine)))
        while self._now < LENGTH:
            before, tick = clock.lasted, day.look(self._now, self._routine)
            for fact in self._give(tick):
                if isinstance(fact, Shown):
                    self._shown(fact, tick)
            looks += 1
            longest = max(longest, clock.lasted)
            over += max(clock.lasted - max(before, self._rules.sitting), 0.0)
            self._wait(tick)
        return Played(self.came, over, longest, looks)

    def _shown(self, fact: Shown, tick: Tick) -> None:
        if not fact.snoozes:
            early = self.reminder.state.due_at - fact.sitting
            assert tick.idle is not None
            busy = bool(tick.busy) or tick.locked is not None
            ahead = self._day.ahead(self._now)
            self.came.append(Came(tick.idle, ahead, early, fact.moment, busy))
        self._react()

    def _react(self) -> None:
        """As often as not it is done, without a key meanwhile; else put off, skipped, or left."""
        at, kind = self._now + self._dice.uniform(10, 40), self._dice.random()
        if kind < 0.45:
            self._routine = at, at + 75
            self._answers.append((at + 75, Respond(Answer.DONE, "tray")))
        elif kind < 0.8:
            answer = Answer.SNOOZED if kind < 0.65 else Answer.SKIPPED
            self._answers.append((at, Respond(answer, "tray")))

    def _wait(self, tick: Tick) -> None:
        """Until the next look, or the answer that comes before it."""
        untouched = tick.idle is not None and tick.idle >= UNTOUCHED and not tick.busy
        hurried = self.reminder.waits or (self._finer and may_come_early(self.reminder.turn))
        until = self._now + (HURRIED if hurried else SELDOM if untouched else LOOK)
        if self._answers and self._answers[0][0] <= until:
            until, answer = self._answers.pop(0)
            self._now = max(self._now, until)
            self._give(answer)
        else:
            self._now = until

    def _give(self, event: AnyInput) -> list[AnyFact]:
        at = MORNING + timedelta(seconds=self._now)
        return self.reminder.handle(event, at, self._now)


def play(habits: Habits, rules: Rules, days: int, *, finer: bool = False) -> list[Played]:
    """The same days with any rules. *finer*: looked at every two seconds where a good moment would
    bring a reminder, as the program does not."""
    return [
        Typist(Day(habits, Random(f"{habits.name}-{number}")), rules, number, finer=finer).play()
        for number in range(days)
    ]
