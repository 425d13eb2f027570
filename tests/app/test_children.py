"""The windows that the program opens: what they import, who is in front, how they end."""

import shutil
import sys
from pathlib import Path

import pytest

from qlbreak.system import control, paths
from rig.buswatch import BusWatch
from rig.desktop import Desktop
from rig.privatebus import need
from rig.program import ROOT, Program
from rig.waiting import wait_for

EVIL = "import pathlib; pathlib.Path({told!r}).open('a').write(__name__ + chr(10))\n"
TITLES = {"safety": "qlbreak: safety", "check-in": "qlbreak: check-in"}


@pytest.fixture
def home(desktop: Desktop) -> Desktop:
    """With the window manager at work: what is shown while it begins may be lost."""
    need("xprop")
    desktop.wait_managed()
    return desktop


def started(home: Desktop, folder: Path | None = None, **env: str) -> Program:
    """In that folder, as by the installed script: the folder is not on the program's own path."""
    program = home.program().known()
    program.env |= env
    command = f'cd "{folder or home.home}" && exec {sys.executable} -P -m qlbreak'
    words = ["sh", "-c", f'{command} --data-dir "{program.data_dir}" run']
    program.process = home.spawn("qlbreak", words, env=program.env)
    wait_for(program.answers, 10, "it answers")
    return program


def ask(home: Desktop, program: Program, *words: str) -> str:
    """As the menu does."""
    runtime = Path(home.env["XDG_RUNTIME_DIR"]) / "qlbreak"
    places = paths.find(program.data_dir)
    reply = control.ask(runtime / places.socket.name, words)
    return reply.refused or reply.text


def shown(home: Desktop, name: str) -> None:
    wait_for(lambda: TITLES[name] in home.window_titles(), 15, f"the window {name}")


def pids(home: Desktop, name: str) -> list[int]:
    words = f" {name}"
    return [pid for pid, line in home.processes().items() if words in line and " -P -m " in line]


def prompted(home: Desktop, program: Program) -> None:
    home.wait_tray_item("qlbreak", 10)
    assert program.run("arrived", "40 min").code == 0
    wait_for(lambda: program.status()["prompt"], 10, "a prompt is open")


def start_it(home: Desktop) -> None:
    labels = [line.label for line in home.tray_menu().children]
    home.press_menu(next(label for label in labels if label.startswith(("Start: ", "Show: "))))


def notes(watch: BusWatch) -> list[tuple[str, str]]:
    return [(note.summary, note.body) for note in watch.notifications]


def test_a_module_in_the_folder_where_it_was_started_is_not_taken(home: Desktop) -> None:
    evil, told = home.folder / "evil", home.folder / "taken"
    evil.mkdir()
    for name in ("json", "tkinter", "PIL", "qlbreak"):
        (evil / f"{name}.py").write_text(EVIL.format(told=str(told)))
    program = started(home, evil)
    for name in TITLES:
        assert ask(home, program, name) == f"A window opens: {name}."
        shown(home, name)
    assert not told.exists(), told.read_text()
    program.run("quit")
    assert program.wait_exit() == 0


def test_asked_for_again_it_comes_to_the_front_and_is_one(home: Desktop) -> None:
    program = started(home)
    ask(home, program, "safety")
    shown(home, "safety")
    ask(home, program, "check-in")
    shown(home, "check-in")
    wait_for(lambda: active(home) == TITLES["check-in"], 10, "the later one is in front")
    assert ask(home, program, "safety") == "Its window comes to the front: safety."
    wait_for(lambda: active(home) == TITLES["safety"], 10, "the one that was asked for")
    # Closed at once after that click, it stays closed.
    pid = pids(home, "safety")
    home.type_key("Escape")
    wait_for(lambda: not pids(home, "safety") or pids(home, "safety") != pid, 5, "it is closed")
    assert ask(home, program, "check-in") == "Its window comes to the front: check-in."
    wait_for(lambda: active(home) == TITLES["check-in"], 10, "the other one")
    assert pids(home, "safety") == []


def active(home: Desktop) -> str:
    return home.run(["xdotool", "getactivewindow", "getwindowname"]).out.strip()


def test_it_ends_when_the_program_is_killed(home: Desktop) -> None:
    program = started(home)
    ask(home, program, "safety")
    shown(home, "safety")
    assert program.process is not None
    home.run(["kill", "-9", str(program.process.pid)])  # it alone
    wait_for(lambda: not pids(home, "safety"), 5, "its window ends, too")


def test_a_guide_that_crashes_leaves_the_steps_and_is_told(home: Desktop) -> None:
    watch = home.watch_bus()
    program = started(home)
    prompted(home, program)
    start_it(home)
    wait_for(lambda: any("Ready?" in title for title in home.window_titles()), 15, "the guide")
    home.run(["kill", "-9", str(pids(home, "guide")[0])])
    why = "To see why, run in a terminal: qlbreak guide"
    wait_for(lambda: [n for n in notes(watch) if why in n[1]], 5, "it is told", program.journal)
    wait_for(lambda: [n for n in notes(watch) if "Get ready" in n[1]], 5, "steps")
    assert "stopped" not in [fact["type"] for fact in program.journal()]
    start_it(home)
    wait_for(lambda: pids(home, "guide"), 5, "it can be started again")


def test_replaced_while_it_runs_start_shows_the_steps_and_says_why(home: Desktop) -> None:
    copy = home.folder / "installed"
    for name in ("qlbreak", "icons"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    watch = home.watch_bus()
    program = started(home, PYTHONPATH=str(copy))
    prompted(home, program)
    (copy / "qlbreak/__init__.py").write_text("raise ImportError('half way through an upgrade')\n")
    del program.env["PYTHONPATH"]
    start_it(home)
    why = "Please quit it and start it again"
    wait_for(lambda: [n for n in notes(watch) if why in n[1]], 10, "it says why", program.journal)
    wait_for(lambda: [n for n in notes(watch) if "Get ready" in n[1]], 10, "steps")
    kinds = [fact["type"] for fact in program.journal()]
    assert "started" in kinds
    assert "stopped" not in kinds


def test_a_good_upgrade_is_said_when_a_window_opens(home: Desktop) -> None:
    copy = home.folder / "installed"
    for name in ("qlbreak", "icons"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    watch = home.watch_bus()
    program = started(home, PYTHONPATH=str(copy))
    home.wait_tray_item("qlbreak", 10)  # all of it has been read by then
    init = copy / "qlbreak/__init__.py"
    init.write_text(init.read_text() + "# another version\n")
    ask(home, program, "safety")
    shown(home, "safety")
    assert notes(watch)[-1][0] == "qlbreak needs a restart"
