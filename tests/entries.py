"""What entries are tried with: odd words, a program that tells how it was started, a registry."""

import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

NASTY = ["--data-dir", "/a b/%U $HOME `id` \\n\t\\\"é'", "50%", "", ";", "--x=y", "~", "#", "$$"]


def need(program: str) -> None:
    if not shutil.which(program):
        assert not os.environ.get("CI"), program
        pytest.skip(f"needs {program}")


class Registry:
    """As much of winreg as is used."""

    HKEY_CURRENT_USER, REG_SZ, KEY_SET_VALUE = "HKCU", 1, 2

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Any]] = {}

    def OpenKey(self, _: str, key: str, *__: int) -> "Key":
        if key not in self.keys:
            raise FileNotFoundError(key)
        return Key(self.keys[key])

    def CreateKey(self, _: str, key: str) -> "Key":
        return Key(self.keys.setdefault(key, {}))

    def QueryValueEx(self, key: "Key", name: str) -> tuple[Any, int]:
        return key[name], 1

    def SetValueEx(self, key: "Key", name: str, _: int, kind: int, value: str) -> None:
        assert kind == self.REG_SZ
        key[name] = value

    def DeleteKey(self, _: str, key: str) -> None:
        if self.keys.pop(key, None) is None:
            raise FileNotFoundError(key)

    def DeleteValue(self, key: "Key", name: str) -> None:
        del key[name]


class Key:
    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def __enter__(self) -> Self:
        return self

    def __exit__(self, a: type | None, b: BaseException | None, c: TracebackType | None) -> None:
        pass

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            raise FileNotFoundError(name)
        return self._values[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._values[name] = value

    def __delitem__(self, name: str) -> None:
        self[name]
        del self._values[name]


def echo(folder: Path, odd: str) -> tuple[Path, Path]:
    """A program in an odd place that writes down how it was started."""
    program = folder / odd / "qlbreak"
    program.parent.mkdir()
    new, told = folder / "new", folder / "told"
    program.write_text(f'#!/bin/sh\nprintf "%s\\0" "$@" > "{new}"\nmv "{new}" "{told}"\n')
    program.chmod(0o755)
    return program, told
