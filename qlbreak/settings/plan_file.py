"""A plan in TOML, as somebody who knows the person writes it -> Programme: every mistake with line,
key and a hint. docs/plans.md explains the file; the file itself is never written."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
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
from qlbreak.language import _
from qlbreak.settings import config, kinds
from qlbreak.settings.kinds import Count
from qlbreak.system import files, printable
from qlbreak.texts import plan_mistakes

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
_BALLS = _("{section}: movements with balls: {times} times a day in all; choose {most} at most")
_STRONG = _("{section}: strong movements: {times} times a day in all; choose {most} at most")


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
        raise PlanError(_("there is no file {path}", path=path)) from None
    except UnicodeDecodeError:
        raise PlanError(_("{path} is not a UTF-8 text file; save it as UTF-8", path=path)) from None
    except OSError as error:
        raise PlanError(
            _("{path} cannot be read: {value}", path=path, value=error.strerror or error)
        ) from None
    return parse(text, path, catalogue, today)


def parse(text: str, path: Path, catalogue: Catalogue, today: date) -> PlanRead:
    """Raises PlanError, with every mistake that is found."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlanError(
            printable.line(_("{path}: not valid TOML: {why}", path=path, why=error))
        ) from None
    reading = _PlanReading(text, path, catalogue)
    programme = reading.programme(raw, today)
    if reading.mistakes or programme is None:
        raise PlanError(*reading.mistakes)
    if len(msgspec.json.encode(programme)) > _LARGEST:
        raise PlanError(
            _("{path}: the plan is too long; ask for fewer movements or weeks", path=path)
        )
    return PlanRead(programme, text)


def _unknown(key: str, keys: Sequence[str]) -> str:
    return _("unknown key {name}; {hint}", name=repr(key), hint=kinds.close_to(key, keys))


