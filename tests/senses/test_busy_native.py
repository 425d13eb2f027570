"""What Windows and macOS tell, by numbers: the libraries are of paper."""

import ctypes
import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desk import SENSED
from needing import on_unix
from qlbreak.core.model.terms import Reason
from qlbreak.senses import macos, windows
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from rig.foreign import Function

# Windows


class Shell32:
    def __init__(self, state: int, result: int = 0) -> None:
        self.state, self.result = state, result

    def SHQueryUserNotificationState(self, place: Any) -> int:
        place._obj.value = self.state
        return self.result


@pytest.mark.parametrize(
    ("state", "full", "quiet"),
    [(1, False, None), (2, True, None), (3, True, None), (4, True, None), (5, False, None),
     (6, False, True), (7, False, None)],
    ids=["locked", "busy", "a game", "a talk", "none", "quiet time", "a store app"],
)  # fmt: skip
def test_the_state_of_windows_is_a_number(state: int, full: bool, quiet: bool | None) -> None:
    """None: whether it is "Do not disturb" cannot be known, and so is not said."""
    assert windows.full_screen(Shell32(state)) is full
    assert windows.quiet(Shell32(state)) is quiet


class Ntdll:
    """Takes the place where the shell publishes what it knows."""

    def __init__(self, value: int | None, status: int = 0) -> None:
        self.value, self.status = value, status
        self.asked: list[tuple[int, ...]] = []
        self.NtQueryWnfStateData = Function(self._query)

    def _query(self, name: Any, _type: Any, _scope: Any, stamp: Any, told: Any, size: Any) -> int:
        self.asked.append(tuple(name._obj.data))
        stamp._obj.value = 7
        size._obj.value = 0 if self.value is None else 4
        told._obj.value = self.value or 0
        return self.status


@pytest.mark.parametrize(("value", "on"), [(0, False), (1, True), (2, True)])
def test_do_not_disturb_is_what_the_shell_says(value: int, on: bool) -> None:
    ntdll = Ntdll(value)
    assert windows.do_not_disturb(ntdll) is on
    assert ntdll.asked == [(0xA3BF1C75, 0x0D83063E)]


@pytest.mark.parametrize(
    ("ntdll", "what"),
    [(Ntdll(None), "has not told it yet"), (Ntdll(0, -1073741772), "does not tell it")],
)
def test_what_the_shell_does_not_say_is_not_known(ntdll: Ntdll, what: str) -> None:
    with pytest.raises(OSError, match=what):
        windows.do_not_disturb(ntdll)


def test_a_windows_without_that_call_is_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "WinDLL", lambda _name: SimpleNamespace(), raising=False)
    with pytest.raises(OSError, match="does not tell it"):
        windows.open_do_not_disturb()


def test_the_call_is_made_with_its_types(monkeypatch: pytest.MonkeyPatch) -> None:
    ntdll = Ntdll(1)
    monkeypatch.setattr(ctypes, "WinDLL", lambda _name: ntdll, raising=False)
    assert windows.open_do_not_disturb()() is True
    assert len(ntdll.NtQueryWnfStateData.argtypes) == 6
    assert ntdll.NtQueryWnfStateData.restype is ctypes.c_int32


def test_windows_may_refuse() -> None:
    with pytest.raises(OSError, match="SHQueryUserNotificationState"):
        windows.notification_state(Shell32(5, result=-2147467259))


Tree = dict[str, dict[str, int] | None]  # keys, each with its values


