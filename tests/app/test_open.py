"""The one window: opened by the command, a second start, a click in the menu of applications."""

from pathlib import Path

import pytest

from rig.desktop import Desktop
from rig.privatebus import need
from rig.program import Program
from rig.waiting import wait_for

SET_UP = "qlbreak: set-up"


@pytest.fixture
def home(desktop: Desktop) -> Desktop:
    """With the window manager at work: what is shown while it begins may be lost."""
    return managed(desktop)


@pytest.fixture
def bare_home(bare_desktop: Desktop) -> Desktop:
    """Without a tray."""
    return managed(bare_desktop)


def managed(desktop: Desktop) -> Desktop:
    need("xprop")
    desktop.wait_managed()
    return desktop


def started(home: Desktop) -> Program:
    program = home.program().known()
    program.start("run")
    wait_for(program.answers, 15, "it answers", lambda: program.log)
    return program


def windows(home: Desktop) -> list[int]:
    """The processes that show it."""
    return [pid for pid, line in home.processes().items() if " open" in line and "python" in line]


def page(home: Desktop, name: str) -> None:
    title = f"qlbreak: {name}"
    wait_for(lambda: title in home.window_titles(), 20, title, home.window_titles)


def test_the_running_programs_window_is_one_and_turns_to_the_page(home: Desktop) -> None:
    program = started(home)
    assert program.run("open", "--page", "safety").out == "The window opens.\n"
    page(home, "Safety")
    (pid,) = windows(home)
    assert program.run("open", "--page", "today").out == "The window comes to the front.\n"
    page(home, "Today")
    assert "qlbreak: Safety" not in home.window_titles()
    assert program.run("open", "--page", "safety").code == 0
    page(home, "Safety")
    assert program.run("open").code == 0  # it stays where it is
    assert "qlbreak: Safety" in home.window_titles()
    assert windows(home) == [pid]
    assert program.run("quit").code == 0
    wait_for(lambda: not windows(home), 10, "it ends with the program")


def test_a_second_start_opens_it_and_still_ends_with_four(home: Desktop) -> None:
    program = started(home)
    second = program.run("run")
    assert (second.code, second.out) == (4, "")
    assert second.err == "qlbreak: already running; its window opens\n"
    page(home, "Today")
    assert program.run("quit").code == 0


def test_without_a_running_program_it_opens_by_itself(home: Desktop) -> None:
    program = home.program().known()
    opened = program.start("open", "--page", "safety")
    page(home, "Safety")
    assert program.run("why").code == 3
    home.wait_keys("qlbreak: Safety")
    home.type_key("ctrl+w")
    assert opened.wait_exit(10) == 0


def test_with_start_there_is_a_program_behind_it(home: Desktop) -> None:
    program = home.program().known()
    first = program.run("open", "--start")
    assert (first.code, first.out, first.err) == (0, "The window opens.\n", "")
    page(home, "Today")
    assert program.answers()
    again = program.run("open", "--start")
    assert (again.code, again.out) == (0, "The window comes to the front.\n")
    assert len(windows(home)) == 1
    assert program.run("quit").code == 0


def test_a_click_in_the_menu_of_applications_gives_both(home: Desktop) -> None:
    need("gio")
    program = home.program().known()
    data = home.home / "share"
    program.env |= {"XDG_DATA_HOME": str(data)}
    assert program.run("launcher", "on").code == 0
    entry = data / "applications/qlbreak.desktop"
    assert home.run(["gio", "launch", str(entry)], env=program.env).code == 0
    page(home, "Today")
    wait_for(program.answers, 10, "it runs")
    (pid,) = windows(home)
    assert home.run(["gio", "launch", str(entry)], env=program.env).code == 0
    assert program.run("open", "--page", "record").out == "The window comes to the front.\n"
    page(home, "Record")
    assert windows(home) == [pid]
    assert program.run("quit").code == 0


def test_the_leave_of_a_click_reaches_the_window_and_no_session_starts_it_again(
    home: Desktop,
) -> None:
    program = home.program().known()
    program.env |= {"SESSION_MANAGER": "local/none:/none"}
    program.start("run")
    wait_for(program.answers, 15, "it answers", lambda: program.log)
    program.env |= {"XDG_ACTIVATION_TOKEN": "leave-1"}
    assert program.run("open").code == 0
    page(home, "Today")
    (pid,) = windows(home)
    given = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    assert b"XDG_ACTIVATION_TOKEN=leave-1" in given
    assert not [one for one in given if one.startswith(b"SESSION_MANAGER")]
    assert program.run("quit").code == 0


def test_where_there_is_no_tray_it_comes_after_the_set_up_with_what_brings_one(
    bare_home: Desktop,
) -> None:
    daemon = bare_home.start_notifyd()
    program = bare_home.program()
    program.env |= {"XDG_CURRENT_DESKTOP": "GNOME"}
    program.start("run")
    wait_for(lambda: SET_UP in bare_home.window_titles(), 20, "the set-up", lambda: program.log)
    assert not [note for note in daemon.shown() if "tray icons" in note["body"]]
    assert program.run("open").out.startswith("Its window comes to the front: set-up")
    bare_home.wait_keys(SET_UP)
    bare_home.type_key("ctrl+w")
    page(bare_home, "Today")
    told = wait_for(
        lambda: [note["body"] for note in daemon.shown() if "tray icons" in note["body"]],
        10,
        "what brings an icon",
    )
    assert "gnome-shell-extension-appindicator" in told[0]
    assert program.run("quit").code == 0
    # Once ever: the next start shows nothing by itself.
    assert (program.data_dir / "said-no-tray").exists()


def test_where_no_window_can_be_it_is_said(home: Desktop) -> None:
    program = home.program().known()
    display = program.env.pop("DISPLAY")
    assert display
    outcome = program.run("open")
    assert outcome.code == 2
    assert outcome.err == "qlbreak: there is no screen here; in a terminal: qlbreak status\n"
