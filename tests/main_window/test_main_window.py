"""The one window, used by what it tells a screen reader, by keys, and with a program that ends."""

import sys

import pytest

from main_window.mainwindow import OPEN, Opened, keep_a_day, keep_an_evening
from qlbreak.texts import main_window
from rig import inspection
from rig.accessibility import Reader
from rig.compositors import Sway
from rig.program import Program
from rig.waiting import wait_for
from thorough import themes

pytestmark = pytest.mark.desktop


@pytest.fixture
def program(reader: Reader) -> Program:
    return reader.desktop.program().known()


def running(program: Program) -> Program:
    process = program.start()
    wait_for(lambda: not process.alive or program.answers(), 10, "it answers")
    return program


def test_what_is_done_in_the_window_is_answered_in_place_and_seen_at_once(
    reader: Reader, program: Program
) -> None:
    running(program)
    window = Opened(reader, program).window
    window.find("label", part="Sitting")
    window.find("push button", "I'm standing").press()
    window.find("label", reader.hears("Standing. "))
    window.find("push button", "I'm sitting again").press()
    window.find("label", reader.hears("Sitting. "))
    stood = [fact for fact in program.journal() if fact["type"] == "declared"]
    assert [fact["posture"] for fact in stood] == ["standing", "sitting"]


def test_a_button_with_a_menu_offers_its_lines(reader: Reader, program: Program) -> None:
    running(program)
    window = Opened(reader, program).window
    button = window.find("push button", part="Pause")
    assert "has popup" in button.states
    button.focus()
    reader.keys("space")
    wait_for(lambda: "pressed" in button.states, 5, "its menu is open")
    reader.keys("Down", "Return")
    window.find("push button", part="Resume")
    assert program.status()["state"] == "paused"


def test_what_is_done_elsewhere_shows_here(reader: Reader, program: Program) -> None:
    running(program)
    window = Opened(reader, program).window
    window.find("push button", "I'm standing")
    program.ask("stand")
    window.find("label", part="Standing for ")
    window.find("list item", part="Standing, ")
    assert not window.has("push button", "I'm standing")


def test_what_means_nothing_now_is_said_in_place(reader: Reader, program: Program) -> None:
    """Told from elsewhere, in the moment between."""
    running(program)
    window = Opened(reader, program).window
    start = window.find("push button", part="Start: ")
    program.ask("quit")
    window.find("label", main_window.NOT_RUNNING)
    assert start.name not in window.tree()
    assert window.find("push button", main_window.START).enabled


def test_without_a_program_it_is_read_only_and_starts_one(reader: Reader, program: Program) -> None:
    keep_an_evening(reader, program)
    opened = Opened(reader, program)
    window = opened.window
    window.find("label", main_window.NOT_RUNNING)
    window.find("list item", part="snoozed once")
    window.find("push button", main_window.START).press()
    window.find("push button", "I'm standing")
    assert program.ask("quit").text == "qlbreak ends"
    window.find("label", main_window.NOT_RUNNING)
    opened.process.kill9()


def test_a_program_that_is_killed_is_missed_and_found_again(
    reader: Reader, program: Program
) -> None:
    running(program)
    opened = Opened(reader, program)
    opened.window.find("push button", "I'm standing")
    program.kill9()
    opened.window.find("label", main_window.NOT_RUNNING)
    running(program)
    opened.window.find("push button", "I'm standing")
    opened.process.kill9()
    wait_for(lambda: not reader.windows, 10, "it is gone")
    assert not program.ask("stand").refused


@pytest.mark.parametrize(
    ("keys", "page"),
    [("ctrl+5", "safety"), ("alt+f", "safety"), ("ctrl+1", "today"), ("alt+r", "record")],
)
def test_each_page_is_a_key_away(reader: Reader, program: Program, keys: str, page: str) -> None:
    first = "settings"
    opened = Opened(reader, program, first)
    reader.window(main_window.title(first))
    wait_for(lambda: reader.focused is not None, 10, "it has the keyboard")
    reader.keys(keys)
    tab = reader.window(main_window.title(page)).find("page tab", main_window.name(page))
    assert "selected" in tab.states
    reader.keys("ctrl+w")
    assert opened.process.wait_exit(10) == 0


def test_the_day_is_told_entry_by_entry_and_read_with_the_arrows(
    reader: Reader, program: Program
) -> None:
    keep_an_evening(reader, program)
    window = Opened(reader, program).window
    last = window.find("list item", part="Sat 1 h")
    entries = [node.name for node in window.find("list", main_window.TODAY_LIST).all("list item")]
    for part in ("Stood 25 min", "Away 50 min", "In a meeting, 30 min", "microphone in use",
                 "snoozed once", "skipped"):  # fmt: skip
        assert [entry for entry in entries if part in entry], part
    assert entries.index(last.name) < 3
    wait_for(lambda: "active" in window.states, 5, "it has the keyboard")
    list_ = window.find("list", main_window.TODAY_LIST)
    list_.focus()
    reader.keys("End")
    first = list_.find("list item", entries[-1])
    wait_for(lambda: first.has_focus, 5, "the first of the day is read", list_.tree)


@pytest.mark.parametrize("theme", themes("contrast"))
def test_nothing_in_it_is_nameless_lost_or_hard_to_read(
    reader: Reader, program: Program, theme: str
) -> None:
    keep_an_evening(reader, program)
    running(program)
    window = Opened(reader, program, QLBREAK_THEME=theme).window
    window.find("push button", part="Start: ")
    window.find("list item", part="snoozed once")
    found = inspection.complaints(reader, window)
    assert not found, "\n".join(found)


def test_the_safety_text_is_scrolled_by_keys_and_shows_it(reader: Reader, program: Program) -> None:
    window = Opened(reader, program, "safety").window
    window.find("label", "Get help now")
    assert inspection.complaints(reader, window) == []


def test_on_wayland_alone_it_opens(sway: Sway) -> None:
    program = Program(sway, sway.home / "data").known()
    keep_a_day(program.data_dir)
    command = [sys.executable, "-c", OPEN, str(program.data_dir), "today"]
    process = sway.spawn("main window", command, env=program.env)
    wait_for(
        lambda: main_window.title("today") in sway.tree() or not process.alive,
        15, "it is there", process.log.read_text,
    )  # fmt: skip
    assert process.alive, process.log.read_text()
