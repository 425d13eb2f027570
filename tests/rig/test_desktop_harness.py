"""The desktop that the other tests stand on, proved on its real parts."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from Xlib.display import Display
from Xlib.ext import screensaver

from rig.buswatch import BusWatch
from rig.desktop import FIRST_ICON, Desktop
from rig.processes import carrying
from rig.trayitem import RED, SIZE, TrayItem
from rig.traymenu import WATCHER
from rig.waiting import PATIENCE, Unmet, wait_for
from rig.xwindows import Window

RED_RGB = (255, 0, 0)
CORNER = (900, 0, 1280, 200)


@pytest.fixture
def item(desktop: Desktop) -> Iterator[TrayItem]:
    item = TrayItem(desktop.session_address, "harness")
    yield item
    item.close()


def send(desktop: Desktop, *words: str) -> subprocess.Popen[bytes]:
    """A notification from outside; with buttons notify-send runs until one is pressed."""
    return desktop.spawn("notify-send", ["notify-send", *words]).popen


def test_the_panel_can_crash_and_come_back(desktop: Desktop) -> None:
    assert desktop.tray_host()
    desktop.kill_panel()
    assert not desktop.tray_host()
    assert desktop.tray_items() == []
    desktop.start_panel()
    assert desktop.bus.owned(WATCHER)


def test_a_tray_item_is_read_and_pressed(desktop: Desktop, item: TrayItem) -> None:
    menu = desktop.tray_menu("harness")
    assert menu.labels == ["Take a break", "Snooze", "Undo"]
    assert menu.child("Snooze").labels == ["5 min", "a_b", "5 hours"]
    desktop.press_menu("Take", "harness")
    desktop.press_menu(("Snooze", "a_b"), "harness")
    assert item.pressed == [1, 5]
    desktop.activate_tray("harness")
    assert item.activations == 1


@pytest.mark.parametrize("path", [("Undo",), ("Nothing",), ("Snooze", "5")])
def test_what_a_person_could_not_press_is_refused(
    desktop: Desktop, item: TrayItem, path: tuple[str, ...]
) -> None:
    with pytest.raises(LookupError):
        desktop.press_menu(path, "harness")
    assert item.pressed == []


def test_a_tray_item_shows_its_picture_and_takes_real_clicks(
    desktop: Desktop, item: TrayItem
) -> None:
    assert desktop.tooltip("harness") == "Sitting\n45 min"
    assert desktop.tray_icon_pixmap(1, "harness") == RED
    assert desktop.tray_icon_pixmap(id_substring="harness") == RED * SIZE * SIZE
    wait_for(lambda: desktop.pixel(*FIRST_ICON) == RED_RGB, 5, "a red square in the panel")
    desktop.click(*FIRST_ICON)
    wait_for(lambda: item.activations, 5, "the panel passes the click on")


def test_the_menu_opens_for_a_person_too(desktop: Desktop, item: TrayItem) -> None:
    wait_for(lambda: desktop.pixel(*FIRST_ICON) == RED_RGB, 5, "a red square in the panel")
    below = 1, 29, 200, 200
    before = desktop.screenshot(box=below)
    desktop.click(*FIRST_ICON, button=3)
    wait_for(lambda: desktop.screenshot(box=below) != before, 5, "the menu opens")
    desktop.type_key("Down", "Return")
    wait_for(lambda: item.pressed == [1], 5, "the first line is pressed")


def test_a_notification_is_seen_on_the_bus_and_on_the_screen(
    desktop: Desktop, tmp_path: Path
) -> None:
    watch = desktop.watch_bus()
    before = desktop.screenshot(box=CORNER)
    send(desktop, "-a", "test", "-t", "9000", "-u", "critical", "Stand up", "Walk to the window")
    seen = watch.wait_notification(lambda n: n.summary == "Stand up")
    assert (seen.app, seen.body, seen.timeout) == ("test", "Walk to the window", 9000)
    assert seen.hints["urgency"] == 2
    assert seen.id is not None
    wait_for(lambda: desktop.screenshot(box=CORNER) != before, 5, "dunst draws it")
    desktop.screenshot(tmp_path / "screen.png")
    assert (tmp_path / "screen.png").stat().st_size > 0
    assert desktop.notices.count() == 1
    desktop.notices.close()
    assert watch.wait_closed(seen.id) == 2
    assert [entry["summary"] for entry in desktop.notices.history()] == ["Stand up"]


@pytest.mark.parametrize(
    ("label", "key"), [("Snooze", "later"), ("Done", "done"), (None, "default")]
)
def test_buttons_are_pressed_in_dunst(desktop: Desktop, label: str | None, key: str) -> None:
    watch = desktop.watch_bus()
    buttons = ["--action=done=Done", "--action=later=Snooze", "--action=default=Show"]
    send(desktop, *buttons, "Stand up")
    seen = watch.wait_notification()
    assert dict(seen.actions) == {"done": "Done", "later": "Snooze", "default": "Show"}
    assert seen.id is not None
    desktop.notices.press(label)
    assert watch.wait_action(seen.id) == key


def test_dunst_can_be_paused_and_can_crash_and_come_back(desktop: Desktop) -> None:
    desktop.notices.pause(True)
    send(desktop, "Held back").wait()
    assert desktop.notices.count() == 0
    desktop.kill_dunst()
    desktop.start_dunst()
    send(desktop, "Shown").wait()
    wait_for(lambda: desktop.notices.count() == 1, 5, "dunst shows it")


def test_notifyd_records_presses_and_closes(bare_desktop: Desktop) -> None:
    watch = bare_desktop.watch_bus()
    daemon = bare_desktop.start_notifyd(("body", "actions"))
    sender = send(bare_desktop, "-h", "int:value:7", "--action=done=Done", "Stand up", "Walk")
    shown = daemon.wait_shown(lambda event: event["summary"] == "Stand up")
    assert (shown["body"], shown["actions"]) == ("Walk", ["done", "Done"])
    assert shown["hints"]["value"] == 7
    daemon.press(shown["id"], "done")
    assert watch.wait_action(shown["id"]) == "done"
    assert watch.wait_closed(shown["id"]) == 2
    assert sender.wait(PATIENCE) == 0
    daemon.close(shown["id"], 1)
    wait_for(lambda: (shown["id"], 1) in watch.closed, 5, "a second close")


def test_notifyd_hangs_refuses_and_comes_round(bare_desktop: Desktop) -> None:
    watch = bare_desktop.watch_bus()
    daemon = bare_desktop.start_notifyd(hang="notify")
    sender = send(bare_desktop, "Into the void")
    daemon.wait_shown()
    watch.wait_notification(answered=False)
    with pytest.raises(Unmet):
        watch.wait_notification(seconds=0.1)
    assert sender.poll() is None
    daemon.set(hang="", error="org.example.Refused")
    assert send(bare_desktop, "Refused").wait(5) == 1
    daemon.set(error="", delay=0.2)
    assert send(bare_desktop, "Slow").wait(5) == 0
    assert watch.wait_notification(lambda n: n.summary == "Slow").id == 3


def test_notifyd_takes_the_place_of_dunst(desktop: Desktop) -> None:
    daemon = desktop.start_notifyd()
    send(desktop, "Hello").wait(5)
    assert [event["summary"] for event in daemon.shown()] == ["Hello"]


def idle_ms(display: Display) -> int:
    return int(screensaver.query_info(display.screen().root).idle)


def test_a_moving_pointer_ends_idleness(bare_desktop: Desktop) -> None:
    display = Display(bare_desktop.env["DISPLAY"])
    try:
        wait_for(lambda: idle_ms(display) > 300, 5, "some idleness")
        bare_desktop.move_pointer()
        assert idle_ms(display) < 300
        wait_for(lambda: idle_ms(display) > 300, 5, "some idleness")
        bare_desktop.type_key("Shift_L")
        assert idle_ms(display) < 300
    finally:
        display.close()


def test_a_failed_start_leaves_nothing_behind() -> None:
    desktop = Desktop(panel=False, dunst=False)
    desktop.env["PATH"] = "/nonexistent"
    with pytest.raises(FileNotFoundError), desktop:
        pass
    assert not desktop.folder.exists()


def test_what_leaves_its_process_group_is_ended_too() -> None:
    escape = "import os, signal; os.setsid(); signal.pause()"
    outer = f"import subprocess, sys, signal; subprocess.Popen([sys.executable, '-c', {escape!r}])"
    with Desktop(panel=False, dunst=False) as desktop:
        desktop.spawn("outer", [sys.executable, "-c", f"{outer}; signal.pause()"])
        wait_for(
            lambda: len([line for line in desktop.processes().values() if "setsid" in line]) == 2,
            5,
            "parent and child run",
        )
        mark = f"XDG_RUNTIME_DIR={desktop.runtime}"
    assert carrying(mark) == {}


def test_a_failure_leaves_screen_and_logs(bare_desktop: Desktop, tmp_path: Path) -> None:
    bare_desktop.spawn("talker", [sys.executable, "-c", "print('hello')"]).wait_exit(5)
    bare_desktop.leave_evidence(tmp_path / "kept")
    assert (tmp_path / "kept" / "talker.log").read_text() == "hello\n"
    assert (tmp_path / "kept" / "screen.png").exists()


def test_a_torn_line_of_a_journal_is_not_read(bare_desktop: Desktop) -> None:
    program = bare_desktop.program()
    assert program.journal() == []
    folder = program.data_dir / "journal"
    folder.mkdir(parents=True)
    (folder / "here.jsonl").write_text('{"type": "Sat"}\n{"type": "Pro')
    assert program.journal() == [{"type": "Sat"}]
    assert program.wait_fact(lambda fact: fact["type"] == "Sat", 1)


def test_a_program_is_killed_like_in_a_crash(bare_desktop: Desktop) -> None:
    process = bare_desktop.spawn("sleeper", [sys.executable, "-c", "import signal; signal.pause()"])
    process.kill9()
    assert process.wait_exit(1) == -signal.SIGKILL


def test_a_watch_ends_before_its_desktop_without_a_trace(bare_desktop: Desktop) -> None:
    watch = BusWatch(bare_desktop.session_address)
    watch.close()
    assert watch.notifications == []


COME_AND_GO = """
from Xlib.display import Display
server = Display()
screen = server.screen()
while True:
    new = screen.root.create_window(0, 0, 9, 9, 0, screen.root_depth, override_redirect=True)
    new.map()
    server.sync()
    new.destroy()
"""


def test_windows_are_found_while_others_come_and_go(bare_desktop: Desktop) -> None:
    with closing(Display(bare_desktop.env["DISPLAY"])) as display:
        screen = display.screen()
        here = screen.root.create_window(20, 30, 50, 40, 0, screen.root_depth, override_redirect=1)
        here.set_wm_name("stays")
        here.set_wm_class("one", "Staying")
        here.map()
        display.sync()
        bare_desktop.spawn("come-and-go", [sys.executable, "-c", COME_AND_GO])
        stays = Window(here.id, "stays", "Staying", (20, 30, 70, 70))
        assert all(stays in bare_desktop.windows() for _ in range(40))
