"""What the page Record says, beside what the report says as well: titles, pictures, a day."""

from collections.abc import Sequence
from datetime import date

from qlbreak.core.statistics.figures import Figures
from qlbreak.language import _, formats, ngettext, pgettext
from qlbreak.texts.durations import brief, exact
from qlbreak.texts.moments import of_a_day
from qlbreak.texts.names import KNOWN, listed

READING = _("Reading the record.")
EMPTY = _(
    "Nothing is recorded yet. Once you have sat for a minute or two, today appears here, and then"
    " day after day."
)
ABOUT = _("Only what happened. There are no scores, and no day has to look like another.")
FIRST = _("The record has just begun. Each day adds a bar.")
NO_BREAKS = _("No breaks yet. They appear here with how each one is known.")
NO_SIDES = _("No one-sided work yet. It appears here in seconds for each side.")
NO_CHECK_INS = _(
    "No check-in yet. After the first one, this shows how each side has been, 0 to 10."
)
DAY = pgettext("heading of a column", "day")
NOTHING = _("Nothing was recorded.")

# Translators: the titles of four pictures.
SITTING, BREAKS = pgettext("title", "Sitting"), _("Breaks taken")
SIDES, CHECK_INS = _("Left and right"), _("Check-ins")
OVER = _("beyond the limit")
TABLE, PICTURE = _("Show as a table"), _("Hide the table")
OPEN_PAGE, EXPORT = _("Open the page"), pgettext("button", "Export")
OPENING = _("The page opens in your browser.")
EXPORTED = _("Exported.")
EXPORT_TITLE = _("Export the days as a table")
EXPORT_FILE = "qlbreak-days.csv"
TABLES = _("Tables (*.csv)")
FAILED = _("It did not work. To find out why, run: qlbreak doctor")
CHOOSE = _("To choose another day, click a bar, or use the arrow keys in a picture.")


def within(limit: float) -> str:
    return _("up to {long} in one stretch", long=exact(limit))


def of(title: str) -> str:
    """The table that says the same as that picture."""
    return _("{title}, as a table", title=title)


def button(title: str, words: str) -> str:
    """For those who do not see what it stands beside."""
    return _("{title}: {words}", title=title, words=words)


def day_name(day: date, today: date) -> str:
    return _("Today") if day == today else formats.full_date(day)


def day_lines(figures: Figures | None) -> list[str]:
    """What a day had."""
    if figures is None or figures.empty:
        return [NOTHING]
    known = listed(figures.evidence, KNOWN)
    how = [_("How we know: {known}", known=known)] if known else []
    return [*of_a_day(figures), *how]


def told(title: str, lines: Sequence[str]) -> str:
    """All of a day, in one text."""
    return button(title, formats.sentences(*map(formats.sentence, lines[:-1]), *lines[-1:]))


def _unknown(title: str) -> str:
    return _("{title}: nothing recorded", title=title)


def sitting(title: str, figures: Figures | None) -> str:
    if figures is None:
        return _unknown(title)
    sat, over = brief(figures.sitting_s), brief(figures.over_s)
    if figures.over_s >= 60:
        return _(
            "{title}: {sat} sitting, {over} of it beyond the limit", title=title, sat=sat, over=over
        )
    return _("{title}: {sat} sitting", title=title, sat=sat)


def breaks(title: str, figures: Figures | None) -> str:
    if figures is None:
        return _unknown(title)
    known = listed(figures.evidence, KNOWN)
    done = ngettext("{n} break taken", "{n} breaks taken", figures.done, n=figures.done)
    return button(title, formats.commas([done, known] if known else [done]))


def sides(title: str, figures: Figures | None) -> str:
    if figures is None:
        return _unknown(title)
    left, right = brief(figures.left_s), brief(figures.right_s)
    return _("{title}: left {left}, right {right}", title=title, left=left, right=right)


def bars(title: str, first: date, days: int) -> str:
    """What a picture of bars is, for those who do not see it."""
    return ngettext(
        "{title}: {n} day from {first} on",
        "{title}: {n} days from {first} on",
        days,
        n=days,
        title=title,
        first=formats.long_date(first),
    )


def levels(number: int) -> str:
    return ngettext(
        "Levels from 0 to 10 of {n} check-in, left and right apart",
        "Levels from 0 to 10 of {n} check-ins, left and right apart",
        number,
        n=number,
    )
