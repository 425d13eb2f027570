"""The running program without a desktop: commands, a second start, every way to end it."""

import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from needing import has_mode, on_unix
from qlbreak.system import paths
from qlbreak.system.paths import device
from rig import hands
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for


@pytest.fixture
def program(room: Room) -> Program:
    return started(room.program())


@pytest.fixture
def somebody() -> Iterator[None]:
    with hands.busy():
        yield


def started(program: Program, *words: str) -> Program:
    """Runs, and answers commands."""
    process = program.start(*words)
    if sys.platform != "win32":  # which has a tray: it says nothing there
        wait_for(lambda: not process.alive or "launched" in program.log, 10, "it starts")
    wait_for(lambda: not process.alive or program.answers(), 10, "it answers")
    assert process.alive, program.log
    return program


def kinds(program: Program) -> list[str]:
    """What is recorded, apart from the seconds that were sat."""
    return [fact["type"] for fact in program.journal() if fact["type"] != "sat"]


def left_over(room: Room) -> list[str]:
    """Sockets and processes."""
    sockets = [str(path) for path in room.folder.rglob("*") if path.is_socket()]
    return sockets + list(room.processes().values())


# Commands


@on_unix("Windows has a tray and idle time everywhere")
def test_it_answers_and_says_a_line_an_event(program: Program) -> None:
    assert program.run("why").out.startswith("qlbreak cannot see keyboard or mouse use here (")
    assert program.status()["state"] == "unknown"
    assert program.run("status").out.count("\n") == 2
    steps = program.run("start").out.splitlines()
    assert steps[0] == "Started. When you have finished: qlbreak done"
    assert steps[1].startswith("1. ")
    assert steps[-1].startswith("Take care: ")
    assert program.run("done").out == "Done. The clock restarts.\n"
    refused = program.run("done")
    assert (refused.code, refused.err) == (2, "qlbreak: no reminder is open\n")
    assert kinds(program)[:4] == ["launched", "shown", "started", "answered"]
    for word in ("launched", "shown: prompt 1", "started: prompt 1", "answered: prompt 1"):
        assert word in program.log
    assert json.loads(program.run("stats", "--json").out)["done"] == 1
    assert "yes. qlbreak cannot see keyboard or mouse use here" in program.run("doctor").out


@pytest.mark.usefixtures("somebody")
def test_a_prompt_comes_by_itself(room: Room) -> None:
    settings = room.folder / "settings.toml"
    settings.write_text('[prompt]\nsitting = "15 min"\nearly = false\n')
    program = started(room.program("--config", str(settings)), "run", "--speed", "900")
    assert program.wait_fact(lambda fact: fact["type"] == "shown")["sitting"] >= 900
    assert program.ask("snooze", "5", "min").text.startswith("Snoozed until ")
    program.wait_fact(lambda fact: fact.get("snoozes") == 1)


@pytest.mark.usefixtures("somebody")
def test_a_trial_leaves_time_for_what_it_asks_for(room: Room) -> None:
    """A prompt lived ten seconds, its guide takes a minute: done to the end, it was ignored."""
    settings = room.folder / "settings.toml"
    settings.write_text('[prompt]\nsitting = "15 min"\n')
    program = started(room.program("--config", str(settings)), "run", "--speed", "900")
    program.wait_fact(lambda fact: fact["type"] == "shown")
    program.env |= {"QLBREAK_GUIDE_SPEED": "20"}
    guided = program.run("guide", "--terminal")  # three seconds; a second counted as 15 minutes
    assert guided.code == 0, guided
    done = program.wait_fact(lambda fact: fact["type"] == "answered")
    assert (done["prompt"], done["answer"], done["evidence"]) == (1, "done", "guided")
    assert not [fact for fact in program.journal() if fact["type"] in ("expired", "break")]
    program.wait_fact(lambda fact: fact["type"] == "shown" and fact["prompt"] == 2)


def test_at_another_speed_the_record_is_elsewhere(room: Room) -> None:
    process = room.spawn("qlbreak", [sys.executable, "-m", "qlbreak", "run", "--speed", "60"])
    wait_for(lambda: "--data-dir " in process.log.read_text(), 10, "it tells the place")
    told = "Trial run at 60x. While a reminder is open, time goes as usual. Control it with:"
    assert process.log.read_text().startswith(f"{told}\n  qlbreak")
    scratch = Path(process.log.read_text().split("--data-dir ")[1].split(" status")[0])
    journal = scratch / f"journal/{device()}.jsonl"
    wait_for(lambda: journal.exists() and "launched" in journal.read_text(), 10, "a journal")
    assert scratch.is_relative_to(room.folder / "tmp")
    assert list(room.home.iterdir()) == []
    trial = Program(room, scratch)
    assert trial.run("quit").code == 0
    assert process.wait_exit(5) == 0


