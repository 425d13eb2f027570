"""pystray's own icons: each is touched in its loop only, and what it cannot bear is mended."""

import queue
import threading
from collections.abc import Iterator

import pytest
from PIL import Image

from qlbreak.notify import Note
from qlbreak.notify.balloons import OnIcon
from qlbreak.system.printable import clipped
from qlbreak.tray import LOOK, SEPARATOR, SESSION_ENDS, Face, MenuLine, Tray, native
from qlbreak.tray.shown import ShownIcon
from rig.fakemac import Mac, fake_mac
from rig.fakewindows import Windows, fake_windows
from rig.waiting import PATIENCE, wait_for

WM_NOTIFY, WM_LBUTTONUP, WM_RBUTTONUP = 0x40B, 0x202, 0x205
FACE = Face(
    "sitting",
    "Sitting & waiting",
    (MenuLine("break", "Up & about", default=True), SEPARATOR, MenuLine("quit", "Quit")),
)
NEXT = Face("due", "Get up", (MenuLine("break", "Start"), MenuLine("quit", "Quit")))


def draw(_: str, size: int) -> Image.Image:
    return Image.new("RGBA", (size, size))


class Runner:
    """Runs an icon in a thread that stands for the main one, until `stop`."""

    def __init__(self, kind: type[native.Native], face: Face = FACE) -> None:
        self.pressed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.appeared = threading.Event()
        self.shown: list[ShownIcon] = []
        self._made = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(kind, face), name="loop")
        self._thread.start()
        assert self._made.wait(PATIENCE)

    def _run(self, kind: type[native.Native], face: Face) -> None:
        self.shown.append(kind(draw, self.pressed.put, face))
        self._made.set()
        self.shown[0].run(self.appeared.set)

    def stop(self) -> None:
        self.shown[0].stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    with fake_windows(monkeypatch) as fake:
        yield fake


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mac]:
    with fake_mac(monkeypatch) as fake:
        yield fake


def test_on_windows_every_change_is_made_in_the_loop(windows: Windows) -> None:
    runner = Runner(native.Windows)
    assert runner.appeared.wait(PATIENCE)
    runner.shown[0].show(NEXT)
    wait_for(lambda: windows.tips[-1] == "Get up", 3, "the new title")
    wait_for(lambda: windows.labels[-2:] == ["Start", "Quit"], 3, "the new menu")
    runner.stop()
    names = windows.names()
    assert names.count("Shell_NotifyIconW add") == 1
    assert names.count("Shell_NotifyIconW delete") == 1
    assert windows.threads() - {"MainThread"} == {"loop"}
    by_main = {name for name, thread in windows.calls if thread == "MainThread"}
    assert by_main <= {"PostMessageW"}


def test_on_windows_labels_and_titles_are_such_that_it_bears_them(windows: Windows) -> None:
    runner = Runner(native.Windows, Face("sitting", "long " * 40, FACE.lines))
    assert runner.appeared.wait(PATIENCE)
    assert windows.tips == [clipped("long " * 40, 127)]
    assert windows.labels[-3:] == ["Up && about", "-", "Quit"]
    runner.stop()


def test_on_windows_a_hidden_line_is_not_there(windows: Windows) -> None:
    lines = (
        MenuLine("stand", "Stand", visible=False),
        *FACE.lines,
        MenuLine("sit", "Sit", visible=False),
    )
    runner = Runner(native.Windows, Face("sitting", "", lines))
    assert runner.appeared.wait(PATIENCE)
    assert windows.labels[-3:] == ["Up && about", "-", "Quit"]
    runner.stop()


def test_on_windows_a_left_click_presses_the_default(windows: Windows) -> None:
    runner = Runner(native.Windows)
    assert runner.appeared.wait(PATIENCE)
    window = runner.shown[0]._icon._hwnd
    windows.messages.put((window, WM_NOTIFY, 0, WM_LBUTTONUP))
    assert runner.pressed.get(timeout=PATIENCE) == "break"
    runner.stop()


