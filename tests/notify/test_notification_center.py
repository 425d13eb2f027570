"""macOS' notification centre, on one of paper: all that a person may do, and all that may fail."""

import ast
import dataclasses
import inspect
import logging
from pathlib import Path
from typing import Any

import pytest

from fakes import Office
from needing import elsewhere
from qlbreak.app.inbox import Inbox
from qlbreak.notify import PUT_AWAY, Action, Notifier, Pressed, channels
from qlbreak.notify.notification_center import NotificationCenter
from rig import centre
from rig.centre import Centre, Urgency
from rig.post import SPECIAL, Paper, note
from rig.waiting import wait_for


class Bench:
    """The channel, and what came of it."""

    def __init__(self, patience: float = 3.0) -> None:
        self.centre = Centre()
        self.pressed: list[Pressed] = []
        self.channel = NotificationCenter(self.pressed.append, self.centre.load, patience)

    def show(self, title: str = "Sitting 30 min", **fields: Any) -> centre.Notification:
        assert self.channel.show(note(title, **fields))
        return self.centre.history[-1]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_title_text_and_buttons(bench: Bench) -> None:
    shown = bench.show(SPECIAL, body=SPECIAL)
    assert (shown.title, shown.message) == (SPECIAL, SPECIAL)
    assert [button.title for button in shown.buttons] == ["Start", "Done", "Snooze 5 min"]


def test_picture_sound_and_the_second_asking(bench: Bench) -> None:
    plain = bench.show()
    assert (plain.attachment, plain.sound, plain.urgency) == (None, None, Urgency.Normal)
    file = Path("/figures/reach.png")
    shown = bench.show(picture=file, sound=True, insists=True)
    assert shown.attachment == centre.Attachment(file)
    assert (shown.sound, shown.urgency) == ("default", Urgency.Critical)


def test_a_slot_has_one_and_what_is_closed_is_gone(bench: Bench) -> None:
    bench.channel.close("prompt")
    assert bench.centre.made == 0, "for nothing nobody is asked"
    bench.show("first")
    bench.show("second")
    bench.show("question", slot="question")
    assert [shown.title for shown in bench.centre.shown.values()] == ["second", "question"]
    for slot in ("prompt", "question", "state"):
        bench.channel.close(slot)
    assert bench.centre.shown == {}
    assert bench.centre.made == 1


def test_a_button_says_what_it_is_about(bench: Bench) -> None:
    bench.show(about=7)
    bench.centre.press("Snooze 5 min")
    assert bench.pressed == [Pressed("snooze 300 s", 7)]


def test_a_button_of_the_same_label_says_what_it_means_now(bench: Bench) -> None:
    """macOS keeps buttons by their labels, with the names that they had the first time."""
    for page in (1, 2):
        bench.show(about=7, buttons=(Action(f"next {page}", "Next"), Action("done", "Done")))
        bench.centre.press("Next")
    assert bench.pressed == [Pressed("next 1", 7), Pressed("next 2", 7)]


def test_click_and_put_away(bench: Bench) -> None:
    bench.show(about=7, click="start")
    bench.centre.click()
    bench.show(about=8, click="")
    bench.centre.click()
    bench.show(about=9)
    bench.centre.put_away()
    assert bench.pressed == [Pressed("start", 7), Pressed(PUT_AWAY, 8), Pressed(PUT_AWAY, 9)]


def elsewhere_it_comes(bench: Bench, *titles: str) -> None:
    paper = Paper()
    notifier = Notifier([bench.channel, paper])
    notifier.start()
    for title in titles:
        notifier.show(note(title))
        assert paper.next() == title
    notifier.close("prompt")
    notifier.stop(3)


