"""Dates, times, numbers and lists as the language writes them, by CLDR (`formats.json`)."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache

import msgspec
from msgspec import Struct

from qlbreak.language import _, language, of_language

_FILE = "formats.json"
_FULL_STOPS = ("。", "！", "？")  # behind which no space stands
# Nouns begin with a capital wherever they stand.
_CAPITALS = frozenset({"de"})
# Of a pattern of CLDR: a quoted text, a field, or what stands between them.
_TOKEN = re.compile(r"'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+")


class ListPattern(Struct, frozen=True):
    """Of two; and of more: how it starts, goes on and ends."""

    two: str
    start: str
    middle: str
    end: str


class Formats(Struct, frozen=True):
    """Of a language. Days begin with Monday; `tests/messages.py` writes it. `*_alone`: as a word of
    its own, not in a date."""

    full: str
    long: str
    medium: str
    day_month: str
    day_month_long: str
    month_year: str
    clock: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    days: tuple[str, ...]
    days_short: tuple[str, ...]
    days_alone: tuple[str, ...]
    days_short_alone: tuple[str, ...]
    decimal: str
    group: str
    percent: str
    both: ListPattern
    either: ListPattern


@cache
def formats() -> Formats:
    found = of_language(_FILE)
    assert found is not None
    return msgspec.json.decode(found, type=Formats)


def full_date(day: date) -> str:
    """ "Monday 23 November 2026" """
    return _filled(formats().full, day)


def long_date(day: date) -> str:
    """ "23 November 2026" """
    return _filled(formats().long, day)


def medium_date(day: date) -> str:
    """ "23 Nov 2026" """
    return _filled(formats().medium, day)


def day_month(day: date) -> str:
    """ "23 Nov" """
    return _filled(formats().day_month, day)


def day_month_long(day: date) -> str:
    """ "23 November" """
    return _filled(formats().day_month_long, day)


def month_year(day: date) -> str:
    """ "November 2026" """
    return _filled(formats().month_year, day)


def weekday(day: date) -> str:
    """ "Monday" """
    return formats().days_alone[day.weekday()]


def weekdays() -> tuple[str, ...]:
    return formats().days_alone


def weekdays_short() -> tuple[str, ...]:
    """ "Mon" """
    return formats().days_short_alone


def clock(at: time | datetime) -> str:
    """ "08:05" """
    return _filled(formats().clock, at)


def short(value: float) -> str:
    """ "0.05", "5": no more digits than it takes."""
    return f"{value:g}".replace(".", formats().decimal)


def number(value: float, decimals: int = 0) -> str:
    """ "1,234.5" """
    told = f"{value:,.{decimals}f}"
    signs = {",": formats().group, ".": formats().decimal}
    return "".join(signs.get(sign, sign) for sign in told)


def percent(share: float) -> str:
    """ "75%" of 0.75"""
    return formats().percent.format(number(share * 100))


def listed(words: Sequence[str]) -> str:
    """ "a, b and c" """
    return _list(formats().both, words)


def either(words: Sequence[str]) -> str:
    """ "a, b or c" """
    return _list(formats().either, words)


def commas(words: Sequence[str]) -> str:
    """ "a, b, c": one after the other, where none is the last."""
    text = "".join(words[:1])
    for word in words[1:]:
        text = formats().both.middle.format(text, word)
    return text


def semicolons(told: Sequence[str]) -> str:
    """ "a; b, with c; d" """
    text = "".join(told[:1])
    for one in told[1:]:
        # Translators: one thing after the other, each of several words
        text = _("{before}; {after}", before=text, after=one)
    return text


def sentence(words: str) -> str:
    """With its full stop."""
    # Translators: how a sentence ends
    return _("{words}.", words=words)


def sentences(*told: str) -> str:
    """One after the other, those that say something."""
    text = ""
    for one in filter(None, told):
        text += one if not text or text.endswith(_FULL_STOPS) else f" {one}"
    return text


def within(name: str) -> str:
    """As it stands in a sentence: where a language writes nouns with a capital, it has it there."""
    return name if language() in _CAPITALS else name[:1].lower() + name[1:]


def capitalized(text: str) -> str:
    """As a sentence begins; the rest as it is, and so is the program's name."""
    return text if text.startswith("qlbreak") else text[:1].upper() + text[1:]


def _list(pattern: ListPattern, words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    if len(words) == 2:
        return pattern.two.format(*words)
    first, *most, last = words
    text = pattern.start.format(first, most[0])
    for word in most[1:]:
        text = pattern.middle.format(text, word)
    return pattern.end.format(text, last)


def _filled(pattern: str, at: date | time) -> str:
    return "".join(_field(found, at) for found in _TOKEN.finditer(pattern))


def _field(found: re.Match[str], at: date | time) -> str:
    quoted, letter, whole = found[1], found[2], found[0]
    if quoted is not None:
        return quoted or "'"
    if letter is None:
        return whole
    if isinstance(at, date) and letter in "dMLyE":
        return _of_day(letter, len(whole), at)
    assert isinstance(at, time | datetime)
    assert letter in "Hm"
    return f"{at.hour if letter == 'H' else at.minute:0{len(whole)}d}"


def _of_day(letter: str, width: int, day: date) -> str:
    match letter:
        case "d":
            return f"{day.day:0{width}d}"
        case "y":
            return str(day.year)
        case "E":
            return (formats().days if width == 4 else formats().days_short)[day.weekday()]
        case _ if width < 3:
            return f"{day.month:0{width}d}"
        case _:
            return (formats().months if width == 4 else formats().months_short)[day.month - 1]
