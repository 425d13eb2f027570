"""The record in words: the sentences of the page and of `stats`, the heads of their tables."""

from qlbreak.core.model.terms import Ending
from qlbreak.core.statistics.figures import Figures
from qlbreak.texts.durations import brief, counted
from qlbreak.texts.names import ENDINGS, HELD, KNOWN, REFUSALS, listed

TITLE = "Sitting, breaks and your lower back"
LATELY = "The last four weeks"
ADVICE = "This is general movement advice, not medicine."
FOR_WHOM = (
    "This page is for you and anyone you choose to show it to, such as a physiotherapist. It was "
    "made on this computer from your own record, and it loads nothing from the internet."
)
NOTHING = (
    "Nothing is recorded yet. Let qlbreak run for a day or two while you work; then this page "
    "shows how long you sat and how your reminders ended."
)
NOTHING_TODAY = "Nothing is recorded yet today."
NOTHING_LATELY = "Nothing was recorded in the last four weeks."
NOTHING_THEN = "Nothing was recorded on these days."
BREAKS_TAKEN = "breaks taken"
STRETCH = "longest stretch"
STOOD = "standing, as you said"

MEANINGS_TITLE = "What the words mean"
MEANINGS = (
    (
        "sitting",
        "Time at your desk, in hours and minutes. Sleep, a locked screen and time away do not "
        "count.",
    ),
    ("assumed", "Sitting that nothing could confirm: idle time could not be read."),
    ("stretch", "Sitting without a break. At the limit a reminder is due."),
    ("natural break", "You got up without a reminder."),
    ("done", "You did the routine: with the guide, or as you reported."),
    ("skipped, missed", "You chose Skip, or did not answer."),
    ("you got up first", "You got up before you answered. It never counts against you."),
    ("held back", "It was a bad moment: a meeting, a pause. It never counts against you."),
    (BREAKS_TAKEN, "The share of reminders done, of those done, skipped or missed."),
    ("left, right", "Work for one side only. The side is the one the movement is for."),
    ("loosening, lengthening, strengthening", "What the movements are for."),
    (
        "check-in",
        "Discomfort over seven days, 0 to 10. Rating left and right separately is our own idea; "
        "how well it works is not known.",
    ),
)

# The charts

AS_A_TABLE = "As a table"
WITHOUT_SCRIPTS = "Without scripts there is no chart; the table below has all the figures."
CHECK_INS = (
    "Discomfort in your lower back over the seven days before, as you rated it: 0 is none, 10 the "
    "worst you can imagine. Every dot is an entry of the last 12 weeks."
)
USUAL = "usual ups and downs: the median of four weeks, plus or minus 1"
CALENDAR = (
    "The last 12 months. Each column is a week; the stronger the colour, the more reminders were "
    "done that day. Days without a record are blank."
)
SITTING = "The last 13 weeks day by day."
SITTING_BEFORE = (
    "The last 13 weeks day by day. To their left, the average day of each week before that."
)
STRETCHES = "The last 13 weeks day by day."
STRETCHES_BEFORE = (
    "The last 13 weeks day by day. To their left, the longest stretch of each week before that."
)
ENDED = "By week, the last 26 weeks. Where you got up first, it never counts against you."
SIDES = "By week, the last 26 weeks. Work for one side only."
KINDS_OF_WORK = "By week, the last 26 weeks. What the movements were for."
HOURS = (
    "The last 13 weeks. Above: average minutes of sitting in each hour. Below: reminders, and how "
    "many of them were done."
)
FOLLOW_THROUGH = "The last 4 weeks, 13 weeks and 12 months."
CONFIRMED = "How breaks were confirmed"

# The columns of the record that end a reminder, as they are called here.
ENDS = {ending.value: name for ending, name in ENDINGS.items()}


# The last four weeks


def sentences(figures: Figures) -> list[str]:
    """With what never counts against the person told apart."""
    if figures.empty:
        return [NOTHING_LATELY]
    parts = (_reminders, refusals, _first, _held, confirmed, _assumed)
    return [text for part in parts if (text := part(figures))]


def _reminders(figures: Figures) -> str:
    if not figures.prompts:
        return "There were no reminders."
    return (
        f"{counted(figures.prompts, 'reminder')}: {figures.done} done, {figures.skipped} skipped, "
        f"{figures.expired} missed."
    )


def refusals(figures: Figures) -> str:
    """Of those where it was said."""
    if not figures.refusals:
        return ""
    return f"What you said when you skipped: {listed(figures.refusals, REFUSALS)}."


def _first(figures: Figures) -> str:
    if not figures.withdrawn:
        return ""
    times = counted(figures.withdrawn, "time")
    return f"You got up before answering {times}. This never counts against you."


def _held(figures: Figures) -> str:
    if not figures.held:
        return ""
    reminders = counted(sum(figures.held.values()), "reminder")
    return f"Held back, which never counts against you: {reminders} ({listed(figures.held, HELD)})."


def confirmed(figures: Figures) -> str:
    if not figures.evidence:
        return ""
    return f"{CONFIRMED}: {listed(figures.evidence, KNOWN)}."


def _assumed(figures: Figures) -> str:
    if figures.unknown_s < 60:
        return ""
    return f"{brief(figures.unknown_s)} of sitting is assumed: idle time could not be read."


def taken(figures: Figures) -> str:
    """Under the share of them."""
    return f"{BREAKS_TAKEN}: {figures.done} of the {figures.ended} reminders that count"


def ending(end: Ending | None, *, standing: bool = False) -> str:
    """*standing*: of a reminder that came to somebody who stood."""
    if end is None:
        return "open"
    return "you moved first" if standing and end is Ending.WITHDRAWN else ENDINGS[end]
