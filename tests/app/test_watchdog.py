"""What hangs or stops in the real owner and the real ticker is said, and mended or ended."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desk import CATALOGUE
from fakes import PORTS, NoWindow, Wall, announcer, looking
from qlbreak.app.health import Vitals, Watchdog, where
from qlbreak.app.inbox import Inbox, Ticked
from qlbreak.app.owner import Owner
from qlbreak.core.model.inputs import Tick
from qlbreak.core.model.profile import NOBODY
from qlbreak.core.model.rules import Rules
from qlbreak.core.reminder.status import Mode
from qlbreak.record.checkpoint import Checkpoints
from qlbreak.record.journal import Journal
from qlbreak.record.unwritten import Unwritten
from qlbreak.system import control, paths
from qlbreak.system.clock import Clock
from rig.program import import_path
from rig.room import Room
from rig.waiting import PATIENCE, wait_for

SPEED = 100.0  # a tick in 0.2 s


class Gate:
    """Whoever comes by waits while it is closed."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self.waiting = False
        self.open()

    def pass_by(self, *_: object) -> float:
        self.waiting = not self._open.is_set()
        self._open.wait()
        return 0.0

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()


class Works:
    """Owner, ticker and watchdog as in the program, each on its own thread."""

    def __init__(self, folder: Path, look: Callable[[], float | None]) -> None:
        clock = Clock(SPEED)
        self.wall, self.warned, self.ended = Wall(), threading.Event(), list[str]()
        journal = Journal(folder, "device")
        journal.open()
        rules = Rules(max_gap=clock.max_gap)
        checkpoints = Checkpoints(None, folder / "checkpoint.json")
        kept = Unwritten(folder / "kept", folder / "beside")
        self.inbox, self.vitals = Inbox(), Vitals()
        speaker = announcer(self.wall, rules, NoWindow())
        self.owner = Owner(
            self.inbox, clock, CATALOGUE, rules, NOBODY, 0, journal, kept, checkpoints, speaker,
            PORTS, self.vitals, "",
        )  # fmt: skip
        put, ticks = self.inbox.put, (self.vitals, clock.tick)
        self.watchdog = Watchdog(put, *ticks, self.warned.set, self.ended.append, bound=1.0)
        self.ticker = looking(clock, look, self.watchdog.put)
        self.owner.launch(Tick(0.0))
        self.thread = threading.Thread(
            target=self.owner.run, args=(self.ticker.rearm,), name="owner", daemon=True
        )

    def start(self) -> "Works":
        self.thread.start()
        self.ticker.start()
        self.more_ticks(2)
        return self

    def more_ticks(self, number: int) -> None:
        seen = {id(self.vitals.tick): self.vitals.tick}

        def more() -> bool:
            seen[id(self.vitals.tick)] = self.vitals.tick
            return len(seen) > number

        wait_for(more, 5, "ticks are taken")

    def stop(self) -> None:
        self.inbox.say("quit", "signal")
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()
        self.ticker.stop()


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open()


def test_a_timer_that_was_shut_down_comes_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    works = Works(tmp_path, lambda: 0.0).start()
    works.ticker.stop()
    wait_for(lambda: "no tick came in time; the timer is set anew" in caplog.text, 5, "it is said")
    works.more_ticks(3)
    assert caplog.text.count("set anew") == 1
    assert not works.ended
    works.stop()


