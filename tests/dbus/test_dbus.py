"""The bus against a real dbus-daemon: calls, signals, names, and a connection that is lost."""

import logging
import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from qlbreak.dbus import DAEMON, Body, Bus, BusError, Method
from rig.buscall import Bus as Stranger
from rig.privatebus import PrivateBus
from rig.waiting import PATIENCE, wait_for

IFACE = "org.example.Desk"
PATH = "/desk"
NAME, OTHER = "org.example.Name", "org.example.Other"
LOGGER = "qlbreak.dbus"


@pytest.fixture
def daemon() -> Iterator[PrivateBus]:
    with PrivateBus() as started:
        yield started


@pytest.fixture
def bus(daemon: PrivateBus) -> Bus:
    return daemon.connect()


def test_a_call_returns_the_body_of_the_reply(bus: Bus) -> None:
    (names,) = bus.call(*DAEMON, "ListNames")
    assert DAEMON[0] in names
    assert bus.name_has_owner(DAEMON[0])
    assert not bus.name_has_owner(NAME)


def test_an_error_reply_is_a_bus_error_with_its_name(bus: Bus) -> None:
    with pytest.raises(BusError, match="not provided") as caught:
        bus.call("org.example.Nobody", PATH, IFACE, "Add")
    assert caught.value.name == "org.freedesktop.DBus.Error.ServiceUnknown"


def test_a_peer_that_never_answers_costs_no_more_than_the_timeout(
    bus: Bus, daemon: PrivateBus
) -> None:
    silent = Stranger(daemon.session_address)
    silent.call(*DAEMON, "RequestName", "su", NAME, 0)
    with pytest.raises(TimeoutError, match=r"Add in 0\.1 s"):
        bus.call(NAME, PATH, IFACE, "Add", timeout=0.1)
    assert bus.name_has_owner(NAME)
    silent.close()


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "tcp:host=localhost", "junk"])
def test_a_bus_that_is_not_there_is_an_os_error(address: str) -> None:
    with pytest.raises(OSError, match=r"bus|directory"):
        Bus(address).connect()


def test_without_any_variable_there_is_no_session_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with pytest.raises(OSError, match="No such file"):
        Bus().connect()


def test_the_session_bus_is_found_where_systemd_puts_it(
    daemon: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(daemon.runtime))
    bus = Bus()
    bus.connect()
    assert bus.name_has_owner(DAEMON[0])
    bus.close()


def test_a_failed_connect_can_be_tried_again(daemon: PrivateBus) -> None:
    bus = Bus(daemon.session_address)
    daemon.kill_daemon()
    with pytest.raises(OSError, match="No such file"):
        bus.connect()
    daemon.start_daemon()
    bus.connect()
    assert bus.name_has_owner(DAEMON[0])
    bus.close()


def test_a_body_that_does_not_fit_is_the_callers_mistake(bus: Bus) -> None:
    with pytest.raises(TypeError):
        bus.call(*DAEMON, "NameHasOwner", "s", (7,))
    assert bus.name_has_owner(DAEMON[0])


