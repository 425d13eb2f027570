"""The guided routine's window at work: its pages, its keys and buttons, its beat, its end."""

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QWidget

from qlbreak.core.model.rules import HALF
from qlbreak.core.model.terms import Feeling, Side
from qlbreak.guide.aloud import Aloud
from qlbreak.guide.lesson import Chooser, Lesson, Listener, Playback
from qlbreak.guide.movement_page import MovementPage
from qlbreak.guide.pages import EndPage, SafetyPage, ThanksPage
from qlbreak.guide.swapping import Swapping
from qlbreak.system.parent import Order
from qlbreak.texts import guidance
from qlbreak.widgets import application, parts
from qlbreak.widgets.application import Window
from qlbreak.widgets.flow import Flow

_BEAT_MS = 83  # twelve pictures a second
_SLOW_MS = 250  # when nothing moves
_THANKS_S = 2.5
_ANSWER_MS = 20_000
_LINES = {"Up": -2, "Down": 2, "PgUp": -12, "PgDown": 12}  # keys of the safety page


def show(
    lesson: Lesson,
    listener: Listener,
    aloud: Aloud | None = None,
    chooser: Chooser | None = None,
    *,
    asked: bool = False,
) -> float:
    """Returns the share that was done, 0 to 1, when the window is closed. Raises NoWindow.

    `asked`: the person has just asked for it, and so gets the keyboard with it; otherwise it stays
    where it is. On the main thread of a process. It ends on SIGTERM and SIGINT as if it were
    closed. With a lost display Qt ends the process; then the completed legs have been told.
    """
    window = application.window("qlbreak", 900, 640, least=(340, 380))
    guide = GuideWindow(window, lesson, listener, aloud, chooser)
    try:
        application.run(window, asked=asked, leave=guide.leave)
    finally:
        guide.end()
    return guide.share


class GuideKey(Struct, frozen=True):
    """A button: its keys, as Qt names them, do the same; `hint` names one of them for people. One
    with a `menu` opens that instead.
    """

    text: str
    hint: str
    keys: str
    action: Callable[[], None]
    main: bool = False
    menu: tuple["GuideKey", ...] = ()


