"""Since when nobody can be at the screen: logind and savers by peers, the rest by numbers."""

import ctypes
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from qlbreak.dbus import DAEMON, Body, Bus, Method
from qlbreak.senses import macos, survey, windows
from qlbreak.senses.choice import sources
from qlbreak.senses.locked import Locked
from qlbreak.senses.source import Sense, Source, Stir
from rig.buscall import Bus as Stranger
from rig.compositors import KWin
from rig.foreign import Library
from rig.logindpeer import LogindPeer
from rig.privatebus import PrivateBus
from rig.waiting import PATIENCE, now, wait_for


@pytest.fixture
def daemon() -> Iterator[PrivateBus]:
    with PrivateBus() as started:
        yield started


@pytest.fixture
def logind(daemon: PrivateBus) -> Iterator[LogindPeer]:
    with LogindPeer(daemon.session_address) as peer:
        yield peer


class Looks:
    """The ticker: told to look soon, it does."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.wanted: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self.lock = Locked(sources, lambda: self.wanted.put(True))
        self.first = self.lock()

    def next(self) -> float | None:
        """What the look says that was asked for next."""
        self.wanted.get(timeout=PATIENCE)
        return self.lock()

    def until(self, locked: bool) -> None:
        wait_for(lambda: (self.next() is not None) is locked, 5, f"locked is {locked}")


@pytest.fixture
def looks(daemon: PrivateBus, logind: LogindPeer) -> Looks:
    return Looks(sources({}, "linux", daemon.connect(), daemon.connect()))


# logind


def test_a_lock_is_told_at_once_and_counted(looks: Looks, logind: LogindPeer) -> None:
    assert looks.first is None
    told = now()
    logind.set(LockedHint=True)
    seconds, heard = looks.next(), now()
    assert seconds is not None
    assert seconds <= heard - told
    wait_for(lambda: (looks.lock() or 0) > 0.3, 3, "it counts on")
    asked, seconds, answered = now(), looks.lock(), now()
    assert seconds is not None
    assert asked - heard <= seconds <= answered - told
    logind.set(LockedHint=False)
    assert looks.next() is None


def test_another_user_in_front_counts_as_locked(looks: Looks, logind: LogindPeer) -> None:
    logind.set(Active=False)
    assert looks.next() is not None
    asked = logind.asked
    logind.set(LockedHint=True)
    logind.set(Active=True)
    wait_for(lambda: logind.asked == asked + 2, 3, "it is heard")
    assert looks.lock() is not None, "it is in front, but locked"
    logind.set(LockedHint=False)
    assert looks.next() is None


def test_a_sleep_counts_from_before_it_until_after_it(looks: Looks, logind: LogindPeer) -> None:
    logind.sleep(True)
    assert looks.next() is not None
    logind.sleep(False)
    assert looks.next() is None


def test_what_else_changes_wakes_nobody(looks: Looks, logind: LogindPeer) -> None:
    logind.set(IdleHint=True)
    logind.set(LockedHint=True)
    assert looks.next() is not None
    assert looks.wanted.empty()


class Slow:
    """A source that is slow for a while, as GNOME's shell when one logs in."""

    def __init__(self) -> None:
        self.locked, self.late = False, 0
        self.stir: Stir = lambda _: None

    def open(self, stir: Stir) -> Callable[[], bool]:
        self.stir = stir
        return self

    def __call__(self) -> bool:
        self.late -= 1
        if self.late >= 0:
            raise TimeoutError("no answer in time")
        return self.locked


def looking_at(slow: Slow) -> Looks:
    return Looks([Source(Sense.LOCKED, "slow", slow.open, tells=True)])


def test_one_that_is_slow_is_asked_again_at_the_next_look() -> None:
    slow = Slow()
    looks = looking_at(slow)
    slow.locked, slow.late = True, 1
    slow.stir(now() - 7.0)
    assert looks.next() is None
    assert looks.lock() == pytest.approx(7.0, abs=1.0), "since it was told"
    slow.locked, slow.late = False, 2
    slow.stir(now())
    assert looks.next() is not None, "as it was, as long as nobody says otherwise"
    assert looks.lock() is not None
    assert looks.lock() is None


def test_one_that_goes_on_being_slow_knows_nothing() -> None:
    slow = Slow()
    looks = looking_at(slow)
    slow.locked = True
    slow.stir(now())
    assert looks.next() is not None
    slow.late = 9
    slow.stir(now())
    assert looks.next() is not None
    assert looks.lock() is not None
    assert looks.lock() is None
    assert (looks.lock(), slow.late) == (None, 6), "it is not asked any more"


def test_between_two_news_nobody_is_asked(looks: Looks, logind: LogindPeer) -> None:
    asked = logind.asked
    for _ in range(100):
        assert looks.lock() is None
    assert logind.asked == asked


