"""Idle time of Windows and macOS, by numbers: the libraries are of paper."""

import ctypes
import sys
from typing import Any

import pytest

from qlbreak.senses import macos, windows
from qlbreak.senses.choice import sources
from qlbreak.senses.idle import Idle
from rig.foreign import Library


class User32:
    def __init__(self, last: int, works: int = 1) -> None:
        self.last, self.works = last, works

    def GetLastInputInfo(self, place: Any) -> int:
        info = place._obj
        assert info.cbSize == ctypes.sizeof(info) == 8
        info.dwTime = self.last
        return self.works


class Kernel32:
    def __init__(self, ticks: int) -> None:
        self.ticks = ticks

    def GetTickCount(self) -> int:
        return self.ticks


DAYS_49_7 = 2**32  # milliseconds


@pytest.mark.parametrize(
    ("last", "ticks", "seconds"),
    [
        (1000, 61_000, 60.0),
        (5, 5, 0.0),
        (DAYS_49_7 - 1000, 59_000, 60.0),
        (DAYS_49_7 - 1, 0, 0.001),
        (0, DAYS_49_7 - 70_000, 4_294_897.296),
        (2**31 - 1, 2**31 + 999, 1.0),
        (61_000, 60_999, 0.0),
        (500, DAYS_49_7 - 500, 0.0),
    ],
    ids=["a minute", "now", "over the wrap", "at the wrap", "49 days", "past 24.8 days",
         "an input that is still to come", "to come, over the wrap"],
)  # fmt: skip
def test_the_tick_count_of_windows_may_wrap(last: int, ticks: int, seconds: float) -> None:
    assert windows.idle_seconds(User32(last), Kernel32(ticks)) == pytest.approx(seconds)


def test_windows_may_refuse() -> None:
    with pytest.raises(OSError, match="GetLastInputInfo"):
        windows.idle_seconds(User32(0, works=0), Kernel32(0))


def test_windows_is_told_the_types_of_its_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = {
        "user32": Library(GetLastInputInfo=lambda place: User32(1000).GetLastInputInfo(place)),
        "kernel32": Library(GetTickCount=lambda: 61_000),
    }
    monkeypatch.setattr(ctypes, "WinDLL", libraries.__getitem__, raising=False)
    idle = Idle(list(sources({}, "win32")))
    assert (idle(), idle.name) == (60.0, "Windows")
    assert vars(libraries["kernel32"])["GetTickCount"].restype is ctypes.c_uint32


def test_macos_is_told_the_types_of_its_function(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "CGEventSourceSecondsSinceLastEventType"
    library = Library(**{name: lambda state, kind: 12.5})
    path = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
    monkeypatch.setattr(ctypes, "CDLL", {path: library}.__getitem__)
    idle = Idle(list(sources({}, "darwin")))
    assert (idle(), idle.name) == (12.5, "macOS")
    assert vars(library)[name].restype is ctypes.c_double


def test_macos_is_asked_for_any_input_by_hand() -> None:
    class Services:
        @staticmethod
        def CGEventSourceSecondsSinceLastEventType(state: int, kind: int) -> float:
            assert (state, kind) == (1, 2**32 - 1)
            return 12.5

    assert macos.idle_seconds(Services) == 12.5


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_they_are_no_sources(platform: str) -> None:
    if sys.platform != platform:
        assert Idle(list(sources({}, platform)))() is None
