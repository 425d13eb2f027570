"""What cannot be recorded for now, kept in a second place, and read back once."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from qlbreak.core.events import AnyFact
from qlbreak.journal import Journal, Problems, encode, facts_of
from qlbreak.saved import put


class _Head(Struct):
    """To which journal the facts belong, and behind how much of it."""

    journal: str
    end: int


class Kept:
    """A file in the session's own folder, which is memory where there is one: lines as in the
    journal, after a head. It is there only as long as something is not recorded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, facts: Iterable[AnyFact], journal: Journal) -> None:
        """In place of what was kept before. Raises OSError."""
        head = msgspec.json.encode(_Head(str(journal.path.absolute()), journal.end))
        put(self.path, [head + b"\n", *map(encode, facts)])

    def clear(self) -> None:
        """All of it is recorded. Raises OSError."""
        self.path.unlink(missing_ok=True)

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
        """Nothing where there is nothing; what is not readable is no fact of ours."""
        with suppress(OSError, ValueError, RecursionError):
            first, _, lines = self.path.read_bytes().partition(b"\n")
            return msgspec.json.decode(first, type=_Head), facts_of(lines, self.path, Problems())
        return _Head("", 0), []


def _behind(head: _Head, journal: Journal) -> bytes:
    """What was recorded since; all of it where that cannot be told: it was compressed, or another
    took its place."""
    try:
        data = journal.path.read_bytes()
    except FileNotFoundError:
        return b""
    same = head.journal == str(journal.path.absolute()) and head.end <= len(data)
    return data[head.end :] if same else data
