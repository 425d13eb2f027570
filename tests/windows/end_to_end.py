"""The tray program from its start to its end, as a person has it, and its windows; by
`make test-windows` alone."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageStat

import messages
from rig.processes import Outcome
from rig.waiting import BUSY, wait_for
from windows.wine_desktop import WineDesktop
from windows.wine_python import Running, WinePython, named

INSIDE = Path(__file__).with_name("inside.py")
SAVING = Path(__file__).with_name("saving.py")
ALREADY_RUNNING, NOT_RUNNING = 4, 3
QUICK = "60"  # what a second counts as, for a person who sits
SOON = 10  # seconds, on a machine with nothing else to do


PYTHON = r"C:\Python\python.exe"
PAGE = "437"  # of a console in America
COPY = "import shutil, sys; shutil.copyfileobj(sys.stdin.buffer, open('piped', 'wb'))"
# What Windows itself takes a person's folders from, and where they are else.
FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
OF_A_PERSON = {"AppData": r"AppData\Roaming", "Local AppData": r"AppData\Local"}
PROFILE = r"C:\users\Zoë Müller"
LOOKS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"


@pytest.fixture(scope="module")
def windows() -> WinePython:
    logs = os.environ.get("QLBREAK_WINDOWS_LOGS")
    return WinePython(Path(os.environ["QLBREAK_WINDOWS"]), Path(logs) if logs else None)


@pytest.fixture(scope="module")
def screen(windows: WinePython) -> Iterator[WineDesktop]:
    with WineDesktop(windows) as screen:
        yield screen


class Person:
    """Who has it, with the record in *folder*; *options* name it where it is not the usual one."""

    def __init__(self, windows: WinePython, folder: Path, *options: str) -> None:
        self._windows = windows
        self.folder = folder
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / "said-set-up").touch()
        self.options = ("-P", "-m", "qlbreak", *options)
        self.program: Running | None = None
        self._log = self.folder.with_suffix(".log")
        self._log.write_bytes(b"")

    def start(self, *words: str) -> None:
        before = len(self.journal("launched"))
        self.program = self._windows.start(*self.options, "run", *words, log=self._log)
        self.waits_for("launched", before + 1)  # which costs less than asking it
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
        if self.program:
            if self.program.code is None:
                self.says("quit")
            self.ended()

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def lines(self) -> list[bytes]:
        files = self.folder.glob("journal/*.jsonl")
        return [line for file in files for line in file.read_bytes().splitlines(keepends=True)]

    def journal(self, kind: str = "") -> list[dict[str, Any]]:
        facts = [json.loads(line) for line in self.lines() if line.endswith(b"\n")]
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
    """With the record in a folder named as people name them."""
    name = re.sub(r"\W+", "_", request.node.name.removeprefix("test_"))[:40]
    folder = windows.drive / "Jürgen Größe" / name
    somebody = Person(windows, folder, "--data-dir", rf"C:\Jürgen Größe\{name}")
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
    clear = screen.above_the_bar()
    person.says("arrived", "31 min")
    person.waits_for("shown")
    # It comes after the toast that is refused, and would be taken for the menu.
    wait_for(lambda: screen.above_the_bar() != clear, SOON, "the balloon is up")
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
    before = person.journal()
    person.kill()
    assert person.says("why").code == NOT_RUNNING
    person.start()
    assert person.waits_for("launched", 2)
    assert person.journal()[: len(before)] == before
    assert all(line.endswith(b"}\n") for line in person.lines()), "whole ones alone"
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
    told = windows.run(named(INSIDE), "log-off", "SystemTrayIcon")
    assert set(told.out.split()) == {"agrees"}, told  # the window of the icon, and of its menu
    assert person.ended() == 0
    assert person.journal()[-1]["type"] == "quit"


def test_a_machine_that_wakes_is_looked_at_at_once(person: Person, windows: WinePython) -> None:
    """The window of the icon is told; nobody waits for what follows."""
    person.start()
    assert windows.run(named(INSIDE), "wake", "SystemTrayIcon").code == 0
    log = person.folder / "qlbreak.log"
    said = "Windows says: awake"
    wait_for(lambda: said in log.read_text("utf-8"), SOON, said, lambda: log.read_text("utf-8"))
    assert person.says("why").code == 0


def test_what_goes_into_a_file_or_a_pipe_is_utf_8(person: Person, windows: WinePython) -> None:
    """By the shell, in a console with a code page of its own, as a person does it."""
    person.start()
    doctor = subprocess.list2cmdline([PYTHON, *person.options, "doctor"])
    copy = subprocess.list2cmdline([PYTHON, "-c", COPY])
    shell = f"chcp {PAGE} > page & {doctor} > file & {doctor} | {copy}"
    run = f"s.run({shell!r}, shell=True, cwd={person.options[-1]!r}, check=True"
    asked = f"import subprocess as s; {run}, creationflags=s.CREATE_NEW_CONSOLE)"
    done = windows.run("-c", asked)
    assert done.code == 0, done
    assert PAGE in (person.folder / "page").read_text("ascii")
    for name in ("file", "piped"):
        assert "Jürgen Größe" in (person.folder / name).read_text("utf-8")


def test_a_profile_with_umlauts(windows: WinePython, screen: WineDesktop) -> None:
    """Where a person's folders are is Windows' to say, and nothing here names one."""
    local = windows.drive / "users" / "Zoë Müller" / "AppData/Local"
    with a_profile(windows):
        somebody = Person(windows, local / "qlbreak")
        try:
            somebody.start()
            somebody.says("arrived", "31 min")
            somebody.waits_for("shown")
            assert somebody.says("config", "path").out.strip().startswith(PROFILE)
            assert somebody.says("quit").code == 0
            assert somebody.ended() == 0
        finally:
            somebody.leave()
    assert somebody.journal()[-1]["type"] == "quit"
    assert "Traceback" not in somebody.log


@contextmanager
def a_profile(windows: WinePython) -> Iterator[None]:
    for name, folder in OF_A_PERSON.items():
        windows.register(FOLDERS, name, rf"{PROFILE}\{folder}")
    try:
        yield
    finally:
        for name, folder in OF_A_PERSON.items():
            windows.register(FOLDERS, name, rf"%USERPROFILE%\{folder}", "REG_EXPAND_SZ")


def test_settings_saved_twice_at_once_lose_nothing(person: Person, windows: WinePython) -> None:
    """By two programs, each a setting of its own, time and again; the tray program reads along."""
    file = person.folder / "config.toml"
    shutil.copy(Path(__file__).parents[2] / "config.example.toml", file)
    path = rf"{person.options[-1]}\{file.name}"
    person.options = (*person.options, "--config", path)
    person.start()
    logs = [person.folder / f"{number}.log" for number in range(2)]
    keys = [("prompt", "snoozes"), ("prompt", "longer_every")]
    running = [
        windows.start(named(SAVING), path, *key, *("2", "3", "4") * 5, log=log)
        for key, log in zip(keys, logs, strict=True)
    ]
    codes = [one.ended(BUSY * SOON) for one in running]
    assert codes == [0, 0], [log.read_text("utf-8") for log in logs]
    said = file.read_text("utf-8")
    assert "\nsnoozes = 4\n" in said
    assert "\nlonger_every = 4\n" in said
    assert said.count("\n#") > 50, "its comments are kept"
    assert [one.name for one in person.folder.glob("*config*")] == [file.name]
    assert person.says("why").code == 0
    assert "Traceback" not in person.log


# The windows

WINDOWS = {
    "set-up": ("set-up",),
    "guide": ("guide", "r60-desk"),
    "check-in": ("check-in",),
    "safety": ("safety", "--window"),
    "Today": ("open",),
    **{page: ("open", "--page", page.lower()) for page in ("Movements", "Record", "Settings")},
}
AT_ONCE_WIDE = 1000  # pixels, of none of them but the large ones
# Where each is known by: what stands in its title, in English.
TITLES = {"set-up": ("qlbreak: set-up",), "guide": ("Ready? Left side first", "Ready?")}


@pytest.mark.parametrize(
    ("name", "look"),
    [
        *((name, "light") for name in WINDOWS),
        *((name, look) for look in ("dark", "large") for name in ("set-up", "guide", "Today")),
        *((name, "ja") for name in ("set-up", "guide", "Today", "Record")),
    ],
)
def test_each_window_shows_itself(
    person: Person, windows: WinePython, screen: WineDesktop, name: str, look: str
) -> None:
    """As a person sees it, to be looked at with the logs."""
    told = TITLES.get(name, (name,))
    if look == "ja":
        known = messages.catalogue("ja")
        told = tuple(str(known[text].string) for text in told)
    title = "|".join(map(re.escape, told))
    file = person.folder / "looks.toml"
    file.write_text(f'[general]\nlanguage = "{look if look == "ja" else "system"}"\n')
    words = (*person.options, "--config", named(file), *WINDOWS[name])
    with looking(windows, look) as settings:
        window = windows.start(*words, log=person.folder / "window.log", env=settings)
        try:
            shown = wait_for(lambda: screen.look_at(title), SOON, "it is drawn", screen.titles)
        finally:
            window.kill()
    assert shown is not None
    pictures = windows.logs / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    shown.save(pictures / f"{name}-{look}.png")
    shade = ImageStat.Stat(shown.convert("L")).mean[0]
    assert shade < 90 if look == "dark" else shade > 150
    assert (shown.width > AT_ONCE_WIDE) == (look == "large"), shown.size


@contextmanager
def looking(windows: WinePython, look: str) -> Iterator[dict[str, str]]:
    """Dark as Windows has it for all programs."""
    windows.register(LOOKS, "AppsUseLightTheme", f"{int(look != 'dark')}", "REG_DWORD")
    scale = {"QLBREAK_SCALE": "1.5"} if look == "large" else {}
    yield {"QLBREAK_MOTION": "reduced", **scale}  # or the guide is never drawn to the end
