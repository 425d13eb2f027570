"""Idle time of Wayland: real compositors, and one of our own for what those here lack."""

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from needing import on_unix
from qlbreak.senses.choice import sources
from qlbreak.senses.compositor import PAUSE_S, LastInput, open_idle
from qlbreak.senses.idle import Idle
from qlbreak.senses.source import Sense, Source
from qlbreak.senses.wayland_wire import socket_path
from rig.compositors import KWin, Mutter, Sway, WaylandSession, grows
from rig.privatebus import PrivateBus
from rig.waiting import now, wait_for
from rig.waylandpeer import EXT, IDLED, OLD, RESUMED, WaylandPeer

SEAT = ("wl_seat", 7)


def idle_in(session: WaylandSession) -> Idle:
    """What the program does there, with the session's bus."""
    return Idle(sources(session.env, "linux", session.connect()), Time())


class Time:
    """A quarter of a minute passes at each look."""

    def __init__(self) -> None:
        self.seconds = 86_400.0

    def __call__(self) -> float:
        self.seconds += 15.0
        return self.seconds


# Real ones


def test_sway_tells_of_keys_and_pointer(sway: Sway) -> None:
    idle = idle_in(sway)
    assert (idle(), idle.name) == (0.0, "Wayland")
    for use in (sway.type_key, sway.move_pointer):
        assert grows(idle, PAUSE_S, 10) > PAUSE_S - 0.5
        use()
        wait_for(lambda: idle() == 0.0, 2, "it is over", idle)
    assert idle.name == "Wayland"


def test_sway_that_dies_is_unknown_until_it_is_back(
    sway: Sway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "qlbreak.senses")
    idle = idle_in(sway)
    assert idle() == 0.0
    sway.kill_compositor()
    wait_for(lambda: idle() is None, 3, "it is gone")
    assert [idle() for _ in range(2)] == [None, None], "never zero"
    assert [r.levelname for r in caplog.records if "Wayland" in r.message] == ["WARNING"]
    sway.start_compositor()
    looks = [idle() for _ in range(16)]
    assert (looks[-1], idle.name) == (0.0, "Wayland")


def test_kwin_tells_by_the_newer_protocol(kwin: KWin) -> None:
    client = kwin.connect_wayland()
    assert client.offers[EXT]
    client.close()
    idle = idle_in(kwin)
    grows(idle, PAUSE_S + 0.5, 10)
    assert idle.name == "Wayland"
    kwin.call_saver("SimulateUserActivity")
    wait_for(lambda: idle() == 0.0, 2, "it is over", idle)


def test_mutter_tells_over_the_bus(mutter: Mutter) -> None:
    idle = idle_in(mutter)
    wait_for(lambda: idle() is not None, 5, "it answers in its time")
    assert idle.name == "GNOME"
    grows(idle, 1.5, 5)
    mutter.move_pointer()
    wait_for(lambda: (idle() or 9) < 0.5, 2, "it is over", idle)
    mutter.kill_compositor()
    assert [idle(), idle(), idle.name] == [None, None, ""]


# Our own


@pytest.fixture
def folder() -> Iterator[Path]:
    """Unix sockets want short paths."""
    with PrivateBus() as bus:
        yield bus.runtime


@pytest.fixture
def peer(folder: Path) -> Iterator[WaylandPeer]:
    with WaylandPeer(folder / "wayland-0", SEAT, (EXT, 2)) as peer:
        yield peer


@pytest.fixture
def watch(peer: WaylandPeer) -> Iterator[LastInput]:
    watch = open_idle(peer.place)
    yield watch
    watch.close()


@pytest.mark.parametrize(
    ("offers", "request_"),
    [
        ([(EXT, 2)], (EXT, 2)),
        ([(EXT, 3)], (EXT, 2)),
        ([(EXT, 1)], (EXT, 1)),
        ([(OLD, 1)], (OLD, 0)),
        ([(OLD, 1), (EXT, 1)], (EXT, 1)),
    ],
    ids=["input only", "a later version", "the first version", "the old protocol", "both"],
)
def test_the_best_of_the_requests_is_made(
    folder: Path, offers: list[tuple[str, int]], request_: tuple[str, int]
) -> None:
    with WaylandPeer(folder / "wayland-0", *offers, SEAT) as peer:
        watch = open_idle(peer.place)
        ((*made, pause, seat),) = peer.watches
        assert tuple(made) == request_
        assert pause == PAUSE_S * 1000
        assert ("wl_seat", 1) in peer.binds
        assert seat > 1
        peer.tell(IDLED)
        wait_for(lambda: watch() >= PAUSE_S, 2, "idle", watch)
        watch.close()