def test_a_look_that_hangs_makes_idle_time_unknown_and_no_silence(
    tmp_path: Path, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    works = Works(tmp_path, gate.pass_by).start()
    gate.close()
    wait_for(lambda: works.ticker.hangs, 5, "it is noticed")
    works.more_ticks(3)
    assert works.owner.scene().status.mode is Mode.UNKNOWN
    assert caplog.text.count("looking for input hangs") == 1
    gate.open()
    wait_for(lambda: works.owner.scene().status.mode is Mode.SITTING, 5, "it looks again")
    assert not works.ended
    works.stop()


def test_an_owner_that_hangs_is_said_then_ended(
    tmp_path: Path, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    works = Works(tmp_path, lambda: 0.0)
    works.wall.pinned = gate.pass_by
    works.start()
    gate.close()
    works.inbox.say("show", "command")
    wait_for(lambda: gate.waiting, 5, "it hangs in a notification")
    wait_for(works.warned.is_set, 5, "it is said")
    assert works.ended == []
    assert "the owner has taken nothing for a minute, in" in caplog.text
    assert "in pass_by" in caplog.text
    wait_for(lambda: works.ended, 5, "it is ended")
    assert "the owner hangs" in works.ended[0]
    gate.open()
    works.stop()


def test_one_that_was_only_slow_is_let_go_on(tmp_path: Path, gate: Gate) -> None:
    works = Works(tmp_path, lambda: 0.0)
    works.wall.pinned = gate.pass_by
    works.start()
    gate.close()
    works.inbox.say("show", "command")
    wait_for(works.warned.is_set, 5, "it is said")
    gate.open()
    works.more_ticks(10)
    assert works.ended == []
    works.stop()


def test_what_counts_are_ticks_and_not_seconds() -> None:
    """While the machine sleeps there are none, however long that is."""
    put, vitals, ended, clock = list[Ticked](), Vitals(), list[str](), Clock()
    watchdog = Watchdog(put.append, vitals, 15.0, lambda: None, ended.append, bound=60.0)
    for number in range(1, 12):
        watchdog.put(Ticked(*clock.now(), Tick(0.0)))
        if number == 5:
            vitals.beat(put[-1].tick, away=600.0)
    assert ended == []
    for _ in range(3):
        watchdog.put(Ticked(*clock.now(), Tick(0.0)))
    assert len(ended) == 1


def test_ticks_that_never_come_back_end_the_program(tmp_path: Path) -> None:
    works = Works(tmp_path, lambda: 0.0)
    tried: list[int] = []
    with pytest.raises(RuntimeError, match="there are no ticks, whatever is done about it"):
        works.owner.run(lambda: tried.append(1))
    assert len(tried) == 4


def test_where_a_thread_is() -> None:
    assert where("no such thread") == "and is gone"


WITHOUT_THREADS = """
import logging, sys, threading
from qlbreak.app import health
logging.basicConfig()

def none(*_, **__):
    raise RuntimeError("can't start new thread")

if sys.platform == "win32":
    threading._start_new_thread = threading._start_joinable_thread = none
else:
    threading.stack_size(1 << 46)  # none of that size is to be had
health.end("the owner hangs", OSError("no more"))
"""


def test_the_last_resort_needs_no_thread() -> None:
    ending = subprocess.run(
        [sys.executable, "-c", WITHOUT_THREADS],
        env=import_path(), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ending.returncode == 70
    assert "the owner hangs; the program ends, the record is whole" in ending.stderr
    assert "can't start new thread" not in ending.stderr


# The program

HANGING = """
import sys, threading
from qlbreak.app import owner; from qlbreak.app import health
from qlbreak.__main__ import main

def hang(self):
    threading.Event().wait()

health.Watchdog.__init__.__defaults__ = (3.0,)
owner.Owner._show = hang
main()
"""

DYING = """
import qlbreak.app.front
from qlbreak.__main__ import main

class Front(qlbreak.app.front.Front):
    def run(self):
        raise RuntimeError("no more icons")

qlbreak.app.front.Front = Front
main()
"""


def test_a_program_that_hangs_says_so_and_ends_with_seventy() -> None:
    with Room() as room:
        program = room.program()
        words = [sys.executable, "-c", HANGING, "--data-dir", str(program.data_dir)]
        process = room.spawn("hanging", [*words, "run", "--speed", "60"], env=program.env)
        wait_for(program.answers, 10, "it answers")
        assert "yes. " in program.run("doctor").out
        socket = next(room.runtime.rglob("*.sock"), paths.find(program.data_dir).own_socket)
        threading.Thread(target=ask_in_vain, args=(socket,), daemon=True).start()

        log = program.data_dir / "qlbreak.log"
        wait_for(lambda: "has taken nothing" in log.read_text(), 10, "it is logged", log.read_text)
        told = process.log.read_text
        if sys.platform != "win32":  # where it is a balloon
            wait_for(
                lambda: "qlbreak is not responding" in told(),
                3,
                "it is shown, where notes go here",
                told,
            )
        assert process.wait_exit(10) == 70
        assert "the owner hangs, in" in log.read_text()
        assert "in hang" in log.read_text()
        lines = next((program.data_dir / "journal").iterdir()).read_text().splitlines()
        assert json.loads(lines[0])["type"] == "launched"
        program.start()
        wait_for(program.answers, 10, "another one can be started")
        assert program.run("quit").code == 0


def ask_in_vain(socket: Path) -> None:
    with suppress(OSError):
        control.ask(socket, ("show",))


def test_a_front_end_that_dies_ends_the_program() -> None:
    with Room() as room:
        program = room.program()
        words = [sys.executable, "-c", DYING, "--data-dir", str(program.data_dir), "run"]
        process = room.spawn("dying", words, env=program.env)
        assert process.wait_exit(10) == 70
        log = (program.data_dir / "qlbreak.log").read_text()
        assert "the front end died; the program ends, the record is whole" in log
        assert "no more icons" in log
