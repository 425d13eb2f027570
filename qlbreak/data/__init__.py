"""Movements, routines, cautions: those of the TOML files beside this one, and a person's own."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, ValidationError, convert, json
from msgspec.structs import replace

from qlbreak.core.coach.checks import check_movements, check_routines
from qlbreak.core.model.movements import Ask, Catalogue, Caution, Flag, Movement, Routine
from qlbreak.data.translated import CAUTIONS, MOVEMENTS, ROUTINES, translated
from qlbreak.language import _
from qlbreak.system import printable
from qlbreak.system.files import text

SOURCES = "sources.toml"
READY = "ready.json"
PLANS = "plans"
OWN = "own"  # the source of a movement of the person's own

# Words of older settings and files, and what they mean now: never less than they did.
FORMER: Mapping[str, Flag] = {"osteo-range": "osteo", "osteo-load": "osteo"}

_LINE_ENDS = re.compile(r"[\t\r\n]+ *")

Entry = TypeVar("Entry", bound=Struct)


class CatalogueError(Exception):
    """One line: file, entry, key, what is wrong."""


def load() -> Catalogue:
    return _whole(*map(_shipped, (MOVEMENTS, ROUTINES)))


def sources() -> dict[str, str]:
    """What the short names of sources stand for."""
    return tomllib.loads(files(__name__).joinpath(SOURCES).read_text("utf-8"))


def plans() -> list[str]:
    """The names of the plans that come as examples."""
    found = files(__name__).joinpath(PLANS).iterdir()
    return sorted(one.name.removesuffix(".toml") for one in found if one.name.endswith(".toml"))


def plan(name: str) -> str:
    """The text of one of them."""
    return files(__name__).joinpath(PLANS, f"{name}.toml").read_text("utf-8")


@cache
def cautions() -> Mapping[Flag, Caution]:
    """What somebody may be careful with, in the order in which it is asked."""
    found = _entries(CAUTIONS, _shipped(CAUTIONS), Caution)
    return {caution.id: caution for caution in found.values()}


def forbidden(caution: Caution) -> frozenset[Ask]:
    """What it forbids, with what the one forbids that it is a stricter form of."""
    looser = forbidden(cautions()[caution.needs]) if caution.needs else frozenset[Ask]()
    return caution.forbids | looser


def hiding(movement: Movement) -> frozenset[Flag]:
    """The cautions that hide it: those that forbid what it asks for, or that it names itself."""
    named, asks = movement.avoid_if, movement.asks
    return frozenset(
        flag
        for flag, caution in cautions().items()
        if not named.isdisjoint((flag, caution.needs)) or not asks.isdisjoint(forbidden(caution))
    )


def load_with(own: Path) -> tuple[Catalogue, list[str]]:
    """Also what the person has written in the file *own*, and a line for each mistake in it; an
    entry with a mistake is left out, the rest goes on working."""
    catalogue = load()
    try:
        told = text(own)
    except FileNotFoundError:
        return catalogue, []
    except UnicodeDecodeError:
        return catalogue, [_("{own} is not a text file in UTF-8", own=own)]
    except OSError as error:
        return catalogue, [
            _("{own} cannot be read: {value}", own=own, value=error.strerror or error)
        ]
    return Own(catalogue, own).added(told)


class Own:
    """A person's own movements and routines: [movement.len-mine], [routine.r60-mine]."""

    def __init__(self, catalogue: Catalogue, path: Path) -> None:
        self._movements = dict(catalogue.movements)
        self._routines = dict(catalogue.routines)
        self._path = path
        self._faults: list[str] = []

    def added(self, text: str) -> tuple[Catalogue, list[str]]:
        try:
            tables = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # nested too deep, a number too long
            return self._catalogue, [
                printable.line(_("{path}: not valid TOML: {why}", path=self._path, why=error))
            ]
        for section in tables:
            if section not in ("movement", "routine"):
                self._faults.append(
                    _(
                        "{path}: unknown section {section}; write movement or routine",
                        path=self._path,
                        section=section,
                    )
                )
        for name, table in self._tables(tables, "movement"):
            self._add(name, _today(table), Movement)
        for name, table in self._tables(tables, "routine"):
            self._add(name, table, Routine)
        return self._catalogue, [printable.line(fault) for fault in self._faults]

    @property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self._movements, self._routines, cautions())

    def _tables(self, tables: dict[str, Any], section: str) -> Iterator[tuple[str, dict[str, Any]]]:
        entries = tables.get(section, {})
        if not isinstance(entries, dict):
            self._faults.append(
                _(
                    "{path}: {section}: write [{section}.ID] on a line of its own",
                    path=self._path,
                    section=section,
                )
            )
            return
        for name, table in entries.items():
            if isinstance(table, dict):
                yield name, table
            else:
                self._faults.append(
                    _(
                        "{path}: {section}.{name}: write [{section}.{name}] on a line of its own",
                        path=self._path,
                        section=section,
                        name=name,
                    )
                )

    def _add(self, name: str, table: dict[str, Any], kind: type[Entry]) -> None:
        where = f"{self._path}: {name}"
        try:
            if name in self._movements or name in self._routines:
                raise CatalogueError(_("{where}: this id is taken; choose another", where=where))
            if not printable.whole(name):
                raise CatalogueError(
                    _("{where}: the id has a control character; remove it", where=where)
                )
            entry = _entry(where, name, _completed(where, name, table, kind), kind)
        except CatalogueError as error:
            self._faults.append(str(error))
            return
        into: dict[str, Any] = self._movements if kind is Movement else self._routines
        into[name] = entry
        check = check_movements if kind is Movement else check_routines
        found = [fault for fault in check(self._catalogue) if fault.startswith(f"{name}:")]
        if found:
            del into[name]
            self._faults.append(f"{self._path}: {found[0]}")


