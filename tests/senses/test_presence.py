"""The program itself in a session: where it has idle time and locks from, and that it uses them."""

import queue
import re
from collections.abc import Iterator
from itertools import takewhile

import pytest

from qlbreak.app.inbox import Ticked
from qlbreak.app.ticker import Ticker
from qlbreak.dbus import Bus
from qlbreak.senses import counters
from qlbreak.senses.choice import sources
from qlbreak.senses.locked import Locked
from qlbreak.system.clock import Clock
from rig.compositors import Sway
from rig.desktop import Desktop
from rig.logindpeer import LogindPeer
from rig.program import Program
from rig.waiting import wait_for

SPEED = 60.0  # five seconds without input are five minutes
SOON_S = 3.0  # a tick comes every 15


def state(program: Program) -> str:
    found: str = program.status()["state"]
    return found


def started(program: Program, *words: str) -> Program:
    program.known().start("run", *words)
    wait_for(program.answers, 10, "it answers", lambda: program.log)
    return program


def doctor(program: Program, row: str) -> str:
    """The lines of a row."""
    lines = program.run("doctor").out.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith(row))
    more = takewhile(lambda line: line.startswith(" " * 15), lines[first + 1 :])
    return "\n".join(line[15:] for line in [lines[first], *more])


# On sway


def test_on_sway_away_and_back_are_seen(sway: Sway) -> None:
    program = started(Program(sway, sway.home / "data"), "--speed", str(SPEED))
    assert state(program) == "sitting"
    wait_for(lambda: state(program) == "away", 15, "away", lambda: program.log)
    sway.type_key()
    wait_for(lambda: state(program) == "sitting", 5, "back", lambda: program.log)


def test_unknown_is_said_once_ever_and_shown_with_its_reason(sway: Sway) -> None:
    program = started(Program(sway, sway.home / "data"), "--speed", str(SPEED))
    said = program.data_dir / "said-no-idle"
    assert not said.exists()
    sway.freeze_compositor()
    wait_for(lambda: state(program) == "unknown", 15, "unknown", lambda: program.log)
    why = re.compile(
        r"qlbreak cannot see keyboard or mouse use here \(Wayland: .+\), so it assumes"
    )
    assert why.match(program.run("why").out)
    assert why.match(program.status()["why"])
    wait_for(said.exists, 10, "it is said")
    assert program.run("quit").code == 0
    assert program.wait_exit() == 0
    log = program.data_dir / "qlbreak.log"
    assert log.read_text().count("idle time cannot be read") == 1
    started(program, "--speed", str(SPEED))
    assert state(program) == "unknown"
    wait_for(lambda: program.status()["sitting_s"] > 120, 10, "two minutes")
    assert log.read_text().count("idle time cannot be read") == 1


def test_doctor_tells_where_idle_time_is_from_and_why_not_from_others(sway: Sway) -> None:
    sway.env["DISPLAY"] = ":987"
    counting = counters.of((), wayland=True)
    assert doctor(Program(sway, sway.home / "data"), "idle time").splitlines() == [
        "from Wayland: 0 s",
        *(f"not from {one}: nobody here is {counters.COUNTERS[one].name}" for one in counting),
        "not from X11: Xwayland sees only what goes to its own windows",
        "not from logind: there is no system bus",
    ]


# With logind


@pytest.fixture
def logind(bare_desktop: Desktop) -> Iterator[LogindPeer]:
    with LogindPeer(bare_desktop.system_address) as peer:
        yield peer


@pytest.fixture
def program(bare_desktop: Desktop, logind: LogindPeer) -> Program:
    program = started(bare_desktop.program())
    assert state(program) == "sitting"
    return program


def test_doctor_tells_where_locks_are_from(bare_desktop: Desktop, logind: LogindPeer) -> None:
    program = bare_desktop.program()
    assert doctor(program, "lock, sleep") == "from logind"
    assert doctor(program, "idle time").startswith("from X11: ")
    logind.close()
    assert doctor(program, "lock, sleep").startswith("nothing reports it here")


def test_a_lock_is_away_at_once(program: Program, logind: LogindPeer) -> None:
    logind.set(LockedHint=True)
    wait_for(lambda: state(program) == "away", SOON_S, "away")
    logind.set(LockedHint=False)
    wait_for(lambda: state(program) == "sitting", SOON_S, "back")


def test_a_sleep_is_away_from_its_beginning_to_its_end(
    program: Program, logind: LogindPeer
) -> None:
    logind.sleep(True)
    wait_for(lambda: state(program) == "away", SOON_S, "away")
    logind.sleep(False)
    wait_for(lambda: state(program) == "sitting", SOON_S, "back")


# With a ticker


def test_a_lock_makes_a_tick_at_once_and_counts_at_the_speed(
    bare_desktop: Desktop, logind: LogindPeer
) -> None:
    ticks: queue.SimpleQueue[Ticked] = queue.SimpleQueue()
    bus = Bus(bare_desktop.system_address)
    bus.connect()
    lock = Locked(sources({}, "linux", None, bus), lambda: ticker.soon())
    ticker = Ticker(Clock(2.0), lambda: 7.0, ticks.put, lock, frozenset, lambda: False)
    first = ticker.look()
    assert (first.idle, first.locked) == (14.0, None)
    ticker.start()
    logind.set(LockedHint=True)
    tick = ticks.get(timeout=SOON_S).tick
    assert tick.idle == 14.0
    assert tick.locked is not None
    assert tick.locked < 2.0
    logind.sleep(True)
    assert (ticks.get(timeout=SOON_S).tick.locked or 0) > tick.locked
    logind.set(LockedHint=False)
    assert ticks.get(timeout=SOON_S).tick.locked is not None, "it sleeps"
    logind.sleep(False)
    assert ticks.get(timeout=SOON_S).tick.locked is None
    ticker.stop()
    bus.close()
