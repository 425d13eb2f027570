"""The local socket between the commands and the running program: a line of JSON each way."""

import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import msgspec
from msgspec import Struct

_log = logging.getLogger(__name__)
_LONGEST = 1 << 16
_TIMEOUT = 5.0
_PARTING_S = 1.0  # for an answer that is on its way when the program ends


class NotRunning(Exception):
    pass


class Request(Struct, frozen=True):
    words: tuple[str, ...]


class Reply(Struct, frozen=True):
    """`refused`: why the words meant nothing now. `unsaved`: they did, but that is not on the disk
    yet, and why. `data`: what was asked for."""

    text: str = ""
    refused: str = ""
    unsaved: str = ""
    data: dict[str, Any] | None = None


class Line(Protocol):
    """A connection that carries one message each way."""

    def send(self, message: bytes) -> None: ...

    def receive(self) -> bytes: ...

    def close(self) -> None: ...


class Server:
    """`answer` is called in a thread of each request's own, and may wait."""

    def __init__(self, path: Path, answer: Callable[[Request], Reply]) -> None:
        self._path = path
        self._answer = answer
        self._stopped = False
        self._attending: set[threading.Thread] = set()

    def start(self) -> None:
        """Raises OSError."""
        self._accept, self._close = _listen(self._path)
        threading.Thread(target=self._serve, name="control", daemon=True).start()

    def stop(self) -> None:
        """Whoever has asked still gets the answer, as the one who said quit."""
        self._stopped = True
        self._close()
        for thread in list(self._attending):
            thread.join(_PARTING_S)

    def _serve(self) -> None:
        while not self._stopped:
            try:
                line = self._accept()
            except OSError:
                if not self._stopped:
                    _log.exception("the commands' socket is broken: commands do not work any more")
                return
            # One that says nothing must not keep the others waiting.
            thread = threading.Thread(
                target=self._attend, args=(line,), name="command", daemon=True
            )
            self._attending.add(thread)
            thread.start()

    def _attend(self, line: Line) -> None:
        try:
            request = msgspec.json.decode(line.receive(), type=Request)
            line.send(msgspec.json.encode(self._answer(request)))
        except (OSError, EOFError, ValueError, RecursionError) as error:
            _log.info("a command broke off: %s", error)
        finally:
            line.close()
            self._attending.discard(threading.current_thread())


def ask(path: Path, words: tuple[str, ...]) -> Reply:
    """Raises NotRunning, or OSError where the running program does not answer."""
    line = _connect(path)
    try:
        line.send(msgspec.json.encode(Request(words)))
        answer = line.receive()
    finally:
        line.close()
    if not answer:
        raise OSError("it closed the connection")
    try:
        return msgspec.json.decode(answer, type=Reply)
    except ValueError:
        raise OSError("its answer is not readable") from None


if sys.platform == "win32":
    # Named pipes, by the standard library. Python has no Unix sockets there, and a network
    # socket would be open to every user of the machine.

    class _Pipe:
        def __init__(self, connection: Any) -> None:
            self._connection = connection

        def send(self, message: bytes) -> None:
            self._connection.send_bytes(message)

        def receive(self) -> bytes:
            if not self._connection.poll(_TIMEOUT):
                raise TimeoutError("no answer")
            received: bytes = self._connection.recv_bytes(_LONGEST)
            return received

        def close(self) -> None:
            self._connection.close()

    def _name(path: Path) -> str:
        return rf"\\.\pipe\qlbreak-{path.stem}-{os.environ.get('USERNAME', '')}"

    def _listen(path: Path) -> tuple[Callable[[], Line], Callable[[], None]]:
        from multiprocessing.connection import Listener

        listener = Listener(_name(path), family="AF_PIPE")
        return lambda: _Pipe(listener.accept()), listener.close

    def _connect(path: Path) -> Line:
        from multiprocessing.connection import Client

        try:
            return _Pipe(Client(_name(path), family="AF_PIPE"))
        except FileNotFoundError:
            raise NotRunning from None

else:

    class _Socket:
        def __init__(self, connection: socket.socket) -> None:
            self._socket = connection
            self._socket.settimeout(_TIMEOUT)

        def send(self, message: bytes) -> None:
            self._socket.sendall(message + b"\n")

        def receive(self) -> bytes:
            received = b""
            while not received.endswith(b"\n") and len(received) < _LONGEST:
                more = self._socket.recv(4096)
                if not more:
                    break
                received += more
            return received

        def close(self) -> None:
            self._socket.close()

    def _listen(path: Path) -> tuple[Callable[[], Line], Callable[[], None]]:
        path.unlink(missing_ok=True)  # left over from a kill: the lock says that nobody uses it
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(str(path))
        path.chmod(0o600)
        server.listen()

        def close() -> None:
            path.unlink(missing_ok=True)
            with suppress(OSError):  # macOS has no connection there to shut down
                server.shutdown(socket.SHUT_RDWR)
            server.close()

        return lambda: _Socket(server.accept()[0]), close

    def _connect(path: Path) -> Line:
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        client.settimeout(_TIMEOUT)
        try:
            client.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            client.close()
            raise NotRunning from None
        except OSError:
            client.close()
            raise
        return _Socket(client)
