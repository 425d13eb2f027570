"""Seconds since the last input: the choice of the source, real X servers and terminals."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qlbreak.app.health import Blindness
from qlbreak.notify import Note, Notifier
from qlbreak.senses import survey, terminals
from qlbreak.senses.choice import sources
from qlbreak.senses.counters import COUNTERS
from qlbreak.senses.idle import Idle
from qlbreak.senses.source import LAST_REST_S, Ask, Sense, Source
from qlbreak.senses.x11 import Display
from qlbreak.system.clock import wall_seconds
from rig.screen import Garbler, Screen
from rig.waiting import PATIENCE, wait_for

LOGGER = "qlbreak.senses"
# python-xlib leaves the socket of a failed attempt to the garbage collector.
LOOSE_ENDS = "ignore::pytest.PytestUnraisableExceptionWarning"


# The choice

WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
WINDOW_MANAGERS = [name for name, counter in COUNTERS.items() if not counter.x11_of]


@pytest.mark.parametrize(
    ("platform", "environment", "names"),
    [
        ("linux", {"DISPLAY": ":0"}, ["X11", *WINDOW_MANAGERS, "logind"]),
        ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": ""}, ["X11", *WINDOW_MANAGERS, "logind"]),
        ("linux", {"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "KDE"},
         ["X11", *WINDOW_MANAGERS, "KDE", "logind"]),
        ("linux", WAYLAND, [*WINDOW_MANAGERS, "Wayland", "logind"]),
        ("linux", {"XDG_SESSION_TYPE": "wayland"}, [*WINDOW_MANAGERS, "Wayland", "logind"]),
        ("linux", WAYLAND | {"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "KDE"},
         [*WINDOW_MANAGERS, "Wayland", "X11", "logind"]),
        ("linux", {}, ["the terminal", "logind"]),
        ("win32", {}, ["Windows"]),
        ("darwin", {"DISPLAY": ":0"}, ["macOS"]),
    ],
)  # fmt: skip
def test_the_sources_are_what_the_session_may_have_in_this_order(
    platform: str, environment: dict[str, str], names: list[str]
) -> None:
    found = [one.name for one in sources(environment, platform) if one.about is Sense.IDLE]
    assert found == names


def test_xwayland_is_never_asked(screen: Screen) -> None:
    """Though this one here would answer: it is a real X server."""
    found = [s for s in sources(WAYLAND | {"DISPLAY": screen.display}, "linux") if s.name == "X11"]
    assert Idle(found)() is None
    assert by_doctor(*found)[1:] == [
        "not from X11: Xwayland sees only what goes to its own windows"
    ]


def by_doctor(*found: Source) -> list[str]:
    return survey.idle(survey.survey(found)[Sense.IDLE])


def source(name: str, opener: Callable[[], Ask], *, main: bool = False) -> Source:
    return Source(Sense.IDLE, name, opener, main=main)


class Tap:
    """A source that runs, or does not."""

    def __init__(self, *seconds: Any) -> None:
        self.seconds = list(seconds)
        self.opened = self.closed = 0

    def open(self) -> Callable[[], float]:
        self.opened += 1
        return self

    def __call__(self) -> float:
        value: float | Exception = self.seconds.pop(0)
        if isinstance(value, Exception):
            raise value
        return value

    def close(self) -> None:
        self.closed += 1


TICK = 15.0
MINUTE = 4  # ticks


class Time:
    """The steady clock of a machine that is up for a day; a tick passes at each look."""

    def __init__(self) -> None:
        self.seconds = 86_400.0

    def __call__(self) -> float:
        self.seconds += TICK
        return self.seconds


GONE = RuntimeError("gone")


def test_without_a_source_it_is_unknown() -> None:
    assert Idle([])() is None


def test_the_first_source_that_works_is_asked(caplog: pytest.LogCaptureFixture) -> None:
    broken, good, spare = Tap(OSError("not here")), Tap(1.0, 2.0, -0.1), Tap(7.0)
    idle = Idle([source("a", broken.open), source("b", good.open), source("c", spare.open)])
    with caplog.at_level(logging.INFO, LOGGER):
        assert [idle(), idle(), idle()] == [1.0, 2.0, 0.0]
    assert (idle.name, broken.opened, good.opened, spare.opened) == ("b", 1, 1, 0)
    assert caplog.messages == ["idle time: a cannot be read: not here", "idle time from b"]


def test_a_source_that_dies_gives_way_at_once_and_is_taken_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    better, worse = Tap(1.0, GONE, 3.0, 4.0), Tap(*[9.0] * MINUTE)
    idle = Idle([source("better", better.open), source("worse", worse.open)], Time())
    with caplog.at_level(logging.INFO, LOGGER):
        assert [idle(), idle()] == [1.0, 9.0]
        assert (idle.name, better.closed) == ("worse", 1)
        assert [idle() for _ in range(MINUTE - 1)] == [9.0] * (MINUTE - 1)
        assert (idle(), idle.name, worse.closed) == (3.0, "better", 1)
        assert (idle(), worse.closed) == (4.0, 1)
    assert caplog.messages == [
        "idle time from better", "idle time: better cannot be read: gone", "idle time from worse",
        "idle time: better can be read again", "idle time from better",
    ]  # fmt: skip
    assert [record.levelname for record in caplog.records if record.levelname != "INFO"] == [
        "WARNING"
    ]


@pytest.mark.parametrize(
    "nonsense",
    [-5.0, float("nan"), float("inf"), 2.0**64 / 1e9, 100_000.0, "12", None],
    ids=["negative", "NaN", "endless", "a broken counter", "longer than it is up", "text", "none"],
)
def test_a_source_that_talks_nonsense_has_failed(nonsense: Any) -> None:
    mad, spare = Tap(nonsense), Tap(7.0)
    idle = Idle([source("mad", mad.open), source("spare", spare.open)], Time())
    assert (idle(), idle.name) == (7.0, "spare")


def test_idleness_that_grows_faster_than_time_is_nonsense() -> None:
    """As where seconds are told to be milliseconds, the other way round."""
    jumps, spare = Tap(10.0, 26.0, 5_000.0), Tap(7.0)
    idle = Idle([source("jumps", jumps.open), source("spare", spare.open)], Time())
    assert [idle(), idle(), idle()] == [10.0, 26.0, 7.0]


def test_a_sleep_is_no_jump() -> None:
    time = Time()
    idle = Idle([source("tap", Tap(10.0, 8 * 3600.0).open)], time)
    assert idle() == 10.0
    time.seconds += 8 * 3600
    assert idle() == 8 * 3600


def refuse() -> Callable[[], float]:
    raise OSError("nobody")


def test_why_nothing_can_tell_is_the_word_of_the_last_that_told_or_of_the_main_one() -> None:
    tap = Tap(5.0, OSError("gone"))
    idle = Idle([source("A", refuse), source("M", refuse, main=True), source("B", tap.open)])
    assert idle.trouble == ""
    assert idle() == 5.0
    assert idle.trouble == "M: nobody", "it is known before it matters"
    assert idle() is None
    assert idle.trouble == "B: gone"


class Wall:
    """What hangs there, and how often something was put up."""

    name = "wall"

    def __init__(self) -> None:
        self.up: dict[str, Note] = {}
        self.shown = 0

    def show(self, note: Note) -> bool:
        self.up[note.slot] = note
        self.shown += 1
        return True

    def close(self, slot: str) -> None:
        self.up.pop(slot, None)


class Looks:
    """The ticks of a run that may look at a source, which may be gone."""

    def __init__(self, said: Path) -> None:
        self.gone = True
        self.wall = Wall()
        self.notifier = Notifier([self.wall])
        self.notifier.start()
        self.idle = Idle([source("B", lambda: self)], Time())
        self._blindness = Blindness(self.idle, self.notifier, said)

    def __call__(self) -> float:
        if self.gone:
            raise OSError("nobody")
        return 1.0

    def pass_(self, ticks: int) -> None:
        for _ in range(ticks):
            self.idle()
            self._blindness.look()

    def end(self) -> Wall:
        self.notifier.stop(3)
        return self.wall


MINUTES = 12  # ticks


def test_that_nothing_can_tell_is_said_once_ever_when_it_lasts(tmp_path: Path) -> None:
    said = tmp_path / "said"
    first = Looks(said)
    first.pass_(MINUTES - 1)
    assert not said.exists(), "a moment is nothing"
    first.pass_(MINUTES)
    again = Looks(said)
    again.pass_(2 * MINUTES)
    (note,) = first.end().up.values()
    assert "assumes you are sitting" in note.body
    assert again.end().shown == 0


def test_when_idle_time_is_back_the_complaint_goes_and_may_come_another_day(tmp_path: Path) -> None:
    said = tmp_path / "said"
    looks = Looks(said)
    looks.pass_(MINUTES)
    assert said.exists()
    looks.gone = False
    looks.pass_(int(LAST_REST_S / TICK))
    assert (looks.idle.name, said.exists()) == ("B", False)
    looks.gone = True
    looks.pass_(MINUTES)
    assert not said.exists(), "once in a run is enough"
    wall = looks.end()
    assert (wall.shown, wall.up) == (1, {})
    later = Looks(said)
    later.pass_(MINUTES)
    assert later.end().shown == 1


def test_the_survey_tells_of_each_and_closes_it() -> None:
    taps = Tap(OSError("not here")), Tap(12.0), Tap(30.0), Tap(GONE)
    named = [source(name, tap.open) for name, tap in zip("abcd", taps, strict=True)]
    assert by_doctor(*named) == [
        "from b: 12 s", "not from a: not here", "spare: c: 30 s", "not from d: gone",
    ]  # fmt: skip
    assert by_doctor(source("a", refuse))[0].startswith("cannot be read here: you count as")
    assert [tap.closed for tap in taps] == [1, 1, 1, 1]


# X11


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as started:
        yield started


@pytest.fixture
def idle(screen: Screen) -> Iterator[Idle]:
    asked = Idle(sources({"DISPLAY": screen.display}, "linux"), Time())
    yield asked
    screen.kill()
    asked()  # which makes it hang up


@pytest.mark.parametrize(
    "input_", [("mousemove_relative", "5", "5"), ("key", "a"), ("click", "1"), ("key", "U20AC")]
)
def test_pointer_and_keys_end_idleness(screen: Screen, idle: Idle, input_: tuple[str, ...]) -> None:
    screen.use("mousemove", "10", "10")
    wait_for(lambda: (idle() or 0) > 0.5, 5, "half a second passes", idle)
    screen.use(*input_)
    seconds = idle()
    assert seconds is not None
    assert seconds < 0.4
    assert idle.name == "X11"


@pytest.mark.filterwarnings(LOOSE_ENDS)
def test_an_x_server_that_dies_is_unknown_until_it_is_back(
    screen: Screen, idle: Idle, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, LOGGER)
    assert idle() is not None
    screen.kill()
    looks = [idle() for _ in range(3 * MINUTE)]
    assert looks == [None] * len(looks), "never zero, nor a loop"
    told = [record.levelname for record in caplog.records if "X11" in record.message]
    assert told == ["WARNING"]
    screen.restart()
    looks = [idle() for _ in range(4 * MINUTE + 1)]
    assert looks[-1] is not None
    assert idle.name == "X11"
    screen.use("mousemove_relative", "5", "5")
    wait_for(lambda: (idle() or 9) < 0.4, 5, "the new one tells of input")


def test_an_x_server_that_is_slow_once_is_asked_again_at_the_next_look(
    screen: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    """It does not give way to a worse source for a minute, and nothing is complained of."""
    spare = Tap(*[60.0] * 9)
    here = source("X11", Display(screen.display).open_idle)
    idle = Idle([here, source("spare", spare.open)])
    assert idle() is not None
    screen.freeze(True)
    assert idle() is None
    screen.freeze(False)
    assert idle() is not None
    assert (idle.name, spare.opened) == ("X11", 0)
    assert "WARNING" not in caplog.text
    screen.freeze(True)
    assert [idle() for _ in range(3)] == [None, None, 60.0], "three times in a row it has failed"
    screen.freeze(False)
    screen.kill()


def test_an_x_server_without_the_extension_is_not_used(
    screen: Screen, idle: Idle, caplog: pytest.LogCaptureFixture
) -> None:
    screen.kill()
    screen.restart("-extension", "MIT-SCREEN-SAVER")
    with pytest.raises(OSError, match="MIT-SCREEN-SAVER"):
        Display(screen.display).open_idle()
    with caplog.at_level(logging.INFO, LOGGER):
        assert [idle(), idle()] == [None, None]
    assert idle.name == ""
    assert len([line for line in caplog.messages if "X11" in line]) == 1


@pytest.mark.filterwarnings(LOOSE_ENDS)
def test_without_an_x_server_there_is_no_source() -> None:
    assert Idle(list(sources({"DISPLAY": ":987"}, "linux")))() is None
    assert Idle(list(sources({"DISPLAY": "nonsense"}, "linux")))() is None


def test_a_display_that_failed_in_a_reply_is_thrown_away(screen: Screen) -> None:
    garbler = Garbler(screen.display)
    ask = Display(garbler.display).open_idle()
    assert ask() >= 0
    garbler.garble.set()
    with pytest.raises(OSError, match="not asked"):
        ask()
    assert garbler.hung_up.wait(PATIENCE)
    with pytest.raises(OSError):  # noqa: PT011  as the system says it
        ask()


# The terminal

NOWHERE = Path("/nowhere")  # else other terminals of this machine would count


@pytest.fixture
def tty() -> Iterator[tuple[int, int]]:
    """Our end and the program's end."""
    pty = pytest.importorskip("pty", reason="no terminal to be had here")
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def read_last(theirs: int, seconds_ago: float) -> None:
    at = wall_seconds() - seconds_ago
    os.utime(os.ttyname(theirs), (at, at))


