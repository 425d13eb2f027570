"""Connections between the commands and the running program: Unix sockets, or Windows' pipes."""

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Protocol

from qlbreak.language import _
from qlbreak.system.clock import steady

_LONGEST = 1 << 16
_LONGEST_NAME = 100  # of a socket: the system takes a few bytes more
_TIMEOUT = 5.0  # until the words are there, and until somebody has taken them up
_CARRY_S = 30.0  # until what was taken up is done: a disk may keep a write for long
# Before the answer, and of no meaning there: what was said is being carried out.
TAKEN: Final = b" "


class NotRunning(Exception):
    pass


class Connection(Protocol):
    """A connection that carries one message each way, or one there and many back."""

    def send(self, message: bytes) -> None: ...

    def receive(self) -> bytes: ...

    def take(self) -> bool:
        """Whether the one who asked still waits; from then on they wait for the end of it."""

    def tell(self, message: bytes) -> None:
        """One of many; waits as long as it takes the other side to take it."""

    def follow(self, seconds: float | None = None) -> bytes:
        """The next of many; nothing where the other side has hung up. Raises TimeoutError where
        none comes within so many seconds."""

    def hang_up(self) -> None:
        """From another thread: who waits in `receive`, `tell` or `follow` gets nothing more."""

    def close(self) -> None: ...


class Endpoint(Protocol):
    def accept(self) -> Connection: ...

    @property
    def there(self) -> bool:
        """Whether one who looks for it finds it."""

    def close(self) -> None: ...


if sys.platform == "win32":
    # Named pipes, by the standard library. Python has no Unix sockets there, and a network
    # socket would be open to every user of the machine.

    class _Pipe:
        def __init__(self, connection: Any) -> None:
            self._connection = connection
            # Closed by two threads at once it would be closed twice, as a number that may be
            # somebody else's by then.
            self._closing = threading.Lock()

        def send(self, message: bytes) -> None:
            self._connection.send_bytes(message)

        def receive(self) -> bytes:
            """Raises TimeoutError. What was taken up and is not done in time is TAKEN alone."""
            if not self._connection.poll(_TIMEOUT):
                raise TimeoutError(_("no answer"))
            received = self._next(0.0)
            return (self._next(_CARRY_S) or TAKEN) if received == TAKEN else received

        def _next(self, seconds: float) -> bytes:
            """Nothing where nothing comes in time, or the other side has hung up."""
            try:
                there = self._connection.poll(seconds)
                received: bytes = self._connection.recv_bytes(_LONGEST) if there else b""
            except (EOFError, BrokenPipeError):
                return b""
            return received

        def take(self) -> bool:
            try:
                self._connection.send_bytes(TAKEN)
            except OSError:
                return False
            return True

        def tell(self, message: bytes) -> None:
            self._connection.send_bytes(message)

        def follow(self, seconds: float | None = None) -> bytes:
            if not self._connection.poll(seconds):
                raise TimeoutError(_("no answer"))
            try:
                received: bytes = self._connection.recv_bytes(_LONGEST)
            except (EOFError, BrokenPipeError):
                return b""
            return received

        def hang_up(self) -> None:
            self.close()

        def close(self) -> None:
            with self._closing:
                self._connection.close()

    class _Pipes:
        there = True  # as long as it lives

        def __init__(self, path: Path) -> None:
            from multiprocessing.connection import Listener

            self._name, self._closed = _name(path), False
            self._listener = Listener(self._name, family="AF_PIPE")

        def accept(self) -> Connection:
            connection = self._listener.accept()
            if self._closed:
                connection.close()
                raise OSError(_("it is closed"))
            return _Pipe(connection)

        def close(self) -> None:
            """Who waits in `accept` holds a pipe until somebody comes: we come."""
            from multiprocessing.connection import Client

            self._closed = True
            with suppress(OSError):
                Client(self._name, family="AF_PIPE").close()
            self._listener.close()

    def _name(path: Path) -> str:
        return rf"\\.\pipe\qlbreak-{path.stem}-{os.environ.get('USERNAME', '')}"

    def listen(path: Path) -> Endpoint:
        return _Pipes(path)

    def connect(path: Path) -> Connection:
        with suppress(OSError):  # one that closes as we come to wait is not there the next time
            return _reached(path)
        return _reached(path)

    def _reached(path: Path) -> Connection:
        from multiprocessing.connection import Client

        try:
            return _Pipe(Client(_name(path), family="AF_PIPE"))
        except FileNotFoundError:
            raise NotRunning from None