@pytest.mark.parametrize("known", ["by its number", "by the process", "as a service", "too late"])
def test_the_session_is_found(
    daemon: PrivateBus, monkeypatch: pytest.MonkeyPatch, known: str
) -> None:
    """The number of a session that is over is found in old terminals."""
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    if known in ("by its number", "too late"):
        monkeypatch.setenv("XDG_SESSION_ID", "2" if known == "by its number" else "77")
    with LogindPeer(daemon.session_address, by_pid=known == "by the process") as peer:
        looks = Looks(sources({}, "linux", None, daemon.connect()))
        peer.set(LockedHint=True)
        assert looks.next() is not None


def test_a_logind_that_comes_back_is_asked_anew(daemon: PrivateBus) -> None:
    first = LogindPeer(daemon.session_address)
    looks = Looks(sources({}, "linux", None, daemon.connect()))
    first.set(LockedHint=True)
    assert looks.next() is not None
    first.close()
    looks.until(locked=False)
    with LogindPeer(daemon.session_address, locked=True) as second:
        looks.until(locked=True)
        second.set(LockedHint=False)
        looks.until(locked=False)


def test_a_bus_that_comes_back_is_asked_anew(daemon: PrivateBus, looks: Looks) -> None:
    daemon.kill_daemon()
    daemon.start_daemon()
    with LogindPeer(daemon.session_address, locked=True):
        looks.until(locked=True)


# Screen savers


class Saver:
    """A lock or screen saver, as GNOME, KDE, Cinnamon, MATE and Xfce have it."""

    def __init__(self, daemon: PrivateBus, name: str, active: bool = False) -> None:
        self.active = active
        self.answers = threading.Event()
        self.answers.set()
        self._name, self._path = name, f"/{name.replace('.', '/')}"
        self.bus = daemon.connect()
        self.bus.serve(self._path, name, {"GetActive": Method(self._answer, (), ("b",))})
        self.bus.call(*DAEMON, "RequestName", "su", (name, 0))

    def set(self, active: bool) -> None:
        self.active = active
        self.bus.emit(self._path, self._name, "ActiveChanged", "b", (active,))

    def _answer(self) -> Body:
        self.answers.wait(5)
        return (self.active,)


@pytest.mark.parametrize("kind", ["gnome", "freedesktop", "cinnamon", "mate", "xfce"])
def test_a_screen_saver_tells(daemon: PrivateBus, kind: str) -> None:
    saver = Saver(daemon, f"org.{kind}.ScreenSaver")
    looks = Looks(sources({}, "linux", daemon.connect(), None))
    assert looks.first is None
    saver.set(True)
    assert looks.next() is not None
    saver.set(False)
    assert looks.next() is None


def test_one_whose_answer_is_late_has_locked_when_it_said_so(daemon: PrivateBus) -> None:
    """As for a sleep: what is told right before it is answered after it. Nobody waits meanwhile."""
    saver = Saver(daemon, "org.gnome.ScreenSaver")
    looks = Looks(sources({}, "linux", daemon.connect()))
    assert looks.first is None
    saver.answers.clear()
    at = now()
    saver.set(True)
    wait_for(lambda: looks.lock() is None and now() - at > 0.5, 3, "half a second passes")
    saver.answers.set()
    assert looks.next() == pytest.approx(now() - at, abs=0.3)


def test_one_that_is_over_the_screen_already_is_seen_and_one_that_dies_is_not(
    daemon: PrivateBus,
) -> None:
    saver = Saver(daemon, "org.mate.ScreenSaver", active=True)
    looks = Looks(sources({}, "linux", daemon.connect(), None))
    assert looks.first is not None
    saver.bus.close()
    looks.until(locked=False)


def test_the_first_of_two_counts_and_the_last_ends_it(looks: Looks, daemon: PrivateBus) -> None:
    logind_less = Saver(daemon, "org.gnome.ScreenSaver")
    logind_less.set(True)
    looks.until(locked=True)
    wait_for(lambda: (looks.lock() or 0) > 0.3, 3, "it counts")
    with LogindPeer(daemon.session_address):
        assert (looks.lock() or 0) > 0.3
    logind_less.set(False)
    looks.until(locked=False)


def test_a_screen_saver_that_hangs_costs_a_second_once_and_is_soon_left_alone(
    daemon: PrivateBus,
) -> None:
    silent = Stranger(daemon.session_address)
    silent.call(*DAEMON, "RequestName", "su", "org.gnome.ScreenSaver", 0)
    started = now()
    looks = Looks(sources({}, "linux", daemon.connect(), None))
    assert looks.first is None
    assert now() - started > 0.4
    for _ in range(2):
        assert looks.lock() is None
    took = list[float]()
    for _ in range(5):
        started = now()
        assert looks.lock() is None
        took.append(now() - started)
    assert min(took) < 0.1
    silent.close()


def test_kwin_locks_and_tells(kwin: KWin) -> None:
    bus = kwin.connect()
    looks = Looks(sources({}, "linux", bus, None))
    assert looks.first is None
    kwin.call_saver("Lock")
    looks.until(locked=True)


def test_without_buses_nobody_tells(daemon: PrivateBus) -> None:
    assert Looks(sources({}, "linux")).first is None
    assert "nothing reports it here" in by_doctor()
    assert "nothing reports it here" in by_doctor(daemon.connect(), daemon.connect())


