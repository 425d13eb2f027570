"""What the machine tells of the person at this moment: busy with what, and the last sign."""

from datetime import date

from qlbreak.core.model.rules import CALL_LIMIT, FRESH, LOCK_OUTWEIGHED, PAUSE, UNKNOWN_LIMIT
from qlbreak.core.model.terms import CALL, Reason


class Senses:
    """Not facts, and so not restored at a start. All times are steady seconds."""

    def __init__(self, when: float) -> None:
        self.since: dict[Reason, float] = {}  # what holds, and since when
        self.complained: dict[Reason, date] = {}  # when it was last said
        self.sign = when  # the last moment at which somebody was certainly there
        self.unknown = False  # whether the last look could not tell idleness
        self.idle: float | None = 0.0
        self.working: float | None = None  # since when every look has found fresh input
        self.typing = False  # whether it found somebody in the midst of it

    def take(self, when: float, idle: float | None, busy: frozenset[Reason], away: float) -> None:
        self.since = {reason: self.since.get(reason, when) for reason in busy}
        self.idle = idle
        if idle is None or idle >= FRESH:
            self.working = None
        elif self.working is None:
            self.working = when
        self.typing = idle is not None and idle < PAUSE
        if idle is not None and idle < away:
            self.sign = max(self.sign, when - idle)

    def locked(self, when: float, seconds: float) -> bool:
        """For so long, as it is told; but one whose end nobody has told is outweighed by somebody
        who works."""
        worked = when - self.working if self.working is not None else 0.0
        return min(worked, seconds) < LOCK_OUTWEIGHED

    def heard(self, when: float) -> None:
        """Somebody said something to the program."""
        self.sign, self.idle, self.typing = when, 0.0, False

    def in_call(self, when: float) -> bool:
        """Somebody sits in a call without typing; but nobody for ever, with the line left open."""
        untouched = when - self.sign if self.idle is None else self.idle
        return untouched < CALL_LIMIT and not CALL.isdisjoint(self.since)

    def silent(self, when: float) -> float:
        """How long there has been no sign; 0 as long as it is plausible that one sits there."""
        passed = when - self.sign
        return passed if passed >= UNKNOWN_LIMIT else 0.0
