"""Seconds since the last input: the choice of the source, real X servers and terminals."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from edges.screen import Garbler, Screen
from edges.waiting import now, wait_for
from qlbreak.clock import wall_seconds
from qlbreak.idle import RETRY_AFTER, Idle, Source, sources, terminal, x11

LOGGER = "qlbreak.idle"
# python-xlib leaves the socket of a failed attempt to the garbage collector.
LOOSE_ENDS = "ignore::pytest.PytestUnraisableExceptionWarning"


# The choice


@pytest.mark.parametrize(
    ("platform", "environment", "name"),
    [
        ("linux", {"DISPLAY": ":0"}, "X11"),
        ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": ""}, "X11"),
        ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, None),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, None),
        ("linux", {}, "the terminal"),
        ("win32", {}, "Windows"),
        ("darwin", {"DISPLAY": ":0"}, "macOS"),
    ],
)
def test_the_source_is_what_the_session_offers(
    platform: str, environment: dict[str, str], name: str | None
) -> None:
    found = [source.name for source in sources(environment, platform)]
    assert found == ([] if name is None else [name])


class Tap:
    """A source that runs, or does not."""

    def __init__(self, *seconds: float | Exception) -> None:
        self.seconds = list(seconds)
        self.opened = 0

    def open(self) -> Callable[[], float]:
        self.opened += 1
        return self.ask

    def ask(self) -> float:
        value = self.seconds.pop(0)
        if isinstance(value, Exception):
            raise value
        return value


def test_without_a_source_it_is_unknown() -> None:
    assert Idle([])() is None


def test_the_first_source_that_works_is_asked(caplog: pytest.LogCaptureFixture) -> None:
    broken, good, spare = Tap(OSError("not here")), Tap(1.0, 2.0, -3.0), Tap(7.0)
    idle = Idle([Source("a", broken.open), Source("b", good.open), Source("c", spare.open)])
    with caplog.at_level(logging.INFO, LOGGER):
        assert [idle(), idle(), idle()] == [1.0, 2.0, 0.0]
    assert (idle.name, broken.opened, good.opened, spare.opened) == ("b", 1, 1, 0)
    assert caplog.messages == ["no idle time from a: not here", "idle time from b"]


def test_a_source_that_fails_is_unknown_told_once_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    gone = RuntimeError("gone")
    tap = Tap(1.0, gone, gone, gone, 5.0, 6.0, gone)
    idle = Idle([Source("tap", tap.open)])
    with caplog.at_level(logging.INFO, LOGGER):
        assert idle() == 1.0
        looks = [idle() for _ in range(3 * (RETRY_AFTER + 1))]
        assert looks == [None] * 3 * (RETRY_AFTER + 1)
        assert (idle.name, tap.opened) == ("", 3)
        assert [idle(), idle(), idle()] == [5.0, 6.0, None]
    again = "idle time from tap cannot be read any more: RuntimeError('gone')"
    assert caplog.messages == ["idle time from tap", again, "idle time from tap", again]


# X11


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as started:
        yield started


@pytest.fixture
def idle(screen: Screen) -> Iterator[Idle]:
    source = Idle(list(sources({"DISPLAY": screen.display}, "linux")))
    yield source
    screen.kill()
    source()  # which makes it hang up


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
    assert idle() is not None
    screen.kill()
    started = now()
    looks = [idle() for _ in range(2 * (RETRY_AFTER + 1))]
    assert looks == [None] * len(looks), "never zero"
    assert now() - started < 1, "nor a loop"
    assert [r.levelname for r in caplog.records] == ["WARNING"]
    screen.restart()
    looks = [idle() for _ in range(RETRY_AFTER + 2)]
    assert looks[-1] is not None
    assert idle.name == "X11"
    screen.use("mousemove_relative", "5", "5")
    wait_for(lambda: (idle() or 9) < 0.4, 5, "the new one tells of input")


def test_an_x_server_without_the_extension_is_not_used(
    screen: Screen, idle: Idle, caplog: pytest.LogCaptureFixture
) -> None:
    screen.kill()
    screen.restart("-extension", "MIT-SCREEN-SAVER")
    with pytest.raises(OSError, match="MIT-SCREEN-SAVER"):
        x11.open_source(screen.display)
    with caplog.at_level(logging.INFO, LOGGER):
        assert [idle(), idle()] == [None, None]
    assert idle.name == ""
    assert len(caplog.messages) == 1


@pytest.mark.filterwarnings(LOOSE_ENDS)
def test_without_an_x_server_there_is_no_source() -> None:
    assert Idle(list(sources({"DISPLAY": ":987"}, "linux")))() is None
    assert Idle(list(sources({"DISPLAY": "nonsense"}, "linux")))() is None


def test_a_display_that_failed_in_a_reply_is_thrown_away(screen: Screen) -> None:
    """python-xlib would wait for the next reply for ever, and not quietly."""
    garbler = Garbler(screen.display)
    ask = x11.open_source(garbler.display)
    assert ask() >= 0
    garbler.garble.set()
    with pytest.raises(RuntimeError, match="Can't happen"):
        ask()
    assert garbler.hung_up.wait(3)
    with pytest.raises(Exception, match="closed"):
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
    ask = terminal.open_source(theirs, NOWHERE)
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
    ask = terminal.open_source(theirs, NOWHERE)
    assert 0 <= ask() < 1
    wait_for(lambda: ask() > 0.2, 3, "it counts all the same", ask)
    read_last(theirs, 3600)
    assert ask() < 1, "it cannot have been before it was asked last"


def test_another_terminal_of_the_same_user_is_as_good(tty: tuple[int, int], tmp_path: Path) -> None:
    _, theirs = tty
    read_last(theirs, 600)
    ask = terminal.open_source(theirs, tmp_path)
    assert ask() >= 600
    (tmp_path / "7").touch()
    assert ask() < 1


def test_no_terminal_is_no_source() -> None:
    reading, writing = os.pipe()
    with pytest.raises(OSError, match="ioctl"):
        terminal.open_source(reading)
    os.close(reading)
    os.close(writing)
