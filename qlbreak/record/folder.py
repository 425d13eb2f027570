"""The folder with the journals of all devices: whose each file is, and what we are called."""

import re
import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from qlbreak.core.model.facts import AnyFact
from qlbreak.language import _
from qlbreak.record.journal import Journal, Problem, Problems, facts_of, recent
from qlbreak.settings.config import Config
from qlbreak.system import files
from qlbreak.system.paths import PathError, Paths, device, machine, make_folder

_T = TypeVar("_T", bound=Hashable)

RETIRED = "retired"
_A_DEVICE = re.compile(r"[A-Za-z0-9-]{1,64}")
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


class JournalFile(Struct, frozen=True):
    """A file of the folder. `part`: the month, or that the device is retired; empty for the file
    that grows. `copy`: what it was before a synchroniser found a conflict."""

    path: Path
    device: str
    part: str = ""
    copy: bool = False

    @classmethod
    def of(cls, path: Path) -> "JournalFile | None":
        """None for what is none of ours."""
        plain, conflicts = _CONFLICT.subn("", path.name)
        found = _NAME.fullmatch(plain)
        return cls(path, found[1], found[2] or "", conflicts > 0) if found is not None else None

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


class JournalFolder(Struct, frozen=True):
    """`device`: the name of this one."""

    path: Path
    device: str

    @classmethod
    def of(cls, paths: Paths, config: Config) -> "JournalFolder":
        """Where the settings want it."""
        record = config.record
        path = Path(record.folder) if record.folder else paths.journal
        return cls(path, record.device or device_name(paths))

    @classmethod
    def there(cls, paths: Paths, config: Config) -> "JournalFolder":
        """The same, to be read: a folder of the settings that is lost is not one with nothing in
        it. Raises OSError."""
        found = cls.of(paths, config)
        if config.record.folder:
            found.path.stat()
        return found

    def prepare(self) -> None:
        """Make the folder, but not what it lies in: that may be a disk that is not there now.
        Raises PathError."""
        parent = self.path.parent
        if not parent.is_dir():
            raise PathError(
                _(
                    "there is no folder {parent}; correct [record] folder, or create it",
                    parent=parent,
                )
            )
        make_folder(self.path, parents=False)

    @property
    def seed(self) -> int:
        """What has the coach begin somewhere else at each device."""
        return zlib.crc32(self.device.encode())

    @property
    def own(self) -> Journal:
        return Journal(self.path, self.device)

    def files(self) -> dict[str, list[JournalFile]]:
        """By device, each from the oldest part to the conflict copies; none before the folder is
        made. Raises OSError."""
        found: dict[str, list[JournalFile]] = {}
        for path in sorted(self.path.iterdir()) if self.path.exists() else ():
            file = JournalFile.of(path)
            if file is not None and path.is_file():
                found.setdefault(file.device, []).append(file)
        return {device: sorted(parts, key=_in_order) for device, parts in sorted(found.items())}

    def recent(self, since: datetime) -> tuple[list[AnyFact], Problems]:
        """As from this device's journal, with what only a conflict copy has. Raises OSError."""
        facts, problems = self.own.recent(since)
        for file in self.files().get(self.device, ()):
            if file.copy and not file.part:
                copy, _ = recent(file.path, since, launched=False)
                facts = united(facts, [fact for fact in copy if fact.at >= since])
        return facts, problems

    def read_all(self, problems: list[Problem]) -> dict[str, list[AnyFact]]:
        """The facts of every device that has a file. Raises OSError."""
        return {device: read(parts, problems) for device, parts in self.files().items()}


def device_name(paths: Paths) -> str:
    """What this device is called: as it began, whatever the machine is called by now. Of another
    machine, which a copy of the folder has come to, it is not the name."""
    return _device_names(paths).get(machine()) or _begun(paths) or device()


def keep_device_name(paths: Paths) -> None:
    """From now on. Raises OSError."""
    names = _device_names(paths)
    if machine() not in names:
        text = msgspec.json.encode({**names, machine(): device_name(paths)})
        files.put(paths.device_name, [text])


def _device_names(paths: Paths) -> dict[str, str]:
    """By machine: several may share a home."""
    try:
        found = msgspec.json.decode(paths.device_name.read_bytes(), type=dict[str, str])
    except (OSError, ValueError, RecursionError):
        return {}
    return {key: kept for key, kept in found.items() if _A_DEVICE.fullmatch(kept)}


def _begun(paths: Paths) -> str:
    """Where it was not kept yet: the name under which this machine has last written here."""
    end = f"-{machine()[:4]}"
    try:
        found = [(path.stat().st_mtime, path.stem) for path in paths.journal.glob(f"*{end}.jsonl")]
    except OSError:
        return ""
    mine = [(at, known) for at, known in found if _A_DEVICE.fullmatch(known)]
    return "" if any(known == device() for _, known in mine) else max(mine, default=(0.0, ""))[1]


def read(parts: Iterable[JournalFile], problems: list[Problem]) -> list[AnyFact]:
    """The files of one device as one record. Raises OSError."""
    record: list[AnyFact] = []
    latest: datetime | None = None  # of what was read
    for file in parts:
        with suppress(FileNotFoundError):  # a synchroniser was faster
            facts = facts_of(content(file.path, problems), file.path, problems)
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
        problems.append(Problem(path, lines.count(b"\n") + 1, _("the file breaks off")))
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
    indices: defaultdict[_T, list[int]] = defaultdict(list)
    for index in reversed(range(len(record))):
        indices[record[index]].append(index)
    behind: defaultdict[int, list[_T]] = defaultdict(list)
    last: int | None = None
    first: list[_T] = []
    for item in copy:
        if indices.get(item):
            last = indices[item].pop()
            if first:
                behind[last - 1], first = first, []
        elif last is None:
            first.append(item)
        else:
            behind[last].append(item)
    behind[len(record) - 1] += first
    return behind[-1] + [
        item for index, own in enumerate(record) for item in (own, *behind.get(index, ()))
    ]


def _joined(record: list[AnyFact], latest: datetime | None, facts: list[AnyFact]) -> list[AnyFact]:
    """What is earlier than all of *facts* has nothing in common with them; mostly all of it is."""
    first = min((fact.at for fact in facts), default=None)
    if first is None or latest is None or latest < first:
        record += facts
        return record
    common = next(n for n, fact in enumerate(record) if fact.at >= first)
    return record[:common] + united(record[common:], facts)


def _in_order(file: JournalFile) -> tuple[bool, str, str]:
    part = "" if file.part == RETIRED else file.part or "~"
    return file.copy, part, file.path.name
