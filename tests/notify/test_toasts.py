"""Toasts of Windows, on a WinRT of paper: all that may be said of one, and all that may fail."""

import ast
import enum
import inspect
import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from entries import Registry
from fakes import Office
from needing import elsewhere
from qlbreak.app.inbox import Inbox, Lost
from qlbreak.notify import PUT_AWAY, Action, Channel, Note, Notifier, Pressed, channels
from qlbreak.notify.toasts import Toasts
from qlbreak.system import identity
from qlbreak.system.clock import wall_seconds
from rig import toasting
from rig.post import SPECIAL, Paper, note
from rig.toasting import Desk
from rig.waiting import wait_for

CODE = "0x803E0115"


class Bench:
    """The channel before that paper, and what came of it."""

    def __init__(self, patience: float = 3.0) -> None:
        self.desk, self.registry = Desk(), Registry()
        self.pressed: list[Pressed] = []
        self.returned: list[Note] = []
        self.toasts = Toasts(
            self.pressed.append, self.returned.extend, self.desk.load, self.registry, patience
        )

    def show(self, title: str = "Sitting 30 min", **fields: Any) -> Any:
        assert self.toasts.show(note(title, **fields))
        return self.desk.shown[-1]


@pytest.fixture
def bench() -> Bench:
    return Bench()


# What is shown


def test_title_text_and_buttons(bench: Bench) -> None:
    root = bench.show()
    assert [text.text for text in root.iter("text")] == ["Sitting 30 min", "Stand up."]
    buttons = [(b.attrib["content"], b.attrib["arguments"]) for b in root.iter("action")]
    assert buttons == [("Start", "start"), ("Done", "done"), ("Snooze 5 min", "snooze 300 s")]
    assert {b.attrib["activationType"] for b in root.iter("action")} == {"background"}


def test_it_is_signed_with_our_name_and_picture(bench: Bench) -> None:
    bench.show()
    assert bench.desk.signed_by == [identity.APP_ID]
    signed = bench.registry.keys[identity.KEY]
    assert signed["DisplayName"] == "qlbreak"
    assert Path(signed["IconUri"]).is_file()


def test_a_signature_that_was_cleaned_away_comes_back(bench: Bench) -> None:
    bench.show()
    identity.forget(bench.registry)
    identity.forget(bench.registry)
    bench.show()
    assert identity.KEY in bench.registry.keys


@pytest.mark.parametrize("text", [SPECIAL, "\"quotes\" & 'such'", "a\x00b\x1b[1mc\ud800d", "a\nb"])
def test_any_text_can_be_shown(bench: Bench, text: str) -> None:
    buttons = (Action("start", text),)
    root = bench.show(text, body=text, buttons=buttons)
    written = "".join(c for c in text if c not in "\x00\x1b\ud800")
    assert [t.text for t in root.iter("text")] == [written, written]
    assert root.find("actions/action").attrib["content"].split() == written.split()


def test_without_a_text_there_is_the_title_alone(bench: Bench) -> None:
    assert len(list(bench.show(body="").iter("text"))) == 1


def test_a_list_of_steps_is_seen_whole(bench: Bench) -> None:
    """Of a plain text Windows shows four lines."""
    lines = [f"Step {number}" for number in range(1, 9)]
    root = bench.show(body="\n".join(lines))
    rows = root.findall("visual/binding/group/subgroup/text")
    assert [row.text for row in rows] == lines
    assert {row.attrib["hint-wrap"] for row in rows} == {"true"}


def test_a_text_that_is_too_long_for_windows_is_cut(bench: Bench) -> None:
    text = bench.show(body="& " * 5000).findall("visual/binding/text")[1].text
    assert text.endswith("…")


def test_more_buttons_than_windows_takes(bench: Bench) -> None:
    buttons = tuple(Action(str(number), str(number)) for number in range(9))
    assert len(bench.show(buttons=buttons).findall("actions/action")) == toasting.MOST_ACTIONS


def test_the_picture_of_a_step(bench: Bench) -> None:
    assert bench.show().find("visual/binding/image") is None
    root = bench.show(picture=Path("C:/Jürgen & Größe/reach.png"))
    assert root.find("visual/binding/image").attrib["src"] == str(
        Path("C:/Jürgen & Größe/reach.png")
    )


def test_a_sound_only_where_one_is_wanted(bench: Bench) -> None:
    assert bench.show().find("audio").attrib == {"silent": "true"}
    assert bench.show(sound=True).find("audio") is None


