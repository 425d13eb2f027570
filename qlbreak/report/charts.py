"""The charts: values of the record in, plotly's figures out. Colours are those for the light."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from qlbreak.core.model.movements import Kind
from qlbreak.core.statistics.figures import Figures, Hour
from qlbreak.language import _, formats, ngettext
from qlbreak.report.chart_frame import DAY_MS, LEAST_WEEKS, axis_of, figure, halves, over, upwards
from qlbreak.report.palette import LIGHT
from qlbreak.report.series import Days, Point, Week
from qlbreak.texts import columns, reports
from qlbreak.texts.durations import brief
from qlbreak.texts.names import KINDS

KIND_COLOURS = {
    Kind.RELEASE: "release",
    Kind.LENGTHEN: "lengthen",
    Kind.STRENGTHEN: "strengthen",
    Kind.RESET: "reset",
}
_WITHIN, _BEYOND, _STOOD = "sat", "over", "stood"
_NAMES = {_WITHIN: columns.WITHIN, _BEYOND: columns.BEYOND_IT, _STOOD: columns.STANDING}
# What plotly fills in where the pointer is.
_WHOLE, _TENTHS = "%{y:.0f}", "%{y:.1f}"


def calendar(weeks: Sequence[Week], days: Days) -> go.Figure:
    """Done breaks by week and weekday; a day on which nothing was recorded stays bare."""
    weeks = [*_before(weeks), *weeks]
    cells: list[list[int | None]] = []
    texts: list[list[str]] = []
    for weekday in range(7):
        dates = [week.monday + timedelta(days=weekday) for week in weeks]
        cells.append([days[day].done if day in days else None for day in dates])
        texts.append([_told(day, days[day]) if day in days else "" for day in dates])
    heat = go.Heatmap(
        x=[week.monday for week in weeks],
        y=formats.weekdays_short(),
        z=cells,
        text=texts,
        hovertemplate="%{text}<extra></extra>",
        hoverongaps=False,
        colorscale=[[step / 4, LIGHT[f"heat-{step}"]] for step in range(5)],
        zmin=0,
        zmax=max(1, *(day or 0 for row in cells for day in row)),
        showscale=False,
        xgap=2,
        ygap=2,
    )
    upside_down = {"autorange": "reversed", "showgrid": False}  # Monday on top
    return figure([heat], xaxis={"showgrid": False}, yaxis=upside_down)


def _before(weeks: Sequence[Week]) -> list[Week]:
    """Empty ones, so that with them there are enough."""
    missing = range(LEAST_WEEKS - len(weeks), 0, -1)
    return [Week(weeks[0].monday - timedelta(weeks=n), 0, Figures()) for n in missing]


def _told(day: date, figures: Figures) -> str:
    asked = ngettext(
        "{done} of {n} reminder done",
        "{done} of {n} reminders done",
        figures.prompts,
        done=figures.done,
    )
    # Translators: {longest} is the longest stretch of the day: "1 h 10 min".
    sat = _(
        "sitting {duration}, longest {longest}",
        duration=brief(figures.sitting_s),
        longest=brief(figures.longest_spell_s),
    )
    return f"{columns.day(day)}<br>{asked}<br>{sat}"


def sitting(weeks: Sequence[Week], days: Days, today: date) -> go.Figure:
    """Hours a day, what lies beyond the limit on top, and what was stood above that; weeks as a
    mean of their days."""
    traces, stood = [], any_stood(weeks, days)
    for part in (_WITHIN, _BEYOND, *((_STOOD,) if stood else ())):
        traces += _bars(
            _NAMES[part],
            part,
            {week.monday: week.mean(_part(part, week.figures)) / 3600 for week in weeks},
            {day: _part(part, figures) / 3600 for day, figures in days.items()},
            _("{n} h", n=_TENTHS),
        )
    highest = [week.mean(_upright(week.figures)) / 3600 for week in weeks]
    highest += [_upright(figures) / 3600 for figures in days.values()]
    return figure(
        traces, barmode="stack", yaxis=upwards("h", highest), **halves(weeks, days, today)
    )


def any_stood(weeks: Sequence[Week], days: Days) -> bool:
    """Whoever has never said so need not read of it."""
    return any(week.figures.standing_s for week in weeks) or any(
        figures.standing_s for figures in days.values()
    )


def _upright(figures: Figures) -> float:
    """As high as the bar is."""
    return figures.sitting_s + figures.standing_s


def _part(part: str, figures: Figures) -> float:
    if part == _STOOD:
        return figures.standing_s
    return figures.over_s if part == _BEYOND else figures.sitting_s - figures.over_s


def spells(weeks: Sequence[Week], days: Days, limit: float, today: date) -> go.Figure:
    """Minutes of the longest spell, with the limit as a line."""
    traces = _bars(
        reports.STRETCH,
        "sat",
        {week.monday: week.figures.longest_spell_s / 60 for week in weeks},
        {day: figures.longest_spell_s / 60 for day, figures in days.items()},
        _("{n} min", n=_WHOLE),
    )
    line = {"color": LIGHT["limit"], "width": 1.5, "dash": "dash"}
    at = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": limit / 60, "y1": limit / 60}
    highest = [week.figures.longest_spell_s / 60 for week in weeks]
    highest += [figures.longest_spell_s / 60 for figures in days.values()]
    return figure(
        traces,
        shapes=[{**at, "line": line}],
        yaxis=upwards("min", [*highest, 1.2 * limit / 60]),
        **halves(weeks, days, today),
    )


def _bars(
    name: str,
    colour: str,
    weeks: Mapping[date, float],
    days: Mapping[date, float],
    told: str,
) -> list[go.Bar]:
    """The weeks on one axis, the days on the other, which has more room for each."""
    found = []
    for axis, values, width, called in (
        ("x", weeks, 7, columns.week),
        ("x2", days, 1, columns.day),
    ):
        if values:
            middles = [_middle(day, width) for day in values]
            found.append(
                go.Bar(
                    name=name,
                    x=middles,
                    y=list(values.values()),
                    width=width * DAY_MS * 0.85,
                    xaxis=axis,
                    customdata=[called(day) for day in values],
                    hovertemplate=f"%{{customdata}}<br>{_named(name, told)}<extra></extra>",
                    marker={"color": LIGHT[colour], "line": {"width": 0}},
                )
            )
    return found


def _named(name: str, told: str) -> str:
    # Translators: what a bar stands for, and how much it is: "sitting: 5.2 h".
    return _("{name}: {amount}", name=name, amount=told)


def _middle(day: date, days: int) -> str:
    hours = 12 * days
    return f"{day + timedelta(hours=hours - hours % 24)}T{hours % 24:02d}:00"


def endings(weeks: Sequence[Week]) -> go.Figure:
    traces = [
        _weekly(name, ending, weeks, [getattr(week.figures, ending) for week in weeks], "%{y}")
        for ending, name in reports.ENDS.items()
    ]
    highest = [sum(getattr(week.figures, ending) for ending in reports.ENDS) for week in weeks]
    return figure(traces, barmode="stack", xaxis=over(weeks), yaxis=upwards("", highest))


def sides(weeks: Sequence[Week]) -> go.Figure:
    """Minutes of work for one side only."""
    seconds = {
        "left": [week.figures.left_s for week in weeks],
        "right": [week.figures.right_s for week in weeks],
    }
    sides_of = {"left": (-2.6, 0.0), "right": (0.0, 2.6)}
    traces = [
        _weekly(
            columns.SIDES[side],
            side,
            weeks,
            [one / 60 for one in values],
            _("{n} min", n=_TENTHS),
            sides_of[side],
        )
        for side, values in seconds.items()
    ]
    highest = [one / 60 for values in seconds.values() for one in values]
    up = upwards("min", highest)
    return figure(traces, barmode="group", xaxis=over(weeks), yaxis=up)


def kinds(weeks: Sequence[Week]) -> go.Figure:
    """Minutes of work."""
    traces = [
        _weekly(
            name,
            KIND_COLOURS[kind],
            weeks,
            [week.figures.kinds.get(kind, 0.0) / 60 for week in weeks],
            _("{n} min", n=_TENTHS),
        )
        for kind, name in KINDS.items()
    ]
    highest = [sum(week.figures.kinds.values()) / 60 for week in weeks]
    return figure(traces, barmode="stack", xaxis=over(weeks), yaxis=upwards("min", highest))


def _weekly(
    name: str,
    colour: str,
    weeks: Sequence[Week],
    values: Sequence[float],
    told: str,
    days: tuple[float, float] = (-3, 3),
) -> go.Bar:
    """`days`: from where to where a bar stands, from the middle of its week."""
    begin, end = days
    return go.Bar(
        name=name,
        x=[_middle(week.monday, 7) for week in weeks],
        y=list(values),
        offset=begin * DAY_MS,
        width=(end - begin) * DAY_MS,
        customdata=[columns.week(week.monday) for week in weeks],
        hovertemplate=f"%{{customdata}}<br>{_named(name, told)}<extra></extra>",
        marker={"color": LIGHT[colour], "line": {"width": 0}},
    )


def hours(found: Mapping[int, Hour], days: int) -> go.Figure:
    """Above: minutes sat a day; below: prompts, and of them those that were done."""
    clock = sorted(found)
    marks: dict[str, list[float]] = {
        "sitting": [found[hour].sitting_s / 60 / days for hour in clock],
        "reminders": [found[hour].prompts for hour in clock],
        "done": [found[hour].done for hour in clock],
    }
    looks = {
        "sitting": (columns.SITTING, "sat", "y", _("{n} min a day", n=_WHOLE)),
        "reminders": (columns.REMINDERS, "withdrawn", "y2", "%{y}"),
        "done": (columns.DONE, "done", "y2", "%{y}"),
    }
    traces = []
    for mark, (name, colour, axis, told) in looks.items():
        traces.append(
            go.Bar(
                name=name,
                x=clock,
                y=marks[mark],
                yaxis=axis,
                marker={"color": LIGHT[colour], "line": {"width": 0}},
                hovertemplate=f"%{{x}}:00<br>{_named(name, told)}<extra></extra>",
            )
        )
    bounds = [min([*clock, 8]) - 0.6, max([*clock, 17]) + 0.6]
    return figure(
        traces,
        barmode="overlay",
        xaxis={"range": bounds, "dtick": 2, "ticksuffix": ":00", "showgrid": False, "anchor": "y2"},
        yaxis={"domain": [0.6, 1], **upwards("min", marks["sitting"])},
        yaxis2={**axis_of(), "domain": [0, 0.42], **upwards("", marks["reminders"])},
    )


def check_ins(series: Mapping[str, Sequence[Point]], first: date, today: date) -> go.Figure:
    """Every entry as it was given; behind them what is usual for each side, faintly."""
    looks = {"left": ("circle", "solid"), "right": ("diamond", "dot"), "middle": ("x", "dash")}
    bands, lines = [], []
    for side, points in series.items():
        symbol, dash = looks[side]
        usual = [point for point in points if point.usual is not None]
        if usual and side != "middle":
            bands.append(_band(side, usual))
        lines.append(
            go.Scatter(
                name=columns.SIDES[side],
                x=[point.day for point in points],
                y=[point.level for point in points],
                mode="lines+markers",
                line={"color": LIGHT[side], "width": 2, "dash": dash},
                marker={"symbol": symbol, "size": 9, "color": LIGHT[side]},
                cliponaxis=False,
                customdata=[columns.day(point.day) for point in points],
                hovertemplate=(
                    f"%{{customdata}}<br>{_named(columns.SIDES[side], '%{y}')}<extra></extra>"
                ),
            )
        )
    scale = {"range": [-0.3, 10.3], "dtick": 2, "zeroline": False}
    day = timedelta(days=1)
    span = {"range": [f"{first - day}", f"{today + day}"], "showgrid": False}
    return figure([*bands, *lines], yaxis=scale, xaxis=span)


def _band(side: str, usual: Sequence[Point]) -> go.Scatter:
    days = [point.day for point in usual]
    high = [min((point.usual or 0.0) + 1, 10) for point in usual]
    low = [max((point.usual or 0.0) - 1, 0) for point in usual]
    return go.Scatter(
        name=columns.USUAL_OF[side],
        x=days + days[::-1],
        y=high + low[::-1],
        fill="toself",
        fillcolor=LIGHT[side],
        opacity=0.13,
        mode="lines",
        line={"width": 0},
        hoverinfo="skip",
    )
