"""The axes of the charts: spans that are never shorter than a chart needs, in whole steps."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from qlbreak.report.palette import LIGHT
from qlbreak.report.series import Days, Week

DAY = 86_400_000  # milliseconds, as plotly counts along an axis of dates
# A chart shows so much even when less is recorded: the first days look like first days.
_LEAST_DAYS, LEAST_WEEKS = 14, 12
_LEAST = {"h": 4, "min": 5, "": 4}  # of an axis, by its unit
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_TICKS = 5


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
            span |= {"tick0": f"{first}T12:00", "dtick": 2 * DAY}
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
    suffix = {"ticksuffix": f" {unit}"} if unit else {}
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
            {"dtickrange": [None, 21 * DAY], "value": "%-d %b\n%Y"},
            {"dtickrange": ["M1", None], "value": "%b\n%Y"},
        ],
        **own,
    }
