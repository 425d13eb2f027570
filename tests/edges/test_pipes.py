"""Windows' pipes between the commands and the running program; elsewhere these are sockets."""

import sys
import threading
from pathlib import Path

import pytest

from edges.waiting import wait_for
from qlbreak.connections import NotRunning
from qlbreak.control import Reply, Request, Server, Take, ask

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="only Windows has such pipes")


def answer(request: Request, take: Take) -> Reply:
    return Reply(f"{request.words[0]}, {take()}")


def test_who_asks_is_answered_until_it_stops_and_then_nobody_is_there(tmp_path: Path) -> None:
    """A thread that waited for the next one held the pipe, and whoever came got no answer."""
    path = tmp_path / "x.sock"
    threads = threading.active_count()
    for _ in range(3):
        server = Server(path, answer)
        server.start()
        assert ask(path, ("why",)).text == "why, True"
        server.stop()
        with pytest.raises(NotRunning):
            ask(path, ("why",))
    wait_for(lambda: threading.active_count() == threads, 3, "no thread is left")
