"""Processes of a test: each in a group of its own, logging to a file, ended by process id."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rig.waiting import now, wait_for


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished command left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Process:
    """A running program; its output is in `log`."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def alive(self) -> bool:
        return self.popen.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the program and to its children. Windows has none: it is killed."""
        if self.alive:  # not reaped yet: the number cannot belong to somebody else
            if sys.platform == "win32":
                self.popen.kill()
                return
            with suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def wait_exit(self, seconds: float) -> int:
        """The exit code; negative when a signal ended it."""
        wait_for(lambda: not self.alive, seconds, f"{self.name} ends, see {self.log}")
        return int(self.popen.returncode)

    def kill9(self) -> None:
        """Kills the program the way a crash does: no clean-up."""
        self.signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        self.popen.wait()


def spawn(
    name: str,
    command: Sequence[str | Path],
    env: Mapping[str, str],
    folder: Path,
    *,
    pass_fds: Sequence[int] = (),
    commands: bool = False,
    out: Path | None = None,
) -> Process:
    """Starts a program; `commands` opens a pipe to its standard input, `out` splits off stdout."""
    log = folder / f"{name}.log"
    with log.open("ab") as errors, (out or log).open("ab") as output:
        popen = subprocess.Popen(
            command,
            env=env,
            cwd=folder,
            stdin=subprocess.PIPE if commands else subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
            pass_fds=pass_fds,
        )
    return Process(name, popen, log)


def end_all(processes: Iterable[Process], seconds: float = 3.0) -> None:
    """Asks all to end, the youngest first, and kills who did not."""
    running = list(processes)[::-1]
    for process in running:
        process.signal(signal.SIGTERM)
    deadline = now() + seconds
    for process in running:
        try:
            process.popen.wait(max(0.01, deadline - now()))
        except subprocess.TimeoutExpired:
            process.kill9()
        if process.popen.stdin:
            with suppress(BrokenPipeError):
                process.popen.stdin.close()


def carrying(setting: str) -> dict[int, str]:
    """Process ids and command lines of all who have `NAME=value` in their environment."""
    found: dict[int, str] = {}
    if sys.platform == "win32":
        return found
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if setting.encode() in (folder / "environ").read_bytes().split(b"\0"):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if any(words):  # a zombie has none
                    found[int(folder.name)] = b" ".join(words).decode(errors="replace").strip()
    return found


def end_strays(setting: str) -> None:
    """Kills what left its process group but still carries the setting of this desktop."""
    for pid in carrying(setting):
        with suppress(ProcessLookupError):
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