def test_on_windows_changes_wait_while_the_menu_is_open(windows: Windows) -> None:
    runner = Runner(native.Windows)
    assert runner.appeared.wait(PATIENCE)
    shown = runner.shown[0]
    seen: list[list[str]] = []

    def choose() -> int:
        """An open menu has a message loop of its own."""
        shown.show(NEXT)
        seen.append(windows.names())
        windows.send(*windows.messages.get())
        seen.append(windows.names())
        return 3

    windows.choose = choose
    windows.messages.put((shown._icon._hwnd, WM_NOTIFY, 0, WM_RBUTTONUP))
    assert runner.pressed.get(timeout=PATIENCE) == "quit", (
        "what was chosen, not what came meanwhile"
    )
    assert seen[0] == seen[1]
    wait_for(lambda: windows.tips[-1] == "Get up", 3, "the title afterwards")
    runner.stop()


def test_on_windows_a_stop_closes_the_open_menu(windows: Windows) -> None:
    runner = Runner(native.Windows)
    assert runner.appeared.wait(PATIENCE)
    shown = runner.shown[0]
    menu_window = shown._icon._menu_hwnd

    def choose() -> int:
        shown.stop()
        while windows.messages.get()[:2] != (menu_window, native.WM_CANCELMODE):
            pass
        return 0

    windows.choose = choose
    windows.messages.put((shown._icon._hwnd, WM_NOTIFY, 0, WM_RBUTTONUP))
    runner.stop()


def test_on_windows_a_balloon_is_one_of_the_icon_itself(windows: Windows) -> None:
    """plyer's brings an icon of its own beside ours."""
    runner = Runner(native.Windows)
    assert runner.appeared.wait(PATIENCE)
    channel = OnIcon(runner.shown[0].balloon)
    assert channel.show(Note("prompt", "Sitting 30 min", "x" * 300))
    channel.show(Note("question", "A question", ""))
    channel.close("prompt")  # which is not there any more
    channel.close("question")
    wait_for(lambda: len(windows.balloons) == 3, 3, "all of them", lambda: windows.balloons)
    assert [text for _, text in windows.balloons] == ["x" * 254 + "…", " ", ""]
    assert windows.balloons[0][0] == "Sitting 30 min"
    assert windows.names().count("Shell_NotifyIconW add") == 1
    runner.stop()


def test_without_an_icon_a_balloon_is_anothers_to_show() -> None:
    with pytest.raises(OSError, match="there is no icon"):
        OnIcon(lambda *_: False).show(Note("prompt", "Sitting 30 min", "Stand up."))
    assert not Tray(draw, print, print).balloon("Sitting 30 min", "Stand up.")


def test_on_windows_it_does_not_forbid_to_log_out(windows: Windows) -> None:
    runner = Runner(native.Windows)
    assert runner.appeared.wait(PATIENCE)
    answers: queue.SimpleQueue[int] = queue.SimpleQueue()
    shown = runner.shown[0]
    ask = (shown._icon._hwnd, native.WM_QUERYENDSESSION)
    shown.post(lambda: answers.put(windows.send(*ask)))
    assert answers.get(timeout=PATIENCE) == 1
    runner.stop()


@pytest.mark.parametrize(("certain", "told"), [(1, [SESSION_ENDS]), (0, [])])
def test_on_windows_it_is_told_before_a_log_off_is_answered(
    windows: Windows, certain: int, told: list[str]
) -> None:
    runner = Runner(native.Windows)
    assert runner.appeared.wait(PATIENCE)
    answers: queue.SimpleQueue[int] = queue.SimpleQueue()
    shown = runner.shown[0]
    end = (shown._icon._hwnd, native.WM_ENDSESSION, certain)
    shown.post(lambda: answers.put(windows.send(*end)))
    assert answers.get(timeout=PATIENCE) == 0
    assert [runner.pressed.get_nowait() for _ in told] == told
    assert runner.pressed.empty()
    runner.stop()


def answer(windows: Windows, shown: ShownIcon, message: int, wparam: int) -> int:
    """What the icon's window says to it."""
    answers: queue.SimpleQueue[int] = queue.SimpleQueue()
    shown.post(lambda: answers.put(windows.send(shown._icon._hwnd, message, wparam)))
    return answers.get(timeout=PATIENCE)


