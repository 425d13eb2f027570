"""Facts <-> JSON lines, one file a device: append and fsync; what cannot be read is reported."""

import errno
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import msgspec
from msgspec import Struct

from qlbreak.core.model.facts import AnyFact, Declared, Elsewhere, Launched, Paused, Settling
from qlbreak.core.model.programme import Programme
from qlbreak.core.model.terms import Posture
from qlbreak.language import _, ngettext
from qlbreak.system import printable
from qlbreak.system.clock import awake

VERSION = 1
_PATIENCE = 20.0  # seconds, before a folder that was removed is made again
_HEAD = b'{"v":%d,' % VERSION
# Beyond these years the arithmetic of dates gives up, in some zone or other.
_YEARS = range(1970, 9001)
# Where a fact has other dates than its label.
DATES: dict[type, tuple[str, ...]] = {
    Launched: ("staged", "prescribed"), Paused: ("until",), Declared: ("until",),
    Elsewhere: ("done",),
}  # fmt: skip
_FEW = 5
_decoder: msgspec.json.Decoder[AnyFact] = msgspec.json.Decoder(AnyFact)
_encoder = msgspec.json.Encoder()


class NewerError(ValueError):
    """Nothing is wrong with the line: it says what only a newer version may know."""


class Problem(Struct, frozen=True):
    """A line that was skipped, or of which a part was. `line` counts from 1 at the start of the
    part that was read. `newer`: it may well be right, see `NewerError`."""

    path: Path
    line: int
    text: str
    newer: bool = False
    skipped: bool = True

    def __str__(self) -> str:
        filled = {"path": self.path, "line": self.line, "trouble": self.text}
        if self.skipped:
            told = _("{path}, line {line}: {trouble}; skipped", **filled)
        else:
            told = _("{path}, line {line}: {trouble}; the rest of it counts", **filled)
        return printable.line(told)


class Problems(list[Problem]):
    """The first few of `number`: a file of rubbish has a million, and nobody reads them. `newer`
    of them are for a newer version."""

    number = newer = 0

    def append(self, problem: Problem, /) -> None:
        self.number += 1
        self.newer += problem.newer
        if len(self) < _FEW:
            super().append(problem)

    @property
    def told(self) -> list[str]:
        """A line each, and one for the rest."""
        more = self.number - len(self)
        if not more:
            return [*map(str, self)]
        rest = ngettext(
            "{n} more line like these was skipped; see: qlbreak doctor",
            "{n} more lines like these were skipped; see: qlbreak doctor",
            more,
        )
        return [*map(str, self), rest]


class _Envelope(Struct):
    v: int = 0
    type: str = ""


def encode(fact: AnyFact) -> bytes:
    return _HEAD + _encoder.encode(fact)[1:] + b"\n"


def decode(line: bytes, left_out: list[str] | None = None) -> AnyFact:
    """Words of a newer version that the fact does without go to *left_out*. Raises ValueError with
    a text for the person."""
    try:
        if not line.startswith(_HEAD):
            _check_version(line)
        fact = _decoder.decode(line)
    except msgspec.ValidationError as error:
        fact = _known_part(line, str(error), [] if left_out is None else left_out)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ValueError(_("not readable")) from None
    if not _possible([fact]):
        raise ValueError(_("a date that cannot be"))
    return fact


def _known_part(line: bytes, why: str, left_out: list[str]) -> AnyFact:
    """Raises ValueError."""
    try:
        from qlbreak.record import newer  # as good as never
    except ImportError:  # an upgrade came first
        raise NewerError(_("not a fact that is known here ({why})", why=why)) from None
    try:
        told, words = newer.known_part(line)
        fact = _decoder.decode(told)
    except newer.UnknownError as word:
        raise NewerError(_("{word} is not known here", word=word)) from None
    except (ValueError, RecursionError):
        raise ValueError(_("not a fact that is known here ({why})", why=why)) from None
    left_out += words
    return fact


