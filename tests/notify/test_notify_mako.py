"""Notifications in mako, on a real sway: no buttons, and in Debian 12 no sign of its modes."""

import queue
import shutil
from collections.abc import Iterator

import pytest

from qlbreak.notify import PUT_AWAY, Note, Notifier, Pressed
from qlbreak.notify.freedesktop import Freedesktop, server
from qlbreak.senses.bus_questions import Told
from qlbreak.senses.do_not_disturb import QUESTIONS
from rig.buswatch import NOTIFICATIONS
from rig.compositors import Sway
from rig.post import note
from rig.waiting import PATIENCE, wait_for
from senses.asking import asked, tells


class Mako:
    """And a notifier that uses it."""

    def __init__(self, sway: Sway) -> None:
        self.sway = sway
        self.bus = sway.connect()
        self.pressed: queue.SimpleQueue[Pressed] = queue.SimpleQueue()
        self.lost: queue.SimpleQueue[list[Note]] = queue.SimpleQueue()
        self.notifier = Notifier([Freedesktop(self.bus, self.pressed.put, self.lost.put)])
        self.notifier.start()
        self.start()

    def start(self) -> None:
        self._process = self.sway.spawn("mako", ["mako"])
        self.sway.wait_name(NOTIFICATIONS)

    def kill(self) -> None:
        self._process.kill9()
        self.sway.wait_name(NOTIFICATIONS, owned=False)

    def tell(self, *words: str) -> str:
        outcome = self.sway.run(["makoctl", *words])
        assert outcome.code == 0, outcome
        return outcome.out

    def wait_up(self, title: str) -> None:
        wait_for(lambda: title in self.tell("list"), 5, f"{title} is up", lambda: self.tell("list"))


@pytest.fixture
def mako(sway: Sway) -> Iterator[Mako]:
    if shutil.which("mako") is None:
        pytest.skip("this test needs mako")
    mako = Mako(sway)
    yield mako
    mako.notifier.stop(3)


def test_it_draws_no_buttons_and_says_so(mako: Mako) -> None:
    assert server(mako.bus).startswith("mako ")
    assert server(mako.bus).endswith(", without buttons")


def test_a_click_begins_and_putting_away_is_told(mako: Mako) -> None:
    mako.notifier.show(note("first", about=3))
    mako.wait_up("first")
    mako.tell("invoke")
    assert mako.pressed.get(timeout=PATIENCE) == Pressed("start", 3)
    mako.notifier.show(note("second", about=4))
    mako.wait_up("second")
    mako.tell("dismiss")
    assert mako.pressed.get(timeout=PATIENCE) == Pressed(PUT_AWAY, 4)


def test_what_was_up_when_it_died_comes_again_and_what_was_closed_does_not(mako: Mako) -> None:
    closed, up = note("closed"), note("up", slot="question")
    for each in (closed, up):
        mako.notifier.show(each)
        mako.wait_up(each.title)
    mako.tell("dismiss", "-n", "1")
    assert mako.pressed.get(timeout=PATIENCE).key == PUT_AWAY
    mako.kill()
    while not mako.lost.empty():  # when it came for the first time
        assert mako.lost.get() == []
    mako.start()
    assert mako.lost.get(timeout=PATIENCE) == [up]
    mako.notifier.again(up)
    mako.wait_up("up")
    assert "closed" not in mako.tell("list")


def test_its_do_not_disturb_is_read(mako: Mako) -> None:
    told = Told(mako.bus, QUESTIONS["mako"])
    assert asked(told) is False
    mako.tell("mode", "-s", "do-not-disturb")
    tells(told, True, "it is on", 5)
    mako.tell("mode", "-s", "default")
    tells(told, False, "it is off", 5)