def test_reading_a_terminal_ends_idleness(tty: tuple[int, int]) -> None:
    ours, theirs = tty
    read_last(theirs, 600)
    ask = terminals.open_idle(theirs, NOWHERE)
    assert 600 <= ask() < 601
    wait_for(lambda: ask() > 600.1, 3, "it counts on", ask)
    os.write(ours, b"x\n")
    assert os.read(theirs, 10) == b"x\n"
    assert ask() < 1
    wait_for(lambda: 0.1 < ask() < 1, 3, "it counts on", ask)


def test_a_clock_that_is_changed_is_no_input_and_no_absence(tty: tuple[int, int]) -> None:
    """Set back, the last read seems to come; set forward, to be long past."""
    _, theirs = tty
    read_last(theirs, -3600)
    ask = terminals.open_idle(theirs, NOWHERE)
    assert 0 <= ask() < 1
    wait_for(lambda: ask() > 0.2, 3, "it counts all the same", ask)
    read_last(theirs, 3600)
    assert ask() < 1, "it cannot have been before it was asked last"


def test_another_terminal_of_the_same_user_is_as_good(tty: tuple[int, int], tmp_path: Path) -> None:
    _, theirs = tty
    read_last(theirs, 600)
    ask = terminals.open_idle(theirs, tmp_path)
    assert ask() >= 600
    (tmp_path / "7").touch()
    assert ask() < 1


def test_no_terminal_is_no_source() -> None:
    reading, writing = os.pipe()
    with pytest.raises(OSError, match=r"there is none|a console tells nothing"):
        terminals.open_idle(reading)
    os.close(reading)
    os.close(writing)
