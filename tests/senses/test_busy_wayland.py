"""The window that fills the screen of a Wayland session: on a real sway."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from qlbreak.core.model.terms import Reason
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from qlbreak.senses.compositor import Toplevels, open_full_screen
from qlbreak.senses.source import FIRST_REST_S
from rig.compositors import Sway
from rig.program import Program
from rig.waiting import wait_for
from rig.waylandpeer import EXT, WaylandPeer

FULL = frozenset({Reason.FULL_SCREEN})


def keeps(ask: Callable[[], bool], answer: bool) -> None:
    wait_for(lambda: ask() is answer, 5, f"full screen is {answer}")


def know(windows: Toplevels, number: int) -> None:
    def known() -> bool:
        windows()
        return len(windows._apps) == number

    wait_for(known, 10, f"{number} windows", lambda: windows._apps)


@pytest.fixture
def ask(sway: Sway) -> Iterator[Toplevels]:
    with closing(open_full_screen(sway.socket)) as opened:
        yield opened


def test_a_full_screen_window_counts_while_it_has_the_focus(sway: Sway, ask: Toplevels) -> None:
    assert ask() is False, "no window at all"
    sway.open_window("plain")
    know(ask, 1)
    assert ask() is False
    sway.command("fullscreen", "enable")
    keeps(ask, True)
    sway.command("workspace", "2")
    keeps(ask, False)
    sway.command("workspace", "1")
    keeps(ask, True)
    with closing(open_full_screen(sway.socket)) as later:
        assert later(), "one that was there before"
    sway.command("kill")
    know(ask, 0)
    assert ask() is False


def test_our_own_windows_are_left_out(sway: Sway, ask: Toplevels) -> None:
    sway.open_window("ours", "-class", "Qlbreak", "-fullscreen")
    know(ask, 1)
    wait_for(lambda: ask() or ask._full, 10, "it fills the screen")
    assert ask() is False


def test_a_compositor_that_ends_is_no_full_screen_and_is_heard_again(sway: Sway) -> None:
    passed = [0.0]
    busy = Busy(sources(sway.env, "linux"), FULL, lambda: passed[0])
    sway.open_window("full", "-fullscreen")
    wait_for(lambda: busy() == FULL, 10, "it fills the screen")
    sway.kill_compositor()
    wait_for(lambda: not busy(), 5, "it is gone")
    (said,) = busy.told(Reason.FULL_SCREEN)
    assert (said.name, said.answer) == ("Wayland", None)
    assert said.trouble
    sway.start_compositor()
    passed[0] += FIRST_REST_S
    sway.open_window("full", "-fullscreen")
    wait_for(lambda: busy() == FULL, 10, "it fills the screen again")
    sway.kill_compositor()
    wait_for(lambda: not busy(), 5, "it hangs up")


def test_a_compositor_that_does_not_tell_is_no_source(sway: Sway) -> None:
    place = sway.runtime / "wayland-9"
    with (
        WaylandPeer(place, ("wl_seat", 7), (EXT, 2)),
        pytest.raises(OSError, match="no zwlr_foreign_toplevel_manager_v1"),
    ):
        open_full_screen(place)


def test_doctor_says_by_whom_it_is_told(sway: Sway) -> None:
    lines = Program(sway, sway.home / "data").run("doctor").out.splitlines()
    assert "full screen    no, by Wayland" in lines
