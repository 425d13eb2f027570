"""What the record's columns, rows and legends are called."""

from datetime import date

from qlbreak.core.model.terms import Feeling, Hindrance
from qlbreak.language import _, formats, pgettext

SIDES = {"left": _("left"), "right": _("right"), "middle": _("middle")}
USUAL_OF = {
    "left": _("usual ups and downs, left"),
    "right": _("usual ups and downs, right"),
    "middle": _("usual ups and downs, middle"),
}
SITTING, STANDING = _("sitting"), _("standing")
SITTING_A_DAY = _("sitting a day")
REMINDERS = _("reminders")
DONE = _("done")
WITHIN, BEYOND_IT, BEYOND = _("within the limit"), _("beyond it"), _("beyond the limit")
ASSUMED = _("assumed")
STRETCHES, NATURAL = _("stretches"), _("natural breaks")
SNOOZED, DONE_IN_THE_END = _("snoozed"), _("done in the end")
SNOOZED_REMINDERS, HELD_BACK = _("Snoozed reminders"), _("Held back")
IN_THE_WAY = _("in the way of work")
DAY = _("day")
# Translators: the head of a column of dates, each the Monday of a week.
WEEK_FROM = pgettext("head", "week from")
DAY_OR_WEEK = _("day, or week from")
DAY_OR_MEAN_WEEK = _("day, or week from (average day)")
# Translators: of days of the week: the column of their sum.
ALL = _("all")
# Along an axis.
UNITS = {"h": _("h"), "min": _("min")}
HOUR = _("hour")
FELT = {
    # Translators: how it felt after a routine.
    Feeling.EASIER: _("easier"),
    Feeling.SAME: _("same"),
    Feeling.WORSE: _("worse"),
}
HINDERED = {
    # Translators: whether the back was in the way of work.
    Hindrance.NOT_AT_ALL: _("not at all"),
    Hindrance.A_BIT: _("a bit"),
    Hindrance.A_LOT: _("a lot"),
}


def day(of: date) -> str:
    """ "Mon 23 Nov 2026" """
    name = formats.weekdays_short()[of.weekday()]
    # Translators: {weekday} is short: "Mon 23 Nov 2026"
    return _("{weekday} {date}", weekday=name, date=formats.medium_date(of))


def day_of_year(of: date) -> str:
    """ "Mon 23 Nov" """
    name = formats.weekdays_short()[of.weekday()]
    return _("{weekday} {date}", weekday=name, date=formats.day_month(of))


def week(monday: date) -> str:
    return _("week from {day}", day=day(monday))


def span(first: date, last: date) -> str:
    """ "1 September 2026 to 23 November 2026" """
    if first == last:
        return formats.long_date(last)
    begin, end = formats.long_date(first), formats.long_date(last)
    # Translators: two dates
    return _("{first} to {last}", first=begin, last=end)
