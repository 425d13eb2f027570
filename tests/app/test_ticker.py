"""The ticks of a real scheduler, in the real program too: clocks that are set, stops, the cost."""

import queue
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_RUNNING, STATE_STOPPED

from fakes import looking
from qlbreak.app.inbox import Ticked
from qlbreak.app.ticker import Ticker
from qlbreak.core.model.inputs import Tick
from qlbreak.core.model.terms import Reason
from qlbreak.senses.choice import sources
from qlbreak.senses.idle import Idle
from qlbreak.system.clock import TICK, Clock, wall_seconds
from qlbreak.system.patience import next_of
from rig.desktop import Desktop
from rig.privatebus import need
from rig.program import Program
from rig.room import Room
from rig.screen import Screen
from rig.waiting import PATIENCE, in_time, now, wait_for

SPEED = 60.0  # a minute in a second
YEAR = 365 * 24 * 3600
JUST = 0.001  # seconds that rounding may cost


# The clock


@pytest.mark.parametrize(
    ("speed", "tick", "max_gap"), [(1.0, 15.0, 60.0), (60.0, 0.25, 60.0), (3600.0, 0.2, 2880.0)]
)
def test_a_clock_knows_how_often_to_tick(speed: float, tick: float, max_gap: float) -> None:
    clock = Clock(speed)
    assert clock.tick == tick
    assert clock.max_gap == pytest.approx(max_gap)
    assert clock.late * speed < clock.max_gap, "a late tick is mended before it is an absence"


@pytest.mark.parametrize("speed", [1.0, 1000.0])
def test_both_clocks_go_at_the_given_speed(speed: float) -> None:
    clock = Clock(speed)
    first, (at, steady), second = now(), clock.now(), now()
    threading.Event().wait(0.1)
    third, (later, later_steady), last = now(), clock.now(), now()
    for passed in (later_steady - steady, (later - at).total_seconds()):
        assert third - second - JUST <= passed / speed <= last - first + JUST
    assert at.utcoffset() is not None


def test_in_a_trial_time_goes_as_usual_as_long_as_somebody_is_to_do_something() -> None:
    clock = Clock(1000.0)
    threading.Event().wait(0.1)
    fast = clock.now()[1]
    clock.live(True)
    first, (at, steady), second = now(), clock.now(), now()
    threading.Event().wait(0.2)
    third, (later, later_steady), last = now(), clock.now(), now()
    for passed in (later_steady - steady, (later - at).total_seconds()):
        assert third - second - JUST <= passed <= last - first + JUST
    assert steady >= fast
    assert clock.lasted(0.1) == pytest.approx(0.1)
    # Without a key since long before that: most of it went fast.
    assert 50_000 <= clock.lasted(100) < 100_000
    clock.live(False)
    threading.Event().wait(0.1)
    assert clock.now()[1] - later_steady > 50


# The scheduler


class Bell:
    """Where the ticks arrive."""

    def __init__(self) -> None:
        self.ticks: queue.SimpleQueue[Ticked] = queue.SimpleQueue()

    def next(self, seconds: float = PATIENCE) -> Tick:
        return next_of(self.ticks, seconds).tick

    def silent(self, seconds: float) -> bool:
        try:
            self.next(seconds)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.mark.parametrize(("seconds", "counted"), [(2.0, 200.0), (0.0, 0.0), (None, None)])
def test_ticks_bring_both_clocks_and_idleness(
    bell: Bell, seconds: float | None, counted: float | None
) -> None:
    call = frozenset({Reason.CAMERA})
    ticker = looking(Clock(100.0), lambda: seconds, bell.ticks.put, busy=lambda: call)
    look = ticker.look()
    assert (look.idle, look.locked, look.busy) == (counted, None, call)
    ticker.start()
    first, second = bell.ticks.get(timeout=3.0), bell.ticks.get(timeout=3.0)
    ticker.stop()
    assert first.tick == second.tick == look
    assert second.steady - first.steady > 15, "0.2 s, a hundred times as fast"
    passed = (second.at - first.at).total_seconds()
    assert passed == pytest.approx(second.steady - first.steady, abs=0.1)


def test_rearmed_it_ticks_at_once(bell: Bell) -> None:
    ticker = looking(Clock(), lambda: 0.0, bell.ticks.put)
    ticker.start()
    for _ in range(3):
        ticker.rearm()
        assert bell.next().idle == 0.0
    assert bell.silent(0.1)
    ticker.stop()


