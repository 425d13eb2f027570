"""Writes single settings into the person's file: what else stands in it is kept, byte for byte."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, Comment, Null, Table, Whitespace

from qlbreak.settings import config
from qlbreak.settings.kinds import Written
from qlbreak.settings.schema import SECTIONS, Settings
from qlbreak.system import files
from qlbreak.system.paths import private
from qlbreak.system.resources import example_config

_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_MARK = "\ufeff"  # some editors put it in front; it stays where it is


class WriteError(Exception):
    """One line for the person: the file is as it was."""


def read(path: Path) -> Settings:
    """What the settings say. Raises ConfigError, and WriteError where asking would be in vain."""
    answers = config.load(path).settings
    try:
        _refuse_read_only(path.resolve())
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror}") from error
    return answers


def write(path: Path, changes: Mapping[tuple[str, str], Written]) -> None:
    """Into the file, or into a new one made from the example; nothing is written for no changes.

    Raises ConfigError for a file with a mistake in it, WriteError for one that cannot be written.
    """
    config.load(path)
    if not changes:
        return
    target = path.resolve()  # a link stays one
    try:
        source = target if target.exists() else example_config()
        text = changed(source.read_bytes().decode("utf-8"), changes)
        check(text, path, changes)
        _replace(target, text)
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror}") from error
    except TOMLKitError as error:
        raise WriteError(f"{path} cannot be changed here ({error}); please edit it") from error


def changed(text: str, changes: Mapping[tuple[str, str], Written]) -> str:
    """The text with these values. Raises TOMLKitError."""
    mark = _MARK if text.startswith(_MARK) else ""
    of_windows = "\r\n" in text and not re.search(r"(?<!\r)\n", text)
    document = tomlkit.parse(text.removeprefix(_MARK).replace("\r\n", "\n"))
    for (section, key), value in changes.items():
        if section not in document:
            document[section] = tomlkit.table()
        table = document[section]
        old = table.get(key)
        table[key] = _array(old, value) if isinstance(value, list) else value
        if old is None and isinstance(table, Table):
            _move_up(table, key)
    new = mark + tomlkit.dumps(document)
    return new.replace("\n", "\r\n") if of_windows else new


def _array(old: object, items: list[str]) -> list[str] | Array:
    """Over several lines it may have remarks between its items: they stay, with their lines."""
    if not isinstance(old, Array):
        return items
    first, *others = old.as_string().removeprefix("[").removesuffix("]").split("\n")
    if not others:
        return items
    left = list(items)
    lines = [_line(line, left) for line in (first, *others)]
    inset = next((line[: -len(line.lstrip())] for line in others if line.strip()), "  ")
    new = [f'{inset}"{item}",' for item in left]
    middle = [line for line in lines[1:-1] if line is not None]
    return tomlkit.array("\n".join([f"[{lines[0] or ''}", *middle, *new, f"{lines[-1] or ''}]"]))


def _line(line: str, left: list[str]) -> str | None:
    """The line with those of its items that are `left`, which are taken out there.

    None where nothing stays of it.
    """
    tokens = list(_TOKEN.finditer(line))
    end = next((token.start() for token in tokens if token[0].startswith("#")), len(line))
    code, remark = line[:end], line[end:]
    words = [token[0] for token in tokens if token.start() < end]
    stay = [word for word in words if word[1:-1] in left]
    for word in stay:
        left.remove(word[1:-1])
    if stay == words:
        bare = code.rstrip()
        return bare + "," * (bool(words) and bare[-1] != ",") + code[len(bare) :] + remark
    inset = code[: -len(code.lstrip())]
    return (inset + "".join(f"{word}, " for word in stay) + remark).rstrip() or None


def _move_up(table: Table, key: str) -> None:
    """The new key, to after the last one: remarks below that are on what follows."""
    body = table.value.body
    place = next(index for index, (name, _) in enumerate(body) if name is not None and name == key)
    new = body.pop(place)
    while place and isinstance(body[place - 1][1], Comment | Whitespace | Null):
        place -= 1
    body.insert(place, new)


def check(text: str, path: Path, changes: Mapping[tuple[str, str], Written]) -> None:
    """What was written is what will be read. Raises WriteError."""
    try:
        read = config.parse(text.removeprefix(_MARK), path).settings
    except config.ConfigError as error:
        raise WriteError(f"{path} cannot be changed here ({error}); please edit it") from error
    for (section, key), value in changes.items():
        told = SECTIONS[section][key]
        if getattr(getattr(read, section), told.field) != told.kind.read(value):
            raise WriteError(f"{path}: {section}.{key} cannot be changed here; please edit it")


def _replace(target: Path, text: str) -> None:
    """All or nothing, for the person's eyes only: it may tell of illnesses. Raises OSError."""
    _refuse_read_only(target)
    private(target.parent)
    files.save(target, [text.encode()])


def _refuse_read_only(target: Path) -> None:
    """Even where replacing it would work: somebody has meant that. Raises OSError."""
    there = next(path for path in (target, *target.parents) if path.exists())
    if not os.access(there, os.W_OK):
        raise PermissionError(
            None, "it is read-only" if there == target else f"{there} is read-only"
        )
