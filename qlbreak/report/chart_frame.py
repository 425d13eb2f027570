"""The frame of a chart: its looks, its axes, and how dates and numbers stand on them."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from qlbreak.language import ENGLISH, formats, tag
from qlbreak.report.palette import LIGHT
from qlbreak.report.series import Days, Week
from qlbreak.texts import columns

FONT = 'system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif'
DAY_MS = 86_400_000  # as plotly counts along an axis of dates
# A chart shows so much even when less is recorded: the first days look like first days.
_LEAST_DAYS, LEAST_WEEKS = 14, 12
_LEAST = {"h": 4, "min": 5, "": 4}  # of an axis, by its unit
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_TICKS = 5
# Of a pattern of CLDR, as plotly has it.
_PART = re.compile(r"'([^']*)'|(d+|M+)")
_SIGNS = {"d": "%-d", "dd": "%d", "M": "%-m", "MM": "%m", "MMM": "%b", "MMMM": "%B"}


def figure(traces: Sequence[Any], **layout: Any) -> go.Figure:
    """With the looks that all share."""
    axes = {name: axis_of(**layout.pop(name, {})) for name in ("xaxis", "yaxis")}
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


def halves(weeks: Sequence[Week], days: Days, today: date) -> dict[str, Any]:
    """Two axes of dates side by side; only one where there is nothing for the other."""
    split = 0.36 if weeks and days else 1.0 if weeks else 0.0
    axes: dict[str, Any] = {}
    if weeks:
        domain = [0, split - 0.02 if days else 1]
        axes["xaxis"] = {"domain": domain, "nticks": 3, "showgrid": False, **over(weeks)}
    if days:
        first = min(*days, today - timedelta(days=_LEAST_DAYS - 1))
        span: dict[str, Any] = {"range": [f"{first}", f"{today + timedelta(days=1)}"]}
        if (today - first).days < 2 * _LEAST_DAYS:  # else it would tell each date many times
            span |= {"tick0": f"{first}T12:00", "dtick": 2 * DAY_MS}
        domain = [split + 0.02 if weeks else 0, 1]
        axes["xaxis2"] = {**axis_of(), "domain": domain, "showgrid": False, **span}
    return axes


def over(weeks: Sequence[Week]) -> dict[str, Any]:
    """An axis over so many weeks, or the least there should be."""
    last = weeks[-1].monday + timedelta(weeks=1)
    first = min(weeks[0].monday, last - timedelta(weeks=LEAST_WEEKS))
    return {"range": [f"{first}", f"{last}"]}


def upwards(unit: str, values: Sequence[float]) -> dict[str, Any]:
    """An axis from 0 to the highest of the values, in whole steps."""
    top = max([*values, _LEAST[unit]])
    step = next((step for step in _STEPS if top / step <= _MOST_TICKS), _STEPS[-1])
    suffix = {"ticksuffix": f" {columns.UNITS[unit]}"} if unit else {}
    return {"range": [0, 1.05 * top], "tick0": 0, "dtick": step, **suffix}


def axis_of(**own: Any) -> dict[str, Any]:
    return {
        "gridcolor": LIGHT["grid"],
        "linecolor": LIGHT["line"],
        "zeroline": False,
        "fixedrange": True,  # a finger on a chart scrolls the page
        "tickfont": {"color": LIGHT["soft"]},
        "tickangle": 0,
        "tickformatstops": [
            {"dtickrange": [None, 21 * DAY_MS], "value": f"{day_on_axis()}\n%Y"},
            {"dtickrange": ["M1", None], "value": "%b\n%Y"},
        ],
        **own,
    }


# How the language writes dates and numbers


def day_on_axis() -> str:
    """ "%-d %b" """
    pattern = formats.formats().day_month
    return _PART.sub(lambda found: found[1] if found[1] is not None else _SIGNS[found[2]], pattern)


def locale() -> dict[str, Any]:
    """For the script: plotly's names of days begin with Sunday."""
    told = formats.formats()
    return {
        # Its own "en" stays: all others have from there what they do not say themselves.
        "name": tag() if tag() != ENGLISH else "en-GB",
        "format": {
            "days": [told.days[-1], *told.days[:-1]],
            "shortDays": [told.days_short[-1], *told.days_short[:-1]],
            "months": told.months,
            "shortMonths": told.months_short,
            "decimal": told.decimal,
            "thousands": told.group,
            "date": f"{day_on_axis()} %Y",
        },
    }
