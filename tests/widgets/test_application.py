"""A window as a process: who has the keyboard, who closes it, what it says where there is none."""

import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from qlbreak.widgets import window_on_windows
from rig.desktop import Desktop
from rig.processes import Outcome, Process
from rig.program import import_path
from rig.waiting import wait_for

OPEN = """
import sys
from PySide6.QtWidgets import QLineEdit
from qlbreak.widgets import application, parts
window = application.window(sys.argv[1], 500, 300, (200, 100))
field = QLineEdit()
field.textChanged.connect(lambda text: print("typed", text, flush=True))
window.page.addWidget(parts.named(parts.text("Name"), field))
window.key("Escape", window.close)
if "fail" in sys.argv:
    window.key("x", lambda: 1 / 0)
    field.setEnabled(False)
application.run(window, asked="asked" in sys.argv)
print("closed", flush=True)
"""


class Opened:
    def __init__(self, desktop: Desktop, *words: str, title: str = "A window", **env: str) -> None:
        self.out = desktop.folder / f"{title}.out"
        self.process: Process = desktop.spawn(
            title,
            [sys.executable, "-c", OPEN, title, *words],
            env={**desktop.env, **import_path(), **env},
            commands=True,
            out=self.out,
        )
        wait_for(lambda: title in desktop.window_titles(), 10, "it is there", self.log)

    def log(self) -> str:
        return self.process.log.read_text()

    def closed(self) -> bool:
        return self.process.wait_exit(10) == 0 and self.out.read_text().endswith("closed\n")


def say(window: Opened, word: str) -> None:
    pipe = window.process.popen.stdin
    assert pipe is not None
    pipe.write(f"{word}\n".encode())
    pipe.flush()


def refused(desktop: Desktop, **env: str) -> Outcome:
    command = [sys.executable, "-m", "qlbreak", "safety", "--window"]
    return desktop.run(command, env={**desktop.env, **import_path(), **env})


def other_in_front(desktop: Desktop) -> None:
    """Somebody types elsewhere."""
    Opened(desktop, "asked", title="Other")
    desktop.wait_keys("Other")


def in_front(desktop: Desktop) -> str:
    return desktop.run(["xdotool", "getactivewindow", "getwindowname"]).out.strip()


def test_one_that_was_asked_for_has_the_keyboard(bare_desktop: Desktop) -> None:
    window = Opened(bare_desktop, "asked")
    bare_desktop.wait_keys("A window")
    bare_desktop.type_key("a", "b")
    wait_for(lambda: "typed ab" in window.out.read_text(), 5, "it is typed")
    bare_desktop.type_key("Escape")
    assert window.closed()


def test_one_that_comes_unasked_leaves_the_keyboard_where_it_is(bare_desktop: Desktop) -> None:
    other_in_front(bare_desktop)
    window = Opened(bare_desktop)
    bare_desktop.type_key("a")
    assert in_front(bare_desktop) == "Other"
    window.process.signal(signal.SIGTERM)
    assert window.closed()
    assert "typed" not in window.out.read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_it(bare_desktop: Desktop, number: signal.Signals) -> None:
    window = Opened(bare_desktop, "asked")
    window.process.signal(number)
    assert window.closed()


def test_what_the_program_says_is_heard(bare_desktop: Desktop) -> None:
    window = Opened(bare_desktop, QLBREAK_PARENT="stdin")
    other_in_front(bare_desktop)
    say(window, "front")
    bare_desktop.wait_keys("A window")
    assert "front\n" in window.out.read_text()
    say(window, "close")
    assert window.closed()


def test_a_mistake_of_ours_ends_it_loudly(bare_desktop: Desktop) -> None:
    window = Opened(bare_desktop, "asked", "fail")
    bare_desktop.wait_keys("A window")
    bare_desktop.type_key("x")
    assert window.process.wait_exit(10) == 1
    assert "ZeroDivisionError" in window.log()


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"DISPLAY": ":94"}, "the X server at :94 does not answer"),
        ({"DISPLAY": ""}, "there is no screen here"),
        (
            {"DISPLAY": "", "WAYLAND_DISPLAY": "gone"},
            "the Wayland compositor at gone does not answer",
        ),
    ],
)
def test_without_a_screen_it_is_one_line_and_no_abort(
    bare_desktop: Desktop, env: dict[str, str], said: str
) -> None:
    told = refused(bare_desktop, **env)
    assert told.code == 2
    assert said in told.err
    assert len(told.err.splitlines()) == 1


