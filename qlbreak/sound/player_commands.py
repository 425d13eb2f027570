"""Unix: a program of the system plays the file, PulseAudio's, PipeWire's, ALSA's or that of macOS.

Each begins within a few hundredths of a second, and asked to end it is silent at once. That of
macOS was written by its documentation, and never run.
"""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

# By their names, in the order of trying: the first speaks to PulseAudio and to PipeWire, the last
# to a sound card without either. What the sound is goes to the volume control of the desktop.
# Without a word about latency paplay waits two seconds after the sound for its buffer.
_LINUX: Final = {
    "paplay": ("--client-name=qlbreak", "--latency-msec=40"),
    "pw-play": (),
    "aplay": ("--quiet",),
}
_MACOS: Final[Mapping[str, tuple[str, ...]]] = {"afplay": ()}
_LONGEST = 200  # letters of a complaint


class CommandPlayer(Struct, frozen=True):
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]

    def play(self, file: Path) -> "PlayingCommand":
        return PlayingCommand(
            subprocess.Popen(
                [*self.command, str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=dict(self.environment),
            )
        )


class PlayingCommand:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._stopped = False

    def stop(self) -> None:
        self._stopped = True
        self._process.kill()  # it holds nothing: the server ends what it has begun
        self._process.wait()
        self._close()

    def over(self) -> bool:
        return self._process.poll() is not None

    def failed(self) -> str:
        """Asked again and again, it also buries the process."""
        code, complaints = self._process.poll(), self._process.stderr
        if code is None or complaints is None or complaints.closed:
            return ""
        said = complaints.read(_LONGEST).decode(errors="replace").strip()
        self._close()
        if self._stopped or not code:
            return ""
        return said.splitlines()[0] if said else f"exit code {code}"

    def _close(self) -> None:
        if self._process.stderr is not None:
            self._process.stderr.close()


def commands(
    which: Callable[[str], str | None], environment: Mapping[str, str], platform: str
) -> list[CommandPlayer]:
    known = _MACOS if platform == "darwin" else _LINUX
    return [
        CommandPlayer(name, (found, *options), environment)
        for name, options in known.items()
        if (found := which(name))
    ]
