"""Plain output: in a terminal too nothing but lines, for screen readers and logs."""

import os
import re
import select
import sys

import pytest

from needing import on_unix
from qlbreak.core.model.facts import Sat
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from qlbreak.system.paths import device
from qlbreak.system.streams import plain
from qlbreak.texts import guidance
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for

pytestmark = on_unix("a terminal of its own")

# Escape sequences, a line drawn over, and signs that draw boxes and bars.
DRAWN = re.compile("\x1b|\r(?!\n)|[\u2500-\u259f]")
COLOUR = re.compile(r"\x1b\[[\d;]*3[0-7]")
COMMANDS = [
    "--help", "help environment", "help files", "doctor", "demo --fast", "movements",
    "movements str-hip-hike", "safety", "config show", "stats", "stats --days 7",
    "report -o page.html", "guide r30-rock --terminal",
]  # fmt: skip


@pytest.fixture
def program(room: Room) -> Program:
    """Somebody has sat for half an hour today."""
    program = room.program()
    journal = program.data_dir / "journal" / f"{device()}.jsonl"
    journal.parent.mkdir(parents=True, mode=0o700)
    journal.write_bytes(encode(Sat(Clock().now()[0], 1800.0, True)))
    return program


def on_a_terminal(room: Room, program: Program, *words: str, **env: str) -> str:
    """All that it writes there; what it asks at the end of a guide is answered."""
    ours, theirs = os.openpty()
    # A session of its own, whose terminal that is.
    shell = 'exec "$@" <"$TERMINAL" >"$TERMINAL" 2>&1'
    command = [sys.executable, "-m", "qlbreak", "--data-dir", str(program.data_dir), *words]
    process = room.spawn(
        "sh",
        ["sh", "-c", shell, "sh", *command],
        env={**program.env, "TERMINAL": os.ttyname(theirs), "TERM": "xterm-256color", **env},
    )
    seen = bytearray()

    def ended() -> bool:
        while select.select([ours], [], [], 0)[0]:
            seen.extend(os.read(ours, 65536))
        if guidance.QUESTION.encode() in seen:
            os.write(ours, b"1")
        return not process.alive

    wait_for(ended, 30, "it ends", seen.decode)
    ended()
    os.close(ours)
    os.close(theirs)
    return seen.decode()


@pytest.fixture
def folder(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(room.folder)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", COMMANDS)
def test_plain_is_plain(room: Room, program: Program, words: str) -> None:
    env = {"QLBREAK_PLAIN": "1", "QLBREAK_GUIDE_SPEED": "400"}
    told = on_a_terminal(room, program, *words.split(), **env)
    assert "Traceback" not in told
    assert told.strip()
    assert not DRAWN.search(told), repr(told)


def test_otherwise_it_is_drawn(room: Room, program: Program) -> None:
    assert DRAWN.search(on_a_terminal(room, program, "stats"))


def test_no_color_leaves_out_colours(room: Room, program: Program) -> None:
    env = {"NO_COLOR": "1", "QLBREAK_GUIDE_SPEED": "400"}
    told = on_a_terminal(room, program, "guide", "r30-rock", "--terminal", **env)
    assert "\x1b" in told
    assert not COLOUR.search(told)


@pytest.mark.parametrize(
    ("wish", "terminal", "found"),
    [("1", "xterm", True), ("yes", "xterm", True), ("", "xterm", False), ("0", "xterm", False),
     ("0", "dumb", True)],
)  # fmt: skip
def test_who_wants_it_plain(
    monkeypatch: pytest.MonkeyPatch, wish: str, terminal: str, found: bool
) -> None:
    monkeypatch.setenv("QLBREAK_PLAIN", wish)
    monkeypatch.setenv("TERM", terminal)
    assert plain() == found
