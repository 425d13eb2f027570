"""The formats of the record and of a plan, told from the code; `python tests/schema.py` publishes
them in docs/."""

import json
from datetime import datetime
from enum import Enum
from inspect import cleandoc
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT

from qlbreak import data
from qlbreak.core.model import terms
from qlbreak.core.model.facts import AnyFact
from qlbreak.core.model.movements import Block, Movement, Stage
from qlbreak.core.model.profile import Place
from qlbreak.core.model.programme import Programme, bounds
from qlbreak.record.journal import VERSION
from qlbreak.settings import plan_file

PAGE = Path(__file__).parents[1] / "docs" / "record.md"
PUBLISHED = PAGE.with_name("record.schema.json")
PLAN_PUBLISHED = PAGE.with_name("plan.schema.json")
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
    Programme: "programme",
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
        if "description" in one:  # the docstring: from Python 3.13 on it comes without its indent
            one["description"] = cleandoc(one["description"])
        if "type" in one.get("properties", {}):
            one["properties"] = {"v": {"const": VERSION}, **one["properties"]}
            one["required"] = ["v", *one["required"]]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A fact of qlbreak"}
    return json.dumps(head | found, indent=1) + "\n"


def plan_schema() -> str:
    """Of a plan's file, for editors that look at one; what it does not know are weeks that overlap,
    and what is both asked for and left out."""
    movements = data.load().movements
    week: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            plan_file.LEAVE_OUT: {"type": "array", "items": {"enum": [*movements]}},
            **{name: _asked(movement) for name, movement in movements.items()},
        },
    }
    head = {name: {"type": "string"} for name in (plan_file.NAME, plan_file.FROM, plan_file.NOTE)}
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plan for qlbreak",
        "type": "object",
        "required": [plan_file.NAME, plan_file.FROM, plan_file.WEEKS_KEY],
        "additionalProperties": False,
        "properties": {
            **head,
            plan_file.START: {"type": "string", "format": "date"},
            plan_file.WEEKS_KEY: {
                "type": "object",
                "additionalProperties": False,
                "patternProperties": {"^[0-9]{1,2}( ?(-|to) ?[0-9]{1,2})?$": week},
            },
        },
    }
    return json.dumps(found, indent=1) + "\n"


def _asked(movement: Movement) -> dict[str, Any]:
    low, high = bounds(movement)
    key = plan_file.REPETITIONS if movement.dose.reps else plan_file.SECONDS
    sides = {plan_file.SIDE: {"enum": ["left", "right", "each", "both"]}} if movement.sided else {}
    most = {"minimum": 1, "maximum": plan_file.most_times(movement)}
    one = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {"type": "integer", "minimum": low, "maximum": high},
            **sides,
            plan_file.TIMES_A_DAY: {"type": "integer", **most},
        },
    }
    return {"oneOf": [one, {"type": "array", "items": one}]}


if __name__ == "__main__":
    PUBLISHED.write_text(schema(), "utf-8")
    PLAN_PUBLISHED.write_text(plan_schema(), "utf-8")
