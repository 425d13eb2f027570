"""What opens the settings: an editor with a window, of the desktop's choice; or nothing does."""

import sys
from pathlib import Path

import pytest

from rig.desktop import Desktop
from rig.processes import Outcome
from rig.program import import_path
from rig.room import Room
from rig.waiting import wait_for

EDIT = """
import sys
from pathlib import Path
from qlbreak.system import opener
opener.edit(Path(sys.argv[1]))
"""


class Machine:
    """With programs, and desktop entries for them."""

    def __init__(self, room: Room | Desktop) -> None:
        self.room = room
        self.told = room.folder / "told"
        self.data, self.bin = room.folder / "share", room.folder / "bin"
        (self.data / "applications").mkdir(parents=True)
        self.bin.mkdir()
        room.env |= {"XDG_DATA_DIRS": str(self.data), "PATH": f"{self.bin}:{room.env['PATH']}"}

    def program(self, name: str, code: int = 0) -> None:
        script = self.bin / name
        words = "".join((f"printf '%s\\n' {name} ", '"$@"', f" > {self.told}.new"))
        script.write_text(f"#!/bin/sh\n{words}; mv {self.told}.new {self.told}; exit {code}\n")
        script.chmod(0o755)

    def entry(self, name: str, line: str, terminal: bool = False) -> None:
        text = f"[Desktop Entry]\nType=Application\nName={name}\nExec={line}\n"
        text += f"Terminal={str(terminal).lower()}\n"
        (self.data / "applications" / f"{name}.desktop").write_text(text)

    def chosen(self, names: str, file: str = "share/applications/mimeinfo.cache") -> None:
        section = "MIME Cache" if file.endswith("cache") else "Default Applications"
        path = self.room.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"[{section}]\ntext/plain={names};\n")

    def edit(self, path: str) -> Outcome:
        env = {**self.room.env, **import_path()}
        return self.room.run([sys.executable, "-c", EDIT, path], env=env)


@pytest.fixture
def machine(room: Room) -> Machine:
    return Machine(room)


def test_the_choice_of_the_person_goes_first(machine: Machine) -> None:
    for name in ("kate", "mousepad"):
        machine.program(name)
        machine.entry(name, f"{name} -b %U")
    machine.chosen("kate.desktop;mousepad.desktop")
    assert machine.edit("/a b/c.toml").code == 0
    assert machine.told.read_text().split("\n")[:3] == ["kate", "-b", "/a b/c.toml"]
    folder = machine.room.home.relative_to(machine.room.folder) / ".config"
    machine.chosen("gone.desktop;mousepad.desktop", str(folder / "mimeapps.list"))
    assert machine.edit("/a b/c.toml").code == 0
    assert machine.told.read_text().startswith("mousepad\n")


def test_an_editor_of_the_terminal_is_none(machine: Machine) -> None:
    for name in ("vim", "xed"):
        machine.program(name)
    machine.entry("vim", "vim %F", terminal=True)
    machine.entry("broken", '"half')
    machine.entry("gone", "no-such-program %f")
    machine.entry("xed", "xed")  # without a field: the file comes last
    machine.chosen("vim.desktop;broken.desktop;gone.desktop;xed.desktop")
    assert machine.edit("/c.toml").code == 0
    assert machine.told.read_text() == "xed\n/c.toml\n"


def test_without_one_that_is_said(machine: Machine) -> None:
    machine.program("vim")
    machine.entry("vim", "vim %F", terminal=True)
    machine.chosen("vim.desktop")
    outcome = machine.edit("/c.toml")
    assert outcome.err.endswith("OSError: there is no text editor with a window\n")
    assert not machine.told.exists()


@pytest.mark.parametrize("code", [None, 1])
def test_the_menu_says_the_place_where_nothing_opens_it(desktop: Desktop, code: int | None) -> None:
    machine = Machine(desktop)
    if code is not None:
        machine.program("gedit", code)
        machine.entry("gedit", "gedit %F")
        machine.chosen("gedit.desktop")
    watch = desktop.watch_bus()
    program = desktop.program().known()
    program.start("run")
    desktop.wait_tray_item("qlbreak", 10)
    desktop.press_menu("Settings file")
    place = str(desktop.home / ".config/qlbreak/config.toml")
    wait_for(lambda: watch.notifications, 10, "it is told", lambda: program.log)
    note = watch.notifications[-1]
    assert (note.summary, note.body) == (
        "The settings file cannot be opened",
        f"No program here opens it. The file is: {place}",
    )
    assert Path(place).stat().st_mode & 0o777 == 0o600
