"""What the other devices record while the program runs: looks at their files, reads what is new."""

import logging
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from qlbreak.core.model.facts import AnyFact
from qlbreak.core.model.rules import REMEMBERED
from qlbreak.record.folder import RETIRED, JournalFile, JournalFolder, content
from qlbreak.record.journal import Problems, facts_of, recent

_log = logging.getLogger(__name__)
# By these it is known that a file has only grown, though a synchroniser has put a new one there.
_PRINT = 128
# What came before is not told twice; later than that only a file that grows tells anything new.
_KNOWN = timedelta(days=2)
# Of a device that has just retired: several times what five weeks of use come to.
_LATELY = 1 << 20


class _ReadSoFar(NamedTuple):
    """How far a file was read: whole lines, up to `end`, the last bytes of which are `print`."""

    size: int
    changed: int
    end: int
    print: bytes


class OtherDevices:
    """Cheap enough for every tick: a look at names and sizes, as long as nothing changes."""

    def __init__(self, folder: JournalFolder) -> None:
        self._folder = folder
        self._files: dict[str, JournalFile | None] = {}  # by name; None for what does not matter
        self._marks: dict[str, _ReadSoFar] = {}
        self._known: dict[str, set[AnyFact]] = {}
        self._lost = False

    def recall(self, at: datetime) -> dict[str, list[AnyFact]]:
        """By device, what was recorded lately, before the first `look`. Raises OSError."""
        self._marks.clear()
        self._known.clear()
        return self.look(at)

    def look(self, at: datetime) -> dict[str, list[AnyFact]]:
        """By device, what is new since the last time. Raises OSError where the folder is lost, but
        only once: it may stay so for long."""
        try:
            changed = self._changed()
        except OSError:
            if self._lost:
                return {}
            self._lost = True
            raise
        self._lost = False
        news: dict[str, list[AnyFact]] = {}
        for file, stat in changed:
            if facts := self._try_to_read(file, stat, at):
                news.setdefault(file.device, []).extend(facts)
        return news

    def _changed(self) -> list[tuple[JournalFile, os.stat_result]]:
        found: list[tuple[JournalFile, os.stat_result]] = []
        with os.scandir(self._folder.path) as entries:
            for entry in entries:
                file = self._file(entry.name)
                if file is None:
                    continue
                try:
                    stat = entry.stat()
                except FileNotFoundError:  # a synchroniser was faster
                    continue
                mark = self._marks.get(entry.name)
                if mark is None or (mark.size, mark.changed) != (stat.st_size, stat.st_mtime_ns):
                    found.append((file, stat))
        return sorted(found, key=lambda one: one[0].part != RETIRED)  # what was put away came first

    def _file(self, name: str) -> JournalFile | None:
        if name not in self._files:
            file = JournalFile.of(self._folder.path / name)
            mine = file is not None and file.device == self._folder.device
            self._files[name] = (
                None if file is None or mine or file.part not in ("", RETIRED) else file
            )
        return self._files[name]

    def _try_to_read(self, file: JournalFile, stat: os.stat_result, at: datetime) -> list[AnyFact]:
        try:
            return self._read(file, stat, at)
        except OSError as error:
            _log.warning("%s cannot be read: %s; tried again when it changes", file.path, error)
            mark = self._marks.get(file.path.name, _ReadSoFar(0, 0, 0, b""))
            mark = mark._replace(size=stat.st_size, changed=stat.st_mtime_ns)
            self._marks[file.path.name] = mark
            return []

    def _read(self, file: JournalFile, stat: os.stat_result, at: datetime) -> list[AnyFact]:
        if file.part == RETIRED:
            return self._read_retired(file, stat, at)
        mark = self._marks.get(file.path.name)
        mark = mark if mark is not None and mark.end else None  # read at all
        grown = mark is not None and _grown(file.path, mark)
        end, last = _end(file.path)
        if mark is not None and grown:
            facts = facts_of(_between(file.path, mark.end, end), file.path, Problems())
        else:
            since = at - (REMEMBERED if mark is None else _KNOWN)
            facts = [
                fact for fact in recent(file.path, since, launched=False)[0] if fact.at >= since
            ]
        self._marks[file.path.name] = _ReadSoFar(stat.st_size, stat.st_mtime_ns, end, last)
        return self._unknown(file.device, facts, at)

    def _read_retired(self, file: JournalFile, stat: os.stat_result, at: datetime) -> list[AnyFact]:
        """What it did lately counts still; what was heard from it before is not told again."""
        self._marks[file.path.name] = _ReadSoFar(stat.st_size, stat.st_mtime_ns, 0, b"")
        since = at - (_KNOWN if file.device in self._known else REMEMBERED)
        if stat.st_mtime < since.timestamp():
            return []
        lines = content(file.path, Problems())
        start = lines.find(b"\n", len(lines) - _LATELY) + 1 if len(lines) > _LATELY else 0
        facts = [
            fact for fact in facts_of(lines[start:], file.path, Problems()) if fact.at >= since
        ]
        return self._unknown(file.device, facts, at)

    def _unknown(self, device: str, facts: list[AnyFact], at: datetime) -> list[AnyFact]:
        known = self._known.setdefault(device, set())
        new = [fact for fact in facts if fact not in known]
        known.update(new)
        self._known[device] = {fact for fact in known if at - fact.at <= _KNOWN}
        return new


def _grown(path: Path, mark: _ReadSoFar) -> bool:
    """What was read of it is as it was."""
    return _between(path, mark.end - len(mark.print), mark.end) == mark.print


def _end(path: Path) -> tuple[int, bytes]:
    """Of its whole lines."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = file.seek(max(size - (1 << 16), 0))
        lines = file.read(size - start)
    whole = lines[: lines.rfind(b"\n") + 1]
    return start + len(whole), whole[-_PRINT:]


def _between(path: Path, start: int, end: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(max(end - start, 0))
