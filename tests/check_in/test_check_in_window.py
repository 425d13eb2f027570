"""The check-in at a real desk: from the notification or the menu to the line in the journal."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from check_in.test_check_in import remembered, told
from needing import need_tk
from qlbreak.core.model.facts import Launched
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from qlbreak.system.paths import device
from rig.desktop import Desktop
from rig.privatebus import need
from rig.program import Program
from rig.waiting import wait_for

need_tk()

URGENT = (247, 215, 148)  # the surface of what must be seen now, when light
ACCENT = (27, 107, 93)
BUTTON, NUMBER = 2000, 1500  # at least so many pixels of it, on the main button, on a chosen number
FOCUS = (0x14, 0x58, 0xC8)
TITLE, NOTED = "qlbreak: check-in", "qlbreak: check-in, noted"


class Window:
    """Of its own, or the running program's."""

    def __init__(self, desktop: Desktop, program: Program) -> None:
        self.desktop, self.program = desktop, program
        self.page(TITLE)

    def page(self, title: str) -> None:
        self.wait_for(lambda: title in self.desktop.window_titles(), title)

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        wait_for(condition, 10, what, lambda: (self.desktop.window_titles(), self.program.log))

    def press(self, *keys: str) -> None:
        self.desktop.type_key(*keys)

    def wake(self) -> None:
        """It has the keyboard; this does no harm twice."""
        self.wait_for(lambda: self.count(ACCENT) > BUTTON, "it is drawn")

        def heard() -> bool:
            self.press("0")
            return self.count(ACCENT) > BUTTON + NUMBER

        self.wait_for(heard, "a number is chosen")

    def shows(self, colour: tuple[int, int, int]) -> bool:
        return self.count(colour) > 500

    def count(self, colour: tuple[int, int, int]) -> int:
        found = self.desktop.screenshot().convert("RGB").getcolors(1 << 20) or []
        return sum(count for count, seen in found if seen == colour)


def alone(desktop: Desktop, levels: list[int] | None = None) -> Window:
    program = desktop.program()
    if levels:
        remembered(program, levels)
    program.start("check-in", QLBREAK_THEME="light")
    return Window(desktop, program)


def test_by_the_keyboard_alone(bare_desktop: Desktop) -> None:
    window = alone(bare_desktop)
    window.wake()
    window.press("3", "Down", "1", "0", "Down", "4", "BackSpace")
    window.press("Tab", "Right", "Return")
    window.page(NOTED)
    assert told(window.program) == [{"left": 3, "right": 10, "work": "a-bit"}]
    window.press("Return")
    assert window.program.wait_exit() == 0
    assert window.program.log == "Recorded.\n"


def test_by_the_mouse(bare_desktop: Desktop) -> None:
    window = alone(bare_desktop)
    window.wake()
    left, top, width, high = place(bare_desktop)
    for share, row in ((0.94, 0), (0.94, 1), (0.5, 2), (0.5, 2)):  # the last takes it back
        bare_desktop.click(left + round(width * share), top + 126 + 50 * row)
    bare_desktop.click(left + round(width * 0.9), top + high - 40)  # save
    window.page(NOTED)
    assert told(window.program) == [{"left": 10, "right": 10}]


def test_every_key_counts_from_the_first_on(bare_desktop: Desktop) -> None:
    """Tab and digits alike: else what was typed for the left would be saved for none."""
    window = alone(bare_desktop)
    window.wait_for(lambda: window.count(FOCUS) > 50, "it shows that it has the keyboard")
    bare_desktop.wait_keys(TITLE)
    program = window.program
    bare_desktop.type_key("4", "Tab", "3", "Tab", "2", "Return")
    wait_for(lambda: told(program), 5, "it is recorded", lambda: program.log)
    assert told(program) == [{"left": 4, "right": 3, "middle": 2}]
    bare_desktop.type_key("Escape")
    assert program.wait_exit() == 0


def place(desktop: Desktop) -> tuple[int, int, int, int]:
    number = desktop.run(["xdotool", "getactivewindow"]).out.strip()
    shape = desktop.run(["xwininfo", "-id", number]).out
    names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
    left, top, width, high = (int(shape.split(f"{name}:")[1].split()[0]) for name in names)
    return left, top, width, high


def test_nothing_chosen_is_said_and_escape_records_nothing(bare_desktop: Desktop) -> None:
    window = alone(bare_desktop)
    window.wake()
    window.press("BackSpace", "Return")
    window.wait_for(lambda: window.shows(URGENT), "what is missing")
    window.press("5")
    window.wait_for(lambda: not window.shows(URGENT), "it is mended")
    window.press("Escape")
    assert window.program.wait_exit() == 0
    assert window.program.log == "Nothing was recorded.\n"
    assert told(window.program) == []


def test_skip_is_recorded_as_skipped(bare_desktop: Desktop) -> None:
    window = alone(bare_desktop)
    window.wake()
    window.press(*["Tab"] * 6, "space")
    assert window.program.wait_exit() == 0
    assert told(window.program) == [{}]


def test_that_somebody_might_look_at_it_has_a_door_to_the_safety_text(
    bare_desktop: Desktop,
) -> None:
    window = alone(bare_desktop, [6, 6, 7])
    window.wake()
    window.press("7", "Return")
    window.page(NOTED)
    assert not window.shows(URGENT)
    window.press("shift+Tab", "space")
    window.wait_for(lambda: window.shows(URGENT), "when to get help")
    window.press("Escape")
    assert window.program.wait_exit() == 0


# From the running program


@pytest.fixture
def home(desktop: Desktop) -> Desktop:
    """With the window manager at work: what is shown while it begins may be lost."""
    need("xprop")
    ask = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    wait_for(lambda: "window id" in desktop.run(ask).out, 10, "a window manager")
    return desktop


def running(home: Desktop, *options: str) -> Program:
    """With eight days of record behind it, and the set-up."""
    program = home.program().known()
    folder = program.data_dir / "journal"
    folder.mkdir()
    began = Clock().now()[0] - timedelta(days=8)
    (folder / f"{device()}.jsonl").write_bytes(encode(Launched(began, "")))
    program.start("run", *options, QLBREAK_THEME="light")
    wait_for(program.answers, 10, "it answers")
    return program


def answered(home: Desktop, program: Program) -> None:
    window = Window(home, program)
    window.wake()
    window.press("6", "Down", "2", "Return")
    window.page(NOTED)
    assert told(program) == [{"left": 6, "right": 2}]
    window.press("Escape")
    wait_for(lambda: NOTED not in home.window_titles(), 5, "it is closed")
    assert program.run("quit").code == 0
    assert program.wait_exit() == 0


def test_from_the_menu(home: Desktop) -> None:
    program = running(home)
    home.wait_tray_item("qlbreak", 10)
    home.press_menu("Check-in…")
    answered(home, program)


def test_from_the_notification(home: Desktop) -> None:
    """A minute a second: five minutes at the desk, and it is offered."""
    program = running(home, "--speed", "60")

    def offered() -> bool:
        home.stir()
        return any(fact["type"] == "inquired" for fact in program.journal())

    wait_for(offered, 20, "it is offered")
    wait_for(lambda: home.dunst_count() == 1, 5, "dunst shows it")
    home.dunst_action("Open")
    answered(home, program)
    assert sum(fact["type"] == "inquired" for fact in program.journal()) == 1
