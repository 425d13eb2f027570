"""One person, one program: found from wherever it is asked, ended with its session."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from needing import has_mode, on_unix
from qlbreak.app import session
from qlbreak.app.claim import Claim, Reach
from qlbreak.app.session import GraphicalSession
from qlbreak.senses.x11_wire import PATIENCE_S
from qlbreak.system import paths
from qlbreak.system.clock import steady
from qlbreak.system.control import Reply, Request, Server, Take, ask
from qlbreak.system.lock import AlreadyRunning, Holder, Lock, holder
from rig.compositors import Sway
from rig.privatebus import PrivateBus
from rig.processes import Outcome, Process
from rig.program import Program
from rig.room import Room
from rig.screen import Screen
from rig.waiting import PATIENCE, now, wait_for

# Wherever it is asked from


def asked(room: Room, *words: str, **settings: str) -> Outcome:
    """A command with the usual places, in an environment that differs so."""
    env = {name: value for name, value in (room.env | settings).items() if value}
    return room.run([sys.executable, "-m", "qlbreak", *words], env=env, seconds=30)


def running(room: Room, **settings: str) -> Process:
    env = {name: value for name, value in (room.env | settings).items() if value}
    process = room.spawn("qlbreak", [sys.executable, "-m", "qlbreak", "run"], env=env)
    wait_for(
        lambda: asked(room, "why", **settings).code == 0, 15, "it answers", process.log.read_text
    )
    return process


@pytest.mark.parametrize("folder", ["another", "", "run", "/none/there", "x" * 100])
@on_unix("the folder of a session")
def test_another_runtime_folder_reaches_the_same_program(room: Room, folder: str) -> None:
    running(room)
    if folder and not folder.startswith("/") and folder != "run":
        (room.folder / folder).mkdir(mode=0o700)
        folder = str(room.folder / folder)
    assert "sitting" in asked(room, "status", XDG_RUNTIME_DIR=folder).out
    second = asked(room, "run", XDG_RUNTIME_DIR=folder)
    assert (second.code, second.err) == (
        4, "qlbreak: already running; it has shown itself\n"
    )  # fmt: skip
    assert asked(room, "quit", XDG_RUNTIME_DIR=folder).code == 0


@pytest.mark.parametrize("folder", ["run", "/none/there", "x" * 100])
@on_unix("the folder of a session")
def test_one_that_was_started_with_an_odd_runtime_folder_answers(room: Room, folder: str) -> None:
    if folder.startswith("x"):
        folder = str(room.folder / folder)
        Path(folder).mkdir(mode=0o700)
    process = running(room, XDG_RUNTIME_DIR=folder)
    assert "sitting" in asked(room, "status").out
    assert asked(room, "quit").code == 0
    assert process.wait_exit(5) == 0
    assert "Traceback" not in process.log.read_text()


@on_unix("a snap")
def test_the_terminal_of_a_snap_has_the_same_program_and_the_same_record(room: Room) -> None:
    snap = {
        f"XDG_{kind}_HOME": str(room.home / f"snap/code/224/.{kind.lower()}")
        for kind in ("DATA", "CONFIG", "STATE", "CACHE")
    }
    process = running(room, **snap)
    assert "sitting" in asked(room, "status").out
    assert asked(room, "run", **snap).code == 4
    assert asked(room, "check-in", "--left", "3", **snap).code == 0
    assert asked(room, "quit").code == 0
    assert process.wait_exit(5) == 0
    assert not (room.home / "snap").exists()
    (journal,) = room.home.rglob("*.jsonl")
    assert journal.is_relative_to(room.home / ".local/share/qlbreak")
    assert "checked" in journal.read_text()


@on_unix("the places go by the environment")
def test_another_folder_of_data_is_said_with_both_folders(room: Room) -> None:
    """As in a terminal that does not know the variables of the session."""
    own = str(room.home / "data")
    running(room, XDG_DATA_HOME=own)
    assert "sitting" in asked(room, "status").out
    second = asked(room, "run")
    usual = room.home / ".local/share/qlbreak"
    assert second.code == 4
    assert f"with its record in {own}/qlbreak (here it would be {usual})" in second.err
    assert f"Its record is in {own}/qlbreak; from here it" in asked(room, "doctor").out
    assert not list(usual.rglob("*.jsonl"))
    assert asked(room, "quit").code == 0


@on_unix("names that are no text")
def test_a_home_that_is_not_utf_8_works(room: Room) -> None:
    home = room.folder / os.fsdecode(b"Andr\xe9")
    home.mkdir()
    strict = {"HOME": str(home), "PYTHONIOENCODING": "utf-8:strict"}
    running(room, **strict)
    for words in ("status", "stats", "config path", "doctor", "autostart status", "why"):
        outcome = asked(room, *words.split(), **strict)
        assert (outcome.code, outcome.err) == (0, ""), (words, outcome)
    assert asked(room, "quit", **strict).code == 0
    outcome = asked(room, "--data-dir", str(home / "d"), "status")
    assert (outcome.code, outcome.err) == (
        3,
        "qlbreak: not running; start it with: qlbreak\n",
    )


@on_unix("a terminal of its own")
def test_a_terminal_that_is_not_its_own_is_none(room: Room) -> None:
    """As after `su -c` or `docker exec`: one may write to it, and is not asked by it."""
    main, other = os.openpty()
    command = [sys.executable, "-m", "qlbreak", "run"]
    with subprocess.Popen(
        command, env=room.env, cwd=room.folder, stdin=other, stdout=other, stderr=other,
        start_new_session=True,
    ) as process:  # fmt: skip
        os.close(other)
        wait_for(lambda: asked(room, "why").code == 0, 15, "it answers")
        assert asked(room, "quit").code == 0
        assert process.wait(PATIENCE) == 0
    assert b"Inappropriate" not in os.read(main, 4096)
    os.close(main)


# One a person, also in the same moment


@on_unix("the folder of a session")
def test_a_start_waits_for_a_command_that_has_the_record(room: Room) -> None:
    lock = Lock(room.home / ".local/share/qlbreak/lock")
    paths.private(lock.path.parent)
    lock.take()
    process = room.spawn("qlbreak", [sys.executable, "-m", "qlbreak", "run"])
    wait_for((room.runtime / "qlbreak").exists, 10, "it is about to take the lock")
    lock.release()
    wait_for(lambda: asked(room, "why").code == 0, 15, "it runs", process.log.read_text)
    assert process.alive


def test_of_two_starts_in_the_same_moment_one_runs_and_one_says_so(room: Room) -> None:
    command = [sys.executable, "-m", "qlbreak", "run"]
    both = [room.spawn(f"start-{number}", command) for number in range(2)]
    wait_for(lambda: not all(process.alive for process in both), 20, "one gives way")
    (second,) = [process for process in both if not process.alive]
    assert second.wait_exit(1) == 4
    seen = "its window opens" if sys.platform == "win32" else "it has shown itself"
    assert second.log.read_text() == f"qlbreak: already running; {seen}\n"
    assert asked(room, "why").code == 0


def test_one_that_is_starting_is_told_from_one_that_is_not_there(room: Room) -> None:
    usual = "local/qlbreak" if sys.platform == "win32" else ".local/share/qlbreak"
    lock = Lock(room.home / usual / "lock")
    paths.private(lock.path.parent)
    with lock:
        assert asked(room, "status").err == "qlbreak: not running; start it with: qlbreak\n"
        lock.say(Holder(os.getpid(), None, lock.path.parent))
        told = asked(room, "status")
        assert (told.code, "just starting" in told.err) == (3, True)
        second = asked(room, "run")
        assert (second.code, second.err) == (4, "qlbreak: already starting\n")
    assert holder(lock.path) is None


# Its session


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as screen:
        screen.runtime.mkdir(mode=0o700)
        yield screen


@pytest.fixture
def another() -> Iterator[Screen]:
    with Screen() as screen:
        yield screen


def start(program: Program, *words: str, **settings: str) -> Process:
    process = program.known().start(*words, **settings)
    wait_for(program.answers, 15, "it answers", lambda: program.log)
    return process


@on_unix("an X server")
def test_it_ends_with_its_x_server_and_the_next_session_starts_it(screen: Screen) -> None:
    program = Program(screen, screen.home / "data")
    process = start(program)
    log = program.data_dir / "qlbreak.log"
    screen.kill()
    assert process.wait_exit(8) == 0
    assert program.journal()[-1]["type"] == "quit"
    assert "the session is over: X11 " in log.read_text()
    assert "CRITICAL" not in log.read_text()
    assert not list(screen.runtime.rglob("*.sock"))
    screen.restart()
    start(program)
    assert "X11" in program.run("doctor").out
    assert program.run("quit").code == 0


@on_unix("an X server")
def test_an_x_server_that_hangs_is_no_end(screen: Screen) -> None:
    program = Program(screen, screen.home / "data")
    process = start(program)
    screen.freeze(True)
    assert program.run("sore", "left").code == 0
    screen.freeze(False)
    assert process.alive
    assert program.run("quit").code == 0


@on_unix("an X server")
def test_an_x_server_that_is_busy_at_the_start_is_waited_for(screen: Screen) -> None:
    """As at a log-in; else the program would outlive its session."""
    ends = list[str]()
    bond = GraphicalSession(lambda: ends.append("over"), None, {"DISPLAY": screen.display})
    screen.freeze(True)
    bond.start()
    began = now()
    wait_for(lambda: not bond.alive or now() - began > 2 * PATIENCE_S, 5, "it has given no answer")
    screen.freeze(False)
    wait_for(lambda: bond.held, 10, "it is reached")
    assert not ends
    screen.kill()
    wait_for(lambda: ends, 10, "the session is over")


class Compositor:
    """As much of one as a program sees that only waits for its end."""

    def __init__(self, at: Path) -> None:
        self.at = at
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(at))
        self._listener.listen()
        self._listener.settimeout(10)

    def client(self) -> socket.socket:
        return self._listener.accept()[0]

    def end(self) -> None:
        self._listener.close()
        self.at.unlink()


def bound(compositor: Compositor, ends: list[str]) -> GraphicalSession:
    bond = GraphicalSession(
        lambda: ends.append("over"), None, {"WAYLAND_DISPLAY": str(compositor.at)}
    )
    bond.start()
    return bond


@on_unix("sockets of the file system")
def test_it_ends_with_its_compositor_and_not_with_a_crash_of_it(room: Room) -> None:
    compositor, ends = Compositor(room.runtime / "wayland-7"), list[str]()
    bond = bound(compositor, ends)
    compositor.client().close()
    with closing(compositor.client()):  # the compositor is there again: it was a crash
        assert not bond.broken
        compositor.end()
    wait_for(lambda: ends, 10, "the session is over")
    assert bond.broken
    assert bond.name == f"Wayland {room.runtime}/wayland-7"


@on_unix("Windows ends it with its session")
@pytest.mark.parametrize(
    ("here", "there", "other"),
    [
        ({"DISPLAY": ":0"}, "X11 :0", False),
        ({"DISPLAY": "unix:0.1"}, "X11 :0", False),
        ({"DISPLAY": ":10"}, "X11 :0", True),
        ({"DISPLAY": ":10"}, "Wayland /run/user/7/wayland-0 with :0", True),
        ({"DISPLAY": ":0"}, "Wayland /run/user/7/wayland-0 with :0", False),
        ({"WAYLAND_DISPLAY": "/run/user/7/wayland-1"}, "Wayland /run/user/7/wayland-0", True),
        ({"DISPLAY": "localhost:10.0"}, "X11 :0", False),
        ({}, "X11 :0", False),
        ({"DISPLAY": ":0"}, "", False),
    ],
)
def test_which_session_is_another_one(
    monkeypatch: pytest.MonkeyPatch, here: dict[str, str], there: str, other: bool
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in here.items():
        monkeypatch.setenv(variable, value)
    assert session.other(there) is other


@on_unix("sockets of the file system")
def test_one_that_ends_anyway_hears_nothing_more(room: Room) -> None:
    compositor, ends = Compositor(room.runtime / "wayland-7"), list[str]()
    bond = bound(compositor, ends)
    client = compositor.client()
    bond.stop()
    compositor.end()
    client.close()
    wait_for(lambda: not bond.alive, 10, "its thread ends")
    assert ends == []


@pytest.mark.parametrize("private", [True, False])
@on_unix("D-Bus")
def test_a_bus_that_the_session_has_started_ends_with_it(private: bool) -> None:
    with PrivateBus() as session:
        ends = list[str]()
        environment = {"DBUS_SESSION_BUS_ADDRESS": session.session_address}
        environment |= {} if private else {"XDG_RUNTIME_DIR": str(session.runtime)}
        bus = session.connect()
        bond = GraphicalSession(lambda: ends.append("over"), bus, environment, patience=0.05)
        bond.look()
        session.kill_daemon()
        wait_for(lambda: bond.lost is private, 5, "it is noticed")
        session.start_daemon()
        wait_for(lambda: not bond.lost, 5, "it is back, as after a crash")
        session.kill_daemon()
        wait_for(lambda: bond.lost is private, 5, "it is gone for good")
        since = steady()
        if private:
            wait_for(lambda: steady() > since + 0.1, 5, "for longer than a crash lasts")
        bond.look()
        assert ends == ["over"] * private


# Two sessions of one person


@on_unix("an X server")
def test_of_two_sessions_the_one_with_input_has_the_program(
    screen: Screen, another: Screen
) -> None:
    program, there = (Program(screen, screen.home / "data") for _ in range(2))
    there.env["DISPLAY"] = another.display
    first = start(program, "run", "--speed", "30")

    screen.use("mousemove_relative", "--", "1", "1")
    told = there.run("run", "--speed", "30")
    assert told.code == 4
    name = f"your other session (X11 {screen.display})"
    assert told.err.splitlines()[-1] == (
        f"qlbreak: already running in {name}; to use it here: qlbreak quit, then qlbreak"
    )
    assert f"yes, but in {name}, where its reminders appear" in there.run("doctor").out
    assert "your other session" not in program.run("doctor").out

    wait_for(lambda: program.status()["state"] == "away", 20, "nobody is there any more")
    second = there.start("run", "--speed", "30")
    assert first.wait_exit(10) == 0
    wait_for(there.answers, 15, "it runs in the other session")
    assert "your other session" not in there.run("doctor").out
    assert second.alive
    assert program.run("quit").code == 0
    kinds = [fact["type"] for fact in program.journal()]
    assert kinds.count("launched") == kinds.count("quit") == 2


# What holds it together


def echo(request: Request, _: Take) -> Reply:
    return Reply(text=" ".join(request.words))


@on_unix("a folder that is in use can be moved")
def test_a_folder_that_is_another_programs_by_now_ends_the_first(room: Room) -> None:
    found = paths.find(room.home / "data", room.home / "none.toml")
    paths.prepare(found)
    lost = list[str]()
    first = Claim(found)
    first.take()
    reach = Reach(first, Server(found.own_socket, echo), lambda: lost.append("lost"))
    reach.look()
    found.data.rename(room.home / "aside")
    paths.prepare(found)
    with Claim(found) as second:
        second.take()
        server = Server(found.own_socket, echo)
        server.start()
        reach.look()
        assert lost == ["lost"]
        reach.stop()
        first.release()
        assert ask(found.own_socket, ("why",)).text == "why", "what was not its own is left"
        with pytest.raises(AlreadyRunning):
            Claim(found).take()
        server.stop()


@on_unix("sockets of the file system")
def test_a_socket_that_was_removed_comes_back(room: Room) -> None:
    program = room.program()
    start(program, "run", "--speed", "60")
    next(room.runtime.rglob("*.sock")).unlink()
    wait_for(program.answers, 10, "it is there again")
    assert program.run("quit").code == 0


@on_unix("a folder that is in use can be moved")
def test_a_folder_that_was_removed_is_claimed_anew(room: Room) -> None:
    program = room.program()
    start(program, "run", "--speed", "60")
    program.data_dir.rename(room.home / "aside")
    wait_for((program.data_dir / "lock").exists, 10, "the lock is there again")
    wait_for(program.answers, 10, "it answers")
    assert program.run("run").code == 4
    wait_for(lambda: not program.ask("sore", "left").unsaved, 40, "its record is made anew")
    assert program.run("quit").code == 0


# Either carried out, or not


@on_unix("a signal stops it for a while")
def test_a_command_that_was_given_up_is_never_carried_out(room: Room) -> None:
    program = room.program()
    process = start(program)
    process.signal(signal.SIGSTOP)
    given_up = program.run("sore", "left")
    assert (given_up.code, "does not answer" in given_up.err) == (3, True)
    process.signal(signal.SIGCONT)
    assert program.run("sore", "right").code == 0
    assert program.run("quit").code == 0
    assert process.wait_exit(5) == 0
    assert [fact["side"] for fact in program.journal() if fact["type"] == "sore"] == ["right"]


@on_unix("an X server")
def test_quit_waits_for_windows_that_hang(screen: Screen) -> None:
    program = Program(screen, screen.home / "data")
    process = start(program)
    found = paths.find(program.data_dir).data / "lock"
    for window in ("safety", "check-in"):
        there = holder(found)
        assert there is not None
        assert there.socket is not None
        assert ask(there.socket, (window,)).refused == ""

    def windows() -> list[int]:
        lines = screen.processes().items()
        return [pid for pid, line in lines if line.endswith(("check-in", "safety --window"))]

    wait_for(lambda: len(windows()) == 2, 10, "two windows")
    for pid in windows():
        os.kill(pid, signal.SIGSTOP)
    assert program.run("quit").out == "qlbreak ends\n"
    assert process.wait_exit(5) == 0
    wait_for(lambda: not windows(), 5, "they are ended")


# The log, and for whose eyes it all is


def test_a_log_that_cannot_be_opened_stops_nothing(room: Room) -> None:
    (room.home / "data/qlbreak.log").mkdir(parents=True)
    program = room.program()
    start(program)
    assert program.log.count("qlbreak: it runs without a log: ") == 1
    assert "Traceback" not in program.log
    doctor = program.run("doctor")
    assert (doctor.code, "qlbreak.log cannot be written; check" in doctor.out) == (5, True)
    assert program.run("quit").code == 0


@on_unix("a device that is a file")
def test_a_log_that_cannot_be_written_is_said_once(room: Room) -> None:
    (room.home / "data").mkdir(mode=0o700)
    (room.home / "data/qlbreak.log").symlink_to("/dev/full")
    program = room.program()
    start(program)
    for _ in range(3):
        assert program.run("sore", "left").code == 0
    assert program.run("quit").code == 0
    assert program.process is not None
    assert program.process.wait_exit(5) == 0
    assert program.log.count("cannot be written: ") == 1
    assert "Traceback" not in program.log


@on_unix("modes of files")
def test_what_it_makes_is_for_the_persons_eyes_with_all_that_it_lies_in(room: Room) -> None:
    before = os.umask(0)
    try:
        running(room, XDG_RUNTIME_DIR="")
        assert asked(room, "check-in", "--left", "3").code == 0
        assert asked(room, "autostart", "on").code == 0
        pictures = room.home / ".cache/qlbreak/figures-x"
        room.run([sys.executable, "-m", "qlbreak.figures.picture_files", str(pictures)], seconds=60)
    finally:
        os.umask(before)
    assert asked(room, "quit").code == 0
    assert list(pictures.glob("*.png"))
    for path in room.home.rglob("*"):
        assert has_mode(path, 0o700 if path.is_dir() else 0o600), path


def test_it_ends_with_its_wayland_session(sway: Sway) -> None:
    program = Program(sway, sway.home / "data")
    process = start(program)
    sway.kill_compositor()
    assert process.wait_exit(12) == 0
    assert program.journal()[-1]["type"] == "quit"
    assert "the session is over: Wayland " in (program.data_dir / "qlbreak.log").read_text()
