"""A prompt's life: held, shown, snoozed, then exactly one of done, skipped, expired, withdrawn."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.facts import (
    Answered,
    Asked,
    Break,
    Corrected,
    Declared,
    Elsewhere,
    Expired,
    Fact,
    Held,
    Launched,
    Lengthened,
    Meeting,
    Paused,
    Reminded,
    Reopened,
    Resumed,
    Shown,
    Started,
    Stayed,
    Stopped,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.rules import UNDO_WITHIN, Rules, day_of
from qlbreak.core.model.terms import Answer, Ending, Reason
from qlbreak.core.reminder.sitting import SittingClock

_TWO_DAYS = timedelta(days=2)


_UNHURRIED = 3.0  # of a routine's own length: so long who has begun it is left in peace


class Phase(StrEnum):
    HELD = "held"
    SHOWN = "shown"
    SNOOZED = "snoozed"


class Prompt:
    """The open one. `deadline`: when a snooze is over, or when nobody has answered."""

    def __init__(self, number: int, phase: Phase) -> None:
        self.number = number
        self.phase = phase
        self.reason: Reason | None = None
        self.plan: Plan | None = None
        self.asked = False
        self.quiet = 0.0  # the longest time without input since it is shown
        self.snoozes = 0
        self.deadline = 0.0
        self.shown_at: datetime | None = None
        self.started = False
        self.reminded = False  # asked a second time
        self.worked = False  # a part of it is done
        self.broke = False  # there was a break since
        self.seen = False  # at least once nothing can have covered it, or it was put away


class End:
    """How the last prompt ended, and what the clock showed then, so that it can be taken back.
    `base`: the one before."""

    def __init__(
        self, prompt: Prompt, when: float, clock: SittingClock, ending: Ending, base: float
    ) -> None:
        self.prompt = prompt
        self.number = prompt.number
        self.base = base
        self.first = self.ending = ending
        self.when = when
        self.settled = clock.settled
        self.broke_until = clock.broke_until
        # The clock's count of resets for as long as nothing else has reset it.
        self.resets = clock.resets + (ending is Ending.DONE)

    def stands(self, clock: SittingClock) -> bool:
        """Nothing but this end has reset the clock since."""
        return clock.resets == self.resets

    @property
    def undone(self) -> Ending:
        """What it would be taken back to."""
        if self.ending is not Ending.DONE:
            return Ending.DONE
        return self.first if self.first is not Ending.DONE else Ending.SKIPPED


class Prompts:
    """All of it follows from the facts; nothing here decides."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.open: Prompt | None = None
        self.last = 0
        self.ended: End | None = None
        self.base = 0.0  # sitting seconds at which the last prompt of this spell ended
        self.base_before = 0.0  # the same, before the last natural break
        self._lately: list[datetime] = []  # when those of yesterday and today first came
        self.ignored = 0
        self.lengthened = 0.0
        self.question: float | None = None  # what is proposed
        self.question_till = 0.0
        self.asked = False  # once for each run of ignored prompts

    def follow(self, rules: Rules) -> None:
        """Others apply from now on, also to what is open."""
        longer = rules.expire - self.rules.expire
        if self.open is not None and self.open.phase is not Phase.SNOOZED:
            self.open.deadline += longer
        self.question_till += longer
        self.rules = rules

    def shown_on(self, day: date) -> int:
        """How many came by themselves."""
        return sum(day_of(at, self.rules.day_turn) == day for at in self._lately)

    def undoable(self, when: float) -> End | None:
        end = self.ended
        return end if end is not None and when - end.when <= UNDO_WITHIN else None

    def apply(self, fact: Fact, when: float, clock: SittingClock) -> None:
        """Take in *fact*; the clock must not have done so yet."""
        match fact:
            case Held():
                self._held(fact)
            case Shown():
                self._shown(fact, when)
            case Started() | Stopped() | Reminded() if self.open is not None:
                self._went_on(self.open, fact, when)
            case Answered():
                self._answered(fact, when, clock)
            case Expired(seen=seen):
                self.ignored += seen
                self._end(when, clock, Ending.EXPIRED)
            case Withdrawn():
                self._end(when, clock, Ending.WITHDRAWN)
            case Corrected() | Reopened() if self.ended is not None:
                self._taken_back(self.ended, fact, when, clock)
            case _:
                self._other(fact, when)

    def _went_on(self, prompt: Prompt, fact: Started | Stopped | Reminded, when: float) -> None:
        if isinstance(fact, Reminded):
            prompt.reminded = True
        elif isinstance(fact, Stopped) and prompt.asked and not prompt.worked:
            self.open = None  # nothing was due, and nothing was done
        else:
            prompt.started = isinstance(fact, Started)
            # Step by step in notifications, each at its reading time, it takes up to twice as long.
            length = prompt.plan.length if prompt.started and prompt.plan is not None else 0
            prompt.deadline = when + max(self.rules.expire, _UNHURRIED * length)

    def _other(self, fact: Fact, when: float) -> None:
        match fact:
            case Break() | Elsewhere():
                self._broke(fact)
            case Stayed():
                self.base = self.base_before
            case Worked(prompt=number) if self.open is not None and self.open.number == number:
                self.open.worked = True
            case Paused() | Meeting() | Declared() | Resumed():
                self._drop_question()
            case Asked(lengthened=lengthened):
                self.asked = True
                self.question, self.question_till = lengthened, when + self.rules.expire
            case Lengthened(lengthened=lengthened):
                self.lengthened, self.question = lengthened, None
            case Launched():
                self.last = max(self.last, fact.prompt)
                self.lengthened = fact.lengthened
                self._drop_question()
            case _:
                pass

    def _broke(self, fact: Break | Elsewhere) -> None:
        self.base_before, self.base = self.base, 0.0
        self._drop_question()
        if isinstance(fact, Elsewhere):  # answered after all, only not here
            self.ignored, self.asked = 0, False
        elif self.open is not None:
            self.open.broke = True

    def _drop_question(self) -> None:
        """Something came between, so silence would be no answer; it may be asked again."""
        if self.question is not None:
            self.question, self.asked = None, False

    def _held(self, fact: Held) -> None:
        prompt = self._find(fact.prompt)
        prompt.phase, prompt.reason = Phase.HELD, fact.reason

    def _shown(self, fact: Shown, when: float) -> None:
        prompt = self._find(fact.prompt)
        if prompt.shown_at is None and not fact.asked:
            self._count(fact.at)
        prompt.phase, prompt.reason = Phase.SHOWN, None
        prompt.plan = Plan(fact.routine, fact.blocks, fact.side, fact.why, fact.length)
        prompt.asked = fact.asked
        prompt.quiet, prompt.reminded, prompt.seen = 0.0, False, False
        prompt.snoozes = fact.snoozes
        prompt.shown_at = fact.at
        prompt.deadline = when + self.rules.expire

    def _answered(self, fact: Answered, when: float, clock: SittingClock) -> None:
        self.ignored, self.asked = 0, False
        prompt = self.open
        if prompt is None:
            return
        if fact.answer is Answer.SNOOZED:
            prompt.phase, prompt.reason = Phase.SNOOZED, None
            prompt.snoozes += 1
            prompt.deadline = when + (fact.snooze or 0.0)
            prompt.started = False
        else:
            self._end(when, clock, Ending(fact.answer))

    def _end(self, when: float, clock: SittingClock, ending: Ending) -> None:
        if self.open is None:
            return
        if self.open.shown_at is not None:  # what nobody has seen, nobody has done
            self.ended = End(self.open, when, clock, ending, self.base)
        self.open = None
        if ending is not Ending.WITHDRAWN:  # the natural break says what follows
            self.base = 0.0 if ending is Ending.DONE else clock.settled

    def _taken_back(
        self, end: End, fact: Corrected | Reopened, when: float, clock: SittingClock
    ) -> None:
        if isinstance(fact, Corrected):
            self._corrected(end, fact, clock)
        elif end.number == fact.prompt and self.open is None:
            self._reopened(end, when, clock)

    def _corrected(self, end: End, fact: Corrected, clock: SittingClock) -> None:
        done = fact.ending is Ending.DONE
        if done is not (end.ending is Ending.DONE) and end.stands(clock):
            clock.correct(
                -end.settled if done else end.settled, end.when if done else end.broke_until
            )
            self.base = 0.0 if done else end.settled
        if done:
            self.ignored, self.asked = 0, False
        end.ending = fact.ending

    def _reopened(self, end: End, when: float, clock: SittingClock) -> None:
        """As if it had just been shown."""
        if end.stands(clock):
            clock.correct(end.settled, end.broke_until)
        prompt = self.open = end.prompt
        prompt.phase, prompt.deadline, prompt.quiet = Phase.SHOWN, when + self.rules.expire, 0.0
        prompt.started = prompt.reminded = prompt.broke = False
        self.base, self.ended = end.base, None

    def _count(self, at: datetime) -> None:
        self._lately = [before for before in self._lately if abs(at - before) < _TWO_DAYS]
        self._lately.append(at)

    def _find(self, number: int) -> Prompt:
        if self.open is None or self.open.number != number:
            self.open = Prompt(number, Phase.SHOWN)
            self.last = max(self.last, number)
        return self.open
