"""A prompt's life: held, shown, snoozed, then exactly one of done, skipped, expired, withdrawn."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from qlbreak.core.coach.composer import Plan, planned
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
    Stopped,
    Swapped,
)
from qlbreak.core.model.life import Life, LifeFact, after
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.rules import UNDO_WITHIN, Rules, day_of
from qlbreak.core.model.terms import Answer, Cause, Ending, Posture, Reason
from qlbreak.core.reminder.posture import PostureClock

_TWO_DAYS = timedelta(days=2)


_UNHURRIED = 3.0  # of a routine's own length: so long who has begun it is left in peace


class Phase(StrEnum):
    HELD = "held"
    SHOWN = "shown"
    SNOOZED = "snoozed"


class Prompt:
    """The open one: its life, and what the running reminder makes of it. `clock`: the one that ran
    when it came up. `deadline`: when a snooze is over, or when nobody has answered."""

    def __init__(self, number: int, life: Life, clock: PostureClock) -> None:
        self.number = number
        self.life = life
        self.clock = clock
        self.phase = Phase.HELD
        self.plan: Plan | None = None
        self.quiet = 0.0  # the longest time without input since it is shown
        self.deadline = 0.0
        self.reminded = False  # asked a second time
        self.broke = False  # there was a break since
        self.seen = False  # at least once nothing can have covered it, or it was put away

    @property
    def reason(self) -> Reason | None:
        """Why it is kept back now."""
        return self.life.held if self.phase is Phase.HELD else None

    @property
    def asked(self) -> bool:
        return self.life.shown is not None and self.life.shown.asked

    @property
    def standing(self) -> bool:
        """It came to somebody who stands."""
        return self.clock.posture is Posture.STANDING

    @property
    def shown_at(self) -> datetime | None:
        """When it was last."""
        return self.life.shown.at if self.life.shown is not None else None

    @property
    def snoozes(self) -> int:
        return self.life.snoozes

    @property
    def started(self) -> bool:
        return self.life.started


class End:
    """What the clock showed when the last prompt ended, so that it can be taken back. `base`: the
    one before."""

    def __init__(self, prompt: Prompt, steady: float) -> None:
        clock = prompt.clock
        self.prompt = prompt
        self.base = clock.base
        self.first = prompt.life.ending
        self.steady = steady
        self.settled = clock.settled
        self.broke_until = clock.broke_until
        self.reset = self.first is Ending.DONE  # as the clock has been told by now
        # The clock's count of resets for as long as nothing else has reset it.
        self.resets = clock.resets + self.reset

    @property
    def number(self) -> int:
        return self.prompt.number

    @property
    def ending(self) -> Ending | None:
        return self.prompt.life.ending

    @property
    def clock(self) -> PostureClock:
        return self.prompt.clock

    @property
    def stands(self) -> bool:
        """Nothing but this end has reset the clock since."""
        return self.clock.resets == self.resets

    @property
    def undone(self) -> Ending:
        """What it would be taken back to."""
        if self.ending is not Ending.DONE:
            return Ending.DONE
        return self.first if self.first and self.first is not Ending.DONE else Ending.SKIPPED


class Prompts:
    """All of it follows from the facts; nothing here decides."""

    def __init__(self, catalogue: Catalogue, rules: Rules) -> None:
        self.catalogue = catalogue
        self.rules = rules
        self.open: Prompt | None = None
        self.last = 0
        self.ended: End | None = None
        self._lately: list[datetime] = []  # when those of yesterday and today first came
        self.ignored = 0
        self.lengthened = 0.0
        self.question: float | None = None  # what is proposed
        self.question_till = 0.0
        self.asked = False  # once for each run of ignored prompts
        self._left_out: tuple[int, frozenset[str]] = (0, frozenset())

    def follow(self, catalogue: Catalogue, rules: Rules) -> None:
        """Others apply from now on, also to what is open."""
        self.catalogue = catalogue
        for prompt in self._kept():
            if prompt.life.shown is not None:
                prompt.plan = self._plan(prompt.life.shown)
        longer = rules.expire - self.rules.expire
        if self.open is not None and self.open.phase is not Phase.SNOOZED:
            self.open.deadline += longer
        self.question_till += longer
        self.rules = rules

    def shown_on(self, day: date) -> int:
        """How many came by themselves."""
        return sum(day_of(at, self.rules.day_turn) == day for at in self._lately)

    @property
    def number(self) -> int:
        """Of the open one, or of the next."""
        return self.open.number if self.open is not None else self.last + 1

    def left_out(self, number: int) -> frozenset[str]:
        """The movements for which something else was asked, as far as that prompt goes."""
        swapped, movements = self._left_out
        return movements if swapped == number else frozenset()

    def undoable(self, steady: float) -> End | None:
        end = self.ended
        return end if end is not None and steady - end.steady <= UNDO_WITHIN else None

    def apply(self, fact: Fact, steady: float, clock: PostureClock) -> None:
        """Take in *fact*; the *clock*, which is the running one, must not have done so yet."""
        if isinstance(fact, LifeFact):
            self._live(fact, clock)
        match fact:
            case Held() | Shown() | Started() | Stopped() | Reminded():
                self._went_on(fact, steady)
            case Answered(answer=answer):
                self.ignored, self.asked = 0, False
                if answer is Answer.SNOOZED:
                    self._put_off(fact, steady)
            case Expired(seen=seen):  # that they come too often can be said of those of sitting
                self.ignored += seen and not (self.open is not None and self.open.standing)
            case Corrected() | Reopened():
                self._taken_back(fact, steady)
            case _:
                self._other(fact, steady)
        if self.open is not None and self.open.life.over:
            self._end(self.open, steady)

    def _live(self, fact: LifeFact, clock: PostureClock) -> None:
        """Of one that is kept; any other is over, or comes up now."""
        for prompt in self._kept():
            if prompt.number == fact.prompt:
                prompt.life = after(prompt.life, fact) or prompt.life
                return
        life = after(None, fact)
        if life is not None:
            self.open = Prompt(fact.prompt, life, clock)
            self.last = max(self.last, fact.prompt)

    def _kept(self) -> Iterator[Prompt]:
        """The open one, and the last that ended."""
        if self.open is not None:
            yield self.open
        if self.ended is not None:
            yield self.ended.prompt

    def _went_on(self, fact: Held | Shown | Started | Stopped | Reminded, steady: float) -> None:
        prompt = self.open
        if prompt is None or prompt.number != fact.prompt:
            return
        match fact:
            case Held():
                prompt.phase = Phase.HELD
            case Shown():
                self._shown(prompt, fact, steady)
            case Reminded():
                prompt.reminded = True
            case Started() | Stopped():
                prompt.deadline = steady + self._patience(prompt)

    def _other(self, fact: Fact, steady: float) -> None:
        match fact:
            case Break() | Elsewhere():
                self._broke(fact)
            case Paused() | Meeting() | Declared() | Resumed():
                self._drop_question()
            case Asked(lengthened=lengthened):
                self.asked = True
                self.question, self.question_till = lengthened, steady + self.rules.expire
            case Lengthened(lengthened=lengthened):
                self.lengthened, self.question = lengthened, None
            case Launched():
                self.last = max(self.last, fact.prompt)
                self.lengthened = fact.lengthened
                self._drop_question()
            case Swapped(prompt=number, movements=movements):
                self._left_out = number, frozenset(movements)
            case _:
                pass

    def _broke(self, fact: Break | Elsewhere) -> None:
        self._drop_question()
        if isinstance(fact, Elsewhere):  # answered after all, only not here
            self.ignored, self.asked = 0, False
        elif self.open is not None and (not self.open.standing or fact.cause is not Cause.STOOD):
            self.open.broke = True

    def _drop_question(self) -> None:
        """Something came between, so silence would be no answer; it may be asked again."""
        if self.question is not None:
            self.question, self.asked = None, False

    def _shown(self, prompt: Prompt, fact: Shown, steady: float) -> None:
        if prompt.life.first is fact and not fact.asked:
            self._count(fact.at)
        prompt.phase = Phase.SHOWN
        prompt.plan = self._plan(fact)
        prompt.quiet, prompt.reminded, prompt.seen = 0.0, False, False
        prompt.deadline = steady + self._patience(prompt)

    def _patience(self, prompt: Prompt) -> float:
        """Step by step in notifications, each at its reading time, a routine takes up to twice as
        long as it says."""
        length = prompt.plan.length if prompt.started and prompt.plan is not None else 0
        return max(self.rules.expire, _UNHURRIED * length)

    def _plan(self, fact: Shown) -> Plan:
        return planned(
            self.catalogue, fact.routine, fact.blocks, fact.side, fact.why, fact.length,
            fact.prescriber,
        )  # fmt: skip

    def _put_off(self, fact: Answered, steady: float) -> None:
        if self.open is not None and self.open.number == fact.prompt:
            self.open.phase = Phase.SNOOZED
            self.open.deadline = steady + (fact.snooze or 0.0)

    def _end(self, prompt: Prompt, steady: float) -> None:
        self.open, ending = None, prompt.life.ending
        if ending is None:
            return  # nothing was due, and nothing was done
        if prompt.shown_at is not None:  # what nobody has seen, nobody has done
            self.ended = End(prompt, steady)
        # Of a natural break and of a routine that was done the clock knows what follows.
        if ending not in (Ending.WITHDRAWN, Ending.DONE):
            prompt.clock.base = prompt.clock.settled

    def _taken_back(self, fact: Corrected | Reopened, steady: float) -> None:
        end = self.ended
        if end is None or end.number != fact.prompt:
            return
        if isinstance(fact, Corrected):
            self._corrected(end)
        else:
            self.ended = None
            if self.open is None:
                self._reopened(end, steady)

    def _corrected(self, end: End) -> None:
        done = end.ending is Ending.DONE
        if done is not end.reset and end.stands:
            end.clock.correct(
                -end.settled if done else end.settled, end.steady if done else end.broke_until
            )
            end.clock.base = 0.0 if done else end.settled
        if done:
            self.ignored, self.asked = 0, False
        end.reset = done

    def _reopened(self, end: End, steady: float) -> None:
        """As if it had just been shown."""
        if end.stands:
            end.clock.correct(end.settled, end.broke_until)
        prompt = self.open = end.prompt
        prompt.phase, prompt.deadline, prompt.quiet = Phase.SHOWN, steady + self.rules.expire, 0.0
        prompt.reminded = prompt.broke = False
        end.clock.base = end.base

    def _count(self, at: datetime) -> None:
        self._lately = [before for before in self._lately if abs(at - before) < _TWO_DAYS]
        self._lately.append(at)
