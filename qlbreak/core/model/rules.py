"""The rules: how long, how often, and at what hours to speak up."""

from datetime import date, datetime, time, timedelta
from math import inf

from msgspec import Struct

MINUTE = 60.0
HOUR = 3600.0
DAY = 24 * HOUR
NEVER = inf  # as an interval

# Three unanswered prompts in a row: ask once, then ten minutes more (docs/defaults.md).
IGNORED_LIMIT = 3
LENGTHEN_BY = 10 * MINUTE
LONGEST_SITTING = 90 * MINUTE
# After the last snooze only the shortest routine is offered.
SHORT_ROUTINE = 30
UNDO_WITHIN = 10 * MINUTE
# Where no end was told: few people stand longer at a stretch, and a forgotten switch must not
# silence the reminder for days.
STANDING_LIMIT = 2 * HOUR
# Where nothing can tell whether somebody is there, nor has he or she said anything for so long.
UNKNOWN_LIMIT = 2 * HOUR
# A call in which nothing was touched for so long is a line that was left open.
CALL_LIMIT = 2 * HOUR
# Who types for so long without a rest does not sit before a locked screen, whatever is told.
LOCK_OUTWEIGHED = 5 * MINUTE
FRESH = 30.0
# Hands that rest for so long are not in the midst of a word.
PAUSE = 3.0
# A good moment brings a prompt early: by so much, and by this part of the interval at most. With
# the shortest one the check-in still needs its place before.
EARLY = 5 * MINUTE
EARLY_PART = 6
# Whoever has worked for so long without resting is in the midst of something, and so long a rest
# may be its end; the nearer the prompt is, the shorter a rest is enough, down to PAUSE. Played out
# in docs/moments.md.
LONG_WORK = 2 * MINUTE
LONG_REST = 10.0
# A call or a full screen that lasted for less was nothing whose end could be waited for.
LEAST_CALL = MINUTE
# Its end is a good moment for so long: four looks.
MOMENT_LASTS = MINUTE
# What holds prompts back for so long may have been forgotten.
STUCK_AFTER = 3 * HOUR
# Nobody wants to be prompted by a machine that has just woken.
WOKEN_GRACE = 2 * MINUTE
# A routine takes as long as it takes; three quarters of it without a key is no accident.
AWAY_SHARE = 0.75
# How long after a claim it may still begin.
WATCH_AFTER = 3 * MINUTE
# From half of a guided routine on it counts as done.
HALF = 0.5
# "I stayed seated" is offered for so long after coming back.
STAYED_WITHIN = 5 * MINUTE
# The check-in is offered so long after a break or an answer, and before the next prompt: never as a
# part of a break. Even with the shortest interval of 15 minutes there is room between.
CHECK_IN_AFTER = 5 * MINUTE
CHECK_IN_BEFORE = 5 * MINUTE
# It asks about seven days.
CHECK_IN_FROM = 7 * DAY
# Clocks of two devices differ by a little; what lies further in the future is a mistake.
CLOCKS_DIFFER = 5 * MINUTE
# How much sitting time a power cut may cost the record.
SETTLE_EVERY = 10 * MINUTE
# How far back a start reads, and the coach looks: a pause may last a month, and a check-in be four
# weeks old. What was not done for longer is new again.
REMEMBERED = timedelta(days=35)


_DAY = timedelta(days=1)


class Hours(Struct, frozen=True):
    """A span of the week; `end` at or before `start` means that it goes on past midnight."""

    days: frozenset[int]
    start: time
    end: time

    def covers(self, at: datetime) -> bool:
        now, today = at.time(), at.weekday()
        if self.start < self.end:
            return today in self.days and self.start <= now < self.end
        yesterday = (today - 1) % 7
        return (today in self.days and now >= self.start) or (
            yesterday in self.days and now < self.end
        )


class Rules(Struct, frozen=True):
    """All durations in seconds. Defaults and bounds are argued in docs/defaults.md. `check_in`:
    how often it is offered; it may be NEVER, as may `standing` and `cue`."""

    sitting: float = 30 * MINUTE
    standing: float = NEVER
    routine: int = 60
    longer: int = 180
    longer_every: int = 3
    snoozes: tuple[float, ...] = (5 * MINUTE, 10 * MINUTE, 15 * MINUTE)
    snooze_limit: int = 2
    expire: float = 10 * MINUTE
    again: float = 5 * MINUTE
    notice: float = 30.0
    early: bool = True
    sound: bool = False
    cue: float = NEVER
    away: float = 3 * MINUTE
    per_day: int = 12
    hours: tuple[Hours, ...] = ()
    day_turn: time = time(4)
    check_in: float = 7 * DAY
    max_gap: float = MINUTE


def day_of(at: datetime, turn: time) -> date:
    """The day that *at* is booked on: a day lasts until *turn* of the next morning."""
    day = at.date()
    return day if (at.hour, at.minute) >= (turn.hour, turn.minute) else day - _DAY


def wall(at: datetime) -> datetime:
    """What the wall clock shows. A moment of it that is still to come is kept so, without an
    offset: over a change of the clocks, or a flight, nobody knows yet which one will hold."""
    return at.replace(tzinfo=None)


def next_day(at: datetime, turn: time) -> datetime:
    """The wall-clock moment at which the day of *at* turns."""
    return datetime.combine(day_of(at, turn) + _DAY, turn)


def next_time(at: datetime, clock: time) -> datetime:
    """The wall-clock moment at which the clock shows that for the next time."""
    moment = datetime.combine(at.date(), clock)
    return moment if moment > wall(at) else moment + _DAY


def open_hours(at: datetime, hours: tuple[Hours, ...]) -> bool:
    return not hours or any(span.covers(at) for span in hours)


def opens_at(at: datetime, hours: tuple[Hours, ...]) -> datetime | None:
    """The next wall-clock moment at which a span begins, None if there is none within a week."""
    starts = (
        datetime.combine(at.date() + timedelta(days=ahead), span.start)
        for span in hours
        for ahead in range(8)
        if (at.weekday() + ahead) % 7 in span.days
    )
    return min((start for start in starts if start > wall(at)), default=None)
