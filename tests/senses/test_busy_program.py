"""Somebody in a call at a real desk: what the ticks bring, and what `doctor` says of it."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import SENSED
from qlbreak.app.inbox import Ticked
from qlbreak.app.ticker import Ticker
from qlbreak.core.model.terms import Reason
from qlbreak.dbus import Bus
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from qlbreak.system.clock import Clock
from rig.desktop import Desktop
from rig.program import Program
from rig.sound import record, start_sound
from rig.waiting import PATIENCE, wait_for


@pytest.fixture
def buses(bare_desktop: Desktop) -> Iterator[tuple[Bus, Bus]]:
    made = Bus(bare_desktop.session_address), Bus(bare_desktop.system_address)
    for bus in made:
        bus.connect()
    yield made
    for bus in made:
        bus.close()


def test_a_tick_brings_what_holds_now(bare_desktop: Desktop, buses: tuple[Bus, Bus]) -> None:
    server = start_sound(bare_desktop)
    bare_desktop.start_dunst()
    busy = Busy(sources(bare_desktop.env, "linux", *buses), SENSED)
    ticks: queue.SimpleQueue[Ticked] = queue.SimpleQueue()
    ticker = Ticker(Clock(100.0), lambda: 0.0, ticks.put, lambda: None, busy, busy.unsure)
    ticker.start()

    def holds(*reasons: Reason) -> None:
        wait_for(lambda: ticks.get(timeout=PATIENCE).tick.busy == set(reasons), 10, f"{reasons}")

    try:
        holds()
        call = record(bare_desktop)
        holds(Reason.MICROPHONE)
        bare_desktop.run(["dunstctl", "set-paused", "true"])
        holds(Reason.MICROPHONE, Reason.DO_NOT_DISTURB)
        bare_desktop.spawn("xterm", ["xterm", "-fullscreen", "-e", "sleep", "60"])
        holds(Reason.MICROPHONE, Reason.DO_NOT_DISTURB, Reason.FULL_SCREEN)
        call.kill9()
        holds(Reason.DO_NOT_DISTURB, Reason.FULL_SCREEN)
        server.kill9()
        holds(Reason.DO_NOT_DISTURB, Reason.FULL_SCREEN)
    finally:
        ticker.stop()
        bare_desktop._processes[0].kill9()
        busy()  # which makes it hang up


def rows(program: Program) -> dict[str, str]:
    """Of the report."""
    outcome = program.run("doctor")
    assert outcome.code == 0, outcome
    return {line[:15].strip(): line[15:] for line in outcome.out.splitlines()[1:]}


def test_doctor_says_what_keeps_busy_and_by_whom_it_is_told(
    bare_desktop: Desktop, tmp_path: Path
) -> None:
    start_sound(bare_desktop)
    bare_desktop.start_dunst()
    settings = tmp_path / "config.toml"
    settings.write_text("[busy]\ncamera = false\n")
    program = bare_desktop.program("--config", str(settings))
    told = rows(program)
    assert told["microphone"] == "no, by PulseAudio or PipeWire"
    assert told["camera"] == "turned off in the settings: [busy] camera"
    assert told["do not disturb"] == "no, by dunst"
    assert told["full screen"] == "no, by X11", "though no window has the focus"
    assert told["notifications"].startswith("dunst ")
    assert ", without buttons, else " in told["notifications"], "it draws none"
    assert told["screen kept on"].startswith("nothing here reports it; looked for session manager")
    record(bare_desktop)
    bare_desktop.run(["dunstctl", "set-paused", "true"])
    told = rows(program)
    assert told["microphone"] == "yes, by PulseAudio or PipeWire"
    assert told["do not disturb"] == "yes, by dunst"


def test_the_running_program_hears_of_a_call_and_stays_well(
    bare_desktop: Desktop, tmp_path: Path
) -> None:
    """What it does about it is another matter; it must not fall over it."""
    server = start_sound(bare_desktop)
    program = bare_desktop.program().known()
    process = program.start("run", "--speed", "60")

    def clients() -> str:
        return bare_desktop.run(["pactl", "list", "clients"]).out

    wait_for(lambda: 'application.name = "qlbreak"' in clients(), 10, "it listens", clients)
    record(bare_desktop)
    server.kill9()
    log = program.data_dir / "qlbreak.log"
    wait_for(lambda: "microphone: PulseAudio" in log.read_text(), 10, "it says so once")
    assert program.run("why").code == 0
    assert process.alive
    assert program.run("quit").code == 0
    assert program.wait_exit() == 0
    assert log.read_text().count("microphone: PulseAudio") == 1
    assert "Traceback" not in log.read_text()