def by_doctor(*buses: Bus) -> str:
    asked = [one for one in sources({}, "linux", *buses) if one.about is Sense.LOCKED]
    return survey.locked(survey.survey(asked).get(Sense.LOCKED, []))


def test_the_survey_names_who_tells(daemon: PrivateBus, logind: LogindPeer) -> None:
    Saver(daemon, "org.xfce.ScreenSaver", active=True)
    found = by_doctor(daemon.connect(), daemon.connect())
    assert found == "from logind, org.xfce.ScreenSaver (locked)"
    assert logind.asked == 1


# Windows and macOS, by numbers: the libraries are of paper


class Wts:
    def __init__(self, state: int, flags: int, level: int = 1, works: int = 1) -> None:
        self.info = windows.SessionInfo(level, 0, 3, state, flags)
        self.works, self.freed = works, 0

    def WTSQuerySessionInformationW(self, *arguments: Any) -> int:
        server, session, what, place, size = arguments
        assert (server, session, what) == (None, 2**32 - 1, 25)
        place._obj.contents = self.info
        size._obj.value = 368  # of the whole structure
        return self.works

    def WTSFreeMemory(self, place: Any) -> None:
        assert place.contents.number == 3
        self.freed += 1


@pytest.mark.parametrize(
    ("state", "flags", "locked"),
    [(0, 1, False), (0, 0, True), (4, 1, True), (1, 0, True), (0, 2**32 - 1, False)],
    ids=["open", "locked", "disconnected", "another user's turn", "it does not know"],
)
def test_windows_tells_of_its_session(state: int, flags: int, locked: bool) -> None:
    wts = Wts(state, flags)
    assert windows.locked(wts) is locked
    assert wts.freed == 1
    info = windows.SessionInfo
    assert [getattr(info, name).offset for name in ("number", "state", "flags")] == [8, 12, 16]


@pytest.mark.parametrize("wts", [Wts(0, 1, works=0), Wts(0, 1, level=2)])
def test_windows_may_refuse(wts: Wts) -> None:
    with pytest.raises(OSError, match="WTSQuerySessionInformation"):
        windows.locked(wts)


class Mac:
    """Both libraries; what was made must be released."""

    def __init__(self, **values: bool) -> None:
        self.values: dict[Any, Any] = {name.encode(): value for name, value in values.items()}
        self.session: int | None = 77
        self.alive: list[Any] = []

    def CGSessionCopyCurrentDictionary(self) -> int | None:
        self.alive += [self.session]
        return self.session

    def CFStringCreateWithCString(self, _: None, name: bytes, encoding: int) -> bytes:
        assert encoding == 0x08000100
        self.alive.append(name)
        return name

    def CFDictionaryGetValue(self, session: int, key: bytes) -> tuple[bytes] | None:
        assert session == self.session
        return (key,) if key in self.values else None

    def CFBooleanGetValue(self, value: tuple[bytes]) -> int:
        return int(self.values[value[0]])

    def CFRelease(self, thing: Any) -> None:
        self.alive.remove(thing)


@pytest.mark.parametrize(
    ("values", "locked"),
    [
        ({"kCGSSessionOnConsoleKey": True}, False),
        ({}, False),
        ({"kCGSSessionOnConsoleKey": True, "CGSSessionScreenIsLocked": True}, True),
        ({"kCGSSessionOnConsoleKey": True, "CGSSessionScreenIsLocked": False}, False),
        ({"kCGSSessionOnConsoleKey": False}, True),
    ],
    ids=["open", "it says nothing", "locked", "unlocked", "another user's turn"],
)
def test_macos_tells_of_its_session(values: dict[str, bool], locked: bool) -> None:
    mac = Mac(**values)
    assert macos.locked(mac, mac) is locked
    assert mac.alive == []


def test_macos_without_a_session_of_the_window_server() -> None:
    mac = Mac()
    mac.session = None
    with pytest.raises(OSError, match="no session"):
        macos.locked(mac, mac)


def library_of(made: object, *names: str) -> Library:
    return Library(**{name: getattr(made, name) for name in names})


def test_both_are_told_their_types_and_asked_at_every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    wts = Wts(0, 1)
    library = library_of(wts, "WTSQuerySessionInformationW", "WTSFreeMemory")
    monkeypatch.setattr(ctypes, "WinDLL", {"wtsapi32": library}.__getitem__, raising=False)
    looks = Looks(sources({}, "win32", None, None))
    assert looks.first is None
    wts.info.flags = 0
    assert looks.lock() is not None
    assert vars(library)["WTSFreeMemory"].argtypes == [ctypes.c_void_p]

    mac = Mac(CGSSessionScreenIsLocked=True)
    names = [name for name in dir(mac) if name.startswith("C")]
    library = library_of(mac, *names)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    assert Looks(sources({}, "darwin", None, None)).first is not None
    assert all(vars(library)[name].argtypes is not None for name in names)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_they_tell_nothing(platform: str) -> None:
    assert Looks(sources({}, platform, None, None)).first is None
