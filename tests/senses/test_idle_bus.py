"""Idle time over D-Bus, from peers of our own: GNOME, Cinnamon, KDE and logind as documented."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest

from qlbreak.dbus import DAEMON, Body, BusError, Method
from qlbreak.senses import logind
from qlbreak.senses.choice import sources
from qlbreak.senses.counters import COUNTERS, Counter, open_idle
from qlbreak.senses.idle import Idle
from qlbreak.senses.source import Ask, Sense, Source
from qlbreak.system.clock import awake
from rig.buscall import Bus as Stranger
from rig.logindpeer import LogindPeer
from rig.privatebus import PrivateBus
from rig.waiting import now

X11 = {"DISPLAY": ":987", "XDG_CURRENT_DESKTOP": "KDE"}
WAYLAND = {"WAYLAND_DISPLAY": "/nowhere/wayland-0", "XDG_CURRENT_DESKTOP": "KDE"}
NOT_SUPPORTED = BusError("org.freedesktop.DBus.Error.NotSupported", "not on this platform")


@pytest.fixture
def daemon() -> Iterator[PrivateBus]:
    with PrivateBus() as started:
        yield started


class Counting:
    """A desktop that counts, or does not; `kind` is the type of the number."""

    def __init__(self, daemon: PrivateBus, counter: Counter, kind: str) -> None:
        self.milliseconds: int | BusError = 0
        self.asked = 0
        self.slow = False
        self.bus = daemon.connect(counter.name)
        methods = {counter.ask: Method(self._answer, (), (kind,))}
        self.bus.serve(counter.path, counter.name, methods)

    def _answer(self) -> Body:
        self.asked += 1
        if self.slow:
            threading.Event().wait(0.7)
        if isinstance(self.milliseconds, BusError):
            raise self.milliseconds
        return (self.milliseconds,)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("counter", "kind", "environment", "name"),
    [
        (COUNTERS["GNOME"], "t", WAYLAND, "GNOME"),
        (COUNTERS["GNOME"], "t", X11, "GNOME"),
        (COUNTERS["Cinnamon"], "t", WAYLAND, "Cinnamon"),
        (COUNTERS["KDE"], "u", X11, "KDE"),
    ],
)
def test_what_the_desktop_counts_is_milliseconds(
    daemon: PrivateBus,
    counter: Counter,
    kind: str,
    environment: dict[str, str],
    name: str,
) -> None:
    counting = Counting(daemon, counter, kind)
    idle = Idle(sources(environment, "linux", daemon.connect()))
    counting.milliseconds = 61_250
    assert (idle(), idle.name) == (61.25, name)
    counting.milliseconds = 0
    assert (idle(), idle.name) == (0.0, name)
    counting.bus.close()
    assert (idle(), idle.name) == (None, "")


def test_kde_is_not_asked_on_wayland(daemon: PrivateBus) -> None:
    """Plasma 5.24 says 0 there all day, later ones refuse."""
    counting = Counting(daemon, COUNTERS["KDE"], "u")
    assert Idle(sources(WAYLAND, "linux", daemon.connect()))() is None
    assert counting.asked == 0


def test_a_desktop_that_refuses_gives_way(daemon: PrivateBus) -> None:
    counting = Counting(daemon, COUNTERS["KDE"], "u")
    counting.milliseconds = NOT_SUPPORTED
    bus = daemon.connect()
    kde = Source(Sense.IDLE, "KDE", partial(open_idle, bus, "KDE"))
    idle = Idle([kde, Source(Sense.IDLE, "spare", lambda: lambda: 7.0)])
    assert (idle(), idle.name) == (7.0, "spare")


def test_a_desktop_that_hangs_costs_half_a_second_and_gives_way(daemon: PrivateBus) -> None:
    """It is rarely asked then, so that a tick in a few takes that long, and later one in 64."""
    silent = Stranger(daemon.session_address)
    silent.call(*DAEMON, "RequestName", "su", COUNTERS["GNOME"].name, 0)
    bus = daemon.connect()
    asked = list[float]()

    def opened() -> Ask:
        ask = open_idle(bus, "GNOME")

        def timed() -> float:
            asked.append(now())
            return ask()

        return timed

    mutter = Source(Sense.IDLE, "GNOME", opened)
    idle = Idle([mutter, Source(Sense.IDLE, "spare", lambda: lambda: 7.0)])
    for number in range(3):
        assert (idle(), idle.name) == (7.0, "spare")
        assert len(asked) == number + 1
        assert now() - asked[-1] > 0.4
    assert idle() == 7.0
    assert len(asked) == 3, "for a while it is left alone"
    silent.close()


def test_a_desktop_that_is_slow_once_is_asked_again_at_the_next_look(daemon: PrivateBus) -> None:
    """And nobody worse in between: logind would say that somebody is there."""
    counting = Counting(daemon, COUNTERS["GNOME"], "t")
    counting.milliseconds = 61_250
    bus = daemon.connect()
    mutter = Source(Sense.IDLE, "GNOME", partial(open_idle, bus, "GNOME"))
    idle = Idle([mutter, Source(Sense.IDLE, "spare", lambda: lambda: 0.0)])
    assert idle() == 61.25
    counting.slow = True
    assert (idle(), idle.name) == (None, "")
    assert idle.trouble == (
        "GNOME: org.gnome.Mutter.IdleMonitor did not answer GetIdletime in 0.5 s"
    )
    counting.slow = False
    assert (idle(), idle.name) == (61.25, "GNOME")
    counting.bus.close()


def test_nobody_is_started_by_the_question(daemon: PrivateBus) -> None:
    with pytest.raises(OSError, match=r"nobody here is org\.gnome\.Mutter"):
        open_idle(daemon.connect(), "GNOME")
    with pytest.raises(OSError, match="no session bus"):
        open_idle(None, "GNOME")


# logind


def test_logind_that_was_told_nothing_is_no_source(daemon: PrivateBus) -> None:
    """As on most desktops: "not idle" would stand there all day."""
    with LogindPeer(daemon.session_address):
        ask = logind.open_idle(daemon.connect())
        with pytest.raises(OSError, match="does not tell"):
            ask()
    with pytest.raises(OSError, match="no session"):
        logind.open_idle(daemon.connect())
    with pytest.raises(OSError, match="no system bus"):
        logind.open_idle(None)


def test_logind_that_was_told_counts_from_there(daemon: PrivateBus) -> None:
    with LogindPeer(daemon.session_address) as peer:
        ask = logind.open_idle(daemon.connect())
        peer.set(IdleSinceHintMonotonic=int(awake() * 1e6) - 90_000_000)
        assert ask() == 0.0
        peer.set(IdleHint=True)
        assert ask() == pytest.approx(90, abs=1)
