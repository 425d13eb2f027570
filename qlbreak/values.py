"""What a value in the settings may be: checks that give the value, or say what is wrong."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any

from qlbreak import durations
from qlbreak.core.policy import HOUR, MINUTE, NEVER, Hours
from qlbreak.core.terms import Side

# Raises ValueError with a text for the person. Bounds: docs/defaults.md
Check = Callable[[Any], Any]
_NO_OTHERS: Mapping[str, str] = {}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f'expected text such as "10 min", got {value!r}')
    return value


def duration(low: float, high: float) -> Check:
    def check(value: Any) -> float:
        seconds = durations.parse(_text(value))
        if not low <= seconds <= high:
            bounds = f"{durations.exact(low)} to {durations.exact(high)}"
            raise ValueError(f"{value} is out of bounds; it may be {bounds}")
        return seconds

    return check


def interval(low: float, high: float) -> Check:
    """A duration, or "never"."""
    lasting = duration(low, high)
    return lambda value: NEVER if value == "never" else lasting(value)


def sitting(value: Any) -> float:
    seconds: float = duration(15 * MINUTE, 90 * MINUTE)(value)
    if seconds % (5 * MINUTE):
        raise ValueError(f"{value} is not a multiple of 5 min")
    return seconds


def routine(value: Any) -> int:
    seconds = durations.parse(_text(value))
    if seconds not in (30, 60, 90, 180):
        raise ValueError(f"{value} is not a length there are routines for: 30 s, 60 s, 90 s, 180 s")
    return int(seconds)


def snoozes(value: Any) -> tuple[float, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= 3:
        raise ValueError('expected one to three lengths such as ["5 min", "10 min", "15 min"]')
    return tuple(duration(MINUTE, HOUR)(item) for item in value)


def count(low: int, high: int) -> Check:
    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"expected a whole number, got {value!r}")
        if not low <= value <= high:
            raise ValueError(f"{value} is out of bounds; it may be {low} to {high}")
        return value

    return check


def _clock(text: str) -> time:
    try:
        return datetime.strptime(text.strip(), "%H:%M").time()  # noqa: DTZ007
    except ValueError:
        raise ValueError(f"{text!r} is not a time of day such as 08:30") from None


def day_turn(value: Any) -> time:
    turn = _clock(_text(value))
    if turn > time(12):
        raise ValueError(f"{value} is out of bounds; it may be 00:00 to 12:00")
    return turn


def hours(value: Any) -> tuple[Hours, ...]:
    if not isinstance(value, list):
        raise ValueError('expected a list such as ["Mon-Fri 08:30-18:00"]')
    return tuple(_span(_text(item)) for item in value)


def _span(text: str) -> Hours:
    days, _, span = text.strip().rpartition(" ")
    start, dash, end = span.partition("-")
    if not dash or not days:
        raise ValueError(f'{text!r}: write for example "Mon-Fri 08:30-18:00"')
    return Hours(_weekdays(days), _clock(start), _clock("00:00" if end == "24:00" else end))


def _weekdays(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.lower().split(","):
        first, _, last = part.strip().partition("-")
        try:
            start, stop = DAYS.index(first[:3]), DAYS.index((last or first)[:3])
        except ValueError:
            raise ValueError(
                f"{part.strip()!r} is not a day: Mon Tue Wed Thu Fri Sat Sun"
            ) from None
        found |= {(start + i) % 7 for i in range((stop - start) % 7 + 1)}
    return frozenset(found)


def every(most: int) -> Check:
    """Each so many, from 2 on; 0 for never."""

    def check(value: Any) -> int:
        number: int = count(0, most)(value)
        if number == 1:
            raise ValueError(f"1 is out of bounds; it may be 0 (never), or 2 to {most}")
        return number

    return check


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"expected true or false, got {value!r}")
    return value


def side(value: Any) -> Side | None:
    """None for neither."""
    if value not in ("left", "right", "none"):
        raise ValueError(f'expected "left", "right" or "none", got {value!r}')
    return None if value == "none" else Side(value)


def one_of(words: Sequence[str]) -> Check:
    def check(value: Any) -> str:
        if _text(value) not in words:
            raise ValueError(f"unknown word {value!r}; {_hint(value, words)}")
        return str(value)

    return check


def folder(value: Any) -> str:
    """A full path; empty for the usual place."""
    text = _text(value)
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise ValueError(f"there is nobody of that name to find {text!r} by") from None
    if text and not path.is_absolute():
        raise ValueError(f'{text!r} depends on where it starts; write it in full, or "~/{text}"')
    return str(path) if text else ""


def device(value: Any) -> str:
    if not re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9-]{0,39})?", _text(value)):
        raise ValueError(f"{value!r} is no name for files; it may have letters, digits, hyphens")
    return str(value)


def some_of(words: Sequence[str], former: Mapping[str, str] = _NO_OTHERS) -> Check:
    """`former`: words of older files, and which one they stand for now."""
    one = one_of(words)

    def check(value: Any) -> frozenset[str]:
        if not isinstance(value, list):
            raise ValueError(f"expected a list such as [{json.dumps(words[0])}], got {value!r}")
        return frozenset(former.get(str(item)) or one(item) for item in value)

    return check


def command(names: Sequence[str]) -> Check:
    """A program and its arguments, with these placeholders; nothing for none."""

    def check(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValueError(f'expected a list such as ["notify-send", "hello"], got {value!r}')
        words = tuple(map(_text, value))
        if words and not words[0]:
            raise ValueError("the first word is the program")
        for word in words:
            _check_placeholders(word, names)
        return words

    return check


def _check_placeholders(word: str, names: Sequence[str]) -> None:
    if "\0" in word:
        raise ValueError("no program takes a word with a zero character in it")
    try:
        found = list(Formatter().parse(word))
    except ValueError:
        raise ValueError(f"{word!r}: write {{{{ or }}}} for a brace that means itself") from None
    for _, name, form, conversion in found:
        if name is not None and name not in names:
            raise ValueError(f"unknown placeholder {{{name}}}; {_hint(name, names)}")
        if form or conversion:
            raise ValueError(f"{word!r}: write {{{name}}}, with nothing else between the braces")


def _hint(word: str, words: Sequence[str]) -> str:
    close = get_close_matches(word, words, n=1)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(words)}"
