"""The day as it went, entry by entry: what was done when, and how each reminder ended."""

from datetime import datetime

from msgspec import Struct

from qlbreak.core.model.life import Life
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.terms import Ending, Evidence
from qlbreak.core.statistics.timeline import DayPart, Doing, Timeline
from qlbreak.texts import moments, routines
from qlbreak.texts.durations import brief
from qlbreak.texts.names import HELD, REFUSALS

EMPTY = "Nothing is recorded yet today."
PICTURE = "The day as a picture. The list below says the same in words."

_DONE = {
    Doing.SAT: "Sat {long}",
    Doing.ASSUMED: "Sat {long}, assumed",
    Doing.STOOD: "Stood {long}",
    Doing.AWAY: "Away {long}",
    Doing.MEETING: "In a meeting, {long}",
    Doing.PAUSED: "Reminders paused, {long}",
    Doing.HELD: "Reminder held back {long}: {held}",
    Doing.OFF: "qlbreak was not running, {long}",
}
_LASTING = {
    Doing.SAT: "Sitting, {long} so far",
    Doing.ASSUMED: "Sitting, {long} so far, assumed",
    Doing.STOOD: "Standing, {long} so far",
    Doing.AWAY: "Away, {long} so far",
    Doing.MEETING: "In a meeting, {long} so far",
    Doing.PAUSED: "Reminders are paused, {long} so far",
    Doing.HELD: "Reminder held back for {long}: {held}",
    Doing.OFF: "qlbreak is not running",
}
_ENDED = {
    Ending.SKIPPED: "skipped",
    Ending.EXPIRED: "not answered",
    Ending.WITHDRAWN: "you got up first",
}
_SAT_DOWN = "you moved first"  # of one that came to somebody who stood
_KNOWN = {
    Evidence.GUIDED: "done with the guide",
    Evidence.AWAY: "done, away from the desk",
    Evidence.CLAIMED: "done, reported by you",
    Evidence.CORRECTED: "done, corrected afterwards",
}
_SNOOZED = {1: "snoozed once", 2: "snoozed twice"}

# What the picture shows, in the order of its legend.
LEGEND = {
    Doing.SAT: "sat",
    Doing.STOOD: "stood",
    Doing.AWAY: "away",
    Doing.MEETING: "meeting, call or pause",
}
# Only those that the day has: a mark that is not to be seen explains nothing.
REMINDERS = {
    Ending.DONE: "reminder done",
    Ending.SKIPPED: "reminder skipped",
    Ending.EXPIRED: "reminder not answered",
    Ending.WITHDRAWN: "you got up first",
    None: "reminder open",
}


class DayEntry(Struct, frozen=True):
    """`when` it was: a moment, or from when to when; `what` it was, in a sentence."""

    at: datetime
    when: str
    what: str
    lasts: bool = False

    @property
    def text(self) -> str:
        return f"{self.when}: {self.what}"


def entries(told: Timeline, catalogue: Catalogue) -> list[DayEntry]:
    """What goes on now, then the latest first."""
    found = [_part(one) for one in told.parts]
    found += [_prompt(life, catalogue) for life in told.prompts]
    return sorted(found, key=lambda entry: (entry.lasts, entry.at), reverse=True)


def _part(one: DayPart) -> DayEntry:
    words = (_LASTING if one.lasting else _DONE)[one.doing]
    held = HELD[one.held] if one.held is not None else ""
    when = f"Since {one.begin:%H:%M}" if one.lasting else f"{one.begin:%H:%M} to {one.end:%H:%M}"
    what = words.format(long=brief(one.seconds), held=held)
    return DayEntry(one.begin, when, what, one.lasting)


def _prompt(life: Life, catalogue: Catalogue) -> DayEntry:
    assert life.first is not None
    assert life.shown is not None
    name = moments.routine(routines.name(life.shown.routine, catalogue), life.shown.side)
    snoozes = _SNOOZED.get(life.snoozes, f"snoozed {life.snoozes} times")
    told = [name, *([snoozes] if life.snoozes else []), _ending(life)]
    kind = "Started by you" if life.first.asked else "Reminder"
    return DayEntry(life.first.at, f"{life.first.at:%H:%M}", f"{kind}: {'; '.join(told)}")


def _ending(life: Life) -> str:
    if life.ending is None:
        return "under way" if life.started else "open"
    stood = life.shown is not None and life.shown.standing is not None
    if stood and life.ending is Ending.WITHDRAWN:
        return _SAT_DOWN
    if life.reason is not None:
        return f"{_ENDED[life.ending]}: {REFUSALS[life.reason]}"
    return _KNOWN[life.evidence] if life.ending is Ending.DONE else _ENDED[life.ending]
