"""Windows' pipes between the commands and the running program; elsewhere these are sockets."""

import logging
import sys
import threading
from pathlib import Path

import pytest
from msgspec import json

from qlbreak.system.connections import TAKEN, NotRunning, listen
from qlbreak.system.control import Followed, Reply, Request, Server, Take, ask
from qlbreak.system.watching import Watchers
from rig.waiting import wait_for

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="only Windows has such pipes")


def answer(request: Request, take: Take) -> Reply:
    return Reply(f"{request.words[0]}, {take()}")


def test_who_asks_is_answered_until_it_stops_and_then_nobody_is_there(listening: Path) -> None:
    """A thread that waited for the next one held the pipe, and whoever came got no answer."""
    threads = threading.active_count()
    for _ in range(3):
        server = Server(listening, answer)
        server.start()
        assert ask(listening, ("why",)).text == "why, True"
        server.stop()
        with pytest.raises(NotRunning):
            ask(listening, ("why",))
    wait_for(lambda: threading.active_count() <= threads, 3, "no thread is left")


@pytest.mark.parametrize(("said", "told"), [(b"", "closed"), (TAKEN, "being carried out")])
def test_one_that_ends_while_it_is_asked_is_no_error_of_ours(
    listening: Path, said: bytes, told: str
) -> None:
    listener = listen(listening)

    def die() -> None:
        line = listener.accept()
        line.receive()
        if said:
            line.send(said)
        line.close()

    thread = threading.Thread(target=die)
    thread.start()
    try:
        answer = ask(listening, ("why",)).refused
    except OSError as error:
        answer = str(error)
    assert told in answer
    thread.join()
    listener.close()


def test_those_who_watch_are_told_and_let_go(listening: Path) -> None:
    """One that goes, one that is hung up on, and the server's end: no thread is left."""
    threads = threading.active_count()
    watchers = Watchers(lambda put: put(json.encode(Reply("hello"))))
    server = Server(listening, answer, watchers)
    server.start()
    first, second = Followed(listening), Followed(listening)
    heard, other = iter(first), iter(second)
    assert (next(heard).text, next(other).text) == ("hello", "hello")
    watchers.tell(lambda: json.encode(Reply("news")))
    assert (next(heard).text, next(other).text) == ("news", "news")
    assert ask(listening, ("why",)).text == "why, True"
    first.hang_up()
    wait_for(lambda: threading.active_count() <= threads + 3, 3, "the first is let go")
    server.stop()
    assert list(other) == []
    wait_for(lambda: threading.active_count() <= threads, 3, "no thread is left")


def test_each_that_watches_is_let_go_once(
    listening: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Who told it and who listened to it both hang up: the second time it was a wrong number."""
    caplog.set_level(logging.INFO)
    threads = threading.active_count()
    server = Server(listening, answer, Watchers(lambda put: put(json.encode(Reply("hello")))))
    server.start()
    running = threading.active_count()
    for _ in range(30):
        watch = Followed(listening)
        assert next(iter(watch)).text == "hello"
        watch.hang_up()
    wait_for(lambda: threading.active_count() <= running, 3, "all are let go")
    server.stop()
    wait_for(lambda: threading.active_count() <= threads, 3, "no thread is left")
    assert "broke off" not in caplog.text
