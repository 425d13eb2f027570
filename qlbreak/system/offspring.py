"""Programs of others that we start: ended with all that they have started, on every system."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from qlbreak.system import streams

# Of a job, to Windows.
_MAY: Final = 0x0001 | 0x0100  # PROCESS_TERMINATE, PROCESS_SET_QUOTA: what joining one asks for


class Offspring:
    """Its output comes by a pipe, and nobody speaks to it. Raises OSError where it cannot start."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            creationflags=streams.APART,
        )
        self._family = _Family(self.process)

    def ask(self) -> None:
        """To end; on Windows nobody can."""
        if self.process.poll() is None:
            self._family.ask()

    def end(self) -> None:
        if self.process.poll() is None:
            self._family.end()
        self.process.wait()


if sys.platform == "win32":
    import ctypes

    class _Family:
        """What it starts belongs to the same job, and outlives it where it is not ended."""

        def __init__(self, process: "subprocess.Popen[bytes]") -> None:
            self._process = process
            self._system = ctypes.WinDLL("kernel32")
            for name in ("CreateJobObjectW", "OpenProcess"):
                getattr(self._system, name).restype = ctypes.c_void_p
            self._job = ctypes.c_void_p(self._system.CreateJobObjectW(None, None))
            member = ctypes.c_void_p(self._system.OpenProcess(_MAY, False, process.pid))
            self._joined = bool(self._system.AssignProcessToJobObject(self._job, member))
            self._system.CloseHandle(member)

        def __del__(self) -> None:
            self._system.CloseHandle(self._job)

        def ask(self) -> None:
            pass

        def end(self) -> None:
            if not (self._joined and self._system.TerminateJobObject(self._job, 1)):
                self._process.kill()

else:

    class _Family:
        """A session of its own."""

        def __init__(self, process: "subprocess.Popen[bytes]") -> None:
            self._number = process.pid

        def ask(self) -> None:
            self._send(signal.SIGTERM)

        def end(self) -> None:
            self._send(signal.SIGKILL)

        def _send(self, number: signal.Signals) -> None:
            with suppress(OSError):  # gone just now, or somebody else by now
                os.killpg(self._number, number)
