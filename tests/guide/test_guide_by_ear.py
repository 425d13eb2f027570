"""Somebody follows a guide who sees nothing of it: by what the speakers give, and by keys."""

import sys

import pytest

from qlbreak.sound.tones import Tone
from rig.desktop import Desktop
from rig.program import Program
from rig.sound import Ears, start_sound
from rig.waiting import in_time, never, wait_for

SPEED = 2.0
# Covers the screen and whatever comes up under it; it takes no keyboard, as no such window does.
COVER = """
from Xlib import X
from Xlib.display import Display
display = Display()
screen = display.screen()
size = screen.width_in_pixels, screen.height_in_pixels
cover = screen.root.create_window(
    0, 0, *size, 0, screen.root_depth, background_pixel=screen.black_pixel,
    override_redirect=True, event_mask=X.VisibilityChangeMask,
)
cover.map()
display.sync()
print("dark", flush=True)
while True:
    display.next_event()
    cover.configure(stack_mode=X.Above)
    display.sync()
"""


@pytest.fixture
def dark(bare_desktop: Desktop) -> Desktop:
    """Nothing on this screen can be seen."""
    start_sound(bare_desktop)
    told = bare_desktop.folder / "cover"
    bare_desktop.spawn("cover", [sys.executable, "-c", COVER], out=told)
    wait_for(lambda: told.exists() and told.read_text() == "dark\n", 10, "it is dark")
    return bare_desktop


class Listener:
    """Hears tones one after the other, and types at once."""

    def __init__(self, desktop: Desktop, ears: Ears) -> None:
        self._desktop, self._ears = desktop, ears
        self._heard = 0

    def wait(self, *tones: Tone) -> None:
        for tone in tones:
            self._heard += 1
            wait_for(lambda: len(self._ears.tones) >= self._heard, 30, str(tone), busy=2)
            assert self._ears.tones[self._heard - 1][1] is tone, self._ears.tones

    def press(self, key: str) -> None:
        self._desktop.type_key(key)


def seconds(program: Program) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for fact in program.journal():
        if fact["type"] == "worked":
            key = fact["movement"], fact["side"]
            found[key] = found.get(key, 0.0) + fact["seconds"]
    return found


def program(dark: Desktop, number: int) -> Program:
    settings = dark.folder / "config.toml"
    settings.write_text('[guide]\nsound = "tones"\n')
    data = dark.home / f"data-{number}"
    return dark.program("--config", str(settings), data_dir=data).known()


def test_a_routine_is_done_by_ear_alone_and_the_record_is_right(dark: Desktop) -> None:
    """They have enough of the left side when they hear that half of it is over, and say at the end
    how it is."""

    def attempt(number: int) -> None:
        one, ears = program(dark, number), Ears(dark, f"ears-{number}")
        user = Listener(dark, ears)
        guide = one.start("guide", "r60-desk", QLBREAK_GUIDE_SPEED=str(SPEED))
        try:
            user.wait(Tone.CHANGE, Tone.BEGIN, Tone.CHANGE, Tone.BEGIN, Tone.HALF)
            user.press("Right")
            user.wait(Tone.CHANGE, Tone.BEGIN, Tone.HALF, Tone.CHANGE)
            user.press("1")
            user.press("Escape")
            assert one.wait_exit(20) == 0
        finally:
            guide.kill9()
        recorded(one)
        picture = dark.screenshot().convert("L")
        assert picture.getextrema() == (0, 0), "something could be seen"

    in_time(attempt)


def recorded(one: Program) -> None:
    done = seconds(one)
    assert done["reset-rock", "both"] == pytest.approx(15, abs=0.5)
    assert done["len-seat-reach", "right"] == pytest.approx(17, abs=0.5)
    assert 8.5 - 0.5 < done["len-seat-reach", "left"] < 8.5 + 2 * SPEED
    facts = one.journal()
    (answered,) = [fact for fact in facts if fact["type"] == "answered"]
    assert (answered["answer"], answered["evidence"]) == ("done", "guided")
    assert [fact["feeling"] for fact in facts if fact["type"] == "felt"] == ["easier"]


def test_who_hears_that_something_comes_says_when_they_are_ready(dark: Desktop) -> None:
    """What is new to them waits, at its usual pace, for a key."""

    def attempt(number: int) -> None:
        one, ears = program(dark, number), Ears(dark, f"ears-{number}")
        user = Listener(dark, ears)
        guide = one.start("guide", "r30-rock")
        try:
            user.wait(Tone.CHANGE)
            never(lambda: len(ears.tones) > 1, 5, "it begins without them")
            user.press("space")
            said = ears.now
            user.wait(Tone.BEGIN)
            assert ears.tones[-1][0] - said == pytest.approx(4.0, abs=1.0)
            user.press("f")
            user.wait(Tone.CHANGE)
            user.press("Escape")
            assert one.wait_exit(20) == 0
        finally:
            guide.kill9()
        assert 0 < seconds(one)["reset-rock", "both"] < 3

    in_time(attempt)
