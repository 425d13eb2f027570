"""What stands on the lines of the menu."""

from datetime import datetime, timedelta

from qlbreak.core.model.terms import Refusal, Side
from qlbreak.core.reminder.status import Status
from qlbreak.texts import moments, plans
from qlbreak.texts.durations import brief, exact

OPEN = "Open qlbreak"
ANOTHER = "Another one"
DONE, SNOOZE, SKIP = "Done", "Snooze", "Skip"
NO_SNOOZE = "No snooze left"
NOT_THIS = "Not this one…"
BY_NUMBER, NONE_OPEN = "Not this one. Press a number:", "No reminder is open."
REFUSALS = {
    Refusal.NO_ROOM: "Skip: no room here",
    Refusal.SEEN: "Skip: others can see me",
    Refusal.HURTS: "Skip: it hurts",
    Refusal.NOT_NOW: "Skip: not now",
}
STAND, SIT = "I'm standing", "I'm sitting again"
MEETING_OVER, RESUME = "The meeting is over", "Resume reminders"
PAUSE, HALF_AN_HOUR, AN_HOUR = "Pause until…", "30 minutes from now", "1 hour from now"
TOMORROW = "Tomorrow"
TODAY, NOT_SORE = "Today I am…", "Not sore"
STANDING, MEETING = "Standing (30 minutes)", "In a meeting (1 hour)"
SORE = {
    Side.LEFT: "Sore on the left",
    Side.RIGHT: "Sore on the right",
    Side.BOTH: "Sore on both sides",
}
MORE = "Record, settings, help"
RECORD, PAGE, CHECK_IN = "Record", "Record as a page", "Check-in…"
PLAN = "Your plan"
SETTINGS, FILE = "Settings…", "Settings file"
SAFETY, SET_UP = "Safety, and when to get help", "Set-up…"
EASIER = "Easier movements from now on"
HARDER, NOT_YET = "Yes, a bit more", "Not yet"
QUIT = "Quit"

_SOON = timedelta(minutes=20)  # so near an hour is no pause
_HOUR = timedelta(hours=1)
_LONGEST = 90  # of a mistake; the status has all of it


def routine(status: Status) -> str:
    """What a press would begin, or bring back."""
    prompt = status.prompt
    name = moments.next_routine(status)
    if prompt is not None and prompt.routine:
        name = moments.open_routine(prompt)
    return f"Show: {name}" if prompt is not None and prompt.started else f"Start: {name}"


def never(movement: str) -> str:
    return f"Never again: {movement}"


def stayed(status: Status) -> str:
    return f"I never got up: count those {brief(status.idled or 0)}"


def less_often(status: Status) -> str:
    return f"Yes, every {exact(status.question or 0)} from now on"


def as_often(status: Status) -> str:
    return f"No, keep every {exact(status.interval)}"


def as_before(status: Status) -> str:
    return f"Back to every {exact(status.configured)}"


def plan(status: Status) -> str:
    """What of it is to do today; a press makes its page."""
    return plans.label(status.programme) if status.programme is not None else PLAN


def mistake(what: str) -> str:
    return f"Settings: {moments.cut(what, _LONGEST)}"


def hours(now: datetime) -> list[str]:
    """The next three full hours that are worth a pause: "12:00" """
    first = (now + _SOON).replace(minute=0, second=0, microsecond=0) + _HOUR
    return [f"{first + ahead * _HOUR:%H:%M}" for ahead in range(3)]
