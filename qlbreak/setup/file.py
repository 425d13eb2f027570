"""Writes single settings into the person's file: what else stands in it is kept, byte for byte."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, Array, Comment, Item, Null, Table, Whitespace

from qlbreak.language import _
from qlbreak.settings import config
from qlbreak.settings.kinds import SomeOf, Written
from qlbreak.settings.schema import SECTIONS, KeyName, Settings
from qlbreak.system import files
from qlbreak.system.lock import alone_in
from qlbreak.system.paths import private
from qlbreak.system.resources import example_config

_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_MARK = "\ufeff"  # some editors put it in front; it stays where it is
_TRIES = (
    5  # an editor that saves in that moment is waited for; one that does so all the time is not
)
_KNOWN_BY = 60  # so much of an explanation tells which key it is of: it is wrapped after that


class WriteError(Exception):
    """One line for the person: the file is as it was."""


def read(path: Path) -> Settings:
    """What the settings say. Raises ConfigError, and WriteError where asking would be in vain."""
    answers = config.load(path).settings
    with _writing(path):
        _refuse_read_only(path.resolve())
    return answers


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """What the system refuses is told in one line. Raises WriteError."""
    try:
        yield
    except OSError as error:
        raise WriteError(
            _("{path} cannot be written: {strerror}", path=path, strerror=error.strerror)
        ) from error


class ConflictError(Exception):
    """Somebody else has changed the same keys since the person saw them; nothing was written.

    `now`: what the file says of each.
    """

    def __init__(self, now: Mapping[KeyName, Any]) -> None:
        super().__init__(", ".join(".".join(where) for where in now))
        self.now = now


class Rewritten(NamedTuple):
    """All of a file, before and after."""

    before: str
    after: str


def write(
    path: Path,
    changes: Mapping[KeyName, Written | None],
    seen: Mapping[KeyName, Any] | None = None,
) -> Rewritten | None:
    """Into the file, or into a new one made from the example; nothing is written for no changes.
    None takes the key out, so that its default holds. `seen`: values that the person decided by;
    others that somebody else has changed are kept as they are now.

    Raises ConfigError for a file with a mistake in it, WriteError for one that cannot be written,
    ConflictError.
    """
    config.load(path)
    if not changes:
        return None
    target = path.resolve()  # a link stays one
    try:
        with _writing(path):
            _refuse_read_only(target)
            private(target.parent)
            with alone_in(target.parent):
                for _try in range(_TRIES):
                    if done := _written(path, target, changes, seen or {}):
                        return done
    except TOMLKitError as error:
        raise WriteError(
            _("{path} cannot be changed here ({why}); please edit it", path=path, why=error)
        ) from error
    raise WriteError(_("{path} is being written by another program; try again", path=path))


def put_back(path: Path, text: str, instead_of: str) -> bool:
    """All of the file as it was; False where it is not what this has written, *instead_of*.

    Raises WriteError.
    """
    target = path.resolve()
    with _writing(path), alone_in(target.parent):
        if _text(target) != instead_of:
            return False
        _replace(target, text)
    return True


def make(path: Path) -> None:
    """From the example, where there is none. Raises WriteError."""
    target = path.resolve()
    if not target.exists():
        with _writing(path):
            private(target.parent)
            _replace(target, _text(target))


def text(path: Path) -> str:
    """All of the file, byte for byte; or the example that it would be made from. Raises OSError."""
    return _text(path.resolve())


def _written(
    path: Path, target: Path, changes: Mapping[KeyName, Written | None], seen: Mapping[KeyName, Any]
) -> Rewritten | None:
    """None where another program has saved it meanwhile: what that wrote must not be lost."""
    stood = _text(target)
    now = config.parse(stood.removeprefix(_MARK), path).settings
    differing = {
        where: now.at(where)
        for where, value in seen.items()
        if now.at(where) != value and now.at(where) != _meant(where, changes[where])
    }
    if differing:
        raise ConflictError(differing)
    new = changed(stood, changes)
    check(new, path, changes)
    if _text(target) != stood:
        return None
    _replace(target, new)
    return Rewritten(stood, new)


def _text(target: Path) -> str:
    source = target if target.exists() else example_config()
    return source.read_bytes().decode("utf-8")


def _meant(where: KeyName, written: Written | None) -> Any:
    section, name = where
    key = SECTIONS[section][name]
    return key.default if written is None else key.kind.read(written)


def changed(text: str, changes: Mapping[KeyName, Written | None]) -> str:
    """The text with these values. Raises TOMLKitError."""
    mark = _MARK if text.startswith(_MARK) else ""
    of_windows = "\r\n" in text and not re.search(r"(?<!\r)\n", text)
    document = tomlkit.parse(text.removeprefix(_MARK).replace("\r\n", "\n"))
    for where, value in changes.items():
        if value is None:
            _take_out(document, where)
        else:
            _put_in(document, where, value)
    new = mark + tomlkit.dumps(document)
    return new.replace("\n", "\r\n") if of_windows else new


def _put_in(document: tomlkit.TOMLDocument, where: KeyName, value: Written) -> None:
    section, key = where
    if section not in document:
        document[section] = tomlkit.table()
    table = document[section]
    old = table.get(key)
    ordered = not isinstance(SECTIONS[section][key].kind, SomeOf)
    table[key] = _array(old, value, ordered=ordered) if isinstance(value, list) else value
    if old is None and isinstance(table, Table):
        _move(table, where)


def _take_out(document: tomlkit.TOMLDocument, where: KeyName) -> None:
    """Where somebody has written a remark beside it, it stays for that, and says its default."""
    section, name = where
    table = document.get(section)
    if not isinstance(table, dict) or name not in table:
        return
    told = SECTIONS[section][name]
    old = table.item(name) if isinstance(table, AbstractTable) else table[name]
    if isinstance(old, Item) and (old.trivia.comment or _has_remarks(old)):
        _put_in(document, where, told.kind.write(told.default))
    else:
        del table[name]


def _has_remarks(old: Item) -> bool:
    written = old.as_string()
    return isinstance(old, Array) and any(t[0][0] == "#" for t in _TOKEN.finditer(written))


def _array(old: object, items: list[str], *, ordered: bool) -> list[str] | Array:
    """Over several lines it may have remarks between its items: they stay, with their lines."""
    if not isinstance(old, Array):
        return items
    first, *others = old.as_string().removeprefix("[").removesuffix("]").split("\n")
    if not others:
        return items
    inset = next((line[: -len(line.lstrip())] for line in others if line.strip()), "  ")
    left = list(items)
    lines = [_line(line, left) for line in (first, *others)]
    new = [f"{inset}{config.toml(item)}," for item in left]
    middle = [line for line in lines[1:-1] if line is not None]
    array = _of_lines([lines[0] or "", *middle, *new, lines[-1] or ""])
    if ordered and list(array) != items:
        return _in_order(first, others, items, inset)
    return array


def _of_lines(lines: list[str]) -> Array:
    return tomlkit.array("\n".join([f"[{lines[0]}", *lines[1:-1], f"{lines[-1]}]"]))


def _in_order(first: str, others: list[str], items: list[str], inset: str) -> Array:
    """All anew, an item a line, each with the remark that stood behind it; the other remarks come
    first."""
    behind: dict[str, str] = {}
    alone = []
    for line in (first, *others):
        words, remark = _words(line)
        known = [word for word in words if word in items and word not in behind]
        if remark and known:
            behind[known[0]] = f"  {remark}"
        elif remark:
            alone.append(f"{inset}{remark}")
    told = [f"{inset}{config.toml(item)},{behind.pop(item, '')}" for item in items]
    return _of_lines(["", *alone, *told, ""])


def _words(line: str) -> tuple[list[str], str]:
    """What its items mean, and its remark."""
    tokens = [token[0] for token in _TOKEN.finditer(line)]
    remark = tokens.pop() if tokens and tokens[-1].startswith("#") else ""
    return [str(tomlkit.value(token).unwrap()) for token in tokens], remark


def _line(line: str, left: list[str]) -> str | None:
    """The line with those of its items that are `left`, which are taken out there.

    None where nothing stays of it.
    """
    tokens = list(_TOKEN.finditer(line))
    end = next((token.start() for token in tokens if token[0].startswith("#")), len(line))
    code, remark = line[:end], line[end:]
    words = [token[0] for token in tokens if token.start() < end]
    stay = []
    for word in words:
        item = str(tomlkit.value(word).unwrap())
        if item in left:
            left.remove(item)
            stay.append(word)
    if stay == words:
        bare = code.rstrip()
        return bare + "," * (bool(words) and bare[-1] != ",") + code[len(bare) :] + remark
    inset = code[: -len(code.lstrip())]
    return (inset + "".join(f"{word}, " for word in stay) + remark).rstrip() or None


def _move(table: Table, where: KeyName) -> None:
    """The new key, to below the example's words on it; else to after the last one, as remarks below
    that are on what follows."""
    body = table.value.body
    index = next(i for i, (name, _) in enumerate(body) if name is not None and name == where[1])
    new = body.pop(index)
    explained = _below_explanation([item for _name, item in body], where)
    while (
        explained is None and index and isinstance(body[index - 1][1], Comment | Whitespace | Null)
    ):
        index -= 1
    body.insert(index if explained is None else explained, new)


def _below_explanation(items: list[Any], where: KeyName) -> int | None:
    """The example explains each key above it; one that was taken out has left its words there."""
    keys = SECTIONS[where[0]].values()
    begins = {key.name: f"# {key.help}"[:_KNOWN_BY] for key in keys}
    found = None
    for index, item in enumerate(items):
        words = item.trivia.comment if isinstance(item, Comment) else ""
        if words.startswith(begins[where[1]]):
            found = index + 1
        elif found is not None:
            if not words or words.startswith(tuple(begins.values())):
                return found
            found = index + 1
    return found


def check(text: str, path: Path, changes: Mapping[KeyName, Written | None]) -> None:
    """What was written is what will be read. Raises WriteError."""
    try:
        read = config.parse(text.removeprefix(_MARK), path).settings
    except config.ConfigError as error:
        raise WriteError(
            _("{path} cannot be changed here ({why}); please edit it", path=path, why=error)
        ) from error
    for where, value in changes.items():
        if read.at(where) != _meant(where, value):
            name = ".".join(where)
            raise WriteError(
                _("{path}: {name} cannot be changed here; please edit it", path=path, name=name)
            )


def _replace(target: Path, text: str) -> None:
    """All or nothing, for the person's eyes only: it may tell of illnesses. Raises OSError."""
    _refuse_read_only(target)
    files.save(target, [text.encode()])


def _refuse_read_only(target: Path) -> None:
    """Even where replacing it would work: somebody has meant that. Raises OSError."""
    there = next(path for path in (target, *target.parents) if path.exists())
    if not os.access(there, os.W_OK):
        raise PermissionError(
            None,
            _("it is read-only") if there == target else _("{path} is read-only", path=there),
        )
