"""What a value in the settings may be: checks that give the value, or say what is wrong."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any

from qlbreak.core.model.rules import HOUR, MINUTE, NEVER, Hours
from qlbreak.core.model.terms import Side
from qlbreak.texts import durations, timetable

# Raises ValueError with a text for the person. Bounds: docs/defaults.md
Check = Callable[[Any], Any]
BACKSLASH = "write a folder of Windows with / instead of \\, or in 'single quotes'"
_NO_OTHERS: Mapping[str, str] = {}


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


def day_turn(value: Any) -> time:
    turn = timetable.clock(_text(value))
    if turn > time(12):
        raise ValueError(f"{value} is out of bounds; it may be 00:00 to 12:00")
    return turn


def hours(value: Any) -> tuple[Hours, ...]:
    if not isinstance(value, list):
        raise ValueError(f'expected a list such as ["{timetable.EXAMPLE}"]')
    return tuple(span for item in value for span in timetable.week(_text(item)))


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
            raise ValueError(f"unknown word {value!r}; {close_to(value, words)}")
        return str(value)

    return check


def folder(value: Any) -> str:
    """A full path; empty for the usual place."""
    text = _one_of_files(_text(value))
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise ValueError(f"there is nobody of that name to find {text!r} by") from None
    if text and not path.is_absolute():
        raise ValueError(f'{text!r} depends on where it starts; write it in full, or "~/{text}"')
    return str(path) if text else ""


def _one_of_files(text: str) -> str:
    """A name that a file can have: "C:\temp" in double quotes has a tab in it."""
    if any(ord(sign) < 32 for sign in text):
        raise ValueError(f"{text!r} has a character that no name has; {BACKSLASH}")
    return text


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
        if words:
            _one_of_files(words[0])
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
            raise ValueError(f"unknown placeholder {{{name}}}; {close_to(name, names)}")
        if form or conversion:
            raise ValueError(f"{word!r}: write {{{name}}}, with nothing else between the braces")


def close_to(word: str, words: Sequence[str]) -> str:
    """A hint at what may have been meant."""
    close = get_close_matches(word, words, n=1)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(words)}"
