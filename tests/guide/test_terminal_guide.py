"""A guided routine in a terminal: with keys, as plain lines, without a terminal, in a small one."""

import codecs
import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
from collections.abc import Iterator
from typing import Any

import pytest

from rig.guideuser import SCRIPT
from rig.processes import Process
from rig.program import import_path
from rig.room import Room
from rig.waiting import wait_for

# A shell that leads its session gets the terminal it opens as its own: Ctrl+C and hang-up work.
ON_TERMINAL = 'exec "$@" <"$TERMINAL" >"$TERMINAL" 2>&1'
DECODER = codecs.getincrementaldecoder("utf-8")
CODE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[()].|[=>78])")
HOME = re.compile(r"\x1b\[(?:H|\?1049l)")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


class Reader:
    """Somebody at a terminal of so many columns and lines."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.told_in = room.folder / "told.jsonl"
        self._ours, self._theirs = pty.openpty()
        self.size(80, 24)
        self.before = termios.tcgetattr(self._theirs)
        self._seen = ""
        self._decoder = DECODER("replace")  # a sign may come in two reads

    def start(self, routine: str, *more: str, **env: str) -> Process:
        command = [sys.executable, str(SCRIPT), "terminal", str(self.told_in), routine, *more]
        settings = {"TERM": "xterm-256color", "QLBREAK_GUIDE_SPEED": "20", "COLUMNS": "", **env}
        settings |= {"TERMINAL": os.ttyname(self._theirs), **import_path()}
        self.process = self.room.spawn(
            "sh", ["sh", "-c", ON_TERMINAL, "sh", *command], env={**self.room.env, **settings}
        )
        return self.process

    def size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    @property
    def raw(self) -> str:
        while select.select([self._ours], [], [], 0)[0]:
            self._seen += self._decoder.decode(os.read(self._ours, 65536))
        return self._seen

    @property
    def lines(self) -> list[str]:
        return re.split(r"[\r\n]+", CODE.sub("", HOME.sub("\n", self.raw)))

    @property
    def screen(self) -> str:
        """What was drawn last."""
        return CODE.sub("", HOME.split(self.raw)[-1])

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def wait_text(self, text: str) -> None:
        wait_for(lambda: text in self.text, 15, f"{text!r} on the terminal", lambda: self.text)

    def told(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.told_in.read_text().splitlines()]

    def ended(self) -> list[dict[str, Any]]:
        """What was told, when it has ended and left the terminal as it was."""
        # Its end waits until all that it has said is read.
        wait_for(lambda: not (self.raw and self.process.alive), 10, "it ends", lambda: self.text)
        assert self.process.wait_exit(10) == 0, self.text
        assert termios.tcgetattr(self._theirs) == self.before
        assert "Traceback" not in self.text
        return self.told()

    def hang_up(self) -> None:
        os.close(self._theirs)
        os.close(self._ours)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Room() as room:
        yield Reader(room)


ALL = [
    {"worked": [["reset-rock", "both", 15.0]]},
    {"worked": [["len-seat-reach", "left", 17.0]]},
    {"worked": [["len-seat-reach", "right", 17.0]]},
]


def test_from_start_to_end(reader: Reader) -> None:
    reader.start("r60-desk")
    reader.wait_text("Get ready")
    reader.wait_text("Next: Seated side reach, left side")
    reader.wait_text("Stretches your left side")
    reader.wait_text("Right side")
    reader.wait_text("How does your lower back feel now?")
    reader.press("1")
    assert reader.ended() == [*ALL, {"felt": "easier"}, {"share": 1.0}]
    assert [line for line in reader.lines if len(line) > 80] == []
    assert "\x1b[?1049l" in reader.raw, "the screen is as it was before"
    assert COLOUR.search(reader.raw)


def test_enter_is_no_answer(reader: Reader) -> None:
    reader.start("r30-rock")
    reader.wait_text("How does your lower back feel now?")
    reader.press("\n")
    assert [list(told) for told in reader.ended()] == [["worked"], ["share"]]


def test_keys(reader: Reader) -> None:
    reader.start("r60-desk", QLBREAK_GUIDE_SPEED="3")
    reader.wait_text("Both sides")
    reader.press(" ")
    reader.wait_text("Paused, space to go on")
    reader.press("\x1b[C")
    reader.wait_text("get ready: left side")
    reader.press("n")
    reader.wait_text("change sides: right")
    reader.press("h")
    reader.wait_text("Any key: more. q: back.")
    reader.press("q")
    wait_for(lambda: "Paused" in reader.screen, 5, "back from the safety text")
    reader.press("f")
    reader.wait_text("How does your lower back feel now?")
    reader.press("3")
    *_, felt, share = reader.ended()
    assert felt == {"felt": "worse"}
    assert 0 < share["share"] < 1
    assert "During a movement" in reader.text


@pytest.mark.parametrize("key", ["q", "\x03"])
def test_closed_half_way_it_tells_the_part(reader: Reader, key: str) -> None:
    reader.start("r60-desk")
    reader.wait_text("Left side")
    reader.press(key)
    *_, last = told = reader.ended()
    assert 15 / 49 <= last["share"] < 1
    assert told[0] == ALL[0]
    assert "feel now" not in reader.text


def test_a_terminal_that_goes_away_closes_it(reader: Reader) -> None:
    reader.start("r60-desk")
    reader.wait_text("Left side")
    reader.hang_up()
    reader.process.wait_exit(5)
    assert reader.told()[0] == ALL[0]
    assert "share" in reader.told()[-1]


def test_without_colour(reader: Reader) -> None:
    reader.start("r30-rock", NO_COLOR="1")
    reader.wait_text("feel now")
    reader.press("\n")
    reader.ended()
    assert not COLOUR.search(reader.raw)


def test_a_small_terminal_and_one_that_changes(reader: Reader) -> None:
    reader.size(40, 12)
    reader.start("r60-desk", QLBREAK_GUIDE_SPEED="5")
    reader.wait_text("Both sides")
    reader.wait_text("Take care:")
    assert [line for line in reader.lines if len(line) > 40] == []
    reader.size(100, 30)
    reader.wait_text("██")
    reader.press("q")
    reader.ended()


def test_plain_lines_for_who_wants_them(reader: Reader) -> None:
    reader.start("r60-desk", QLBREAK_PLAIN="1")
    reader.wait_text("feel now")
    reader.press("2")
    assert reader.ended()[-2:] == [{"felt": "same"}, {"share": 1.0}]
    assert "\x1b" not in reader.raw
    lines = [line for line in reader.lines if line]
    assert lines[0].startswith("Rock and reach, 1 min. ")
    keys = "space pause, b back, n next, a once more, f finish, h safety, q close, s sound"
    assert lines[1] == f"Keys: {keys}."
    assert lines.count("Left side, 17 s.") == 1
    assert lines.count("Right side, 17 s.") == 1
    assert "1. Sit tall, hold the seat edge with one hand." in lines
    assert lines.count("1. Sit tall, hold the seat edge with one hand.") == 2
    assert lines.count("2 of 2.") == 1


def test_what_is_new_waits_for_a_key(reader: Reader) -> None:
    """At the pace of the room: who tries it out faster is not waited for."""
    reader.start("r30-rock", "left", "reset-rock", QLBREAK_GUIDE_SPEED="1", QLBREAK_PLAIN="1")
    reader.wait_text("Press Space when you are ready.")
    assert "4. Do this three times, then settle half-way between." in reader.text
    assert "Get ready" not in reader.text
    reader.press("\n")
    reader.wait_text("Get ready, 4 s.")
    reader.press("q")
    assert reader.ended() == [{"share": 0.0}]


def test_without_keys_nothing_waits(reader: Reader) -> None:
    env = {**reader.room.env, **import_path()}
    command = [sys.executable, str(SCRIPT), "terminal", str(reader.told_in), "r30-rock", "left"]
    process = reader.room.spawn("guide", [*command, "reset-rock"], env=env)
    wait_for(lambda: "Get ready, 4 s." in process.log.read_text(), 10, "it goes by time")


def test_once_more(reader: Reader) -> None:
    reader.start("r60-desk", QLBREAK_GUIDE_SPEED="3", QLBREAK_PLAIN="1")
    reader.wait_text("2. Reach the other arm up and over.")
    reader.press("a")
    wait_for(
        lambda: reader.text.count("2. Reach the other arm up and over.") == 2, 10, "it comes again"
    )
    reader.press("f")
    reader.wait_text("feel now")
    reader.press("\n")
    assert reader.ended()[0] == ALL[0]


def test_without_a_terminal_it_runs_through_by_time(reader: Reader) -> None:
    env = {**reader.room.env, **import_path(), "QLBREAK_GUIDE_SPEED": "40"}
    command = [sys.executable, str(SCRIPT), "terminal", str(reader.told_in), "r30-rock"]
    done = reader.room.run(command, env=env)
    assert (done.code, done.err) == (0, "")
    assert reader.told()[-1] == {"share": 1.0}
    assert "\x1b" not in done.out
    assert "Both sides, 23 s.\n" in done.out
    assert done.out.endswith("Well done.\n")


def test_signs_that_the_terminal_does_not_have(reader: Reader) -> None:
    reader.start("r30-rock", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    reader.wait_text("feel now")
    reader.press("\n")
    reader.ended()
    assert "####" in reader.text
