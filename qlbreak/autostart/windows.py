"""Windows: the Run key for each sign-in, the Start menu. Neither needs an administrator."""

import subprocess
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from qlbreak.autostart import shortcut
from qlbreak.autostart.entry import ABOUT, Command, Entry, in_a_menu, named, remark
from qlbreak.language import _
from qlbreak.system import identity
from qlbreak.system.paths import private
from qlbreak.system.resources import icon_file

_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
# Where the task manager notes what was switched off there: an odd first byte.
_APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_OWN = r"Software\qlbreak"
_LAUNCHER = r"Software\qlbreak\Start menu"
_NAME = "qlbreak"
# A longer line is not run at sign-in, without a word (Microsoft, "Run and RunOnce Registry Keys").
_LONGEST = 260


class _Values:
    """Of our name, in keys of the person's own."""

    def __init__(self, registry: Any) -> None:
        """`registry`: the module winreg."""
        self._registry = registry or import_module("winreg")

    def get(self, key: str) -> object:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, key) as opened:
                value: object = registry.QueryValueEx(opened, _NAME)[0]
                return value
        except FileNotFoundError:
            return None

    def set(self, key: str, value: str) -> None:
        registry = self._registry
        with registry.CreateKey(registry.HKEY_CURRENT_USER, key) as opened:
            registry.SetValueEx(opened, _NAME, 0, registry.REG_SZ, value)

    def delete(self, key: str) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(
                registry.HKEY_CURRENT_USER, key, 0, registry.KEY_SET_VALUE
            ) as opened:
                registry.DeleteValue(opened, _NAME)
        except FileNotFoundError:
            return


class RunKey:
    name = _("the Run key")
    where = rf"HKEY_CURRENT_USER\{_RUN}\{_NAME}"

    def __init__(self, registry: Any = None) -> None:
        """`registry`: the module winreg."""
        self._values = _Values(registry)

    def read(self) -> Entry | None:
        line = self._values.get(_RUN)
        if line is None:
            return None
        told = str(self._values.get(_OWN) or "")
        command = named(told)
        ours = command is not None and told == remark(str(line), command)
        approved = self._values.get(_APPROVED)
        switched_off = isinstance(approved, bytes) and bool(approved[:1]) and approved[0] % 2 == 1
        return Entry(command if ours else None, not switched_off)

    def write(self, command: Command) -> None:
        line = subprocess.list2cmdline(command)
        if len(line) > _LONGEST:
            raise OSError(
                _(
                    "Windows starts nothing with a command of more than {longest} characters, and "
                    "this has {n}: {line}; choose shorter folders",
                    longest=_LONGEST,
                    n=len(line),
                    line=line,
                )
            )
        self._values.set(_OWN, remark(line, command))
        self._values.set(_RUN, line)
        self._values.delete(_APPROVED)

    def remove(self) -> None:
        for key in (_RUN, _OWN):
            self._values.delete(key)


Make = Callable[[Path, Command, str, Path], None]


class StartMenu:
    name = _("the Start menu")
    provided = None  # an installer for all would be another program

    def __init__(self, folder: Path, registry: Any = None, make: Make = shortcut.write) -> None:
        """`folder`: %APPDATA%. `make`: writes the shortcut."""
        self._path = folder / "Microsoft/Windows/Start Menu/Programs/qlbreak.lnk"
        self._registry, self._values, self._make = registry, _Values(registry), make
        self.where = str(self._path)

    def read(self) -> Entry | None:
        """Windows itself changes shortcuts, so that only what we noted tells ours."""
        if not self._path.exists():
            return None
        return Entry(named(str(self._values.get(_LAUNCHER) or "")), True)

    def write(self, command: Command) -> None:
        private(self._path.parent)
        self._make(self._path, command, in_a_menu(_(ABOUT)), icon_file("qlbreak.ico"))
        self._values.set(_LAUNCHER, remark("", command))

    def remove(self) -> None:
        self._path.unlink()
        self._values.delete(_LAUNCHER)

    def sweep(self) -> None:
        """What toasts are signed by; the next one would bring it back."""
        identity.forget(self._registry)
