"""How long this person has sat, or stood: told from idleness and gaps between ticks."""

from math import floor

from qlbreak.core.model.facts import (
    Answered,
    Arrived,
    Break,
    Elsewhere,
    Fact,
    Sat,
    Stayed,
    Stood,
)
from qlbreak.core.model.terms import Answer, Cause, Posture


class PostureClock:
    """Runs while somebody is at the desk in its posture, stands still in an absence, starts anew
    after a break. There is one for sitting and one for standing, and one of them runs: which, the
    person has declared.

    What the journal knows of the running spell is `settled`; what it does not know yet is
    `pending`, whose last part, `tail`, was without input and may turn out to be an absence.
    All in seconds.
    """

    def __init__(self, posture: Posture, steady: float, away: float, max_gap: float) -> None:
        self.posture = posture
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
        self.base = 0.0  # seconds of this spell at which its last prompt ended
        self.base_before = 0.0  # the same, before the last natural break
        # What the last natural break has ended, while it could still turn out to have been none.
        self.ended: tuple[float, float | None] | None = None

    @property
    def lasted(self) -> float:
        return self.settled + self.pending

    @property
    def here(self) -> float:
        """Without what was declared to have been sat before coming here."""
        return self.lasted - self.brought

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
        """Nobody has been here, or not in this posture, since *since*; what was settled stays."""
        since = max(since, self.last - self.tail)
        self.pending -= max(self.last - since, 0.0)
        self.tail = 0.0
        self.absent_since, self.cause, self.counted = since, cause, False

    def come_back(self, start: float) -> None:
        """Somebody is here again, since *start*."""
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

    def take_over(self, other: "PostureClock", steady: float) -> None:
        """From now on the person is in this posture, as far as there is anybody: what was without
        input until now may still turn out to be an absence. Standing begins anew each time."""
        if self.posture is Posture.STANDING:
            self._reset(steady)
        self.pending, self.tail = other.pending, other.tail
        self.absent_since, self.cause, self.counted = other.absent_since, other.cause, other.counted
        self.last = max(self.last, other.last, steady)
        other.pending = other.tail = 0.0
        other.leave(steady, Cause.STOOD)

    def apply(self, fact: Fact, steady: float) -> None:
        sits = self.posture is Posture.SITTING
        match fact:
            case Sat(seconds=seconds) if sits:
                self._lasted(seconds, steady)
            case Stood(seconds=seconds) if not sits:
                self._lasted(seconds, steady)
            case Arrived(seconds=seconds) if sits:
                self.settled += seconds
                self.brought += seconds
                self.broke_until = steady - seconds
            case Break(cause=cause) if sits or cause is not Cause.STOOD:
                self._broke(fact, steady)
            case Stayed() if sits:
                self._broke(fact, steady)
            case Elsewhere():
                self._broke(fact, steady)
            case Answered(answer=Answer.DONE):
                self._reset(steady)
                self.last = max(self.last, steady)  # what the guide tells comes between two looks
            case _:
                pass

    def _lasted(self, seconds: float, steady: float) -> None:
        self.settled += seconds
        if self.broke_until is None:
            self.broke_until = steady - seconds

    def _broke(self, fact: Break | Stayed | Elsewhere, steady: float) -> None:
        match fact:
            case Break():
                self.counted = True
                ended, base = (self.settled, self.broke_until), self.base
                self._reset(None)
                self.ended, self.base_before = ended, base
            case Stayed(seconds=seconds) if self.ended is not None:
                before, broke_until = self.ended
                self.settled += before + seconds
                self.broke_until, self.ended = broke_until, None
                self.base = self.base_before
            case Elsewhere():
                self._done_elsewhere(fact, steady)
            case _:
                pass

    def _done_elsewhere(self, fact: Elsewhere, steady: float) -> None:
        """Of what was before it nothing counts in either posture; what came since was in one."""
        if fact.posture is not self.posture:
            if fact.posture is Posture.STANDING:
                self._reset(None)
            return
        pending, tail, kept, base = self.pending, self.tail, fact.kept, self.base
        since = steady - max((fact.at - fact.done).total_seconds(), 0.0)
        self._reset(since if kept or pending else None)
        # Besides what is kept, what no fact tells of yet.
        self.settled, self.pending, self.tail, self.base_before = kept, pending, tail, base

    def correct(self, seconds: float, broke_until: float | None) -> None:
        """Bring back, or, negative, take away what the end of a prompt had done to the clock."""
        self.settled = max(self.settled + seconds, 0.0)
        self.broke_until = broke_until

    def _reset(self, broke_until: float | None) -> None:
        self.settled = self.brought = self.pending = self.tail = self.base = 0.0
        self.broke_until = broke_until
        self.ended = None
        self.resets += 1
