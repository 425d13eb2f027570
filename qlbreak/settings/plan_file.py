"""A plan in TOML, as somebody who knows the person writes it -> Programme: every mistake with line,
key and a hint. docs/plans.md explains the file; the file itself is never written."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from qlbreak.core.coach.constraints import BALLS_A_DAY, STRONG_A_DAY
from qlbreak.core.model.movements import Catalogue, Movement
from qlbreak.core.model.naming import NoSuch, find
from qlbreak.core.model.programme import (
    A_WEEK,
    TIMES,
    WEEKS,
    Prescription,
    Programme,
    WeekSpan,
    bounds,
)
from qlbreak.core.model.terms import Side
from qlbreak.settings import config, kinds
from qlbreak.settings.kinds import Count
from qlbreak.system import files, printable

NAME, FROM, START, NOTE, WEEKS_KEY = "name", "from", "start", "note", "weeks"
REPETITIONS, SECONDS, SIDE, TIMES_A_DAY = "repetitions", "seconds", "side", "times-a-day"
LEAVE_OUT = "leave-out"
HEAD = (NAME, FROM, START, NOTE, WEEKS_KEY)
ENTRY = (REPETITIONS, SECONDS, SIDE, TIMES_A_DAY)
# "both" and "each" are the same: a movement with sides is done on one, then on the other.
SIDES = {"left": Side.LEFT, "right": Side.RIGHT, "both": Side.BOTH, "each": Side.BOTH}
_LONGEST = {NAME: 120, FROM: 120, NOTE: 400}
_LARGEST = 30_000  # bytes, so that it is one line of the record
_YEARS = range(2000, 2200)
_SPAN = re.compile(r"(\d{1,2})(?:\s*(?:-|to)\s*(\d{1,2}))?")
_EXAMPLE = "[weeks.1-2]"


class PlanError(Exception):
    """Each of its `mistakes` is one line for the person: where, what is wrong, what to do."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(self.mistakes)


class PlanRead(Struct, frozen=True):
    """What stands in the file. `digest`: by which the same file is known again."""

    programme: Programme
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def load(path: Path, catalogue: Catalogue, today: date) -> PlanRead:
    """*today*: the first day, where the file names none. Raises PlanError."""
    try:
        text = files.text(path)
    except FileNotFoundError:
        raise PlanError(f"there is no file {path}") from None
    except UnicodeDecodeError:
        raise PlanError(f"{path} is not a UTF-8 text file; save it as UTF-8") from None
    except OSError as error:
        raise PlanError(f"{path} cannot be read: {error.strerror or error}") from None
    return parse(text, path, catalogue, today)


