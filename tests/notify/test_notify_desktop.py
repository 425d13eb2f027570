"""Notifications in dunst, on a screen: what is there to see and to press."""

import html
import queue
from collections.abc import Iterator

import pytest

from qlbreak.dbus import Bus
from qlbreak.notify import Note, Notifier, Pressed
from qlbreak.notify.freedesktop import Freedesktop
from rig.desktop import Desktop
from rig.post import SPECIAL, note
from rig.waiting import PATIENCE, wait_for


class Corner:
    """A notifier at the dunst of a desktop, and the corner where dunst shows."""

    BOX = (890, 40, 1280, 340)

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.pressed: queue.SimpleQueue[Pressed] = queue.SimpleQueue()
        self.returned: queue.SimpleQueue[list[Note]] = queue.SimpleQueue()
        self.bus = Bus(desktop.session_address, retry_s=0.02)
        self.bus.connect()
        channel = Freedesktop(self.bus, self.pressed.put, self.returned.put)
        self.notifier = Notifier([channel])
        self.notifier.start()

    def close(self) -> None:
        self.notifier.stop(3)
        self.bus.close()

    def wait_count(self, number: int) -> None:
        wait_for(
            lambda: self.desktop.notices.count() == number,
            5,
            f"{number} are on the screen",
            self.desktop.notices.count,
        )

    def image(self) -> bytes:
        """What is to be seen there, as soon as it stands still."""
        last = b""

        def still() -> bool:
            nonlocal last
            before, last = last, self.desktop.screenshot(box=self.BOX).tobytes()
            return last == before

        wait_for(still, 5, "the screen stands still")
        return last


@pytest.fixture
def corner(bare_desktop: Desktop) -> Iterator[Corner]:
    bare_desktop.start_dunst()
    corner = Corner(bare_desktop)
    yield corner
    corner.close()


def test_special_characters_are_shown_as_they_were_written(corner: Corner) -> None:
    """What dunst draws is this markup of its own."""
    corner.notifier.show(note(SPECIAL, body=SPECIAL))
    corner.wait_count(1)
    corner.desktop.notices.close()
    corner.wait_count(0)
    title, body = corner.desktop.notices.history()[0]["message"].split("\n")
    assert html.unescape(title) == f"<b>{SPECIAL}</b>"
    assert html.unescape(body) == SPECIAL
    assert "<b>" not in body


def test_there_is_one_that_is_updated_and_withdrawn(corner: Corner) -> None:
    empty = corner.image()
    corner.notifier.show(note("first"))
    corner.wait_count(1)
    first = corner.image()
    assert first != empty
    corner.notifier.show(note("second"))
    wait_for(lambda: corner.image() != first, 5, "it says something else")
    assert corner.desktop.notices.count() == 1
    corner.notifier.close("prompt")
    corner.wait_count(0)
    assert corner.image() == empty


@pytest.mark.parametrize(
    ("label", "key"), [("Done", "done"), ("Snooze 5 min", "snooze 300 s"), (None, "start")]
)
def test_its_buttons_can_be_pressed(corner: Corner, label: str | None, key: str) -> None:
    corner.notifier.show(note(about=3))
    corner.wait_count(1)
    corner.desktop.notices.press(label)
    assert corner.pressed.get(timeout=PATIENCE) == Pressed(key, 3)


def test_dunst_may_be_restarted(corner: Corner) -> None:
    corner.notifier.show(note("first"))
    corner.wait_count(1)
    corner.desktop.kill_dunst()
    corner.desktop.start_dunst()
    corner.returned.get(timeout=PATIENCE)
    corner.notifier.show(note("again"))
    corner.wait_count(1)
    assert corner.returned.empty()
