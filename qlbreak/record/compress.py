"""Care of the record's files: old months are compressed, a retired device's are put away.

Each is a series of steps, and whoever stops between two of them has lost nothing: what is in two
files is read once.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from qlbreak.core.model.facts import AnyFact, Launched
from qlbreak.core.model.rules import REMEMBERED
from qlbreak.language import _
from qlbreak.record.folder import (
    RETIRED,
    JournalFile,
    JournalFolder,
    content,
    packed,
    united,
    unpacked,
)
from qlbreak.record.journal import Problem, decode, sync_folder
from qlbreak.system.files import replacing, write


class LeftAsItWas(Exception):
    """A file that had better stay as it is: one line for the person."""


def compressed(folder: JournalFolder, now: datetime) -> Iterator[Path]:
    """The months of this device that are over, and older than what is read at a start. Gives each
    file that has just been written. Raises LeftAsItWas, OSError."""
    path = folder.own.path
    lines = _lines(path.read_bytes())
    months = _months(lines, now - REMEMBERED)
    taken = {number for numbers in months.values() for number in numbers}
    for month, numbers in sorted(months.items()):
        archive = folder.path / f"{folder.device}.{month}.jsonl.gz"
        before = _all_lines(archive) if archive.exists() else []
        yield from _put(archive, united(before, [lines[number] for number in numbers]))
    if taken:
        rest = b"".join(line for number, line in enumerate(lines) if number not in taken)
        yield from _replace(path, rest, lambda data: data == rest)


def retired(folder: JournalFolder, files: Iterable[JournalFile]) -> Iterator[Path]:
    """Of another device: all but the conflict copies becomes one file, which nobody watches. Gives
    each file that has just been written or removed. Raises LeftAsItWas, OSError."""
    lines: list[bytes] = []
    parts = [file for file in files if not file.copy]
    seen = [file.state for file in parts]
    for file in parts:
        lines = united(lines, _all_lines(file.path))
    for device in {file.device for file in parts if file.part != RETIRED}:
        yield from _put(folder.path / f"{device}.{RETIRED}.jsonl.gz", lines)
    for file, before in zip(parts, seen, strict=True):
        # One that has grown meanwhile is in use after all; it stays, and is read as well.
        if file.part != RETIRED and file.state == before:
            file.path.unlink()
            yield file.path


def _months(lines: list[bytes], before: datetime) -> dict[str, list[int]]:
    """The numbers of the lines to take, by month. What the last start of the program says must
    stay where the next one looks for it, and what cannot be read stays where it is."""
    facts: list[AnyFact | None] = []
    for line in lines:
        try:
            facts.append(decode(line))
        except ValueError:
            facts.append(None)
    last = max((n for n, fact in enumerate(facts) if isinstance(fact, Launched)), default=0)
    months: dict[str, list[int]] = {}
    for number, fact in enumerate(facts[:last]):
        if fact is not None and _over(fact.at) <= before:
            months.setdefault(f"{fact.at:%Y-%m}", []).append(number)
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
        raise LeftAsItWas(
            _("{path} is incomplete; let it finish syncing, or move it away", path=path)
        )
    return lines


def _put(archive: Path, lines: list[bytes]) -> Iterator[Path]:
    def right(data: bytes) -> bool:
        read, whole = unpacked(data)
        return whole and _lines(read) == lines

    yield from _replace(archive, packed(b"".join(lines)), right)


def _replace(path: Path, data: bytes, right: Callable[[bytes], bool]) -> Iterator[Path]:
    """By a new file, once it is on the disk and reads back as it should; else nothing is left of
    it."""
    with replacing(path, path.with_name(f".{path.name}.tmp")) as new:
        write(new, [data])
        yield new
        if not right(new.read_bytes()):
            raise LeftAsItWas(
                _("{name} could not be read back as written; it stays uncompressed", name=path.name)
            )
    sync_folder(path.parent)
    yield path
