"""The commands' socket: asked by anybody, answered one by one, stopped by nobody."""

import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needing import on_unix
from qlbreak.app.inbox import Inbox, Spoken
from qlbreak.system import paths
from qlbreak.system.control import NotRunning, Reply, Request, Server, Take, ask
from rig.program import import_path
from rig.waiting import PATIENCE, wait_for
from thorough import few

pytestmark = on_unix("sockets of the file system; see test_pipes")

RUBBISH = [
    b"",
    b"\n",
    b"hello\n",
    b"\xff\n",
    b'{"words":["\xff"]}\n',
    b'{"words":3}\n',
    b"\0" * 90_000,
    b'{"x":' + b"[" * 60_000 + b"\n",
]


@pytest.fixture
def path(listening: Path) -> Path:
    return listening


def echo(request: Request, _: Take) -> Reply:
    return Reply(text=" ".join(request.words), data={"words": list(request.words)})


@pytest.fixture
def server(path: Path) -> Iterator[Server]:
    server = Server(path, echo)
    server.start()
    yield server
    server.stop()


def test_who_asked_before_the_end_is_answered(path: Path) -> None:
    asked, answering, replies = threading.Event(), threading.Event(), list[Reply]()

    def slowly(request: Request, take: Take) -> Reply:
        asked.set()
        answering.wait(PATIENCE)
        return echo(request, take)

    server = Server(path, slowly)
    server.start()
    asking = threading.Thread(target=lambda: replies.append(ask(path, ("quit",))))
    asking.start()
    asked.wait(PATIENCE)
    stopping = threading.Thread(target=server.stop)
    stopping.start()
    wait_for(lambda: not path.exists(), 10, "a server that is closed")
    assert stopping.is_alive()
    answering.set()
    stopping.join()
    asking.join()
    assert [reply.text for reply in replies] == ["quit"]


