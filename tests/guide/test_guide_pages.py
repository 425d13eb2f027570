"""What the guide's window shows and where its keyboard is, without a screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from needing import on_unix
from qlbreak.core.model.guided import Session, Work
from qlbreak.core.model.terms import Feeling, Side
from qlbreak.guide import cues
from qlbreak.guide.aloud import Aloud
from qlbreak.guide.lesson import Lesson
from qlbreak.settings.guide_section import SoundMode
from qlbreak.texts import guidance
from rig.guidewindow import lesson
from rig.offscreen import settle

if TYPE_CHECKING:
    from qlbreak.guide.movement_page import MovementPage

pytestmark = pytest.mark.usefixtures("offscreen")


class Nobody:
    def worked(self, works: list[Work]) -> None: ...
    def felt(self, feeling: Feeling) -> None: ...
    def close(self, share: float) -> None: ...


class Shown:
    """A guide's window; time passes where it is told to, beside the moments that the test takes."""

    def __init__(self, what: Lesson) -> None:
        from qlbreak.guide.window import GuideWindow
        from qlbreak.widgets import application

        self.window = application.window("guide", 900, 640, least=(340, 380))
        self.guide = GuideWindow(self.window, what, Nobody())
        self.window.show()
        self.window.activateWindow()
        settle()

    @property
    def session(self) -> Session:
        return self.guide._playback.session

    def play(self, seconds: float) -> None:
        for _ in range(round(seconds * 4)):
            self.session.advance(0.25)
        self.guide._beat()

    def press(self, key: str) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self.window, getattr(Qt.Key, f"Key_{key}"))

    def here(self) -> str:
        """The button that has the keyboard."""
        from PySide6.QtWidgets import QApplication, QPushButton

        has = QApplication.focusWidget()
        return has.accessibleName() if isinstance(has, QPushButton) else ""

    def texts(self) -> str:
        from PySide6.QtWidgets import QLabel

        return "\n".join(label.text() for label in self.window.findChildren(QLabel))

    def band(self) -> str:
        from qlbreak.guide.signs import Band

        return self.window.findChildren(Band)[0].label.text()


@pytest.fixture
def pages() -> Callable[[Lesson], Shown]:
    return Shown


@pytest.fixture
def routine() -> Lesson:
    return lesson("r60-boomerang", Side.LEFT)


def test_each_page_gives_the_keyboard_to_a_button(routine: Lesson) -> None:
    """The thanks had none: Return did nothing there, and a screen reader said nothing."""
    guide = Shown(routine)
    assert guide.here() == "Pause"
    guide.play(18)  # something was done
    found = []
    for key in ("F", "1"):
        guide.press(key)
        settle()
        found.append(guide.here())
    guide.window.close()
    assert found == ["Close", "Close"]


def test_what_is_new_waits_for_ready_and_says_so(pages: Callable[[Lesson], Shown]) -> None:
    guide = pages(lesson("r60-desk", Side.LEFT, "reset-rock"))
    assert guide.here() == "I'm ready"
    assert guide.window.windowTitle() == "Ready? Seated pelvic rock (C-to-S)"
    assert guidance.HOW in guide.texts()
    guide.play(60)
    assert guide.session.waiting
    guide.press("Space")
    assert guide.here() == "Pause"
    assert guide.window.windowTitle() == "Get ready: Seated pelvic rock (C-to-S)"
    assert guidance.HOW not in guide.texts()


def test_repetitions_are_counted_in_the_band_and_steps_come_again(
    pages: Callable[[Lesson], Shown],
) -> None:
    guide = pages(lesson("r30-brace", Side.BOTH))
    seen = []
    while not guide.session.over:
        guide.play(0.5)
        if guide.band() not in seen:
            seen.append(guide.band())
    assert seen[:5] == [
        "Get ready", "Both sides", "Both sides, 1 of 3", "Both sides, 2 of 3", "Both sides, 3 of 3",
    ]  # fmt: skip


def test_once_more_by_key_is_the_same_work_again(pages: Callable[[Lesson], Shown]) -> None:
    guide = pages(lesson("r60-desk", Side.LEFT))
    guide.play(4 + 10)
    guide.press("A")
    assert guide.session.movement.id == "reset-rock"
    assert guide.session.elapsed < 1
    guide.play(15)
    assert guide.session.movement.id == "len-seat-reach", "it was begun anew"
    guide.press("A")
    assert guide.session.movement.id == "reset-rock"
    assert guide.session.done(Side.BOTH) == 15