def test_a_call_from_a_callback_is_refused_and_a_send_is_not(
    bus: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    answers: queue.SimpleQueue[Body | Exception] = queue.SimpleQueue()

    def owner_found(owner: str) -> None:
        bus.send(*DAEMON, "NameHasOwner", "s", (owner,), answers.put)
        bus.name_has_owner(owner)

    with caplog.at_level(logging.CRITICAL, LOGGER):
        bus.on_owner(DAEMON[0], owner_found)
        assert answers.get(timeout=PATIENCE) == (True,)
    bus.send("org.example.Nobody", PATH, IFACE, "Add", then=answers.put)
    assert isinstance(answers.get(timeout=PATIENCE), BusError)
    mistakes = [r.exc_info[1] for r in caplog.records if r.exc_info]
    assert all(isinstance(mistake, RuntimeError) for mistake in mistakes)


def test_a_signal_reaches_those_who_watch_its_path_until_they_cancel(
    daemon: PrivateBus,
) -> None:
    sender, hearer = daemon.connect(NAME), daemon.connect()
    here: queue.SimpleQueue[Body] = queue.SimpleQueue()
    anywhere: queue.SimpleQueue[Body] = queue.SimpleQueue()
    cancel = hearer.on_signal(NAME, IFACE, "Moved", PATH, here.put)
    hearer.on_signal(NAME, IFACE, "Moved", None, anywhere.put)
    hearer.name_has_owner(NAME)  # so the daemon knows of the wishes
    sender.emit("/chair", IFACE, "Moved", "i", (1,))
    sender.emit(PATH, IFACE, "Moved", "i", (2,))
    assert [anywhere.get(timeout=PATIENCE), anywhere.get(timeout=PATIENCE)] == [(1,), (2,)]
    assert here.get(timeout=PATIENCE) == (2,)
    cancel()
    sender.emit(PATH, IFACE, "Moved", "i", (3,))
    assert anywhere.get(timeout=PATIENCE) == (3,)
    assert here.empty()


def test_only_the_owner_of_the_name_is_heard(daemon: PrivateBus) -> None:
    """Also where another wish lets the same signal of a stranger through."""
    owner, stranger, hearer = daemon.connect(NAME), daemon.connect(OTHER), daemon.connect()
    heard: queue.SimpleQueue[Body] = queue.SimpleQueue()
    loose: queue.SimpleQueue[Body] = queue.SimpleQueue()
    hearer.on_signal(NAME, IFACE, "Moved", None, heard.put)
    hearer.on_signal(OTHER, IFACE, "Moved", None, loose.put)
    hearer.name_has_owner(NAME)
    stranger.emit(PATH, IFACE, "Moved", "i", (1,))
    owner.emit(PATH, IFACE, "Moved", "i", (2,))
    assert heard.get(timeout=PATIENCE) == (2,)
    assert loose.get(timeout=PATIENCE) == (1,)
    owner.call(*DAEMON, "ReleaseName", "s", (NAME,))
    owner.emit(PATH, IFACE, "Moved", "i", (3,))
    stranger.call(*DAEMON, "RequestName", "su", (NAME, 0))
    stranger.emit(PATH, IFACE, "Moved", "i", (4,))
    assert heard.get(timeout=PATIENCE) == (4,)
    assert loose.get(timeout=PATIENCE) == (4,)
    assert loose.empty()


def test_the_owner_of_a_name_is_told_at_first_and_at_each_change(
    daemon: PrivateBus,
) -> None:
    owner, hearer = daemon.connect(), daemon.connect()
    owners: queue.SimpleQueue[str] = queue.SimpleQueue()
    hearer.on_owner(NAME, owners.put)
    assert owners.get(timeout=PATIENCE) == ""
    owner.call(*DAEMON, "RequestName", "su", (NAME, 0))
    assert owners.get(timeout=PATIENCE).startswith(":")
    owner.close()
    assert owners.get(timeout=PATIENCE) == ""


def test_a_mistake_in_a_callback_does_not_end_the_thread(
    bus: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    heard = threading.Event()

    def fail(_: Body) -> None:
        heard.set()
        raise ValueError("a bug")

    bus.on_signal(DAEMON[0], DAEMON[2], "NameOwnerChanged", None, fail)
    bus.call(*DAEMON, "RequestName", "su", (NAME, 0))
    assert heard.wait(PATIENCE)
    assert bus.name_has_owner(NAME)
    assert "a callback of the bus failed" in caplog.text


def test_when_the_bus_is_lost_all_who_wait_are_told_at_once(daemon: PrivateBus) -> None:
    def kill() -> Body:
        daemon.kill_daemon()
        return ()

    bus, server = daemon.connect(), daemon.connect(NAME)
    server.serve(PATH, IFACE, {"Kill": Method(kill)})
    owners: queue.SimpleQueue[str] = queue.SimpleQueue()
    answers: queue.SimpleQueue[Body | Exception] = queue.SimpleQueue()
    bus.on_owner(NAME, owners.put)
    assert owners.get(timeout=PATIENCE)
    silent = Stranger(daemon.session_address)
    silent.call(*DAEMON, "RequestName", "su", "org.example.Silent", 0)
    bus.send("org.example.Silent", PATH, IFACE, "Add", then=answers.put)
    with pytest.raises(ConnectionError):
        bus.call(NAME, PATH, IFACE, "Kill", timeout=30)
    assert isinstance(answers.get(timeout=PATIENCE), ConnectionError)
    assert owners.get(timeout=PATIENCE) == ""
    with pytest.raises(ConnectionError):
        bus.name_has_owner(NAME)
    bus.send(*DAEMON, "ListNames", then=answers.put)
    assert isinstance(answers.get(timeout=PATIENCE), ConnectionError)
    bus.emit(PATH, IFACE, "Moved")
    silent.close()


def test_when_the_bus_is_back_everything_goes_on(daemon: PrivateBus) -> None:
    bus = daemon.connect()
    bus.on_connect.append(lambda: bus.send(*DAEMON, "RequestName", "su", (NAME, 0)))
    bus.serve(PATH, IFACE, {"Add": Method(lambda a, b: (a + b,), ("i", "i"), ("i",))})
    owners: queue.SimpleQueue[str] = queue.SimpleQueue()
    moved: queue.SimpleQueue[Body] = queue.SimpleQueue()
    back = threading.Event()
    bus.on_owner(DAEMON[0], owners.put)
    bus.on_signal(NAME, IFACE, "Moved", None, moved.put)
    bus.on_connect.append(back.set)
    assert owners.get(timeout=PATIENCE) == DAEMON[0]
    daemon.kill_daemon()
    assert owners.get(timeout=PATIENCE) == ""
    daemon.start_daemon()
    assert back.wait(PATIENCE)
    assert owners.get(timeout=PATIENCE) == DAEMON[0]
    other = daemon.connect()
    wait_for(lambda: other.name_has_owner(NAME), 3, "the server took its name")
    assert other.call(NAME, PATH, IFACE, "Add", "ii", (2, 3)) == (5,)
    bus.emit(PATH, IFACE, "Moved", "s", ("up",))
    assert moved.get(timeout=PATIENCE) == ("up",)


def test_close_ends_thread_and_socket(daemon: PrivateBus) -> None:
    before = set(threading.enumerate())  # of which some may end meanwhile, of other tests
    sockets = len(list(Path("/proc/self/fd").iterdir()))
    bus = Bus(daemon.session_address)
    bus.connect()
    bus.close()
    assert set(threading.enumerate()) <= before
    assert len(list(Path("/proc/self/fd").iterdir())) <= sockets
    with pytest.raises(ConnectionError):
        bus.name_has_owner(NAME)


def test_close_also_ends_a_bus_that_is_lost(daemon: PrivateBus) -> None:
    bus = Bus(daemon.session_address, retry_s=30)
    bus.connect()
    lost = threading.Event()
    bus.on_owner(DAEMON[0], lambda owner: None if owner else lost.set())
    bus.name_has_owner(NAME)
    daemon.kill_daemon()
    assert lost.wait(PATIENCE)
    before = threading.active_count()
    bus.close()
    wait_for(lambda: threading.active_count() <= before - 1, 1, "the thread of the bus ends")
