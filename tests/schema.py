"""The format of the record, told from the types; `python tests/schema.py` publishes it in docs/."""

import json
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT

from qlbreak.core.model import terms
from qlbreak.core.model.facts import AnyFact
from qlbreak.core.model.movements import Block, Stage
from qlbreak.core.model.profile import Place
from qlbreak.record.journal import VERSION

PAGE = Path(__file__).parents[1] / "docs" / "record.md"
PUBLISHED = PAGE.with_name("record.schema.json")
FACTS: tuple[type[AnyFact], ...] = get_args(AnyFact)
_TERMS = [
    one
    for one in vars(terms).values()
    if isinstance(one, type) and one.__module__ == terms.__name__
]
WORDS: list[type[Enum]] = [*_TERMS, Stage, Place]
_PLAIN = {
    datetime: "time", float: "seconds", int: "number", str: "text", bool: "true or false",
    NoneType: "null", Block: "block",
}  # fmt: skip


def tag(kind: type[AnyFact]) -> str:
    return kind.__name__.lower()


def fields(kind: type[AnyFact]) -> list[tuple[str, str, str]]:
    """Name, type and default of all but `at`, as the page tells them."""
    hints = get_type_hints(kind)
    return [
        (field.name, _told(hints[field.name]), _default(field.default))
        for field in msgspec.structs.fields(kind)
        if field.name != "at"
    ]


def _told(hint: Any) -> str:
    if get_origin(hint) is tuple:
        return f"list of {_told(get_args(hint)[0])}"
    if args := get_args(hint):
        return " or ".join(map(_told, args))
    return _PLAIN.get(hint) or str(hint.__name__)


def _default(value: Any) -> str:
    return "" if value is NODEFAULT else f"`{msgspec.json.encode(value).decode()}`"


def schema() -> str:
    """Of a line of a journal, as JSON Schema."""
    found = msgspec.json.schema(AnyFact)
    for one in found["$defs"].values():
        if "type" in one.get("properties", {}):
            one["properties"] = {"v": {"const": VERSION}, **one["properties"]}
            one["required"] = ["v", *one["required"]]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A fact of qlbreak"}
    return json.dumps(head | found, indent=1) + "\n"


if __name__ == "__main__":
    PUBLISHED.write_text(schema(), "utf-8")
