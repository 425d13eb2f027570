"""The shelf: the folder with the journals of all devices, which files are whose, each as one."""

import re
import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from qlbreak.core.model.facts import AnyFact
from qlbreak.record import device
from qlbreak.record.journal import Journal, Problem, Problems, facts_of, recent
from qlbreak.settings.config import Config
from qlbreak.system.paths import PathError, Paths, make_folder

_T = TypeVar("_T", bound=Hashable)

RETIRED = "retired"
_GZIP = 16 + zlib.MAX_WBITS
# How synchronisers name the copy that lost a conflict: Syncthing; ownCloud up to 2.4; Nextcloud,
# ownCloud, Dropbox in any language, and copies by hand; iCloud. All put it before the last ending.
_CONFLICT = re.compile(
    r"\.sync-conflict-\d{8}-\d{6}(-[A-Z0-9]{7})?"
    r"|_conflict[-_].*?\d{8}-\d{6}"
    r"| \(.+\)"
    r"| \d+(?=\.)"
)
# Names of their unfinished files begin with a dot or a tilde, or end in something else.
_NAME = re.compile(r"([\w-]+)(?:\.(\d{4}-\d\d|retired))?\.jsonl(?:\.gz)?")


class Leaf(Struct, frozen=True):
    """A file of the shelf. `part`: the month, or that the device is retired; empty for the file
    that grows. `copy`: what it was before a synchroniser found a conflict."""

    path: Path
    device: str
    part: str = ""
    copy: bool = False

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def state(self) -> tuple[int, int]:
        """As long as it is the same, so is the file."""
        stat = self.path.stat()
        return stat.st_size, stat.st_mtime_ns

    @property
    def grows(self) -> bool:
        """It is the one that its device writes."""
        return not self.part and not self.copy and self.path.suffix == ".jsonl"


def leaf_of(path: Path) -> Leaf | None:
    """None for what is none of ours."""
    plain, conflicts = _CONFLICT.subn("", path.name)
    found = _NAME.fullmatch(plain)
    return Leaf(path, found[1], found[2] or "", conflicts > 0) if found is not None else None


class Shelf(Struct, frozen=True):
    """`device`: the name of this one."""

    folder: Path
    device: str

    @property
    def seed(self) -> int:
        """What has the coach begin somewhere else at each device."""
        return zlib.crc32(self.device.encode())

    @property
    def own(self) -> Journal:
        return Journal(self.folder, self.device)

    def leaves(self) -> dict[str, list[Leaf]]:
        """By device, each from the oldest part to the conflict copies; none before the folder is
        made. Raises OSError."""
        found: dict[str, list[Leaf]] = {}
        for path in sorted(self.folder.iterdir()) if self.folder.exists() else ():
            leaf = leaf_of(path)
            if leaf is not None and path.is_file():
                found.setdefault(leaf.device, []).append(leaf)
        return {name: sorted(leaves, key=_in_order) for name, leaves in sorted(found.items())}

    def recent(self, since: datetime) -> tuple[list[AnyFact], Problems]:
        """As from this device's journal, with what only a conflict copy has. Raises OSError."""
        facts, problems = self.own.recent(since)
        for leaf in self.leaves().get(self.device, ()):
            if leaf.copy and not leaf.part:
                copy, _ = recent(leaf.path, since, launched=False)
                facts = united(facts, [fact for fact in copy if fact.at >= since])
        return facts, problems

    def read_all(self, problems: list[Problem]) -> dict[str, list[AnyFact]]:
        """The facts of every device that has a file. Raises OSError."""
        return {name: read(leaves, problems) for name, leaves in self.leaves().items()}


def of(paths: Paths, config: Config) -> Shelf:
    """Where the settings want it."""
    record = config.record
    folder = Path(record.folder) if record.folder else paths.journal
    return Shelf(folder, record.device or device.name(paths))


def there(paths: Paths, config: Config) -> Shelf:
    """The same, to be read: a folder of the settings that is lost is not one with nothing in it.
    Raises OSError."""
    shelf = of(paths, config)
    if config.record.folder:
        shelf.folder.stat()
    return shelf


def prepare(shelf: Shelf) -> None:
    """Make the folder, but not what it lies in: that may be a disk that is not there now. Raises
    PathError."""
    folder = shelf.folder
    if not folder.parent.is_dir():
        raise PathError(f"there is no folder {folder.parent}; mend [record] folder, or make it")
    make_folder(folder, parents=False)


def read(leaves: Iterable[Leaf], problems: list[Problem]) -> list[AnyFact]:
    """The files of one device as one record. Raises OSError."""
    record: list[AnyFact] = []
    latest: datetime | None = None  # of what was read
    for leaf in leaves:
        with suppress(FileNotFoundError):  # a synchroniser was faster
            facts = facts_of(content(leaf.path, problems), leaf.path, problems)
            record = _joined(record, latest, facts)
            moments = (fact.at for fact in facts)
            latest = max(moments if latest is None else (latest, *moments), default=None)
    return record


def content(path: Path, problems: list[Problem]) -> bytes:
    """Its lines, also where they are compressed. Raises OSError."""
    data = path.read_bytes()
    if path.suffix != ".gz":
        return data
    lines, whole = unpacked(data)
    if not whole:
        problems.append(Problem(path, lines.count(b"\n") + 1, "the file breaks off"))
    return lines


def packed(lines: bytes) -> bytes:
    """As gzip does it, without a name and a time: the same lines are the same file."""
    pack = zlib.compressobj(9, zlib.DEFLATED, wbits=_GZIP)
    return pack.compress(lines) + pack.flush()


def unpacked(data: bytes) -> tuple[bytes, bool]:
    """As far as it can be read, and whether that is all."""
    lines = b""
    while data:
        unpack = zlib.decompressobj(wbits=_GZIP)
        try:
            lines += unpack.decompress(data)
        except zlib.error:
            return lines, False
        if not unpack.eof:
            return lines, False
        data = unpack.unused_data
    return lines, True


def united(record: list[_T], copy: list[_T]) -> list[_T]:
    """What is in the one or the other, in order: what only the copy has stands behind what it
    follows there. Twice in one of them is twice."""
    places: defaultdict[_T, list[int]] = defaultdict(list)
    for place in reversed(range(len(record))):
        places[record[place]].append(place)
    behind: defaultdict[int, list[_T]] = defaultdict(list)
    last: int | None = None
    first: list[_T] = []
    for item in copy:
        if places.get(item):
            last = places[item].pop()
            if first:
                behind[last - 1], first = first, []
        elif last is None:
            first.append(item)
        else:
            behind[last].append(item)
    behind[len(record) - 1] += first
    return behind[-1] + [
        item for place, own in enumerate(record) for item in (own, *behind.get(place, ()))
    ]


def _joined(record: list[AnyFact], latest: datetime | None, facts: list[AnyFact]) -> list[AnyFact]:
    """What is earlier than all of *facts* has nothing in common with them; mostly all of it is."""
    first = min((fact.at for fact in facts), default=None)
    if first is None or latest is None or latest < first:
        record += facts
        return record
    common = next(n for n, fact in enumerate(record) if fact.at >= first)
    return record[:common] + united(record[common:], facts)


def _in_order(leaf: Leaf) -> tuple[bool, str, str]:
    part = "" if leaf.part == RETIRED else leaf.part or "~"
    return leaf.copy, part, leaf.path.name
