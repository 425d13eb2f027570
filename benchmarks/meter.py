"""What a running program costs, read from /proc: memory, CPU, wake-ups, disk writes. Linux only."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
_MAPPING = re.compile(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+ *(.*)")


class Thread(NamedTuple):
    cpu_ms: float  # the scheduler's own count, in nanoseconds
    switches: int  # voluntary ones: how often it slept, and so was woken


@dataclass(frozen=True, slots=True)
class Counters:
    """Running totals. `children_ms` is the CPU of ended children, in whole ticks of the clock."""

    threads: Mapping[tuple[int, int], Thread]
    children_ms: float
    written: int


class Spent(NamedTuple):
    """Between two counts."""

    cpu_ms: float
    children_ms: float
    switches: int
    written: int


def tree(root: int) -> list[int]:
    """The process and all its descendants."""
    below: dict[int, list[int]] = {}
    for pid in _pids():
        with suppress(OSError):
            below.setdefault(int(_stat(pid)[1]), []).append(pid)
    found = [root]
    for pid in found:
        found += below.get(pid, [])
    return found


def count(pids: Iterable[int]) -> Counters:
    """Of all of them together; who has just gone counts nothing."""
    threads: dict[tuple[int, int], Thread] = {}
    children, written = 0.0, 0
    for pid in pids:
        with suppress(OSError):
            for folder in (PROC / str(pid) / "task").iterdir():
                run = int((folder / "schedstat").read_text().split()[0]) / 1e6
                switches = _field(folder / "status", "voluntary_ctxt_switches")
                threads[pid, int(folder.name)] = Thread(run, switches)
            children += sum(map(int, _stat(pid)[13:15])) * TICK_MS
            written += _field(PROC / str(pid) / "io", "write_bytes")
    return Counters(threads, children, written)


def spent(before: Counters, after: Counters) -> Spent:
    """A thread that ended in between is left out."""
    none = Thread(0.0, 0)
    pairs = [(before.threads.get(key, none), now) for key, now in after.threads.items()]
    return Spent(
        sum(now.cpu_ms - then.cpu_ms for then, now in pairs),
        after.children_ms - before.children_ms,
        sum(now.switches - then.switches for then, now in pairs),
        after.written - before.written,
    )


def alone_mib(pids: list[int]) -> float:
    """The proportional share of memory (PSS) that the processes would have if no other Python ran.

    Pages of a file that only other Pythons map besides are counted in full: the measuring script
    is such a Python, and would make every Python program look lighter than it is.
    """
    pythons, others = _mapped_by_others(pids)
    kib = 0
    for pid in pids:
        for path, sizes in _mappings(pid):
            only_pythons = path in pythons and path not in others
            kib += sizes["Rss" if only_pythons else "Pss"]
    return kib / 1024


def _mapped_by_others(pids: list[int]) -> tuple[set[str], set[str]]:
    """The files that Pythons, and that all other programs map, leaving out *pids*."""
    pythons: set[str] = set()
    others: set[str] = set()
    for pid in set(_pids()) - set(pids):
        with suppress(OSError):
            python = (PROC / str(pid) / "exe").readlink().name.startswith("python")
            maps = (PROC / str(pid) / "maps").read_text().splitlines()
            (pythons if python else others).update(f"/{line.partition('/')[2]}" for line in maps)
    return pythons, others


def _mappings(pid: int) -> Iterator[tuple[str, dict[str, int]]]:
    """Path ("" for memory without a file) and sizes in KiB."""
    path, sizes = "", dict[str, int]()
    for line in (PROC / str(pid) / "smaps").read_text().splitlines():
        if head := _MAPPING.fullmatch(line):
            path, sizes = head[1], {}
        elif line.startswith(("Rss:", "Pss:")):
            name, value = line.split()[:2]
            sizes[name.removesuffix(":")] = int(value)
            if len(sizes) == 2:
                yield path, sizes


def _pids() -> list[int]:
    return [int(folder.name) for folder in PROC.iterdir() if folder.name.isdigit()]


def _stat(pid: int) -> list[str]:
    """From the state on, which follows the name; that may hold spaces."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _field(path: Path, name: str) -> int:
    match = re.search(rf"^{name}:\s+(\d+)", path.read_text(), re.MULTILINE)
    return int(match[1]) if match else 0