class _PlanReading:
    """Goes through all that stands there, and gathers what is wrong in the order of the file."""

    def __init__(self, text: str, path: Path, catalogue: Catalogue) -> None:
        self._text, self._path = text, path
        self._catalogue = catalogue
        self.mistakes: list[str] = []

    def programme(self, raw: Mapping[str, Any], today: date) -> Programme | None:
        for key in raw:
            if key not in HEAD:
                self._wrong(_unknown(key, HEAD), (key, ""))
        name, by = self._words(raw, NAME, "Six weeks"), self._words(raw, FROM, "Jane Doe")
        note = self._words(raw, NOTE) if NOTE in raw else ""
        start = self._start(raw, today)
        spans = tuple(self._spans(raw))
        if not spans and not self.mistakes:
            self._wrong(
                _("there are no weeks; write {example} on a line of its own", example=_EXAMPLE)
            )
        return None if self.mistakes else Programme(name, by, start, spans, note)

    # The head

    def _words(self, raw: Mapping[str, Any], key: str, example: str = "") -> str:
        found = raw.get(key, "")
        if not isinstance(found, str) or (example and not found.strip()):
            written = f'{key} = "{example}"'
            if not example:
                told = _("{key} is not text", key=key)
            elif found == "":
                told = _("{key} is missing; write {example}", key=key, example=written)
            else:
                told = _("{key} is not text; write {example}", key=key, example=written)
            self._wrong(told, (key, ""))
        elif len(found) > _LONGEST[key]:
            self._wrong(plan_mistakes.long(key, _LONGEST[key]), (key, ""))
        elif not printable.whole(found.strip()):
            self._wrong(
                _("{key} has a line break or a control character; remove it", key=key), (key, "")
            )
        else:
            return found.strip()
        return ""

    def _start(self, raw: Mapping[str, Any], today: date) -> date:
        found = raw.get(START, today)
        if type(found) is not date:
            self._wrong(
                _(
                    "{start}: write a date without quotes: start = {today}",
                    start=START,
                    today=today,
                ),
                (START, ""),
            )
        elif found.year not in _YEARS:
            self._wrong(
                _("{start}: the year {year} cannot be meant", start=START, year=found.year),
                (START, ""),
            )
        else:
            return found
        return today

    # The weeks

    def _spans(self, raw: Mapping[str, Any]) -> Iterator[WeekSpan]:
        tables, taken = raw.get(WEEKS_KEY, {}), dict[int, str]()
        if not isinstance(tables, dict):
            self._wrong(
                _("weeks is a section; write {example} on a line of its own", example=_EXAMPLE),
                ("weeks", ""),
            )
            return
        for name, table in tables.items():
            section = f"{WEEKS_KEY}.{name}"
            if not isinstance(table, dict):
                self._wrong(
                    _("{section} is a section; write [{section}]", section=section),
                    (name, WEEKS_KEY),
                )
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
            self._wrong(plan_mistakes.weeks(name, _EXAMPLE, WEEKS), where)
            return None
        for week in range(first, last + 1):
            if week in taken:
                self._wrong(plan_mistakes.taken(name, week, taken[week]), where)
                return None
        taken.update(dict.fromkeys(range(first, last + 1), name))
        return range(first, last + 1)

    def _asked(self, section: str, table: Mapping[str, Any]) -> Iterator[Prescription]:
        asked = {key: value for key, value in table.items() if key != LEAVE_OUT}
        left_out = table.get(LEAVE_OUT)
        if len(asked) > A_WEEK:
            self._wrong(plan_mistakes.many(section, A_WEEK), (section, ""))
            return
        for name, value in asked.items():
            movement = self._movement(section, name, name)
            if movement is None:
                continue
            if isinstance(left_out, list) and name in left_out:
                self._wrong(plan_mistakes.left_out_too(section, name), (name, section))
            entries = value if isinstance(value, list) else [value]
            yield from self._entries(section, movement, entries)

    def _movement(self, section: str, name: Any, key: str) -> Movement | None:
        found = self._catalogue.movements.get(name) if isinstance(name, str) else None
        if found is None:
            hint = _("see the list: qlbreak movements")
            try:
                meant = find(self._catalogue, str(name))
                if meant in self._catalogue.movements:
                    hint = _("did you mean {word}?", word=meant)
            except NoSuch as error:
                hint = str(error).rpartition("; ")[2]
            self._wrong(plan_mistakes.no_movement(section, name, hint), (key, section))
        return found

    def _entries(
        self, section: str, movement: Movement, entries: list[Any]
    ) -> Iterator[Prescription]:
        """Of one movement; more than one where its sides differ."""
        taken: set[Side] = set()
        for entry in entries:
            if not isinstance(entry, dict):
                self._wrong(
                    _(
                        "{where}: write it in braces: {example}",
                        where=f"{section}.{movement.id}",
                        example=f"{movement.id} = {{ {_example(movement)} }}",
                    ),
                    (movement.id, section),
                )
                continue
            found = self._prescription(section, movement, entry)
            if found is None:
                continue
            sides = set(found.sides(sided=movement.sided))
            if sides & taken:
                told = plan_mistakes.side_twice(section, movement.id)
                self._wrong(told, (movement.id, section))
                continue
            taken |= sides
            yield found

    def _prescription(
        self, section: str, movement: Movement, entry: Mapping[str, Any]
    ) -> Prescription | None:
        dose, before = movement.dose, len(self.mistakes)
        for key in entry:
            if key not in ENTRY:
                self._bad(section, movement, key, _unknown(key, ENTRY))
        low, high = bounds(movement)
        right, wrong = (REPETITIONS, SECONDS) if dose.reps else (SECONDS, REPETITIONS)
        if wrong in entry:
            written = f"{right} = {dose.range[1]}"
            if dose.reps:
                told = _("it is repeated: write {example}", example=written)
            else:
                told = _("it is held: write {example}", example=written)
            self._bad(section, movement, wrong, told)
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
            told = _("unknown side {word}; choose left, right or each", word=repr(word))
            self._bad(section, movement, SIDE, told)
        elif side is not Side.BOTH and not movement.sided:
            self._bad(
                section, movement, SIDE, _("it works on both sides at once; leave the side out")
            )
        return side or Side.BOTH

    def _measure(self, section: str, asked: tuple[Prescription, ...]) -> None:
        """Of all of them together."""
        known = self._catalogue.movements
        of = {one: known[one.movement] for one in asked}
        balls = sum(one.times for one in asked if of[one].ball)
        strong = sum(one.times for one in asked if of[one].level == "strong")
        for text, times, most in ((_BALLS, balls, BALLS_A_DAY), (_STRONG, strong, STRONG_A_DAY)):
            if times > most:
                told = text.format(section=section, times=times, most=most)
                self._wrong(told, (section, ""))

    def _left_out(self, section: str, table: Mapping[str, Any]) -> tuple[str, ...]:
        names = table.get(LEAVE_OUT, [])
        if not isinstance(names, list):
            told = _(
                "{where}: write a list such as {example}",
                where=f"{section}.{LEAVE_OUT}",
                example='["len-dog"]',
            )
            self._wrong(told, (LEAVE_OUT, section))
            return ()
        found = [self._movement(section, name, LEAVE_OUT) for name in names]
        return tuple(dict.fromkeys(one.id for one in found if one is not None))

    # Where

    def _bad(self, section: str, movement: Movement, key: str, what: str) -> None:
        """In an entry, whether it stands on a line or as a section of its own."""
        own = f"{section}.{movement.id}"
        self._wrong(f"{own}.{key}: {what}", (key, own), (movement.id, section), (own, ""))

    def _wrong(self, what: str, *keys: tuple[str, str]) -> None:
        """*keys*: with its section each; the first that is found is told."""
        lines = (config.where(self._text, self._path, key, section) for key, section in keys)
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