# One at a time


def test_the_second_one_ends_with_four_and_the_first_shows_itself(program: Program) -> None:
    second = program.run("run")
    assert (second.code, second.out) == (4, "")
    seen = "its window opens" if sys.platform == "win32" else "it has shown itself"
    assert second.err == f"qlbreak: already running; {seen}\n"
    if sys.platform != "win32":
        wait_for(lambda: "qlbreak: sitting" in program.log, 5, "it shows itself")
    assert kinds(program) == ["launched"]


@on_unix("a path longer than Windows has them")
def test_one_in_another_folder_is_another_one(room: Room, program: Program) -> None:
    folder = room.home / ("long" * 50) / ("folder" * 30)
    other = Program(room, folder)
    assert other.run("why").code == 3
    started(other)
    assert other.run("quit").code == 0
    assert other.wait_exit() == 0
    assert program.run("why").code == 0


@on_unix("a signal stops it for a while")
def test_one_that_hangs_is_told_from_one_that_does_not_run(program: Program) -> None:
    assert program.process is not None
    program.process.signal(signal.SIGSTOP)
    socket = next(Path(program.process.log.parent).rglob("*.sock"))
    socket.unlink()
    second = program.run("run")
    program.process.signal(signal.SIGCONT)
    assert second.code == 4
    assert "not answering; see: qlbreak doctor" in second.err


# The end


def test_quit_leaves_nothing_behind(room: Room, program: Program) -> None:
    assert program.run("quit").out == "qlbreak ends\n"
    assert program.wait_exit() == 0
    assert kinds(program)[-1] == "quit"
    assert left_over(room) == []
    assert program.run("quit").code == 3


@on_unix("signals; see test_endings for Windows")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_is_a_quit(room: Room, program: Program, name: str) -> None:
    assert program.process is not None
    os.kill(program.process.pid, signal.Signals[name])
    assert program.wait_exit() == 0
    assert kinds(program)[-1] == "quit"
    assert left_over(room) == []
    assert "Traceback" not in program.log


@on_unix("on Windows a guide opens, ends with the program and takes the reminder with it")
def test_after_a_kill_it_goes_on(room: Room, program: Program) -> None:
    program.run("start")
    program.kill9()
    assert len(left_over(room)) == 1
    assert program.run("why").code == 3
    started(program)
    assert kinds(program).count("launched") == 2
    assert program.run("done").out == "Done. The clock restarts.\n"


# What it finds


def test_a_broken_journal_is_gone_on_with(room: Room) -> None:
    journal = room.home / f"data/journal/{device()}.jsonl"
    journal.parent.mkdir(parents=True)
    broken = b'\x80\xff\x00\n{"v":2,"type":"napped"}\n{"v":1,"type":"sat","at":"2026-03-02T09:00'
    journal.write_bytes(broken)
    program = started(room.program())
    assert program.run("start").code == 0
    assert journal.read_bytes().startswith(broken + b'\n{"v":1,"type":"launched"')
    log = (program.data_dir / "qlbreak.log").read_text()
    for line in ("line 1: not readable", "line 2: written by a newer", "line 3: the last line"):
        assert line in log
    program.run("quit")
    # A guide that opened may have told what was done of it, and is stopped by the quit.
    new = [json.loads(line)["type"] for line in journal.read_bytes().splitlines()[3:]]
    told = [kind for kind in new if kind not in ("sat", "worked", "stopped")]
    assert told == ["launched", "shown", "started", "quit"]


def test_all_that_is_kept_is_for_the_users_eyes(room: Room) -> None:
    before = os.umask(0)
    try:
        program = started(room.program())
    finally:
        os.umask(before)
    program.run("quit")
    for path in [program.data_dir, *program.data_dir.rglob("*"), *room.runtime.rglob("*")]:
        assert has_mode(path, 0o700 if path.is_dir() else 0o600), path


@on_unix("the places go by the environment")
@pytest.mark.parametrize("unset", [False, True])
def test_where_its_files_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, unset: bool) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    if unset:
        monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    else:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    found = paths.find()
    assert found.data == tmp_path / ".local/share/qlbreak"
    assert found.config == tmp_path / ".config/qlbreak/config.toml"
    assert found.log == tmp_path / ".local/state/qlbreak/log/qlbreak.log"
    assert (found.heartbeat is None) is unset
    run = tmp_path / ".cache/qlbreak/run" if unset else tmp_path / "qlbreak"
    assert found.socket.parent == run


@pytest.mark.parametrize("host", ["ada", "Ada's MacBook.local", "…", "x" * 200])
def test_a_device_has_a_name_for_files(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    call: Callable[[], str] = lambda: host  # noqa: E731
    monkeypatch.setattr("platform.node", call)
    assert re.fullmatch(r"[a-z0-9-]{1,40}-[0-9a-f]{4}", device())
