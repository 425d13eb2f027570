"""Starting with the session: what is written, that it starts what it should, what is left alone."""

import os
import plistlib
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries import NASTY, Registry, echo, need
from needing import on_unix
from qlbreak.autostart import ways
from qlbreak.autostart.entry import Command, Way, named, remark
from qlbreak.autostart.macos import LaunchAgent
from qlbreak.autostart.systemd import Systemd
from qlbreak.autostart.ways import AutostartState, Foreign
from qlbreak.autostart.windows import RunKey
from qlbreak.autostart.xdg import Xdg
from rig.program import Program
from rig.room import Room
from rig.waiting import PATIENCE, wait_for


class Tool:
    """What systemctl or launchctl would do."""

    def __init__(self, answer: Callable[[Sequence[str]], str | None] = lambda words: None) -> None:
        self.calls: list[str] = []
        self.answer = answer

    def __call__(self, words: Sequence[str]) -> str | None:
        self.calls.append(" ".join(words))
        return self.answer(words)


def every_way(folder: Path) -> list[Way]:
    return [Xdg(folder), Systemd(folder, Tool()), LaunchAgent(folder, Tool()), RunKey(Registry())]


WAYS = ["xdg", "systemd", "macos", "windows"]


@pytest.fixture(params=[0, pytest.param(1, marks=on_unix("systemd")), 2, 3], ids=WAYS)
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Way:
    return every_way(tmp_path)[int(request.param)]


COMMAND: Command = (sys.executable, "-m", "qlbreak", *NASTY)


# Every way


def test_on_status_off(way: Way, tmp_path: Path) -> None:
    assert ways.status([way]).text.startswith("off; on with: ")
    assert way.where in ways.on([way], way, COMMAND)
    entry = way.read()
    assert entry == (COMMAND, True)
    assert ways.status([way]) == AutostartState(f"on, by {way.name}: {way.where}", enabled=True)
    assert way.where in ways.off([way])
    assert way.read() is None
    assert ways.off([way]) == "It does not start at login"
    assert not [path for path in tmp_path.rglob("*") if not path.is_dir()]


def test_a_program_that_has_moved_is_said_and_mended(way: Way, tmp_path: Path) -> None:
    gone = str(tmp_path / "old/qlbreak")
    ways.on([way], way, (gone,))
    state = ways.status([way])
    assert state.broken
    assert f"starts {gone}, which is gone: qlbreak autostart on" in state.text
    ways.on([way], way, COMMAND)
    assert not ways.status([way]).broken


@pytest.mark.parametrize("first", ["#!/gone/python", "#!/bin/false"])
def test_a_program_that_does_not_start_any_more_is_said(
    way: Way, tmp_path: Path, first: str
) -> None:
    """A new Python of the distribution: its own is gone, or its packages are."""
    old = tmp_path / "qlbreak"
    old.write_text(f"{first}\n")
    old.chmod(0o700)
    ways.on([way], way, (str(old), "--data-dir", "/x"))
    state = ways.status([way])
    assert state.broken
    assert f"starts {old}, which does not start any more" in state.text
    assert state.text.endswith(": qlbreak autostart on")


@on_unix("links to programs")
def test_another_installation_is_said(way: Way, tmp_path: Path) -> None:
    other = tmp_path / "qlbreak"
    other.symlink_to("/bin/true")
    ways.on([way], way, (str(other),))
    state = ways.status([way])
    assert not state.broken
    assert f"starts another installation than this one, {other}" in state.text


def changed(way: Way) -> None:
    """By hand, or by the desktop's own settings."""
    if isinstance(way, RunKey):
        for values in way._values._registry.keys.values():
            values["qlbreak"] += " --more"
    else:
        path = Path(way.where)
        path.write_text(path.read_text("utf-8") + "# mine\n", "utf-8")


def written_by_somebody(way: Way) -> None:
    if isinstance(way, RunKey):
        way._values._registry.CreateKey("", RUN)["qlbreak"] = "other.exe"
    else:
        path = Path(way.where)
        path.parent.mkdir(parents=True)
        path.write_bytes(b"\xffsomething else\n")


RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"


@pytest.mark.parametrize("change", [changed, written_by_somebody])
def test_what_is_not_as_we_wrote_it_is_left_alone(way: Way, change: Callable[[Way], None]) -> None:
    if change is changed:
        ways.on([way], way, COMMAND)
    change(way)
    before = content(way)
    assert "(not as qlbreak wrote it)" in ways.status([way]).text
    with pytest.raises(Foreign, match="is not as qlbreak wrote it"):
        ways.off([way])
    with pytest.raises(Foreign, match="is not as qlbreak wrote it"):
        ways.on([way], way, COMMAND)
    assert content(way) == before


def content(way: Way) -> object:
    if isinstance(way, RunKey):
        return {key: dict(values) for key, values in way._values._registry.keys.items()}
    return Path(way.where).read_bytes()


