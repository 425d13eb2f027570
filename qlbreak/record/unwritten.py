"""What cannot be recorded for now, kept in a second place, and read back once."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from errno import EIO
from pathlib import Path

import msgspec
from msgspec import Struct

from qlbreak.core.model.facts import AnyFact
from qlbreak.language import _
from qlbreak.record.journal import Journal, Problems, encode, facts_of
from qlbreak.system.files import put


class _Head(Struct):
    """To which journal the facts belong, and behind how much of it."""

    journal: str
    end: int


class Unwritten:
    """Files with lines as in the journal, after a head: one in the session's own folder, which is
    memory where there is one and takes what a full disk does not, and one beside the record, which
    a log-off does not end. They are there only as long as something is not recorded.
    """

    def __init__(self, session: Path, disk: Path) -> None:
        self._paths = session, disk
        self.lasting = False  # they outlive the session

    def keep(self, facts: Iterable[AnyFact], journal: Journal) -> None:
        """In place of what was kept before. Raises OSError where neither takes it."""
        head = msgspec.json.encode(_Head(str(journal.path.absolute()), journal.end))
        lines = [head + b"\n", *map(encode, facts)]
        taken = [self._put(path, lines) for path in self._paths]
        self.lasting = taken[-1]
        if not any(taken):
            raise OSError(EIO, _("nobody takes it"), str(self._paths[0]))

    def _put(self, path: Path, lines: list[bytes]) -> bool:
        try:
            put(path, lines)
        except OSError:
            with suppress(OSError):  # what is there is not right any more
                path.unlink()
            return False
        return True

    def clear(self) -> None:
        """All of it is recorded. Raises OSError."""
        for path in self._paths:
            path.unlink(missing_ok=True)

    def missing(self, journal: Journal) -> list[AnyFact]:
        """Those that the journal does not have. A kill may have come after some were recorded, or
        all, and before that was noted here. Raises OSError where the journal cannot be read."""
        head, facts = self._read()
        if not facts:
            return []
        written = Counter(facts_of(_behind(head, journal), journal.path, Problems()))
        missing: list[AnyFact] = []
        for fact in facts:
            if written[fact] > 0:
                written[fact] -= 1
            else:
                missing.append(fact)
        return missing

    def _read(self) -> tuple[_Head, list[AnyFact]]:
        """The later one. Nothing where there is nothing; what cannot be read is none of ours."""
        for path in sorted(filter(Path.exists, self._paths), key=_changed, reverse=True):
            with suppress(OSError, ValueError, RecursionError):
                first, _, lines = path.read_bytes().partition(b"\n")
                return msgspec.json.decode(first, type=_Head), facts_of(lines, path, Problems())
        return _Head("", 0), []


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns


def _behind(head: _Head, journal: Journal) -> bytes:
    """What was recorded since; all of it where that cannot be told: it was compressed, or another
    took its place."""
    try:
        data = journal.path.read_bytes()
    except FileNotFoundError:
        return b""
    same = head.journal == str(journal.path.absolute()) and head.end <= len(data)
    return data[head.end :] if same else data
