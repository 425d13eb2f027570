"""What the guide's window shows and where its keyboard is, without a screen."""

import pytest

from qlbreak.core.model.guided import Work
from qlbreak.core.model.terms import Feeling, Side
from qlbreak.guide import cues
from qlbreak.guide.lesson import Lesson
from rig.guidewindow import lesson
from rig.offscreen import settle

pytestmark = pytest.mark.usefixtures("offscreen")


class Nobody:
    def worked(self, works: list[Work]) -> None: ...
    def felt(self, feeling: Feeling) -> None: ...
    def close(self, share: float) -> None: ...


@pytest.fixture
def routine() -> Lesson:
    return lesson("r60-boomerang", Side.LEFT)


def test_each_page_gives_the_keyboard_to_a_button(routine: Lesson) -> None:
    """The thanks had none: Return did nothing there, and a screen reader said nothing."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QPushButton

    from qlbreak.guide.window import GuideWindow
    from qlbreak.widgets import application

    window = application.window("guide", 900, 640, least=(340, 380))
    guide = GuideWindow(window, routine, Nobody())
    window.show()
    window.activateWindow()
    settle()

    def here() -> str:
        has = QApplication.focusWidget()
        return has.accessibleName() if isinstance(has, QPushButton) else ""

    assert here() == "Pause"
    for _ in range(6):
        guide._playback.session.advance(3.0)  # something was done
    found = []
    for key in (Qt.Key.Key_F, Qt.Key.Key_1):
        QTest.keyClick(window, key)
        settle()
        found.append(here())
    window.close()
    assert found == ["Close", "Close"]


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
