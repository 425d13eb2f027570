"""The window of a guided routine, on a real desktop: seen, driven, closed and killed."""

import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from rig.desktop import Desktop, set_dpi
from rig.guideuser import SCRIPT, GuideUser
from rig.privatebus import need
from rig.program import import_path
from rig.room import Room
from rig.waiting import never, wait_for
from thorough import FULL

FAST = {"QLBREAK_GUIDE_SPEED": "8"}  # two seconds for a side: on a busy machine they are seen
RESOLUTIONS = [96, 120, 144, 192]
# What is typed arrives here: some other program that the person works in.
OTHER = """
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLineEdit
from qlbreak.widgets import application
app = QApplication(["letter"])
window = application.window("letter", 400, 200, (200, 100))
field = QLineEdit()
field.textChanged.connect(lambda text: Path("typed").write_text(text))
window.page.addWidget(field)
application.run(window, asked=True)
"""


@pytest.fixture
def home(bare_desktop: Desktop) -> Desktop:
    """With the window manager at work: what is shown while it begins may be lost."""
    need("xprop")
    bare_desktop.wait_managed()
    return bare_desktop


def share(user: GuideUser) -> Any:
    assert user.process.wait_exit(10) == 0, user.log()
    return user.told()[-1]["share"]


def started(home: Desktop, routine: str = "r60-desk") -> GuideUser:
    """At work, with the keyboard, and for so long that a busy machine gets all keys through."""
    user = GuideUser(home, routine)
    user.wait_title("Both sides")
    user.focus()
    return user


def seconds(user: GuideUser) -> float:
    return float(sum(work[2] for work in user.worked()))


def test_from_start_to_end_and_what_was_felt(home: Desktop) -> None:
    user = GuideUser(home, "r60-desk", **FAST)
    user.wait_title("Both sides: Seated pelvic rock (C-to-S)")
    user.wait_title("Left side: Seated side reach")
    user.wait_title("Right side: Seated side reach")
    user.wait_title("How does your lower back feel now?")
    assert user.worked() == [
        ["reset-rock", "both", 15], ["len-seat-reach", "left", 17], ["len-seat-reach", "right", 17],
    ]  # fmt: skip
    user.focus()
    user.press("1")
    user.wait_title("Thank you")
    assert user.told()[-1] == {"felt": "easier"}
    assert share(user) == 1


def test_what_was_done_is_told_at_its_end_and_the_page_stays_until_it_is_closed(
    home: Desktop,
) -> None:
    user = GuideUser(home, "r30-rock", QLBREAK_GUIDE_SPEED="200")
    user.wait_title("How does your lower back feel now?")
    wait_for(lambda: {"done": 1} in user.told(), 5, "it is told", user.told)
    assert [list(told) for told in user.told()] == [["worked"], ["done"]]
    # At this speed it closed itself after a third of a second.
    never(lambda: not user.process.alive, 1.5, "it ends")
    user.focus()
    user.press("Escape")
    assert share(user) == 1


@pytest.mark.parametrize("dpi", RESOLUTIONS)
@pytest.mark.parametrize("size", [(), ("420", "480")])
def test_the_caution_of_every_movement_is_seen_whole(
    home: Desktop, dpi: int, size: tuple[str, ...]
) -> None:
    """Lightly, each at one of the resolutions."""
    set_dpi(home, dpi)
    script = Path(__file__).with_name("guidefits.py")
    part = (0, 1) if FULL else (RESOLUTIONS.index(dpi), len(RESOLUTIONS))
    env = {**home.env, **import_path()}
    told = home.run([sys.executable, script, *map(str, part), *size], env=env, seconds=60)
    assert told.code == 0, told
    first, *cut = told.out.splitlines()
    assert first.startswith(f"{dpi / 96:g} "), first
    assert cut == []


