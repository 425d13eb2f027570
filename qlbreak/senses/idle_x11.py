"""Idle time of the X server, from its screen saver extension; sees every key and pointer."""

import struct
from collections.abc import Callable

from qlbreak.senses.x11 import Server

_QUERY_INFO = 1


def open_source(name: str) -> Callable[[], float]:
    """*name*: as in DISPLAY. Raises OSError where the server lacks the extension, as Xwayland does,
    and where there is no server.
    """
    return _Counter(name)


def _asking(name: str) -> tuple[Server, bytes]:
    """The server, and what to ask it."""
    server = Server(name)
    extension = server.extension(b"MIT-SCREEN-SAVER")
    if not extension:
        server.close()
        raise OSError("the X server has no MIT-SCREEN-SAVER extension")
    return server, struct.pack("=BBHI", extension, _QUERY_INFO, 2, server.root)


class _Counter:
    """One that was slow has closed its connection: it is asked again on a new one."""

    def __init__(self, name: str) -> None:
        self._name, self._late = name, False
        self._server, self._question = _asking(name)

    def __call__(self) -> float:
        try:
            if self._late:
                self._server, self._question = _asking(self._name)
                self._late = False
            (answer,) = self._server.ask(self._question)
        except TimeoutError:
            self._late = True
            raise
        if not answer:
            raise OSError("the X server does not tell")
        (milliseconds,) = struct.unpack_from("=I", answer, 16)
        return float(milliseconds) / 1000

    def close(self) -> None:
        self._server.close()
