"""The window of the set-up: a page a step; nothing is written before the last one is left."""

from collections.abc import Sequence

from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from qlbreak import data
from qlbreak.language import _
from qlbreak.settings.config import ConfigError
from qlbreak.setup import answers as all_answers
from qlbreak.setup.answers import Answers, Finished
from qlbreak.setup.file import WriteError
from qlbreak.setup.step_pages import PAGES, StepPage, WelcomePage
from qlbreak.system.paths import Paths
from qlbreak.texts import first_steps
from qlbreak.widgets import application, parts
from qlbreak.widgets.application import Window
from qlbreak.widgets.parts import Scroll, Trouble

_TITLE = _("qlbreak: set-up")
_LAST = len(PAGES) - 1


def show(paths: Paths) -> Finished | None:
    """Until it is closed; what was done, None where it was left before. Raises ConfigError,
    WriteError, NoWindow."""
    begun = all_answers.begin(paths)
    window = application.window(_TITLE, 780, 640, least=(360, 300))
    shown = SetUpWindow(window, paths, begun)
    application.run(window, asked=True)
    return shown.finished


class SetUpWindow:
    """The first page says what qlbreak is, the others ask; one more says what was done."""

    def __init__(self, window: Window, paths: Paths, begun: all_answers.Beginning) -> None:
        self._window, self._paths, self._begun = window, paths, begun
        self._catalogue, _ = data.load_with(paths.own)
        self._answers = begun.proposed
        self.finished: Finished | None = None
        self._number = 0
        self._content = QWidget()
        self._trouble = Trouble()
        window.page.addWidget(self._content)
        window.key("Escape", window.close)
        window.key("Return Enter", self._next)
        window.key("PgUp", lambda: self._scroll.by_lines(-12))
        window.key("PgDown", lambda: self._scroll.by_lines(12))
        self._page: StepPage
        self._turn(0)

    def _next(self) -> None:
        if self.finished is not None:
            self._window.close()
            return
        taken = self._page.taken()
        if taken is not None:
            self._go_on(taken)

    def _skip(self) -> None:
        self._go_on(self._page.skipped())

    def _back(self) -> None:
        self._turn(self._number - 1)

    def _again(self, answers: Answers) -> None:
        self._answers = answers
        self._turn(self._number)

    def _go_on(self, answers: Answers) -> None:
        self._answers = answers
        if self._number < _LAST:
            self._turn(self._number + 1)
            return
        try:
            self.finished = all_answers.finish(self._paths, self._begun, answers)
        except (ConfigError, WriteError) as error:
            self._trouble.tell(str(error))
            return
        self._end(self.finished)

    def _try(self) -> None:
        if trouble := all_answers.try_one(self._paths):
            self._trouble.tell(trouble)
        else:
            self._window.close()

    # What is seen

    def _turn(self, number: int) -> None:
        self._number = number
        kind = PAGES[number]
        inside = self._fresh(kind.title, kind.note)
        self._page = kind(
            self._window, self._begun, self._answers, self._catalogue, self._scroll.inside,
            self._again,
        )  # fmt: skip
        self._scroll.inside.addStretch(1)
        if self._page.below is not None:
            inside.addWidget(self._page.below)
        self._close_with(inside, self._buttons())
        focus = self._page.first or self._main
        focus.setFocus()
        told = first_steps.step(number, _LAST)
        self._window.setWindowTitle(_step(number) if number else _TITLE)
        parts.announce(self._content, f"{kind.title}. {told}" if number else kind.title)

    def _end(self, finished: Finished) -> None:
        inside = self._fresh(first_steps.DONE, "")
        body = self._scroll.inside
        for line in finished.lines:
            body.addWidget(parts.text(line, 1.15))
        for trouble in finished.troubles:
            frame, told = parts.card("call")
            told.addWidget(parts.text(trouble))
            body.addWidget(frame)
        body.addWidget(parts.text(first_steps.AGAIN, soft=True))
        if finished.written:
            where = first_steps.written(str(self._paths.config))
            body.addWidget(parts.text(where, 0.9, soft=True))
        body.addStretch(1)
        close = parts.button(first_steps.CLOSE, self._window.close, hint="Esc")
        self._main = parts.button(first_steps.TRY, self._try, main=True)
        self._close_with(inside, [close, self._main])
        self._main.setFocus()
        self._window.setWindowTitle(_("qlbreak: set-up, done"))
        parts.announce(self._content, " ".join((first_steps.DONE, *finished.lines)))

    def _fresh(self, title: str, note: str) -> QVBoxLayout:
        """Made anew in the order of Tab, so that the buttons come last."""
        old, self._content = self._content, QWidget()
        self._window.page.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        if self._number:
            inside.addLayout(self._progress())
        inside.addWidget(parts.heading(title))
        self._scroll = Scroll()
        inside.addWidget(self._scroll, 1)
        if note:
            self._scroll.inside.addWidget(parts.text(note, soft=True))
        return inside

    def _progress(self) -> QVBoxLayout:
        """In words, and as a bar."""
        done = self.finished is not None
        column = QVBoxLayout()
        column.setSpacing(4)
        words = first_steps.DONE if done else first_steps.step(self._number, _LAST)
        if not done:
            column.addWidget(parts.text(words, 0.9, soft=True))
        bar = QProgressBar()
        bar.setRange(0, _LAST)
        bar.setValue(_LAST if done else self._number)
        bar.setTextVisible(False)
        bar.setAccessibleName(words)
        column.addWidget(bar)
        return column

    def _buttons(self) -> list[QPushButton]:
        if self._number == 0:
            assert isinstance(self._page, WelcomePage)
            left = parts.button(first_steps.NOT_NOW, self._window.close, hint="Esc")
            middle = parts.button(first_steps.HELP, self._page.more)
            words = first_steps.BEGIN
        else:
            left = parts.button(first_steps.BACK, self._back)
            middle = parts.button(first_steps.SKIP, self._skip)
            words = first_steps.NEXT if self._number < _LAST else first_steps.SAVE
        self._main = parts.button(words, self._next, hint="↵", main=True)
        return [left, middle, self._main]

    def _close_with(self, inside: QVBoxLayout, buttons: Sequence[QPushButton]) -> None:
        """Trouble, then the buttons from left to right; the main one is the last."""
        self._trouble = Trouble()
        inside.addWidget(self._trouble)
        first, *others = buttons
        inside.addLayout(parts.row(first, None, *others))


def _step(number: int) -> str:
    return _("qlbreak: set-up, {number} of {last}", number=number, last=_LAST)
