"""The tray finds somebody who shows it, tells only what changed, and ends when it is asked to."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest

from qlbreak.dbus import Body, Bus
from qlbreak.tray import Face, MenuLine, Tray
from qlbreak.tray.hosts import probe
from rig.program import import_path
from rig.traymenu import ITEM, MENU
from rig.trayuser import AMBER, FACE, TEAL, TrayUser, draw, named_bus
from rig.waiting import PATIENCE, wait_for
from rig.watcher import ITEM_NAME, TrayBus, Watcher

MAIN = """
import signal
from PIL import Image
from qlbreak.dbus import Bus
from qlbreak.tray import Face, MenuLine, Tray
bus = Bus()
draw = lambda icon, size: Image.new("RGBA", (size, size))
tray = Tray(draw, print, lambda kind: print("kind", kind, flush=True), bus)
signal.signal(signal.SIGUSR1, lambda *_: print("signal", flush=True))
signal.signal(signal.SIGTERM, lambda *_: tray.stop())
tray.show(Face(1, "title", (MenuLine("quit", "Quit"),)))
bus.connect()
tray.run()
print("ended", flush=True)
"""
IMPORTS = """
import sys
for missing in ("jeepney", "Xlib", "gi", "AppKit"):
    sys.modules[missing] = None
import qlbreak.dbus, qlbreak.tray
assert not {"pystray", "PIL"} & set(sys.modules)
import qlbreak.tray.native, qlbreak.tray.sni
assert "PIL" not in sys.modules
"""


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)


@pytest.fixture
def trays() -> Iterator[TrayBus]:
    with TrayBus() as started:
        yield started


def test_it_shows_where_a_host_is(trays: TrayBus) -> None:
    with Watcher(trays.session_address), TrayUser(trays.session_address) as user:
        assert user.next_kind() == "sni"
        assert user.tray.kind == "sni"
        menu = trays.tray_menu()
        assert [(line.label, line.pressable) for line in menu.children] == [
            ("Sitting for 5 min", False),
            ("Take a break", True),
            ("", True),
            ("Snooze", True),
            ("I am standing", True),
            ("Undo", False),
            ("Quit", True),
        ]
        assert menu.child("I am standing").properties["toggle-state"] == 0
        trays.press_menu(["Snooze", "15 min"])
        assert user.next_press() == "snooze:15"
        trays.activate_tray()
        assert user.next_press() == "break"


def test_a_watcher_without_a_host_is_not_a_tray(trays: TrayBus) -> None:
    looker = named_bus(trays.session_address)
    with Watcher(trays.session_address, host=False) as watcher:
        assert probe(looker) == "none"
        with TrayUser(trays.session_address) as user:
            watcher.set_host(True)
            assert user.next_kind() == "sni"
            assert probe(looker).startswith("StatusNotifier host (")
            watcher.set_host(False)
            assert user.next_kind() == ""
    looker.close()


def test_a_watcher_that_does_not_tell_counts(trays: TrayBus) -> None:
    with Watcher(trays.session_address, host=None), TrayUser(trays.session_address) as user:
        assert user.next_kind() == "sni"


def test_it_waits_for_a_host_and_for_the_next_one(trays: TrayBus) -> None:
    with TrayUser(trays.session_address) as user:
        for _ in range(2):
            with Watcher(trays.session_address):
                assert user.next_kind() == "sni"
            assert user.next_kind() == ""


def test_only_an_icon_that_was_taken_is_said_to_be_shown(
    trays: TrayBus, caplog: pytest.LogCaptureFixture
) -> None:
    with TrayUser(trays.session_address) as user:
        with Watcher(trays.session_address, full=True):
            wait_for(lambda: "did not take the icon" in caplog.text, 5, "it is refused")
        assert user.kinds.empty()
        with Watcher(trays.session_address):
            assert user.next_kind() == "sni"


def test_it_survives_the_loss_of_the_bus(trays: TrayBus) -> None:
    with TrayUser(trays.session_address) as user:
        with Watcher(trays.session_address):
            assert user.next_kind() == "sni"
            trays.kill_daemon()
            assert user.next_kind() == ""
        trays.start_daemon()
        with Watcher(trays.session_address):
            assert user.next_kind() == "sni"


def test_it_waits_for_its_first_face(trays: TrayBus) -> None:
    with Watcher(trays.session_address), TrayUser(trays.session_address, None) as user:
        user.tray.show(FACE)
        assert user.next_kind() == "sni"


def test_only_what_changed_is_told(trays: TrayBus) -> None:
    heard: queue.SimpleQueue[str] = queue.SimpleQueue()

    def note(member: str, _: Body) -> None:
        heard.put(member)

    with Watcher(trays.session_address), TrayUser(trays.session_address) as user:
        assert user.next_kind() == "sni"
        ear = Bus(trays.session_address)
        ear.connect()
        for member in ("NewIcon", "NewToolTip", "NewStatus"):
            ear.on_signal(ITEM_NAME, ITEM, member, None, partial(note, member))
        for member in ("LayoutUpdated", "ItemsPropertiesUpdated"):
            ear.on_signal(ITEM_NAME, MENU, member, None, partial(note, member))
        ear.name_has_owner(ITEM_NAME)
        show = user.tray.show
        show(FACE)
        show(Face(TEAL, "Sitting for 6 min", FACE.lines))
        assert heard.get(timeout=PATIENCE) == "NewToolTip"
        lines = (MenuLine("", "Sitting for 6 min"), *FACE.lines[1:])
        show(Face(TEAL, "Sitting for 6 min", lines))
        assert heard.get(timeout=PATIENCE) == "ItemsPropertiesUpdated"
        show(Face(AMBER, "Sitting for 6 min", lines))
        assert heard.get(timeout=PATIENCE) == "NewIcon"
        show(Face(AMBER, "Sitting for 6 min", lines[:3]))
        assert heard.get(timeout=PATIENCE) == "LayoutUpdated"
        assert heard.empty()
        assert trays.tray_icon_pixmap(16) == bytes((255, *AMBER)) * 256
        ear.close()


class Trouble:
    """A label that no backend bears."""

    def __init__(self) -> None:
        self.met = 0

    def replace(self, *_: str) -> str:
        self.met += 1
        raise ValueError("no text")


def test_a_backend_that_raises_is_logged_once_and_tried_again(
    trays: TrayBus, caplog: pytest.LogCaptureFixture
) -> None:
    trouble = Trouble()
    face = Face(TEAL, "", (MenuLine("break", trouble),))  # type: ignore[arg-type]
    with Watcher(trays.session_address), TrayUser(trays.session_address, face) as user:
        wait_for(lambda: trouble.met > 4, 5, "some tries")
        user.tray.show(FACE)
        assert user.next_kind() == "sni"
        said = [record.getMessage() for record in caplog.records]
        assert said == ["the tray of kind sni does not work here"]


@pytest.mark.parametrize("state", ["no bus", "no host", "no face", "shown", "bus lost"])
def test_it_stops_in_every_state(trays: TrayBus, state: str) -> None:
    hosted = state in ("shown", "bus lost")
    address = "" if state == "no bus" else trays.session_address
    with (
        Watcher(trays.session_address) if hosted else nullcontext(),
        TrayUser(address, None if state == "no face" else FACE) as user,
    ):
        if hosted:
            assert user.next_kind() == "sni"
        if state == "bus lost":
            trays.kill_daemon()
            assert user.next_kind() == ""
        user.stop()
        assert user.kinds.empty(), "an end that was asked for is not a loss"
        assert {t.name for t in threading.enumerate()} <= {"MainThread", "dbus"}


def test_stopped_before_it_runs_it_does_not_run() -> None:
    tray = Tray(draw, print, print)
    tray.show(FACE)
    tray.stop()
    tray.run()


def test_in_the_background_it_does_not_hold_the_program(trays: TrayBus) -> None:
    kinds: queue.SimpleQueue[str] = queue.SimpleQueue()
    bus = named_bus(trays.session_address)
    tray = Tray(draw, print, kinds.put, bus)
    tray.show(FACE)
    with Watcher(trays.session_address):
        tray.start()
        assert kinds.get(timeout=PATIENCE) == "sni"
        assert [thread.daemon for thread in threading.enumerate() if thread.name == "tray"] == [
            True
        ]
        tray.stop()
    bus.close()


def test_it_can_be_imported_without_display_and_libraries() -> None:
    env = {**os.environ, **import_path()}
    subprocess.run([sys.executable, "-c", IMPORTS], env=env, check=True, timeout=PATIENCE)


def test_without_anything_there_is_no_tray() -> None:
    assert probe(None) == "none"


@pytest.mark.parametrize("shown", [True, False])
def test_signals_reach_the_main_thread_while_it_runs(trays: TrayBus, shown: bool) -> None:
    with Watcher(trays.session_address) if shown else nullcontext():
        env = {**trays.env, **import_path()}
        program = trays.spawn("main", [sys.executable, "-c", MAIN], env=env)

        def said() -> list[str]:
            return program.log.read_text().split()

        def ready() -> bool:
            return said()[-2:] == ["kind", "sni"] if shown else blocked(program.pid)

        wait_for(ready, 10, "the tray is up, or waits")
        os.kill(program.pid, signal.SIGUSR1)
        wait_for(lambda: said().count("signal") == 1, 3, "the handler ran")
        os.kill(program.pid, signal.SIGUSR1)
        wait_for(lambda: said().count("signal") == 2, 3, "the handler ran again")
        os.kill(program.pid, signal.SIGTERM)
        assert program.wait_exit(3) == 0
        assert said()[-1] == "ended"


def blocked(pid: int) -> bool:
    """Whether its receiver thread is there and its main thread sleeps."""
    tasks = list(Path(f"/proc/{pid}/task").iterdir())
    return len(tasks) == 2 and "State:\tS" in Path(f"/proc/{pid}/status").read_text()