def test_in_high_contrast_a_call_and_a_rest_are_told_apart(
    routine: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All three had the same white band with a black line."""
    from qlbreak.guide.signs import Band
    from qlbreak.widgets import theme

    session = routine.session()
    session.advance(4.0)
    work = cues.cue(session)
    session.toggle()
    rest = cues.cue(session)
    session.toggle()
    session.next()
    call = cues.cue(session)
    assert call.urgent
    for colours in (theme.CONTRAST_LIGHT, theme.CONTRAST_DARK):
        band, looks = Band(colours), set()
        for cue in (work, rest, call):
            band.tell(cue)
            looks.add(band.styleSheet())
        assert len(looks) == 3


def test_a_step_of_more_lines_has_its_room_at_once(routine: Lesson) -> None:
    """It was seen for a moment in the room of the one before, its upper and lower half cut."""
    from PySide6.QtWidgets import QLabel

    from qlbreak.guide.movement_page import MovementPage
    from qlbreak.widgets import application

    window = application.window("guide", 760, 640, least=(340, 380))
    session = routine.session()
    page = MovementPage(window.theme, window.still, routine, session)
    window.page.addWidget(page)
    window.show()
    page.tell()
    settle()
    said = set()
    while not session.over:
        session.advance(0.5)
        said.add(page.tell().step)
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        settle()
    window.close()
    assert len(said) > 3


@pytest.mark.parametrize(
    ("left", "right", "both", "words"),
    [
        (30, 30, 0, "Well done: 30 s left, 30 s right."),
        (0, 4, 0, "Well done: 4 s on the right."),
        (4, 0, 10, "Well done: 4 s on the left, 10 s for both sides."),
        (0, 0, 12.4, "Well done: 12 s."),
        (0, 0, 0, "That is all."),
    ],
)
def test_a_side_of_which_nothing_was_done_is_not_told(
    left: float, right: float, both: float, words: str
) -> None:
    done = {Side.LEFT: left, Side.RIGHT: right, Side.BOTH: both}
    assert guidance.well_done(done) == words


class Silent:
    """What a guide is heard by, without a sound."""

    mode, hushed, can_play, can_speak = SoundMode.OFF, False, True, True

    def set_mode(self, mode: SoundMode) -> None:
        self.mode = mode

    def learn(self, _: object) -> None: ...
    def play(self, *_: object, **__: object) -> None: ...
    def wait(self) -> None: ...
    def stop(self) -> None: ...


def test_a_key_goes_from_silence_over_tones_to_a_voice_and_the_button_says_so(
    routine: Lesson,
) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QPushButton

    from qlbreak.guide.window import GuideWindow
    from qlbreak.widgets import application

    window = application.window("guide", 900, 640, least=(340, 380))
    speaker = Silent()
    guide = GuideWindow(window, routine, Nobody(), Aloud(speaker))  # type: ignore[arg-type]
    window.show()
    settle()

    def told() -> list[str]:
        names = [button.accessibleName() for button in window.findChildren(QPushButton)]
        return [name for name in names if name.startswith(("Sound", "Silent"))]

    seen = [told()]
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_S)
        settle()
        seen.append(told())
    assert seen == [["Sound: off"], ["Sound: tones"], ["Sound: voice"], ["Sound: off"]]
    speaker.set_mode(SoundMode.TONES)
    speaker.hushed = True
    guide._beat()
    assert told() == ["Silent in a call"]
    window.close()


def seen(page: "MovementPage") -> dict[str, int]:
    """Its texts that can be seen, and how large they are."""
    from PySide6.QtWidgets import QLabel

    return {
        label.text(): label.fontInfo().pixelSize()
        for label in page.findChildren(QLabel)
        if label.text() and not label.visibleRegion().isEmpty()
    }


@on_unix("Qt has no fonts there without a screen")
def test_a_key_fills_the_screen_with_what_must_be_read_from_afar_and_escape_goes_back(
    routine: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QLBREAK_GUIDE_SPEED", "0.1")  # a slow machine is still in the same step
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from qlbreak.guide.movement_page import MovementPage
    from qlbreak.guide.window import GuideWindow
    from qlbreak.widgets import application

    window = application.window("guide", 900, 640, least=(340, 380))
    guide = GuideWindow(window, routine, Nobody())
    guide._playback.session.advance(4.5)
    window.show()
    settle()
    guide._beat()  # what is shown is of this moment, however slow the machine
    page = window.findChildren(MovementPage)[0]
    usual = seen(page)
    for key in (Qt.Key.Key_L, Qt.Key.Key_F11):
        QTest.keyClick(window, key)
        settle()
        assert window.isFullScreen()
        guide._beat()
        large, cue = seen(page), cues.cue(guide._playback.session)
        step, side, care = cue.steps[cue.step], cue.now, f"Take care: {cue.caution}"
        assert {step, side, care} == {*large} <= {*usual}
        assert large[step] > 1.5 * usual[step]
        assert large[side] > large[step] > large[care]
        QTest.keyClick(window, Qt.Key.Key_Escape)
        settle()
        assert not window.isFullScreen()
        assert len(seen(page)) == len(usual)
    window.close()


def test_the_buttons_are_as_they_were_after_the_safety_text() -> None:
    """They had their keys again, for which there is no room, and took two rows."""
    shown = Shown(lesson("r60-desk", Side.LEFT))
    shown.window.resize(760, 640)
    settle()
    before = [button.text() for button in shown.guide._buttons]
    high = shown.guide._bar.height()
    shown.press("H")
    shown.press("Escape")
    settle()
    assert [button.text() for button in shown.guide._buttons] == before
    assert shown.guide._bar.height() == high


def test_the_side_is_bold_on_a_page_that_takes_the_place_of_another() -> None:
    shown = Shown(lesson("r60-desk", Side.LEFT))
    shown.guide._show_other(lesson("r60-quiet", Side.LEFT))
    settle()
    shown.guide._beat()
    settle()
    assert shown.guide._movement._band.label.font().bold()
