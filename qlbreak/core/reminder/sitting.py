"""The sitting clock: how long this person has sat, told from idleness and gaps between ticks."""

from math import floor

from qlbreak.core.model.facts import (
    Answered,
    Arrived,
    Break,
    Declared,
    Elsewhere,
    Fact,
    Sat,
    Stayed,
)
from qlbreak.core.model.terms import Answer, Cause, Posture


class SittingClock:
    """Runs while somebody sits at the desk, stands still in an absence, starts anew after a break.

    What the journal knows of the running spell is `settled`; what it does not know yet is
    `pending`, whose last part, `tail`, was without input and may turn out to be an absence.
    All in seconds.
    """

    def __init__(self, steady: float, away: float, max_gap: float) -> None:
        self.away = away
        self.max_gap = max_gap
        self.settled = 0.0
        self.brought = 0.0  # of these, declared to have been sat elsewhere
        self.pending = 0.0
        self.tail = 0.0
        self.last = steady
        self.absent_since: float | None = None
        self.cause = Cause.IDLE
        self.counted = False  # the present absence is a break already
        self.broke_until: float | None = steady
        self.resets = 0
        # What the last natural break has ended, while it could still turn out to have been none.
        self.ended: tuple[float, float | None] | None = None

    @property
    def sitting(self) -> float:
        return self.settled + self.pending

    @property
    def here(self) -> float:
        """Without what was declared to have been sat before coming here."""
        return self.sitting - self.brought

    @property
    def certain(self) -> float:
        """The pending seconds that no later look can turn into an absence."""
        return self.pending - self.tail

    def since_break(self, steady: float) -> float:
        """Seconds since the last break was over; 0 while it lasts."""
        if self.broke_until is not None:
            return max(steady - self.broke_until, 0.0)
        return steady - self.last + self.pending if self.pending else 0.0

    def look(self, steady: float, idle: float, gone: Cause | None = None) -> None:
        """Take in the time since the last look; *idle* is 0 where nothing contradicts presence, and
        with *gone* the time for which it is certain that nobody sits here, however short."""
        elapsed = steady - self.last
        gap = elapsed > self.max_gap
        if self.absent_since is None:
            if not gap and gone is None and idle < self.away:
                self.pending += elapsed
                self.tail = idle if idle < self.tail + elapsed else self.tail + elapsed
                self.last = steady
                return
            cause = gone or (Cause.GAP if gap else Cause.IDLE)
            self.leave(min(self.last, steady - idle), cause)
        self.last = steady

    def leave(self, since: float, cause: Cause) -> None:
        """Nobody has sat here since *since*; time that was settled already stays."""
        since = max(since, self.last - self.tail)
        self.pending -= max(self.last - since, 0.0)
        self.tail = 0.0
        self.absent_since, self.cause, self.counted = since, cause, False

    def come_back(self, start: float) -> None:
        """Somebody sits here again, since *start*."""
        self.pending += self.last - start
        self.tail = 0.0
        self.absent_since = None

    def is_break(self, until: float) -> bool:
        """Whether the absence, lasting until then, is long enough and not counted yet."""
        return (
            self.absent_since is not None
            and not self.counted
            and until - self.absent_since >= self.away
        )

    def settle(self) -> float:
        """Hand over the certain seconds for the journal: `apply` gets them back as a fact."""
        if not self.pending:  # as in most looks: nobody is there
            return 0.0
        seconds = floor(max(self.certain, 0.0) * 1000) / 1000
        self.pending = max(self.pending - seconds, 0.0)
        return seconds

    def keep(self, seconds: float) -> None:
        """Of what no fact tells of yet, this at the most."""
        self.pending = min(self.pending, seconds)
        self.tail = min(self.tail, self.pending)

    def apply(self, fact: Fact, steady: float) -> None:
        match fact:
            case Sat(seconds=seconds):
                self.settled += seconds
                if self.broke_until is None:
                    self.broke_until = steady - seconds
            case Arrived(seconds=seconds):
                self.settled += seconds
                self.brought += seconds
                self.broke_until = steady - seconds
            case Declared(posture=Posture.STANDING):
                self.leave(steady, Cause.STOOD)
            case Declared(posture=Posture.SITTING):
                self.absent_since = None
            case Break() | Stayed() | Elsewhere():
                self._broke(fact, steady)
            case Answered(answer=Answer.DONE):
                self._reset(steady)
                self.last = max(self.last, steady)  # what the guide tells comes between two looks
            case _:
                pass

    def _broke(self, fact: Break | Stayed | Elsewhere, steady: float) -> None:
        match fact:
            case Break():
                self.counted = True
                ended = self.settled, self.broke_until
                self._reset(None)
                self.ended = ended
            case Stayed(seconds=seconds) if self.ended is not None:
                before, broke_until = self.ended
                self.settled += before + seconds
                self.broke_until, self.ended = broke_until, None
            case Elsewhere(at=at, done=done, kept=kept):
                pending, tail = self.pending, self.tail
                since = steady - max((at - done).total_seconds(), 0.0)
                self._reset(since if kept or pending else None)
                # Besides what is kept, what no fact tells of yet.
                self.settled, self.pending, self.tail = kept, pending, tail
            case _:
                pass

    def correct(self, seconds: float, broke_until: float | None) -> None:
        """Bring back, or, negative, take away what the end of a prompt had done to the clock."""
        self.settled = max(self.settled + seconds, 0.0)
        self.broke_until = broke_until

    def _reset(self, broke_until: float | None) -> None:
        self.settled = self.brought = self.pending = self.tail = 0.0
        self.broke_until = broke_until
        self.ended = None
        self.resets += 1
