"""Durations and numbers as people write and read them: "30 min", "1 h 30 min", "2 prompts"."""

import math
import re

UNITS = {"s": 1.0, "sec": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
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
        raise ValueError(f'{text!r} is not a duration; write for example "10 min" or "1 h 30 min"')
    return total


def brief(seconds: float) -> str:
    """The two largest units, cut, not rounded up: "45 s", "12 min", "1 h 05 min"."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes = whole // 60
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def left(seconds: float) -> str:
    """Time that is still to go: like `brief`, but begun minutes count whole."""
    return brief(math.ceil(seconds / 60) * 60 if seconds > 60 else math.ceil(seconds))


def exact(seconds: float) -> str:
    """As it would be written in the settings: "90 s", "30 min", "1 h 30 min", "7 days"."""
    whole = round(seconds)
    days, rest = divmod(whole, 24 * 3600)
    if days and not rest:
        return "1 day" if days == 1 else f"{days} days"
    if whole % 60 or whole == 0:
        return f"{whole} s"
    hours, minutes = divmod(whole // 60, 60)
    if not hours or (minutes and hours < 2):
        return f"{whole // 60} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def counted(number: int, one: str, many: str = "") -> str:
    """With its plural, `one` and an s if nothing else is said: "1 day", "2 days", "2 entries"."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
