"""config.toml -> Config: every mistake with line, key and a hint. The file is never written."""

import json
import re
import sys
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import Struct

from qlbreak.core.model.movements import Flag, Thing
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.rules import DAY, HOUR, MINUTE, NEVER, Hours, Rules
from qlbreak.core.model.terms import Reason
from qlbreak.data import FORMER
from qlbreak.settings import values
from qlbreak.settings.values import Check
from qlbreak.system import files, printable
from qlbreak.texts import durations, timetable


class ConfigError(Exception):
    """Each of its `mistakes` is one line for the person: where, what is wrong, what to do. As a
    text it is the first, and how many more there are."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        first, *others = self.mistakes
        more = f"{len(others)} more {'mistakes' if others[1:] else 'mistake'}"
        return f"{first} (and {more}: qlbreak config check)" if others else first


class Keeping(Struct, frozen=True):
    """The folder of the record, and the name of this device there; empty: the usual ones."""

    folder: str = ""
    device: str = ""


class Switches(Struct, frozen=True):
    """What may be asked about a person who is busy; each can be switched off."""

    microphone: bool = True
    camera: bool = True
    full_screen: bool = True
    do_not_disturb: bool = True
    inhibitors: bool = True

    @property
    def wanted(self) -> frozenset[Reason]:
        switches = {
            Reason.MICROPHONE: self.microphone,
            Reason.CAMERA: self.camera,
            Reason.FULL_SCREEN: self.full_screen,
            Reason.DO_NOT_DISTURB: self.do_not_disturb,
            Reason.INHIBITED: self.inhibitors,
        }
        return frozenset(reason for reason, on in switches.items() if on)


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
    record: Keeping = Keeping()
    busy: Switches = Switches()
    hooks: Hooks = Hooks()

    def says_as(self, other: "Config") -> bool:
        """The same settings, wherever they are from."""
        return msgspec.structs.replace(self, path=other.path, found=other.found) == other


def load(path: Path) -> Config:
    """The settings, or the defaults where there is no file. Raises ConfigError."""
    try:
        text = files.text(path)
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
    """Raises ConfigError, with every mistake that is found."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}{_hint(text, error)}") from None
    reading = _Reading(text, path)
    reading.take(raw)
    if reading.mistakes:
        raise ConfigError(*reading.mistakes)
    found = reading.found
    rules = msgspec.structs.replace(Rules(), **found["rules"])
    profile = msgspec.structs.replace(Profile(), **found["profile"])
    record, busy = Keeping(**found["record"]), Switches(**found["busy"])
    return Config(rules, profile, path, True, _notes(rules), record, busy, Hooks(**found["hooks"]))


def _hint(text: str, error: Exception) -> str:
    """In double quotes a backslash means something else, and whoever wrote it meant a folder."""
    line = re.search(r"at line (\d+)", str(error))
    written = text.split("\n")[int(line[1]) - 1 :][:1] if line is not None else []
    folder = any(re.search(r'"[^"]*\\', one) for one in written)
    return f"; {values.BACKSLASH}" if folder else ""


class _Reading:
    """Goes through all that stands there: what it means is `found`, what means nothing are the
    `mistakes`, in the order of the file."""

    def __init__(self, text: str, path: Path) -> None:
        self._text, self._path = text, path
        self.found: dict[str, dict[str, Any]] = {part: {} for part in ("rules", *_PARTS.values())}
        self.mistakes: list[str] = []

    def take(self, raw: Mapping[str, Any]) -> None:
        for section, table in raw.items():
            known = self._known(SECTIONS, section, "section")
            if known is not None and not isinstance(table, dict):
                self._wrong(f"{section} is a section: write [{section}] on a line", section)
            elif known is not None:
                for key, value in table.items():
                    self._take(section, key, value)

    def _take(self, section: str, key: str, value: Any) -> None:
        entry = self._known(SECTIONS[section], key, "key", section)
        if entry is None:
            return
        field, check = entry
        try:
            self.found[_part(section)][field] = check(value)
        except ValueError as error:
            self._wrong(f"{section}.{key}: {error}", key, section)

    def _known(self, table: Mapping[str, Any], name: str, what: str, section: str = "") -> Any:
        """None where there is nothing of that name."""
        if name not in table:
            told = values.close_to(name, list(table))
            self._wrong(f"unknown {what} {name!r}; {told}", name, section)
        return table.get(name)

    def _wrong(self, what: str, key: str, section: str = "") -> None:
        where = _where(self._text, self._path, key, section)
        self.mistakes.append(printable.line(f"{where}: {what}"))


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
    return _PARTS.get(section, "rules")


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
        case _:  # a folder of Windows has backslashes, an argument may have anything
            return json.dumps(_text(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(value: Any) -> str:
    match value:
        case Hours():
            return timetable.written(value)
        case time():
            return f"{value:%H:%M}"
        case float() if value == NEVER:
            return "never"
        case float():
            return f"{value:.0f} s" if value < 120 else durations.exact(value)
        case _:
            return str(value)


def _where(text: str, path: Path, key: str, section: str = "") -> str:
    """The file and the line in which *key* stands, as far as a plain search finds it."""
    current = ""
    for number, line in enumerate(text.split("\n"), 1):
        head = line.strip()
        if head.startswith("["):
            current = head.lstrip("[").partition("]")[0].strip()
            if not section and current == key:
                return f"{path}, line {number}"
        elif current == section and head.split("=")[0].strip(" \"'") == key:
            return f"{path}, line {number}"
    return str(path)


def _notes(rules: Rules) -> tuple[str, ...]:
    notes = []
    if rules.sitting > HOUR:
        notes.append("prompt.sitting: most guidance says to get up at least hourly")
    if rules.check_in < 7 * DAY:
        notes.append("check_in.every: once a week is often enough; see docs/defaults.md")
    return tuple(notes)


_PARTS = {
    "you": "profile", "equipment": "profile", "record": "record", "busy": "busy", "hooks": "hooks",
}  # fmt: skip
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
        "again": ("again", values.duration(0, HOUR)),
        "notice": ("notice", values.duration(0, 2 * MINUTE)),
        "sound": ("sound", values.flag),
        "per_day": ("per_day", values.count(4, 20)),
    },
    "presence": {"away": ("away", values.duration(2 * MINUTE, 10 * MINUTE))},
    "check_in": {"every": ("check_in", values.interval(DAY, 28 * DAY))},
    "hours": {"work": ("hours", values.hours), "day_turn": ("day_turn", values.day_turn)},
    "busy": {name: (name, values.flag) for name in Switches.__struct_fields__},
    "you": {
        "tighter": ("tighter", values.side),
        "weaker": ("weaker", values.side),
        "cautions": ("cautions", values.some_of(get_args(Flag), FORMER)),
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
    "record": {"folder": ("folder", values.folder), "device": ("device", values.device)},
    "hooks": {
        "prompted": ("prompted", values.command(PLACEHOLDERS["prompted"])),
        "answered": ("answered", values.command(PLACEHOLDERS["answered"])),
        "break": ("broke", values.command(PLACEHOLDERS["break"])),
        "held": ("held", values.command(PLACEHOLDERS["held"])),
    },
}
