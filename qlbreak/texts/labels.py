"""What stands on the lines of the menu."""

from datetime import datetime, timedelta

from qlbreak.core.model.terms import Refusal, Side
from qlbreak.core.reminder.status import Status
from qlbreak.language import _, formats, pgettext
from qlbreak.texts import moments, plans
from qlbreak.texts.durations import brief, exact

# Translators: from here on, the menu of the icon: at most some 45 characters a line.
OPEN = _("Open qlbreak")
ANOTHER = _("Another one")
DONE, SNOOZE, SKIP = pgettext("button", "Done"), _("Snooze"), pgettext("button", "Skip")
NO_SNOOZE = _("No snooze left")
NOT_THIS = _("Not this one…")
BY_NUMBER, NONE_OPEN = _("Not this one. Press a number:"), _("No reminder is open.")
REFUSALS = {
    Refusal.NO_ROOM: _("Skip: no room here"),
    Refusal.SEEN: _("Skip: others can see me"),
    Refusal.HURTS: _("Skip: it hurts"),
    Refusal.NOT_NOW: _("Skip: not now"),
}
STAND, SIT = _("I'm standing"), _("I'm sitting again")
MEETING_OVER, RESUME = _("The meeting is over"), _("Resume reminders")
PAUSE = _("Pause until…")
HALF_AN_HOUR, AN_HOUR = _("30 minutes from now"), _("1 hour from now")
# Translators: below "Pause until…"
TOMORROW = _("Tomorrow")
# Translators: the head of a submenu, of which each line ends the sentence: "Sore on the left".
TODAY, NOT_SORE = _("Today I am…"), _("Not sore")
STANDING, MEETING = _("Standing (30 minutes)"), _("In a meeting (1 hour)")
SORE = {
    Side.LEFT: _("Sore on the left"),
    Side.RIGHT: _("Sore on the right"),
    Side.BOTH: _("Sore on both sides"),
}
MORE = _("Record, settings, help")
# Translators: what qlbreak writes down; not a verb.
RECORD, PAGE, CHECK_IN = pgettext("noun", "Record"), _("Record as a page"), _("Check-in…")
PLAN = _("Your plan")
SETTINGS, FILE = _("Settings…"), _("Settings file")
SAFETY, SET_UP = _("Safety, and when to get help"), _("Set-up…")
EASIER = _("Easier movements from now on")
HARDER, NOT_YET = _("Yes, a bit more"), _("Not yet")
QUIT = _("Quit")

_SOON = timedelta(minutes=20)  # so near an hour is no pause
_HOUR = timedelta(hours=1)
_LONGEST = 90  # of a mistake; the status has all of it


def routine(status: Status) -> str:
    """What a press would begin, or bring back."""
    prompt = status.prompt
    name = moments.next_routine(status)
    if prompt is not None and prompt.routine:
        name = moments.open_routine(prompt)
    if prompt is not None and prompt.started:
        return _("Show: {name}", name=name)
    # Translators: a press begins it.
    return _("Start: {name}", name=name)


def never(movement: str) -> str:
    return _("Never again: {movement}", movement=movement)


def stayed(status: Status) -> str:
    return _("I never got up: count those {long}", long=brief(status.idled or 0))


def less_often(status: Status) -> str:
    return _("Yes, every {long} from now on", long=exact(status.question or 0))


def as_often(status: Status) -> str:
    return _("No, keep every {long}", long=exact(status.interval))


def as_before(status: Status) -> str:
    return _("Back to every {long}", long=exact(status.configured))


def plan(status: Status) -> str:
    """What of it is to do today; a press makes its page."""
    return plans.label(status.programme) if status.programme is not None else PLAN


def mistake(what: str) -> str:
    return _("Settings: {mistake}", mistake=moments.cut(what, _LONGEST))


def hours(now: datetime) -> list[datetime]:
    """The next three full hours that are worth a pause."""
    first = (now + _SOON).replace(minute=0, second=0, microsecond=0) + _HOUR
    return [first + ahead * _HOUR for ahead in range(3)]


def hour(at: datetime) -> str:
    """ "12:00" """
    return formats.clock(at)
