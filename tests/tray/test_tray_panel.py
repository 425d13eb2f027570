"""The tray in a real panel: it is seen, takes clicks, and outlives the panel and the X server."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image, ImageDraw

from qlbreak.tray import Face, MenuLine
from qlbreak.tray.hosts import probe
from rig.desktop import Desktop
from rig.trayuser import FACE, TEAL, TrayUser, named_bus
from rig.waiting import wait_for
from rig.watcher import TrayBus, Watcher


def find(desktop: Desktop) -> tuple[int, int]:
    """The middle of the icon on the panel, as soon as it is there."""

    def places() -> list[int]:
        panel = desktop.screenshot(box=(0, 0, 1280, 28)).convert("RGB").tobytes()
        return [at for at in range(0, len(panel), 3) if tuple(panel[at : at + 3]) == TEAL]

    found = wait_for(places, 5, "the icon on the screen")
    row, column = divmod(found[len(found) // 2] // 3, 1280)
    return column, row


def menu_open(desktop: Desktop) -> bool:
    """Below the panel there is nothing else."""
    box = desktop.screenshot().getbbox()
    return box is not None and box[3] > 100


def test_the_panel_shows_it_and_takes_clicks(desktop: Desktop) -> None:
    with TrayUser(desktop.session_address) as user:
        assert user.next_kind() == "sni"
        x, y = find(desktop)
        desktop.click(x, y)
        assert user.next_press() == "break"
        desktop.click(x, y, button=3)
        wait_for(lambda: menu_open(desktop), 5, "the menu on the screen")
        desktop.type_key("Down", "Return")
        assert user.next_press() == "break"


def test_a_menu_stays_open_while_its_labels_change(desktop: Desktop) -> None:
    with TrayUser(desktop.session_address) as user:
        x, y = find(desktop)
        desktop.click(x, y, button=3)
        wait_for(lambda: menu_open(desktop), 5, "the menu on the screen")
        before = desktop.screenshot()
        lines = (MenuLine("", "Sitting for six long minutes"), *FACE.lines[1:])
        user.tray.show(Face(TEAL, FACE.title, lines))
        wait_for(lambda: desktop.screenshot() != before, 5, "the new label")
        desktop.type_key("Down", "Return")
        assert user.next_press() == "break"


def test_a_panel_that_crashed_shows_it_again(desktop: Desktop) -> None:
    with TrayUser(desktop.session_address) as user:
        assert user.next_kind() == "sni"
        desktop.kill_panel()
        assert user.next_kind() == ""
        desktop.start_panel()
        assert user.next_kind() == "sni"
        find(desktop)
        desktop.press_menu("Take a break")
        assert user.next_press() == "break"


def test_a_panel_that_starts_later_shows_it(bare_desktop: Desktop) -> None:
    bus = named_bus(bare_desktop.session_address)
    with TrayUser(bare_desktop.session_address) as user:
        bare_desktop.start_panel()
        assert user.next_kind() == "sni"
        find(bare_desktop)
        assert re.fullmatch(r"StatusNotifier host \(.*panel.*\)", probe(bus))
    bus.close()


def test_without_a_bus_it_docks_in_the_panel_and_takes_clicks(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", desktop.env["DISPLAY"])
    assert probe(None) == "XEMBED tray"
    with TrayUser() as user:
        assert user.next_kind() == "xorg"
        x, y = find(desktop)
        desktop.click(x, y)
        assert user.next_press() == "break"
        user.tray.show(Face(TEAL, "… neither Latin nor 1", FACE.lines))
        desktop.kill_panel()
        assert user.next_kind() == ""
        desktop.start_panel()
        assert user.next_kind() == "xorg"
        find(desktop)


def test_around_an_icon_in_the_old_tray_the_panel_is_seen(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", desktop.env["DISPLAY"])

    def draw_dot(colour: tuple[int, int, int], size: int) -> Image.Image:
        picture = Image.new("RGBA", (size, size))
        ImageDraw.Draw(picture).ellipse((4, 4, size - 5, size - 5), (*colour, 255))
        return picture

    with TrayUser(drawn=draw_dot) as user:
        assert user.next_kind() == "xorg"
        x, y = find(desktop)
        panel = desktop.pixel(640, y)
        around = [desktop.pixel(x + across, y + down) for across in (-9, 9) for down in (-9, 9)]
        assert around == [panel] * 4


def test_a_host_on_the_bus_is_preferred_as_soon_as_it_is_there(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", desktop.env["DISPLAY"])
    with TrayBus() as trays, TrayUser(trays.session_address) as user:
        assert user.next_kind() == "xorg"
        with Watcher(trays.session_address):
            assert [user.next_kind(), user.next_kind()] == ["", "sni"]
        assert [user.next_kind(), user.next_kind()] == ["", "xorg"]


def test_an_x_server_that_hangs_does_not_hold_the_program(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", desktop.env["DISPLAY"])
    with TrayUser() as user:
        assert user.next_kind() == "xorg"
        find(desktop)
        server = next(pid for pid, line in desktop.processes().items() if line.startswith("Xvfb"))
        with suspended(server):
            user.tray.show(Face((1, 2, 3), "Nobody will see this", FACE.lines))
            user.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib's
def test_an_x_server_that_dies_is_a_tray_that_is_lost(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", desktop.env["DISPLAY"])
    with TrayUser() as user:
        assert user.next_kind() == "xorg"
        server = next(pid for pid, line in desktop.processes().items() if line.startswith("Xvfb"))
        os.kill(server, signal.SIGKILL)
        assert user.next_kind() == ""
        assert probe(None) == "none"


@contextmanager
def suspended(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