@pytest.mark.parametrize(
    ("idle", "busy", "seconds"),
    [
        (0.0, frozenset[Reason](), 15.0),
        (59.0, frozenset[Reason](), 15.0),
        (60.0, frozenset[Reason](), 30.0),
        (60.0, frozenset({Reason.CAMERA}), 15.0),
        (None, frozenset[Reason](), 15.0),
    ],
    ids=["at work", "a pause", "a minute without input", "in a call", "unknown"],
)
def test_where_nobody_is_there_it_looks_half_as_often(
    bell: Bell, idle: float | None, busy: frozenset[Reason], seconds: float
) -> None:
    ticker = looking(Clock(), lambda: idle, bell.ticks.put, busy=lambda: busy)
    ticker.start()
    ticker.rearm()
    bell.next()
    scheduler = ticker._scheduler
    wait_for(lambda: left(scheduler) > 10, 3, "it has gone on to the next one")
    assert left(scheduler) == pytest.approx(seconds, abs=2)
    assert seconds < Clock().late
    ticker.stop()


def left(scheduler: BackgroundScheduler) -> float:
    """Seconds until its next tick."""
    (job,) = scheduler.get_jobs()
    return float(job.next_run_time.timestamp() - wall_seconds())


def shut_down(ticker: Ticker) -> None:
    ticker._scheduler.shutdown()


def job_gone(ticker: Ticker) -> None:
    ticker._scheduler.remove_all_jobs()


def thread_dead(ticker: Ticker) -> None:
    """The scheduler does not know."""
    scheduler = ticker._scheduler
    scheduler.state = STATE_STOPPED
    scheduler.wakeup()
    wait_for(lambda: not scheduler._thread.is_alive(), 3, "it has died")
    scheduler.state = STATE_RUNNING


@pytest.mark.parametrize("accident", [shut_down, job_gone, thread_dead])
def test_a_timer_that_stopped_is_set_up_anew(
    bell: Bell, accident: Callable[[Ticker], None], caplog: pytest.LogCaptureFixture
) -> None:
    before = set(threading.enumerate())
    ticker = looking(Clock(100.0), lambda: 0.0, bell.ticks.put)
    ticker.start()
    bell.next()
    accident(ticker)
    while not bell.silent(0.5):
        pass
    ticker.rearm()
    assert bell.next().idle == 0.0
    assert bell.next().idle == 0.0
    assert "the timer is set anew" in caplog.text
    ticker.stop()
    wait_for(lambda: set(threading.enumerate()) <= before, 3, "no thread is left of the old one")


def test_stopped_it_leaves_no_thread(bell: Bell) -> None:
    before = set(threading.enumerate())
    ticker = looking(Clock(100.0), lambda: 0.0, bell.ticks.put)
    ticker.start()
    bell.next()
    ticker.stop()
    wait_for(lambda: set(threading.enumerate()) <= before, 3, "its threads end")


def test_a_look_that_fails_is_not_the_last(bell: Bell, caplog: pytest.LogCaptureFixture) -> None:
    looks = iter([0.0])
    ticker = looking(Clock(100.0), lambda: next(looks, None) or 1 / 0, bell.ticks.put)
    ticker.start()
    wait_for(lambda: caplog.text.count("ZeroDivisionError") >= 2, 3, "it is told each time")
    ticker.stop()


def test_a_display_that_hangs_hangs_nobody_who_rearms() -> None:
    """Least of all the owner. When it goes on the ticks do, and without a look where it dies. On a
    busy machine the look may have given up before all has been asked."""

    def attempt(_: int) -> None:
        with Screen() as screen:
            bell, idle = Bell(), Idle(list(sources({"DISPLAY": screen.display}, "linux")))
            ticker = looking(Clock(100.0), idle, bell.ticks.put)
            ticker.start()
            try:
                assert bell.next().idle is not None
                hangs(screen, ticker, bell)
            finally:
                screen.freeze(False)
                screen.kill()
                wait_for(lambda: bell.next().idle is None, 3, "it hangs up")
                ticker.stop()

    in_time(attempt)


def hangs(screen: Screen, ticker: Ticker, bell: Bell) -> None:
    screen.freeze(True)
    wait_for(lambda: bell.silent(0.5), 5, "the look at it hangs")
    owner = threading.Thread(target=ticker.rearm, daemon=True)
    owner.start()
    owner.join(PATIENCE)
    assert not owner.is_alive()
    assert bell.next().idle is None, "a tick without a look"
    assert bell.silent(0.3)
    assert ticker.hangs
    screen.freeze(False)
    assert bell.next().idle is not None
    assert not ticker.hangs


# The program


@pytest.fixture
def program() -> Iterator[Program]:
    """Without display, bus and terminal: idleness is unknown, so one sits there."""
    with Room() as room:
        yield room.program()


