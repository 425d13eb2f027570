"""The window that fills the screen, on a real X server under a real window manager."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from qlbreak.core.model.terms import Reason
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from qlbreak.senses.source import Ask
from qlbreak.senses.x11 import Beside, Display
from rig.desktop import Desktop
from rig.processes import Process
from rig.screen import Screen
from rig.waiting import now, wait_for

# python-xlib leaves the socket of a failed attempt to the garbage collector.
LOOSE_ENDS = "ignore::pytest.PytestUnraisableExceptionWarning"
GONE = r"Broken pipe|hung up|reset"
FULL = frozenset({Reason.FULL_SCREEN})
OURS = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([{name!r}])
window = QLabel("of Qt")
window.setWindowTitle("of Qt")
window.showFullScreen()
app.exec()
"""


@pytest.fixture
def ask(bare_desktop: Desktop) -> Iterator[Ask]:
    display = bare_desktop.env["DISPLAY"]
    wait_for(lambda: managed(bare_desktop), 10, "the window manager is there")
    opened = Display(display).open_full_screen()
    yield opened
    bare_desktop._processes[0].kill9()
    with suppress(OSError):
        opened()  # which makes it hang up


def managed(desktop: Desktop) -> bool:
    return "FULLSCREEN" in desktop.run(["xprop", "-root", "_NET_SUPPORTED"]).out


def terminal(desktop: Desktop, title: str, *options: str) -> Process:
    """Returns when it has the focus."""
    started = desktop.spawn(title, ["xterm", "-T", title, *options, "-e", "sleep", "60"])
    focused(desktop, title)
    return started


def focused(desktop: Desktop, title: str) -> None:
    def name() -> str:
        return desktop.run(["xdotool", "getactivewindow", "getwindowname"]).out.strip()

    wait_for(lambda: name() == title, 10, f"{title} has the focus", name)


def keeps(ask: Ask, answer: bool) -> None:
    wait_for(lambda: ask() is answer, 5, f"full screen is {answer}")


def test_that_no_window_has_the_focus_is_no(bare_desktop: Desktop, ask: Ask) -> None:
    keeps(ask, False)
    bare_desktop.run(["xprop", "-root", "-remove", "_NET_ACTIVE_WINDOW"])
    assert ask() is False, "as some window managers tell it"
    two = ["-f", "_NET_ACTIVE_WINDOW", "32x", "-set", "_NET_ACTIVE_WINDOW", "0x0,0x0"]
    bare_desktop.run(["xprop", "-root", *two])
    assert ask() is False, "as xfwm4 tells it"
    bare_desktop.run(["xprop", "-root", "-remove", "_NET_SUPPORTING_WM_CHECK"])
    assert ask() is None, "nobody is there to tell"


def test_a_full_screen_window_counts_while_it_has_the_focus(
    bare_desktop: Desktop, ask: Ask
) -> None:
    assert not ask(), "no window at all"
    plain = terminal(bare_desktop, "plain")
    assert ask() is False
    full = terminal(bare_desktop, "full", "-fullscreen")
    keeps(ask, True)
    bare_desktop.activate("plain")
    focused(bare_desktop, "plain")
    assert ask() is False, "it is behind, or on another screen"
    plain.kill9()
    focused(bare_desktop, "full")
    keeps(ask, True)
    full.kill9()
    keeps(ask, False)


def test_a_window_may_become_full_screen_and_stop_being_it(bare_desktop: Desktop, ask: Ask) -> None:
    terminal(bare_desktop, "plain")
    for state, answer in (("add", True), ("remove", False)):
        bare_desktop.run(["wmctrl", "-r", "plain", "-b", f"{state},fullscreen"])
        keeps(ask, answer)


@pytest.mark.parametrize(("name", "answer"), [("qlbreak", False), ("film", True)])
def test_our_own_windows_are_left_out(
    bare_desktop: Desktop, ask: Ask, name: str, answer: bool
) -> None:
    bare_desktop.spawn("ours", [sys.executable, "-c", OURS.format(name=name)])
    focused(bare_desktop, "of Qt")
    state = ["xprop", "-name", "of Qt", "_NET_WM_STATE"]
    full = lambda: "FULLSCREEN" in bare_desktop.run(state).out  # noqa: E731
    wait_for(full, 5, "it fills the screen")
    assert ask() is answer


def test_without_a_window_manager_nobody_tells() -> None:
    with Screen() as screen:
        ask = Display(screen.display).open_full_screen()
        assert ask() is None
        screen.kill()
        with pytest.raises(OSError, match=GONE):
            ask()


# Beside a compositor for Wayland


