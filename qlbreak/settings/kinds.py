"""The kinds of values in the settings: each reads what stands there, writes it, has its bounds."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, Protocol

from msgspec import Struct

from qlbreak.core.model.rules import NEVER, Hours
from qlbreak.language import _, formats
from qlbreak.texts import durations, timetable

Written = bool | int | str | list[str]
BACKSLASH = _("write Windows folders with / instead of \\, or in 'single quotes'")


class ValueKind(Protocol):
    @property
    def bounds(self) -> str:
        """What may stand there, in words: "15 min to 90 min"."""

    def read(self, value: Any) -> Any:
        """What stands there, as the program takes it. Raises ValueError with a text for people."""

    def write(self, value: Any) -> Written:
        """As it stands in the file."""


class Option(Struct, frozen=True):
    """A word, and what it is called. Where it holds, so does the one that it `needs`, which it is
    a more exact form of."""

    word: str
    label: str
    needs: str = ""


class Switch(Struct, frozen=True):
    bounds = _("true or false")

    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError(
                _(
                    "{value} is neither true nor false; write {bounds}",
                    value=repr(value),
                    bounds=self.bounds,
                )
            )
        return value

    def write(self, value: bool) -> Written:
        return value


class Count(Struct, frozen=True):
    """`never`: 0 means that, and `low` is the least other number."""

    low: int
    high: int
    never: bool = False

    @property
    def bounds(self) -> str:
        if self.never:
            return _("0 (never), or {low} to {high}", low=self.low, high=self.high)
        # Translators: what a setting may be.
        return _("{low} to {high}", low=self.low, high=self.high)

    def read(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(
                _(
                    "{value} is not a whole number; write {bounds}",
                    value=repr(value),
                    bounds=self.bounds,
                )
            )
        if not (self.low <= value <= self.high or (self.never and value == 0)):
            raise ValueError(
                _("{value} is out of range; choose {bounds}", value=value, bounds=self.bounds)
            )
        return value

    def write(self, value: int) -> Written:
        return value


class Duration(Struct, frozen=True):
    """In seconds, a multiple of `step`. `never`: it may be NEVER as well."""

    low: float
    high: float
    step: float = 0
    never: bool = False

    @property
    def bounds(self) -> str:
        low, high, step = map(durations.exact, (self.low, self.high, self.step))
        if self.never and self.step:
            return _(
                '{low} to {high}, in steps of {step}, or "never"', low=low, high=high, step=step
            )
        if self.never:
            return _('{low} to {high}, or "never"', low=low, high=high)
        if self.step:
            return _("{low} to {high}, in steps of {step}", low=low, high=high, step=step)
        return _("{low} to {high}", low=low, high=high)

    def read(self, value: Any) -> float:
        if self.never and value == "never":
            return NEVER
        seconds = durations.parse(text_of(value))
        if not self.low <= seconds <= self.high:
            raise ValueError(
                _("{value} is out of range; choose {bounds}", value=value, bounds=self.bounds)
            )
        if self.step and seconds % self.step:
            raise ValueError(
                _(
                    "{value} is not a multiple of {duration}; choose {bounds}",
                    value=value,
                    duration=durations.exact(self.step),
                    bounds=self.bounds,
                )
            )
        return seconds

    def write(self, value: float) -> Written:
        if value == NEVER:
            return "never"
        return f"{value:.0f} s" if value < 120 else durations.written(value)


class Durations(Struct, frozen=True):
    """One of them at least, in an order of the person's own."""

    each: Duration

    @property
    def bounds(self) -> str:
        return _("one to three, {bounds} each", bounds=self.each.bounds)

    def read(self, value: Any) -> tuple[float, ...]:
        if not isinstance(value, list) or not 1 <= len(value) <= 3:
            example = '["5 min", "10 min", "15 min"]'
            raise ValueError(_("write one to three lengths, such as {example}", example=example))
        return tuple(map(self.each.read, value))

    def write(self, value: Iterable[float]) -> Written:
        return [str(self.each.write(seconds)) for seconds in value]


class Length(Struct, frozen=True):
    """Of a routine, in whole seconds."""

    lengths: tuple[int, ...]

    @property
    def bounds(self) -> str:
        return formats.either([f"{length} s" for length in self.lengths])

    def read(self, value: Any) -> int:
        seconds = durations.parse(text_of(value))
        if seconds not in self.lengths:
            there = ", ".join(f"{length} s" for length in self.lengths)
            raise ValueError(
                _("no routine is {value} long; choose {there}", value=value, there=there)
            )
        return int(seconds)

    def write(self, value: int) -> Written:
        return f"{value} s"


class DayTime(Struct, frozen=True):
    """A time of day, not later than `last`."""

    last: time

    @property
    def bounds(self) -> str:
        return _("{low} to {high}", low="00:00", high=self.write(self.last))

    def read(self, value: Any) -> time:
        found = timetable.clock(text_of(value))
        if found > self.last:
            raise ValueError(
                _("{value} is out of range; choose {bounds}", value=value, bounds=self.bounds)
            )
        return found

    def write(self, value: time) -> Written:
        return f"{value:%H:%M}"


