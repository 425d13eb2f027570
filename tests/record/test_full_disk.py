"""A disk that is full: nothing is lost, and what was refused is recorded when there is room."""

import errno
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import msgspec
import pytest

from core.coach.programmes import ask, programme
from desk import MORNING
from fakes import Office
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    CheckedIn,
    Launched,
    Paused,
    Quit,
    Sat,
    Shown,
    Sore,
    Started,
)
from qlbreak.core.model.inputs import Prescribe
from qlbreak.core.model.terms import Answer, Side
from qlbreak.core.reminder.status import Mode
from qlbreak.guide import coaching
from qlbreak.notify import notes
from qlbreak.record import compress
from qlbreak.record.deliver import write
from qlbreak.record.folder import JournalFolder
from qlbreak.record.journal import Journal, Problem, encode, read
from qlbreak.record.unwritten import Unwritten
from qlbreak.settings import config
from qlbreak.system.paths import Paths, find, prepare
from rig.room import Room
from rig.waiting import wait_for


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


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[TinyDisk]:
    try:
        disk = TinyDisk(tmp_path)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a disk")
    yield disk
    disk.close()


@pytest.fixture
def kept() -> Iterator[Path]:
    """A place that is not on that disk."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "kept"


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
    assert status["why"].startswith("The record cannot be written: the ")
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


def hours(path: Path) -> list[float]:
    """What the pauses on it are called by in these tests."""
    return [(fact.seconds or 0.0) / 3600 for fact in told(path)[0] if isinstance(fact, Paused)]


def crowded(tiny: TinyDisk, kept: Path) -> Office:
    """So full that not a line more goes onto it."""
    office = Office(tiny.folder, kept=kept).launch()
    tiny.fill()
    while not office.owner.trouble:
        office.tell("stand")
        office.tell("sit")
    return office


def test_an_answer_that_is_not_on_the_disk_is_told_as_such(tiny: TinyDisk, kept: Path) -> None:
    office = crowded(tiny, kept)
    reply = office.tell("pause 2 h")
    assert reply.text.startswith("Paused until ")
    assert reply.unsaved.startswith("not saved yet: the ")
    assert reply.unsaved.endswith(". It is kept, and recorded as soon as that works")
    assert not office.tell("why").unsaved, "nothing to record"
    notes_of_it = [note for note in office.wall.notes if note.slot == notes.RECORD]
    assert [note.title for note in notes_of_it] == ["The record cannot be written"]
    assert notes.RECORD in office.wall.up
    tiny.make_room()
    assert not office.tell("pause 3 h").unsaved
    assert hours(office.journal.path) == [2, 3]
    assert notes.RECORD not in office.wall.up
    assert not kept.exists()


def test_what_could_not_be_recorded_comes_with_the_next_start(tiny: TinyDisk, kept: Path) -> None:
    office = crowded(tiny, kept)
    for number in range(2, 6):
        office.tell(f"pause {number} h")
    assert kept.stat().st_mode & 0o777 == 0o600
    office.journal.close()  # a kill
    tiny.make_room()
    for _ in range(2):  # once, also where another kill follows
        office = Office(tiny.folder, kept=kept).launch()
        assert hours(office.journal.path) == [2, 3, 4, 5]
    assert office.owner.scene().status.mode is Mode.PAUSED
    assert not kept.exists()


@pytest.mark.parametrize("written", range(5))
def test_a_kill_in_the_midst_of_it_makes_nothing_double(
    tiny: TinyDisk, kept: Path, written: int
) -> None:
    """So many were recorded, and that was not noted yet; among them are two that are the same."""
    office = crowded(tiny, kept)
    facts: list[AnyFact] = [Paused(office.clock.at, n * 3600.0) for n in (2, 2, 3, 2)]
    Unwritten(kept, kept.with_name("beside")).keep(facts, office.journal)
    tiny.make_room()
    for fact in facts[:written]:
        office.journal.append(fact)
    office.journal.close()
    office = Office(tiny.folder, kept=kept).launch()
    assert hours(office.journal.path) == [2, 2, 3, 2]


def test_at_the_end_it_says_what_is_not_on_the_disk(tiny: TinyDisk, kept: Path) -> None:
    reply = crowded(tiny, kept).tell("quit")
    assert "not in the record yet" in reply.text
    assert reply.text.endswith("check the disk, then start qlbreak again")
    assert reply.unsaved


def test_where_it_cannot_be_kept_either_that_is_said(
    tiny: TinyDisk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    office = crowded(tiny, tmp_path_factory.mktemp("there") / "gone" / "kept")
    told = "It is in memory only, and recorded as soon as that works"
    assert office.tell("stand").unsaved.endswith(told)
    assert "could not be recorded; they are in the log" in office.tell("quit").text


@pytest.mark.parametrize("session_ends", [False, True])
def test_what_is_kept_outlives_the_session_where_another_disk_takes_it(
    tmp_path: Path, session_ends: bool
) -> None:
    session, disk = tmp_path / "session", tmp_path / "disk"
    kept, journal = Unwritten(session, disk), Journal(tmp_path, "device")
    journal.open()
    facts: list[AnyFact] = [Paused(MORNING, n * 3600.0) for n in (2, 3)]
    kept.keep(facts[:1], journal)
    kept.keep(facts, journal)
    assert kept.lasting
    if session_ends:
        session.unlink()
    assert kept.missing(journal) == facts
    journal.append(facts[0])
    assert kept.missing(journal) == facts[1:]
    kept.clear()
    assert kept.missing(journal) == []
    assert not session.exists()
    assert not disk.exists()


# The files beside it


def test_compressing_leaves_nothing_behind(tiny: TinyDisk) -> None:
    journal = Journal(tiny.folder, "device")
    old = MORNING - timedelta(days=100)
    facts: list[AnyFact] = [Sat(old + timedelta(minutes=n), 60.0) for n in range(200)]
    facts.append(Launched(MORNING, "1"))
    journal.path.write_bytes(b"".join(map(encode, facts)))
    before = journal.path.read_bytes()
    tiny.fill()
    with pytest.raises(OSError, match="No space left"):
        list(compress.compressed(JournalFolder(tiny.folder, "device"), MORNING))
    assert sorted(path.name for path in tiny.folder.iterdir()) == ["device.jsonl", "filler"]
    assert journal.path.read_bytes() == before
    tiny.make_room()
    assert list(compress.compressed(JournalFolder(tiny.folder, "device"), MORNING))


def test_what_is_tried_again_is_only_what_was_not_recorded(
    tiny: TinyDisk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Without the program, as the guide and the check-in do it: several times in a row."""
    paths = find(tmp_path_factory.mktemp("home"))
    prepare(paths)
    tiny.fill()
    (tiny.folder / "filler").write_bytes(b"")  # room for one
    with (tiny.folder / "filler").open("wb", buffering=0) as file, suppress(OSError):
        for _ in range(14):
            file.write(b"x" * 4096)
    large = Shown(MORNING, 1, "x" * 16_000, Side.BOTH, 0.0)
    left: list[AnyFact] = [Quit(MORNING), large]
    folder = JournalFolder(tiny.folder, "device")
    for _ in range(2):
        with pytest.raises(OSError, match="No space left"):
            write(paths, folder, left)
        assert left == [large]
    tiny.make_room()
    write(paths, folder, left)
    assert told(tiny.folder / "device.jsonl")[0] == [Quit(MORNING), large]