class GuideWindow(QObject):
    def __init__(
        self,
        window: Window,
        lesson: Lesson,
        listener: Listener,
        aloud: Aloud | None = None,
        chooser: Chooser | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._listener, self._aloud = window, listener, aloud
        if aloud is not None:
            aloud.begin(lesson.session())
        playback = self._playback = Playback(lesson, listener, aloud)
        self._swapping = Swapping(playback, aloud, chooser, self._show_other, self._say)
        session = self._playback.session
        self._movement = MovementPage(window.theme, window.still, lesson, session)
        self._pages, self._page, self._came_from = QStackedWidget(), "lesson", "lesson"
        self._pages.addWidget(self._movement)
        self._paused_before = self._alone = False
        self._answer = parts.text("", bold=True)
        self._answer.hide()
        self._reading = application.later(0, self._answer.hide, self)
        self._bar = QWidget()
        self._flow, self._offers_for = Flow(self._bar), ""
        self._waits = False
        self._buttons: list[QPushButton] = []
        self._sound_told = ""
        window.page.setContentsMargins(20, 14, 20, 12)
        window.page.addWidget(self._pages, 1)
        window.page.addWidget(self._answer)
        window.page.addWidget(self._bar)
        self._large = False
        self._beating = QTimer(self)
        self._beating.timeout.connect(self._beat)
        window.installEventFilter(self)
        window.closing.connect(self._beating.stop)
        self._offer()
        self._beat()

    @property
    def share(self) -> float:
        return self._playback.share

    def end(self) -> None:
        """What was under way is told."""
        self._beating.stop()
        self._playback.finish()
        if self._aloud is not None:
            self._aloud.speaker.stop()

    def leave(self, said: Order) -> None:
        """Nobody is stopped in the middle of a movement because the program has ended."""
        self._alone = said is Order.GONE
        if not self._alone:
            self._window.close()

    # What happens by itself

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """It begins when it is seen, not while it is made."""
        if event.type() is QEvent.Type.Show:
            self._playback.tick()
            self._beating.start(_BEAT_MS)
            application.later(0, self._said, self)
        elif event.type() is QEvent.Type.Resize:
            self._hint()
        return False

    def _said(self) -> None:
        """Where it comes unasked nothing else tells a screen reader that it is there."""
        parts.announce(self._window, self._window.windowTitle())

    def _hint(self) -> None:
        """All in a row where there is room for that: with the keys, else without, else closer."""
        for hinted, close in ((True, False), (False, False), (False, True)):
            for button in self._buttons:
                parts.hint(button, shown=hinted)
                parts.set_small(button, small=close)
            margins = self._window.page.contentsMargins()
            if self._flow.sizeHint().width() <= self._window.width() - 2 * margins.left():
                return

    def _beat(self) -> None:
        if self._page == "lesson":
            self._swapping.follow()
        session = self._playback.session
        if self._alone and (self._page != "lesson" or session.paused or session.waiting):
            self._window.close()
            return
        if self._page != "lesson":
            return
        self._playback.tick()
        if session.over:
            self._over()
            return
        cue = self._movement.tell(application.focused())
        self._title(guidance.title(cue.now, cue.name))
        if cue.waits != self._waits:
            self._waits = cue.waits
            self._offer()
        self._tell_sound()
        moves = not (session.paused or session.waiting or self._window.still)
        self._beating.setInterval(_BEAT_MS if moves else _SLOW_MS)

    def _over(self) -> None:
        """What was done is told now: the page stays until it is closed. The person may say how it
        is, where there was something."""
        share = self._playback.share
        if self._large:
            self._turn_large()
        if share == 0:
            self._window.close()
            return
        if share >= HALF:
            self._listener.close(share)
        done = {side: self._playback.done(side) for side in Side}
        self._show("end", EndPage(guidance.well_done(done), self._felt), guidance.QUESTION)

    # What the person does

    def _offered(self) -> list[GuideKey]:
        close = GuideKey(guidance.CLOSE, "Esc", "Escape", self._close)
        leave = GuideKey(guidance.CLOSE, "", "", self._close)
        help_ = GuideKey(guidance.SAFETY, "H", "H", self._open_safety)
        larger = GuideKey(guidance.LARGE, "L", "L F11", self._turn_large)
        smaller = GuideKey(guidance.SMALL, "L", "L F11 Escape", self._turn_large)
        match self._page:
            case "lesson":
                return [
                    GuideKey(guidance.BACK, "←", "Left B", self._playback.back),
                    self._goes_on(),
                    GuideKey(guidance.NEXT, "→", "Right N", self._playback.next),
                    GuideKey(guidance.AGAIN, "A", "A", self._playback.again),
                    GuideKey(guidance.FINISH, "F", "F End", self._playback.finish),
                    *self._sound(),
                    smaller if self._large else larger,
                    *self._others(),
                    help_,
                    leave if self._large else close,
                ]
            case "end":
                return [GuideKey(guidance.BACK_TO_IT, "←", "Left B", self._resume), help_, close]
            case "safety":
                keys = "Escape H Backspace Left B"
                return [GuideKey(guidance.BACK, "Esc", keys, self._leave_safety, main=True)]
            case _:
                return [help_, close]

    def _goes_on(self) -> GuideKey:
        """What the main button does now."""
        session, do = self._playback.session, self._playback
        if session.paused:
            return GuideKey(guidance.GO_ON, guidance.SPACE, "Space", do.toggle, main=True)
        if session.waiting:
            return GuideKey(guidance.READY_NOW, guidance.SPACE, "Space", do.ready, main=True)
        return GuideKey(guidance.PAUSE, guidance.SPACE, "Space", do.toggle, main=True)

    def _sound(self) -> list[GuideKey]:
        if self._aloud is None:
            return []
        return [GuideKey(self._aloud.told, "S", "S", self._aloud.switch)]

    def _turn_large(self) -> None:
        """All of the screen, to be read from afar; and back."""
        self._large = not self._large
        self._movement.set_large(self._large)
        if self._large:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def _tell_sound(self) -> None:
        """A call silences it, and its end brings it back, without anybody's doing."""
        told = self._aloud.told if self._aloud is not None else ""
        if told != self._sound_told:
            self._sound_told = told
            self._offer()

    def _others(self) -> list[GuideKey]:
        if not self._swapping.possible:
            return []
        menu = (
            GuideKey(guidance.ANOTHER, "O", "O", self._swapping.another),
            GuideKey(guidance.NEVER, "V", "V", self._swapping.never),
        )
        return [GuideKey(guidance.NOT_THIS, "", "", lambda: None, menu=menu)]

    def _offer(self) -> None:
        """Buttons and keys for what can be chosen now; the focus stays in its place, if that is
        still there."""
        choices = self._offered()
        if self._offers_for == self._page:
            for button, choice in zip(self._buttons, choices, strict=True):
                parts.rename(button, choice.text, choice.hint)
            self._hint()
        else:
            self._offers_for = self._page
            self._make_buttons(choices)
        self._give_keys(choices)

    def _give_keys(self, choices: list[GuideKey]) -> None:
        window = self._window
        window.keys.clear()
        window.key("Ctrl+W", window.close)
        for choice in choices:
            for each in (choice, *choice.menu):
                window.key(each.keys, partial(self._do, each.action))
        if self._page == "end":
            for key, _, feeling in guidance.ANSWERS:
                window.key(key, partial(self._felt, feeling))
        page = self._pages.currentWidget()
        if isinstance(page, SafetyPage):
            for key, lines in _LINES.items():
                window.key(key, partial(page.by_lines, lines))

    def _make_buttons(self, choices: list[GuideKey]) -> None:
        parts.clear(self._flow)
        self._buttons = []
        for number, choice in enumerate(choices):
            made = parts.button(
                choice.text, partial(self._press, number), choice.hint, main=choice.main
            )
            if choice.menu:
                made.setMenu(self._menu(choice, made))
            self._buttons.append(made)
            self._flow.addWidget(made)
            made.show()  # what is not there yet has no width, and cannot have the keyboard
        self._hint()
        first = next((n for n, choice in enumerate(choices) if choice.main), len(choices) - 1)
        self._buttons[first].setFocus()

    def _menu(self, choice: GuideKey, button: QPushButton) -> QMenu:
        """Its keys are the window's: here they are only named."""
        menu = QMenu(choice.text, button)
        menu.setAccessibleName(choice.text)
        for below in choice.menu:
            action = menu.addAction(f"{below.text}\t{below.hint}")
            action.triggered.connect(partial(self._do, below.action))
        return menu

    def _press(self, number: int) -> None:
        """What the button means now."""
        self._do(self._offered()[number].action)

    def _do(self, action: Callable[[], object]) -> None:
        action()
        if self._window.isVisible():
            self._beat()
            self._offer()

    def _show_other(self, lesson: Lesson) -> None:
        """In the place of what was there."""
        old, session = self._movement, self._playback.session
        self._movement = MovementPage(self._window.theme, self._window.still, lesson, session)
        self._pages.insertWidget(0, self._movement)
        self._pages.setCurrentWidget(self._movement)
        if self._large:
            self._movement.set_large(True)
        self._pages.removeWidget(old)
        old.deleteLater()

    def _say(self, words: str) -> None:
        """What came of it, until it has been read."""
        self._answer.setText(words)
        self._answer.show()
        parts.announce(self._answer, words)
        self._reading.start(_ANSWER_MS)

    def _felt(self, feeling: Feeling) -> None:
        self._listener.felt(feeling)
        self._show("thanks", ThanksPage(feeling), guidance.THANKS)
        if feeling is not Feeling.WORSE:  # who feels worse is shown when to stop, and reads it
            rest = max(_THANKS_S / self._playback.speed, 0.5)
            application.later(round(rest * 1000), self._thanked, self)

    def _thanked(self) -> None:
        if self._page == "thanks":
            self._window.close()

    def _resume(self) -> None:
        self._playback.back()
        self._go("lesson")

    def _open_safety(self) -> None:
        """Time stands still while somebody reads that."""
        self._came_from, self._paused_before = self._page, self._playback.session.paused
        if not self._paused_before:
            self._playback.toggle()
        self._show("safety", SafetyPage(), guidance.SAFETY)

    def _leave_safety(self) -> None:
        if not self._paused_before:
            self._playback.toggle()
        self._go(self._came_from)

    def _show(self, name: str, page: QWidget, title: str) -> None:
        """On top of those that are there."""
        self._page = name
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._title(title)
        parts.announce(page, title)
        self._offer()

    def _go(self, name: str) -> None:
        """Back to a page that is still there."""
        self._page = name
        keep = 1 if name == "lesson" else self._pages.count() - 1
        for page in [self._pages.widget(n) for n in range(keep, self._pages.count())]:
            assert page is not None
            self._pages.removeWidget(page)
            page.deleteLater()
        if name == "end":
            self._title(guidance.QUESTION)
        elif name == "thanks":
            self._title(guidance.THANKS)
        self._beating.start(_BEAT_MS)

    def _close(self) -> None:
        self._window.close()

    def _title(self, words: str) -> None:
        if self._window.windowTitle() != words:
            self._window.setWindowTitle(words)
