"""The check-in by somebody who goes by names and roles, and by keys: to the line in the journal."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from check_in.test_check_in import remembered, told
from qlbreak.core.model.facts import Launched
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from qlbreak.system.paths import device
from qlbreak.texts import check_in
from rig import inspection
from rig.accessibility import LAUNCHER, Node, Reader
from rig.desktop import Desktop
from rig.privatebus import need
from rig.program import Program
from rig.waiting import wait_for

TITLE, NOTED = "qlbreak: check-in", "qlbreak: check-in, noted"
LEFT, RIGHT, MIDDLE = check_in.PLACES.values()


class CheckIn:
    """The window, and the program that it belongs to."""

    def __init__(self, reader: Reader, program: Program) -> None:
        self.reader, self.program = reader, program
        self.window = reader.window(TITLE)

    def choose(self, place: str, words: str) -> None:
        """In the group of that name."""
        group = self.window.find("panel", place)
        group.find("radio button", words).press()
        wait_for(lambda: self.chosen(place) == words, 5, f"{words} is chosen for {place}")

    def chosen(self, place: str) -> str:
        group = self.window.find("panel", place)
        (only,) = (node.name for node in group.all("radio button") if node.checked)
        return only

    def press(self, name: str) -> None:
        self.window.find("push button", name).press()

    def noted(self) -> Node:
        return self.reader.window(NOTED)

    def key(self, name: str, to: str) -> None:
        """Pressed, and then something else has the keyboard, called so.

        One after the other: where Qt tells a screen reader of keys, and the machine is busy, of
        those that are typed faster than anybody types some are lost.
        """
        before = self.focused()
        self.reader.keys(name)
        self.wait_at(lambda now: now != before and now.name == to, f"{name} leads to {to}")

    def focused(self) -> Node:
        """What has the keyboard, once something has it."""
        found = wait_for(lambda: self.reader.focused, 10, "it has the keyboard")
        assert found is not None
        return found

    def wait_at(self, fits: Callable[[Node], bool], what: str) -> None:
        wait_for(lambda: (now := self.reader.focused) and fits(now), 5, what, self.window.tree)


def alone(reader: Reader, *levels: int, **env: str) -> CheckIn:
    program = reader.desktop.program()
    if levels:
        remembered(program, list(levels))
    program.start("check-in", **{"QLBREAK_THEME": "light", **env})
    return CheckIn(reader, program)


def test_by_names_and_roles_alone(reader: Reader) -> None:
    asked = alone(reader)
    asked.choose(LEFT, "3")
    asked.choose(RIGHT, "10")
    asked.choose(MIDDLE, "4")
    asked.choose(MIDDLE, check_in.NO_ANSWER)
    asked.choose(check_in.WORK, "A bit")
    asked.press("Save")
    assert told_line(asked) == {"left": 3, "right": 10, "work": "a-bit"}
    asked.noted().find("push button", "Close").press()
    assert asked.program.wait_exit() == 0
    assert asked.program.log == "Recorded.\n"


def told_line(asked: CheckIn) -> dict[str, object]:
    (line,) = wait_for(lambda: told(asked.program), 5, "it is recorded", lambda: asked.program.log)
    return line


def test_by_the_keyboard_alone(reader: Reader) -> None:
    asked, nothing = alone(reader), check_in.NO_ANSWER
    reader.desktop.wait_keys(TITLE)
    for key, to in {"3": "3", "Down": nothing, "1": "1", "0": "10", "Tab": nothing}.items():
        asked.key(key, to)
    for key, to in {"4": "4", "Right": "5", "BackSpace": nothing}.items():
        asked.key(key, to)
    asked.key("Tab", nothing)
    asked.key("Down", "Not at all")
    asked.key("Right", "A bit")
    reader.keys("Return")
    assert told_line(asked) == {"left": 3, "right": 10, "work": "a-bit"}
    asked.noted()
    asked.wait_at(lambda now: now.name == "Close", "the button to close it has the keyboard")
    reader.keys("Return")
    assert asked.program.wait_exit() == 0


def test_every_key_counts_from_the_first_on(bare_desktop: Desktop) -> None:
    """Tab and digits alike: else what was typed for the left would be saved for none."""
    program = bare_desktop.program()
    program.start("check-in")
    wait_for(lambda: TITLE in bare_desktop.window_titles(), 10, "the window")
    bare_desktop.wait_keys(TITLE)
    bare_desktop.type_key("4", "Tab", "Left", "Right", "Right", "Tab", "2", "KP_Enter")
    wait_for(lambda: told(program), 5, "it is recorded", lambda: program.log)
    assert told(program) == [{"left": 4, "right": 1, "middle": 2}]
    bare_desktop.type_key("Escape")
    assert program.wait_exit() == 0


def test_by_the_mouse(reader: Reader) -> None:
    asked = alone(reader)
    for place, words in ((LEFT, "10"), (RIGHT, "0"), (RIGHT, check_in.NO_ANSWER)):
        group = asked.window.find("panel", place)
        left, top, right, bottom = group.find("radio button", words).box
        reader.desktop.click((left + right) // 2, (top + bottom) // 2)
        wait_for(lambda: asked.chosen(place) == words, 5, "it is chosen")  # noqa: B023
    asked.press("Save")
    assert told_line(asked) == {"left": 10}


def test_nothing_chosen_is_said_and_escape_records_nothing(reader: Reader) -> None:
    asked = alone(reader)
    asked.press("Save")
    asked.window.find("label", check_in.NOTHING)
    assert reader.hears("Choose") == check_in.NOTHING
    wait_for(
        lambda: reader.focused and reader.focused.description == check_in.NOTHING,
        5, "what has the keyboard tells it, too",
    )  # fmt: skip
    asked.key("5", "5")
    wait_for(lambda: not asked.window.has("label", check_in.NOTHING), 5, "it is mended")
    assert asked.chosen(LEFT) == "5"
    reader.keys("Escape")
    assert asked.program.wait_exit() == 0
    assert asked.program.log == "Nothing was recorded.\n"
    assert told(asked.program) == []


def test_skip_is_recorded_as_skipped(reader: Reader) -> None:
    asked = alone(reader)
    asked.window.find("push button", "Skip").focus()
    reader.desktop.wait_keys(TITLE)
    reader.keys("Return")
    assert asked.program.wait_exit() == 0
    assert told(asked.program) == [{}]


def test_that_somebody_might_look_at_it_has_a_door_to_the_safety_text(reader: Reader) -> None:
    asked = alone(reader, 6, 6, 7)
    asked.choose(LEFT, "7")
    asked.press("Save")
    noted = asked.noted()
    noted.find("label", check_in.CARE)
    asked.wait_at(lambda now: check_in.CARE in now.description, "a screen reader says it, too")
    assert not noted.has("label", "Get help now")
    noted.find("push button", "When to get help").press()
    noted.find("label", "Get help now")
    asked.wait_at(lambda now: "Get help now" in now.description, "a screen reader says it, too")
    reader.keys("Escape")
    assert asked.program.wait_exit() == 0


@pytest.mark.parametrize(
    ("theme", "scale"), [("light", 1), ("dark", 2), ("contrast", 2), ("contrast-dark", 1)]
)
def test_everybody_can_use_it(reader: Reader, theme: str, scale: int) -> None:
    asked = alone(reader, 6, 6, 7, QLBREAK_THEME=theme, QLBREAK_SCALE=str(scale))
    reader.scale = scale
    assert inspection.complaints(reader, asked.window) == []
    asked.press("Save")
    asked.window.find("label", check_in.NOTHING)
    assert inspection.hard_to_read(reader, asked.window) == []
    asked.choose(LEFT, "7")
    asked.press("Save")
    assert inspection.complaints(reader, asked.noted()) == []


# From the running program


@pytest.fixture
def home(desktop: Desktop) -> Iterator[Reader]:
    """With the window manager at work: what is shown while it begins may be lost."""
    need("xprop", str(LAUNCHER))
    desktop.wait_managed()
    with closing(Reader(desktop)) as reader:
        yield reader


def running(home: Reader, *options: str) -> Program:
    """With eight days of record behind it, and the set-up."""
    program = home.desktop.program().known()
    folder = program.data_dir / "journal"
    folder.mkdir()
    began = Clock().now()[0] - timedelta(days=8)
    (folder / f"{device()}.jsonl").write_bytes(encode(Launched(began, "")))
    program.start("run", *options, QLBREAK_THEME="light")
    wait_for(program.answers, 10, "it answers")
    return program


def answered(home: Reader, program: Program) -> None:
    asked = CheckIn(home, program)
    asked.choose(LEFT, "6")
    asked.choose(RIGHT, "2")
    asked.press("Save")
    assert told_line(asked) == {"left": 6, "right": 2}
    asked.noted().find("push button", "Close").press()
    home.gone(NOTED)
    assert program.run("quit").code == 0
    assert program.wait_exit() == 0


def test_from_the_menu(home: Reader) -> None:
    program = running(home)
    home.desktop.wait_tray_item("qlbreak", 10)
    home.desktop.press_menu("Check-in…")
    answered(home, program)


def test_from_the_notification(home: Reader) -> None:
    """A minute a second: five minutes at the desk, and it is offered."""
    desktop, program = home.desktop, running(home, "--speed", "60")

    def offered() -> bool:
        desktop.stir()
        return any(fact["type"] == "inquired" for fact in program.journal())

    wait_for(offered, 20, "it is offered")
    wait_for(lambda: desktop.notices.count() == 1, 5, "dunst shows it")
    desktop.notices.press("Open")
    answered(home, program)
    assert sum(fact["type"] == "inquired" for fact in program.journal()) == 1
