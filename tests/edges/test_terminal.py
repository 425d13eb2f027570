"""The front end in a terminal: keys, a status line, and a terminal as it was when it ends."""

import os
import pty
import re
import select
import sys
import termios
from collections.abc import Iterator

import pytest

from edges.processes import Process
from edges.room import Room
from edges.waiting import wait_for

# A shell that leads its session gets the terminal it opens as its own: Ctrl+C and hang-up work.
ON_TERMINAL = 'exec "$@" <"$TERMINAL" >"$TERMINAL" 2>&1'


class Console:
    """A terminal with somebody before it."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.program = room.program()
        self._ours, self._theirs = pty.openpty()
        self.before = termios.tcgetattr(self._theirs)
        self._seen = ""
        self.process = self._spawn("run")

    def _spawn(self, *words: str) -> Process:
        env = {**self.room.env, "TERMINAL": os.ttyname(self._theirs), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "qlbreak", "--data-dir", str(self.program.data_dir)]
        return self.room.spawn("sh", ["sh", "-c", ON_TERMINAL, "sh", *command, *words], env=env)

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    @property
    def text(self) -> str:
        while select.select([self._ours], [], [], 0)[0]:
            self._seen += os.read(self._ours, 4096).decode(errors="replace")
        return self._seen

    @property
    def last_line(self) -> str:
        return self.text.split("\n")[-1].split("\x1b[K")[-1]

    @property
    def settings(self) -> list[object]:
        return termios.tcgetattr(self._theirs)

    def wait_text(self, text: str) -> None:
        wait_for(lambda: text in self.text, 10, f"{text!r} on the terminal", lambda: self.text)

    def wait_fact(self, kind: str, **fields: object) -> None:
        self.program.wait_fact(lambda fact: fact["type"] == kind and fields.items() <= fact.items())

    def hang_up(self) -> None:
        os.close(self._theirs)
        os.close(self._ours)


@pytest.fixture
def console() -> Iterator[Console]:
    with Room() as room:
        console = Console(room)
        console.wait_text("any other key shows this.")
        console.wait_text("Next reminder in ")
        yield console


def ended_cleanly(console: Console) -> bool:
    assert console.process.wait_exit(5) == 0
    assert [fact["type"] for fact in console.program.journal()][-1] == "quit"
    return console.settings == console.before


def test_help_and_status_are_on_the_screen(console: Console) -> None:
    assert "qlbreak runs in this terminal. Keys: s start, d done" in console.text
    assert re.fullmatch(r"Sitting .+\. Next reminder in \d\d min\. ", console.last_line)
    assert console.settings != console.before


def test_keys_answer(console: Console) -> None:
    console.press("s")
    console.wait_fact("started", via="terminal")
    console.wait_text("[d done, k skip]")
    console.press("d")
    console.wait_fact("answered", answer="done")
    console.press("sk")
    console.wait_fact("answered", answer="skipped", via="terminal")
    console.press("p")
    console.wait_text("Paused until ")
    console.press("r")
    console.wait_fact("resumed")
    console.press("q")
    assert ended_cleanly(console)
    assert "Traceback" not in console.text


def test_a_key_that_toggles_does_what_is_possible_now(console: Console) -> None:
    console.press("t")
    console.wait_text("Standing")
    console.press("t")
    console.wait_fact("declared", posture="sitting")
    console.press("m")
    console.wait_text("In a meeting until")
    console.press("m")
    console.wait_fact("meeting", seconds=0)


def test_any_other_key_shows_the_help(console: Console) -> None:
    console.press("é")
    wait_for(lambda: console.text.count("Keys: ") >= 2, 5, "the help again", lambda: console.text)


def test_ctrl_c_is_a_quit(console: Console) -> None:
    console.press("\x03")
    assert ended_cleanly(console)
    assert "Traceback" not in console.text
    assert console.room.processes() == {}


def test_the_status_stays_the_last_line(console: Console) -> None:
    console.press("s")
    console.wait_text("[d done, k skip]\r\n")
    wait_for(lambda: "Under way" in console.last_line, 5, "the status", lambda: console.text)
    console.press("d")
    wait_for(lambda: "Next reminder" in console.last_line, 5, "the status", lambda: console.text)


def test_a_terminal_that_is_closed_is_a_quit(console: Console) -> None:
    console.hang_up()
    assert console.process.wait_exit(5) == 0
    assert [fact["type"] for fact in console.program.journal()][-1] == "quit"
    assert not list(console.room.folder.rglob("*.sock"))
    assert "Traceback" not in (console.program.data_dir / "qlbreak.log").read_text()


def test_a_second_one_in_the_same_terminal_is_told(console: Console) -> None:
    second = console._spawn("run")
    assert second.wait_exit(10) == 4
    console.wait_text("it is running already, and has shown itself\r\n")
    console.wait_text("qlbreak: sitting")