def test_it_counts_from_the_pause_before_the_news_until_the_next(
    peer: WaylandPeer, watch: LastInput
) -> None:
    assert watch() == 0.0
    told = now()
    peer.tell(IDLED)
    wait_for(lambda: watch() >= PAUSE_S, 3, "idle", watch)
    heard = now()
    wait_for(lambda: watch() > PAUSE_S + 0.3, 3, "it counts on", watch)
    asked, seconds, answered = now(), watch(), now()
    assert asked - heard <= seconds - PAUSE_S <= answered - told
    peer.tell(RESUMED)
    wait_for(lambda: watch() == 0.0, 2, "it is over", watch)


def test_of_two_seats_the_last_input_counts(folder: Path) -> None:
    with WaylandPeer(folder / "wayland-0", SEAT, (EXT, 2), SEAT) as peer:
        watch = open_idle(peer.place)
        peer.tell(IDLED, seat=0)
        peer.tell(IDLED, seat=1)
        wait_for(lambda: watch() >= PAUSE_S, 2, "idle", watch)
        peer.tell(RESUMED, seat=1)
        wait_for(lambda: watch() == 0.0, 2, "somebody is at the other")
        watch.close()


@pytest.mark.parametrize(
    ("offers", "why"),
    [([SEAT], "no org_kde_kwin_idle"), ([(EXT, 2)], "no seat"), ([], "no seat")],
)
def test_a_compositor_that_cannot_tell_is_no_source(
    folder: Path, offers: list[tuple[str, int]], why: str
) -> None:
    with (
        WaylandPeer(folder / "wayland-0", *offers) as peer,
        pytest.raises(OSError, match=why),
    ):
        open_idle(peer.place)


def test_a_compositor_that_never_answers_costs_a_second(folder: Path) -> None:
    with WaylandPeer(folder / "wayland-0", SEAT, (EXT, 2)) as peer:
        peer.hangs = True
        started = now()
        with pytest.raises(TimeoutError):
            open_idle(peer.place)
        assert now() - started > 0.5


def test_one_that_hangs_later_is_given_up_and_never_waited_for(
    peer: WaylandPeer, watch: LastInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qlbreak.senses.compositor._PATIENCE_S", 0.3)
    peer.hangs = True
    asked, looks = now(), list[float]()

    def refuses() -> bool:
        started = now()
        try:
            watch()
        except TimeoutError:
            return True
        looks.append(now() - started)
        return False

    wait_for(refuses, 3, "it is noticed")
    assert now() - asked >= 0.3
    assert min(looks) < 0.1


def test_the_numbers_of_objects_are_used_again(peer: WaylandPeer, watch: LastInput) -> None:
    """A look makes one, and the compositor keeps a list as long as the highest of them."""
    for _ in range(50):
        watch()
        wait_for(lambda: watch._asked is None, 2, "a sign of life")
    assert max(peer.ids) < 12


@pytest.mark.parametrize(
    "garble",
    [
        lambda peer: peer.send(1, 0, 1, 2, 4, text=b"no!\0"),
        lambda peer: peer.send(1, 1),
        lambda peer: peer.send_bytes(b"\1\0\0\0\0\0\3\0"),
        lambda peer: peer.close(),
    ],
    ids=["an error", "an event that is too short", "a size that cannot be", "it hangs up"],
)
def test_a_connection_that_breaks_is_an_error_and_leaves_no_thread(
    folder: Path, garble: Callable[[WaylandPeer], None], caplog: pytest.LogCaptureFixture
) -> None:
    before = set(threading.enumerate())
    peer = WaylandPeer(folder / "wayland-0", SEAT, (EXT, 2))
    idle = Idle([Source(Sense.IDLE, "Wayland", partial(open_idle, peer.place))])
    with caplog.at_level(logging.WARNING):
        assert idle() == 0.0
        garble(peer)
        wait_for(lambda: idle() is None, 2, "it is unknown")
    assert len(caplog.messages) == 1
    peer.close()
    wait_for(lambda: set(threading.enumerate()) <= before, 2, "its thread ends")


@on_unix("names of files as Linux has them")
def test_the_place_of_the_socket_is_where_clients_look() -> None:
    run = {"XDG_RUNTIME_DIR": "/run/user/7"}
    assert socket_path(run) == Path("/run/user/7/wayland-0")
    assert socket_path(run | {"WAYLAND_DISPLAY": "wayland-3"}) == Path("/run/user/7/wayland-3")
    assert socket_path(run | {"WAYLAND_DISPLAY": "/tmp/w"}) == Path("/tmp/w")
    assert socket_path({}) == Path("/wayland-0")
    with pytest.raises(OSError, match="No such file"):
        open_idle(Path("/nowhere/wayland-0"))
