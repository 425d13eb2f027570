"""The front end in a terminal: keys, a status line, and a terminal as it was when it ends."""

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
from collections.abc import Iterator

import pytest

from rig.processes import Process
from rig.room import Room
from rig.waiting import wait_for

# A shell that leads its session gets the terminal it opens as its own: Ctrl+C and hang-up work.
ON_TERMINAL = 'exec "$@" <"$TERMINAL" >"$TERMINAL" 2>&1'
DECODER = codecs.getincrementaldecoder("utf-8")


class Console:
    """A terminal with somebody before it."""

    def __init__(self, room: Room, **env: str) -> None:
        self.room, self._env = room, env
        self.program = room.program()
        self._ours, self._theirs = pty.openpty()
        self.before = termios.tcgetattr(self._theirs)
        self._seen = ""
        self._decoder = DECODER("replace")  # a sign may come in two reads
        self.process = self._spawn("run")

    def _spawn(self, *words: str) -> Process:
        env = {
            **self.room.env,
            "TERMINAL": os.ttyname(self._theirs),
            "PYTHONUNBUFFERED": "1",
            "TERM": "xterm",
        }
        env |= self._env
        command = [sys.executable, "-m", "qlbreak", "--data-dir", str(self.program.data_dir)]
        return self.room.spawn("sh", ["sh", "-c", ON_TERMINAL, "sh", *command, *words], env=env)

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def size(self, columns: int) -> None:
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def asked(self) -> None:
        """A prompt is open."""
        assert self.program.run("arrived", "40 min").code == 0
        self.wait_fact("shown")
        self.wait_text("[s start, d done, z snooze, k skip]")

    @property
    def text(self) -> str:
        while select.select([self._ours], [], [], 0)[0]:
            self._seen += self._decoder.decode(os.read(self._ours, 4096))
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
        console.wait_text("Any other key shows this.")
        console.wait_text("Next reminder in ")
        yield console


def ended_cleanly(console: Console) -> bool:
    # Its end waits until all that it has said is read.
    wait_for(lambda: not (console.text and console.process.alive), 5, "it ends")
    assert console.process.wait_exit(5) == 0
    assert [fact["type"] for fact in console.program.journal()][-1] == "quit"
    return console.settings == console.before


def test_help_and_status_are_on_the_screen(console: Console) -> None:
    assert "qlbreak runs in this terminal. Keys: s start, d done" in console.text
    assert re.fullmatch(r"Sitting .+\. Next reminder in \d\d min\. ", console.last_line)
    assert console.settings != console.before


def test_in_a_plain_terminal_nothing_is_drawn_over_and_a_key_tells_the_status() -> None:
    with Room() as room:
        console = Console(room, QLBREAK_PLAIN="1")
        console.wait_text("Any other key shows this.")
        console.asked()
        console.press("?")
        console.wait_text("A reminder is open")
        console.press("d")
        console.wait_fact("answered", answer="done", via="terminal")
        console.press("q")
        assert ended_cleanly(console)
        assert "\x1b" not in console.text
        assert "\r" not in console.text.replace("\r\n", "")


def test_keys_answer(console: Console) -> None:
    console.asked()
    console.press("d")
    console.wait_fact("answered", answer="done", via="terminal")
    console.press("p")
    console.wait_text("Paused until ")
    console.press("r")
    console.wait_fact("resumed")
    console.press("q")
    assert ended_cleanly(console)
    assert "Traceback" not in console.text


def test_s_guides_in_the_terminal_step_by_step_in_time(console: Console) -> None:
    console.asked()
    console.press("s")
    console.wait_fact("started", via="guide")
    console.wait_text("Take care: ")
    console.wait_text("Press Space when you are ready.")
    console.press(" ")
    console.wait_text("Get ready")
    console.press(" ")
    console.wait_text("Paused")
    console.press("\x03")  # closes the guide, and not the program
    console.wait_fact("stopped")
    seen = len(console.text)
    console.press("k")
    console.wait_fact("answered", answer="skipped", via="terminal")
    wait_for(lambda: "Next reminder" in console.last_line, 5, "the status", lambda: console.text)
    assert "Traceback" not in console.text[seen:]
    console.press("q")
    assert ended_cleanly(console)


def test_done_in_the_guide_it_is_known(room: Room) -> None:
    console = Console(room, QLBREAK_GUIDE_SPEED="20")
    console.wait_text("Any other key shows this.")
    console.press("s")
    console.wait_text("space pause")
    console.wait_text("How does your lower back feel now?")
    console.press("2")
    console.wait_fact("felt", feeling="same")
    console.wait_fact("answered", answer="done", evidence="guided")
    wait_for(lambda: "Next reminder" in console.last_line, 5, "the status", lambda: console.text)
    console.press("q")
    assert ended_cleanly(console)


def test_quit_from_elsewhere_ends_the_guide_in_it(console: Console) -> None:
    console.press("s")
    console.wait_text("space pause")
    assert console.program.run("quit").code == 0
    assert ended_cleanly(console)


@pytest.mark.parametrize(
    "typed",
    [
        "\x1bd",  # Alt+D
        "\x1b[200~diskzq\r\x1b[201~",  # a paste, as most terminals mark it
        "a long paste, quite unmarked, with a q",
        "\x1b[200~" + "dk" * 3000 + "\x1b[201~",
        "\x1b[A\x1b[1;5D\x1bOP",
    ],
)
def test_only_keys_count(console: Console, typed: str) -> None:
    console.asked()
    console.press(typed)

    def helped() -> bool:
        console.press("é")
        return console.text.count("Keys: ") >= 5

    wait_for(helped, 5, "the help, again and again", lambda: console.text)
    kinds = {fact["type"] for fact in console.program.journal()}
    assert "answered" not in kinds
    assert console.process.alive


def test_lines_end_between_words(console: Console) -> None:
    console.size(46)
    console.asked()
    console.press("é")
    wait_for(lambda: console.text.count("Keys: ") >= 2, 5, "the help", lambda: console.text)
    lines = [
        re.sub(r"\x1b\[[?\d]*[A-Za-z]", "", line) for line in re.split("[\r\n]+", console.text)
    ]
    later = lines[next(n for n, line in enumerate(lines) if "Sitting 40 min" in line) :]
    assert max(map(len, later)) < 46
    words = " ".join(" ".join(line.strip() for line in later).split())
    assert "qlbreak runs in this terminal. Keys: s start, d done, z snooze" in words
    assert not any(line.endswith((" s", " d", " z")) for line in later)


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
    console.asked()
    wait_for(
        lambda: "A reminder is open" in console.last_line, 5, "the status", lambda: console.text
    )
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
    console.wait_text("already running; it has shown itself\r\n")
    console.wait_text("qlbreak: sitting")
