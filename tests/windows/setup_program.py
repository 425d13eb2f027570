"""The setup program and the zip, as a person has them on a Windows without a Python; by `make
test-windows ARGS=setup-program` alone. Pictures of what stood on the screen are kept.

They are built first, or taken from the folder in QLBREAK_DIST.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from rig.processes import Outcome
from rig.waiting import PATIENCE, wait_for
from windows.__main__ import TREE
from windows.wine_desktop import WineDesktop
from windows.wine_python import WinePython, named, starter

SOON = 10  # seconds, on a machine with nothing else to do
LONG = 600.0  # to unpack, to wait for what does not close, to start what was never started before
NOT_RUNNING, STILL_RUNS = 3, 4
KEPT = r"HKCU\Software\Microsoft\Windows\CurrentVersion"
LISTED, AT_LOGIN = rf"{KEPT}\Uninstall\qlbreak", rf"{KEPT}\Run"
SIDE = (0xE8, 0xF1, 0xF1)
# What this rig has in the place of Windows' own, or makes for itself.
STAND_INS = {"python.exe", "pythonw.exe", "icuuc.dll", "mscms.dll", "uisettings.dll"}
# What the person keeps: the record, and what the next start wants to know.
RECORD = (
    "journal",
    "device.json",
    "checkpoint.json",
    "lock",
    "said-",
    "set-up.json",
    "config.toml",
)


class Person:
    """At a Windows of their own, who has downloaded both."""

    def __init__(self, windows: WinePython, screen: WineDesktop, dist: Path) -> None:
        self.windows, self.screen = windows, screen
        self.setup = next(dist.glob("qlbreak-*-setup.exe"))
        self.zipped = next(dist.glob("qlbreak-*-portable.zip"))
        self.version = self.setup.name.split("-")[1]
        users = [home for home in (windows.drive / "users").iterdir() if home.name != "Public"]
        self.local = users[0] / "AppData/Local"
        self.program = self.local / "Programs/qlbreak"
        self.data = self.local / "qlbreak"
        self.entry = users[0] / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/qlbreak.lnk"
        self.begun: list[subprocess.Popen[bytes]] = []
        self._pictures = windows.folder / "pictures"
        self._pictures.mkdir(exist_ok=True)

    def runs(self, program: Path | str, *words: str) -> Outcome:
        """To the end."""
        return self.windows.wine(windows_path(program), *words, seconds=LONG)

    def begins(self, program: Path | str, *words: str) -> "subprocess.Popen[bytes]":
        """And goes on with something else. A program that it starts has no pipe of ours."""
        null = subprocess.DEVNULL
        process = subprocess.Popen(
            [*starter(), windows_path(program), *words], cwd=self.windows.folder,
            env=self.windows.env, stdin=null, stdout=null, stderr=null,
        )  # fmt: skip
        self.begun.append(process)
        return process

    def says(self, *words: str) -> Outcome:
        return self.runs(self.program / "qlbreak.exe", *words)

    def journal(self, kind: str = "") -> list[dict[str, Any]]:
        lines = [
            line
            for file in self.data.glob("journal/*.jsonl")
            for line in file.read_bytes().splitlines(keepends=True)
        ]
        facts = [json.loads(line) for line in lines if line.endswith(b"\n")]
        return [fact for fact in facts if kind in ("", fact["type"])]

    def waits_for(self, kind: str, number: int = 1) -> dict[str, Any]:
        found = wait_for(lambda: self.journal(kind)[number - 1 :], SOON, f"{number} {kind}")
        return found[0]

    def looks(self, name: str) -> None:
        self.screen.picture().save(self._pictures / f"{name}.png")

    def install(self) -> int:
        """Without a question; how that ended."""
        return self.begins(self.setup, "/S").wait(LONG)

    def start(self) -> None:
        """As at login."""
        self.begins(self.program / "qlbreakw.exe")
        wait_for(lambda: self.says("why").code == 0, SOON, "it runs")

    def quiet(self) -> None:
        """Nothing of it runs any more, not a window either."""
        self.says("quit")
        wait_for(lambda: self.says("status").code == NOT_RUNNING, SOON, "it has ended")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if given := os.environ.get("QLBREAK_DIST"):
        return Path(given)
    made = tmp_path_factory.mktemp("dist")
    build = TREE / "packaging/windows/build.py"
    words = [sys.executable, str(build), "--cache", os.environ["QLBREAK_WINDOWS"], str(made)]
    subprocess.run(words, check=True)
    return made


@pytest.fixture(scope="module")
def person(dist: Path) -> Iterator[Person]:
    windows = WinePython(Path(os.environ["QLBREAK_WINDOWS"], "person"))
    windows.folder.mkdir(exist_ok=True)
    windows.bare()
    with WineDesktop(windows) as screen:
        somebody = Person(windows, screen, dist)
        yield somebody
    for process in somebody.begun:
        process.wait(PATIENCE)


@pytest.fixture
def installed(person: Person) -> Iterator[Person]:
    """For whom the set-up is behind them."""
    person.data.mkdir(parents=True, exist_ok=True)
    (person.data / "said-set-up").touch()
    if not person.program.exists():
        assert person.install() == 0
    yield person
    if person.program.exists():
        person.quiet()


def test_by_the_mouse_it_comes_with_two_clicks_and_starts(person: Person) -> None:
    screen = person.screen
    person.begins(person.setup)
    wait_for(lambda: beside_words(screen), SOON, "the first page")
    person.looks("setup-first")
    screen.use("key", "Return")
    wait_for(lambda: not beside_words(screen), SOON, "it begins")
    wait_for(lambda: beside_words(screen), LONG, "the last page", busy=1)
    person.looks("setup-last")
    assert person.entry.exists()
    screen.use("key", "Return")
    wait_for(lambda: not screen.shows("qlbreak Setup"), SOON, "the setup program has ended")
    wait_for(lambda: person.says("why").code == 0, SOON, "the program runs")
    wait_for(lambda: screen.shows("qlbreak"), SOON, "a window of it opens")
    settled(screen)
    person.looks("first-start")
    person.quiet()


def test_windows_knows_it(installed: Person) -> None:
    program = windows_path(installed.program)
    listed = {
        name: installed.windows.registered(LISTED, name)
        for name in ("DisplayName", "DisplayVersion", "DisplayIcon", "QuietUninstallString")
    }
    assert listed == {
        "DisplayName": "qlbreak",
        "DisplayVersion": installed.version,
        "DisplayIcon": rf"{program}\qlbreakw.exe",
        "QuietUninstallString": rf'"{program}\uninstall.exe" /S',
    }
    assert installed.entry.exists()
    assert installed.says("--version").out.strip().endswith(installed.version)
    shipped = {file.name.lower() for file in installed.program.rglob("*")}
    assert not shipped & STAND_INS, "Windows has its own"


def test_from_the_start_menu_to_an_answer(installed: Person) -> None:
    screen = installed.screen
    installed.begins("start", windows_path(installed.entry))
    wait_for(lambda: screen.shows("Today"), SOON, "the window opens")
    wait_for(lambda: installed.says("why").code == 0, SOON, "the program runs")
    settled(screen)
    installed.looks("window")
    bare = corner(screen)
    assert installed.says("arrived", "31 min").code == 0
    installed.waits_for("shown")
    wait_for(lambda: corner(screen) != bare, SOON, "a reminder is on the screen")
    installed.looks("reminder")
    assert installed.says("done").code == 0
    assert installed.waits_for("answered")["answer"] == "done"


def test_over_itself_while_it_runs_it_goes_on(installed: Person) -> None:
    """With all that the person has chosen: a new version nobody watches."""
    assert installed.says("autostart", "on").code == 0
    entry = installed.windows.registered(AT_LOGIN, "qlbreak")
    assert rf"{windows_path(installed.program)}\qlbreakw.exe" in entry
    installed.start()
    starts, ends = len(installed.journal("launched")), len(installed.journal("quit"))
    older = installed.program / "_internal/of-an-older-one.dll"
    older.write_bytes(b"")
    assert installed.install() == 0
    assert not older.exists()
    installed.waits_for("quit", ends + 1)
    installed.waits_for("launched", starts + 1)
    assert installed.windows.registered(AT_LOGIN, "qlbreak") == entry
    assert installed.entry.exists()


def test_out_of_the_start_menu_it_stays_out(installed: Person) -> None:
    assert installed.says("launcher", "off").code == 0
    assert installed.install() == 0
    assert not installed.entry.exists()
    assert installed.says("launcher", "on").code == 0


def test_what_does_not_close_is_left_whole(installed: Person) -> None:
    """A window without a program behind it hears of no quitting."""
    installed.begins(installed.program / "qlbreakw.exe", "open", "--here")
    wait_for(lambda: installed.screen.shows("Today"), SOON, "the window opens")
    assert installed.install() == STILL_RUNS
    assert installed.screen.shows("Today")
    assert installed.says("--version").code == 0
    installed.screen.use("key", "ctrl+w")
    wait_for(lambda: not installed.screen.shows("Today"), SOON, "the window is closed")


def test_taken_away_it_leaves_the_record_alone(installed: Person) -> None:
    assert installed.says("autostart", "on").code == 0
    installed.start()
    facts = installed.journal()
    person, screen = installed, installed.screen
    person.begins(person.program / "uninstall.exe")
    wait_for(lambda: screen.shows("qlbreak Uninstall"), SOON, "it asks")
    settled(screen)
    person.looks("remove-first")
    screen.use("key", "Return")
    wait_for(lambda: beside_words(screen), LONG, "the last page", busy=1)
    person.looks("remove-last")
    assert not person.program.exists()
    screen.use("key", "Return")
    wait_for(lambda: not screen.shows("qlbreak Uninstall"), SOON, "it has ended")

    assert not person.entry.exists()
    assert person.windows.registered(AT_LOGIN, "qlbreak") == ""
    assert registered(person) == []
    left = [path.relative_to(person.data).as_posix() for path in person.data.rglob("*")]
    assert [name for name in left if not name.startswith(RECORD)] == []
    assert person.journal()[: len(facts)] == facts != []
    assert [path for path in person.local.rglob("*qlbreak*") if path != person.data] == []


def test_taken_away_without_a_question(installed: Person) -> None:
    """As winget does it, while it runs."""
    installed.start()
    quiet = installed.windows.registered(LISTED, "QuietUninstallString")
    program, option = quiet.rsplit(" ", 1)
    installed.begins(program.strip('"'), option)
    wait_for(lambda: not installed.program.exists(), LONG, "the program is gone", busy=1)
    wait_for(lambda: registered(installed) == [], SOON, "the registry is as before")
    assert not installed.entry.exists()
    assert installed.journal()


def test_the_zip_runs_from_a_folder_with_umlauts(person: Person) -> None:
    folder = person.windows.drive / "Jürgen Größe/Programme"
    shutil.rmtree(folder, ignore_errors=True)
    with ZipFile(person.zipped) as packed:
        packed.extractall(folder)
    (unpacked,) = folder.iterdir()
    data = ("--data-dir", r"C:\Jürgen Größe\Daten")
    (person.windows.drive / "Jürgen Größe/Daten").mkdir()
    (person.windows.drive / "Jürgen Größe/Daten/said-set-up").touch()

    def says(*words: str) -> Outcome:
        return person.runs(unpacked / "qlbreak.exe", *data, *words)

    person.begins(unpacked / "qlbreakw.exe", *data, "run")
    wait_for(lambda: says("why").code == 0, SOON, "it runs")
    assert says("arrived", "31 min").code == 0
    told = wait_for(lambda: json.loads(says("status", "--json").out)["prompt"], SOON, "it reminds")
    assert told
    assert says("done").code == 0
    told = says("doctor")
    assert "Jürgen Größe" in told.out, told
    assert says("quit").code == 0


def beside_words(screen: WineDesktop) -> bool:
    """The picture that the first and the last page have: the window is in the middle."""
    return screen.picture().getpixel((370, 450)) == SIDE


def corner(screen: WineDesktop) -> bytes:
    """Where balloons are, beside our window and above the tray."""
    return screen.picture().crop((1120, 500, 1280, 770)).tobytes()


def settled(screen: WineDesktop) -> bytes:
    """What is on the screen, when that does not change any more."""
    last = b""

    def stands() -> bytes:
        nonlocal last
        before, last = last, screen.picture().tobytes()
        return last if before == last else b""

    return wait_for(stands, SOON, "the screen is quiet")


def registered(person: Person) -> list[str]:
    """Lines of the person's registry that name the program."""
    file = person.windows.drive / "left.reg"
    person.runs("regedit", "/E", r"C:\left.reg", "HKEY_CURRENT_USER")
    text = file.read_text("utf-16")
    return [line for line in text.splitlines() if "qlbreak" in line.lower()]


def windows_path(file: Path | str) -> str:
    """As Windows calls it. What is on drive C is to know itself as there."""
    if isinstance(file, str):
        return file
    if "drive_c" not in file.parts:
        return named(file)
    return "\\".join(("C:", *file.parts[file.parts.index("drive_c") + 1 :]))
