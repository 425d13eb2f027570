"""The settings as a form has them: what each key says, what may be typed, what becomes of the file.

The file stays the truth. A form shows `settings`, hears of others' changes by `look`, and writes a
key at a time; what else was changed meanwhile stays. Nothing here needs a window.
"""

import shlex
import tomllib
from collections.abc import Mapping, Sequence
from datetime import time
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from qlbreak.core.model.rules import Hours
from qlbreak.language import _, pgettext
from qlbreak.settings import config
from qlbreak.settings.config import ConfigError
from qlbreak.settings.hook_command import Command
from qlbreak.settings.kinds import (
    Count,
    Duration,
    Durations,
    OneOf,
    SomeOf,
    Switch,
    ValueKind,
    WorkHours,
    Written,
)
from qlbreak.settings.schema import SECTIONS, ConfigKey, KeyName, Settings
from qlbreak.setup import file
from qlbreak.texts import timetable

Span = tuple[time, time]
Week = tuple[tuple[Span, ...], ...]  # of each day from Monday on, in the order of the day

KEYS: Mapping[KeyName, ConfigKey] = {
    (section, name): key for section, keys in SECTIONS.items() for name, key in keys.items()
}


class FoundFile(Struct, frozen=True):
    """The file when it was right: all of it, what it means, and the keys that stand in it."""

    text: str
    settings: Settings
    raw: Mapping[KeyName, Written]


class AsItWas(Struct, frozen=True):
    """`back`: the keys that say again what they said; `kept`: those that somebody else has changed
    since, which stay as they are."""

    back: frozenset[KeyName]
    kept: frozenset[KeyName]