def test_what_nobody_has_seen_stays_the_second_time(bench: Bench) -> None:
    """And a step until the next one; where there is no button Windows would pay no heed."""
    assert "scenario" not in bench.show().attrib
    assert bench.show(insists=True).attrib["scenario"] == "reminder"
    assert bench.show(opened=True).attrib["scenario"] == "reminder"
    assert "scenario" not in bench.show(insists=True, buttons=()).attrib


def test_how_long_it_stays(bench: Bench) -> None:
    assert bench.show(seconds=60.0).attrib["duration"] == "long"
    assert "duration" not in bench.show(seconds=10.0).attrib
    toast = bench.desk.screen[-1]
    assert toast.expiration_time is not None
    left = toast.expiration_time - datetime.fromtimestamp(wall_seconds(), UTC)
    assert timedelta(seconds=20) < left <= timedelta(seconds=25)
    assert toast.expires_on_reboot


def test_a_slot_has_one(bench: Bench) -> None:
    bench.show("first")
    bench.show("question", slot="question")
    bench.show("second")
    assert bench.desk.titles() == ["question", "second"]


def test_what_is_closed_is_gone_from_screen_and_list(bench: Bench) -> None:
    bench.show("first", buttons=(), click="")
    bench.desk.let_pass()
    bench.show("question", slot="question")
    for slot in ("prompt", "question", "state"):
        bench.toasts.close(slot)
    assert (bench.desk.screen, bench.desk.listed) == ([], [])
    assert bench.pressed == [], "we did that"


def test_what_an_earlier_run_has_left_goes(bench: Bench) -> None:
    """Once: nobody would hear its buttons."""
    bench.show()
    bench.show()
    assert bench.desk.swept == [identity.APP_ID]


# What the person does


def test_a_button_says_what_it_is_about(bench: Bench) -> None:
    bench.show(about=7)
    bench.desk.press("Snooze 5 min")
    assert bench.pressed == [Pressed("snooze 300 s", 7)]


def test_a_click_on_the_text(bench: Bench) -> None:
    bench.show(about=7, click="start")
    bench.desk.click()
    assert bench.pressed == [Pressed("start", 7)]


def test_a_click_on_a_text_that_opens_nothing_puts_it_away(bench: Bench) -> None:
    """As Windows does with it."""
    bench.show(about=7, click="")
    bench.desk.click()
    assert bench.pressed == [Pressed(PUT_AWAY, 7)]


def test_put_away(bench: Bench) -> None:
    bench.show(about=7)
    bench.desk.put_away()
    assert bench.pressed == [Pressed(PUT_AWAY, 7)]


def test_what_has_left_the_screen_is_not_left_with_buttons_that_nobody_hears(bench: Bench) -> None:
    """And that says nothing of the person."""
    bench.show(about=7)
    bench.desk.let_pass()
    assert (bench.desk.listed, bench.pressed) == ([], [])
    bench.show("only to be read", buttons=(), click="")
    bench.desk.let_pass()
    assert len(bench.desk.listed) == 1


def test_an_answer_counts_once(bench: Bench) -> None:
    bench.show(about=7)
    (toast,) = bench.desk.screen
    bench.desk.click(toast)
    bench.desk.click(toast)
    bench.desk.put_away()
    assert bench.pressed == [Pressed("start", 7)]


def test_windows_says_nothing_of_what_it_is_about(bench: Bench) -> None:
    """Of a click it may hand over nothing at all; a dismissal of unknown reason is nobody's."""
    bench.show(about=7, click="start")
    (toast,) = bench.desk.screen
    toast._tell("dismissed", None)
    assert bench.pressed == []
    toast._tell("activated", None)
    assert bench.pressed == [Pressed("start", 7)]


# What fails


