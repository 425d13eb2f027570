"""Care of the files: whenever it is broken off, the record reads the same; what goes is ours."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from needing import on_unix
from qlbreak.core.model.facts import AnyFact, Launched, Sat
from qlbreak.core.model.rules import REMEMBERED
from qlbreak.record import compress, delete
from qlbreak.record.folder import JournalFolder, packed
from qlbreak.record.journal import Problem, encode
from qlbreak.system.lock import AlreadyRunning, Lock
from qlbreak.system.paths import find, prepare
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
FACTS: list[AnyFact] = [
    fact
    for day in range(150, 0, -1)
    for fact in (Launched(NOW - timedelta(days=day), "1"), Sat(NOW - timedelta(days=day), 60.0))
]
RUBBISH = [b"\x80\xff rubbish\n", b'{"v":9,"type":"napped"}\n']


@pytest.fixture
def folder(tmp_path: Path) -> JournalFolder:
    lines = [encode(fact) for fact in FACTS]
    lines[100:100] = RUBBISH
    (tmp_path / "here.jsonl").write_bytes(b"".join(lines) + b'{"v":1,"type":"sat"')
    (tmp_path / "tower.jsonl").write_bytes(b"".join(lines))
    (tmp_path / "tower.2025-09.jsonl.gz").write_bytes(packed(encode(Sat(NOW, 1.0))))
    (tmp_path / "tower (1).jsonl").write_bytes(b"".join(lines[:9]))
    return JournalFolder(tmp_path, "here")


def read(folder: JournalFolder) -> dict[str, list[AnyFact]]:
    return folder.read_all([])


def names(folder: JournalFolder) -> list[str]:
    return sorted(path.name for path in folder.path.glob("*here*"))


def compressing(folder: JournalFolder) -> Iterator[Path]:
    return compress.compressed(folder, NOW)


def retiring(folder: JournalFolder) -> Iterator[Path]:
    return compress.retired(folder, folder.files()["tower"])


@on_unix("modes of files")
def test_old_months_are_compressed_and_the_record_reads_the_same(folder: JournalFolder) -> None:
    before, problems = read(folder), list[Problem]()
    list(compressing(folder))
    assert read(folder) == before
    months = ["2025-10", "2025-11", "2025-12", "2026-01"]
    assert names(folder) == [*(f"here.{month}.jsonl.gz" for month in months), "here.jsonl"]
    assert {path.stat().st_mode & 0o777 for path in folder.path.glob("here.*.gz")} == {0o600}
    data = (folder.path / "here.jsonl").read_bytes()
    assert data.startswith(b"".join(RUBBISH))
    assert data.endswith(b'{"v":1,"type":"sat"\n')
    recent, _ = folder.own.recent(NOW - REMEMBERED)
    assert min(fact.at for fact in recent) <= NOW - REMEMBERED
    assert list(compressing(folder)) == []
    folder.read_all(problems)
    assert len([problem for problem in problems if problem.path.name == "here.jsonl"]) == 3


@pytest.mark.parametrize("act", [compressing, retiring])
def test_broken_off_anywhere_nothing_is_lost(
    folder: JournalFolder, act: Callable[[JournalFolder], Iterator[Path]]
) -> None:
    before = read(folder)
    steps, broken_off = 0, []  # a kill closes nothing
    while True:
        broken_off.append(act(folder))
        done = len(list(islice(broken_off[-1], steps)))
        assert read(folder) == before
        if done < steps:
            break
        steps += 1
    assert steps > 3
    with suppress(KeyError):
        list(act(folder))
    assert read(folder) == before


def test_what_the_last_start_says_stays(tmp_path: Path) -> None:
    folder = JournalFolder(tmp_path, "here")
    old: list[AnyFact] = [
        Launched(NOW - timedelta(days=300), "1", prompt=7),
        Sat(NOW - timedelta(days=299), 1.0),
    ]
    folder.own.path.write_bytes(b"".join(map(encode, old)))
    assert list(compressing(folder)) == []


def test_lines_of_a_month_that_come_later_join_it(folder: JournalFolder) -> None:
    list(compressing(folder))
    lines = folder.own.path.read_bytes()
    late = Sat(datetime(2025, 10, 30, 12, tzinfo=UTC), 5.0)
    folder.own.path.write_bytes(encode(late) + lines)
    before = sorted(read(folder)["here"], key=lambda fact: fact.at)
    list(compressing(folder))
    assert folder.own.path.read_bytes() == lines
    assert sorted(read(folder)["here"], key=lambda fact: fact.at) == before


def test_a_month_that_breaks_off_is_not_written_over(folder: JournalFolder) -> None:
    (folder.path / "here.2025-10.jsonl.gz").write_bytes(packed(b"x" * 99)[:-4])
    before = (folder.path / "here.jsonl").read_bytes()
    with pytest.raises(compress.LeftAsItWas, match="is incomplete"):
        list(compressing(folder))
    assert (folder.path / "here.jsonl").read_bytes() == before


def test_a_retired_device_is_one_file_and_may_write_again(folder: JournalFolder) -> None:
    before = read(folder)
    list(retiring(folder))
    left = sorted(path.name for path in folder.path.glob("tower*"))
    assert left == ["tower (1).jsonl", "tower.retired.jsonl.gz"]
    assert read(folder) == before
    again = Sat(NOW + timedelta(days=1), 9.0)
    (folder.path / "tower.jsonl").write_bytes(encode(again))
    assert read(folder)["tower"] == [*before["tower"], again]
    list(retiring(folder))
    assert read(folder)["tower"] == [*before["tower"], again]


def test_what_grows_while_it_is_put_away_stays(folder: JournalFolder) -> None:
    steps = retiring(folder)
    next(steps)
    with (folder.path / "tower.jsonl").open("ab") as file:
        file.write(encode(Sat(NOW, 9.0)))
    list(steps)
    assert read(folder)["tower"][-1] == Sat(NOW, 9.0)
    assert (folder.path / "tower.jsonl").exists()


# The commands


def filled(room: Room) -> Program:
    program = room.device("here", room.home / "shared").known()
    (room.home / "shared").mkdir()
    for name in ("here", "tower"):
        lines = b"".join(map(encode, FACTS))
        (room.home / f"shared/{name}.jsonl").write_bytes(lines)
    for name in ("notes.txt", "qlbreak.log", "qlbreak.log.1", "today.txt", "checkpoint.json"):
        (program.data_dir / name).write_text("x")
    pictures = program.data_dir / "cache/figures-0.1.0-0000abcd"
    pictures.mkdir(parents=True)
    (pictures / "a-left.png").write_text("x")
    return program


def kept(room: Room) -> list[str]:
    files = [path for path in room.home.rglob("*") if path.is_file()]
    return sorted(path.relative_to(room.home).as_posix() for path in files)


def test_compress_says_what_it_saved(room: Room) -> None:
    program = filled(room)
    told = program.run("compress")
    assert told.code == 0
    assert told.out.startswith("Compressed ")
    assert "kB before" in told.out
    assert "Nothing to compress" in program.run("compress").out
    out = program.run("devices").out
    assert "this device" in out
    assert "tower" in out


def test_not_while_it_runs(room: Room) -> None:
    program = filled(room)
    with Lock(program.data_dir / "lock"):
        for words in (["compress"], ["delete-data", "--yes"]):
            outcome = program.run(*words)
            assert (outcome.code, outcome.err.count("\n")) == (4, 1)
            assert "end it first: qlbreak quit" in outcome.err
    assert "shared/here.jsonl" in kept(room)


def test_delete_data_removes_what_is_ours_and_says_what_is_left(room: Room) -> None:
    program = filled(room)
    before = kept(room)
    asked = program.run("delete-data")
    assert (asked.code, "add --yes" in asked.err) == (2, True)
    assert kept(room) == sorted([*before, "here/lock"])
    told = program.run("delete-data", "--yes")
    assert told.code == 0
    assert "Removed: 1 file (" in told.out
    assert kept(room) == ["here.toml", "here/notes.txt", "shared/tower.jsonl"]
    assert told.out.splitlines()[1:] == [
        "Kept: the record of tower; --all-devices removes that as well",
        f"Left: {room.home / 'here/notes.txt'}",
    ]
    assert program.run("delete-data", "--yes", "--all-devices").code == 0
    assert kept(room) == ["here.toml", "here/notes.txt"]
    (room.home / "here/notes.txt").unlink()
    assert "There is nothing to remove." in program.run("delete-data", "--yes").out
    assert not (room.home / "here").exists()


@on_unix("a terminal of its own")
def test_whoever_says_no_keeps_all_and_is_told_no_more(room: Room) -> None:
    program = filled(room)
    before = kept(room)
    command = f"{sys.executable} -m qlbreak --config {room.home}/here.toml"
    command += f" --data-dir {program.data_dir} delete-data"
    shown = room.run(["script", "-qec", command, "/dev/null"], stdin="n\n")
    assert shown.out.splitlines()[-1].endswith("Nothing was removed.")
    assert kept(room) == sorted([*before, "here/lock"])


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be removed")
def test_the_lock_goes_only_with_whoever_holds_it(tmp_path: Path) -> None:
    """Between letting it go and sweeping, another program may have started."""
    paths = find(tmp_path / "data")
    prepare(paths)
    with Lock(paths.lock):
        delete.sweep(paths)
        assert paths.lock.exists()
        with pytest.raises(AlreadyRunning):
            Lock(paths.lock).take()
        delete.unlock(paths)
    delete.sweep(paths)
    assert not paths.data.exists()


def test_what_was_kept_goes_as_well(tmp_path: Path) -> None:
    paths = find(tmp_path / "data")
    prepare(paths)
    for path in paths.kept:
        path.write_text("what the record did not take")
    delete.remove(delete.others(paths))
    assert not any(path.exists() for path in paths.kept)


def test_whatever_the_program_makes_goes_also_after_a_kill(room: Room) -> None:
    program = Program(room, room.home / "data")
    for end in (program.kill9, lambda: program.run("quit")):
        program.start("run")
        wait_for(program.answers, 10, "it answers", lambda: program.log)
        assert program.run("check-in", "--left", "3").code == 0
        assert program.run("report").code == 0
        end()
        program.wait_exit()
        assert kept(room)
    outcome = program.run("delete-data", "--yes")
    assert (outcome.code, outcome.out.count("\n")) == (0, 1), outcome.out
    assert kept(room) == []
    assert not (room.home / "data").exists()


@on_unix("the session has no folder there")
def test_no_empty_folder_of_the_session_is_left(room: Room) -> None:
    program = filled(room)
    assert program.run("check-in", "--left", "3").code == 0  # makes it
    assert (room.runtime / "qlbreak").is_dir()
    assert program.run("delete-data", "--yes").code == 0
    assert not (room.runtime / "qlbreak").exists()
