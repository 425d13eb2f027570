"""Durations as people write and read them: "30 min", "1 h 30 min"."""

import math
import re

from qlbreak.language import _, ngettext, pgettext

UNITS = {"s": 1.0, "sec": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
# Behind a number.
UNIT_NAMES = {
    "s": pgettext("unit", "s"),
    "min": pgettext("unit", "min"),
    "h": pgettext("unit", "h"),
    "days": pgettext("unit", "days"),
}
_NAMES = {
    "second": "s",
    "seconds": "s",
    "secs": "s",
    "minute": "min",
    "minutes": "min",
    "mins": "min",
    "hour": "h",
    "hours": "h",
    "day": "d",
    "days": "d",
}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)\s*")


def parse(text: str, unit: str = "") -> float:
    """Seconds. *unit* is what a bare number means; without one, a bare number is a mistake.

    Raises ValueError with a text for the person.
    """
    rest, total, parts = text.strip().lower(), 0.0, 0
    while rest and (match := _PART.match(rest)):
        number, name = match[1], match[2] or unit
        factor = UNITS.get(_NAMES.get(name, name))
        if factor is None:
            break
        total += float(number) * factor
        parts, rest = parts + 1, rest[match.end() :]
    if rest or not parts:
        raise ValueError(
            _(
                '{text} is not a duration; write for example "10 min" or "1 h 30 min"',
                text=repr(text),
            )
        )
    return total


def brief(seconds: float) -> str:
    """The two largest units, cut, not rounded up: "45 s", "12 min", "1 h 05 min"."""
    whole = int(seconds)
    if whole < 60:
        # Translators: seconds; further on minutes, hours and days, as short as can be.
        return _("{n} s", n=whole)
    minutes = whole // 60
    if minutes < 60:
        return _("{n} min", n=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return _hours(hours, f"{minutes:02d}" if minutes else "")
    days, hours = divmod(hours, 24)
    return _("{d} d {h} h", d=days, h=hours) if hours else _("{n} d", n=days)


def _hours(hours: int, minutes: str) -> str:
    return _("{h} h {m} min", h=hours, m=minutes) if minutes else _("{n} h", n=hours)


def left(seconds: float) -> str:
    """Time that is still to go: like `brief`, but begun minutes count whole."""
    return brief(math.ceil(seconds / 60) * 60 if seconds > 60 else math.ceil(seconds))


def exact(seconds: float) -> str:
    """All of it: "90 s", "30 min", "1 h 30 min", "7 days"."""
    found = _exactly(seconds)
    match [*found]:
        case ["days"]:
            return ngettext("{n} day", "{n} days", found["days"], n=found["days"])
        case ["s"]:
            return _("{n} s", n=found["s"])
        case ["min"]:
            return _("{n} min", n=found["min"])
        case _:
            return _hours(found["h"], str(found.get("min", "")))


def written(seconds: float) -> str:
    """The same, as the settings have it in every language."""
    found = _exactly(seconds)
    if found.get("days") == 1:
        return "1 day"
    return " ".join(f"{number} {unit}" for unit, number in found.items())


def _exactly(seconds: float) -> dict[str, int]:
    whole = round(seconds)
    days, rest = divmod(whole, 24 * 3600)
    if days and not rest:
        return {"days": days}
    if whole % 60 or whole == 0:
        return {"s": whole}
    hours, minutes = divmod(whole // 60, 60)
    if not hours or (minutes and hours < 2):
        return {"min": whole // 60}
    return {"h": hours, "min": minutes} if minutes else {"h": hours}