else:

    class _Socket:
        def __init__(self, connection: socket.socket) -> None:
            self._socket = connection
            self._begun = b""  # of the next of many messages

        def send(self, message: bytes) -> None:
            self._socket.settimeout(_TIMEOUT)
            self._socket.sendall(message + b"\n")

        def receive(self) -> bytes:
            """All of it within the time; raises TimeoutError."""
            received, until = b"", steady() + _TIMEOUT
            while not received.endswith(b"\n") and len(received) < _LONGEST:
                try:
                    more = self._more(until)
                except TimeoutError:
                    received += self._rest()
                    if not received.startswith(TAKEN):
                        raise
                    return received
                if not more:
                    break
                if not received and more.startswith(TAKEN):
                    until = steady() + _CARRY_S
                received += more
            return received

        def _more(self, until: float) -> bytes:
            self._socket.settimeout(max(until - steady(), 0.001))
            return self._socket.recv(4096)

        def _rest(self) -> bytes:
            """From here on the other side cannot say any more that it has taken it up: either it
            has, or it never will."""
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RD)
                self._socket.setblocking(False)
                return self._socket.recv(4096)
            return b""

        def take(self) -> bool:
            try:
                self._socket.settimeout(_TIMEOUT)
                self._socket.sendall(TAKEN)
            except OSError:
                return False
            return True

        def tell(self, message: bytes) -> None:
            self._socket.settimeout(None)
            self._socket.sendall(message + b"\n")

        def follow(self, seconds: float | None = None) -> bytes:
            until = steady() + seconds if seconds is not None else None
            while b"\n" not in self._begun:
                self._socket.settimeout(max(until - steady(), 0.001) if until else None)
                more = self._socket.recv(_LONGEST)
                if not more:
                    return b""
                self._begun += more
            message, _, self._begun = self._begun.partition(b"\n")
            return message

        def hang_up(self) -> None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

        def close(self) -> None:
            self._socket.close()

    class _Door:
        """Where the commands come in."""

        def __init__(self, path: Path) -> None:
            path.unlink(missing_ok=True)  # left over from a kill: the lock says nobody uses it
            self._path = path
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                with _short(path) as name:
                    self._socket.bind(name)
                path.chmod(0o600)
                self._file = _identity(path)
                self._socket.listen()
            except OSError:
                self._socket.close()
                raise

        def accept(self) -> Connection:
            return _Socket(self._socket.accept()[0])

        @property
        def there(self) -> bool:
            try:
                return _identity(self._path) == self._file
            except OSError:
                return False

        def close(self) -> None:
            """The file goes as well, unless it is somebody else's by now."""
            if self.there:
                self._path.unlink(missing_ok=True)
            with suppress(OSError):  # macOS has no connection there to shut down
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()

    def listen(path: Path) -> Endpoint:
        return _Door(path)

    def _identity(path: Path) -> tuple[int, int, int]:
        """The time as well: numbers of files are given again."""
        found = path.stat()
        return found.st_dev, found.st_ino, found.st_mtime_ns

    @contextmanager
    def _short(path: Path) -> Iterator[str]:
        """The system takes a hundred bytes or so for the name of a socket; Linux has a short one
        for the folder of every length."""
        if sys.platform != "linux" or len(os.fsencode(path)) < _LONGEST_NAME:
            yield str(path)
            return
        folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{folder}/{path.name}"
        finally:
            os.close(folder)

    def connect(path: Path) -> Connection:
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        client.settimeout(_TIMEOUT)
        try:
            with _short(path) as name:
                client.connect(name)
        except (FileNotFoundError, ConnectionRefusedError):
            client.close()
            raise NotRunning from None
        except OSError:
            client.close()
            raise
        return _Socket(client)
