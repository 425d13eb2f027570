"""config.toml -> Config: every mistake with line, key and a hint. The file is never written."""

import json
import sys
import tomllib
from collections.abc import Mapping
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import Struct

from qlbreak import durations, values
from qlbreak.core.movements import Flag, Thing
from qlbreak.core.policy import HOUR, MINUTE, Hours, Rules
from qlbreak.core.profile import Place, Profile
from qlbreak.values import DAYS, Check


class ConfigError(Exception):
    """One line for the person: where, what is wrong, what to do."""


class Hooks(Struct, frozen=True):
    """Programs of the person's own, with their arguments; nothing for none. See `hooks`."""

    prompted: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    broke: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


class Config(Struct, frozen=True):
    """`notes` are remarks on values that are allowed and yet deserve a word."""

    rules: Rules
    profile: Profile
    path: Path
    found: bool
    notes: tuple[str, ...] = ()
    hooks: Hooks = Hooks()

    def says_as(self, other: "Config") -> bool:
        """The same settings, wherever they are from."""
        return msgspec.structs.replace(self, path=other.path, found=other.found) == other


def load(path: Path) -> Config:
    """The settings, or the defaults where there is no file. Raises ConfigError."""
    try:
        text = path.read_text("utf-8-sig")  # some editors put a mark in front
    except FileNotFoundError:
        return Config(Rules(), Profile(), path, found=False)
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
    found: dict[str, dict[str, Any]] = {"rules": {}, "profile": {}, "hooks": {}}
    for section, table in raw.items():
        known = _known(SECTIONS, section, text, path, "section")
        if not isinstance(table, dict):
            where = _where(text, path, section)
            raise ConfigError(f"{where}: {section} is a section: write [{section}] on a line")
        for key, value in table.items():
            field, check = _known(known, key, text, path, "key", section)
            try:
                found[_part(section)][field] = check(value)
            except ValueError as error:
                where = _where(text, path, key, section)
                raise ConfigError(f"{where}: {section}.{key}: {error}") from None
    rules = msgspec.structs.replace(Rules(), **found["rules"])
    profile = msgspec.structs.replace(Profile(), **found["profile"])
    hooks = Hooks(**found["hooks"])
    return Config(rules, profile, path, found=True, notes=_notes(rules), hooks=hooks)


def text(config: Config) -> str:
    """The settings that apply, as such a file."""
    lines = []
    for section, table in SECTIONS.items():
        lines.append(f"[{section}]")
        for key, (field, _) in table.items():
            value = getattr(getattr(config, _part(section)), field)
            lines.append(f"{key} = {_written(float(value) if key in _LENGTHS else value)}")
        lines.append("")
    return "\n".join(lines)


def _part(section: str) -> str:
    """The part of the settings that a section belongs to."""
    return {"you": "profile", "equipment": "profile", "hooks": "hooks"}.get(section, "rules")


def _written(value: Any) -> str:
    match value:
        case None:
            return '"none"'
        case bool():
            return str(value).lower()
        case tuple():
            return f"[{', '.join(_written(item) for item in value)}]"
        case frozenset():
            return _written(tuple(sorted(value)))
        case int():
            return str(value)
        case _:
            return json.dumps(_text(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(value: Any) -> str:
    match value:
        case Hours():
            days = ",".join(DAYS[day].capitalize() for day in sorted(value.days))
            return f"{days} {value.start:%H:%M}-{value.end:%H:%M}"
        case time():
            return f"{value:%H:%M}"
        case float():
            return f"{value:.0f} s" if value < 120 else durations.exact(value)
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


_LENGTHS = ("routine", "longer")  # whole seconds, written as durations all the same

# What a hook's arguments may name, by its key; `hooks` fills them in.
PLACEHOLDERS = {
    "prompted": ("prompt", "routine", "routine_id", "side", "sitting_min", "length_s", "snoozes"),
    "answered": ("prompt", "routine", "routine_id", "side", "answer", "via"),
    "break": ("cause",),
    "held": ("prompt", "reason"),
}

_THINGS = values.some_of(get_args(Thing))

SECTIONS: dict[str, dict[str, tuple[str, Check]]] = {
    "prompt": {
        "sitting": ("sitting", values.sitting),
        "routine": ("routine", values.routine),
        "longer": ("longer", values.routine),
        "longer_every": ("longer_every", values.every(6)),
        "snooze": ("snoozes", values.snoozes),
        "snoozes": ("snooze_limit", values.count(0, 5)),
        "expires": ("expire", values.duration(2 * MINUTE, HOUR)),
        "per_day": ("per_day", values.count(4, 20)),
    },
    "presence": {"away": ("away", values.duration(2 * MINUTE, 10 * MINUTE))},
    "hours": {"work": ("hours", values.hours), "day_turn": ("day_turn", values.day_turn)},
    "you": {
        "tighter": ("tighter", values.side),
        "weaker": ("weaker", values.side),
        "cautions": ("cautions", values.some_of(get_args(Flag))),
        "strong": ("strong", values.flag),
        "flexible": ("flexible", values.flag),
        "discreet": ("discreet", values.flag),
    },
    "equipment": {
        "here": ("here", lambda value: Place(values.one_of(tuple(Place))(value))),
        "office": ("office", _THINGS),
        "home": ("home", _THINGS),
        "travel": ("travel", _THINGS),
    },
    "hooks": {
        "prompted": ("prompted", values.command(PLACEHOLDERS["prompted"])),
        "answered": ("answered", values.command(PLACEHOLDERS["answered"])),
        "break": ("broke", values.command(PLACEHOLDERS["break"])),
        "held": ("held", values.command(PLACEHOLDERS["held"])),
    },
}
