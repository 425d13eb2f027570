"""The tray program from its start to its end, as a person has it; by `make test-windows` alone."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rig.processes import Outcome
from rig.waiting import BUSY, wait_for
from windows.wine_desktop import WineDesktop
from windows.wine_python import Running, WinePython, named

INSIDE = Path(__file__).with_name("inside.py")
ALREADY_RUNNING, NOT_RUNNING = 4, 3
QUICK = "60"  # what a second counts as, for a person who sits
SOON = 10  # seconds, on a machine with nothing else to do


@pytest.fixture(scope="module")
def windows() -> WinePython:
    return WinePython(Path(os.environ["QLBREAK_WINDOWS"]))


@pytest.fixture(scope="module")
def screen(windows: WinePython) -> Iterator[WineDesktop]:
    with WineDesktop(windows) as screen:
        yield screen


class Person:
    """Who has it, with the record in a folder of their own, named as people name them."""

    def __init__(self, windows: WinePython, name: str) -> None:
        self._windows = windows
        self.folder = windows.drive / "Jürgen Größe" / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / "said-set-up").touch()
        self.options = ("-P", "-m", "qlbreak", "--data-dir", rf"C:\Jürgen Größe\{name}")
        self.program: Running | None = None
        self._log = self.folder.with_suffix(".log")
        self._log.write_bytes(b"")

    def start(self, *words: str) -> None:
        self.program = self._windows.start(*self.options, "run", *words, log=self._log)
        wait_for(lambda: self.says("why").code == 0, SOON, "it answers", lambda: self.log)

    def says(self, *words: str) -> Outcome:
        return self._windows.run(*self.options, *words)

    def kill(self) -> None:
        assert self.program is not None
        self.program.kill()

    def ended(self) -> int:
        assert self.program is not None
        return self.program.ended(BUSY * SOON)

    def leave(self) -> None:
        """Nothing of it runs any more."""
        if self.program and self.program.code is None:
            self.says("quit")
            self.ended()

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def journal(self, kind: str = "") -> list[dict[str, Any]]:
        files = self.folder.glob("journal/*.jsonl")
        lines = [line for file in files for line in file.read_bytes().splitlines(keepends=True)]
        facts = [json.loads(line) for line in lines if line.endswith(b"\n")]
        return [fact for fact in facts if kind in ("", fact["type"])]

    def waits_for(self, kind: str, number: int = 1) -> dict[str, Any]:
        """The fact of that kind, when there are so many."""
        found = wait_for(
            lambda: len(seen := self.journal(kind)) >= number and seen,
            SOON, f"{number} {kind}", lambda: (self.journal(), self.log),
        )  # fmt: skip
        assert found
        return found[number - 1]


@pytest.fixture
def person(
    windows: WinePython, screen: WineDesktop, request: pytest.FixtureRequest
) -> Iterator[Person]:
    somebody = Person(windows, request.node.name.removeprefix("test_")[:40])
    yield somebody
    somebody.leave()


def test_who_sits_is_reminded_and_answers(person: Person, screen: WineDesktop) -> None:
    with screen.somebody():
        person.start("--speed", QUICK)
        shown = person.waits_for("shown")
        assert shown["sitting"] >= 20 * 60  # a good moment may come before it is due
        said = person.says("done")
    assert said.code == 0, said
    answered = person.waits_for("answered")
    assert (answered["answer"], answered["via"]) == ("done", "command")
    assert person.says("quit").code == 0
    assert person.ended() == 0
    assert person.journal()[-1]["type"] == "quit"
    assert "Traceback" not in person.log


def test_the_menu_answers_real_clicks(person: Person, screen: WineDesktop) -> None:
    bare = screen.picture()
    person.start()
    wait_for(lambda: screen.picture() != bare, SOON, "the icon is in the tray")
    person.says("arrived", "31 min")
    person.waits_for("shown")
    _, _, snooze, *_ = screen.menu()[1]
    screen.click(screen.submenu(snooze))
    assert person.waits_for("answered")["snooze"] == 300
    screen.click(screen.menu()[-1][-1])
    assert person.ended() == 0
    assert person.journal()[-1]["type"] == "quit"


def test_where_windows_refuses_toasts_the_balloon_comes(
    person: Person, screen: WineDesktop
) -> None:
    """Wine has none, so that the real library is loaded and refused (class not registered)."""
    bare = screen.above_the_bar()
    person.start()
    person.says("arrived", "31 min")
    person.waits_for("shown")
    wait_for(lambda: screen.above_the_bar() != bare, SOON, "a balloon", lambda: person.log)
    why = "Windows refuses (0x80040154)"
    assert (
        f"Windows toasts (not here: {why}), else balloons of the icon" in person.says("doctor").out
    )
    told = (person.folder / "qlbreak.log").read_text("utf-8")
    assert told.count(f"notifications by Windows toasts do not work: {why}") == 1
    assert person.says("done").code == 0
    wait_for(lambda: screen.above_the_bar() == bare, SOON, "it is taken back")


def test_a_click_on_the_icon_opens_the_window(person: Person, screen: WineDesktop) -> None:
    """And with Quit it goes as well."""
    bare = screen.picture()
    person.start()
    wait_for(lambda: screen.picture() != bare, SOON, "the icon is in the tray")
    screen.click(screen.icon)
    wait_for(lambda: screen.shows("Today"), SOON, "the window opens")
    assert person.says("quit").code == 0
    assert person.ended() == 0
    wait_for(lambda: not screen.shows("Today"), SOON, "the window is closed")


def test_killed_and_started_it_goes_on(person: Person, screen: WineDesktop) -> None:
    person.start()
    person.says("arrived", "31 min")
    person.waits_for("shown")
    person.kill()
    assert person.says("why").code == NOT_RUNNING
    person.start()
    assert person.waits_for("launched", 2)
    told = json.loads(person.says("status", "--json").out)
    assert told["sitting_s"] >= 31 * 60
    assert told["prompt"] is not None


def test_a_second_one_says_that_one_runs(person: Person) -> None:
    person.start()
    second = person.says("run")
    assert (second.code, second.out) == (ALREADY_RUNNING, "")
    assert "already running" in second.err
    assert person.says("why").code == 0


def test_a_log_off_is_recorded(person: Person, windows: WinePython) -> None:
    person.start()
    told = windows.run(named(INSIDE), "SystemTrayIcon")
    assert set(told.out.split()) == {"agrees"}, told  # the window of the icon, and of its menu
    assert person.ended() == 0
    assert person.journal()[-1]["type"] == "quit"


def test_what_goes_into_a_file_is_utf_8(person: Person, windows: WinePython) -> None:
    """By the shell, as a person does it."""
    person.start()
    out = person.folder / "jetzt.txt"
    words = subprocess.list2cmdline([r"C:\Python\python.exe", *person.options, "doctor"])
    file = subprocess.list2cmdline([rf"{person.options[-1]}\jetzt.txt"])
    shell = f"import subprocess; subprocess.run({f'{words} > {file}'!r}, shell=True, check=True)"
    done = windows.run("-c", shell)
    assert done.code == 0, done
    assert "Jürgen Größe" in out.read_text("utf-8")