COMPOSITOR = """
import os, socket, subprocess, sys
line = socket.socket(socket.AF_UNIX)
line.bind(sys.argv[1] + ".new")
line.listen()
os.rename(sys.argv[1] + ".new", sys.argv[1])  # who finds it there is heard
for _ in sys.stdin:
    subprocess.Popen([sys.argv[2], "60"])
"""


@pytest.fixture
def compositor(bare_desktop: Desktop) -> Process:
    """One that tells of no windows; with each line on stdin it starts a child by that name."""
    wait_for(lambda: managed(bare_desktop), 10, "the window manager is there")
    child = bare_desktop.folder / "Xwayland"
    shutil.copy(shutil.which("sleep") or "", child)
    place = bare_desktop.folder / "wayland-9"
    command: list[str | Path] = [sys.executable, "-c", COMPOSITOR, place, child]
    started = bare_desktop.spawn("compositor", command, commands=True)
    wait_for(place.is_socket, 5, "it listens")
    return started


@pytest.mark.filterwarnings(LOOSE_ENDS)
def test_programs_of_x_in_a_session_of_wayland(bare_desktop: Desktop, compositor: Process) -> None:
    """To ask an Xwayland that does not run would start it."""
    display, place = bare_desktop.env["DISPLAY"], bare_desktop.folder / "wayland-9"
    ask = Beside(display, place)
    window = terminal(bare_desktop, "full", "-fullscreen")
    assert {ask() for _ in range(9)} == {None}
    pipe = compositor.popen.stdin
    assert pipe is not None
    pipe.write(b"go\n")
    pipe.flush()
    keeps(ask, True)
    plain = terminal(bare_desktop, "plain")
    keeps(ask, False)
    for each in (plain, window):
        each.kill9()
    bare_desktop.run(["xprop", "-root", "-remove", "_NET_ACTIVE_WINDOW"])
    wait_for(lambda: ask() is None, 5, "no window of X has the focus, but another may")
    bare_desktop._processes[0].kill9()
    wait_for(lambda: ask() is None, 5, "it has ended with its last program")


@pytest.mark.filterwarnings(LOOSE_ENDS)
def test_where_nobody_can_tell_that_is_known(bare_desktop: Desktop, compositor: Process) -> None:
    here = {"WAYLAND_DISPLAY": str(bare_desktop.folder / "wayland-9"), "DISPLAY": ":9"}
    busy = Busy(sources(here, "linux"), FULL)
    assert (busy(), busy.unsure()) == (frozenset(), True)
    busy.wanted = frozenset()
    assert not busy.unsure(), "whoever works in full screen all day has said that it does not count"
    assert not Busy(sources({}, "linux"), FULL).unsure(), "no screen at all"
    alone = Busy(sources({"DISPLAY": bare_desktop.env["DISPLAY"]}, "linux"), FULL)
    assert (alone(), alone.unsure()) == (frozenset(), False)
    bare_desktop._processes[0].kill9()
    alone()


@pytest.mark.filterwarnings(LOOSE_ENDS)
def test_an_x_server_that_ends_is_no_full_screen(screen_and_busy: tuple[Screen, Busy]) -> None:
    screen, busy = screen_and_busy
    assert busy() == frozenset()
    screen.kill()
    assert [busy(), busy()] == [frozenset(), frozenset()]
    (said,) = busy.told(Reason.FULL_SCREEN)
    assert (said.name, said.answer) == ("X11", None)
    assert said.trouble


@pytest.fixture
def screen_and_busy() -> Iterator[tuple[Screen, Busy]]:
    with Screen() as screen:
        here = {"DISPLAY": screen.display}
        yield screen, Busy(sources(here, "linux"), FULL)


@pytest.mark.filterwarnings(LOOSE_ENDS)
def test_an_x_server_that_hangs_costs_a_second_once(
    screen_and_busy: tuple[Screen, Busy],
) -> None:
    screen, busy = screen_and_busy
    assert busy() == frozenset()
    screen.freeze(True)
    started = now()
    assert [busy() for _ in range(10)] == [frozenset()] * 10
    assert now() - started < 9, "each would cost one else"
    screen.freeze(False)
    (said,) = busy.told(Reason.FULL_SCREEN)
    assert said.trouble == "timed out"


def test_what_the_server_tells_every_client_is_read_past(screen: Screen) -> None:
    ask = Display(screen.display).open_full_screen()
    for key in ("U20AC", "U2192", "U00E6"):  # on no key yet: the keyboard is changed for each
        screen.use("key", key)
    assert ask() is None
    screen.kill()
    with pytest.raises(OSError, match=GONE):
        ask()


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as started:
        yield started
