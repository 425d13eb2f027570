"""A new version beside a running old one: it is said once, and commands say what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from qlbreak import __version__
from qlbreak.app.health import Replacement
from qlbreak.notify import Note
from qlbreak.system.control import Reply, Request, Server, Take
from qlbreak.system.paths import find
from rig.program import Program
from rig.room import Room

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