# From what somebody types to what is in the file


class Tower:
    """A program with its record on that disk, and everything else elsewhere."""

    def __init__(self, room: Room, disk: TinyDisk) -> None:
        self.disk, self.path = disk, disk.folder / "tower.jsonl"
        self.program = room.device("tower", disk.folder)

    def start(self) -> None:
        program = self.program
        program.start("run")
        wait_for(program.answers, 10, "it answers", lambda: program.log)

    def fill(self) -> None:
        """To the last byte: empty lines into what the journal has of its last block."""
        self.disk.fill()
        with self.path.open("ab") as file:
            file.write(b"\n" * (-self.path.stat().st_size % 4096))

    @property
    def sides(self) -> list[Side | None]:
        found, problems = told(self.path)
        assert problems == []
        return [fact.side for fact in found if isinstance(fact, Sore)]


@pytest.fixture
def tower(room: Room, tiny: TinyDisk) -> Tower:
    return Tower(room, tiny)


def test_a_command_ends_with_6_where_its_answer_is_not_on_the_disk(tower: Tower) -> None:
    tower.start()
    program = tower.program
    assert program.run("sore", "left").code == 0
    tower.fill()
    outcome = program.run("sore", "right")
    assert (outcome.code, outcome.out) == (6, "Sore on the right: only gentle movements today.\n")
    why = "the disk is full; free some space"
    kept = "It is kept, and recorded as soon as that works"
    assert outcome.err == f"qlbreak: not saved yet: {why}. {kept}\n"
    assert program.run("check-in", "--left", "3").code == 6
    status = program.run("status")
    assert (status.code, status.out) == (0, f"The record cannot be written: {why}\n")
    assert f"yes, but The record cannot be written: {why}; it keeps" in program.run("doctor").out
    quit_ = program.run("quit")
    assert (quit_.code, "entries not in the record yet" in quit_.out) == (6, True)


