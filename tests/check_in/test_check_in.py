"""The check-in as a command: into the record with and without the running program; mistakes."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from needing import has_mode, on_unix
from qlbreak.core.model.facts import CheckedIn
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from qlbreak.texts import check_in
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for


def remembered(program: Program, levels: Sequence[int], device: str = "laptop") -> None:
    """One check-in a week, both sides alike, the last one a week ago."""
    folder = program.data_dir / "journal"
    folder.mkdir(parents=True, exist_ok=True)
    now, _ = Clock().now()
    weeks = range(len(levels), 0, -1)
    facts = [
        CheckedIn(now - timedelta(weeks=week), level, level)
        for week, level in zip(weeks, levels, strict=True)
    ]
    (folder / f"{device}.jsonl").write_bytes(b"".join(map(encode, facts)))


def told(program: Program) -> list[dict[str, object]]:
    return [
        {name: value for name, value in fact.items() if name not in ("v", "at", "type")}
        for fact in program.journal()
        if fact["type"] == "checkedin"
    ]


def running(room: Room) -> Program:
    program = room.program()
    process = program.start("run")
    wait_for(lambda: not process.alive or program.answers(), 10, "it answers")
    return program


def test_numbers_go_into_the_record_without_the_running_program(room: Room) -> None:
    program = room.program()
    outcome = program.run("check-in", "--left", "3", "--right", "5", "--work", "a-bit")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "There are not enough entries to compare yet: it takes four.\n"
    assert told(program) == [{"left": 3, "right": 5, "work": "a-bit"}]
    (file,) = (program.data_dir / "journal").iterdir()
    assert has_mode(file, 0o600)


def test_the_running_program_writes_them_itself(room: Room) -> None:
    program = running(room)
    assert program.run("check-in", "--middle", "4").code == 0
    assert program.run("check-in", "--skip").out == "Skipped.\n"
    assert told(program) == [{"middle": 4}, {}]
    assert program.run("quit").code == 0
    assert program.wait_exit() == 0


def test_it_goes_by_the_record_of_all_devices(room: Room) -> None:
    program = room.program()
    remembered(program, [3, 3, 3, 3, 3])
    assert program.run("check-in", "--left", "3", "--right", "4").out == (
        "About the same as in the weeks before.\n"
    )


def test_that_somebody_might_look_at_it_is_said_once(room: Room) -> None:
    program = room.program()
    remembered(program, [6, 6, 7])
    first = program.run("check-in", "--left", "7", "--right", "7").out
    assert first.endswith(f"{check_in.CARE} When to get help: qlbreak safety\n")
    with Room() as other:
        program = other.program()
        remembered(program, [6, 7, 7])
        assert check_in.CARE not in program.run("check-in", "--left", "7", "--right", "7").out


def test_a_pipe_is_asked_line_by_line(room: Room) -> None:
    program = room.program()
    outcome = program.run("check-in", "--terminal", stdin="2\n\n4\na bit\n")
    assert (outcome.code, outcome.err) == (0, "")
    assert str(Path("/data/journal")) in " ".join(outcome.out.split())
    assert told(program) == [{"left": 2, "middle": 4, "work": "a-bit"}]


@pytest.mark.parametrize("lines", ["", "3\n", "q\n"])
def test_whoever_ends_it_has_nothing_recorded(room: Room, lines: str) -> None:
    outcome = room.program().run("check-in", "--terminal", stdin=lines)
    assert outcome.code == 0
    assert outcome.out.endswith("Nothing was recorded.\n")
    assert not (room.home / "data").exists()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("--left 11", "11 is not in the range 0<=x<=10"),
        ("--right -1", "-1 is not in the range"),
        ("--middle x", "'x' is not a valid integer"),
        ("--left 3 --work much", "'much' is not one of"),
        ("--work a-bit", "give --left, --right or --middle a number from 0 to 10"),
        ("--left 3 --skip", "give the numbers, or --skip, or --terminal"),
        ("--skip --terminal", "give the numbers"),
        ("left", "unexpected extra argument"),
        pytest.param("", "qlbreak check-in --terminal", marks=on_unix("windows are always there")),
    ],
)
def test_a_mistake_is_one_line(room: Room, words: str, what: str) -> None:
    outcome = room.program().run("check-in", *words.split())
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
    assert what in outcome.err
    assert not (room.home / "data").exists()


def test_where_it_cannot_be_recorded_it_is_one_line(room: Room) -> None:
    (room.home / "data").write_text("a file")
    program = Program(room, room.home / "data/in")
    outcome = program.run("check-in", "--skip")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
