"""The channels that remain where no daemon answers, and which one comes first."""

import logging
import os
import sys
from collections.abc import Iterator

import pytest

from qlbreak.notify import Channel, Note, Notifier, channels, survey
from qlbreak.notify.by_plyer import Plyer
from qlbreak.notify.last_resort import ErrorStream
from rig.post import SPECIAL, Paper, Post, note
from rig.privatebus import need
from rig.waiting import wait_for

LOGGER = "qlbreak.notify"


@pytest.fixture
def post() -> Iterator[Post]:
    with Post() as started:
        yield started


# plyer


@pytest.fixture
def on_bus(post: Post, monkeypatch: pytest.MonkeyPatch) -> Post:
    """This process finds the private bus as its own, and so do its children."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", post.session_address)
    return post


@pytest.mark.parametrize("text", [SPECIAL, "--version"])
def test_plyer_reaches_the_daemon_by_notify_send(on_bus: Post, text: str) -> None:
    need("notify-send")
    daemon = on_bus.daemon()
    assert not Plyer().show(note(text, body=text)), "it cannot tell"
    shown = daemon.wait_shown()
    assert (shown["summary"].strip("\u2060"), shown["body"].strip("\u2060")) == (text, text)


def test_plyer_without_a_way_of_its_own_falls_on(
    on_bus: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    on_bus.daemon()
    monkeypatch.setenv("PATH", "")
    on_bus.start_with(Plyer()).notifier.show(note("first"))
    assert on_bus.paper.next() == "first"
    assert "notifications by plyer do not work: it needs notify-send" in caplog.text


def test_plyer_is_not_asked_where_nobody_is(on_bus: Post) -> None:
    with pytest.raises(NotImplementedError, match="nobody there"):
        Plyer(lambda: False).show(note())


def test_plyer_at_a_daemon_that_hangs_is_not_waited_for(on_bus: Post) -> None:
    need("notify-send")
    daemon = on_bus.daemon("actions", "--hang=notify")
    plyer = Plyer(timeout=0.5)
    for _ in range(2):
        with pytest.raises(TimeoutError, match=r"in 0\.5 s"):
            plyer.show(note())
    on_bus.kill(daemon)  # and notify-send with it
    second = on_bus.daemon(name="second")
    wait_for(lambda: not plyer_hangs(plyer), 3, "it works again")
    assert [shown["summary"] for shown in second.shown()][-1] == "after all"


def plyer_hangs(plyer: Plyer) -> bool:
    try:
        plyer.show(note("after all"))
    except TimeoutError:
        return True
    return False


# The choice


class Loose:
    """The terminal's front end: shows each note, and cannot tell whether it was seen."""

    name = "the front end"

    def __init__(self) -> None:
        self.titles: list[str] = []

    def show(self, note: Note) -> bool:
        self.titles.append(note.title)
        return False

    def close(self, slot: str) -> None:
        pass


@pytest.mark.parametrize(
    ("platform", "names"),
    [
        ("linux", ["the desktop's notification service", "plyer", "the terminal"]),
        ("win32", ["Windows toasts", "plyer's balloons", "the terminal"]),
        ("darwin", ["the notification centre of macOS", "osascript", "the terminal"]),
    ],
)
def test_the_best_channel_comes_first(post: Post, platform: str, names: list[str]) -> None:
    def found(own: Channel | None = None) -> list[str]:
        chosen = channels(post.connected, post.pressed.put, lambda _: None, own, None, platform)
        return [channel.name for channel in chosen]

    assert found() == names
    assert found(Loose()) == ["the front end", *names[:-1]]


def test_without_a_bus_the_terminal_is_all_there_is() -> None:
    found = channels(None, lambda _: None, lambda _: None, platform="linux")
    assert [channel.name for channel in found] == ["the terminal"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks the notification service of Linux")
def test_the_survey_says_what_is_here(post: Post) -> None:
    assert survey(None) == "the terminal"
    rest = "plyer, else the terminal"
    asked = "the desktop's notification service (there is none)"
    assert survey(post.connected) == f"{asked}, else {rest}"
    daemon = post.daemon("actions")
    assert survey(post.connected) == f"notifyd 1, with buttons, else {rest}"
    post.kill(daemon)
    daemon = post.daemon("body", name="second")
    assert survey(post.connected) == f"notifyd 1, without buttons, else {rest}"
    post.kill(daemon)
    post.daemon("actions", "--name=mako", name="third")
    assert survey(post.connected) == f"mako 1, without buttons, else {rest}", "it draws none"


def test_a_channel_that_cannot_tell_does_not_end_the_search() -> None:
    loose, paper = Loose(), Paper()
    notifier = Notifier([loose, paper])
    notifier.show(note("before the start"))
    notifier.start()
    assert paper.next() == "before the start"
    assert loose.titles == ["before the start"]
    notifier.stop(3)


# The last resort


def test_the_terminal_shows_what_to_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pty = pytest.importorskip("pty", reason="no terminal to be had here")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as screen, os.fdopen(ours, "rb", 0) as seen:
        monkeypatch.setattr(sys, "stderr", screen)
        assert ErrorStream().show(note(SPECIAL, body="Stand up.\nSit down."))
        assert ErrorStream().show(note("Sitting", body="for 5 min", buttons=()))
        text = b""
        while text.count(b"\n") < 6:  # a terminal hands over what it has, not all that is coming
            text += seen.read(4096)
        lines = text.decode().splitlines()
    answers = "  qlbreak start | done | snooze 300 s"
    assert lines == [SPECIAL, "  Stand up.", "  Sit down.", answers, "Sitting", "  for 5 min"]


def test_without_a_terminal_the_log_tells(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, LOGGER):
        assert ErrorStream().show(note("Sitting 30 min"))
    assert caplog.messages == ["Sitting 30 min: Stand up."]
