"""What check-ins tell: the level on a side, whether it has changed, when to say "ask somebody".

No causes, no verdicts, no forecast. The numbers are those of docs/coach.md, with their reasons.
Where only the middle was given it stands for both sides: who cannot tell the sides apart has said
the same of each.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.core.model.facts import AnyFact, CheckedIn, Inquired
from qlbreak.core.model.rules import REMEMBERED
from qlbreak.core.model.terms import Side

# Two points of ten are about the smallest difference that matters to people.
MATTERS = 2
_CORRECTED = timedelta(hours=12)  # said again within them: the first one was a slip
COUNTS = timedelta(days=14)  # so long the last one guides the coach
USUAL = timedelta(days=28)  # over which the usual is taken
_POINTS = 4
# When to say that somebody might look at it.
_HIGH = 7
_LASTING, _LASTS = 4, timedelta(days=41)  # six weeks, a day early or not
_APART = timedelta(days=30)  # between two check-ins; beyond it nobody knows what was
_FORTNIGHT = timedelta(days=14)
_ABOUT_A_FORTNIGHT = timedelta(days=10), timedelta(days=21)

Entries = tuple[CheckedIn, ...]


class CheckIns:
    """A fold over the facts, without decisions. Moments are those of the steady clock."""

    def __init__(self) -> None:
        self.entries: Entries = ()
        self._told: list[CheckedIn] = []
        self.began: float | None = None  # the first thing that is remembered at all
        self.asked: float | None = None  # when it was last offered, answered or skipped

    def apply(self, fact: AnyFact, steady: float) -> None:
        if self.began is None:
            self.began = steady
        self.hear(fact, steady)

    def hear(self, fact: AnyFact, steady: float) -> None:
        """Also of another device, whenever that comes: it is one back."""
        if not isinstance(fact, Inquired | CheckedIn):
            return
        self.asked = steady if self.asked is None else max(self.asked, steady)
        if isinstance(fact, CheckedIn) and fact not in self._told:
            self._told.append(fact)
            self.entries = entries(self._told)


def entries(facts: Iterable[AnyFact]) -> Entries:
    """In the order of time, without those that were skipped or corrected."""
    told = [fact for fact in facts if isinstance(fact, CheckedIn)]
    return reduce(_with, sorted(told, key=lambda fact: fact.at), Entries())


def _with(before: Entries, fact: CheckedIn) -> Entries:
    """A correction keeps the moment of what it corrects: it is the same check-in."""
    if highest(fact) is None:
        return before
    if before and abs(fact.at - before[-1].at) < _CORRECTED:
        return (*before[:-1], replace(fact, at=before[-1].at))
    return (*before, fact)


def level(entry: CheckedIn, side: Side) -> int | None:
    """0 to 10; None where nothing was said of that side."""
    match side:
        case Side.LEFT:
            return entry.middle if entry.left is None else entry.left
        case Side.RIGHT:
            return entry.middle if entry.right is None else entry.right
        case Side.BOTH:
            return highest(entry)


def highest(entry: CheckedIn) -> int | None:
    """Of what was said; None: it was skipped."""
    given = (entry.left, entry.right, entry.middle)
    return max((value for value in given if value is not None), default=None)


# For the coach


def pain(told: Entries, at: datetime) -> int:
    """The highest level of the last check-in, while it counts; 0 where none does."""
    last = _current(told, at)
    return (highest(last) or 0) if last is not None else 0


def risen(told: Entries, at: datetime) -> frozenset[Side]:
    """The sides on which the last check-in, while it counts, was up by 2 or more."""
    last = _current(told, at)
    if last is None or len(told) < 2 or abs(at - told[-2].at) > REMEMBERED:
        return frozenset()
    return frozenset(
        side for side in (Side.LEFT, Side.RIGHT) if _rise(told[-2], last, side) >= MATTERS
    )


def rose_at(told: Entries, at: datetime) -> datetime | None:
    """When it was said that it was up by 2 or more, while that counts."""
    return told[-1].at if risen(told, at) else None


def _current(told: Entries, at: datetime) -> CheckedIn | None:
    return told[-1] if told and abs(at - told[-1].at) <= COUNTS else None


def _rise(before: CheckedIn, now: CheckedIn, side: Side) -> int:
    """0 where one of them says nothing of that side."""
    old, new = level(before, side), level(now, side)
    return new - old if old is not None and new is not None else 0


# For the person


class Trend(StrEnum):
    FEW = "few"
    SAME = "same"
    ONCE = "once"
    CHANGED = "changed"


class Course(Struct, frozen=True):
    """How it went on one side; `side` is BOTH where the sides were not told apart. `last`: the
    last two levels, the later last; `usual`: the median before them, None where there are too few.
    """

    side: Side
    trend: Trend
    last: tuple[int, ...]
    usual: float | None = None


class Lean(Struct, frozen=True):
    """One side has been about so much higher than the other, twice running."""

    side: Side
    by: int


class Reading(Struct, frozen=True):
    """What may be said after a check-in. `even`: left and right have come to be about the same.
    `care`: it is time to say, once, that somebody might look at it."""

    courses: tuple[Course, ...] = ()
    lean: Lean | None = None
    even: bool = False
    care: bool = False


def read(told: Entries) -> Reading:
    if not told:
        return Reading()
    courses = tuple(_course(told, side) for side in _sides(told))
    # Once, and again only after it did not hold in between.
    care = concerning(told) and not concerning(told[:-1])
    return Reading(courses, lean(told), even(told), care)


def _sides(told: Entries) -> tuple[Side, ...]:
    """Those of which the last one says something."""
    apart = any(entry.left is not None or entry.right is not None for entry in told[-_POINTS:])
    if not apart:
        return (Side.BOTH,)
    return tuple(side for side in (Side.LEFT, Side.RIGHT) if level(told[-1], side) is not None)


def _course(told: Entries, side: Side) -> Course:
    """Changed only where the last two both lie 2 or more from the median of the four weeks before
    them, and on the same side of it; where the last one does so alone, that is once."""
    points = [(e.at, value) for e in told if (value := level(e, side)) is not None]
    last = tuple(value for _, value in points[-2:])
    if len(points) < _POINTS:
        return Course(side, Trend.FEW, last)
    *before, (since, _), _ = points
    lately = [value for at, value in before if since - at <= USUAL]
    if len(lately) < 2:  # asked every four weeks there is but one within them
        lately = [value for _, value in before[-2:]]
    usual = median(lately)
    up, down = (min(last) - usual, usual - max(last))
    once = Trend.ONCE if abs(last[-1] - usual) >= MATTERS else Trend.SAME
    trend = Trend.CHANGED if max(up, down) >= MATTERS else once
    return Course(side, trend, last, usual)


def median(values: Sequence[int]) -> float:
    """By hand: `statistics` would bring decimals and fractions into the tray's process."""
    ranked, half = sorted(values), len(values) // 2
    return float(ranked[half]) if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def lean(told: Entries) -> Lean | None:
    """Only where both sides were named at the last two, 2 or more apart, and the same way round."""
    apart = [_apart(entry) for entry in told[-2:]]
    known = [difference for difference in apart if difference is not None]
    if len(known) < 2 or min(map(abs, known)) < MATTERS or known[0] * known[1] < 0:
        return None
    return Lean(Side.LEFT if known[1] > 0 else Side.RIGHT, abs(sum(known)) // 2)


def even(told: Entries) -> bool:
    """After four weeks of check-ins, at the last two no more than 1 apart: the time to look again
    at a side that was named in the settings."""
    apart = [_apart(entry) for entry in told[-2:]]
    long = len(told) > 1 and told[-1].at - told[0].at >= USUAL
    return long and all(difference is not None and abs(difference) <= 1 for difference in apart)


def _apart(entry: CheckedIn) -> int | None:
    """Left minus right, where both were named."""
    return None if entry.left is None or entry.right is None else entry.left - entry.right


def concerning(told: Entries) -> bool:
    """7 or more twice running, up by 2 or more over two weeks, or 4 or more for six weeks."""
    return _high(told) or _rose_in_two_weeks(told) or _lasting(told)


def _high(told: Entries) -> bool:
    return len(told) > 1 and all((highest(entry) or 0) >= _HIGH for entry in told[-2:])


def _rose_in_two_weeks(told: Entries) -> bool:
    """Compared with the one that was nearest to two weeks before the last."""
    if not told:
        return False
    *before, last = told
    low, high = _ABOUT_A_FORTNIGHT
    about = [entry for entry in before if low <= last.at - entry.at <= high]
    then = min(about, key=lambda entry: abs(last.at - entry.at - _FORTNIGHT), default=last)
    return any(_rise(then, last, side) >= MATTERS for side in (Side.LEFT, Side.RIGHT))


def _lasting(told: Entries) -> bool:
    """Every one of them, without a gap in which nobody knows."""
    if not told or (highest(told[-1]) or 0) < _LASTING:
        return False
    since = told[-1].at
    for later, earlier in pairwise(reversed(told)):
        if later.at - earlier.at > _APART or (highest(earlier) or 0) < _LASTING:
            break
        since = earlier.at
    return told[-1].at - since >= _LASTS