class Registry:
    """As much of winreg as is used: keys are paths."""

    HKEY_CURRENT_USER = ""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    @contextmanager
    def OpenKey(self, above: str, name: str) -> Any:
        path = f"{above}\\{name}".strip("\\")
        if not any(known == path or known.startswith(f"{path}\\") for known in self.tree):
            raise FileNotFoundError(path)
        yield path

    def _below(self, path: str) -> list[str]:
        rests = [known[len(path) + 1 :] for known in self.tree if known.startswith(f"{path}\\")]
        return list(dict.fromkeys(rest.split("\\")[0] for rest in rests))

    def QueryInfoKey(self, path: str) -> tuple[int, int, int]:
        return len(self._below(path)), 0, 0

    def EnumKey(self, path: str, number: int) -> str:
        return self._below(path)[number]

    def QueryValueEx(self, path: str, name: str) -> tuple[int, int]:
        values = self.tree.get(path) or {}
        if name not in values:
            raise FileNotFoundError(name)
        return values[name], 11


ROOT = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\webcam"


def used(**stops: int | None) -> Registry:
    """Programs, and when each stopped; those with an "x" come from no store."""
    tree: Tree = {ROOT: {}, rf"{ROOT}\NonPackaged": {}}
    for name, stop in stops.items():
        place = rf"{ROOT}\NonPackaged" if name.startswith("x") else ROOT
        tree[rf"{place}\{name}"] = {} if stop is None else {"LastUsedTimeStop": stop}
    return Registry(tree)


@pytest.mark.parametrize(
    ("registry", "answer"),
    [
        (used(), False),
        (used(teams=133_000_000_000_000_000, xzoom=133_000_000_000_000_000), False),
        (used(teams=0), True),
        (used(xzoom=0), True),
        (used(never=None, xnever=None), False),
        (used(never=None, teams=0), True),
    ],
)
def test_who_has_begun_and_not_stopped_uses_it(registry: Registry, answer: bool) -> None:
    assert windows.in_use(registry, "webcam") is answer


def test_a_windows_that_keeps_no_book_is_an_error() -> None:
    with pytest.raises(OSError, match="webcam"):
        windows.in_use(Registry({"other": {}}), "webcam")


def test_the_session_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = SimpleNamespace(
        SHQueryUserNotificationState=Function(Shell32(4).SHQueryUserNotificationState)
    )
    monkeypatch.setattr(ctypes, "WinDLL", {"shell32": shell}.__getitem__, raising=False)
    monkeypatch.setitem(sys.modules, "winreg", used(teams=0))
    busy = Busy(sources({}, "win32"), SENSED)
    assert busy() == {Reason.FULL_SCREEN, Reason.CAMERA}
    assert shell.SHQueryUserNotificationState.restype is ctypes.c_long
    (said,) = busy.told(Reason.MICROPHONE)
    assert "microphone" in said.trouble, "this one keeps no book of it"


# macOS


def letters(number: int) -> str:
    return number.to_bytes(4).decode()


class CoreAudio:
    """One device, 42, or none."""

    def __init__(self, device: int = 42, running: int = 0, result: int = 0) -> None:
        self._values = {(1, "dIn "): device, (42, "gone"): running}
        self._result = result

    def AudioObjectGetPropertyData(
        self, thing: int, place: Any, extra: int, more: None, size: Any, value: Any
    ) -> int:
        asked = place._obj
        assert (letters(asked.scope), asked.of, extra, more) == ("glob", 0, 0, None)
        assert size._obj.value == ctypes.sizeof(value._obj) == 4
        value._obj.value = self._values[thing, letters(asked.which)]
        return self._result


@pytest.mark.parametrize(
    ("audio", "answer"),
    [(CoreAudio(running=1), True), (CoreAudio(), False), (CoreAudio(device=0), False)],
    ids=["in use", "not in use", "no microphone"],
)
def test_the_microphone_of_a_mac(audio: CoreAudio, answer: bool) -> None:
    assert macos.microphone_runs(audio) is answer


def test_core_audio_may_refuse() -> None:
    with pytest.raises(OSError, match="dIn "):
        macos.microphone_runs(CoreAudio(result=560947818))


