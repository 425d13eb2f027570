"""Facts <-> JSON lines, one file a device: append and fsync; what cannot be read is reported."""

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from qlbreak.core.events import AnyFact, Break, Launched, Sat

# How far back it is read at a start: a pause may last a month, a check-in may be four weeks old.
MEMORY = timedelta(days=35)
VERSION = 1
_HEAD = b'{"v":%d,' % VERSION
_decoder: msgspec.json.Decoder[AnyFact] = msgspec.json.Decoder(AnyFact)
_encoder = msgspec.json.Encoder()


class Problem(Struct, frozen=True):
    """A line that was skipped. `line` counts from 1 at the start of the part that was read."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.text}; skipped"


class _Envelope(Struct):
    v: int = 0
    type: str = ""


def encode(fact: AnyFact) -> bytes:
    return _HEAD + _encoder.encode(fact)[1:] + b"\n"


def decode(line: bytes) -> AnyFact:
    """Raises ValueError with a text for the person."""
    try:
        if not line.startswith(_HEAD):
            _check_version(line)
        return _decoder.decode(line)
    except msgspec.ValidationError as error:
        raise ValueError(f"not a fact that is known here ({error})") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ValueError("not readable") from None


def _check_version(line: bytes) -> None:
    version = msgspec.json.decode(line, type=_Envelope).v
    if version > VERSION:
        raise ValueError(f"written by a newer qlbreak (version {version} of the format)")
    if version < VERSION:
        raise ValueError("not a fact that is known here (no version)")


class Journal:
    """This device's file. What was appended is on the disk when `append` returns."""

    def __init__(self, folder: Path, device: str) -> None:
        self.path = folder / f"{device}.jsonl"
        self._fd = -1
        self._torn = False

    def open(self) -> None:
        """Raises OSError."""
        new = not self.path.exists()
        flags = os.O_APPEND | os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0)
        self._fd = os.open(self.path, flags, 0o600)
        if new:
            _sync_folder(self.path.parent)
        self._torn = _ends_torn(self._fd)

    def append(self, fact: AnyFact) -> None:
        """Raises OSError; then the fact is not recorded, and the file is as it was before."""
        line = b"\n" * self._torn + encode(fact)
        end = os.lseek(self._fd, 0, os.SEEK_END)
        try:
            while line:
                line = line[os.write(self._fd, line) :]
            os.fsync(self._fd)
        except OSError:
            with suppress(OSError):  # the fact comes again: no half of it, nor all of it, may stay
                os.ftruncate(self._fd, end)
            self._torn = _ends_torn(self._fd)
            raise
        self._torn = False

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def recent(self, since: datetime) -> tuple[list[AnyFact], list[Problem]]:
        """The facts since then, and at least those since the last start of the program, which says
        what lasts longer. Reads from the end, as far as is needed."""
        span = 1 << 16
        while True:
            facts, problems, whole = self._tail(span)
            if whole or _reaches_back(facts, since):
                return facts, problems
            span *= 4

    def _tail(self, span: int) -> tuple[list[AnyFact], list[Problem], bool]:
        with self.path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            start = file.seek(max(size - span, 0))
            if start:
                file.readline()
            problems: list[Problem] = []
            facts = list(_facts(file, self.path, problems))
        return facts, problems, start == 0


def read(path: Path, problems: list[Problem]) -> Iterator[AnyFact]:
    """The facts of a file in order; what cannot be read goes to *problems*. Raises OSError."""
    with path.open("rb") as file:
        yield from _facts(file, path, problems)


def read_all(folder: Path, problems: list[Problem]) -> dict[str, list[AnyFact]]:
    """The facts of every device. Raises OSError."""
    paths = sorted(path for path in folder.iterdir() if path.suffix == ".jsonl")
    return {path.stem: list(read(path, problems)) for path in paths}


def merged(records: Collection[list[AnyFact]]) -> list[AnyFact]:
    """As one record, in the order of time; each device numbers its prompts from 1."""
    if len(records) == 1:
        return next(iter(records))
    facts = [
        _renumbered(fact, place, len(records))
        for place, record in enumerate(records)
        for fact in record
    ]
    return sorted(facts, key=lambda fact: fact.at)


def _renumbered(fact: AnyFact, place: int, devices: int) -> AnyFact:
    number: int | None = getattr(fact, "prompt", None)
    if number is None:
        return fact
    return msgspec.structs.replace(fact, prompt=number * devices + place)


def settled_at(facts: list[AnyFact]) -> datetime | None:
    """The label that a checkpoint must carry to follow on these facts."""
    return next((fact.at for fact in reversed(facts) if isinstance(fact, Sat | Break)), None)


def _facts(lines: Iterator[bytes], path: Path, problems: list[Problem]) -> Iterator[AnyFact]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield decode(line)
        except ValueError as error:
            torn = "" if line.endswith(b"\n") else "the last line is torn: "
            problems.append(Problem(path, number, f"{torn}{error}"))


def _reaches_back(facts: list[AnyFact], since: datetime) -> bool:
    launched = any(isinstance(fact, Launched) for fact in facts)
    return launched and bool(facts) and facts[0].at < since


def _ends_torn(fd: int) -> bool:
    size = os.lseek(fd, 0, os.SEEK_END)
    if not size:
        return False
    os.lseek(fd, size - 1, os.SEEK_SET)
    return os.read(fd, 1) != b"\n"


def _sync_folder(folder: Path) -> None:
    """So that the new file's name survives a power cut; Windows cannot open folders."""
    if os.name == "posix":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
