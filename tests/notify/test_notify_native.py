"""Notifications of Windows and macOS: plyer's own balloons on a Windows of paper, and osascript."""

import ctypes
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qlbreak.notify.balloons import BODY_UNITS, TITLE_UNITS, Balloons
from qlbreak.notify.script import AppleScript
from rig.post import SPECIAL, note
from rig.waiting import wait_for

LIBRARIES = "plyer.platforms.win.libs"


class Windows:
    """Every function of every DLL: notes its call, and answers that all went well."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.threads: dict[str, str] = {}
        self.refuses = False
        self.tips: list[tuple[str, str]] = []

    def __getattr__(self, name: str) -> Any:
        return self if name[0].islower() or name.endswith("32") else self._function(name)

    def _function(self, name: str) -> Callable[..., int]:
        def function(*arguments: Any) -> int:
            self.threads[name] = threading.current_thread().name
            if name != "Shell_NotifyIconW":
                self.calls.append(name)
                return int(name != "DllGetVersion")
            code, data = arguments
            self.calls.append({0: "add", 2: "delete", 4: "version"}[code])
            self.tips.append((data.szInfoTitle, data.szInfo))
            return int(not self.refuses)

        setattr(self, name, function)
        return function


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    paper = Windows()
    monkeypatch.setattr(ctypes, "windll", paper, raising=False)
    monkeypatch.setattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE, raising=False)
    yield paper
    for module in ("balloontip", "win_api_defs"):
        sys.modules.pop(f"{LIBRARIES}.{module}", None)
        vars(sys.modules.get(LIBRARIES, sys)).pop(module, None)


def test_a_balloon_leaves_nothing_behind(windows: Windows) -> None:
    """Neither its icon in the tray nor its window; and those go by the thread that made them."""
    balloons = Balloons()
    assert balloons.show(note("Sitting 30 min", body="Stand up."))
    assert windows.tips[0] == ("Sitting 30 min", "Stand up.")
    assert "delete" not in windows.calls
    balloons.close("prompt")
    wait_for(lambda: "DestroyWindow" in windows.calls, 3, "the window goes", lambda: windows.calls)
    assert {"delete", "DestroyIcon", "UnregisterClassW"} <= set(windows.calls)
    assert windows.threads["DestroyWindow"] == windows.threads["CreateWindowExW"]
    assert windows.threads["DestroyWindow"].startswith("balloon")


def test_a_balloon_goes_by_itself(windows: Windows) -> None:
    Balloons(stay=0.1).show(note())
    wait_for(lambda: "DestroyWindow" in windows.calls, 3, "the window goes", lambda: windows.calls)


def test_a_slot_has_one_balloon(windows: Windows) -> None:
    balloons = Balloons()
    balloons.show(note("first"))
    balloons.show(note("question", slot="question"))
    balloons.show(note("second"))
    wait_for(lambda: windows.calls.count("delete") == 1, 3, "the first one goes")
    for slot in ("prompt", "question", "state"):
        balloons.close(slot)
    wait_for(lambda: windows.calls.count("delete") == 3, 3, "all are gone", lambda: windows.calls)
    assert windows.calls.count("add") == 3


def test_a_balloon_that_fails_is_the_callers_to_hear(windows: Windows) -> None:
    """In plyer's own thread it would end the program."""
    windows.refuses = True
    with pytest.raises(Exception, match="Shell_NotifyIconW failed"):
        Balloons().show(note())


def test_what_a_balloon_is_made_of() -> None:
    made: list[dict[str, Any]] = []

    class Paper:
        def __init__(self, **texts: Any) -> None:
            made.append(texts)

        def __del__(self) -> None:
            pass

    balloons = Balloons(Paper)
    balloons.show(note("🧘" * 40, body="x" * 300))
    balloons.close("prompt")
    (texts,) = made
    icon = Path(texts.pop("app_icon"))
    assert (icon.name, icon.is_file()) == ("qlbreak.ico", True)
    expected = {"title": "🧘" * 31 + "…", "message": "x" * 254 + "…"}
    assert texts == expected | {"app_name": "qlbreak", "timeout": 0}


def test_the_limits_are_those_of_the_structure() -> None:
    assert (TITLE_UNITS, BODY_UNITS) == (64 - 1, 256 - 1)


# macOS


def test_the_script_gets_the_texts_as_arguments() -> None:
    """Nothing in them can be taken for a part of the script."""
    ran: list[list[str]] = []
    hostile = '" & (do shell script "touch /tmp/x") & "'
    assert AppleScript(lambda command: ran.append(list(command))).show(note(hostile, body=SPECIAL))
    AppleScript(lambda command: ran.append(list(command))).show(note("plain", body=""))
    (program, option, script, *texts), (*_, other_script, _, _) = ran
    assert (program, option, texts) == ("osascript", "-e", [hostile, SPECIAL])
    assert script == other_script


@pytest.mark.skipif(sys.platform == "win32", reason="runs a shell script in its place")
def test_the_script_is_run_and_heard_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "osascript"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >{tmp_path}/arguments\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert AppleScript().show(note(SPECIAL, body="Stand up.\nSit down."))
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert arguments[-3:] == [SPECIAL, "Stand up.", "Sit down."]
    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(subprocess.CalledProcessError):
        AppleScript().show(note())
    program.unlink()
    with pytest.raises(FileNotFoundError):
        AppleScript().show(note())