def test_without_the_library_the_next_channel_does(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    """Told once, and not tried again."""
    bench.centre.missing = ImportError("No module named 'desktop_notifier'")
    elsewhere_it_comes(bench, "first", "second")
    told = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert told == [
        "notifications by the notification centre of macOS do not work: "
        "No module named 'desktop_notifier'"
    ]


def test_a_python_that_is_no_app(bench: Bench) -> None:
    bench.centre.app = False
    assert "is no app" in bench.channel.trouble()
    elsewhere_it_comes(bench, "first", "second")
    assert bench.centre.made == 0


def test_whether_it_works_is_told_without_touching_the_centre(bench: Bench) -> None:
    assert bench.channel.trouble() == ""
    assert bench.centre.made == 0


def test_where_macos_does_not_let_it(bench: Bench) -> None:
    """Which the person may change."""
    bench.centre.allows = False
    with pytest.raises(OSError, match="System Settings"):
        bench.channel.show(note())
    bench.centre.allows = True
    bench.show()


def test_what_the_library_keeps_to_its_log_is_heard(bench: Bench) -> None:
    bench.centre.fails = RuntimeError("no centre")
    with pytest.raises(OSError, match="Notification failed: no centre"):
        bench.channel.show(note("first"))
    bench.centre.fails = None
    bench.show("second")
    assert logging.getLogger("desktop_notifier").handlers == []


def test_a_question_that_nobody_answers_is_not_waited_for() -> None:
    """macOS asks once whether it may; until then the next channel does."""
    bench = Bench(patience=0.05)
    bench.centre.asked.clear()
    elsewhere_it_comes(bench, "first", "second")
    bench.centre.asked.set()
    wait_for(lambda: shows(bench), 3, "it works now")
    assert bench.centre.threads == {"notification centre"}


def shows(bench: Bench) -> bool:
    try:
        return bench.channel.show(note("third"))
    except TimeoutError:
        return False


def test_the_best_of_macos() -> None:
    found = channels(None, lambda _: None, lambda _: None, platform="darwin")
    names = [channel.name for channel in found]
    assert names == ["the notification centre of macOS", "osascript", "the terminal"]


def test_sit_be_told_and_snooze_by_the_button(tmp_path: Path) -> None:
    """From what a person does to what the journal says."""
    paper, inbox = Centre(), Inbox()
    notifier = Notifier([NotificationCenter(inbox.put, paper.load), Paper()])
    notifier.start()
    office = Office(tmp_path, notifier=notifier, inbox=inbox).launch().work(31)
    wait_for(lambda: "prompt" in paper.shown, 3, "a reminder")
    paper.press("Snooze")
    office.drain()
    answered = [line for line in office.journal.path.read_text().splitlines() if "answered" in line]
    assert len(answered) == 1
    assert '"answer":"snoozed"' in answered[0]
    assert '"via":"notification"' in answered[0]
    notifier.stop(3)


# The paper against the real one

LIBRARY = elsewhere("desktop_notifier")


def real(file: str, name: str) -> ast.ClassDef:
    body = ast.parse((LIBRARY() / file).read_text("utf-8")).body
    return next(node for node in body if isinstance(node, ast.ClassDef) and node.name == name)


def fields(file: str, name: str) -> set[str]:
    found = real(file, name)
    own = {ast.unparse(one.target) for one in found.body if isinstance(one, ast.AnnAssign)}
    above = (ast.unparse(one) for one in found.bases)
    return own.union(*(fields(file, one) for one in above if one == "FileResource"))


@pytest.mark.parametrize("paper", [centre.Notification, centre.Button, centre.Attachment])
def test_the_paper_has_no_field_that_the_real_one_has_not(paper: Any) -> None:
    made = {one.name for one in dataclasses.fields(paper)}
    assert made <= fields("common.py", paper.__name__)


def test_the_paper_has_no_method_that_the_real_one_has_not() -> None:
    methods = {
        one.name: [argument.arg for argument in one.args.args]
        for one in real("sync.py", "DesktopNotifierSync").body
        if isinstance(one, ast.FunctionDef)
    }
    for name, made in inspect.getmembers(centre.DesktopNotifierSync, inspect.isfunction):
        if not name.startswith("_"):
            assert list(inspect.signature(made).parameters) == methods[name]
    assert methods["__init__"][:2] == ["self", "app_name"]


def test_the_library_keeps_failures_to_its_log_as_the_paper_does() -> None:
    text = (LIBRARY() / "backends/base.py").read_text("utf-8")
    assert 'logger.warning("Notification failed", exc_info=True)' in text
    assert "logging.getLogger(__name__)" in text


def test_the_library_keeps_buttons_by_their_labels_as_the_paper_does() -> None:
    text = (LIBRARY() / "backends/macos.py").read_text("utf-8")
    assert 'f"button-title-{button.title}"' in text
    assert "def is_bundle() -> bool:" in (LIBRARY() / "backends/macos_support.py").read_text()