class SettingsForm:
    """Of a file. While that has a mistake in it, `mistakes` has a line for each, `settings` is what
    it said when it was last right, and nothing is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mistakes: tuple[str, ...] = ()
        self._now = FoundFile("", Settings(), {})
        self._opened: FoundFile | None = None
        self._mine: dict[KeyName, Any] = {}  # what was written here, by key
        self._whole: str | None = (
            None  # all of the file as it was last written here, where nobody else wrote
        )
        self.look()

    @property
    def settings(self) -> Settings:
        return self._now.settings

    def given(self, where: KeyName) -> bool:
        """Whether the key stands in the file."""
        return where in self._now.raw

    def look(self) -> frozenset[KeyName]:
        """What the file says now; the keys that say something else than they did."""
        before = self.settings
        try:
            self._now = _found(self.path)
        except ConfigError as error:
            self.mistakes = error.mistakes
            return frozenset()
        self.mistakes = ()
        self._opened = self._opened or self._now
        return frozenset(where for where in KEYS if self.settings.at(where) != before.at(where))

    def put(self, where: KeyName, value: Any, seen: Any) -> bool:
        """Writes one value; False where the file says so already. *seen*: what stood there when the
        person began to change it.

        Raises ConflictError where somebody else has changed it since, ConfigError for a file with a
        mistake in it, WriteError.
        """
        self.look()
        if not self.mistakes and value == self.settings.at(where):
            return False
        self._write({where: KEYS[where].kind.write(value)}, {where: seen})
        self._mine[where] = value
        return True

    def reset(self, where: KeyName, seen: Any) -> None:
        """Back to the default: the key is taken out of the file. Raises as `put` does."""
        self._write({where: None}, {where: seen})
        self._mine[where] = KEYS[where].default

    @property
    def touched(self) -> frozenset[KeyName]:
        """The keys that were changed here and do not say what they said when it was opened."""
        then = self._opened.settings if self._opened else self.settings
        return frozenset(where for where in self._mine if self.settings.at(where) != then.at(where))

    def as_it_was(self) -> AsItWas:
        """All that was written here is taken back. Raises ConfigError, WriteError."""
        self.look()
        then, touched = self._opened or self._now, self.touched
        mine = frozenset(w for w in touched if self.settings.at(w) == self._mine[w])
        if not self._put_back_whole(then):
            now = {where: self.settings.at(where) for where in mine}
            self._write({where: then.raw.get(where) for where in mine}, now)
        self._mine.clear()
        self.look()
        return AsItWas(mine, touched - mine)

    def _put_back_whole(self, then: FoundFile) -> bool:
        """Byte for byte, where nobody else has written since."""
        whole = self._whole
        return whole is not None and file.put_back(self.path, then.text, whole)

    def _write(
        self, changes: Mapping[KeyName, Written | None], seen: Mapping[KeyName, Any]
    ) -> None:
        opened = self._opened.text if self._opened else None
        done = file.write(self.path, changes, seen)
        if done is not None:
            self._whole = done.after if done.before in (opened, self._whole) else None
        self.look()


def _found(path: Path) -> FoundFile:
    """Raises ConfigError."""
    settings = config.load(path)
    try:
        text = file.text(path)
        tables = tomllib.loads(text.removeprefix("\ufeff")) if settings.found else {}
    except (OSError, ValueError) as error:
        raise ConfigError(_("{path} is being written by another program", path=path)) from error
    sections = ((name, table) for name, table in tables.items() if isinstance(table, dict))
    raw = {(section, key): v for section, table in sections for key, v in table.items()}
    return FoundFile(text, settings.settings, raw)


# What is told and typed


def intro(section: str) -> str:
    """What a section is about, in a sentence or two."""
    (found,) = (field.type for field in fields(Settings) if field.name == section)
    told = " ".join((found.__doc__ or "").split())
    return _(told)


def shown(kind: ValueKind, value: Any) -> str:
    """A value as the text of a field."""
    written = kind.write(value)
    if isinstance(kind, Command):
        return " ".join(map(_quoted, value))
    if isinstance(written, list):
        return ("; " if isinstance(kind, WorkHours) else ", ").join(written)
    return str(written)


def typed(kind: ValueKind, text: str) -> Any:
    """What the text of a field means; checked as the file is. Raises ValueError, a line for people
    that says what is wrong."""
    text = text.strip()
    if isinstance(kind, Command):
        return kind.read(_split(text))
    if isinstance(kind, WorkHours):
        return kind.read(_items(text, ";"))
    if isinstance(kind, Durations):
        return kind.read(_items(text, ","))
    return kind.read(text.lower() if isinstance(kind, Duration) else text)


def _items(text: str, between: str) -> list[str]:
    return [item.strip() for item in text.split(between) if item.strip()]


def _quoted(word: str) -> str:
    """So that `_split` makes the same word of it."""
    if word and not any(sign.isspace() or sign in "\"'" for sign in word):
        return word
    return "'" + word.replace("'", "'\"'\"'") + "'"


def _split(text: str) -> Sequence[str]:
    """Words in quotes are one. A backslash means itself, as folders of Windows have them."""
    reading = shlex.shlex(text, posix=True, punctuation_chars=False)
    reading.whitespace_split, reading.commenters, reading.escape = True, "", ""
    try:
        return list(reading)
    except ValueError:
        raise ValueError(_("a quotation mark has no second one; add it")) from None


def by_day(hours: Sequence[Hours]) -> Week:
    """A span that goes on after midnight belongs to the day on which it begins."""
    return tuple(
        tuple(sorted({(span.start, span.end) for span in hours if day in span.days}))
        for day in range(7)
    )


def of_days(week: Week) -> tuple[Hours, ...]:
    """The days that have a span in common share it, as a person would write it."""
    spans = {span: None for day in week for span in day}
    days = {span: frozenset(d for d in range(7) if span in week[d]) for span in spans}
    return tuple(Hours(days[span], *span) for span in spans)


def in_words(kind: ValueKind, value: Any) -> str:
    """A value as it is told to people."""
    if isinstance(kind, Switch):
        return pgettext("a setting", "on") if value else pgettext("a setting", "off")
    if isinstance(kind, WorkHours):
        return timetable.told(value) or _("any time")
    if isinstance(kind, OneOf | SomeOf):
        written = kind.write(value)
        words = written if isinstance(written, list) else [str(written)]
        known = {option.word: option.label for option in kind.choices}
        labels = [known.get(word, word) for word in words]
        return ", ".join(labels) or _("nothing")
    if isinstance(kind, Count):
        return _("never") if kind.never and not value else str(value)
    return shown(kind, value) or _("nothing")
