"""Is somebody sitting here? Turns looks at the desk into what was sat and the breaks between."""

from qlbreak.core.model.facts import AnyFact, Break, Sat, Withdrawn
from qlbreak.core.model.inputs import Checkpoint
from qlbreak.core.model.rules import SETTLE_EVERY, WOKEN_GRACE
from qlbreak.core.model.terms import Cause
from qlbreak.core.reminder.state import State

# Absences that nothing but missing input tells of.
_DOUBTFUL = (Cause.IDLE, Cause.UNKNOWN)


class Presence(State):
    # Not facts, and so not restored at a start: what only the running program knows.
    woken_till = float("-inf")
    back_at = float("-inf")  # when the last absence was over that was told by idleness alone
    idled = 0.0  # the seconds it took
    facts: list[AnyFact]

    @property
    def in_meeting(self) -> bool:
        """Declared to be, or in a call by all that can be told."""
        return self.declared.meeting(self.when) or self.senses.in_call(self.when)

    def emit(self, fact: AnyFact) -> None:
        self.facts.append(fact)
        self.apply(fact)

    def look(self, idle: float, gone: Cause | None = None) -> None:
        """*gone*: nobody can be here, whatever *idle* is."""
        clock, before = self.clock, self.clock.last
        clock.look(self.when, idle, gone)
        if clock.absent_since is not None:
            self._absent(before, idle, gone)
        elif clock.certain >= SETTLE_EVERY:
            self.settle()

    def _absent(self, before: float, idle: float, gone: Cause | None) -> None:
        clock = self.clock
        self.settle()
        back = idle < clock.away and gone is None and not self.declared.standing
        until = max(before, self.when - idle) if back else self.when
        if clock.is_break(until):
            self._break()
        if back:
            self._remember(until)
            if self.when - before > clock.max_gap:
                self.woken_till = self.when + WOKEN_GRACE
            clock.come_back(until)

    def _remember(self, until: float) -> None:
        """An absence that may have been none: nothing but idleness tells of it."""
        clock = self.clock
        if clock.absent_since is not None and clock.cause in _DOUBTFUL and clock.counted:
            self.back_at, self.idled = self.when, until - clock.absent_since

    def _break(self) -> None:
        clock, prompt = self.clock, self.prompts.open
        fresh = prompt is not None and not prompt.broke
        if clock.absent_since is None or not (clock.settled or fresh):
            return
        # Who has started a routine may well be doing it, away from the keys.
        if prompt is not None and not (prompt.started and self.when < prompt.deadline):
            self.emit(Withdrawn(self.at, prompt.number))
        self.back_at = float("-inf")  # what was before it cannot have been sat through any more
        self.emit(Break(self.label(clock.absent_since), clock.cause))

    def settle(self) -> None:
        clock = self.clock
        seconds = clock.settle()
        if seconds > 0:
            absent = clock.absent_since
            end = absent if absent is not None else clock.last - clock.tail
            self.emit(Sat(self.label(end), seconds, not self.senses.unknown))

    def checkpoint(self) -> Checkpoint:
        """What a kill at this moment would lose."""
        clock, seen = self.clock, self.label(self.clock.last)
        return Checkpoint(seen, self.settled_at, clock.pending, clock.tail, not self.senses.unknown)

    def recover(self, lost: Checkpoint) -> None:
        clock = self.clock
        clock.last = max(self.moment(lost.at), clock.last)
        clock.pending, clock.tail = lost.seconds, lost.tail
        self.senses.unknown = not lost.known
        self.settle()