@pytest.mark.usefixtures("server")
class TestARunningOne:
    def test_what_is_asked_is_answered(self, path: Path) -> None:
        assert ask(path, ("snooze", "10 min")).text == "snooze 10 min"
        assert ask(path, ("täglich ☕", '"', "\n")).data == {"words": ["täglich ☕", '"', "\n"]}

    def test_long_words_and_answers_arrive_whole(self, path: Path) -> None:
        assert len(ask(path, ("x" * 30_000,)).text) == 30_000

    def test_only_its_owner_may_ask(self, path: Path) -> None:
        assert path.stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("rubbish", RUBBISH)
    def test_rubbish_is_hung_up_on(self, path: Path, rubbish: bytes) -> None:
        with closing(raw(path)) as client:
            send(client, rubbish)
            assert heard(client) == b""
        assert ask(path, ("still there",)).text == "still there"

    @given(rubbish=st.binary(max_size=50))
    @settings(max_examples=few(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_rubbish_is_survived(self, path: Path, rubbish: bytes) -> None:
        with closing(raw(path)) as client:
            send(client, rubbish)
        assert ask(path, ("why",)).text == "why"

    def test_who_says_nothing_keeps_nobody_waiting(self, path: Path) -> None:
        silent = [raw(path) for _ in range(6)]
        assert ask(path, ("why",)).text == "why"
        for client in silent:
            client.close()

    def test_who_hangs_up_early_harms_nobody(self, path: Path) -> None:
        for _ in range(5):
            with closing(raw(path)) as client:
                client.sendall(b'{"words":["why"]}\n')
        assert ask(path, ("why",)).text == "why"

    def test_many_may_ask_at_once(self, path: Path) -> None:
        answers: list[str] = []
        asking = [
            threading.Thread(target=lambda n=n: answers.append(ask(path, (str(n),)).text))
            for n in range(12)
        ]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        assert sorted(map(int, answers)) == list(range(12))


def raw(path: Path) -> socket.socket:
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.settimeout(4)
    client.connect(str(path))
    return client


def send(client: socket.socket, rubbish: bytes) -> None:
    """Says it and no more. The server may have had enough before it is all there."""
    with suppress(OSError):
        client.sendall(rubbish)
        client.shutdown(socket.SHUT_WR)


def heard(client: socket.socket) -> bytes:
    try:
        return client.recv(100)
    except ConnectionResetError:
        return b""


# Where nobody is there


def test_no_socket_means_not_running(path: Path) -> None:
    with pytest.raises(NotRunning):
        ask(path, ("why",))


def test_a_socket_that_a_kill_left_means_not_running_and_is_replaced(path: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as killed:
        killed.bind(str(path))
    assert path.is_socket()
    with pytest.raises(NotRunning):
        ask(path, ("why",))
    server = Server(path, echo)
    server.start()
    assert ask(path, ("why",)).text == "why"
    server.stop()
    assert not path.exists()


def test_a_stopped_one_is_gone_with_its_thread(path: Path) -> None:
    server = Server(path, echo)
    server.start()
    server.stop()
    wait_for(lambda: "control" not in names(), 5, "the server's thread ends", names)
    with pytest.raises(NotRunning):
        ask(path, ("why",))


def names() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


@pytest.mark.parametrize("answer", [b"", b"\xff\n", b"[]\n"])
def test_an_answer_that_is_none_is_an_error(path: Path, answer: bytes) -> None:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as odd:
        odd.bind(str(path))
        odd.listen()
        threading.Thread(target=answer_once, args=(odd, answer)).start()
        with pytest.raises(OSError, match=r"it closed the connection|its answer is not readable"):
            ask(path, ("why",))


def answer_once(server: socket.socket, answer: bytes) -> None:
    with closing(server.accept()[0]) as connection:
        connection.recv(100)
        connection.sendall(answer)


# Where it is


def test_a_long_data_folder_has_a_short_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = tempfile.mkdtemp(prefix="qlb-", dir="/tmp")
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    long = paths.find(Path("/home") / ("x" * 200) / ("y" * 200))
    other = paths.find(Path("/home") / ("x" * 200) / ("z" * 200))
    assert len(str(long.socket)) < 90
    assert long.socket != other.socket
    assert long.heartbeat != other.heartbeat
    Path(runtime).rmdir()


def test_one_folder_has_one_socket_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to("data")
    monkeypatch.chdir(tmp_path)
    names = ("data", "./data", "link", "data/../link", str(tmp_path / "data"))
    assert len({paths.find(Path(name)).socket for name in names}) == 1


# When things run out


CROWDED = """
import os, sys, resource, threading
from pathlib import Path
from qlbreak.system.control import Reply; from qlbreak.system.control import Server
server = Server(Path(sys.argv[1]), lambda request, take: Reply(text=request.words[0]))
server.start()
if sys.argv[2] == "descriptors":
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    held = []
    try:
        while True:
            held.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        pass
else:
    threading.stack_size(1 << 46)  # none of that size is to be had
print("full", flush=True)
sys.stdin.readline()
if sys.argv[2] == "descriptors":
    for fd in held:
        os.close(fd)
sys.stdin.readline()
server.stop()
"""


@pytest.mark.parametrize("what", ["descriptors", "threads"])
def test_what_has_run_out_for_a_moment_is_waited_for(path: Path, what: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CROWDED, str(path), what],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=import_path(),
    ) as crowded:  # fmt: skip
        assert crowded.stdin is not None
        assert crowded.stdout is not None
        assert crowded.stdout.readline() == b"full\n"
        with closing(raw(path)) as waiting:
            waiting.sendall(b'{"words":["first"]}\n')
            crowded.stdin.write(b"\n")
            crowded.stdin.flush()
            assert b"first" in heard(waiting)
        assert ask(path, ("second",)).text == "second"
        crowded.communicate(b"\n", timeout=PATIENCE)
        assert crowded.returncode == 0


def test_so_many_say_nothing_that_the_oldest_makes_room(path: Path, server: Server) -> None:
    before = threading.active_count()
    silent = [raw(path) for _ in range(100)]
    wait_for(lambda: heard(silent[0]) == b"", 5, "the oldest is hung up on")
    assert ask(path, ("why",)).text == "why"
    assert threading.active_count() <= before + 70
    for client in silent:
        client.close()


def test_a_socket_that_is_not_its_own_any_more_is_left(path: Path) -> None:
    first, second = Server(path, echo), Server(path, echo)
    first.start()
    path.unlink()
    second.start()
    first.stop()
    assert ask(path, ("why",)).text == "why"
    second.stop()


def test_a_socket_of_which_the_name_is_too_long(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    path = folder / "qlbreak.sock"
    server = Server(path, echo)
    server.start()
    assert ask(path, ("why",)).text == "why"
    server.stop()
    assert list(folder.iterdir()) == []


# Either or


def test_who_has_given_up_is_not_obeyed_later(path: Path) -> None:
    """The one who asked has gone by the time that somebody could carry it out."""
    gone, taken = threading.Event(), list[bool]()

    def slowly(request: Request, take: Take) -> Reply:
        gone.wait(PATIENCE)
        taken.append(take())
        return Reply()

    server = Server(path, slowly)
    server.start()
    with closing(raw(path)) as client:
        client.sendall(b'{"words":["done"]}\n')
    gone.set()
    wait_for(lambda: taken, 5, "it could be carried out")
    assert taken == [False]
    server.stop()


def test_who_is_heard_waits_for_the_end_of_it(path: Path) -> None:
    """The word that it was taken up comes first, and says nothing in JSON."""

    def take_up(_: Request, take: Take) -> Reply:
        return Reply(text="taken" if take() else "")

    server = Server(path, take_up)
    server.start()
    assert ask(path, ("done",)).text == "taken"
    with closing(raw(path)) as client:
        client.sendall(b'{"words":["done"]}\n')
        assert client.makefile("rb").readline().startswith(b' {"text":"taken"')
    server.stop()


def test_words_that_nobody_takes_up_are_given_up_for_good() -> None:
    inbox = Inbox()
    reply = inbox.answer(Request(("done",)), patience=0.01)
    assert reply.refused.startswith("no answer: the program is busy")
    said = inbox.next(1)
    assert isinstance(said, Spoken)
    said.carry_out(lambda _: pytest.fail("it is carried out"))
