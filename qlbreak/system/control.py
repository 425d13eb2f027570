"""The local socket between the commands and the running program: a line of JSON each way."""

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from qlbreak.language import _
from qlbreak.system.connections import TAKEN, Connection, Endpoint, NotRunning, connect, listen
from qlbreak.system.watching import Watchers

__all__ = ["Followed", "NotRunning", "Reply", "Request", "Server", "Take", "ask"]

_log = logging.getLogger(__name__)
_PARTING_S = 1.0  # for an answer that is on its way when the program ends
_RETRY_S = 0.5  # where there is no descriptor for the next one
_AT_ONCE = 64  # connections; the oldest that has not said all yet makes room for the next
_FIRST_S = 5.0  # until one who watches is told how things stand
_WATCH = ("watch",)  # the one request that has many replies


class Request(Struct, frozen=True):
    """`via`: from what it comes, for the record."""

    words: tuple[str, ...]
    via: Literal["command", "window"] = "command"


class Reply(Struct, frozen=True):
    """`refused`: why the words meant nothing now. `unsaved`: they did, but that is not on the disk
    yet, and why. `data`: what was asked for."""

    text: str = ""
    refused: str = ""
    unsaved: str = ""
    data: dict[str, Any] | None = None


Take = Callable[[], bool]
"""Called before what was asked for is done: whether it is to be done, as somebody still waits."""


class Server:
    """`answer` is called in a thread of each request's own, and may wait. Who asks to watch is one
    of the `watchers`."""

    def __init__(
        self,
        path: Path,
        answer: Callable[[Request, Take], Reply],
        watchers: Watchers | None = None,
    ) -> None:
        self.path = path
        self._answer, self._watchers = answer, watchers
        self._listener: Endpoint | None = None
        self._stopped = threading.Event()
        self._attending: dict[Connection, threading.Thread] = {}
        self._silent: dict[Connection, None] = {}  # they have not said all yet, the oldest first

    def start(self) -> None:
        """Raises OSError."""
        self._listener = listen(self.path)
        threading.Thread(target=self._serve, name="control", daemon=True).start()

    def look_after(self) -> None:
        """To be called now and then: whose socket was removed listens anew. Raises OSError."""
        if self._listener is None:
            self.start()
        elif not self._listener.there:
            old, self._listener = self._listener, listen(self.path)
            old.close()
            _log.warning("the commands' socket was gone, and is there again")

    def stop(self) -> None:
        """Whoever has asked still gets the answer, as the one who said quit."""
        self._stopped.set()
        if self._listener is not None:
            self._listener.close()
        for line in list(self._silent):
            line.hang_up()
        if self._watchers is not None:
            self._watchers.close()
        for thread in list(self._attending.values()):
            thread.join(_PARTING_S)

    def _serve(self) -> None:
        troubled = False
        while (listener := self._listener) and not self._stopped.is_set():
            try:
                line = listener.accept()
            except OSError as error:
                if listener is self._listener and not self._stopped.is_set():
                    if not troubled:
                        _log.warning("no command can be heard for now: %s", error)
                    troubled = True
                    self._stopped.wait(_RETRY_S)
                continue
            troubled = False
            self._receive(line)

    def _receive(self, line: Connection) -> None:
        """One that says nothing must not keep the others waiting."""
        if len(self._attending) >= _AT_ONCE and not self._made_room():
            line.close()
            return
        thread = threading.Thread(target=self._attend, args=(line,), name="command", daemon=True)
        self._attending[line], self._silent[line] = thread, None
        try:
            thread.start()
        except RuntimeError:  # no more threads are to be had: then one after the other
            self._attending.pop(line)
            self._attend(line)

    def _made_room(self) -> bool:
        """False where all of them have said what they want, and wait for it."""
        oldest = next(iter(list(self._silent)), None)
        thread = self._attending.get(oldest) if oldest is not None else None
        if oldest is not None:
            oldest.hang_up()
        if thread is not None:
            thread.join(_PARTING_S)
        return oldest is not None

    def _attend(self, line: Connection) -> None:
        try:
            request = msgspec.json.decode(line.receive(), type=Request)
            self._silent.pop(line, None)
            if request.words == _WATCH and self._watchers is not None:
                if not self._watchers.attend(line):
                    line.send(msgspec.json.encode(Reply(refused=_("too many watch it already"))))
            else:
                line.send(msgspec.json.encode(self._answer(request, line.take)))
        except (OSError, EOFError, ValueError, RecursionError) as error:
            _log.info("a command broke off: %s", error)
        finally:
            self._silent.pop(line, None)
            line.close()
            self._attending.pop(line, None)


def ask(path: Path, words: tuple[str, ...], via: Literal["command", "window"] = "command") -> Reply:
    """Raises NotRunning, or OSError where the running program does not answer; then it will not
    do it later either."""
    line = connect(path)
    try:
        line.send(msgspec.json.encode(Request(words, via)))
        answer = line.receive()
    finally:
        line.close()
    if answer.startswith(TAKEN) and not answer.endswith(b"\n"):
        return Reply(refused=_("it is being carried out, but takes long; see: qlbreak status"))
    if not answer:
        raise OSError(_("it closed the connection"))
    return _read(answer)


def _read(answer: bytes) -> Reply:
    try:
        return msgspec.json.decode(answer, type=Reply)
    except ValueError:
        raise OSError(_("its answer is not readable")) from None


class Followed:
    """What is new in the running program, from now on. Raises NotRunning, or OSError where it does
    not listen."""

    def __init__(self, path: Path) -> None:
        self._line = connect(path)
        try:
            self._line.send(msgspec.json.encode(Request(_WATCH)))
        except OSError:
            self._line.close()
            raise

    def __iter__(self) -> Iterator[Reply]:
        """How things stand, then all that changes, as far as one keeps up with it; until the
        program ends, or `hang_up`. Raises OSError where it does not answer, or refuses."""
        wait: float | None = _FIRST_S
        try:
            while told := self._line.follow(wait):
                reply, wait = _read(told), None
                if reply.refused:
                    raise OSError(reply.refused)
                yield reply
        except (EOFError, ConnectionError):
            return
        finally:
            self._line.close()

    def hang_up(self) -> None:
        """From another thread."""
        self._line.hang_up()