def test_closed_half_way_it_tells_the_part(home: Desktop) -> None:
    user = started(home)
    user.close()
    assert 0 < share(user) < 15 / 49
    assert user.worked()[0][:2] == ["reset-rock", "both"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ended_by_a_signal_it_tells_the_part(home: Desktop, number: signal.Signals) -> None:
    user = GuideUser(home, "r60-desk", **FAST)
    user.wait_title("Left side")
    user.process.signal(number)
    assert 15 / 49 <= share(user) < 1
    assert user.worked()[0] == ["reset-rock", "both", 15]
    assert "Traceback" not in user.log()


def test_killed_it_has_told_the_completed_legs(home: Desktop) -> None:
    user = GuideUser(home, "r60-desk", **FAST)
    user.wait_title("Right side")
    user.process.kill9()
    assert user.worked() == [["reset-rock", "both", 15], ["len-seat-reach", "left", 17]]


def test_keys(home: Desktop) -> None:
    user = started(home)
    user.press("space")
    wait_for(user.worked, 5, "a pause tells what was done")
    done = seconds(user)
    user.press("Right")
    user.wait_title("Get ready: left side: Seated side reach")
    user.press("n")
    user.wait_title("Change sides: right")
    user.press("Left")
    user.wait_title("Get ready: left side: Seated side reach")
    user.press("b")
    user.wait_title("Seated pelvic rock (C-to-S)")
    user.press("h")
    user.wait_title("Safety")
    user.press("n", "space", "Escape")
    user.wait_title("Seated pelvic rock (C-to-S)")
    user.press("ctrl+w")
    assert share(user) == pytest.approx(done / 49, abs=0.01)
    assert 0 < seconds(user) == done < 15


def test_finish_and_back_to_it(home: Desktop) -> None:
    user = started(home)
    user.press("f")
    user.wait_title("feel now")
    assert user.worked()[0][:2] == ["reset-rock", "both"]
    user.press("Left")
    user.wait_title("right: Seated side reach")
    user.press("End")
    user.wait_title("feel now")
    user.press("3")
    wait_for(lambda: {"felt": "worse"} in user.told(), 5, "it is told")
    user.press("Escape")
    assert 0 < share(user) < 1


def test_by_the_keyboard_alone(home: Desktop) -> None:
    """Pause has the keyboard. Tab to the next button, Space presses it, and is no pause; Return
    does the same."""
    user = started(home)
    user.press("Tab", "space")
    user.wait_title("Left side: Seated side reach")
    user.press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Return")
    assert share(user) > 0


def test_it_does_not_take_the_keyboard(home: Desktop) -> None:
    home.spawn("other", [sys.executable, "-c", OTHER], env={**home.env, **import_path()})
    home.wait_keys("letter")
    typed = home.folder / "typed"
    home.type_key("a")
    wait_for(lambda: typed.exists() and typed.read_text() == "a", 5, "the other has the keyboard")
    user = GuideUser(home, "r60-desk")
    user.wait_title("Get ready")
    home.type_key("b", "Escape", "c")
    wait_for(lambda: typed.read_text() == "abc", 5, "the other has it still", typed.read_text)
    assert user.process.alive


def test_a_dead_display_is_no_window(home: Desktop) -> None:
    env = {**home.env, **import_path(), "DISPLAY": ":4242"}
    told = str(home.folder / "told.jsonl")
    done = home.run([sys.executable, SCRIPT, "window", told, "r30-rock"], env=env)
    assert done.code == 5, done
    assert done.out.startswith("the X server at :4242 does not answer")
    assert len(done.out.splitlines()) == 1


def test_no_display_is_no_window() -> None:
    with Room() as room:
        told = str(room.folder / "told.jsonl")
        done = room.run([sys.executable, SCRIPT, "window", told, "r30-rock"])
        assert (done.code, done.err) == (5, "")


@pytest.mark.parametrize(
    ("size", "env"),
    [
        ((420, 480), {"QLBREAK_THEME": "dark"}),
        ((1200, 420), {"QLBREAK_MOTION": "reduced"}),
        ((500, 700), {"QLBREAK_SCALE": "1.5"}),
    ],
)
def test_any_size(home: Desktop, size: tuple[int, int], env: dict[str, str]) -> None:
    user = GuideUser(home, "r60-desk", QLBREAK_GUIDE_SPEED="0.1", **env)
    user.resize(*size)
    wait_for(lambda: user.picture().size[0] <= 1280, 5, "it has its size")
    wait_for(lambda: len(user.picture().getcolors(1 << 20) or []) > 200, 5, "it is drawn")
    picture = user.picture()
    dark = env.get("QLBREAK_THEME") == "dark"
    corner = picture.convert("L").getpixel((3, picture.height - 3))
    assert isinstance(corner, int)
    assert (corner < 60) is dark
    user.process.signal(signal.SIGTERM)
    assert share(user) == 0
    assert user.log() == ""
