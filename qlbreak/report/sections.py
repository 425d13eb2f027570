"""What the page is made of below its head: each chart with its words and its table."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec import Struct

from qlbreak.core.statistics.figures import LATELY, between, total
from qlbreak.record.load import Record
from qlbreak.report import charts, series, tables
from qlbreak.report.tables import Table
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
    points = series.points(series.entries(record.days, first - series.MEMORY, record.today), first)
    shapes = {"left": "dot", "right": "diamond", "middle": "cross"}
    keys = [Key(side, side, shapes[side]) for side in points]
    if any(point.usual is not None for of_side in points.values() for point in of_side):
        keys.append(
            Key("left", "usual ups and downs: the median of four weeks, give or take 1", "band")
        )
    yield Section(
        "check-ins",
        "Check-ins",
        "Discomfort in the lower back over the seven days before, as you rated it: 0 is none, "
        "10 the worst you can imagine. Every dot is an entry of the last 12 weeks.",
        (tables.check_ins(found),),
        charts.check_ins(points, first, record.today).to_json(),
        f"Dots and lines by day for {' and '.join(points)}: {len(found)} entries from 0 to 10.",
        tuple(keys),
        tuple(trend),
        short=True,
        wide=True,
    )


def _calendar(record: Record) -> Iterator[Section]:
    days = record.days
    year = series.weeks(days, series.start(record.today, series.YEAR), record.today)
    if any(week.figures.prompts for week in year):
        keys = ((0, "none"), (2, "some"), (4, "most"))
        yield Section(
            "calendar",
            "Breaks done, day by day",
            "The last 12 months: a column is a week; the stronger the colour, the more prompts "
            "were done that day. Bare: nothing was recorded.",
            (tables.calendar(year, days),),
            charts.calendar(year, days).to_json(),
            f"A calendar of {len(year)} weeks by weekday, shaded by the prompts done on each day.",
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
    halves = "The last 13 weeks day by day" + ("; to the left of them " if before else ".")
    yield Section(
        "sitting",
        "Sitting",
        f"{halves}{'the mean day of each week before.' if before else ''}",
        (tables.sitting(before, recent),),
        charts.sitting(before, recent, today).to_json(),
        f"Bars of the hours sat: {len(before)} weeks, then {len(recent)} days.",
        (Key("sat", f"up to {limit} in one stretch"), Key("over", "beyond it")),
        wide=True,
    )
    yield Section(
        "spells",
        "Longest spell",
        f"{halves}{'the longest of each week before.' if before else ''}",
        (tables.spells(before, recent),),
        charts.spells(before, recent, record.limit, today).to_json(),
        f"Bars of the longest spell of {len(before)} weeks and {len(recent)} days, with a line at "
        f"{limit}.",
        (Key("sat", "longest unbroken sitting"), Key("limit", f"the limit, {limit}", "line")),
        wide=True,
    )


_SPAN = "By week, the last 26 weeks"


def _endings(weeks: Sequence[series.Week]) -> Iterator[Section]:
    if any(week.figures.prompts for week in weeks):
        names = ("done", "skipped", "expired", "withdrawn")
        yield Section(
            "prompts",
            "How prompts ended",
            f"{_SPAN}. Withdrawn ones, where you got up by yourself, never count against you.",
            (tables.endings(weeks),),
            charts.endings(weeks).to_json(),
            f"Stacked bars of {', '.join(names)} prompts in {len(weeks)} weeks.",
            tuple(Key(name, name) for name in names),
        )


def _sides(weeks: Sequence[series.Week]) -> Iterator[Section]:
    if any(week.figures.left_s or week.figures.right_s for week in weeks):
        yield Section(
            "sides",
            "Left and right",
            f"{_SPAN}. Work that is for one side only.",
            (tables.sides(weeks),),
            charts.sides(weeks).to_json(),
            f"Pairs of bars, left and right: minutes of one-sided work in {len(weeks)} weeks.",
            (Key("left", "left"), Key("right", "right")),
        )


def _kinds(weeks: Sequence[series.Week]) -> Iterator[Section]:
    if any(week.figures.kinds for week in weeks):
        yield Section(
            "kinds",
            "Minutes moved, by kind",
            f"{_SPAN}. What the movements were for.",
            (tables.kinds(weeks),),
            charts.kinds(weeks).to_json(),
            f"Stacked bars of minutes by kind of movement in {len(weeks)} weeks.",
            tuple(Key(colour, KINDS[kind]) for kind, colour in charts.KIND_COLOURS.items()),
        )


def _hours(record: Record) -> Iterator[Section]:
    today = record.today
    since = {
        "4 weeks": today - timedelta(days=LATELY - 1),
        "13 weeks": series.start(today, series.QUARTER),
        "12 months": series.start(today, series.YEAR),
    }
    spans = {name: between(record.days, first, today) for name, first in since.items()}
    sums = {name: total(days.values()) for name, days in spans.items()}
    number, figures = len(spans["13 weeks"]), sums["13 weeks"]
    if figures.hours:
        yield Section(
            "hours",
            "Hours of the day",
            "The last 13 weeks. Above: minutes sat in each hour of a day with a record. Below: "
            "prompts that came up, and those of them done.",
            (tables.hours(figures, number),),
            charts.hours(figures.hours, number).to_json(),
            "Bars by hour of the day: minutes sat; prompts, and of them the done ones.",
            (Key("sat", "sat"), Key("withdrawn", "prompts"), Key("done", "done")),
        )
    if found := tables.follow_through(list(sums.items())):
        yield Section(
            "follow-through",
            "Put off, known, held back",
            "Of the last 4 weeks, 13 weeks and 12 months.",
            found,
            short=True,
            wide=True,
        )
