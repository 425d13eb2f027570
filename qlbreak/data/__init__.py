"""The movements and routines that come with the program, from the TOML files beside this one."""

import tomllib
from importlib.resources import files
from typing import TypeVar

from msgspec import Struct, ValidationError, convert

from qlbreak.core.checks import check_movements, check_routines
from qlbreak.core.movements import Catalogue, Movement, Routine

MOVEMENTS = "movements.toml"
ROUTINES = "routines.toml"

Entry = TypeVar("Entry", bound=Struct)


class CatalogueError(Exception):
    """One line: file, entry, key, what is wrong."""


def load() -> Catalogue:
    folder = files(__name__)
    return parse(*(folder.joinpath(name).read_text("utf-8") for name in (MOVEMENTS, ROUTINES)))


def parse(movements: str, routines: str) -> Catalogue:
    """Read the two files' texts; raises CatalogueError for the first mistake."""
    catalogue = Catalogue(
        _entries(MOVEMENTS, movements, Movement), _entries(ROUTINES, routines, Routine)
    )
    _refuse(MOVEMENTS, check_movements(catalogue))
    _refuse(ROUTINES, check_routines(catalogue))
    return catalogue


def _refuse(file: str, faults: list[str]) -> None:
    if faults:
        more = f" (and {len(faults) - 1} more)" if faults[1:] else ""
        raise CatalogueError(f"{file}: {faults[0]}{more}")


def _entries(file: str, text: str, kind: type[Entry]) -> dict[str, Entry]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file}: {error}") from error
    return {name: _entry(f"{file}: {name}", name, table, kind) for name, table in tables.items()}


def _entry(where: str, name: str, table: object, kind: type[Entry]) -> Entry:
    if not isinstance(table, dict):
        raise CatalogueError(f"{where}: stands before the first [entry]")
    if "id" in table:
        raise CatalogueError(f"{where}: id: unknown key; the name in brackets is the id")
    try:
        return convert({"id": name, **table}, kind)
    except ValidationError as error:
        raise CatalogueError(f"{where}: {_plain(str(error))}") from error


def _plain(message: str) -> str:
    """Say msgspec's message with the key first, as in all our other lines."""
    what, _, path = message.replace("`", "").partition(" - at $")
    what = what.replace("Invalid enum value", "Unknown value")
    for found, meant in (
        ("Object contains unknown field ", "unknown key"),
        ("Object missing required field ", "missing key"),
    ):
        if what.startswith(found):
            path, what = f"{path}.{what.removeprefix(found)}", meant
    return f"{path.removeprefix('.')}: {what[0].lower()}{what[1:]}"
