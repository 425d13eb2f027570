"""A new version beside a running old one: it is said once, and commands say what to do."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from qlbreak import __version__
from qlbreak.app.upgraded import OwnCode, Replacement
from qlbreak.notify import Note
from qlbreak.system.control import Reply, Request, Server, Take
from qlbreak.system.paths import find
from rig.program import ROOT, Program
from rig.room import Room
from rig.waiting import wait_for

OLD, HALF, NEW = ((1, 1), (5, 5)), (None, (5, 5)), ((2, 2), (5, 5))


@pytest.mark.parametrize(
    ("stamps", "times"),
    [
        ([OLD, OLD, OLD], 0),
        ([OLD, HALF, HALF, HALF], 0),  # removed, for good
        ([OLD, HALF, NEW], 0),  # perhaps still under way
        ([OLD, HALF, NEW, NEW, NEW, NEW], 1),
        ([OLD, NEW, NEW, NEW, OLD, OLD, OLD], 2),
    ],
)
def test_an_upgrade_is_said_once_when_its_files_lie_still(
    stamps: list[tuple[object, ...]], times: int
) -> None:
    said, waiting = list[Note](), iter(stamps)
    replacement = Replacement(said.append, lambda: next(waiting))
    for _ in stamps[1:]:
        replacement.look()
    assert [note.title for note in said] == ["qlbreak needs a restart"] * times


HEALTH = {
    "pid": 7, "version": "0.0.9", "tick_s": 5.0, "late_s": 60.0, "waiting": 0, "hangs": False,
    "idle": "X11", "trouble": "", "mistake": "",
}  # fmt: skip


def test_a_file_that_never_was_is_not_missed() -> None:
    """Of a program that is frozen there is none of the package."""
    said = list[Note]()
    stamps = iter([(None, (1, 1)), (None, (2, 2)), (None, (2, 2))])
    replacement = Replacement(said.append, lambda: next(stamps))
    replacement.look()
    replacement.look()
    assert len(said) == 1


def test_what_is_imported_late_is_of_the_same_version_or_not_at_all() -> None:
    stamps = [OLD]
    finder = OwnCode(lambda: stamps[-1])
    finder.find_spec("qlbreak.widgets.preferences")
    stamps.append(NEW)
    finder.find_spec("json")
    finder.find_spec("qlbreakfast.eggs")
    with pytest.raises(ImportError, match="replaced while it was running"):
        finder.find_spec("qlbreak.widgets.preferences")


COMMANDS = (
    "arrived 40 min", "another", "snooze", "undo", "start", "done", "undo", "skip no-room",
    "pause 10 min", "resume", "stand 30 min", "sit", "meeting 5 min", "meeting off", "stayed",
    "sore left", "sore none", "place home", "harder", "not-yet", "easier", "less-often",
    "as-before", "record", "settings", "safety", "check-in", "reload", "guide", "never", "show",
    "open", "watch", "status", "why", "health",
)  # fmt: skip


def test_no_word_ends_a_program_whose_files_are_anothers(room: Room) -> None:
    """Those that lie there now cannot even be read; nothing of them is taken, whatever is said."""
    copy = room.folder / "installed"
    for name in ("qlbreak", "icons"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    program = room.program().known()
    program.env |= {"PYTHONPATH": str(copy), "EDITOR": "true"}
    program.command.insert(1, "-P")
    program.start("run")
    wait_for(program.answers, 10, "it answers", lambda: program.log)
    for file in copy.rglob("*.py"):
        file.write_text("raise RuntimeError('of another version')\n")
    journal = program.data_dir / "journal" / "other-1234.jsonl"
    journal.write_text('{"v":1,"type":"danced","at":"2026-03-02T09:00:00Z"}\n')
    for words in COMMANDS:
        reply = program.ask(*words.split())
        assert reply.refused or reply.text or reply.data is not None, words
    file = program.data_dir / "qlbreak.log"
    fell = "crashed or found no way"  # a window, of what lies there now
    wait_for(lambda: fell in file.read_text("utf-8"), 10, fell, lambda: program.log)
    log = file.read_text("utf-8")
    assert "died" not in log
    assert "of another version" not in log
    assert [fact["type"] for fact in program.journal() if fact["type"] == "answered"]
    program.ask("quit")
    assert program.wait_exit() == 0


class OldProgram:
    """One that knows no word but how it is, and says as little of that as the first version did."""

    def answer(self, request: Request, take: Take) -> Reply:
        if request.words == ("why",):
            raise ValueError("an answer that breaks off")
        take()
        if request.words == ("health",):
            return Reply(data=HEALTH)
        return Reply(refused=f"there is no command {request.words[0]!r}")


@pytest.fixture
def beside(room: Room) -> Iterator[Program]:
    program = room.program()
    places = replace(
        find(program.data_dir), runtime=Path(program.env["XDG_RUNTIME_DIR"], "qlbreak")
    )
    places.own_socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    server = Server(places.own_socket, OldProgram().answer)
    server.start()
    yield program
    server.stop()


WHAT_TO_DO = (
    f"qlbreak 0.0.9 is running, and this is {__version__}; "
    "to use this one: qlbreak quit, then qlbreak"
)


def test_a_word_that_the_running_one_does_not_know(beside: Program) -> None:
    outcome = beside.run("another")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"qlbreak: there is no command 'another'. {WHAT_TO_DO}\n"


def test_an_answer_that_breaks_off(beside: Program) -> None:
    outcome = beside.run("why")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == f"qlbreak: the running program does not answer. {WHAT_TO_DO}\n"


def test_doctor_says_it_before_anything_fails(beside: Program) -> None:
    assert f"running        yes, but {WHAT_TO_DO}\n" in beside.run("doctor").out
