"""Linux: Speech Dispatcher speaks, with the voice that the person has chosen for the desktop.

It is spoken to over its socket, a line at a time; where it does not run yet it is started as its
own library would. Screen readers use it, too: it lets nobody speak over anybody else.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from qlbreak.language import _

_PATIENCE_S: Final = 3.0
_STARTS_S: Final = 10.0
_LONGEST = 65536  # bytes of an answer


class SpeechDispatcher:
    name = "speech-dispatcher"

    def __init__(self, environment: Mapping[str, str], command: str) -> None:
        self._command, self._environment = command, environment
        self._socket: socket.socket | None = None
        self._received = b""

    def ready(self, language: str, volume: int) -> None:
        self._connect()
        if not self.modules():
            self.close()
            raise OSError(_("speech-dispatcher has no voice; Debian: speech-dispatcher-espeak-ng"))
        for setting in (
            "CLIENT_NAME unknown:qlbreak:guide",
            f"LANGUAGE {language}",
            "PRIORITY message",
            "PUNCTUATION none",
            f"VOLUME {2 * volume - 100}",
        ):
            self._ask(f"SET SELF {setting}")

    def running(self) -> list[str]:
        """By what it speaks. Raises OSError where it does not run."""
        self._socket = _connected(socket_path(self._environment))
        try:
            return self.modules()
        finally:
            self.close()

    def modules(self) -> list[str]:
        """By what it speaks. The one that only says that there is none does not count."""
        *found, _ = self._ask("LIST OUTPUT_MODULES")
        return [name for name in (line[4:] for line in found) if name != "dummy"]

    def speak(self, text: str) -> None:
        self._ask("SPEAK")
        line = " ".join(text.split())
        self._ask(f".{line}\r\n." if line.startswith(".") else f"{line}\r\n.")

    def stop(self) -> None:
        if self._socket is not None:
            self._ask("CANCEL SELF")

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _connect(self) -> None:
        where = socket_path(self._environment)
        try:
            self._socket = _connected(where)
        except OSError:
            self._start()
            self._socket = _connected(where)

    def _start(self) -> None:
        """It goes to the background when it listens."""
        try:
            subprocess.run(
                [self._command, "--spawn"],
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_STARTS_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise OSError(_("speech-dispatcher does not start")) from None

    def _ask(self, words: str) -> Sequence[str]:
        """The lines of its answer. Raises OSError, and is closed then."""
        if self._socket is None:
            raise OSError(_("speech-dispatcher is not there"))
        try:
            self._socket.sendall(f"{words}\r\n".encode())
            lines = [self._line()]
            while lines[-1][3:4] == "-":
                lines.append(self._line())
        except OSError:
            self.close()
            raise
        if not lines[-1].startswith("2"):
            self.close()
            raise OSError(
                _("speech-dispatcher refuses {word}: {why}", word=words.split()[0], why=lines[-1])
            )
        return lines

    def _line(self) -> str:
        assert self._socket is not None
        while b"\r\n" not in self._received:
            more = self._socket.recv(4096)
            if not more or len(self._received) > _LONGEST:
                raise ConnectionResetError(_("speech-dispatcher hung up"))
            self._received += more
        line, self._received = self._received.split(b"\r\n", 1)
        return line.decode("utf-8", "replace")


def socket_path(environment: Mapping[str, str]) -> str:
    """As its own library looks for it. One on another machine speaks in another room."""
    named = environment.get("SPEECHD_ADDRESS", "")
    if named.startswith("unix_socket:"):
        return named.removeprefix("unix_socket:")
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return os.path.join(folder, "speech-dispatcher", "speechd.sock")  # noqa: PTH118  a socket's


def _connected(path: str) -> socket.socket:
    if sys.platform != "linux":
        raise OSError("only Linux has Speech Dispatcher")
    made = socket.socket(socket.AF_UNIX)
    made.settimeout(_PATIENCE_S)
    try:
        made.connect(path)
    except OSError:
        made.close()
        raise
    return made