class WorkHours(Struct, frozen=True):
    """Spans of the week."""

    bounds = _("days and hours, or nothing for always")

    def read(self, value: Any) -> tuple[Hours, ...]:
        if not isinstance(value, list):
            example = json.dumps([timetable.EXAMPLE])
            raise ValueError(_("write a list such as {example}", example=example))
        return tuple(span for item in value for span in timetable.week(text_of(item)))

    def write(self, value: Iterable[Hours]) -> Written:
        return [timetable.written(span) for span in value]


class OneOf(Struct, frozen=True):
    """`meaning`: what a word of the `choices` is to the program; "none" is always None."""

    choices: tuple[Option, ...]
    meaning: Callable[[str], Any]

    @property
    def bounds(self) -> str:
        return formats.either([f'"{choice.word}"' for choice in self.choices])

    def read(self, value: Any) -> Any:
        words = [choice.word for choice in self.choices]
        if value not in words:
            hint = _meant(str(value), words) or _("choose {bounds}", bounds=self.bounds)
            raise ValueError(_("unknown word {word}; {hint}", word=repr(value), hint=hint))
        return None if value == "none" else self.meaning(value)

    def write(self, value: Any) -> Written:
        return "none" if value is None else str(value)


class SomeOf(Struct, frozen=True):
    """`tell` gives the choices, when they are needed. `former`: words of older files, and which one
    they stand for now. `listed`: where to read them, if they are too many to be told. `more`: there
    may be others, which only the file beside the settings knows; `refuse` says what is wrong with
    one that is not there either.
    """

    tell: Callable[[], tuple[Option, ...]]
    former: Mapping[str, str] = {}
    listed: str = ""
    more: bool = False

    @property
    def choices(self) -> tuple[Option, ...]:
        return self.tell()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(choice.word for choice in self.choices)

    @property
    def bounds(self) -> str:
        return self.listed or _("any of {words}", words=", ".join(self.words))

    def read(self, value: Any) -> frozenset[str]:
        if not isinstance(value, list):
            raise ValueError(
                _(
                    "{value} is not a list; write for example {example}",
                    value=repr(value),
                    example=json.dumps([self.words[0]]),
                )
            )
        return frozenset(map(self._word, value))

    def _word(self, value: Any) -> str:
        word = self.former.get(text_of(value), value)
        if word not in self.words and not self.more:
            self.refuse(word)
        return str(word)

    def refuse(self, word: str) -> NoReturn:
        """Raises ValueError."""
        # Translators: {words} says which words a setting may have.
        listed = _("expected {words}", words=self.listed) if self.listed else ""
        hint = close_to(word, self.words, listed)
        raise ValueError(_("unknown word {word}; {hint}", word=repr(word), hint=hint))

    def write(self, value: frozenset[str]) -> Written:
        """In the order in which the words are known, so that it reads as the questions do."""
        known = [word for word in self.words if word in value]
        return known + sorted(value - {*known})


class Folder(Struct, frozen=True):
    bounds = _('a full path, or "" for the usual one')

    def read(self, value: Any) -> str:
        text = of_files(text_of(value))
        try:
            path = Path(text).expanduser()
        except RuntimeError:
            raise ValueError(
                _("no such user in {text}; write the path in full", text=repr(text))
            ) from None
        if text and not path.is_absolute():
            raise ValueError(
                _(
                    "{path} is not a full path; write it in full, or {example}",
                    path=repr(text),
                    example=f'"~/{text}"',
                )
            )
        return str(path) if text else ""

    def write(self, value: str) -> Written:
        return value


class Name(Struct, frozen=True):
    """Of files."""

    bounds = _('letters, digits, hyphens; "" for one made from the computer\'s name')

    def read(self, value: Any) -> str:
        if not re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9-]{0,39})?", text_of(value)):
            raise ValueError(
                _(
                    "{value} cannot be used in file names; use letters, digits and hyphens",
                    value=repr(value),
                )
            )
        return str(value)

    def write(self, value: str) -> Written:
        return value


def text_of(value: Any) -> str:
    """Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(_('{value} is not text; write for example "10 min"', value=repr(value)))
    return value


def of_files(text: str) -> str:
    """A name that a file can have: "C:\temp" in double quotes has a tab in it."""
    if any(ord(sign) < 32 for sign in text):
        raise ValueError(
            _(
                "{text} has a character that file names cannot have; {backslash}",
                text=repr(text),
                backslash=BACKSLASH,
            )
        )
    return text


def close_to(word: str, words: Sequence[str], otherwise: str = "") -> str:
    """A hint at what may have been meant; else *otherwise*, or what there is."""
    # Translators: {words}: what there is to choose from.
    there = _("choose {words}", words=", ".join(words)) if words else _("choose none")
    return _meant(word, words) or otherwise or there


def _meant(word: str, words: Sequence[str]) -> str:
    close = get_close_matches(word, words, n=1)
    return _("did you mean {word}?", word=close[0]) if close else ""
