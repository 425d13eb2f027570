"""A launch agent of macOS: a property list that is read at each login."""

import os
import plistlib
from pathlib import Path

from qlbreak.autostart.entry import Command, Entry, Run, command_in, put, run
from qlbreak.language import _

_LABEL = "local.qlbreak"
_REMARK = ("<!-- ", " -->")


class LaunchAgent:
    """Reading and writing start and end nothing: it applies from the next login."""

    name = _("a launch agent")

    def __init__(self, home: Path, run: Run = run) -> None:
        self._path = home / f"Library/LaunchAgents/{_LABEL}.plist"
        self._run = run
        self._domain = f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"
        self.where = str(self._path)

    def read(self) -> Entry | None:
        try:
            return Entry(command_in(self._path, _REMARK), not self._disabled())
        except FileNotFoundError:
            return None

    def write(self, command: Command) -> None:
        content = {
            "Label": _LABEL,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
        put(self._path, plistlib.dumps(content).decode("utf-8"), command, _REMARK)
        self._run(("launchctl", "enable", f"{self._domain}/{_LABEL}"))

    def remove(self) -> None:
        self._path.unlink()

    def _disabled(self) -> bool:
        """Switched off by the person, which the system notes elsewhere."""
        told = self._run(("launchctl", "print-disabled", self._domain)) or ""
        return any(f'"{_LABEL}" => {word}' in told for word in ("disabled", "true"))
