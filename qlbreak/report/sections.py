"""What the page is made of below its head: each chart with its words and its table."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec import Struct

from qlbreak.core.coach.check_ins import USUAL
from qlbreak.core.statistics.figures import LATELY, between, total
from qlbreak.language import _, formats, ngettext, pgettext
from qlbreak.record.load import Record
from qlbreak.report import charts, series, tables
from qlbreak.report.tables import Table
from qlbreak.texts import columns, reports
from qlbreak.texts.durations import exact
from qlbreak.texts.names import KINDS


class Key(Struct, frozen=True):
    """An entry of a legend: the name of a colour, what it stands for, how it looks."""

    colour: str
    text: str
    shape: str = "box"


class Section(Struct, frozen=True):
    """`figure`: plotly's, as JSON; empty where the tables are all. `short`: the tables are also
    printed. `wide`: takes the whole width."""

    name: str
    title: str
    lead: str
    tables: tuple[Table, ...]
    figure: str = ""
    look: str = ""  # what the chart shows, for those who cannot see it
    legend: tuple[Key, ...] = ()
    remarks: tuple[str, ...] = ()
    short: bool = False
    wide: bool = False


def sections(record: Record, trend: Sequence[str] = ()) -> list[Section]:
    """Those for which something was recorded. *trend*: sentences about the check-ins."""
    half_year = series.start(record.today, series.HALF_YEAR)
    weeks = series.weeks(record.days, half_year, record.today)
    parts = (
        _check_ins(record, trend),
        _calendar(record),
        _sitting(record),
        _endings(weeks),
        _sides(weeks),
        _kinds(weeks),
        _hours(record),
    )
    return [section for part in parts for section in part]


def _check_ins(record: Record, trend: Sequence[str]) -> Iterator[Section]:
    first = record.today - timedelta(weeks=series.QUARTER)
    found = series.entries(record.days, first, record.today)
    if not found:
        return
    points = series.points(series.entries(record.days, first - USUAL, record.today), first)
    shapes = {"left": "dot", "right": "diamond", "middle": "cross"}
    keys = [Key(side, columns.SIDES[side], shapes[side]) for side in points]
    if any(point.usual is not None for of_side in points.values() for point in of_side):
        keys.append(Key("left", reports.USUAL, "band"))
    yield Section(
        "check-ins",
        _("Check-ins"),
        reports.CHECK_INS,
        (tables.check_ins(found),),
        charts.check_ins(points, first, record.today).to_json(),
        ngettext(
            "Dots and lines by day for {sides}: {n} entry from 0 to 10.",
            "Dots and lines by day for {sides}: {n} entries from 0 to 10.",
            len(found),
            sides=formats.listed([columns.SIDES[side] for side in points]),
        ),
        tuple(keys),
        tuple(trend),
        short=True,
        wide=True,
    )


def _calendar(record: Record) -> Iterator[Section]:
    days = record.days
    year = series.weeks(days, series.start(record.today, series.YEAR), record.today)
    if any(week.figures.prompts for week in year):
        keys = (
            (0, pgettext("reminders done on a day", "none")),
            (2, pgettext("reminders done on a day", "some")),
            (4, pgettext("reminders done on a day", "most")),
        )
        yield Section(
            "calendar",
            _("Breaks done, day by day"),
            reports.CALENDAR,
            (tables.calendar(year, days),),
            charts.calendar(year, days).to_json(),
            ngettext(
                "A calendar of {n} week by weekday, shaded by the reminders done each day.",
                "A calendar of {n} weeks by weekday, shaded by the reminders done each day.",
                len(year),
                n=len(year),
            ),
            tuple(Key(f"heat-{step}", text) for step, text in keys),
            wide=True,
        )


def _sitting(record: Record) -> Iterator[Section]:
    days, today, limit = record.days, record.today, exact(record.limit)
    first = series.start(today, series.YEAR)
    since = series.start(today, series.QUARTER)
    recent = between(days, since, today)
    before = series.weeks(days, first, since - timedelta(days=1))
    if not any(figures.sitting_s for figures in between(days, first, today).values()):
        return
    yield Section(
        "sitting",
        _("Sitting"),
        reports.SITTING_BEFORE if before else reports.SITTING,
        (tables.sitting(before, recent),),
        charts.sitting(before, recent, today).to_json(),
        _(
            "Bars of the hours of sitting: {weeks} weeks, then {days} days.",
            weeks=len(before),
            days=len(recent),
        ),
        (
            Key("sat", _("up to {duration} in one stretch", duration=limit)),
            Key("over", columns.BEYOND_IT),
            *((Key("stood", reports.STOOD),) if charts.any_stood(before, recent) else ()),
        ),
        wide=True,
    )
    yield _spells(before, recent, record)


def _spells(before: Sequence[series.Week], recent: series.Days, record: Record) -> Section:
    limit = exact(record.limit)
    return Section(
        "spells",
        _("Longest stretch"),
        reports.STRETCHES_BEFORE if before else reports.STRETCHES,
        (tables.spells(before, recent),),
        charts.spells(before, recent, record.limit, record.today).to_json(),
        _(
            "Bars of the longest stretch of {weeks} weeks and {days} days, with a line at "
            "{duration}.",
            weeks=len(before),
            days=len(recent),
            duration=limit,
        ),
        (
            Key("sat", reports.STRETCH),
            Key("limit", _("the limit, {duration}", duration=limit), "line"),
        ),
        wide=True,
    )


def _endings(weeks: Sequence[series.Week]) -> Iterator[Section]:
    if any(week.figures.prompts for week in weeks):
        yield Section(
            "prompts",
            _("How reminders ended"),
            reports.ENDED,
            (tables.endings(weeks),),
            charts.endings(weeks).to_json(),
            ngettext(
                "Stacked bars of how reminders ended in {n} week: {ways}.",
                "Stacked bars of how reminders ended in {n} weeks: {ways}.",
                len(weeks),
                ways=", ".join(reports.ENDS.values()),
            ),
            tuple(Key(colour, name) for colour, name in reports.ENDS.items()),
        )


def _sides(weeks: Sequence[series.Week]) -> Iterator[Section]:
    if any(week.figures.left_s or week.figures.right_s for week in weeks):
        yield Section(
            "sides",
            _("Left and right"),
            reports.SIDES,
            (tables.sides(weeks),),
            charts.sides(weeks).to_json(),
            ngettext(
                "Pairs of bars, left and right: minutes of one-sided work in {n} week.",
                "Pairs of bars, left and right: minutes of one-sided work in {n} weeks.",
                len(weeks),
                n=len(weeks),
            ),
            tuple(Key(side, columns.SIDES[side]) for side in ("left", "right")),
        )


def _kinds(weeks: Sequence[series.Week]) -> Iterator[Section]:
    if any(week.figures.kinds for week in weeks):
        yield Section(
            "kinds",
            _("Minutes of movement, by kind"),
            reports.KINDS_OF_WORK,
            (tables.kinds(weeks),),
            charts.kinds(weeks).to_json(),
            ngettext(
                "Stacked bars of minutes by kind of movement in {n} week.",
                "Stacked bars of minutes by kind of movement in {n} weeks.",
                len(weeks),
                n=len(weeks),
            ),
            tuple(Key(colour, KINDS[kind]) for kind, colour in charts.KIND_COLOURS.items()),
        )


def _hours(record: Record) -> Iterator[Section]:
    today = record.today
    since = {
        _("4 weeks"): today - timedelta(days=LATELY - 1),
        (quarter := _("13 weeks")): series.start(today, series.QUARTER),
        _("12 months"): series.start(today, series.YEAR),
    }
    spans = {name: between(record.days, first, today) for name, first in since.items()}
    sums = {name: total(days.values()) for name, days in spans.items()}
    number, figures = len(spans[quarter]), sums[quarter]
    if figures.hours:
        yield Section(
            "hours",
            _("Hours of the day"),
            reports.HOURS,
            (tables.hours(figures, number),),
            charts.hours(figures.hours, number).to_json(),
            _("Bars by hour of the day: minutes of sitting; reminders, and how many were done."),
            (
                Key("sat", columns.SITTING),
                Key("withdrawn", columns.REMINDERS),
                Key("done", columns.DONE),
            ),
        )
    if found := tables.follow_through(list(sums.items())):
        yield Section(
            "follow-through",
            _("Snoozed, confirmed, held back"),
            reports.FOLLOW_THROUGH,
            found,
            short=True,
            wide=True,
        )