def test_the_answer_comes_with_the_next_start_and_once(tower: Tower) -> None:
    tower.start()
    program, disk = tower.program, tower.disk
    tower.fill()
    for words in (("sore", "left"), ("check-in", "--left", "3"), ("sore", "both")):
        assert program.run(*words).code == 6
    program.kill9()
    disk.make_room()
    assert tower.sides == []
    tower.start()
    assert tower.sides == [Side.LEFT, Side.BOTH]
    assert '"left":3' in program.run("export", "--of", "check-ins").out
    program.kill9()
    tower.start()
    assert program.run("sore", "none").code == 0
    assert tower.sides == [Side.LEFT, Side.BOTH, None]


def test_a_guide_without_the_program_has_a_number_of_its_own(tmp_path: Path) -> None:
    """Also beside prompts that are not in the record yet."""
    paths = Paths(
        tmp_path / "data", tmp_path / "config.toml", tmp_path / "log", tmp_path / "cache",
        tmp_path / "run", runtime_in_memory=False,
    )  # fmt: skip
    settings = config.load(paths.config)
    prepare(paths)
    folder = JournalFolder.of(paths, settings)
    folder.prepare()
    before = Shown(MORNING, 1, "r60-desk", Side.LEFT, 1800.0)
    Unwritten(*paths.kept).keep([before, Answered(MORNING, 1, Answer.SKIPPED, "tray")], folder.own)
    coaching.begin(paths, settings, "", str)
    found, problems = told(folder.own.path)
    assert problems == []
    assert [fact.prompt for fact in found if isinstance(fact, Shown)] == [1, 2]
    assert [type(fact) for fact in found] == [Shown, Answered, Shown, Started]


def test_what_is_kept_comes_before_what_is_said_without_the_program(tower: Tower) -> None:
    tower.start()
    program = tower.program
    tower.fill()
    assert program.run("check-in", "--left", "3").code == 6
    program.kill9()
    told_of = program.run("export", "--of", "check-ins")
    assert '"left":3' in told_of.out, "what is only kept is told as well"
    tower.disk.make_room()
    assert program.run("check-in", "--left", "5").code == 0
    found, _ = told(tower.path)
    assert [fact.left for fact in found if isinstance(fact, CheckedIn)] == [3, 5]


def test_a_plan_that_the_disk_does_not_take_holds_all_the_same(tiny: TinyDisk, kept: Path) -> None:
    """It is told as such, outlives a kill, and is recorded when there is room."""
    office = crowded(tiny, kept)
    told = programme(ask("str-brace"), start=office.clock.at.date())
    word = msgspec.json.encode(Prescribe(told)).decode()
    reply = office.tell(f"plan apply {word}", "command")
    assert reply.text == "This plan is yours now: Six weeks."
    assert reply.unsaved.startswith("not saved yet: the ")
    assert office.owner.scene().status.programme is not None
    office.journal.close()  # a kill
    tiny.make_room()
    office = Office(tiny.folder, kept=kept).launch()
    assert office.owner.scene().status.programme is not None
    assert office.lines.count("prescribed") == 1
