"""The charts: values of the record in, plotly's figures out. Colours are those for the light."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from qlbreak.core.model.movements import Kind
from qlbreak.core.statistics.figures import Figures, Hour
from qlbreak.report.palette import LIGHT
from qlbreak.report.series import Days, Point, Week
from qlbreak.texts import reports
from qlbreak.texts.durations import brief, counted
from qlbreak.texts.names import KINDS

FONT = 'system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif'
KIND_COLOURS = {
    Kind.RELEASE: "release",
    Kind.LENGTHEN: "lengthen",
    Kind.STRENGTHEN: "strengthen",
    Kind.RESET: "reset",
}
_DAY = 86_400_000  # milliseconds, as plotly counts along an axis of dates
# A chart shows so much even when less is recorded: the first days look like first days.
_LEAST_DAYS, _LEAST_WEEKS = 14, 12
_LEAST = {"h": 4, "min": 5, "": 4}  # of an axis, by its unit
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_TICKS = 5
_STOOD = "standing"


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
        y=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
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
    return _figure([heat], xaxis={"showgrid": False}, yaxis=upside_down)


def _before(weeks: Sequence[Week]) -> list[Week]:
    """Empty ones, so that with them there are enough."""
    missing = range(_LEAST_WEEKS - len(weeks), 0, -1)
    return [Week(weeks[0].monday - timedelta(weeks=n), 0, Figures()) for n in missing]


def _told(day: date, figures: Figures) -> str:
    asked = f"{figures.done} of {counted(figures.prompts, 'reminder')} done"
    sat = f"sitting {brief(figures.sitting_s)}, longest {brief(figures.longest_spell_s)}"
    return f"{day:%a %d %b %Y}<br>{asked}<br>{sat}"


def sitting(weeks: Sequence[Week], days: Days, today: date) -> go.Figure:
    """Hours a day, what lies beyond the limit on top, and what was stood above that; weeks as a
    mean of their days."""
    traces, stood = [], any_stood(weeks, days)
    parts = {"within the limit": "sat", "beyond it": "over"} | ({_STOOD: "stood"} if stood else {})
    for name, colour in parts.items():
        traces += _bars(
            name,
            colour,
            {week.monday: week.mean(_part(name, week.figures)) / 3600 for week in weeks},
            {day: _part(name, figures) / 3600 for day, figures in days.items()},
            "%{y:.1f} h",
        )
    highest = [week.mean(_upright(week.figures)) / 3600 for week in weeks]
    highest += [_upright(figures) / 3600 for figures in days.values()]
    return _figure(
        traces, barmode="stack", yaxis=_upwards("h", highest), **_halves(weeks, days, today)
    )


def any_stood(weeks: Sequence[Week], days: Days) -> bool:
    """Whoever has never said so need not read of it."""
    return any(week.figures.standing_s for week in weeks) or any(
        figures.standing_s for figures in days.values()
    )


def _upright(figures: Figures) -> float:
    """As high as the bar is."""
    return figures.sitting_s + figures.standing_s


def _part(name: str, figures: Figures) -> float:
    if name == _STOOD:
        return figures.standing_s
    return figures.over_s if name == "beyond it" else figures.sitting_s - figures.over_s


def spells(weeks: Sequence[Week], days: Days, limit: float, today: date) -> go.Figure:
    """Minutes of the longest spell, with the limit as a line."""
    traces = _bars(
        reports.STRETCH,
        "sat",
        {week.monday: week.figures.longest_spell_s / 60 for week in weeks},
        {day: figures.longest_spell_s / 60 for day, figures in days.items()},
        "%{y:.0f} min",
    )
    line = {"color": LIGHT["limit"], "width": 1.5, "dash": "dash"}
    at = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": limit / 60, "y1": limit / 60}
    highest = [week.figures.longest_spell_s / 60 for week in weeks]
    highest += [figures.longest_spell_s / 60 for figures in days.values()]
    return _figure(
        traces,
        shapes=[{**at, "line": line}],
        yaxis=_upwards("min", [*highest, 1.2 * limit / 60]),
        **_halves(weeks, days, today),
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
    for axis, values, width, head in (("x", weeks, 7, "week from "), ("x2", days, 1, "")):
        if values:
            middles = [_middle(day, width) for day in values]
            found.append(
                go.Bar(
                    name=name,
                    x=middles,
                    y=list(values.values()),
                    width=width * _DAY * 0.85,
                    xaxis=axis,
                    customdata=[f"{head}{day:%a %d %b %Y}" for day in values],
                    hovertemplate=f"%{{customdata}}<br>{name}: {told}<extra></extra>",
                    marker={"color": LIGHT[colour], "line": {"width": 0}},
                )
            )
    return found


def _middle(day: date, days: int) -> str:
    hours = 12 * days
    return f"{day + timedelta(hours=hours - hours % 24)}T{hours % 24:02d}:00"


def endings(weeks: Sequence[Week]) -> go.Figure:
    traces = [
        _weekly(name, ending, weeks, [getattr(week.figures, ending) for week in weeks], "%{y}")
        for ending, name in reports.ENDS.items()
    ]
    highest = [sum(getattr(week.figures, ending) for ending in reports.ENDS) for week in weeks]
    return _figure(traces, barmode="stack", xaxis=_over(weeks), yaxis=_upwards("", highest))


def sides(weeks: Sequence[Week]) -> go.Figure:
    """Minutes of work for one side only."""
    seconds = {
        "left": [week.figures.left_s for week in weeks],
        "right": [week.figures.right_s for week in weeks],
    }
    sides_of = {"left": (-2.6, 0.0), "right": (0.0, 2.6)}
    traces = [
        _weekly(name, name, weeks, [one / 60 for one in values], "%{y:.1f} min", sides_of[name])
        for name, values in seconds.items()
    ]
    highest = [one / 60 for values in seconds.values() for one in values]
    up = _upwards("min", highest)
    return _figure(traces, barmode="group", xaxis=_over(weeks), yaxis=up)


def kinds(weeks: Sequence[Week]) -> go.Figure:
    """Minutes of work."""
    traces = [
        _weekly(
            name,
            KIND_COLOURS[kind],
            weeks,
            [week.figures.kinds.get(kind, 0.0) / 60 for week in weeks],
            "%{y:.1f} min",
        )
        for kind, name in KINDS.items()
    ]
    highest = [sum(week.figures.kinds.values()) / 60 for week in weeks]
    return _figure(traces, barmode="stack", xaxis=_over(weeks), yaxis=_upwards("min", highest))


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
        offset=begin * _DAY,
        width=(end - begin) * _DAY,
        customdata=[f"{week.monday:%d %b %Y}" for week in weeks],
        hovertemplate=f"week from %{{customdata}}<br>{name}: {told}<extra></extra>",
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
        "sitting": ("sat", "y", "%{y:.0f} min a day"),
        "reminders": ("withdrawn", "y2", "%{y}"),
        "done": ("done", "y2", "%{y}"),
    }
    traces = []
    for name, (colour, axis, told) in looks.items():
        traces.append(
            go.Bar(
                name=name,
                x=clock,
                y=marks[name],
                yaxis=axis,
                marker={"color": LIGHT[colour], "line": {"width": 0}},
                hovertemplate=f"%{{x}}:00<br>{name}: {told}<extra></extra>",
            )
        )
    bounds = [min([*clock, 8]) - 0.6, max([*clock, 17]) + 0.6]
    return _figure(
        traces,
        barmode="overlay",
        xaxis={"range": bounds, "dtick": 2, "ticksuffix": ":00", "showgrid": False, "anchor": "y2"},
        yaxis={"domain": [0.6, 1], **_upwards("min", marks["sitting"])},
        yaxis2={**_axis_of(), "domain": [0, 0.42], **_upwards("", marks["reminders"])},
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
                name=side,
                x=[point.day for point in points],
                y=[point.level for point in points],
                mode="lines+markers",
                line={"color": LIGHT[side], "width": 2, "dash": dash},
                marker={"symbol": symbol, "size": 9, "color": LIGHT[side]},
                cliponaxis=False,
                hovertemplate=f"%{{x|%a %d %b %Y}}<br>{side}: %{{y}}<extra></extra>",
            )
        )
    scale = {"range": [-0.3, 10.3], "dtick": 2, "zeroline": False}
    day = timedelta(days=1)
    span = {"range": [f"{first - day}", f"{today + day}"], "showgrid": False}
    return _figure([*bands, *lines], yaxis=scale, xaxis=span)


def _band(side: str, usual: Sequence[Point]) -> go.Scatter:
    days = [point.day for point in usual]
    high = [min((point.usual or 0.0) + 1, 10) for point in usual]
    low = [max((point.usual or 0.0) - 1, 0) for point in usual]
    return go.Scatter(
        name=f"usual ups and downs, {side}",
        x=days + days[::-1],
        y=high + low[::-1],
        fill="toself",
        fillcolor=LIGHT[side],
        opacity=0.13,
        mode="lines",
        line={"width": 0},
        hoverinfo="skip",
    )


def _figure(traces: Sequence[Any], **layout: Any) -> go.Figure:
    """With the looks that all share."""
    axes = {name: _axis_of(**layout.pop(name, {})) for name in ("xaxis", "yaxis")}
    text = {"family": FONT, "color": LIGHT["ink"]}
    hover = {"bgcolor": LIGHT["card"], "bordercolor": LIGHT["line"], "font": text}
    return go.Figure(
        list(traces),
        {
            "template": {},
            "font": {**text, "size": 12},
            "paper_bgcolor": LIGHT["card"],
            "plot_bgcolor": LIGHT["card"],
            # Room for "80 min" and two lines of dates; to measure them costs as much as a chart.
            "margin": {"l": 52, "r": 10, "t": 8, "b": 36},
            "showlegend": False,
            "dragmode": False,
            "hoverlabel": {**hover, "align": "left"},
            "bargap": 0.15,
            **axes,
            **layout,
        },
    )


# Axes: spans that are never shorter than a chart needs, in whole steps


def _halves(weeks: Sequence[Week], days: Days, today: date) -> dict[str, Any]:
    """Two axes of dates side by side; only one where there is nothing for the other."""
    split = 0.36 if weeks and days else 1.0 if weeks else 0.0
    axes: dict[str, Any] = {}
    if weeks:
        domain = [0, split - 0.02 if days else 1]
        axes["xaxis"] = {"domain": domain, "nticks": 3, "showgrid": False, **_over(weeks)}
    if days:
        first = min(*days, today - timedelta(days=_LEAST_DAYS - 1))
        span: dict[str, Any] = {"range": [f"{first}", f"{today + timedelta(days=1)}"]}
        if (today - first).days < 2 * _LEAST_DAYS:  # else it would tell each date many times
            span |= {"tick0": f"{first}T12:00", "dtick": 2 * _DAY}
        domain = [split + 0.02 if weeks else 0, 1]
        axes["xaxis2"] = {**_axis_of(), "domain": domain, "showgrid": False, **span}
    return axes


def _over(weeks: Sequence[Week]) -> dict[str, Any]:
    """An axis over so many weeks, or the least there should be."""
    last = weeks[-1].monday + timedelta(weeks=1)
    first = min(weeks[0].monday, last - timedelta(weeks=_LEAST_WEEKS))
    return {"range": [f"{first}", f"{last}"]}


def _upwards(unit: str, values: Sequence[float]) -> dict[str, Any]:
    """An axis from 0 to the highest of the values, in whole steps."""
    top = max([*values, _LEAST[unit]])
    step = next((step for step in _STEPS if top / step <= _MOST_TICKS), _STEPS[-1])
    suffix = {"ticksuffix": f" {unit}"} if unit else {}
    return {"range": [0, 1.05 * top], "tick0": 0, "dtick": step, **suffix}


def _axis_of(**own: Any) -> dict[str, Any]:
    return {
        "gridcolor": LIGHT["grid"],
        "linecolor": LIGHT["line"],
        "zeroline": False,
        "fixedrange": True,  # a finger on a chart scrolls the page
        "tickfont": {"color": LIGHT["soft"]},
        "tickangle": 0,
        "tickformatstops": [
            {"dtickrange": [None, 21 * _DAY], "value": "%-d %b\n%Y"},
            {"dtickrange": ["M1", None], "value": "%b\n%Y"},
        ],
        **own,
    }
