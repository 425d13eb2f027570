"""The Run key of Windows: a command line for each sign-in. Needs no rights of an administrator."""

import subprocess
from importlib import import_module
from typing import Any

from qlbreak.autostart.entry import Command, Entry, named, remark

_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
# Where the task manager notes what was switched off there: an odd first byte.
_APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_OWN = r"Software\qlbreak"
_NAME = "qlbreak"
# A longer line is not run at sign-in, without a word (Microsoft, "Run and RunOnce Registry Keys").
_LONGEST = 260


class RunKey:
    name = "the Run key"
    where = rf"HKEY_CURRENT_USER\{_RUN}\{_NAME}"

    def __init__(self, registry: Any = None) -> None:
        """`registry`: the module winreg."""
        self._registry = registry or import_module("winreg")

    def read(self) -> Entry | None:
        line = self._get(_RUN)
        if line is None:
            return None
        told = str(self._get(_OWN) or "")
        command = named(told)
        ours = command is not None and told == remark(str(line), command)
        approved = self._get(_APPROVED)
        switched_off = isinstance(approved, bytes) and bool(approved[:1]) and approved[0] % 2 == 1
        return Entry(command if ours else None, not switched_off)

    def write(self, command: Command) -> None:
        line = subprocess.list2cmdline(command)
        if len(line) > _LONGEST:
            raise OSError(
                f"Windows starts nothing with a command of more than {_LONGEST} characters, and "
                f"this has {len(line)}: {line}; choose shorter folders"
            )
        self._set(_OWN, remark(line, command))
        self._set(_RUN, line)
        self._delete(_APPROVED)

    def remove(self) -> None:
        for key in (_RUN, _OWN):
            self._delete(key)

    def _get(self, key: str) -> object:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, key) as opened:
                value: object = registry.QueryValueEx(opened, _NAME)[0]
                return value
        except FileNotFoundError:
            return None

    def _set(self, key: str, value: str) -> None:
        registry = self._registry
        with registry.CreateKey(registry.HKEY_CURRENT_USER, key) as opened:
            registry.SetValueEx(opened, _NAME, 0, registry.REG_SZ, value)

    def _delete(self, key: str) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(
                registry.HKEY_CURRENT_USER, key, 0, registry.KEY_SET_VALUE
            ) as opened:
                registry.DeleteValue(opened, _NAME)
        except FileNotFoundError:
            return
