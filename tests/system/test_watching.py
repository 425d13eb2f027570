"""What those who watch are told: the newest, at each one's pace, and nobody is waited for."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from needing import on_unix
from qlbreak.system.control import Followed, NotRunning, Reply, Server, ask
from qlbreak.system.watching import Put, Watchers
from rig.waiting import PATIENCE, wait_for

pytestmark = on_unix("sockets of the file system; see test_pipes")

BIG = "x" * 50_000


class Told:
    """One who watches, in a thread of its own."""

    def __init__(self, path: Path) -> None:
        self.texts: list[str] = []
        self.ended = ""
        self.watch = Followed(path)
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self) -> None:
        try:
            self.texts += (reply.text for reply in self.watch)
            self.ended = "hung up"
        except OSError as error:
            self.ended = str(error)

    def hears(self, text: str) -> None:
        wait_for(lambda: text in self.texts, PATIENCE, f"{text!r} is heard", lambda: self.texts)

    def ends(self, how: str = "hung up") -> None:
        wait_for(lambda: self.ended, PATIENCE, "it ends")
        assert self.ended == how


class Newsroom:
    """A server, and what it has to tell."""

    def __init__(self, path: Path) -> None:
        self.path, self.made = path, 0
        self.watchers = Watchers(self._greet)
        self.server = Server(path, lambda request, _: Reply(request.words[0]), self.watchers)
        self.server.start()

    def _greet(self, put: Put) -> None:
        put(msgspec.json.encode(Reply("hello")))

    def tell(self, text: str) -> None:
        def make() -> bytes:
            self.made += 1
            return msgspec.json.encode(Reply(text))

        self.watchers.tell(make)


@pytest.fixture
def news(listening: Path) -> Iterator[Newsroom]:
    room = Newsroom(listening)
    yield room
    room.server.stop()


def watching() -> int:
    names = [thread.name for thread in threading.enumerate()]
    return names.count("watched")


def let_in(path: Path) -> bool:
    told = Told(path)
    wait_for(lambda: told.texts or told.ended, PATIENCE, "it hears something")
    return told.texts == ["hello"]


def deaf(path: Path) -> socket.socket:
    """One that says what it wants, and then reads nothing."""
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.connect(str(path))
    client.sendall(b'{"words":["watch"]}\n')
    return client


def test_it_is_told_how_things_stand_and_then_what_changes(news: Newsroom) -> None:
    told = Told(news.path)
    told.hears("hello")
    news.tell("one")
    told.hears("one")
    news.tell("two")
    told.hears("two")
    assert told.texts == ["hello", "one", "two"]


def test_nothing_is_told_twice(news: Newsroom) -> None:
    told = Told(news.path)
    told.hears("hello")
    for text in ("hello", "hello", "other"):
        news.tell(text)
    told.hears("other")
    assert told.texts == ["hello", "other"]


def test_where_nobody_watches_nothing_is_made(news: Newsroom) -> None:
    def made() -> int:
        before = news.made
        news.tell("something new")
        return news.made - before

    assert not made()
    told = Told(news.path)
    told.hears("hello")
    told.watch.hang_up()
    told.ends()
    # The program hears of it a moment later.
    wait_for(lambda: not made(), PATIENCE, "nothing is made any more")
    assert ask(news.path, ("why",)).text == "why"


def test_all_are_told_and_what_is_told_is_made_once(news: Newsroom) -> None:
    all_ = [Told(news.path) for _ in range(10)]
    for told in all_:
        told.hears("hello")
    news.tell("one")
    for told in all_:
        told.hears("one")
    assert news.made == 1


def test_one_that_reads_nothing_keeps_nobody_waiting_and_hears_the_newest(news: Newsroom) -> None:
    with closing(deaf(news.path)) as client:
        told = Told(news.path)
        told.hears("hello")
        for number in range(100):  # far more than the system keeps for it
            news.tell(f"{number} {BIG}")
        news.tell("the last")
        told.hears("the last")
        assert ask(news.path, ("why",)).text == "why"
        client.settimeout(PATIENCE)
        lines = client.makefile("rb")
        texts = list[str]()
        while "the last" not in texts:
            texts.append(msgspec.json.decode(lines.readline(), type=Reply).text)
        assert len(texts) < 100


def test_more_than_are_borne_are_told_so(news: Newsroom) -> None:
    all_ = [Told(news.path) for _ in range(16)]
    for told in all_:
        told.hears("hello")
    Told(news.path).ends("too many watch it already")
    assert ask(news.path, ("why",)).text == "why"
    all_[0].watch.hang_up()
    # Its place is free a moment after it went: who comes meanwhile is told so, and asks again.
    wait_for(lambda: let_in(news.path), PATIENCE, "there is room")


@pytest.mark.parametrize("last", ["one", BIG])
def test_at_the_end_all_are_hung_up_on_and_their_threads_end(news: Newsroom, last: str) -> None:
    told, client = Told(news.path), deaf(news.path)
    told.hears("hello")
    wait_for(lambda: watching() == 2, PATIENCE, "both watch")
    for number in range(20):
        news.tell(f"{number} {last}")
    news.server.stop()
    told.ends()
    wait_for(lambda: not watching(), PATIENCE, "no thread is left")
    client.close()
    with pytest.raises(NotRunning):
        Followed(news.path)


def hung_up(client: socket.socket) -> None:
    client.close()


def half_said(client: socket.socket) -> None:
    client.shutdown(socket.SHUT_WR)
    client.close()


def went_on_talking(client: socket.socket) -> None:
    client.sendall(b'{"words":["quit"]}\n')


@pytest.mark.parametrize("leave", [hung_up, half_said, went_on_talking])
def test_one_that_goes_is_let_go(news: Newsroom, leave: Callable[[socket.socket], None]) -> None:
    client = deaf(news.path)
    wait_for(lambda: watching() == 1, PATIENCE, "it watches")
    leave(client)
    wait_for(lambda: not watching(), PATIENCE, "it is let go")
    client.close()


def test_an_older_program_refuses_and_it_is_said(listening: Path) -> None:
    server = Server(listening, lambda *_: Reply(refused="there is no command 'watch'"))
    server.start()
    Told(listening).ends("there is no command 'watch'")
    server.stop()
