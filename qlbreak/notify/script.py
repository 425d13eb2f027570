"""macOS: the system's own script call, since plyer has no notification centre to talk to there."""

import subprocess
from collections.abc import Callable, Sequence

from qlbreak.notify import Note

# The texts are arguments, not part of the script: nothing in them can be taken for code.
_SCRIPT = (
    "on run argv\n"
    "display notification (item 2 of argv) with title (item 1 of argv)\n"
    "end run"
)  # fmt: skip
_TIMEOUT = 3.0

Run = Callable[[Sequence[str]], None]


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, timeout=_TIMEOUT, capture_output=True)


class AppleScript:
    """Without buttons; whether a banner was really shown is for the user's settings to decide."""

    name = "osascript"

    def __init__(self, run: Run = _run) -> None:
        self._run = run

    def show(self, note: Note) -> bool:
        """Raises OSError or subprocess.SubprocessError."""
        self._run(["osascript", "-e", _SCRIPT, note.title, note.body])
        return True

    def close(self, slot: str) -> None:
        pass