class WallClock:
    """The wall clock of a program; steady clocks are real."""

    def __init__(self, folder: Path) -> None:
        need("faketime")
        self._file = folder / "offset"
        library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        self.settings = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }
        self.set(0)

    def set(self, seconds: int) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(f"{seconds:+}")
        new.replace(self._file)


def sat(program: Program) -> float:
    seconds: float = program.status()["sitting_s"]
    return seconds


def started(program: Program, **settings: str) -> Program:
    program.known().start("run", "--speed", str(SPEED), **settings)
    wait_for(program.answers, 10, "it answers", lambda: program.log)
    wait_for(lambda: sat(program) > 30, 5, "the clock runs")
    return program


def test_a_wall_clock_set_back_stops_the_ticks_for_no_longer_than_it_takes_to_notice(
    program: Program, tmp_path: Path
) -> None:
    wall = WallClock(tmp_path)
    started(program, **wall.settings)
    wall.set(-3600)
    wait_for(lambda: "set anew" in program.log, 10, "it is noticed", lambda: program.log)
    before = sat(program)
    wait_for(lambda: sat(program) > before + 120, 10, "the clock runs on")


def test_it_is_noticed_while_somebody_asks_all_the_time(program: Program, tmp_path: Path) -> None:
    """A status bar, say."""
    wall = WallClock(tmp_path)
    started(program, **wall.settings)
    wall.set(-3600)
    before = sat(program)
    wait_for(lambda: sat(program) > before + 120, 10, "the clock runs on", lambda: program.log)


@pytest.mark.parametrize("seconds", [3600, 30 * YEAR])
def test_a_wall_clock_set_forward_costs_one_tick(
    program: Program, tmp_path: Path, seconds: int
) -> None:
    """Thirty years: a machine without a battery for its clock, when the network comes."""
    wall = WallClock(tmp_path)
    started(program, **wall.settings)
    wall.set(seconds)
    before = sat(program)
    wait_for(lambda: sat(program) > before + 120, 5, "the clock runs on", lambda: program.log)


def stop(program: Program, seconds: float) -> None:
    assert program.process is not None
    program.process.signal(signal.SIGSTOP)
    threading.Event().wait(seconds)
    program.process.signal(signal.SIGCONT)


def test_what_it_did_not_see_is_not_counted_as_sitting(program: Program) -> None:
    started(program)
    before, since = sat(program), now()
    stop(program, 1.5)
    after = wait_for(lambda: max(sat(program) - before - 10, 0), 5, "the clock runs on") + 10
    seen = (now() - since - 1.5) * SPEED
    assert after < seen + 2 * TICK
    assert program.status()["today"]["natural_breaks"] == 0


def test_what_it_did_not_see_for_long_is_a_break(program: Program) -> None:
    started(program)
    stop(program, 4.0)
    since = now()
    gap = program.wait_fact(lambda fact: fact["type"] == "break")
    assert gap["cause"] == "gap"
    assert sat(program) < (now() - since) * SPEED + 2 * TICK
    assert program.status()["state"] != "away"


# The cost


def wakeups(program: Program) -> dict[str, int]:
    """By thread: how often it waited so far."""
    assert program.process is not None
    found = {}
    for task in Path(f"/proc/{program.process.pid}/task").iterdir():
        with suppress(FileNotFoundError):  # it has just ended
            told = (task / "status").read_text().splitlines()
            lines = dict(line.split(":\t", 1) for line in told)
            found[f"{lines['Name']} {task.name}"] = int(lines["voluntary_ctxt_switches"])
    return found


def still(program: Program, seconds: float) -> bool:
    before = wakeups(program)
    threading.Event().wait(seconds)
    return wakeups(program) == before


def test_between_two_ticks_nothing_wakes_up(bare_desktop: Desktop) -> None:
    """With a display, a tray, and a notification on the screen."""
    bare_desktop.start_panel()
    bare_desktop.start_dunst()
    program = bare_desktop.program()
    program.start("run")
    bare_desktop.wait_tray_item("qlbreak", 10)
    assert program.run("arrived", "1 h").code == 0
    wait_for(lambda: bare_desktop.notices.count() == 1, 5, "it shows a prompt")
    wait_for(lambda: still(program, 0.2), 5, "it has calmed down")
    assert wait_for(lambda: still(program, 3.0), 10, "no thread wakes up for 3 s")


def test_asked_for_it_looks_soon_also_after_it_was_rearmed(bell: Bell) -> None:
    """A lock, or a prompt that waits for a pause in typing: neither can wait for 15 seconds."""
    ticker = looking(Clock(), lambda: 0.0, bell.ticks.put)
    ticker.start()
    ticker.soon()
    bell.next()
    ticker.rearm()
    bell.next()
    ticker.soon(0.5)
    bell.next()
    ticker.stop()
