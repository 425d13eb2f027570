"""The entry in the applications menu: what is written, that a click gives a window, what goes."""

import subprocess
from pathlib import Path

import pytest

from entries import NASTY, Registry, echo, need
from needing import on_unix
from qlbreak import language
from qlbreak.autostart import launcher, xdg
from qlbreak.autostart.entry import Command
from qlbreak.autostart.launcher import Menu
from qlbreak.autostart.ways import AutostartState, Foreign
from qlbreak.autostart.windows import StartMenu
from qlbreak.autostart.xdg import ApplicationsMenu
from qlbreak.system import identity
from rig.room import Room
from rig.waiting import PATIENCE, wait_for


def made(file: Path, command: Command, description: str, icon: Path) -> None:
    """As Windows would, as far as anybody looks."""
    assert icon.exists()
    file.write_text(f"{description}\n{subprocess.list2cmdline(command)}\n")


@pytest.fixture(params=["linux", "windows"])
def menu(request: pytest.FixtureRequest, tmp_path: Path) -> Menu:
    if request.param == "windows":
        return StartMenu(tmp_path, Registry(), made)
    return ApplicationsMenu(tmp_path, [tmp_path / "shared"])


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir())


def test_on_status_off(menu: Menu, tmp_path: Path) -> None:
    assert launcher.status(menu) == AutostartState("off; on with: qlbreak launcher on")
    assert launcher.on(menu) == f"It is in the applications menu: {menu.where}"
    entry = menu.read()
    assert entry is not None
    assert entry.enabled
    assert entry.command is not None
    assert entry.command[-2:] == ("open", "--start")
    assert launcher.status(menu) == AutostartState(
        f"on, by {menu.name}: {menu.where}", enabled=True
    )
    assert menu.where in launcher.off(menu)
    assert files(tmp_path) == []
    assert launcher.off(menu) == "It is not in the applications menu"


def test_options_are_kept(menu: Menu) -> None:
    launcher.on(menu, NASTY)
    entry = menu.read()
    assert entry is not None
    assert entry.command is not None
    assert list(entry.command[-2 - len(NASTY) :]) == [*NASTY, "open", "--start"]


def test_a_program_that_has_moved_is_said_and_mended(menu: Menu, tmp_path: Path) -> None:
    gone = str(tmp_path / "old/qlbreak")
    menu.write((gone, "open", "--start"))
    state = launcher.status(menu)
    assert (state.broken, state.enabled) == (True, True)
    assert f"starts {gone}, which is gone: qlbreak launcher on" in state.text
    launcher.on(menu)
    assert not launcher.status(menu).broken


def test_what_somebody_else_wrote_is_left_alone(menu: Menu, tmp_path: Path) -> None:
    path = Path(menu.where)
    path.parent.mkdir(parents=True)
    path.write_text("theirs\n")
    assert "(not as qlbreak wrote it)" in launcher.status(menu).text
    for switch in (launcher.on, launcher.off):
        with pytest.raises(Foreign, match="is not as qlbreak wrote it"):
            switch(menu)
    assert path.read_text() == "theirs\n"
    assert len(files(tmp_path)) == 1


def test_where_a_package_has_brought_one_there_is_no_second(tmp_path: Path) -> None:
    shared = tmp_path / "shared/applications/qlbreak.desktop"
    shared.parent.mkdir(parents=True)
    shared.write_text("[Desktop Entry]\n")
    menu = ApplicationsMenu(tmp_path / "mine", [tmp_path / "no", tmp_path / "shared"])
    assert launcher.on(menu).endswith(f"for everybody: {shared}")
    assert launcher.status(menu) == AutostartState(f"on, for everybody: {shared}", enabled=True)
    with pytest.raises(Foreign, match="a package has put it there"):
        launcher.off(menu)
    assert files(tmp_path / "mine") == []


def test_others_icons_stay(tmp_path: Path) -> None:
    menu = ApplicationsMenu(tmp_path, [])
    other = tmp_path / "icons/hicolor/256x256/apps/other.png"
    other.parent.mkdir(parents=True)
    other.touch()
    launcher.on(menu)
    launcher.off(menu)
    assert files(tmp_path) == ["icons/hicolor/256x256/apps/other.png"]


