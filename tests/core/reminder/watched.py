"""A desk that looks on whenever a check-in is offered: is this a good moment for it?"""

from collections.abc import Iterable

from desk import MORNING, Desk
from qlbreak.core.model.facts import AnyFact, Break, CheckedIn, Held, Inquired, Shown
from qlbreak.core.model.rules import DAY
from qlbreak.core.reminder.status import Mode

WEEK = 7 * DAY


class Watched(Desk):
    """Looks on whenever a check-in is offered."""

    asked: float | None = None  # steady seconds of the last offer or check-in

    def _take(self, facts: Iterable[AnyFact]) -> None:
        new = list(facts)
        super()._take(new)
        for fact in new:
            if isinstance(fact, Inquired):
                self._look_on(new)
            if isinstance(fact, Inquired | CheckedIn):
                self.asked = self.steady

    def _look_on(self, new: list[AnyFact]) -> None:
        now = self.status
        assert now.prompt is None
        assert now.mode in (Mode.SITTING, Mode.UNKNOWN)
        assert now.reason is None
        assert now.due_in >= 300
        assert now.sitting >= 300
        assert not any(isinstance(fact, Shown | Held | Break) for fact in new)
        ended = self.state.prompts.ended
        assert ended is None or self.steady - ended.steady >= 300
        if not self.clock_was_set:
            assert self.steady - 1000.0 >= WEEK
            assert self.asked is None or self.steady - self.asked >= WEEK - 1e-3

    @property
    def clock_was_set(self) -> bool:
        return abs((self.at - MORNING).total_seconds() - (self.steady - 1000.0)) > 1e-3