@given(st.lists(st.text(), min_size=1), st.text(), st.sampled_from([("# ", ""), ("<!-- ", " -->")]))
def test_a_remark_names_what_it_was_made_for(words: list[str], text: str, mark: Any) -> None:
    line = remark(text, tuple(words))
    assert "\n" not in line
    assert "--" not in line
    assert named(line) == tuple(words)
    assert remark(f"{text}x", tuple(words)) != line


@pytest.mark.parametrize("home", ["relative", "", None])
@on_unix("names of folders as Linux has them")
def test_ways_of_linux(home: str | None) -> None:
    environment = {} if home is None else {"XDG_CONFIG_HOME": home}
    first, second = ways.ways("linux", environment)
    folder = Path.home() / ".config"
    assert first.where == str(folder / "autostart/qlbreak.desktop")
    assert second.where == str(folder / "systemd/user/qlbreak.service")
    assert ways.ways("linux", {"XDG_CONFIG_HOME": "/c"})[0].where.startswith("/c/autostart/")
    assert [way.name for way in ways.ways("darwin")] == ["a launch agent"]


# The desktop's folder


@on_unix("desktop entries")
def test_the_entry_is_valid_and_starts_just_that(tmp_path: Path) -> None:
    program, told = echo(tmp_path, 'odd $HOME "x" `y` \\z é')
    way = Xdg(tmp_path / "config")
    way.write((str(program), *NASTY))
    need("desktop-file-validate")
    checked = subprocess.run(
        ["desktop-file-validate", way.where], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    need("gio")
    subprocess.run(["gio", "launch", way.where], check=True, timeout=PATIENCE)
    wait_for(told.exists, 10, "it is started")
    assert told.read_text().split("\0")[:-1] == NASTY


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled = false"])
def test_switched_off_by_the_desktop_is_off(tmp_path: Path, line: str) -> None:
    way = Xdg(tmp_path)
    way.write(COMMAND)
    path = Path(way.where)
    path.write_text(path.read_text("utf-8").replace("Terminal=false", line), "utf-8")
    entry = way.read()
    assert entry == (None, False)
    assert ways.status([way]).text.startswith("off, by the desktop's autostart folder: ")


# systemd


def other_units(folder: Path) -> dict[str, str]:
    """An environment whose user has two services that want the same name, as mako and dunst do:
    systemd complains of them, whatever it is to look at."""
    wanted = folder / "other/systemd/user/graphical-session.target.wants"
    wanted.mkdir(parents=True)
    for name in ("one", "two"):
        service = wanted.parent / f"{name}.service"
        service.write_text("[Service]\nType=dbus\nBusName=org.x\nExecStart=/bin/true\n")
        (wanted / service.name).symlink_to(service)
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    return {"XDG_CONFIG_HOME": str(folder / "other"), "XDG_RUNTIME_DIR": str(runtime)}


def only_targets(folder: Path) -> str:
    """Where systemd is to look for what the unit names: what else is installed is no matter."""
    units = folder / "units"
    units.mkdir()
    for name in ("basic", "shutdown", "graphical-session"):
        (units / f"{name}.target").write_text("[Unit]\n")
    return f"{folder / 'config/systemd/user'}:{units}"


def test_the_unit_is_valid(tmp_path: Path) -> None:
    need("systemd-analyze")
    program, _ = echo(tmp_path, "odd $HOME %f `y` é")
    way = Systemd(tmp_path / "config", Tool())
    way.write((str(program), *NASTY))
    checked = subprocess.run(
        ["systemd-analyze", "--user", "verify", way.where],
        env={**os.environ, **other_units(tmp_path), "SYSTEMD_UNIT_PATH": only_targets(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    unit = Path(way.where).read_text()
    assert "\nRestart=on-failure\n" in unit
    assert "\nRestartPreventExitStatus=2 4\n" in unit
    assert "\nWantedBy=graphical-session.target\n" in unit


@on_unix("systemd")
def test_systemctl_enables_where_it_answers(tmp_path: Path) -> None:
    link = tmp_path / "systemd/user/graphical-session.target.wants/qlbreak.service"

    def systemctl(words: Sequence[str]) -> str | None:
        if words[2] == "enable":
            link.parent.mkdir(parents=True)
            link.symlink_to(tmp_path / "systemd/user/qlbreak.service")
        if words[2] == "disable":
            link.unlink()
        return ""

    tool = Tool(systemctl)
    way = Systemd(tmp_path, tool)
    ways.on([way], way, COMMAND)
    assert tool.calls == [
        "systemctl --user daemon-reload",
        "systemctl --user enable qlbreak.service",
    ]
    assert way.read() == (COMMAND, True)
    ways.off([way])
    assert tool.calls[2:] == [
        "systemctl --user disable qlbreak.service",
        "systemctl --user daemon-reload",
    ]
    assert not link.is_symlink()


def test_one_way_takes_the_place_of_the_other(tmp_path: Path) -> None:
    xdg, systemd = Xdg(tmp_path), Systemd(tmp_path, Tool())
    ways.on([xdg, systemd], xdg, COMMAND)
    ways.on([xdg, systemd], systemd, COMMAND)
    assert xdg.read() is None
    ways.on([xdg, systemd], xdg, COMMAND)
    assert (systemd.read(), xdg.read()) == (None, (COMMAND, True))
    changed(xdg)
    with pytest.raises(Foreign):
        ways.on([xdg, systemd], systemd, COMMAND)


# The others


def test_the_launch_agent_is_a_property_list(tmp_path: Path) -> None:
    tool = Tool()
    way = LaunchAgent(tmp_path, tool)
    plain = tuple(word for word in COMMAND)
    way.write(plain)
    agent = plistlib.loads(Path(way.where).read_bytes())
    assert agent["ProgramArguments"] == list(plain)
    assert (agent["Label"], agent["RunAtLoad"]) == ("local.qlbreak", True)
    assert [call.split("/")[-1] for call in tool.calls] == ["local.qlbreak"]
    tool.answer = lambda words: 'disabled services = {\n\t"local.qlbreak" => disabled\n}'
    assert way.read() == (plain, False)
    assert "switched off; on with" in ways.status([way]).text


def test_the_run_key_is_a_command_line() -> None:
    registry = Registry()
    way = RunKey(registry)
    way.write((r"C:\Program Files\Python\pythonw.exe", "-m", "qlbreak", "--data-dir", "D:\\a b\\"))
    expected = r'"C:\Program Files\Python\pythonw.exe" -m qlbreak --data-dir "D:\a b\\"'
    assert registry.keys[RUN]["qlbreak"] == expected
    approved = RUN.replace("Run", r"Explorer\StartupApproved\Run")
    registry.keys[approved] = {"qlbreak": b"\x03\0\0\0"}
    assert "switched off" in ways.status([way]).text
    ways.on([way], way, COMMAND)
    assert "switched off" not in ways.status([way]).text


def test_a_line_that_windows_would_not_run_is_not_written() -> None:
    registry = Registry()
    way = RunKey(registry)
    python = r"C:\Users\somebody\pythonw.exe"
    longest = (python, "d" * (260 - len(python) - 1))
    way.write(longest)
    with pytest.raises(OSError, match="more than 260 characters, and this has 261"):
        way.write((python, longest[1] + "d"))
    assert way.read() == (longest, True)


# The command


@on_unix("desktop entries")
def test_the_command_keeps_the_places_it_was_given(room: Room) -> None:
    settings = room.folder / "my settings.toml"
    settings.write_text("")
    program = Program(room, room.home / "data", ("--config", "my settings.toml"))
    entry = room.home / ".config/autostart/qlbreak.desktop"
    assert program.run("autostart", "on").out.endswith(f"autostart folder, {entry}\n")
    lines = entry.read_text("utf-8").splitlines()
    exec_line = next(line for line in lines if line.startswith("Exec"))
    script = Path(sys.executable).with_name("qlbreak")
    start = f'"{script}"' if script.exists() else f'"{sys.executable}" "-P" "-m" "qlbreak"'
    options = f'"--config" "{settings}" "--data-dir" "{room.home}/data"'
    assert exec_line == f"Exec={start} {options}"
    assert program.run("autostart", "status").out.startswith("on, by the desktop's autostart")
    assert program.run("autostart", "on", "--systemd").code == 0
    assert not entry.exists()
    assert program.run("autostart", "status").out.startswith("on, by systemd: ")
    assert program.run("autostart", "off").out.startswith("It does not start at login; ")
    assert not [path for path in (room.home / ".config").rglob("*") if not path.is_dir()]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("", "say which: on, off or status"),
        ("maybe", "say which: on, off or status, got 'maybe'"),
        ("off --systemd", "--systemd goes with on"),
    ],
)
def test_a_mistake_in_the_words(room: Room, words: str, what: str) -> None:
    outcome = room.program().run("autostart", *words.split())
    assert outcome.code == 2
    assert what in outcome.err
    assert outcome.err.count("\n") == 1


@on_unix("desktop entries")
def test_an_entry_of_somebody_else_ends_with_two(room: Room) -> None:
    entry = room.home / ".config/autostart/qlbreak.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nType=Application\nName=mine\nExec=qlbreak\n")
    before = entry.read_bytes()
    for words in ("on", "off", "on --systemd"):
        outcome = room.program().run("autostart", *words.split())
        assert (outcome.code, outcome.err.count("\n")) == (2, 1)
        assert str(entry) in outcome.err
    assert entry.read_bytes() == before
    assert "(not as qlbreak wrote it)" in room.program().run("autostart", "status").out


def test_what_it_writes_starts_it(room: Room) -> None:
    """As the session would: by the entry."""
    need("gio")
    program = room.program()
    assert program.run("autostart", "on").code == 0
    entry = room.home / ".config/autostart/qlbreak.desktop"
    room.spawn("gio", ["gio", "launch", str(entry)], env=program.env)
    wait_for(program.answers, 10, "it answers")
    assert program.run("quit").code == 0
