"""What the facts so far amount to: clock, prompt, declarations. A fold, without decisions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from qlbreak.core.coach.check_ins import CheckIns
from qlbreak.core.coach.coach import Coach
from qlbreak.core.coach.history import History
from qlbreak.core.coach.progress import Progress
from qlbreak.core.coach.stage import Staging
from qlbreak.core.model.facts import AnyFact, Elsewhere, Settling
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.profile import NOBODY, Profile
from qlbreak.core.model.rules import LONGEST_SITTING, Rules
from qlbreak.core.reminder.declared import Declarations
from qlbreak.core.reminder.prompts import Prompts
from qlbreak.core.reminder.senses import Senses
from qlbreak.core.reminder.sitting import SittingClock


class State:
    """The same facts give the same state, whether they happen or are read from the journal."""

    def __init__(
        self,
        catalogue: Catalogue,
        rules: Rules,
        at: datetime,
        steady: float,
        profile: Profile = NOBODY,
        seed: int = 0,
    ) -> None:
        self.catalogue = catalogue
        self.rules = rules
        self.clock = SittingClock(steady, rules.away, rules.max_gap)
        self.declared = Declarations()
        self.prompts = Prompts(rules)
        self.history = History(catalogue, rules.day_turn)
        self.progress = Progress()
        self.check_ins = CheckIns()
        self.staging = Staging(self.history, self.progress, self.check_ins, rules.day_turn)
        self.coach = Coach(
            catalogue, rules, profile, self.history, self.progress, self.check_ins, seed
        )
        self.senses = Senses(steady)  # of this moment: no fact tells it
        self.at = at
        self.when = steady
        self.elsewhere: dict[
            tuple[str, int], datetime
        ] = {}  # what has counted here, too, and when it was done
        self.settled_at: datetime | None = None  # label of the last that is Settling

    def follow(self, catalogue: Catalogue, rules: Rules, profile: Profile) -> None:
        """Others apply from now on; whatever happened stays as it is."""
        self.catalogue, self.rules = catalogue, rules
        self.clock.away, self.clock.max_gap = rules.away, rules.max_gap
        self.prompts.follow(rules)
        self.history.follow(catalogue, rules.day_turn)
        self.staging.turn = rules.day_turn
        self.coach.follow(catalogue, rules, profile)

    @property
    def interval(self) -> float:
        """Seconds of sitting before a prompt."""
        longest = max(LONGEST_SITTING, self.rules.sitting)
        return min(self.rules.sitting + self.prompts.lengthened, longest)

    @property
    def due_at(self) -> float:
        """Seconds of sitting at which the next prompt is due."""
        return self.prompts.base + self.interval

    @property
    def away(self) -> bool:
        return self.clock.absent_since is not None

    def replay(self, facts: Iterable[AnyFact]) -> None:
        """Take in what the journal tells; the clock then stands at its last fact."""
        seen: float | None = None
        self.clock.broke_until = None
        for fact in facts:
            when = self.moment(fact.at)
            seen = when if seen is None else max(when, seen)
            self.clock.last = seen
            self.apply(fact)

    def apply(self, fact: AnyFact) -> None:
        when = self.moment(fact.at)
        self.prompts.apply(fact, when, self.clock)
        self.clock.apply(fact, when)
        self.declared.apply(fact, when)
        self.history.apply(fact)
        self.progress.apply(fact)
        self.check_ins.apply(fact, when)
        if isinstance(fact, Settling):
            self.settled_at = fact.at
        if isinstance(fact, Elsewhere):
            self.elsewhere[fact.device, fact.prompt] = fact.done

    def label(self, when: float) -> datetime:
        """What the wall clock showed at a past moment of the steady clock, or would have."""
        return self.at - timedelta(seconds=self.when - when)

    def moment(self, at: datetime) -> float:
        """The steady clock's reading at a past label; a label from the future counts as now."""
        return self.when - max((self.at - at).total_seconds(), 0.0)