@pytest.mark.parametrize(
    "error",
    [ImportError("No module named 'winrt'"), toasting.NOT_REGISTERED, OSError("no service")],
)
def test_without_the_library_the_next_channel_does(
    bench: Bench, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """Told once, and not tried again."""
    bench.desk.missing = error
    paper = Paper()
    notifier = Notifier([bench.toasts, paper])
    notifier.start()
    for title in ("first", "second"):
        notifier.show(note(title))
        assert paper.next() == title
        bench.desk.missing = None
    notifier.close("prompt")
    notifier.stop(3)
    told = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert told == [f"notifications by Windows toasts do not work: {error}"]
    assert bench.desk.shown == []


def test_one_that_is_refused_goes_elsewhere_and_the_next_is_tried(bench: Bench) -> None:
    bench.show("first")
    bench.desk.refuses = OSError("the platform is busy")
    with pytest.raises(OSError, match="busy"):
        bench.toasts.show(note("second"))
    assert bench.desk.titles() == [], "what it was to take the place of is not right any more"
    bench.desk.refuses = None
    bench.show("third")
    assert bench.desk.titles() == ["third"]
    assert bench.desk.connections == 2, "what it talks to may be another one"


def test_what_windows_fails_to_show_afterwards_comes_by_the_next_channel(bench: Bench) -> None:
    bench.show("first")
    bench.desk.fail()
    (lost,) = bench.returned
    assert lost.title == "first"
    with pytest.raises(OSError, match=f"could not show one \\(0x{0x803E0115:08X}\\)"):
        bench.toasts.show(lost)
    bench.toasts.close("prompt")


def test_one_that_failed_when_it_was_closed_already_is_not_wanted(bench: Bench) -> None:
    bench.show("first")
    (toast,) = bench.desk.screen
    bench.toasts.close("prompt")
    toast._tell("failed", toasting.ToastFailedEventArgs(-1))
    assert bench.returned == []


def test_a_windows_that_hangs_is_not_waited_for() -> None:
    bench = Bench(patience=0.05)
    bench.desk.gate.clear()
    with pytest.raises(TimeoutError, match=r"no answer in 0\.05 s"):
        bench.toasts.show(note("first"))
    with pytest.raises(TimeoutError, match="still owes an answer"):
        bench.toasts.show(note("second"))
    bench.desk.gate.set()
    wait_for(lambda: shows(bench), 3, "it works again")
    with suppress(TimeoutError):  # on a busy machine; it is done all the same
        bench.toasts.close("prompt")
    wait_for(lambda: bench.desk.screen == [], 3, "it is closed")
    assert bench.desk.threads == {"toasts"}, "one thread, whatever hangs"


def test_a_library_that_takes_its_time_to_load_is_waited_for() -> None:
    """Else both a balloon and a toast would come."""
    bench = Bench(patience=1)
    bench.desk.loading = lambda: threading.Event().wait(1.2)
    bench.show("first")
    assert bench.desk.titles() == ["first"]


def shows(bench: Bench) -> bool:
    try:
        bench.toasts.show(note("third"))
    except TimeoutError:
        return False
    return True


def test_where_the_person_has_turned_them_off(bench: Bench) -> None:
    """Which Windows tells after the first one only; they may be turned on again."""
    bench.show("first")
    bench.desk.setting = toasting.NotificationSetting.DISABLED_FOR_APPLICATION
    with pytest.raises(OSError, match="settings keep them off"):
        bench.toasts.show(note("second"))
    assert "settings keep them off" in bench.toasts.trouble()
    bench.desk.setting = toasting.NotificationSetting.ENABLED
    bench.show("third")


def test_whether_they_work_is_told_without_showing_one(bench: Bench) -> None:
    assert bench.toasts.trouble() == ""
    assert (bench.desk.shown, bench.desk.swept) == ([], [])
    bench = Bench()
    bench.desk.missing = ImportError("No module named 'winrt'")
    assert bench.toasts.trouble() == "No module named 'winrt'"


def test_a_registry_that_cannot_be_written(bench: Bench) -> None:
    class Locked(Registry):
        def CreateKey(self, _: str, key: str) -> Any:
            raise PermissionError(key)

    toasts = Toasts(bench.pressed.append, bench.returned.extend, bench.desk.load, Locked())
    with pytest.raises(PermissionError):
        toasts.show(note())
    assert bench.desk.shown == [], "Windows 10 would show it to nobody, and not say so"


def test_the_best_of_windows() -> None:
    found = channels(None, lambda _: None, lambda _: None, None, lambda *_: True, "win32")
    assert [channel.name for channel in found] == [
        "Windows toasts", "balloons of the icon", "plyer's balloons", "the terminal",
    ]  # fmt: skip


# From what a person does to what the journal says


class Day:
    """The owner, the notifier and the channel, each as in the program."""

    def __init__(self, folder: Path) -> None:
        self.desk, self.paper, inbox = Desk(), Paper(), Inbox()
        toasts = Toasts(inbox.put, lambda lost: inbox.put(Lost(lost)), self.desk.load, Registry())
        found: list[Channel] = [toasts, self.paper]
        self.notifier = Notifier(found)
        self.notifier.start()
        self.office = Office(folder, notifier=self.notifier, inbox=inbox).launch()

    def settled(self, *titles: str) -> None:
        wait_for(
            lambda: [title.split(" 3")[0] for title in self.desk.titles()] == list(titles),
            3, f"there is {titles}", self.desk.titles,
        )  # fmt: skip


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    day = Day(tmp_path)
    yield day
    day.notifier.stop(3)


def test_sit_be_told_and_snooze_by_the_button(day: Day) -> None:
    day.office.work(31)
    day.settled("You have been sitting")
    day.desk.press("Snooze")
    day.office.drain()
    assert "answered" in day.office.lines
    last = day.office.journal.path.read_text().splitlines()
    assert '"answer":"snoozed"' in next(line for line in last if '"answered"' in line)
    assert '"via":"notification"' in next(line for line in last if '"answered"' in line)
    day.settled()


def test_start_by_a_click_goes_through_the_steps(day: Day) -> None:
    """Where there can be no window: each step in the place of the one before."""
    day.office.work(31)
    day.settled("You have been sitting")
    day.desk.click()
    day.office.drain()
    assert "started" in day.office.lines
    wait_for(lambda: [r.get("scenario") for r in day.desk.shown] == [None, "reminder"], 3, "a step")
    day.desk.press("Next")
    day.office.drain()
    wait_for(lambda: len(day.desk.shown) == 3, 3, "the next step")
    day.desk.press("Done")
    day.office.drain()
    assert "answered" in day.office.lines


def test_a_reminder_that_windows_fails_to_show_is_seen_by_the_next_channel(day: Day) -> None:
    day.office.work(31)
    day.settled("You have been sitting")
    day.desk.fail()
    day.office.drain()
    assert day.paper.next().startswith("You have been sitting")
    day.office.tell("done")
    assert "answered" in day.office.lines


def test_the_second_asking_stays(day: Day) -> None:
    day.office.work(31)
    day.settled("You have been sitting")
    day.desk.let_pass()
    day.office.work(6)
    assert "reminded" in day.office.lines
    wait_for(lambda: len(day.desk.shown) == 2, 3, "it asks again")
    assert [root.get("scenario") for root in day.desk.shown] == [None, "reminder"]


# The paper against the real one


LIBRARY = elsewhere("winrt")
FILES = {"notifications": "windows/ui/notifications", "dom": "windows/data/xml/dom"}


def classes(name: str) -> dict[str, ast.ClassDef]:
    text = (LIBRARY() / FILES[name] / "__init__.pyi").read_text("utf-8")
    return {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}


def members(found: dict[str, ast.ClassDef], name: str) -> dict[str, list[int]]:
    """With how many arguments each may be called; those of the class itself stand beside it."""
    all_of_it: dict[str, list[int]] = {}
    for node in (found[name], found.get(f"{name}_Static")):
        for one in node.body if node is not None else ():
            if isinstance(one, ast.FunctionDef):
                arguments = len(one.args.posonlyargs) - 1
                all_of_it.setdefault(one.name, []).append(arguments)
    return all_of_it


@pytest.mark.parametrize(
    ("paper", "file"),
    [
        (toasting.XmlDocument, "dom"),
        (toasting.ToastNotification, "notifications"),
        (toasting.ToastNotifier, "notifications"),
        (toasting.ToastNotificationManager, "notifications"),
        (toasting.ToastNotificationHistory, "notifications"),
        (toasting.ToastActivatedEventArgs, "notifications"),
        (toasting.ToastDismissedEventArgs, "notifications"),
        (toasting.ToastFailedEventArgs, "notifications"),
    ],
)
def test_the_paper_has_nothing_that_the_real_one_has_not(paper: type, file: str) -> None:
    real = members(classes(file), paper.__name__)
    for name, made in inspect.getmembers(paper, inspect.isfunction):
        if not name.startswith("_"):
            assert len(inspect.signature(made).parameters) - 1 in real[name], name
    fields = {n for n in getattr(paper, "__annotations__", {}) if not n.startswith("_")}
    assert fields <= set(real)


@pytest.mark.parametrize("paper", [toasting.NotificationSetting, toasting.ToastDismissalReason])
def test_the_numbers_are_the_real_ones(paper: type[enum.IntEnum]) -> None:
    body = classes("notifications")[paper.__name__].body
    real = {ast.unparse(one) for one in body}
    assert {f"{one.name} = {one.value}" for one in paper} <= real