def _today(table: dict[str, Any]) -> dict[str, Any]:
    """With the words of today for what it names."""
    named = table.get("avoid_if")
    if not isinstance(named, list):
        return table
    words = [FORMER.get(word, word) if isinstance(word, str) else word for word in named]
    return {**table, "avoid_if": words}


def _completed(where: str, name: str, table: dict[str, Any], kind: type) -> dict[str, Any]:
    """With what nobody needs to say. Raises CatalogueError."""
    seen = _seen(where, table, "")
    if kind is not Movement:
        return {"for": ["desk"], **seen}
    return _dosed(where, {**_spare(name, seen), **seen})


def _spare(name: str, table: dict[str, Any]) -> dict[str, Any]:
    """What nobody needs to say of a movement of their own."""
    return {
        "short": str(table.get("name", name)).lower(), "equipment": [], "discreet": False,
        "sided": False, "caution": _("Stop if something feels wrong."),
        "level": "gentle", "targets": _("what you made it for"), "asks": [], "sources": [OWN],
        "grade": "D", "support": _("your own movement"),
    }  # fmt: skip


def _seen(where: str, value: Any, key: str) -> Any:
    """The same, each text in one line. A zero character would end a program that is told of it, and
    others change what a line shows. Raises CatalogueError."""
    match value:
        case str():
            text = _LINE_ENDS.sub(" ", value)
            if not printable.whole(text):
                raise CatalogueError(
                    _(
                        "{where}: {key} has a control character; remove it: {text}",
                        where=where,
                        key=key,
                        text=repr(text),
                    )
                )
            return text
        case dict():
            return {name: _seen(where, one, key or name) for name, one in value.items()}
        case list():
            return [_seen(where, one, key) for one in value]
        case _:
            return value


_SECONDS = ("min_s", "default_s", "max_s")


def _dosed(where: str, table: dict[str, Any]) -> dict[str, Any]:
    """A movement of one's own may tell its seconds instead of a dose."""
    if isinstance(table.get("dose"), dict):
        for key in _SECONDS:
            if key in table:
                raise CatalogueError(
                    _(
                        "{where}: {key}: the dose gives the seconds already; remove one of the two",
                        where=where,
                        key=key,
                    )
                )
        return table
    rest = {key: value for key, value in table.items() if key not in _SECONDS}
    for key in _SECONDS:
        value = table.get(key, 20)
        if type(value) is not int or not 1 <= value <= 600:
            raise CatalogueError(
                _(
                    "{where}: {key}: write a whole number from 1 to 600, not {value}",
                    where=where,
                    key=key,
                    value=repr(value),
                )
            )
    given = [table.get(key, table.get("default_s", 20)) for key in _SECONDS]
    return {**rest, "dose": {"say": table.get("dose", _("as you like")), "held": given}}


def parse(movements: str, routines: str) -> Catalogue:
    """Read the two files' texts; raises CatalogueError for the first mistake."""
    return _whole(_tables(MOVEMENTS, movements), _tables(ROUTINES, routines))


def _shipped(file: str) -> dict[str, Any]:
    """As a built package has it ready (hatch_build.py); a source tree has the text alone."""
    found = _ready().get(file)
    if found is None:
        found = _tables(file, files(__name__).joinpath(file).read_text("utf-8"))
    return translated(file, found)


@cache
def _ready() -> dict[str, dict[str, Any]]:
    ready = files(__name__).joinpath(READY)
    return json.decode(ready.read_bytes()) if ready.is_file() else {}


def _tables(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file}: {error}") from error


def _whole(movements: dict[str, Any], routines: dict[str, Any]) -> Catalogue:
    found = _entries(MOVEMENTS, movements, Movement)
    catalogue = Catalogue(found, _entries(ROUTINES, routines, Routine), cautions())
    _refuse(MOVEMENTS, check_movements(catalogue))
    _refuse(ROUTINES, check_routines(catalogue))
    return catalogue


def _refuse(file: str, faults: list[str]) -> None:
    if faults:
        told = f"{file}: {faults[0]}"
        if faults[1:]:
            told = _("{mistake} (and {n} more)", mistake=told, n=len(faults) - 1)
        raise CatalogueError(told)


def _entries(file: str, tables: dict[str, Any], kind: type[Entry]) -> dict[str, Entry]:
    return {name: _entry(f"{file}: {name}", name, table, kind) for name, table in tables.items()}


def _entry(where: str, name: str, table: object, kind: type[Entry]) -> Entry:
    if not isinstance(table, dict):
        raise CatalogueError(_("{where}: stands before the first [entry]", where=where))
    if "id" in table:
        raise CatalogueError(
            _("{where}: id: unknown key; the name in brackets is the id", where=where)
        )
    try:
        entry = convert({"id": name, **table}, kind)
    except ValidationError as error:
        raise CatalogueError(f"{where}: {plain(str(error))}") from error
    return replace(entry, avoid_if=hiding(entry)) if isinstance(entry, Movement) else entry


def plain(message: str) -> str:
    """Say msgspec's message with the key first, as in all our other lines."""
    what, _at, path = message.replace("`", "").partition(" - at $")
    what = what.replace("Invalid enum value", _("Unknown value"))
    for found, meant in (
        ("Object contains unknown field ", _("unknown key")),
        ("Object missing required field ", _("missing key")),
    ):
        if what.startswith(found):
            path, what = f"{path}.{what.removeprefix(found)}", meant
    return f"{path.removeprefix('.')}: {what[0].lower()}{what[1:]}"
