"""What of the files of data people read: found for the catalogue, and said in their language.

A text with "(s)" in it has a form for one and one for many, one with "{side}" a sentence for each
side: these are translated when they are filled in.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Any, get_args

from qlbreak.core.model.movements import Ask, Kind, Level, Position, Thing
from qlbreak.core.model.terms import Side
from qlbreak.language import _

MOVEMENTS, ROUTINES, CAUTIONS, SAFETY = (
    "movements.toml", "routines.toml", "cautions.toml", "safety.toml",
)  # fmt: skip
# The keys whose texts are sentences, or names that are shown.
_SHOWN: Mapping[str, frozenset[str]] = {
    MOVEMENTS: frozenset({
        "name", "short", "steps", "caution", "targets", "support", "side_label", "side_short",
        "equipment_note", "say",
    }),
    ROUTINES: frozenset({"name"}),
    CAUTIONS: frozenset({"label"}),
    SAFETY: frozenset({"disclaimer", "title", "lead", "points", "close", "name", "caution"}),
}  # fmt: skip
# Words of the data that are shown as they are.
WORDS: Mapping[str, tuple[str, ...]] = {
    "what a movement asks of the body": get_args(Ask),
    "a thing that a movement needs": get_args(Thing),
    "how strong a movement is": get_args(Level),
    "a kind of movement": tuple(kind.value.replace("-", " ") for kind in Kind),
    "the position of a movement": tuple(position.value for position in Position),
}


def shown() -> Iterator[tuple[str, str, str]]:
    """File, text, and what it is."""
    for file in _SHOWN:
        tables = tomllib.loads(files(__package__).joinpath(file).read_text("utf-8"))
        yield from ((file, text, what) for text, what in _texts(file, tables, ""))
    for what, words in WORDS.items():
        yield from (("", word, what) for word in words)


def _texts(file: str, value: Any, where: str, key: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case str() if key in _SHOWN[file] and "{side}" in value:
            yield from ((value.replace("{side}", side), where) for side in (Side.LEFT, Side.RIGHT))
        case str() if key in _SHOWN[file] and value:
            yield value, where
        case dict():
            for name, one in value.items():
                yield from _texts(file, one, f"{where} {name}".strip(), name)
        case list():
            for one in value:
                yield from _texts(file, one, where, key)
        case _:
            pass


def translated(file: str, tables: dict[str, Any]) -> dict[str, Any]:
    """The same in the language of the process."""
    return {name: _with(_said, _SHOWN[file], one, name) for name, one in tables.items()}


def _said(text: str) -> str:
    later = "(s)" in text or "{side}" in text
    return _(text) if text and not later else text


def _with(say: Callable[[str], str], keys: frozenset[str], value: Any, key: str) -> Any:
    match value:
        case str():
            return say(value) if key in keys else value
        case dict():
            return {name: _with(say, keys, one, name) for name, one in value.items()}
        case list():
            return [_with(say, keys, one, key) for one in value]
        case _:
            return value