def _possible(facts: Iterable[AnyFact]) -> bool:
    for fact in facts:
        if fact.at.year not in _YEARS:
            return False
        for name in DATES.get(type(fact), ()):
            moment: datetime | None = getattr(fact, name)
            if moment is not None and moment.year not in _YEARS:
                return False
        programme: Programme | None = getattr(fact, "programme", None)
        if programme is not None and programme.start.year not in _YEARS:
            return False
    return True


def _check_version(line: bytes) -> None:
    version = msgspec.json.decode(line, type=_Envelope).v
    if version > VERSION:
        raise NewerError(
            _("written by a newer qlbreak (version {version} of the format)", version=version)
        )
    if version < VERSION:
        raise ValueError(_("not a fact that is known here (no version)"))


class Journal:
    """This device's file. What was appended is on the disk when `append` returns. Its folder may
    vanish and come back, and another file may take its place; *now*: seconds, for how long."""

    def __init__(self, folder: Path, device: str, now: Callable[[], float] = awake) -> None:
        self.folder, self.device = folder, device
        self.path = folder / f"{device}.jsonl"
        self._now = now
        self._fd = -1
        self._torn = False
        self._rest: int | None = None  # from here on it holds what nobody was told is recorded
        self._disk = self._file = -1  # by their numbers, as they were
        self._lost: float | None = None  # since when there is no such folder

    def open(self) -> None:
        """Raises OSError."""
        self.close()
        new = not self.path.exists()
        if new:
            self._check_disk()
        flags = os.O_APPEND | os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0)
        fd = os.open(self.path, flags, 0o600)
        try:
            if new:
                sync_folder(self.path.parent)
            self._torn, stat = _ends_torn(fd), os.fstat(fd)
            self._disk = self.folder.stat().st_dev
        except OSError:
            os.close(fd)
            raise
        if stat.st_ino != self._file or stat.st_size < (self._rest or 0):
            self._rest = None  # it is another one
        self._fd, self._file, self._lost = fd, stat.st_ino, None

    def _check_disk(self) -> None:
        """Before a new file is begun: it must not come to lie below a disk that is not mounted
        now. A folder that somebody removed is made again, but only after a while: it may be about
        to come back from where it was moved to."""
        if self._disk < 0:
            return
        if self.folder.exists():
            self._same_disk(self.folder)
            return
        self._same_disk(self.folder.parent)
        self._lost = self._now() if self._lost is None else self._lost
        if self._now() - self._lost >= _PATIENCE:
            self.folder.mkdir(mode=0o700)

    def _same_disk(self, folder: Path) -> None:
        if folder.stat().st_dev != self._disk:
            raise OSError(errno.ENXIO, _("its disk is not mounted"), str(self.folder))

    def append(self, fact: AnyFact) -> None:
        """Raises OSError; then the fact is not recorded, and the file is as it was before."""
        if not self._in_place():
            self.open()
        if self._rest is not None:
            self._cut(self._rest)
        line = b"\n" * self._torn + encode(fact)
        end = os.lseek(self._fd, 0, os.SEEK_END)
        try:
            while line:
                line = line[os.write(self._fd, line) :]
            os.fsync(self._fd)
        except OSError:
            with suppress(OSError):  # the fact comes again: no half of it, nor all of it, may stay
                self._rest = end
                self._cut(end)
            raise
        self._torn = False
        if sys.platform == "win32":
            self.close()  # else nobody could put another in its place, nor move its folder

    def _cut(self, end: int) -> None:
        os.ftruncate(self._fd, end)
        self._rest = None
        self._torn = _ends_torn(self._fd)

    @property
    def end(self) -> int:
        """How long it is; 0 where it is not there."""
        if self._rest is not None:
            return self._rest
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def _in_place(self) -> bool:
        """Whether the open file is the one of that name: a synchroniser puts another in its place
        where it finds a conflict, and keeps ours under another name."""
        if self._fd < 0:
            return False
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._fd))
        except OSError:  # nothing there, no way there, or a disk that is gone
            return False

    def close(self) -> None:
        """Whatever the disk says to it, it is closed."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            with suppress(OSError):
                os.close(fd)

    def recent(self, since: datetime) -> tuple[list[AnyFact], Problems]:
        return recent(self.path, since)


def recent(path: Path, since: datetime, *, launched: bool = True) -> tuple[list[AnyFact], Problems]:
    """The facts since then, and with *launched* at least those since the last start of the program,
    which says what lasts longer. Reads from the end, as far as is needed. Raises OSError."""
    span = 1 << 16
    while True:
        problems = Problems()
        data, whole = _tail(path, span)
        facts = facts_of(data, path, problems)
        if whole or _reaches_back(facts, since, launched=launched):
            return facts, problems
        span *= 4


def _tail(path: Path, span: int) -> tuple[bytes, bool]:
    """The lines in so many bytes, and whether that is all."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = file.seek(max(size - span, 0))
        if start:
            file.readline()
        return file.read(), start == 0