@on_unix("names of folders as Linux has them")
def test_where_it_is() -> None:
    home = Path.home() / ".local/share/applications/qlbreak.desktop"
    for environment in ({}, {"XDG_DATA_HOME": "relative"}, {"XDG_DATA_HOME": ""}):
        found = launcher.menu("linux", environment)
        assert found is not None
        assert found.where == str(home)
    found = launcher.menu("linux", {"XDG_DATA_HOME": "/d"})
    assert found is not None
    assert found.where == "/d/applications/qlbreak.desktop"


def test_macos_has_no_place_for_it() -> None:
    assert launcher.menu("darwin") is None
    assert not launcher.status(None).enabled
    with pytest.raises(Foreign, match="macOS lists only apps"):
        launcher.on(None)
    assert launcher.off(None) == "It is not in the applications menu"


@on_unix("desktop entries")
def test_the_entry_is_valid_and_a_click_starts_just_that(tmp_path: Path) -> None:
    program, told = echo(tmp_path, 'odd $HOME "x" `y` \\z é')
    menu = ApplicationsMenu(tmp_path / "data", [])
    menu.write((str(program), *NASTY))
    need("desktop-file-validate")
    checked = subprocess.run(
        ["desktop-file-validate", menu.where], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    need("gio")
    subprocess.run(["gio", "launch", menu.where], check=True, timeout=PATIENCE)
    wait_for(told.exists, 10, "it is started")
    assert told.read_text().split("\0")[:-1] == NASTY


@on_unix("desktop entries")
def test_the_command_switches_it(room: Room) -> None:
    data = room.home / "share"
    program = room.program()
    program.env |= {"XDG_DATA_HOME": str(data), "XDG_DATA_DIRS": str(room.home / "none")}
    assert program.run("launcher", "status").out == "off; on with: qlbreak launcher on\n"
    assert program.run("launcher", "on").code == 0
    assert files(data) == [
        "applications/qlbreak.desktop",
        "icons/hicolor/256x256/apps/qlbreak.png",
    ]
    entry = (data / "applications/qlbreak.desktop").read_text("utf-8")
    assert f'"--data-dir" "{program.data_dir}" "open" "--start"\n' in entry
    assert program.run("launcher", "status").out.startswith("on, by the applications menu: ")
    assert "launcher       on, by" in program.run("doctor").out
    assert program.run("launcher", "off").code == 0
    assert files(data) == []


@pytest.mark.parametrize("entry", [True, False])
def test_off_takes_away_what_toasts_are_signed_by(tmp_path: Path, entry: bool) -> None:
    """Also where nobody wanted the entry: the first toast has written it."""
    registry = Registry()
    identity.sign(Path("qlbreak.png"), registry)
    menu = StartMenu(tmp_path, registry, made)
    if entry:
        launcher.on(menu)
    launcher.off(menu)
    assert identity.KEY not in registry.keys
    launcher.off(menu)


def test_off_leaves_what_somebody_elses_entry_goes_by(tmp_path: Path) -> None:
    registry = Registry()
    identity.sign(Path("qlbreak.png"), registry)
    menu = StartMenu(tmp_path, registry, made)
    Path(menu.where).parent.mkdir(parents=True)
    Path(menu.where).write_text("theirs\n")
    with pytest.raises(Foreign):
        launcher.off(menu)
    assert identity.KEY in registry.keys


def test_every_language_finds_it_by_its_own_words() -> None:
    entry, *actions = xdg.menu_text(("/usr/bin/qlbreak", "open")).split("\n\n")
    lines = entry.splitlines()
    for key, part in (
        ("GenericName", entry), ("Comment", entry), ("Keywords", entry),
        *(("Name", action) for action in actions),
    ):  # fmt: skip
        told = {line.partition("=")[0] for line in part.splitlines()}
        assert {f"{key}[{name}]" for name in language.languages() if name != "en"} <= told
    words = [line for line in lines if line.startswith("Keywords")]
    assert all(line.endswith(";") and line.count(";") == 6 for line in words)
    assert "Comment[de]=Erinnert dich" in "\n".join(lines)
