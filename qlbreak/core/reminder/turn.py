"""An input being dealt with: its moment, what is known by then, the facts that follow from it."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from qlbreak.core.model.facts import AnyFact
from qlbreak.core.model.rules import CALL_LIMIT, FRESH, LOCK_OUTWEIGHED, PAUSE, UNKNOWN_LIMIT
from qlbreak.core.model.terms import CALL, Reason
from qlbreak.core.reminder.endings import Endings
from qlbreak.core.reminder.state import State

_NEVER = float("-inf")


class Refused(Exception):
    """The input means nothing now; why, for the person."""


class Claimed(NamedTuple):
    """What the next minutes may still confirm. Steady seconds."""

    prompt: int
    since: float
    needed: float
    till: float


class Senses:
    """What only the running program knows: what the machine tells of the person at this moment, and
    what it waits for. Not facts, and so not restored at a start. All times are steady seconds."""

    def __init__(self, steady: float) -> None:
        self.since: dict[Reason, float] = {}  # what holds, and since when
        self.complained: dict[Reason, date] = {}  # when it was last said
        self.sign = steady  # the last moment at which somebody was certainly there
        self.unknown = False  # whether the last look could not tell idleness
        self.idle: float | None = 0.0
        self.working: float | None = None  # since when every look has found fresh input
        self.typing = False  # whether it found somebody in the midst of it
        self.endings = Endings()
        self.woken_till = _NEVER
        self.back_at = _NEVER  # when the last absence was over that was told by idleness alone
        self.idled = 0.0  # the seconds it took
        self.wanted_at: float | None = None  # a prompt waits for a pause in typing, since then
        self.claimed: Claimed | None = None
        self.cued = _NEVER  # when the icon last moved

    def take(self, steady: float, idle: float | None, busy: frozenset[Reason], away: float) -> None:
        self.since = {reason: self.since.get(reason, steady) for reason in busy}
        self.idle = idle
        if idle is None or idle >= FRESH:
            self.working = None
        elif self.working is None:
            self.working = steady
        self.typing = idle is not None and idle < PAUSE
        if idle is not None and idle < away:
            self.sign = max(self.sign, steady - idle)

    def locked(self, steady: float, seconds: float) -> bool:
        """For so long, as it is told; but one whose end nobody has told is outweighed by somebody
        who works."""
        worked = steady - self.working if self.working is not None else 0.0
        return min(worked, seconds) < LOCK_OUTWEIGHED

    def heard(self, steady: float) -> None:
        """Somebody said something to the program."""
        self.sign, self.idle, self.typing = steady, 0.0, False

    def in_call(self, steady: float) -> bool:
        """Somebody sits in a call without typing; but nobody for ever, with the line left open."""
        untouched = steady - self.sign if self.idle is None else self.idle
        return untouched < CALL_LIMIT and not CALL.isdisjoint(self.since)

    def silent(self, steady: float) -> float:
        """How long there has been no sign; 0 as long as it is plausible that one sits there."""
        passed = steady - self.sign
        return passed if passed >= UNKNOWN_LIMIT else 0.0


class Turn:
    """What the functions of every topic are handed.

    `at` is aware local time, for labels and hours; `steady` is elapsed real time in seconds, which
    counts suspend and ignores a changed clock, for durations.
    """

    __slots__ = "at", "facts", "senses", "state", "steady"  # there is one with every tick

    def __init__(self, state: State, senses: Senses, at: datetime, steady: float) -> None:
        self.state = state
        self.senses = senses
        self.at = at
        self.steady = steady
        self.facts: list[AnyFact] = []

    def emit(self, fact: AnyFact) -> None:
        self.facts.append(fact)
        self.state.apply(fact, self.reading(fact.at))

    def label(self, steady: float) -> datetime:
        """What the wall clock showed at a past moment of the steady clock, or would have."""
        return self.at - timedelta(seconds=self.steady - steady)

    def reading(self, at: datetime) -> float:
        """The steady clock's reading at a past label; a label from the future counts as now."""
        return self.steady - max((self.at - at).total_seconds(), 0.0)

    @property
    def in_meeting(self) -> bool:
        """Declared to be, or in a call by all that can be told."""
        return self.state.declared.meeting(self.steady) or self.senses.in_call(self.steady)
