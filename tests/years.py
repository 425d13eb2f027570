"""A working year of somebody, made up: the facts of a record with something of everything."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from desk import CATALOGUE, RULES, tallied
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Break,
    CheckedIn,
    Corrected,
    Expired,
    Held,
    Launched,
    Sat,
    Shown,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.movements import Block
from qlbreak.core.model.terms import Answer, Cause, Ending, Evidence, Hindrance, Reason, Side
from qlbreak.record.journal import Problems
from qlbreak.record.load import Record

EVENING = datetime(2026, 11, 25, 18, tzinfo=UTC)  # a Wednesday

_ROUTINES = {
    "rel-breath+str-seat-hitch": ("rel-breath", "str-seat-hitch"),
    "reset-rock+len-seat-reach": ("reset-rock", "len-seat-reach"),
    "len-boomerang-wall": ("len-boomerang-wall",),
    "rel-wall-ball+len-boomerang-wall+str-wall-plank": (
        "rel-wall-ball", "len-boomerang-wall", "str-wall-plank",
    ),
    "reset-stand+str-hip-hike": ("reset-stand", "str-hip-hike"),
}  # fmt: skip
_ENDS = [Ending.DONE] * 11 + [Ending.SKIPPED] * 2 + [Ending.EXPIRED] * 2 + [Ending.WITHDRAWN] * 2
_KNOWN = [*Evidence, *[Evidence.GUIDED] * 5, *[Evidence.AWAY] * 4, *[Evidence.CLAIMED] * 4]
_HELD = [*Reason, *[Reason.MEETING] * 4]


class Year:
    """Ends on the day of *end*, a moment in the evening. The same seed gives the same facts."""

    def __init__(self, end: datetime, days: int = 370, seed: int = 3) -> None:
        self._random = Random(seed)
        self._end = end
        self._days = days
        self._prompt = 0

    def facts(self) -> Iterator[AnyFact]:
        first = self._end - timedelta(days=self._days - 1)
        yield Launched(first.replace(hour=7, minute=50), "0.1.0")
        for number in range(self._days):
            day = first + timedelta(days=number)
            away = 150 <= number < 163 or 282 <= number < 289  # on holiday
            if not away and self._random.random() < (0.97, 0.12)[day.weekday() >= 5]:
                yield from self._day(day, number / self._days)
            if day.weekday() == 4 and not away:
                yield self._check_in(day, number / self._days)

    def _day(self, day: datetime, late: float) -> Iterator[AnyFact]:
        """*late*: how far the year has come, 0 to 1."""
        at = day.replace(hour=8, minute=self._random.randrange(50), second=0, microsecond=0)
        noon = False
        while at.hour < 17:
            if at.hour >= 12 and not noon:
                noon, at = True, at + timedelta(minutes=self._random.randrange(30, 60))
            sat = self._random.gauss(33, 7) + max(self._random.gauss(14 - 16 * late, 12), 0)
            at += timedelta(minutes=max(sat, 4))
            yield Sat(at, max(sat, 4) * 60, known=self._random.random() < 0.99)
            at += timedelta(seconds=20)
            yield from self._prompted(at, sat * 60) if sat > 30 else (Break(at, Cause.IDLE),)
            at += timedelta(minutes=self._random.randrange(3, 14))

    def _prompted(self, at: datetime, sat: float) -> Iterator[AnyFact]:
        self._prompt += 1
        number, pick = self._prompt, self._random.choice
        if self._random.random() < 0.09:
            yield Held(at, number, pick(_HELD))
            yield Break(at, Cause.IDLE)
            return
        routine = pick(list(_ROUTINES))
        blocks = tuple(Block(name, 30) for name in _ROUTINES[routine])
        side = pick([Side.LEFT, Side.RIGHT, Side.RIGHT])
        yield Shown(at, number, routine, side, sat, blocks=blocks)
        if self._random.random() < 0.2:
            yield Answered(at, number, Answer.SNOOZED, "notification", snooze=300.0)
        match pick(_ENDS):
            case Ending.DONE:
                yield from self._done(at, number, blocks, side)
            case Ending.SKIPPED:
                yield Answered(at, number, Answer.SKIPPED, "tray")
            case Ending.EXPIRED:
                yield Expired(at, number)
            case Ending.WITHDRAWN:
                yield Withdrawn(at, number)
        yield Break(at, Cause.IDLE)

    def _done(
        self, at: datetime, number: int, blocks: tuple[Block, ...], side: Side
    ) -> Iterator[AnyFact]:
        evidence = self._random.choice(_KNOWN)
        if evidence is Evidence.CORRECTED:
            yield Answered(at, number, Answer.SKIPPED, "tray")
            yield Corrected(at, number, Ending.DONE)
            return
        yield Answered(at, number, Answer.DONE, "tray", evidence)
        if evidence is Evidence.GUIDED:
            for block in blocks:
                one_sided = not block.movement.startswith(("reset", "rel-breath"))
                for leg in (side, _other(side)) if one_sided else (Side.BOTH,):
                    yield Worked(at, number, block.movement, leg, self._random.uniform(20, 40))

    def _check_in(self, day: datetime, late: float) -> AnyFact:
        at = day.replace(hour=16, minute=55)
        if self._random.random() < 0.06:
            return CheckedIn(at)
        left = round(min(max(self._random.gauss(5.2 - 2 * late, 0.8), 0), 10))
        right = round(min(max(self._random.gauss(3.0 - 1 * late, 0.7), 0), 10))
        return CheckedIn(at, left, right, None, self._random.choice(list(Hindrance)))


def _other(side: Side) -> Side:
    return Side.LEFT if side is Side.RIGHT else Side.RIGHT


def recorded(days: int = 370, end: datetime = EVENING) -> Record:
    """As it is read from the files."""
    tally = tallied(Year(end, days).facts()) if days else tallied([])
    return Record(end, end.date(), tally.days(), [], CATALOGUE, RULES.sitting, Problems())