class CoreMediaIO:
    """Cameras by their numbers, and whether each runs; None: it refuses."""

    def __init__(self, cameras: dict[int, int | None], result: int = 0) -> None:
        self.cameras, self.result = cameras, result

    def CMIOObjectGetPropertyDataSize(
        self, thing: int, place: Any, extra: int, more: None, size: Any
    ) -> int:
        assert (thing, letters(place._obj.which), extra, more) == (1, "dev#", 0, None)
        size._obj.value = 4 * len(self.cameras)
        return self.result

    def CMIOObjectGetPropertyData(
        self, thing: int, place: Any, extra: int, more: None, size: Any, used: Any, value: Any
    ) -> int:
        assert (letters(place._obj.scope), extra, more) == ("glob", 0, None)
        if letters(place._obj.which) == "dev#":
            assert (thing, size.value) == (1, 4 * len(self.cameras))
            value[:] = list(self.cameras)
            return 0
        assert (letters(place._obj.which), size) == ("gone", 4)
        running = self.cameras[thing]
        value._obj.value = running or 0
        return -1 if running is None else 0


@pytest.mark.parametrize(
    ("cameras", "answer"),
    [({}, None), ({7: 0}, False), ({7: 1}, True), ({7: 0, 9: 1}, True), ({7: None}, False),
     ({7: None, 9: 1}, True)],
)  # fmt: skip
def test_the_cameras_of_a_mac(cameras: dict[int, int | None], answer: bool | None) -> None:
    assert macos.cameras_run(CoreMediaIO(cameras)) is answer


def test_core_media_may_refuse() -> None:
    with pytest.raises(OSError, match="CoreMediaIO"):
        macos.cameras_run(CoreMediaIO({}, result=-1))


def focus(home: Path, on: bool, at: int) -> None:
    path = home / macos.FOCUS
    path.parent.mkdir(parents=True, exist_ok=True)
    records: list[object] = [{"assertionDetails": {}}] if on else []
    path.write_text(json.dumps({"data": [{"storeAssertionRecords": records}], "header": {}}))
    os.utime(path, ns=(at, at))


@on_unix("the home folder of a Mac")
def test_focus_is_read_when_its_file_has_changed(tmp_path: Path) -> None:
    focus(tmp_path, False, 1)
    ask = macos.open_focus(tmp_path)
    assert ask() is False
    focus(tmp_path, True, 2)
    assert ask() is True
    focus(tmp_path, False, 2)
    assert ask() is True, "the same time: it is taken for the same file"
    focus(tmp_path, False, 3)
    assert ask() is False


@on_unix("the home folder of a Mac")
def test_focus_that_may_not_be_read_says_what_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> bytes:
        raise PermissionError

    focus(tmp_path, True, 1)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PermissionError, match="Full Disk Access"):
        macos.open_focus(tmp_path)


@on_unix("what asks a Mac for its sources")
def test_the_session_of_a_mac(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    audio = SimpleNamespace(
        AudioObjectGetPropertyData=Function(CoreAudio(running=1).AudioObjectGetPropertyData)
    )
    cameras = CoreMediaIO({7: 1})
    media = SimpleNamespace(
        CMIOObjectGetPropertyDataSize=Function(cameras.CMIOObjectGetPropertyDataSize),
        CMIOObjectGetPropertyData=Function(cameras.CMIOObjectGetPropertyData),
    )
    libraries = {"CoreAudio": audio, "CoreMediaIO": media}
    monkeypatch.setattr(ctypes, "CDLL", lambda path: libraries[Path(path).name])
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    focus(tmp_path, True, 1)
    busy = Busy(sources({}, "darwin"), SENSED)
    assert busy() == {Reason.MICROPHONE, Reason.CAMERA, Reason.DO_NOT_DISTURB}
    assert audio.AudioObjectGetPropertyData.restype is ctypes.c_int32
    assert len(media.CMIOObjectGetPropertyData.argtypes) == 7


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_they_tell_nothing(platform: str) -> None:
    if sys.platform != platform:
        busy = Busy(sources({}, platform), SENSED)
        assert busy() == frozenset()
        assert all(said.trouble for reason in SENSED for said in busy.told(reason))
