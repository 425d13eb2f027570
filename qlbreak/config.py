"""config.toml -> Config: every mistake with line, key and a hint. The file is never written."""

import sys
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from qlbreak import durations
from qlbreak.core.policy import HOUR, MINUTE, Hours, Rules

Check = Callable[[Any], Any]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class ConfigError(Exception):
    """One line for the person: where, what is wrong, what to do."""


class Config(Struct, frozen=True):
    """`notes` are remarks on values that are allowed and yet deserve a word."""

    rules: Rules
    path: Path
    found: bool
    notes: tuple[str, ...] = ()


def load(path: Path) -> Config:
    """The settings, or the defaults where there is no file. Raises ConfigError."""
    try:
        text = path.read_text("utf-8-sig")  # some editors put a mark in front
    except FileNotFoundError:
        return Config(Rules(), path, found=False)
    except IsADirectoryError:
        raise ConfigError(f"{path} is a folder; it should be a file with settings") from None
    except PermissionError as error:
        if sys.platform == "win32" and path.is_dir():  # what Windows says of a folder
            raise ConfigError(f"{path} is a folder; it should be a file with settings") from error
        raise ConfigError(f"{path} cannot be read: check its owner and rights") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not a text file in UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    return parse(text, path)


def parse(text: str, path: Path) -> Config:
    """Raises ConfigError."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    values: dict[str, Any] = {}
    for section, table in raw.items():
        known = _known(SECTIONS, section, text, path, "section")
        if not isinstance(table, dict):
            where = _where(text, path, section)
            raise ConfigError(f"{where}: {section} is a section: write [{section}] on a line")
        for key, value in table.items():
            field, check = _known(known, key, text, path, "key", section)
            try:
                values[field] = check(value)
            except ValueError as error:
                where = _where(text, path, key, section)
                raise ConfigError(f"{where}: {section}.{key}: {error}") from None
    rules = msgspec.structs.replace(Rules(), **values)
    return Config(rules, path, found=True, notes=_notes(rules))


def text(config: Config) -> str:
    """The settings that apply, as such a file."""
    lines = []
    for section, table in SECTIONS.items():
        lines.append(f"[{section}]")
        for key, (field, _) in table.items():
            value = getattr(config.rules, field)
            lines.append(f"{key} = {_written(float(value) if key == 'routine' else value)}")
        lines.append("")
    return "\n".join(lines)


def _written(value: Any) -> str:
    match value:
        case tuple():
            return f"[{', '.join(_written(item) for item in value)}]"
        case Hours():
            days = ",".join(DAYS[day].capitalize() for day in sorted(value.days))
            return f'"{days} {value.start:%H:%M}-{value.end:%H:%M}"'
        case time():
            return f'"{value:%H:%M}"'
        case float() if value < 120:
            return f'"{value:.0f} s"'
        case float():
            return f'"{durations.exact(value)}"'
        case _:
            return str(value)


def _known(
    table: Mapping[str, Any], name: str, text: str, path: Path, what: str, section: str = ""
) -> Any:
    if name in table:
        return table[name]
    close = get_close_matches(name, table, n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(table)}"
    raise ConfigError(f"{_where(text, path, name, section)}: unknown {what} {name!r}; {hint}")


def _where(text: str, path: Path, key: str, section: str = "") -> str:
    """The file and the line in which *key* stands, as far as a plain search finds it."""
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        head = line.strip()
        if head.startswith("["):
            current = head.lstrip("[").partition("]")[0].strip()
            if not section and current == key:
                return f"{path}, line {number}"
        elif current == section and head.split("=")[0].strip(" \"'") == key:
            return f"{path}, line {number}"
    return str(path)


def _notes(rules: Rules) -> tuple[str, ...]:
    if rules.sitting > HOUR:
        return ("prompt.sitting: most guidance says to get up at least hourly",)
    return ()


# What a value may be. Bounds: docs/defaults.md


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f'expected text such as "10 min", got {value!r}')
    return value


def _duration(low: float, high: float) -> Check:
    def check(value: Any) -> float:
        seconds = durations.parse(_text(value))
        if not low <= seconds <= high:
            bounds = f"{durations.exact(low)} to {durations.exact(high)}"
            raise ValueError(f"{value} is out of bounds; it may be {bounds}")
        return seconds

    return check


def _sitting(value: Any) -> float:
    seconds: float = _duration(15 * MINUTE, 90 * MINUTE)(value)
    if seconds % (5 * MINUTE):
        raise ValueError(f"{value} is not a multiple of 5 min")
    return seconds


def _routine(value: Any) -> int:
    seconds = durations.parse(_text(value))
    if seconds not in (30, 60, 90, 180):
        raise ValueError(f"{value} is not a length there are routines for: 30 s, 60 s, 90 s, 180 s")
    return int(seconds)


def _snoozes(value: Any) -> tuple[float, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= 3:
        raise ValueError('expected one to three lengths such as ["5 min", "10 min", "15 min"]')
    return tuple(_duration(MINUTE, HOUR)(item) for item in value)


def _count(low: int, high: int) -> Check:
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


def _day_turn(value: Any) -> time:
    turn = _clock(_text(value))
    if turn > time(12):
        raise ValueError(f"{value} is out of bounds; it may be 00:00 to 12:00")
    return turn


def _hours(value: Any) -> tuple[Hours, ...]:
    if not isinstance(value, list):
        raise ValueError('expected a list such as ["Mon-Fri 08:30-18:00"]')
    return tuple(_span(_text(item)) for item in value)


def _span(text: str) -> Hours:
    days, _, span = text.strip().rpartition(" ")
    start, dash, end = span.partition("-")
    if not dash or not days:
        raise ValueError(f'{text!r}: write for example "Mon-Fri 08:30-18:00"')
    return Hours(_days(days), _clock(start), _clock("00:00" if end == "24:00" else end))


def _days(text: str) -> frozenset[int]:
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


SECTIONS: dict[str, dict[str, tuple[str, Check]]] = {
    "prompt": {
        "sitting": ("sitting", _sitting),
        "routine": ("routine", _routine),
        "snooze": ("snoozes", _snoozes),
        "snoozes": ("snooze_limit", _count(0, 5)),
        "expires": ("expire", _duration(2 * MINUTE, HOUR)),
        "per_day": ("per_day", _count(4, 20)),
    },
    "presence": {"away": ("away", _duration(2 * MINUTE, 10 * MINUTE))},
    "hours": {"work": ("hours", _hours), "day_turn": ("day_turn", _day_turn)},
}
