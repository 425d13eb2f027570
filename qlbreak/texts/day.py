"""The day as it went, entry by entry: what was done when, and how each reminder ended."""

from datetime import datetime

from msgspec import Struct

from qlbreak.core.model.life import Life
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.terms import Ending, Evidence, Refusal
from qlbreak.core.statistics.timeline import DayPart, Doing, Timeline
from qlbreak.language import _, formats, ngettext, pgettext
from qlbreak.texts import moments, routines
from qlbreak.texts.durations import brief
from qlbreak.texts.names import HELD

EMPTY = _("Nothing is recorded yet today.")
PICTURE = _("The day as a picture. The list below says the same in words.")

# Translators: from here on, entries in the list of a day: "09:10 to 10:05: Sat 55 min"
_DONE = {
    Doing.SAT: _("Sat {long}"),
    Doing.ASSUMED: _("Sat {long}, assumed"),
    Doing.STOOD: _("Stood {long}"),
    Doing.AWAY: _("Away {long}"),
    Doing.MEETING: _("In a meeting, {long}"),
    Doing.PAUSED: _("Reminders paused, {long}"),
    # Translators: {held} is the reason: "in a meeting"
    Doing.HELD: _("Reminder held back {long}: {held}"),
    Doing.OFF: _("qlbreak was not running, {long}"),
}
_LASTING = {
    Doing.SAT: _("Sitting, {long} so far"),
    Doing.ASSUMED: _("Sitting, {long} so far, assumed"),
    Doing.STOOD: _("Standing, {long} so far"),
    Doing.AWAY: _("Away, {long} so far"),
    Doing.MEETING: _("In a meeting, {long} so far"),
    Doing.PAUSED: _("Reminders are paused, {long} so far"),
    Doing.HELD: _("Reminder held back for {long}: {held}"),
    Doing.OFF: _("qlbreak is not running"),
}
_ENDED = {
    Ending.SKIPPED: pgettext("a reminder", "skipped"),
    Ending.EXPIRED: pgettext("a reminder", "not answered"),
    Ending.WITHDRAWN: _("you got up first"),
}
_REFUSED = {
    Refusal.NO_ROOM: _("skipped: no room"),
    Refusal.SEEN: _("skipped: seen by others"),
    Refusal.HURTS: _("skipped: it hurt"),
    Refusal.NOT_NOW: _("skipped: not now"),
}
_SAT_DOWN = _("you moved first")  # of one that came to somebody who stood
_KNOWN = {
    Evidence.GUIDED: _("done with the guide"),
    Evidence.AWAY: _("done, away from the desk"),
    Evidence.CLAIMED: _("done, reported by you"),
    Evidence.CORRECTED: _("done, corrected afterwards"),
}

# What the picture shows, in the order of its legend.
LEGEND = {
    Doing.SAT: pgettext("legend", "sat"),
    Doing.STOOD: pgettext("legend", "stood"),
    Doing.AWAY: pgettext("legend", "away"),
    Doing.MEETING: _("meeting, call or pause"),
}
# Only those that the day has: a mark that is not to be seen explains nothing.
REMINDERS = {
    Ending.DONE: _("reminder done"),
    Ending.SKIPPED: _("reminder skipped"),
    Ending.EXPIRED: _("reminder not answered"),
    Ending.WITHDRAWN: _("you got up first"),
    None: _("reminder open"),
}


class DayEntry(Struct, frozen=True):
    """`when` it was: a moment, or from when to when; `what` it was, in a sentence."""

    at: datetime
    when: str
    what: str
    lasts: bool = False

    @property
    def text(self) -> str:
        return _("{when}: {what}", when=self.when, what=self.what)


def entries(told: Timeline, catalogue: Catalogue) -> list[DayEntry]:
    """What goes on now, then the latest first."""
    found = [_part(one) for one in told.parts]
    found += [_prompt(life, catalogue) for life in told.prompts]
    return sorted(found, key=lambda entry: (entry.lasts, entry.at), reverse=True)


def _part(one: DayPart) -> DayEntry:
    words = (_LASTING if one.lasting else _DONE)[one.doing]
    held = HELD[one.held] if one.held is not None else ""
    begin, end = formats.clock(one.begin), formats.clock(one.end)
    when = _("Since {begin}", begin=begin) if one.lasting else span(begin, end)
    what = words.format(long=brief(one.seconds), held=held)
    return DayEntry(one.begin, when, what, one.lasting)


def span(begin: str, end: str) -> str:
    # Translators: from one time of the day to another
    return _("{begin} to {end}", begin=begin, end=end)


def _prompt(life: Life, catalogue: Catalogue) -> DayEntry:
    assert life.first is not None
    assert life.shown is not None
    told = [moments.routine(routines.name(life.shown.routine, catalogue), life.shown.side)]
    if life.snoozes:
        told.append(_snoozed(life.snoozes))
    told.append(_ending(life))
    what = formats.semicolons(told)
    # Translators: {what} is the routine, and what became of it: "Pelvic rock; snoozed once; done"
    text = _("Started by you: {what}") if life.first.asked else _("Reminder: {what}")
    return DayEntry(life.first.at, formats.clock(life.first.at), text.format(what=what))


def _snoozed(times: int) -> str:
    if times > 2:
        return ngettext("snoozed {n} time", "snoozed {n} times", times, n=times)
    return _("snoozed twice") if times == 2 else _("snoozed once")


def _ending(life: Life) -> str:
    if life.ending is None:
        return _("under way") if life.started else pgettext("a reminder", "open")
    stood = life.shown is not None and life.shown.standing is not None
    if stood and life.ending is Ending.WITHDRAWN:
        return _SAT_DOWN
    if life.reason is not None:
        return _REFUSED[life.reason]
    return _KNOWN[life.evidence] if life.ending is Ending.DONE else _ENDED[life.ending]
