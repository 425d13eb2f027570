"""Every call of macOS that the senses make, held against what Apple's headers say of it.

What they say is in `macos_metadata.json`, which `python tests/macos_metadata.py` reads out of
PyObjC's wheels; nothing of it was ever run on macOS.
"""

import ctypes
import json
import re
from pathlib import Path
from typing import Any

import pytest

import macos_metadata
from macos_metadata import Constant
from qlbreak.senses import macos
from rig.foreign import Function

TOLD = json.loads(macos_metadata.DATA.read_text("utf-8"))
# As Objective-C encodes them; what is behind a pointer ctypes need not know.
SIMPLE = {
    "d": ctypes.c_double, "i": ctypes.c_int32, "I": ctypes.c_uint32, "Z": ctypes.c_ubyte, "v": None,
    "^t": ctypes.c_char_p,
}  # fmt: skip
_TYPE = re.compile(r"\^*(?:\{[^{}=]*=[^{}]*\}|\{[^{}]*\}|@\??|[a-zA-Z])")


class Framework:
    """Of the system's: has every function, and keeps what ctypes is told about it."""

    def __init__(self, name: str) -> None:
        self._name, self._functions = name, dict[str, Function]()

    def __getattr__(self, name: str) -> Function:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._functions.setdefault(name, Function(lambda *_: 0))


@pytest.fixture
def frameworks(monkeypatch: pytest.MonkeyPatch) -> dict[str, Framework]:
    """All that the senses open there, by the paths of their files."""
    opened: dict[str, Framework] = {}

    def load(path: str, *_: Any, **__: Any) -> Framework:
        return opened.setdefault(path, Framework(path))

    monkeypatch.setattr(ctypes, "CDLL", load)
    for name in ("open_idle", "open_locked", "open_microphone", "open_camera"):
        getattr(macos, name)()
    return opened


def declared(frameworks: dict[str, Framework]) -> dict[str, Function]:
    return {
        name: function
        for framework in frameworks.values()
        for name, function in framework._functions.items()
    }


def types(signature: str) -> list[Any]:
    """For ctypes: first what it gives."""
    parts = _TYPE.findall(signature)
    assert "".join(parts) == signature, "all of it was understood"
    return [SIMPLE.get(part, ctypes.c_void_p) for part in parts]


def test_all_that_is_asked_for_in_the_source_is_declared_and_known(
    frameworks: dict[str, Framework],
) -> None:
    assert set(declared(frameworks)) == macos_metadata.calls() == set(TOLD["calls"])
    assert {Path(path).name for path in frameworks} == {
        "ApplicationServices", "CoreFoundation", "CoreAudio", "CoreMediaIO",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "signature"), TOLD["calls"].items())
def test_a_call_takes_and_gives_what_the_headers_say(
    name: str, signature: str, frameworks: dict[str, Framework]
) -> None:
    function = declared(frameworks)[name]
    gives, *takes = types(signature)
    assert function.restype is gives
    assert list(function.argtypes) == takes


@pytest.mark.parametrize("constant", macos_metadata.constants(), ids=lambda one: one.apple)
def test_a_number_is_that_of_the_headers(constant: Constant) -> None:
    ours, theirs = getattr(macos, constant.name), TOLD["constants"][constant.apple]
    if isinstance(ours, str):  # four letters, as a number
        ours = int.from_bytes(ours.encode())
    assert ours == theirs if isinstance(theirs, int) else ours.decode() == theirs


def test_no_number_of_theirs_is_left_without_its_name() -> None:
    """What a module constant means in Apple's words stands beside it."""
    named = {constant.name for constant in macos_metadata.constants()}
    given = {
        name
        for name, value in vars(macos).items()
        if re.fullmatch(r"_[A-Z_\d]+", name) and isinstance(value, int | str | bytes)
    }
    assert given - named == {"_LOCKED", "_NUMBER"}, "a key that is in no header, and a size"


def test_what_is_asked_of_the_bridge_is_there() -> None:
    """By our own code; what pystray and desktop-notifier ask of it is theirs."""
    assert macos_metadata.bridge() == set(TOLD["bridge"])
    assert TOLD["bridge"]["PyObjCTools.AppHelper.callAfter"] == ["func"]


def test_the_struct_has_the_fields_of_theirs() -> None:
    (found,) = {
        part
        for signature in TOLD["calls"].values()
        for part in re.findall(r"PropertyAddress=(\w+)", signature)
    }
    assert [SIMPLE[letter] for letter in found] == [kind for _, kind in macos.Address._fields_]
