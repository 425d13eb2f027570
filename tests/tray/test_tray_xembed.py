"""The old system tray: the icon is said to be shown when a tray has it and keeps it."""

import logging
from collections.abc import Iterator

import pytest

from qlbreak.tray import Face
from rig.compositors import need_large
from rig.desktop import Desktop
from rig.screen import Screen
from rig.trayuser import AMBER, FACE, TEAL, TrayUser
from rig.waiting import PATIENCE, wait_for
from rig.xembedtray import SIZE, XembedTray


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with Screen() as started:
        monkeypatch.setenv("DISPLAY", started.display)
        yield started.display


def test_it_asks_a_tray_once_however_often_it_changes(screen: str) -> None:
    with XembedTray(screen, strict=True) as tray, TrayUser() as user:
        assert user.next_kind() == "xorg"
        tray.asked.get(timeout=PATIENCE)
        for title in "abc":
            user.tray.show(Face(AMBER, title, FACE.lines))
            user.tray.show(Face(TEAL, title, FACE.lines))
        user.stop()
        assert tray.asked.empty()
        assert user.kinds.empty()


def test_an_icon_that_was_put_out_asks_again_and_only_then_is_said_to_be_shown(
    screen: str,
) -> None:
    with XembedTray(screen, refuses=2) as tray, TrayUser() as user:
        assert user.next_kind() == "xorg"
        assert [tray.asked.get(timeout=PATIENCE) for _ in range(3)]
        assert tray.asked.empty()
        assert tray.icons == 1


def test_a_tray_that_never_keeps_it_is_none(screen: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    with XembedTray(screen, refuses=99), TrayUser() as user:
        wait_for(lambda: "does not keep the icon" in caplog.text, 15, "it gives up")
        assert user.kinds.empty(), "it was never said to be shown"


@pytest.mark.parametrize("clear", [True, False])
def test_its_window_is_of_the_kind_that_the_tray_wants(screen: str, clear: bool) -> None:
    with XembedTray(screen, clear=clear) as tray, TrayUser() as user:
        assert user.next_kind() == "xorg"
        assert tray.depths.get(timeout=PATIENCE) == (32 if clear else 24)


def test_trayer_shows_it(bare_desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes icons late and puts out those that ask twice."""
    need_large("trayer")
    monkeypatch.setenv("DISPLAY", bare_desktop.env["DISPLAY"])
    options = ["--edge", "top", "--align", "left", "--width", "50", "--height", str(SIZE)]
    bare_desktop.spawn("trayer", ["trayer", *options])
    with TrayUser() as user:
        assert user.next_kind() == "xorg"

        def seen() -> bool:
            found = bare_desktop.screenshot(box=(0, 0, 640, SIZE)).convert("RGB").getcolors(9999)
            return any(colour == TEAL for _, colour in found or [])

        wait_for(seen, 10, "the icon on the screen")
