"""Lines of a newer version: words that are not known here are left out, where the rest counts."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from qlbreak.core.model.facts import AnyFact

_LONGEST = 60  # characters of a word that is told; ours have twenty


class UnknownError(ValueError):
    """A word without which the whole has no meaning."""

    def __init__(self, word: str) -> None:
        self.word = word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…"
        super().__init__(repr(self.word))


def known_part(line: bytes) -> tuple[bytes, list[str]]:
    """The line with what can be read here, and the words that were left out of it: only such as may
    be missing. What is wrong in another way stays as it is. Raises UnknownError where the kind is
    not known, or a word that must be there; ValueError for what is no JSON, RecursionError."""
    raw, words = json.loads(line), list[str]()
    name = raw.get("type") if isinstance(raw, dict) else None
    if not isinstance(name, str):
        return line, words
    if name not in _kinds():
        raise UnknownError(name)
    return msgspec.json.encode(_known(raw, _kinds()[name], words)), words


@cache
def _kinds() -> dict[str, inspect.StructType]:
    """By their names in a line. It takes some milliseconds."""
    told = inspect.type_info(AnyFact)
    assert isinstance(told, inspect.UnionType)
    structs = (kind for kind in told.types if isinstance(kind, inspect.StructType))
    return {str(kind.tag): kind for kind in structs}


def _known(value: Any, kind: inspect.Type, words: list[str]) -> Any:
    match kind:
        case inspect.Metadata():
            return _known(value, kind.type, words)
        case inspect.UnionType():
            one = _fitting(value, kind.types)
            return value if one is None else _known(value, one, words)
        case inspect.EnumType():
            if isinstance(value, str) and value not in {each.value for each in kind.cls}:
                raise UnknownError(value)
            return value
        case inspect.VarTupleType():
            return _items(value, kind.item_type, words) if isinstance(value, list) else value
        case inspect.StructType():
            return _fields(value, kind, words) if isinstance(value, dict) else value
        case _:
            return value


def _items(items: list[Any], kind: inspect.Type, words: list[str]) -> list[Any]:
    """A list of words does without one of them; of what consists of more, none may go."""
    known = []
    for item in items:
        try:
            known.append(_known(item, kind, words))
        except UnknownError as word:
            if not isinstance(kind, inspect.EnumType):
                raise
            words.append(word.word)
    return known


def _fields(value: dict[str, Any], kind: inspect.StructType, words: list[str]) -> dict[str, Any]:
    """Those that it has here: of a struct that refuses others, too."""
    fields = {field.encode_name: field for field in kind.fields}
    known = {}
    for name, told in value.items():
        if name not in fields:
            if not kind.forbid_unknown_fields:
                known[name] = told  # the tag, or what is passed over anyway
            continue
        try:
            known[name] = _known(told, fields[name].type, words)
        except UnknownError as word:
            if fields[name].required:
                raise
            words.append(word.word)
    return known


def _fitting(value: Any, kinds: Sequence[inspect.Type]) -> inspect.Type | None:
    """Which of them it can only be."""
    for kind in kinds:
        plain = kind.type if isinstance(kind, inspect.Metadata) else kind
        match plain:
            case inspect.StructType() if isinstance(value, dict):
                return plain
            case inspect.EnumType() if isinstance(value, str):
                return plain
            case inspect.VarTupleType() if isinstance(value, list):
                return plain
            case _:
                pass
    return None