@pytest.mark.parametrize(
    ("message", "kinds", "others", "says"),
    [
        (native.WM_POWERBROADCAST, (0x4, 0x7, 0x12), (0xA, 0x8013), 1),
        (native.WM_WTSSESSION_CHANGE, (1, 2, 3, 4, 7, 8), (5, 6, 9), 0),
    ],
    ids=["asleep and awake", "locked and open"],
)
def test_on_windows_what_befalls_machine_and_session_is_looked_at_at_once(
    windows: Windows, message: int, kinds: tuple[int, ...], others: tuple[int, ...], says: int
) -> None:
    """And nobody waits for the look: a machine that goes to sleep gives two seconds."""
    runner = Runner(native.Windows)
    assert runner.appeared.wait(PATIENCE)
    shown = runner.shown[0]
    assert "WTSRegisterSessionNotification" in windows.names()
    for kind in kinds:
        assert answer(windows, shown, message, kind) == says
        assert runner.pressed.get_nowait() == LOOK
    for kind in others:  # a battery, a mains switch, a log-on: they tell nothing of somebody
        assert answer(windows, shown, message, kind) == says
    assert runner.pressed.empty()
    runner.stop()
    assert "WTSUnRegisterSessionNotification" in windows.names()


@pytest.mark.parametrize(
    ("dots", "size"), [(96, 16), (120, 20), (144, 24), (192, 32), (288, 48), (0, 16)]
)
def test_on_windows_the_icon_is_as_large_as_it_is_seen(
    windows: Windows, dots: int, size: int
) -> None:
    windows.dots = dots
    drawn: list[int] = []

    def noted(icon: str, side: int) -> Image.Image:
        drawn.append(side)
        return draw(icon, side)

    icon = native.Windows(noted, print, FACE)
    assert drawn == [size]
    assert "SetProcessDpiAwarenessContext" in windows.names()
    icon._icon._assert_icon_handle()
    assert windows.icons == [(size, size)]


def test_on_windows_another_screen_gets_another_size(windows: Windows) -> None:
    runner = Runner(native.Windows)
    assert runner.appeared.wait(PATIENCE)
    windows.dots = 144
    answer(windows, runner.shown[0], native.WM_DISPLAYCHANGE, 32)
    assert [windows.icons[0], windows.icons[-1]] == [(16, 16), (24, 24)]
    assert windows.names()[-1] != "Shell_NotifyIconW delete"
    runner.stop()


def test_on_macos_nothing_is_touched_off_the_loop(mac: Mac) -> None:
    runner = Runner(native.Mac)
    assert runner.appeared.wait(PATIENCE)
    runner.shown[0].show(NEXT)
    wait_for(lambda: mac.tips[-1] == "Get up", 3, "the new title")
    runner.stop()
    assert mac.threads() == {"loop"}
    assert {"setHidden_", "setMenu_", "setImage_", "stop_", "removeStatusItem_"} <= set(mac.names())


@pytest.mark.parametrize("kind", [native.Windows, native.Mac])
def test_a_stop_before_it_runs_is_not_forgotten(
    kind: type[native.Native], windows: Windows, mac: Mac
) -> None:
    shown = kind(draw, print, FACE)
    shown.stop()
    appeared = threading.Event()
    thread = threading.Thread(target=shown.run, args=(appeared.set,))
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert not appeared.is_set()


def test_an_icon_that_cannot_run_leaves_no_thread(mac: Mac) -> None:
    def fail() -> None:
        raise OSError("no main loop")

    shown = native.Mac(draw, print, FACE)
    before = threading.active_count()
    shown._icon._run = fail  # before it is ready
    with pytest.raises(OSError, match="no main loop"):
        shown.run(print)
    wait_for(lambda: threading.active_count() <= before, 3, "the waiting thread ends")


def test_it_stops(mac: Mac) -> None:
    runner = Runner(native.Mac)
    assert runner.appeared.wait(PATIENCE)
    runner.stop()