def read(path: Path, problems: list[Problem]) -> list[AnyFact]:
    """The facts of a file in order; what cannot be read goes to *problems*. Raises OSError."""
    return facts_of(path.read_bytes(), path, problems)


def settled_at(facts: list[AnyFact]) -> datetime | None:
    """The label that a checkpoint must carry to follow on these facts."""
    return next((fact.at for fact in reversed(facts) if isinstance(fact, Settling)), None)


def stands(facts: list[AnyFact]) -> bool:
    """Whether the person has last declared to stand."""
    said = next((fact for fact in reversed(facts) if isinstance(fact, Declared)), None)
    return said is not None and said.posture is Posture.STANDING


def facts_of(data: bytes, path: Path, problems: list[Problem]) -> list[AnyFact]:
    """The facts of these lines in order: in one go, unless anything is wrong with any of them."""
    facts = _at_once(data)
    return _line_by_line(data, path, problems) if facts is None else facts


def _at_once(data: bytes) -> list[AnyFact] | None:
    heads = data.count(b"\n" + _HEAD) + data.startswith(_HEAD)
    lines = data.count(b"\n") + (not data.endswith(b"\n") and data != b"")
    if heads != lines:
        return None
    try:
        facts = _decoder.decode_lines(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return facts if len(facts) == lines and _possible(facts) else None


def _line_by_line(data: bytes, path: Path, problems: list[Problem]) -> list[AnyFact]:
    facts: list[AnyFact] = []
    for number, line in enumerate(BytesIO(data), 1):
        if not line.strip():
            continue
        words: list[str] = []
        try:
            facts.append(decode(line, words) if line[:1] == b"{" else _no_fact())
        except ValueError as error:
            trouble = str(error)
            if not line.endswith(b"\n"):
                trouble = _("the last line is torn: {trouble}", trouble=trouble)
            problems.append(Problem(path, number, trouble, isinstance(error, NewerError)))
        if words:
            told = ngettext(
                "{words} is not known here",
                "{words} are not known here",
                len(words),
                words=", ".join(map(repr, words)),
            )
            problems.append(Problem(path, number, told, newer=True, skipped=False))
    return facts


def _no_fact() -> NoReturn:
    """To look closer at every line of a file of rubbish would take long."""
    raise ValueError(_("not readable"))


def _reaches_back(facts: list[AnyFact], since: datetime, *, launched: bool) -> bool:
    far = bool(facts) and facts[0].at < since
    return far and (not launched or any(isinstance(fact, Launched) for fact in facts))


def _ends_torn(fd: int) -> bool:
    size = os.lseek(fd, 0, os.SEEK_END)
    if not size:
        return False
    os.lseek(fd, size - 1, os.SEEK_SET)
    return os.read(fd, 1) != b"\n"


def sync_folder(folder: Path) -> None:
    """So that the new file's name survives a power cut; Windows cannot open folders."""
    if os.name == "posix":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
