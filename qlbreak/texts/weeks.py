"""What the page Record says, beside what the report says as well: titles, pictures, a day."""

from datetime import date

from qlbreak.core.statistics.figures import Figures
from qlbreak.texts.durations import brief, counted, exact
from qlbreak.texts.moments import of_a_day
from qlbreak.texts.names import KNOWN, listed

READING = "Reading the record."
EMPTY = (
    "Nothing is recorded yet. Once you have sat for a minute or two, today appears here, and then"
    " day after day."
)
ABOUT = "Only what happened. There are no scores, and no day has to look like another."
FIRST = "The record has just begun. Each day adds a bar."
NO_BREAKS = "No breaks yet. They appear here with how each one is known."
NO_SIDES = "No one-sided work yet. It appears here in seconds for each side."
NO_CHECK_INS = "No check-in yet. After the first one, this shows how each side has been, 0 to 10."
DAY = "day"
NOTHING = "Nothing was recorded."

SITTING, BREAKS, SIDES, CHECK_INS = "Sitting", "Breaks taken", "Left and right", "Check-ins"
OVER = "beyond the limit"
TABLE, PICTURE = "Show as a table", "Hide the table"
OPEN_PAGE, EXPORT = "Open the page", "Export"
OPENING = "The page opens in your browser."
EXPORTED = "Exported."
EXPORT_TITLE = "Export the days as a table"
EXPORT_FILE = "qlbreak-days.csv"
TABLES = "Tables (*.csv)"
FAILED = "It did not work. To find out why, run: qlbreak doctor"
CHOOSE = "To choose another day, click a bar, or use the arrow keys in a picture."


def within(limit: float) -> str:
    return f"up to {exact(limit)} in one stretch"


def of(title: str) -> str:
    """The table that says the same as that picture."""
    return f"{title}, as a table"


def button(title: str, words: str) -> str:
    """For those who do not see what it stands beside."""
    return f"{title}: {words}"


def day_name(day: date, today: date) -> str:
    return "Today" if day == today else f"{day:%A %d %B %Y}"


def day_lines(figures: Figures | None) -> list[str]:
    """What a day had."""
    if figures is None or figures.empty:
        return [NOTHING]
    known = listed(figures.evidence, KNOWN)
    return [*of_a_day(figures), *([f"How we know: {known}"] if known else [])]


def sitting(title: str, figures: Figures | None) -> str:
    if figures is None:
        return f"{title}: nothing recorded"
    over = f", {brief(figures.over_s)} of it beyond the limit" if figures.over_s >= 60 else ""
    return f"{title}: {brief(figures.sitting_s)} sitting{over}"


def breaks(title: str, figures: Figures | None) -> str:
    if figures is None:
        return f"{title}: nothing recorded"
    known = listed(figures.evidence, KNOWN)
    return f"{title}: {counted(figures.done, 'break')} taken{f', {known}' if known else ''}"


def sides(title: str, figures: Figures | None) -> str:
    if figures is None:
        return f"{title}: nothing recorded"
    return f"{title}: left {brief(figures.left_s)}, right {brief(figures.right_s)}"


def bars(title: str, first: date, days: int) -> str:
    """What a picture of bars is, for those who do not see it."""
    return f"{title}: {days} days from {first:%d %B %Y} on"


def levels(number: int) -> str:
    return f"Levels from 0 to 10 of {counted(number, 'check-in')}, left and right apart"
