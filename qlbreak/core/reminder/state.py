"""What the facts so far amount to: clock, prompt, declarations. A fold, without decisions."""

from collections.abc import Callable, Iterable
from datetime import datetime

from qlbreak.core.coach.check_ins import CheckIns
from qlbreak.core.coach.coach import Coach
from qlbreak.core.coach.history import History
from qlbreak.core.coach.progress import Progress
from qlbreak.core.coach.stage import Staging
from qlbreak.core.model.facts import (
    AnyFact,
    Declared,
    Elsewhere,
    Fact,
    Meeting,
    Paused,
    Resumed,
    Settling,
)
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.profile import NOBODY, Profile
from qlbreak.core.model.rules import (
    EARLY,
    EARLY_PART,
    LONGEST_SITTING,
    STANDING_LIMIT,
    Rules,
    wall,
)
from qlbreak.core.model.terms import Posture
from qlbreak.core.reminder.posture import PostureClock
from qlbreak.core.reminder.prompts import Prompts

_NEVER = float("-inf")


class Declarations:
    """What nobody can sense. Each ends by itself: on the steady clock, or at an hour of the wall
    clock."""

    def __init__(self) -> None:
        self.paused_till = _NEVER
        self.paused_until: datetime | None = None
        self.meeting_till = _NEVER
        self.stood_up: float | None = None
        self.stands_till = _NEVER  # where no hour was told
        self.stands_until: datetime | None = None
        self.endless = True  # no end was told

    def paused(self, steady: float) -> bool:
        return steady < self.paused_till or self.paused_until is not None

    def look(self, at: datetime) -> None:
        """What the wall clock has passed is over, also where it is set back afterwards: when summer
        ends, or on a flight to the west."""
        if self.paused_until is not None and wall(at) >= self.paused_until:
            self.paused_until = None

    def stood(self, at: datetime, steady: float) -> bool:
        """To the end of it; that the person sits again from then on is a fact of its own."""
        if self.stood_up is None:
            return False
        if self.stands_until is not None:
            return wall(at) >= self.stands_until
        return steady >= self.stands_till

    def meeting(self, steady: float) -> bool:
        return steady < self.meeting_till

    @property
    def standing(self) -> bool:
        return self.stood_up is not None

    def apply(self, fact: Fact, steady: float) -> None:
        self.look(fact.at)
        match fact:
            case Paused(seconds=seconds, until=until):
                self.paused_till = steady + seconds if seconds is not None else _NEVER
                self.paused_until = None if until is None else wall(until)
            case Resumed():
                self.paused_till, self.paused_until = _NEVER, None
            case Meeting(seconds=seconds):
                self.meeting_till = steady + seconds
            case Declared(posture=Posture.STANDING, seconds=seconds, until=until):
                self.stood_up = steady
                self.stands_till = steady + (STANDING_LIMIT if seconds is None else seconds)
                self.stands_until = None if until is None else wall(until)
                self.endless = seconds is None and until is None
            case Declared():
                self.stood_up = None
            case _:
                pass


class State:
    """The same facts give the same state, whether they happen or are read from the journal."""

    def __init__(
        self,
        catalogue: Catalogue,
        rules: Rules,
        steady: float,
        profile: Profile = NOBODY,
        seed: int = 0,
    ) -> None:
        self.rules = rules
        self.clock = PostureClock(Posture.SITTING, steady, rules.away, rules.max_gap)
        self.standing = PostureClock(Posture.STANDING, steady, rules.away, rules.max_gap)
        self.declared = Declarations()
        self.prompts = Prompts(catalogue, rules)
        self.history = History(catalogue, rules.day_turn)
        self.progress = Progress()
        self.check_ins = CheckIns()
        self.staging = Staging(self.history, self.progress, self.check_ins, rules.day_turn)
        self.coach = Coach(
            catalogue, rules, profile, self.history, self.progress, self.check_ins, seed
        )
        # What has counted here, too, and when it was done.
        self.elsewhere: dict[tuple[str, int], datetime] = {}
        self.settled_at: datetime | None = None  # label of the last that is Settling

    def follow(self, catalogue: Catalogue, rules: Rules, profile: Profile) -> None:
        """Others apply from now on; whatever happened stays as it is."""
        self.rules = rules
        for clock in (self.clock, self.standing):
            clock.away, clock.max_gap = rules.away, rules.max_gap
        self.prompts.follow(catalogue, rules)
        self.history.follow(catalogue, rules.day_turn)
        self.staging.turn = rules.day_turn
        self.coach.follow(catalogue, rules, profile)

    @property
    def running(self) -> PostureClock:
        """That of the posture that is declared."""
        return self.standing if self.declared.standing else self.clock

    @property
    def interval(self) -> float:
        """Seconds of sitting before a prompt."""
        longest = max(LONGEST_SITTING, self.rules.sitting)
        return min(self.rules.sitting + self.prompts.lengthened, longest)

    @property
    def due_at(self) -> float:
        """Seconds of the running spell at which its next prompt is due; of standing there may be
        none."""
        return self.running.base + self._limit

    @property
    def _limit(self) -> float:
        return self.rules.standing if self.declared.standing else self.interval

    @property
    def early(self) -> float:
        """By how much a good moment may bring it before that, in seconds of the running spell."""
        return min(EARLY, self._limit / EARLY_PART) if self.rules.early else 0.0

    @property
    def away(self) -> bool:
        return self.running.absent_since is not None

    def replay(self, facts: Iterable[AnyFact], reading: Callable[[datetime], float]) -> None:
        """Take in what the journal tells; the clock then stands at its last fact. *reading*: that
        of the steady clock at a label."""
        seen: float | None = None
        self.clock.broke_until = None
        for fact in facts:
            steady = reading(fact.at)
            seen = steady if seen is None else max(steady, seen)
            self.clock.last = self.standing.last = seen
            self.apply(fact, steady)

    def apply(self, fact: AnyFact, steady: float) -> None:
        before = self.running
        self.prompts.apply(fact, steady, before)
        self.clock.apply(fact, steady)
        self.standing.apply(fact, steady)
        self.declared.apply(fact, steady)
        if self.running is not before:
            self.running.take_over(before, steady)
        self.history.apply(fact)
        self.progress.apply(fact)
        self.check_ins.apply(fact, steady)
        if isinstance(fact, Settling):
            self.settled_at = fact.at
        if isinstance(fact, Elsewhere):
            self.elsewhere[fact.device, fact.prompt] = fact.done
