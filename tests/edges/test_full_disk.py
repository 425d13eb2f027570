"""A disk that is full: nothing is lost, and what was refused is recorded when there is room."""

import errno
import resource
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest

from desk import MORNING
from fakes import Office
from qlbreak.core.events import AnyFact, Quit
from qlbreak.journal import Journal, Problem, read


class Disk(Protocol):
    folder: Path

    def fill(self) -> None: ...

    def make_room(self) -> None: ...

    def close(self) -> None: ...


class TinyDisk:
    """A file system of 64 kB; OSError or CalledProcessError without the rights to mount one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"
        command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
        subprocess.run(command, check=True, capture_output=True)

    def fill(self) -> None:
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 512)

    def make_room(self) -> None:
        self._filler.unlink()

    def close(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)


class SmallFiles:
    """No file of this process may grow by more than half a line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        largest = max(path.stat().st_size for path in self.folder.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 20, self._before[1]))

    def make_room(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)

    close = make_room


@pytest.fixture(params=[TinyDisk, SmallFiles])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    disk: Disk
    try:
        disk = request.param(tmp_path)
    except (OSError, subprocess.CalledProcessError):
        disk = SmallFiles(tmp_path)
    yield disk
    disk.close()


def told(path: Path) -> tuple[list[AnyFact], list[Problem]]:
    problems: list[Problem] = []
    return list(read(path, problems)), problems


def test_a_fact_is_refused_whole(disk: Disk) -> None:
    journal = Journal(disk.folder, "device")
    journal.open()
    facts = [Quit(MORNING + timedelta(minutes=n)) for n in range(1000)]
    taken = 5
    for fact in facts[:taken]:
        journal.append(fact)
    disk.fill()
    with suppress(OSError):  # what is left of the last block takes some more
        for fact in facts[taken:]:
            journal.append(fact)
            taken += 1
    assert told(journal.path) == (facts[:taken], [])
    with pytest.raises(OSError) as error:  # noqa: PT011  by its number
        journal.append(facts[taken])
    assert error.value.errno in (errno.ENOSPC, errno.EFBIG)
    assert told(journal.path) == (facts[:taken], [])
    disk.make_room()
    journal.append(facts[taken])
    assert told(journal.path) == (facts[: taken + 1], [])


def test_what_was_refused_is_recorded_later_in_order(disk: Disk) -> None:
    office = Office(disk.folder).launch().work(30)
    disk.fill()
    assert office.tell("snooze").text.startswith("Snoozed until ")
    office.work(20)
    for _ in range(40):
        office.tell("stand")
        office.tell("sit")
    status = office.tell("status").data
    assert status is not None
    assert status["why"] == "The record cannot be written: see the log"
    on_disk = len(office.lines)
    disk.make_room()
    office.work(0.25)
    assert office.owner.scene().trouble == ""
    found, problems = told(office.journal.path)
    assert problems == []
    assert len(found) > on_disk
    assert [fact.at for fact in found] == sorted(fact.at for fact in found)
    kinds = [type(fact).__name__ for fact in found]
    assert kinds.count("Declared") == 80
    assert kinds[:6] == ["Launched", "Sat", "Sat", "Sat", "Shown", "Answered"]