def parse(text: str, path: Path, catalogue: Catalogue, today: date) -> PlanRead:
    """Raises PlanError, with every mistake that is found."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlanError(printable.line(f"{path}: not valid TOML: {error}")) from None
    reading = _PlanReading(text, path, catalogue)
    programme = reading.programme(raw, today)
    if reading.mistakes or programme is None:
        raise PlanError(*reading.mistakes)
    if len(msgspec.json.encode(programme)) > _LARGEST:
        raise PlanError(f"{path}: the plan is too long; ask for fewer movements or weeks")
    return PlanRead(programme, text)


class _PlanReading:
    """Goes through all that stands there, and gathers what is wrong in the order of the file."""

    def __init__(self, text: str, path: Path, catalogue: Catalogue) -> None:
        self._text, self._path = text, path
        self._catalogue = catalogue
        self.mistakes: list[str] = []

    def programme(self, raw: Mapping[str, Any], today: date) -> Programme | None:
        for key in raw:
            if key not in HEAD:
                self._wrong(f"unknown key {key!r}; {kinds.close_to(key, HEAD)}", (key, ""))
        name, by = self._words(raw, NAME, "Six weeks"), self._words(raw, FROM, "Jane Doe")
        note = self._words(raw, NOTE) if NOTE in raw else ""
        start = self._start(raw, today)
        spans = tuple(self._spans(raw))
        if not spans and not self.mistakes:
            self._wrong(f"there are no weeks; write {_EXAMPLE} on a line of its own")
        return None if self.mistakes else Programme(name, by, start, spans, note)

    # The head

    def _words(self, raw: Mapping[str, Any], key: str, example: str = "") -> str:
        found = raw.get(key, "")
        hint = f'; write {key} = "{example}"' if example else ""
        if not isinstance(found, str) or (example and not found.strip()):
            what = "is missing" if found == "" else "is not text"
            self._wrong(f"{key} {what}{hint}", (key, ""))
        elif len(found) > _LONGEST[key]:
            self._wrong(f"{key} is longer than {_LONGEST[key]} signs; shorten it", (key, ""))
        elif not printable.whole(found.strip()):
            self._wrong(f"{key} has a line break or a control character; remove it", (key, ""))
        else:
            return found.strip()
        return ""

    def _start(self, raw: Mapping[str, Any], today: date) -> date:
        found = raw.get(START, today)
        if type(found) is not date:
            self._wrong(f"{START}: write a date without quotes: start = {today}", (START, ""))
        elif found.year not in _YEARS:
            self._wrong(f"{START}: the year {found.year} cannot be meant", (START, ""))
        else:
            return found
        return today

    # The weeks

    def _spans(self, raw: Mapping[str, Any]) -> Iterator[WeekSpan]:
        tables, taken = raw.get(WEEKS_KEY, {}), dict[int, str]()
        if not isinstance(tables, dict):
            self._wrong(f"weeks is a section; write {_EXAMPLE} on a line of its own", ("weeks", ""))
            return
        for name, table in tables.items():
            section = f"{WEEKS_KEY}.{name}"
            if not isinstance(table, dict):
                self._wrong(f"{section} is a section; write [{section}]", (name, WEEKS_KEY))
                continue
            weeks = self._weeks(name, taken)
            asked = tuple(self._asked(section, table))
            self._measure(section, asked)
            left_out = self._left_out(section, table)
            if weeks is not None:
                yield WeekSpan(weeks[0], weeks[-1], asked, left_out)

    def _weeks(self, name: str, taken: dict[int, str]) -> range | None:
        found, where = _SPAN.fullmatch(name.strip()), (f"{WEEKS_KEY}.{name}", "")
        first, last = (int(found[1]), int(found[2] or found[1])) if found is not None else (0, 0)
        if not 1 <= first <= last <= WEEKS:
            self._wrong(
                f"weeks.{name}: write the weeks as [weeks.3] or {_EXAMPLE}, from 1 to {WEEKS}",
                where,
            )
            return None
        for week in range(first, last + 1):
            if week in taken:
                self._wrong(f"weeks.{name}: week {week} is in [weeks.{taken[week]}] already", where)
                return None
        taken.update(dict.fromkeys(range(first, last + 1), name))
        return range(first, last + 1)

    def _asked(self, section: str, table: Mapping[str, Any]) -> Iterator[Prescription]:
        asked = {key: value for key, value in table.items() if key != LEAVE_OUT}
        left_out = table.get(LEAVE_OUT)
        if len(asked) > A_WEEK:
            self._wrong(f"{section}: more than {A_WEEK} movements; leave some out", (section, ""))
            return
        for name, value in asked.items():
            movement = self._movement(section, name, name)
            if movement is None:
                continue
            if isinstance(left_out, list) and name in left_out:
                self._wrong(
                    f"{section}.{name}: it is in leave-out as well; keep one of the two",
                    (name, section),
                )
            entries = value if isinstance(value, list) else [value]
            yield from self._entries(section, movement, entries)

    def _movement(self, section: str, name: Any, key: str) -> Movement | None:
        found = self._catalogue.movements.get(name) if isinstance(name, str) else None
        if found is None:
            hint = "see the list: qlbreak movements"
            try:
                meant = find(self._catalogue, str(name))
                hint = f"did you mean {meant}?" if meant in self._catalogue.movements else hint
            except NoSuch as error:
                hint = str(error).rpartition("; ")[2]
            self._wrong(f"{section}: there is no movement {name!r}; {hint}", (key, section))
        return found

    def _entries(
        self, section: str, movement: Movement, entries: list[Any]
    ) -> Iterator[Prescription]:
        """Of one movement; more than one where its sides differ."""
        taken: set[Side] = set()
        for entry in entries:
            if not isinstance(entry, dict):
                self._wrong(
                    f"{section}.{movement.id}: write it in braces: "
                    f"{movement.id} = {{ {_example(movement)} }}",
                    (movement.id, section),
                )
                continue
            found = self._prescription(section, movement, entry)
            if found is None:
                continue
            sides = set(found.sides(sided=movement.sided))
            if sides & taken:
                self._wrong(
                    f"{section}.{movement.id}: the same side twice; ask for each side once",
                    (movement.id, section),
                )
                continue
            taken |= sides
            yield found

    def _prescription(
        self, section: str, movement: Movement, entry: Mapping[str, Any]
    ) -> Prescription | None:
        dose, before = movement.dose, len(self.mistakes)
        for key in entry:
            if key not in ENTRY:
                told = f"unknown key {key!r}; {kinds.close_to(key, ENTRY)}"
                self._bad(section, movement, key, told)
        low, high = bounds(movement)
        right, wrong = (REPETITIONS, SECONDS) if dose.reps else (SECONDS, REPETITIONS)
        if wrong in entry:
            how = "it is repeated" if dose.reps else "it is held"
            self._bad(section, movement, wrong, f"{how}: write {right} = {dose.range[1]}")
        number = self._count(section, movement, entry, right, Count(low, high), dose.range[1])
        often = Count(1, most_times(movement))
        times = self._count(section, movement, entry, TIMES_A_DAY, often, 1)
        side = self._side(section, movement, entry)
        if len(self.mistakes) > before:
            return None
        reps, held = (number, None) if dose.reps else (None, number)
        return Prescription(movement.id, dose.seconds(number), reps, held, side, times)

    def _count(
        self,
        section: str,
        movement: Movement,
        entry: Mapping[str, Any],
        key: str,
        kind: Count,
        default: int,
    ) -> int:
        try:
            return kind.read(entry.get(key, default))
        except ValueError as error:
            self._bad(section, movement, key, str(error))
            return default

    def _side(self, section: str, movement: Movement, entry: Mapping[str, Any]) -> Side:
        word = entry.get(SIDE, "each" if movement.sided else "both")
        side = SIDES.get(word) if isinstance(word, str) else None
        if side is None:
            told = f"unknown side {word!r}; choose left, right or each"
            self._bad(section, movement, SIDE, told)
        elif side is not Side.BOTH and not movement.sided:
            self._bad(section, movement, SIDE, "it works on both sides at once; leave the side out")
        return side or Side.BOTH

    def _measure(self, section: str, asked: tuple[Prescription, ...]) -> None:
        """Of all of them together."""
        known = self._catalogue.movements
        of = {one: known[one.movement] for one in asked}
        balls = sum(one.times for one in asked if of[one].ball)
        strong = sum(one.times for one in asked if of[one].level == "strong")
        for what, times, most in (
            ("movements with balls", balls, BALLS_A_DAY),
            ("strong movements", strong, STRONG_A_DAY),
        ):
            if times > most:
                told = f"{section}: {what}: {times} times a day in all; choose {most} at most"
                self._wrong(told, (section, ""))

    def _left_out(self, section: str, table: Mapping[str, Any]) -> tuple[str, ...]:
        names = table.get(LEAVE_OUT, [])
        if not isinstance(names, list):
            told = f'{section}.{LEAVE_OUT}: write a list such as ["len-dog"]'
            self._wrong(told, (LEAVE_OUT, section))
            return ()
        found = [self._movement(section, name, LEAVE_OUT) for name in names]
        return tuple(dict.fromkeys(one.id for one in found if one is not None))

    # Where

    def _bad(self, section: str, movement: Movement, key: str, what: str) -> None:
        """In an entry, whether it stands on a line or as a section of its own."""
        own = f"{section}.{movement.id}"
        self._wrong(f"{own}.{key}: {what}", (key, own), (movement.id, section), (own, ""))

    def _wrong(self, what: str, *places: tuple[str, str]) -> None:
        """*places*: a key and its section each; the first that is found is told."""
        lines = (config.where(self._text, self._path, key, section) for key, section in places)
        where = next((line for line in lines if line != str(self._path)), str(self._path))
        self.mistakes.append(printable.line(f"{where}: {what}"))


def most_times(movement: Movement) -> int:
    """A day, of what the coach never offers more often."""
    if movement.ball:
        return BALLS_A_DAY
    return STRONG_A_DAY if movement.level == "strong" else TIMES


def _example(movement: Movement) -> str:
    key = REPETITIONS if movement.dose.reps else SECONDS
    return f"{key} = {movement.dose.range[1]}"
