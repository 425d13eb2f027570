"""Care of the record's files: old months are compressed, a retired device's are put away.

Each is a series of steps, and whoever stops between two of them has lost nothing: what is in two
files is read once.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from qlbreak.core.model.facts import AnyFact, Launched
from qlbreak.record.folder import RETIRED, Leaf, Shelf, content, packed, united, unpacked
from qlbreak.record.journal import MEMORY, Problem, decode, sync_folder


class CareError(Exception):
    """A file that had better stay as it is: one line for the person."""


def compress(shelf: Shelf, now: datetime) -> Iterator[Path]:
    """The months of this device that are over, and older than what is read at a start. Gives each
    file that has just been written. Raises CareError, OSError."""
    path = shelf.own.path
    lines = _lines(path.read_bytes())
    months = _months(lines, now - MEMORY)
    taken = {place for places in months.values() for place in places}
    for month, places in sorted(months.items()):
        archive = shelf.folder / f"{shelf.device}.{month}.jsonl.gz"
        before = _all_lines(archive) if archive.exists() else []
        yield from _put(archive, united(before, [lines[place] for place in places]))
    if taken:
        rest = b"".join(line for place, line in enumerate(lines) if place not in taken)
        yield from _replace(path, rest, lambda data: data == rest)


def retire(shelf: Shelf, leaves: Iterable[Leaf]) -> Iterator[Path]:
    """Of another device: all but the conflict copies becomes one file, which nobody watches. Gives
    each file that has just been written or removed. Raises CareError, OSError."""
    lines: list[bytes] = []
    parts = [leaf for leaf in leaves if not leaf.copy]
    seen = [leaf.state for leaf in parts]
    for leaf in parts:
        lines = united(lines, _all_lines(leaf.path))
    for device in {leaf.device for leaf in parts if leaf.part != RETIRED}:
        yield from _put(shelf.folder / f"{device}.{RETIRED}.jsonl.gz", lines)
    for leaf, before in zip(parts, seen, strict=True):
        # One that has grown meanwhile is in use after all; it stays, and is read as well.
        if leaf.part != RETIRED and leaf.state == before:
            leaf.path.unlink()
            yield leaf.path


def _months(lines: list[bytes], before: datetime) -> dict[str, list[int]]:
    """The places of the lines to take, by month. What the last start of the program says must stay
    where the next one looks for it, and what cannot be read stays where it is."""
    facts: list[AnyFact | None] = []
    for line in lines:
        try:
            facts.append(decode(line))
        except ValueError:
            facts.append(None)
    last = max((n for n, fact in enumerate(facts) if isinstance(fact, Launched)), default=0)
    months: dict[str, list[int]] = {}
    for place, fact in enumerate(facts[:last]):
        if fact is not None and _over(fact.at) <= before:
            months.setdefault(f"{fact.at:%Y-%m}", []).append(place)
    return months


def _over(at: datetime) -> datetime:
    """When the month of that moment is over."""
    first = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)


def _lines(data: bytes) -> list[bytes]:
    """Also the last one gets an end, so that another may follow it."""
    return [line if line.endswith(b"\n") else line + b"\n" for line in BytesIO(data)]


def _all_lines(path: Path) -> list[bytes]:
    problems: list[Problem] = []
    lines = _lines(content(path, problems))
    if problems:
        raise CareError(f"{path} breaks off; let it be synchronised first, or move it away")
    return lines


def _put(archive: Path, lines: list[bytes]) -> Iterator[Path]:
    def right(data: bytes) -> bool:
        read, whole = unpacked(data)
        return whole and _lines(read) == lines

    yield from _replace(archive, packed(b"".join(lines)), right)


def _replace(path: Path, data: bytes, right: Callable[[bytes], bool]) -> Iterator[Path]:
    """By a new file, once it is on the disk and reads back as it should; else nothing is left of
    it."""
    new = path.with_name(f".{path.name}.tmp")
    try:
        fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield new
        if not right(new.read_bytes()):
            raise CareError(f"{path.name} did not read back as it was written; it stays as it was")
        new.replace(path)
    except (OSError, CareError):
        with suppress(OSError):
            new.unlink()
        raise
    sync_folder(path.parent)
    yield path