def test_a_missing_library_is_named_with_its_package(bare_desktop: Desktop, tmp_path: Path) -> None:
    """One that cannot be loaded stands before the real one, as if there were none."""
    (tmp_path / "libxcb-cursor.so.0").write_bytes(b"")
    told = refused(bare_desktop, LD_LIBRARY_PATH=str(tmp_path))
    assert told.code == 2, told
    assert "sudo apt install libxcb-cursor0" in told.err


def test_all_missing_libraries_are_named_at_once(bare_desktop: Desktop, tmp_path: Path) -> None:
    for name in ("libxcb-cursor.so.0", "libxcb-icccm.so.4"):
        (tmp_path / name).write_bytes(b"")
    told = refused(bare_desktop, LD_LIBRARY_PATH=str(tmp_path))
    assert "(Debian: sudo apt install libxcb-cursor0 libxcb-icccm4)" in told.err


def test_where_one_kind_of_screen_is_gone_the_other_one_serves(bare_desktop: Desktop) -> None:
    window = Opened(bare_desktop, "asked", WAYLAND_DISPLAY="gone")
    window.process.signal(signal.SIGTERM)
    assert window.closed()


def test_calls_lose_no_reference(bare_desktop: Desktop) -> None:
    """As they do in one version of PySide6, which aborts after a minute."""
    code = """
import sys
from qlbreak.widgets import application
window = application.window("x", 300, 200, (100, 100))
window.setWindowTitle("y")
before = sys.getrefcount(None)
for number in range(500):
    window.setWindowTitle(str(number)); window.update(); window.setToolTip("")
print(before - sys.getrefcount(None))
"""
    env = {**bare_desktop.env, **import_path()}
    told = bare_desktop.run([sys.executable, "-c", code], env=env)
    assert told.code == 0, told
    assert int(told.out) < 50


LEFT = """
import threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from qlbreak.widgets import application
window = application.window("x", 300, 200, (100, 100))
def leave():
    other = QWidget()
    other.itself = other
    other.show()
    threading.Thread(target=work).start()
def work():
    for _ in range(100_000):
        one = []
        one.append(one)
    print("done", flush=True)
    QTimer.singleShot(0, window, end)
def end():
    moving.stop()
    window.close()
QTimer.singleShot(0, leave)
moving = QTimer(window)
moving.timeout.connect(lambda: None)
moving.start(0)
application.run(window)
"""


def test_what_is_left_of_a_window_ends_on_no_other_thread(bare_desktop: Desktop) -> None:
    """As rubbish it would end on whatever thread makes some: Qt waits for the window's own one,
    which waits for Python."""
    env = {**bare_desktop.env, **import_path()}
    told = bare_desktop.run([sys.executable, "-c", LEFT], env=env, seconds=3)
    assert (told.code, told.out) == (0, "done\n"), told


class Placing:
    """SetWindowPos, which notes its calls."""

    argtypes: object = None
    restype: object = None

    def __init__(self) -> None:
        self.calls: list[tuple[int, ...]] = []

    def __call__(self, *given: int) -> int:
        self.calls.append(given)
        return 1


def test_windows_is_asked_to_show_it_in_front_and_to_leave_the_keyboard() -> None:
    """Above all others for a moment. Wine takes the call, and has no such bound to show it by."""
    place = Placing()
    window_on_windows.lift(0x1234, SimpleNamespace(SetWindowPos=place))
    unmoved = 0, 0, 0, 0, 0x13  # SWP_NOSIZE, SWP_NOMOVE, SWP_NOACTIVATE
    assert place.calls == [(0x1234, -1, *unmoved), (0x1234, -2, *unmoved)]
